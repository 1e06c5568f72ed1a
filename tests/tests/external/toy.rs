//! A key manager of these tests, which shares nothing with that of the library. It is a toy: it seals by an exclusive or, and
//! its tags are digests.

use std::cell::Cell;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use pocket_kms::{ProxyAnswer, ProxyOperation, ProxyRequest, ProxyResponse, crypto::hash::Hash};
use serde_json::{Value, json};

/// What it is set to.
pub(crate) struct Manager {
    /// How long the initialization vectors are.
    pub(crate) iv: Cell<usize>,
    /// How long the metadata is that it gives.
    pub(crate) metadata: Cell<usize>,
    /// Whether it leaves the additional authenticated data aside.
    pub(crate) ignores_associated: Cell<bool>,
    count: Cell<u8>,
}

impl Manager {
    pub(crate) fn new() -> Self {
        Self { iv: Cell::new(12), metadata: Cell::new(0), ignores_associated: Cell::new(false), count: Cell::new(0) }
    }

    pub(crate) fn answer(&self, request: &ProxyRequest) -> ProxyAnswer {
        let answer = match request.operation {
            ProxyOperation::GetHealthStatus => health(&["ACTIVE"]),
            ProxyOperation::GetKeyMetadata => {
                json!({"keySpec": "AES_256", "keyUsage": ["ENCRYPT", "DECRYPT"], "keyStatus": "ENABLED"})
            }
            ProxyOperation::Encrypt => self.encrypted(request),
            ProxyOperation::Decrypt => match self.decrypted(request) {
                Some(answer) => answer,
                None => return error("InvalidCiphertextException", 400),
            },
            other => panic!("{other:?}"),
        };
        ok(&answer)
    }

    /// The answer to Encrypt as JSON, for those who want to change it.
    pub(crate) fn encrypted(&self, request: &ProxyRequest) -> Value {
        let asked = super::body(request);
        self.count.set(self.count.get().wrapping_add(1));
        let (iv, metadata) = (vec![self.count.get(); self.iv.get()], vec![0x6d; self.metadata.get()]);
        let (associated, ciphertext) =
            (bytes(&asked, "additionalAuthenticatedData"), turned(bytes(&asked, "plaintext")));
        let tag = self.tag(request, &associated, &metadata, &iv, &ciphertext);
        let mut answer = json!({
            "ciphertext": base64(&ciphertext),
            "initializationVector": base64(&iv),
            "authenticationTag": base64(&tag),
        });
        if !metadata.is_empty() {
            answer["ciphertextMetadata"] = base64(&metadata).into();
        }
        if asked["ciphertextDataIntegrityValueAlgorithm"] == "SHA_256" {
            let all = [&associated[..], &metadata, &iv, &ciphertext, &tag].concat();
            answer["ciphertextDataIntegrityValue"] = base64(Hash::Sha256.digest(&all).as_ref()).into();
        }
        answer
    }

    fn decrypted(&self, request: &ProxyRequest) -> Option<Value> {
        let asked = super::body(request);
        let of = |name: &str| bytes(&asked, name);
        let (associated, metadata) = (of("additionalAuthenticatedData"), of("ciphertextMetadata"));
        let (iv, ciphertext) = (of("initializationVector"), of("ciphertext"));
        let tag = self.tag(request, &associated, &metadata, &iv, &ciphertext);
        (tag[..] == of("authenticationTag")).then(|| json!({"plaintext": base64(&turned(ciphertext))}))
    }

    /// The path names the external key.
    fn tag(
        &self,
        request: &ProxyRequest,
        associated: &[u8],
        metadata: &[u8],
        iv: &[u8],
        ciphertext: &[u8],
    ) -> [u8; 16] {
        let key = request.path.rsplit('/').nth(1).expect("a key");
        let associated = if self.ignores_associated.get() { &[] } else { associated };
        let all = [key.as_bytes(), &[0], associated, &[0], metadata, &[0], iv, &[0], ciphertext].concat();
        Hash::Sha256.digest(&all).as_ref()[..16].try_into().expect("16 bytes")
    }
}

/// A healthy answer, with an instance in each of these states.
pub(crate) fn health(states: &[&str]) -> Value {
    let fleet: Vec<Value> =
        states.iter().map(|state| json!({"id": "one", "model": "toy", "healthStatus": state})).collect();
    json!({
        "xksProxyFleetSize": 1,
        "xksProxyVendor": "pocket-kms",
        "xksProxyModel": "toy 1",
        "ekmVendor": "pocket-kms",
        "ekmFleetDetails": fleet,
    })
}

/// A response with this body.
pub(crate) fn ok(body: &Value) -> ProxyAnswer {
    ProxyAnswer::Response(response(200, body))
}

pub(crate) fn response(status: u16, body: &Value) -> ProxyResponse {
    ProxyResponse::new(status, body.to_string().into_bytes())
}

/// An error of a proxy.
pub(crate) fn error(name: &str, status: u16) -> ProxyAnswer {
    ProxyAnswer::Response(response(status, &json!({"errorName": name, "errorMessage": "so it is"})))
}

/// Bytes that are not text.
pub(crate) fn raw(status: u16, body: &[u8]) -> ProxyAnswer {
    ProxyAnswer::Response(ProxyResponse::new(status, body))
}

fn turned(mut bytes: Vec<u8>) -> Vec<u8> {
    for byte in &mut bytes {
        *byte ^= 0x5a;
    }
    bytes
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

pub(crate) fn bytes(asked: &Value, name: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(asked[name].as_str().unwrap_or_default()).expect("base64")
}
