//! Sentences about custom key stores. AWS's own were not seen (CKS-486).

use std::fmt::Display;

use crate::error::{Error, Exception};

impl Error {
    /// A custom key store that does not exist, by its id or its name. The sentence is ours.
    pub(crate) fn no_key_store(id: &str) -> Self {
        Self::new(Exception::CustomKeyStoreNotFoundException, format!("Custom key store {id} does not exist"))
    }

    /// A member of a request that is not for stores of this type (CKS-249). The sentence is ours.
    pub(crate) fn not_of_store_type(member: &str, store_type: impl Display) -> Self {
        let text = format!("{member} is not valid for a custom key store of the type {store_type}");
        Self::new(Exception::ValidationException, text)
    }

    /// A member of a request that stores of this type need (CKS-250, CKS-251). The sentence is ours.
    pub(crate) fn store_needs(member: &str, store_type: impl Display) -> Self {
        Self::new(Exception::ValidationException, format!("A custom key store of the type {store_type} needs {member}"))
    }

    /// The name of a VPC endpoint service is not there with the connectivity that needs it (CKS-251, CKS-276). The
    /// sentence is ours.
    pub(crate) fn endpoint_service_needed() -> Self {
        let text = "XksProxyConnectivity VPC_ENDPOINT_SERVICE needs XksProxyVpcEndpointServiceName";
        Self::new(Exception::ValidationException, text)
    }

    /// A VPC endpoint service for a store that is reached by a public endpoint (CKS-251, CKS-276). The sentence is ours.
    pub(crate) fn endpoint_service_of_public_store(member: &str) -> Self {
        let text = format!("{member} is valid only for the XksProxyConnectivity VPC_ENDPOINT_SERVICE");
        Self::new(Exception::ValidationException, text)
    }

    /// Another connectivity without the endpoint that goes with it (CKS-276). The sentence is ours.
    pub(crate) fn connectivity_without_endpoint() -> Self {
        let text = "Changing XksProxyConnectivity needs the XksProxyUriEndpoint that goes with it in the same request";
        Self::new(Exception::ValidationException, text)
    }

    /// A Region that does not have stores of this type (CKS-252). The sentence is ours.
    pub(crate) fn stores_not_offered(store_type: impl Display, region: impl Display) -> Self {
        let text = format!("Custom key stores of the type {store_type} are not available in {region}");
        Self::new(Exception::ValidationException, text)
    }

    /// A name that another store has (CKS-254). The sentence is ours.
    pub(crate) fn store_name_in_use(name: &str, id: impl Display) -> Self {
        let text = format!("The custom key store name {name} is in use by {id}");
        Self::new(Exception::CustomKeyStoreNameInUseException, text)
    }

    /// The address of a proxy that another store of the account has (CKS-262). The sentence is ours.
    pub(crate) fn proxy_in_use(endpoint: &str, path: &str) -> Self {
        let text = format!("The external key store proxy {endpoint}{path} is in use by another external key store");
        Self::new(Exception::XksProxyUriInUseException, text)
    }

    /// The endpoint of a proxy that another store has, where one of them reaches it through a VPC endpoint service
    /// (CKS-263). The sentence is ours, and names no store: it may be another account's.
    pub(crate) fn proxy_endpoint_in_use(endpoint: &str) -> Self {
        let text = format!("The external key store proxy endpoint {endpoint} is in use by another external key store");
        Self::new(Exception::XksProxyUriEndpointInUseException, text)
    }

    /// A VPC endpoint service that another store has (CKS-264). The sentence is ours, and names no store: it may be
    /// another account's.
    pub(crate) fn endpoint_service_in_use(name: &str) -> Self {
        let text = format!("The VPC endpoint service {name} is in use by another external key store");
        Self::new(Exception::XksProxyVpcEndpointServiceInUseException, text)
    }

    /// A store in a connection state that the operation does not allow (section 3.3); `must` says which it must be, and
    /// for what. The sentence is ours.
    pub(crate) fn store_state(id: impl Display, state: impl Display, must: &str) -> Self {
        let text = format!("Custom key store {id} is {state}: it must be {must}");
        Self::new(Exception::CustomKeyStoreInvalidStateException, text)
    }

    /// A store with keys, of whatever state, that is to be deleted (CKS-287). The sentence is ours.
    pub(crate) fn store_has_keys(id: impl Display, keys: usize) -> Self {
        let text = format!("Custom key store {id} contains KMS keys ({keys}), those pending deletion included");
        Self::new(Exception::CustomKeyStoreHasCMKsException, text)
    }

    /// Both filters of DescribeCustomKeyStores (CKS-288). The sentence is ours.
    pub(crate) fn two_store_filters() -> Self {
        let text = "CustomKeyStoreId and CustomKeyStoreName cannot both be given";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey with a key of an external key store, but without the origin and the store that go with it. The sentence
    /// is ours.
    pub(crate) fn external_key_without_store() -> Self {
        let text = "XksKeyId needs the Origin EXTERNAL_KEY_STORE and a CustomKeyStoreId";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey in an external key store without the external key (CKS-292). The sentence is ours.
    pub(crate) fn external_key_missing() -> Self {
        Self::new(Exception::ValidationException, "The Origin EXTERNAL_KEY_STORE needs an XksKeyId")
    }

    /// CreateKey with the origin of a custom key store, but without the store. The sentence is ours.
    pub(crate) fn origin_without_store(origin: impl Display) -> Self {
        Self::new(Exception::ValidationException, format!("The Origin {origin} needs a CustomKeyStoreId"))
    }

    /// CreateKey with a custom key store, but not with the origin of its keys (CKS-292). The sentence is ours.
    pub(crate) fn store_without_origin(origin: impl Display) -> Self {
        let text = format!("CustomKeyStoreId needs the Origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE, not {origin}");
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey in a store of the other type than the origin says (CKS-295). The sentence is ours.
    pub(crate) fn origin_of_other_store(id: impl Display, store_type: impl Display, origin: impl Display) -> Self {
        let text =
            format!("Custom key store {id} is of the type {store_type}, which does not go with the Origin {origin}");
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey in a store of something else than a single-Region symmetric encryption key (CKS-293); `what` has the
    /// member and its value. The sentence is ours.
    pub(crate) fn key_not_for_stores(what: &str) -> Self {
        let text = format!(
            "{what} is not supported in a custom key store: its keys are single-Region keys of the KeySpec \
             SYMMETRIC_DEFAULT and the KeyUsage ENCRYPT_DECRYPT"
        );
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// CreateKey over an external key that a key of the store has already (CKS-298). The sentence is ours.
    pub(crate) fn external_key_in_use(external: &str, id: impl Display) -> Self {
        let text = format!("The external key {external} is in use by a KMS key in the custom key store {id}");
        Self::new(Exception::XksKeyAlreadyInUseException, text)
    }

    /// CreateKey over an external key whose name makes the address of its proxy too long (CKS-19). The sentence is ours.
    pub(crate) fn external_key_too_long(most: usize) -> Self {
        let text = format!(
            "XksKeyId is too long for the path of the external key store: the URI to which AWS KMS sends requests has at \
             most {most} characters"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// GenerateRandom in an external key store (CKS-246). The sentence is ours.
    pub(crate) fn no_random_of_external_store(id: impl Display) -> Self {
        let text = format!("Custom key store {id} is an external key store, which generates no random bytes");
        Self::new(Exception::UnsupportedOperationException, text)
    }
}
