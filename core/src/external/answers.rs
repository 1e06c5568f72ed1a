//! The answers of proxies, read strictly: sections 1.5 to 1.9 of custom-key-stores.md.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{causes::Cause, exchange::Managers};
use crate::{
    call::{ProxyRequest, ProxyResponse},
    wire::{self, Value},
};

/// The most instances of a key manager (CKS-60).
const MOST_MANAGERS: usize = 10;

/// The most usages of an external key (CKS-65).
const MOST_USAGES: usize = 10;

/// The longest metadata that a proxy may give with a ciphertext, in bytes (CKS-73).
pub(super) const LONGEST_METADATA: usize = 20;

/// The longest message of an error, in characters (section 1.9).
const LONGEST_MESSAGE: usize = 511;

/// The JSON object of a response, or the error that it names, with its message. KMS goes by the name of an error, whatever
/// the status says (CKS-105).
pub(super) fn body(response: &ProxyResponse) -> (Result<Value, Cause>, Option<String>) {
    let body =
        if response.body.len() > ProxyRequest::LONGEST_ANSWER { None } else { wire::from_json(&response.body).ok() };
    let Some(body @ Value::Map(_)) = body else { return (Err(Cause::Malformed), None) };
    match body.member("errorName").and_then(Value::as_text).and_then(Cause::named) {
        Some(cause) => (Err(cause), message(&body)),
        None if response.status == 200 => (Ok(body), None),
        None => (Err(Cause::Malformed), None),
    }
}

/// The message of an error, as far as it is one.
fn message(body: &Value) -> Option<String> {
    let text = body.member("errorMessage")?.as_text()?;
    let is_printable = |text: &&str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    Some(text).filter(|text| text.len() <= LONGEST_MESSAGE).filter(is_printable).map(str::to_owned)
}

/// A text that must be there.
fn text<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.member(name)?.as_text()
}

/// Bytes in standard base64 with padding (CKS-23).
fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

/// Bytes that need not be there: `null` counts as absent.
fn optional_bytes(body: &Value, name: &str) -> Option<Vec<u8>> {
    match body.member(name) {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(value) => bytes(value.as_text()?),
    }
}

/// The answer to GetHealthStatus: how many instances of the key manager are in which state.
pub(super) fn health(body: &Value) -> Option<Managers> {
    let Some(Value::Int(1..)) = body.member("xksProxyFleetSize") else { return None };
    for name in ["xksProxyVendor", "xksProxyModel", "ekmVendor"] {
        text(body, name)?;
    }
    let Some(Value::List(fleet)) = body.member("ekmFleetDetails") else { return None };
    if fleet.is_empty() || fleet.len() > MOST_MANAGERS {
        return None;
    }
    let mut managers = Managers::default();
    for instance in fleet {
        text(instance, "id")?;
        text(instance, "model")?;
        match text(instance, "healthStatus")? {
            "ACTIVE" => managers.active += 1,
            "DEGRADED" => managers.degraded += 1,
            "UNAVAILABLE" => managers.unavailable += 1,
            _ => return None,
        }
    }
    Some(managers)
}

/// The answer to GetKeyMetadata.
pub(super) struct KeyMetadata {
    /// The key spec.
    pub(super) spec: String,
    /// The usages, as the proxy lists them.
    pub(super) usages: Vec<String>,
    /// `ENABLED` or `DISABLED`.
    pub(super) status: String,
}

pub(super) fn key_metadata(body: &Value) -> Option<KeyMetadata> {
    let Some(Value::List(usages)) = body.member("keyUsage") else { return None };
    let usages = usages.iter().map(|usage| usage.as_text().map(str::to_owned)).collect::<Option<Vec<String>>>()?;
    let status = text(body, "keyStatus").filter(|status| matches!(*status, "ENABLED" | "DISABLED"))?;
    let spec = text(body, "keySpec")?.to_owned();
    (usages.len() <= MOST_USAGES).then(|| KeyMetadata { spec, usages, status: status.to_owned() })
}

/// The answer to Encrypt.
pub(crate) struct Encrypted {
    /// As long as the plaintext.
    pub(crate) ciphertext: Vec<u8>,
    /// What the proxy wants back for Decrypt; empty where it gave none.
    pub(crate) metadata: Vec<u8>,
    /// 12 or 16 bytes.
    pub(crate) iv: Vec<u8>,
    /// The tag of AES-GCM.
    pub(crate) tag: [u8; 16],
    /// The integrity value, where it is there.
    pub(super) integrity: Vec<u8>,
}

pub(super) fn encrypted(body: &Value, plaintext_length: usize) -> Option<Encrypted> {
    let of = |name: &str| bytes(text(body, name)?);
    let ciphertext = of("ciphertext").filter(|bytes| bytes.len() == plaintext_length)?;
    let metadata = optional_bytes(body, "ciphertextMetadata").filter(|bytes| bytes.len() <= LONGEST_METADATA)?;
    let iv = of("initializationVector").filter(|bytes| matches!(bytes.len(), 12 | 16))?;
    let tag = of("authenticationTag")?.try_into().ok()?;
    // It is ignored where it was not asked for, whatever it is (CKS-76).
    let integrity = optional_bytes(body, "ciphertextDataIntegrityValue").unwrap_or_default();
    Some(Encrypted { ciphertext, metadata, iv, tag, integrity })
}

/// The answer to Decrypt: as long as the ciphertext.
pub(super) fn decrypted(body: &Value, ciphertext_length: usize) -> Option<Vec<u8>> {
    bytes(text(body, "plaintext")?).filter(|bytes| bytes.len() == ciphertext_length)
}
