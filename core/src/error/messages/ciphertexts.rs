//! Sentences about ciphertexts, signatures, codes, and whom a plaintext is encrypted for.

use crate::error::{Error, Exception};

impl Error {
    /// The ciphertext cannot be opened. AWS sends no sentence (messages.md).
    pub(crate) fn ciphertext() -> Self {
        Self::silent(Exception::InvalidCiphertextException)
    }

    /// A peer's public key that is not one, or is one of another curve. The sentence is ours: there is none.
    pub(crate) fn public_key() -> Self {
        Self::silent(Exception::ValidationException)
    }

    /// The ciphertext was made by another key than the request names. The sentence is AWS's (messages.md).
    pub(crate) fn incorrect_key() -> Self {
        let text = "The key ID in the request does not identify a CMK that can perform this operation.";
        Self::new(Exception::IncorrectKeyException, text)
    }

    /// `Recipient` without one of its members, which the model calls optional. The sentence is AWS's (the form of
    /// messages.md).
    pub(crate) fn recipient_member(member: &str) -> Self {
        Self::missing(&format!("recipient.{member}"))
    }

    /// `Recipient` with an attestation document that is not believed. The sentence is ours: no answer of AWS is known.
    pub(crate) fn attestation_document(problem: &str) -> Self {
        Self::new(Exception::ValidationException, format!("The attestation document is not valid: {problem}"))
    }

    /// The signature does not verify. AWS sends no sentence (messages.md).
    pub(crate) fn signature() -> Self {
        Self::silent(Exception::KMSInvalidSignatureException)
    }

    /// The code does not verify. AWS sends no sentence (messages.md).
    pub(crate) fn mac() -> Self {
        Self::silent(Exception::KMSInvalidMacException)
    }
}
