//! Sentences about ciphertexts, signatures, codes, and whom a plaintext is encrypted for.

use crate::error::{Error, Exception};

impl Error {
    /// The ciphertext cannot be opened. AWS sends no sentence (messages.md).
    pub(crate) fn ciphertext() -> Self {
        Self::silent(Exception::InvalidCiphertextException)
    }

    /// A peer's public key that is not one, or is one of another curve. The sentence is ours: it is empty.
    pub(crate) fn public_key() -> Self {
        Self::silent(Exception::ValidationException)
    }

    /// The ciphertext was not made by the key that the request names. The sentence is AWS's (messages.md).
    pub(crate) fn incorrect_key() -> Self {
        let text = "The key ID in the request does not identify a CMK that can perform this operation.";
        Self::new(Exception::IncorrectKeyException, text)
    }

    /// `Recipient` without an attestation document, which the model calls optional. The sentence is ours, in the form in
    /// which AWS tells of missing members, and so is the refusal: no answer of AWS is known.
    pub(crate) fn recipient_without_document() -> Self {
        Self::missing("recipient.attestationDocument")
    }

    /// `Recipient` with an attestation document that is not valid. The sentence is ours: no answer of AWS is known.
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
