//! The body of a request: its members, and the metadata of who asks (sections 1.4 to 1.8 of custom-key-stores.md).

use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use super::refusal::{ProxyError, Refusal};
use crate::{
    call::ProxyOperation,
    wire::{self, SecretBytes, Value},
};

/// The members of `requestMetadata`, in the order of their names.
pub(super) const METADATA: [&str; 7] =
    ["awsPrincipalArn", "awsSourceVpc", "awsSourceVpce", "kmsKeyArn", "kmsOperation", "kmsRequestId", "kmsViaService"];

/// The only algorithm of the protocol (CKS-70).
const ALGORITHM: &str = "AES_GCM";

/// The only algorithm of integrity values (CKS-71).
const INTEGRITY: &str = "SHA_256";

/// A body that may be anything; wiped when it is dropped.
pub(super) struct Body(Zeroizing<Value>);

impl Body {
    /// Reads JSON. Null where it is not JSON.
    pub(super) fn read(body: &[u8]) -> Self {
        // An empty body is not a structure here.
        let read = if body.is_empty() { Value::Null } else { wire::from_json(body).unwrap_or_default() };
        Self(Zeroizing::new(read))
    }

    /// A member of the metadata, as far as it is there.
    pub(super) fn metadata(&self, name: &str) -> Option<&str> {
        self.0.member("requestMetadata")?.member(name)?.as_text()
    }

    /// Refuses a body that lacks what the operation must have, or has something of another type (CKS-168, CKS-172).
    pub(super) fn check(&self, operation: ProxyOperation) -> Result<(), Refusal> {
        let of_key = operation != ProxyOperation::GetHealthStatus;
        let ciphers = matches!(operation, ProxyOperation::Encrypt | ProxyOperation::Decrypt);
        if !matches!(&*self.0, Value::Map(_)) || !matches!(self.0.member("requestMetadata"), Some(Value::Map(_))) {
            return Err(invalid("the body must be a JSON object with requestMetadata"));
        }
        for name in METADATA {
            let must = match name {
                "kmsOperation" | "kmsRequestId" => true,
                "awsPrincipalArn" => of_key,
                "kmsKeyArn" => ciphers,
                _ => false,
            };
            let value = self.0.member("requestMetadata").and_then(|metadata| metadata.member(name));
            is_text(value, must).ok_or_else(|| invalid("a member of requestMetadata is missing, or is not a text"))?;
        }
        let (must, may): (&[&str], &[&str]) = match operation {
            ProxyOperation::Encrypt => {
                (&["plaintext"], &["additionalAuthenticatedData", "ciphertextDataIntegrityValueAlgorithm"])
            }
            ProxyOperation::Decrypt => (
                &["ciphertext", "initializationVector", "authenticationTag"],
                &["additionalAuthenticatedData", "ciphertextMetadata"],
            ),
            _ => return Ok(()),
        };
        let all = must.iter().map(|name| (name, true)).chain(may.iter().map(|name| (name, false)));
        for (name, must) in all {
            is_text(self.0.member(name), must).ok_or_else(|| invalid("a member is missing, or is not a text"))?;
        }
        if self.text("encryptionAlgorithm") != Some(ALGORITHM) {
            return Err(invalid("encryptionAlgorithm must be AES_GCM"));
        }
        match self.text("ciphertextDataIntegrityValueAlgorithm") {
            None | Some(INTEGRITY) => Ok(()),
            Some(_) => Err(invalid("ciphertextDataIntegrityValueAlgorithm must be SHA_256")),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.member(name)?.as_text()
    }

    /// Whether an integrity value is wanted.
    pub(super) fn wants_integrity(&self) -> bool {
        self.text("ciphertextDataIntegrityValueAlgorithm").is_some()
    }

    /// How many bytes a member has, as far as its length tells.
    pub(super) fn length(&self, name: &str) -> usize {
        let text = self.text(name).unwrap_or_default();
        let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count();
        (text.len() / 4 * 3).saturating_sub(padding)
    }

    /// The bytes of a member; `None` where it is not there.
    pub(super) fn bytes(&self, name: &str) -> Result<Option<SecretBytes>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let mut bytes = SecretBytes::new(vec![0; base64::decoded_len_estimate(text.len())]);
        let length = BASE64_STANDARD.decode_slice(text, &mut bytes);
        bytes.truncate(length.map_err(|_| invalid("a member is not base64 with padding"))?);
        Ok(Some(bytes))
    }
}

/// Whether a member is a text, or is rightly missing: null counts as missing (CKS-172).
fn is_text(value: Option<&Value>, must: bool) -> Option<()> {
    match value {
        None | Some(Value::Null) => (!must).then_some(()),
        Some(value) => value.as_text().map(|_| ()),
    }
}

/// A refusal of what cannot be read.
pub(super) const fn invalid(message: &'static str) -> Refusal {
    ProxyError::ValidationException.because(message)
}
