//! Sentences about usages, key specs and algorithms.

use std::fmt::Display;

use crate::{
    error::{Error, Exception},
    names::KeyArn,
};

impl Error {
    /// The key has another usage. The sentence is AWS's (messages.md).
    pub(crate) fn usage(key: KeyArn, usage: impl Display, operation: &str) -> Self {
        let text = format!("{key} key usage is {usage} which is not valid for {operation}.");
        Self::new(Exception::InvalidKeyUsageException, text)
    }

    /// The key spec does not have the algorithm. The sentence is AWS's (measured, floci PR #3968).
    pub(crate) fn algorithm(algorithm: &str, spec: impl Display) -> Self {
        let text = format!("Algorithm {algorithm} is incompatible with key spec {spec}.");
        Self::new(Exception::InvalidKeyUsageException, text)
    }

    /// Data keys come from symmetric encryption keys alone. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn data_key_of_asymmetric_key() -> Self {
        Self::new(Exception::InvalidKeyUsageException, "You cannot generate a data key with an asymmetric CMK")
    }

    /// The key spec cannot do this at all. AWS sends no sentence (recorded by LocalStack).
    pub(crate) fn key_spec() -> Self {
        Self::silent(Exception::UnsupportedOperationException)
    }

    /// CreateKey without a usage where none is the default. The sentence is AWS's (messages.md).
    pub(crate) fn usage_missing() -> Self {
        let text = "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateKey with a usage that the key spec does not have. The sentence is AWS's (messages.md).
    pub(crate) fn usage_of_spec(usage: impl Display, spec: impl Display) -> Self {
        Self::new(Exception::ValidationException, format!("KeyUsage {usage} is not compatible with KeySpec {spec}"))
    }

    /// CreateKey with the key spec under both of its names. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn spec_twice() -> Self {
        let text = "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is \
                    deprecated.";
        Self::new(Exception::ValidationException, text)
    }

    /// A key spec that the Region does not offer. The sentence is AWS's (floci-io/floci#3026, for SM2 in `KeySpec`).
    pub(crate) fn spec_not_offered(member: &str, spec: &str) -> Self {
        Self::new(Exception::UnsupportedOperationException, format!("{member} {spec} is not supported in this Region"))
    }

    /// `Message` of Sign or Verify is not as long as a digest of the algorithm. The sentence is AWS's (messages.md).
    pub(crate) fn digest_length(algorithm: impl Display) -> Self {
        Self::new(Exception::ValidationException, format!("Digest is invalid length for algorithm {algorithm}."))
    }

    /// `Message` of Sign or Verify is not as long as an external mu of the algorithm. The sentence is ours. It follows the one for
    /// digests.
    pub(crate) fn mu_length(algorithm: impl Display) -> Self {
        Self::new(Exception::ValidationException, format!("External Mu is invalid length for algorithm {algorithm}."))
    }

    /// A message type that the algorithm does not take; `what` is `key spec ...` or `algorithm ...`. The sentence is
    /// AWS's (measured, floci PR #3968).
    pub(crate) fn message_type(message_type: impl Display, what: &str) -> Self {
        Self::new(Exception::ValidationException, format!("Message type {message_type} is incompatible with {what}."))
    }

    /// A plaintext that the algorithm cannot take. The sentence is AWS's (messages.md).
    pub(crate) fn plaintext_length(algorithm: impl Display, spec: impl Display, most: usize) -> Self {
        let text = format!("Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {most} bytes.");
        Self::new(Exception::ValidationException, text)
    }

    /// An encryption context with an asymmetric key. The sentence is AWS's (P1-86).
    pub(crate) fn context_of_asymmetric_key() -> Self {
        let text = "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.";
        Self::new(Exception::ValidationException, text)
    }
}
