//! Sentences about VPC endpoint services of external key stores.

use crate::error::{Error, Exception};

impl Error {
    /// KMS does not find the VPC endpoint service of an external key store (CKS-265); `why` says what is missing. The
    /// sentence is ours.
    pub(crate) fn no_endpoint_service(name: &str, why: &str) -> Self {
        let text = format!("The VPC endpoint service {name} was not found: {why}.");
        Self::new(Exception::XksProxyVpcEndpointServiceNotFoundException, text)
    }

    /// The VPC endpoint service of an external key store does not meet what KMS demands (CKS-266); `needs` says what. The
    /// sentence is ours.
    pub(crate) fn endpoint_service_configuration(name: &str, needs: &str) -> Self {
        let text = format!("The VPC endpoint service {name} needs {needs}.");
        Self::new(Exception::XksProxyVpcEndpointServiceInvalidConfigurationException, text)
    }
}
