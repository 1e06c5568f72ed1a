//! Sentences about AWS CloudHSM clusters and the key stores on them.

use crate::{
    error::{Error, Exception},
    names::{ClusterId, KeyArn},
};

impl Error {
    /// There is no such cluster for a key store (CKS-256). The sentence is ours.
    pub(crate) fn no_cluster(id: ClusterId) -> Self {
        let text = format!("The account has no AWS CloudHSM cluster {id} in this Region.");
        Self::new(Exception::CloudHsmClusterNotFoundException, text)
    }

    /// The cluster of a key store is in a state in which it cannot be used (CKS-257). The sentence is ours.
    pub(crate) fn cluster_not_active(id: ClusterId, state: &str) -> Self {
        let text = format!("The AWS CloudHSM cluster {id} is {state}: it must be ACTIVE.");
        Self::new(Exception::CloudHsmClusterNotActiveException, text)
    }

    /// The cluster, or one with which it shares backups, belongs to another key store (CKS-258). The sentence is ours.
    pub(crate) fn cluster_in_use(id: ClusterId, other: ClusterId) -> Self {
        let what =
            if id == other { "belongs".to_owned() } else { format!("shares backups with {other}, which belongs") };
        let text = format!("The AWS CloudHSM cluster {id} {what} to another custom key store.");
        Self::new(Exception::CloudHsmClusterInUseException, text)
    }

    /// The new cluster of a key store has nothing in common with the one before (CKS-274). The sentence is ours.
    pub(crate) fn cluster_not_related(id: ClusterId, former: ClusterId) -> Self {
        let text = format!("The AWS CloudHSM cluster {id} does not share a backup history with {former}.");
        Self::new(Exception::CloudHsmClusterNotRelatedException, text)
    }

    /// The certificate that a key store is given is not the one of the cluster (CKS-259). The sentence is ours.
    pub(crate) fn trust_anchor(id: ClusterId) -> Self {
        let text = format!("The trust anchor certificate is not that of the AWS CloudHSM cluster {id}.");
        Self::new(Exception::IncorrectTrustAnchorException, text)
    }

    /// A cluster does not meet what key stores demand of it (CKS-260, CKS-280, CKS-297); `needs` says what. The sentence
    /// is ours.
    pub(crate) fn cluster_configuration(id: ClusterId, needs: &str) -> Self {
        let text = format!("The AWS CloudHSM cluster {id} needs {needs}.");
        Self::new(Exception::CloudHsmClusterInvalidConfigurationException, text)
    }

    /// KMS does not reach the cluster when a key is used. The sentence is AWS's (CKS-375, fix-keystore page).
    pub(crate) fn cluster_unreachable(exception: Exception) -> Self {
        let text = "KMS cannot communicate with your CloudHSM cluster. This might be a transient network issue. If you see \
                    this error repeatedly, verify that the Network ACLs and the security group rules for the VPC of your \
                    AWS CloudHSM cluster are correct.";
        Self::new(exception, text)
    }

    /// KMS is locked out of the cluster when a key is used. The sentence is AWS's (CKS-376, fix-keystore page).
    pub(crate) fn kmsuser_locked(exception: Exception) -> Self {
        let text = "KMS cannot communicate with your AWS CloudHSM cluster because the kmsuser is locked out. If you see this \
                    error repeatedly, disconnect the AWS CloudHSM key store and reset the kmsuser account password. Update \
                    the kmsuser password for the custom key store and try the request again.";
        Self::new(exception, text)
    }

    /// The cluster does not hold the material of a key (CKS-377). The sentence is ours.
    pub(crate) fn no_key_in_cluster(key: KeyArn, id: ClusterId) -> Self {
        let text = format!(
            "{key} has no key material in the AWS CloudHSM cluster {id}. If a backup of the cluster has it, restore the \
             backup and give the new cluster to the custom key store."
        );
        Self::new(Exception::KMSInvalidStateException, text)
    }

    /// The cluster has no session for KMS (CKS-378): AWS's sentence is not published. The sentence is ours.
    pub(crate) fn no_session(id: ClusterId) -> Self {
        let text =
            format!("The AWS CloudHSM cluster {id} has no PKCS #11 session available. Back off and retry the request.");
        Self::new(Exception::KMSInternalException, text)
    }

    /// KMS itself fails before it comes to the cluster, or on the way (CKS-360, CKS-366, CKS-373). The sentence is ours.
    pub(crate) fn cluster_internal(id: ClusterId) -> Self {
        let text = format!(
            "KMS could not complete the request on the AWS CloudHSM cluster {id} because of an internal error. Retry the \
             request."
        );
        Self::new(Exception::KMSInternalException, text)
    }
}
