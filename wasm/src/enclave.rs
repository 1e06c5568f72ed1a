//! A simulated Nitro enclave: it attests itself, and opens what KMS seals for it.

use pocket_kms::{
    Error,
    enclave::{self, Attested, Spec},
    wire::SecretBytes,
};
use wasm_bindgen::prelude::*;

use crate::{World, fault, host_now, value};

/// An enclave of one world.
#[wasm_bindgen]
pub struct Enclave(enclave::Enclave);

#[wasm_bindgen]
impl World {
    /// The spec of the RSA key that the host may generate for such an enclave; `undefined` where the core does, as in a
    /// seeded world.
    #[wasm_bindgen(js_name = enclaveKeySpec)]
    pub fn enclave_key_spec(&self, wish: JsValue) -> Result<Option<String>, JsValue> {
        let spec = spec(wish)?;
        Ok(self.0.answers().can().keys.then(|| format!("RSA_{}", spec.rsa_bits)))
    }

    /// Starts an enclave with the host's key, PKCS #8 in DER; without one, the core generates it.
    pub fn enclave(&self, wish: JsValue, key: Option<Vec<u8>>) -> Result<Enclave, JsValue> {
        let spec = spec(wish)?;
        let started = match key {
            Some(key) => self.0.enclave_with(spec, SecretBytes::new(key)),
            None => self.0.enclave(spec),
        };
        started.map(Enclave).map_err(|failure| JsError::from(failure).into())
    }
}

#[wasm_bindgen]
impl Enclave {
    /// The enclave's id.
    #[wasm_bindgen(getter, js_name = moduleId)]
    pub fn module_id(&self) -> String {
        self.0.module_id().to_owned()
    }

    /// `SubjectPublicKeyInfo` in DER.
    #[wasm_bindgen(getter, js_name = publicKey)]
    pub fn public_key(&self) -> Result<Vec<u8>, JsError> {
        Ok(self.0.public_key()?)
    }

    /// PKCS #8 in DER.
    #[wasm_bindgen(getter, js_name = privateKey)]
    pub fn private_key(&self) -> Vec<u8> {
        self.0.private_key().to_vec()
    }

    /// An attestation document made now, by the clock of the world.
    pub fn attest(
        &self,
        world: &World,
        public_key: Option<Vec<u8>>,
        user_data: Option<Vec<u8>>,
        nonce: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, JsError> {
        Ok(self.0.attest(world.0.now(host_now()), Attested { public_key, user_data, nonce })?)
    }

    /// Opens `CiphertextForRecipient`.
    pub fn unwrap(&self, ciphertext_for_recipient: &[u8]) -> Result<Vec<u8>, JsError> {
        Ok(self.0.open(ciphertext_for_recipient)?.to_vec())
    }
}

fn spec(wish: JsValue) -> Result<Spec, JsValue> {
    let wish = value::read(wish)?;
    Spec::parse(&wish).map_err(|error: Error| fault::refusal(&error, "", None))
}
