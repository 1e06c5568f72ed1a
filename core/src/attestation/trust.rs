//! Whose attestation documents are believed: root certificates that the host chooses.

use std::sync::Arc;

use super::{Invalid, certificate::Certificate};

/// The root of the Nitro attestation PKI of AWS, `AWS_NitroEnclaves_Root-G1`, DER. It is published at
/// <https://aws-nitro-enclaves.amazonaws.com/AWS_NitroEnclaves_Root-G1.zip>, with its fingerprint in the EC2 User Guide.
const AWS_ROOT_G1: &[u8] = include_bytes!("aws-nitro-enclaves-root-g1.der");

/// Root certificates. A document is believed when its path of certificates begins with one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust(Vec<Arc<[u8]>>);

impl Trust {
    /// The root of AWS, and no other.
    pub fn aws() -> Self {
        Self(vec![Arc::from(AWS_ROOT_G1)])
    }

    /// A root of the host's choice, DER, and no other.
    ///
    /// # Errors
    /// [`Invalid::Certificate`] when it is not a certificate with a P-384 key, signed with ECDSA and SHA-384.
    pub fn root(certificate: &[u8]) -> Result<Self, Invalid> {
        Self::roots_of([certificate])
    }

    /// Several roots of the host's choice, DER, and no other.
    ///
    /// # Errors
    /// As for [`root`](Self::root).
    pub fn roots_of<'a>(certificates: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Invalid> {
        certificates.into_iter().try_fold(Self(Vec::new()), Self::and)
    }

    /// These roots and one more.
    ///
    /// # Errors
    /// As for [`root`](Self::root).
    pub fn and(mut self, certificate: &[u8]) -> Result<Self, Invalid> {
        Certificate::read(certificate)?;
        if !self.contains(certificate) {
            self.0.push(Arc::from(certificate));
        }
        Ok(self)
    }

    /// The roots, DER.
    pub fn roots(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Whether this very certificate is one of the roots.
    pub(super) fn contains(&self, certificate: &[u8]) -> bool {
        self.roots().any(|root| root == certificate)
    }
}

impl Default for Trust {
    fn default() -> Self {
        Self::aws()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::hash::Hash;

    #[test]
    fn the_root_of_aws_has_the_published_fingerprint() {
        let fingerprint = "641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b";
        assert_eq!(hex::encode(Hash::Sha256.digest(AWS_ROOT_G1)), fingerprint);
        assert_eq!(Trust::root(AWS_ROOT_G1), Ok(Trust::default()));
    }

    #[test]
    fn what_is_no_certificate_is_no_root() {
        for bytes in [&[][..], b"-----BEGIN CERTIFICATE-----", &AWS_ROOT_G1[1..], &AWS_ROOT_G1[..500]] {
            assert_eq!(Trust::root(bytes), Err(Invalid::Certificate));
        }
    }
}
