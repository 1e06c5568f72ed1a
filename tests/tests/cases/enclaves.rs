//! The enclaves of a case.

use std::collections::BTreeMap;

use pocket_kms::{
    Time, Value, World,
    attestation::Platform,
    enclave::{Enclave, Measurements, Spec},
};

/// Each by the name that its step gives it.
#[derive(Default)]
pub(crate) struct Enclaves(BTreeMap<String, Enclave>);

impl Enclaves {
    /// Starts an enclave, in both worlds of a case; gives what its requests have as `Recipient`.
    pub(crate) fn start(&mut self, name: &str, spec: &Value, direct: &World, http: &World) -> Value {
        let [enclave, _] = [direct, http].map(|world| started(world, spec));
        let document = enclave.attestation_document(direct.now(Time::default())).expect("a document");
        self.0.insert(name.to_owned(), enclave);
        let algorithm = ("KeyEncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
        Value::from([("AttestationDocument", Value::Blob(document)), algorithm])
    }

    /// Opens in an enclave what KMS has sealed for it.
    pub(crate) fn unwrap(&self, input: &Value) -> Result<Value, String> {
        let enclave = input.member("Enclave").and_then(Value::as_text).and_then(|name| self.0.get(name));
        let sealed = input.member("CiphertextForRecipient").and_then(Value::as_bytes);
        let (enclave, sealed) = enclave.zip(sealed).ok_or("an enclave unwraps a CiphertextForRecipient")?;
        let opened = enclave.open(sealed).map_err(|failure| failure.to_string())?;
        Ok(Value::from([("Plaintext", Value::Blob(opened.to_vec()))]))
    }
}

fn started(world: &World, spec: &Value) -> Enclave {
    let bytes = |value: &Value| hex::decode(value.as_text().expect("hexadecimal")).expect("hexadecimal");
    let mut registers: Vec<(u8, Vec<u8>)> =
        spec.member("imageSha384").map(|image| (0, bytes(image))).into_iter().collect();
    if let Some(Value::Map(pcrs)) = spec.member("pcrs") {
        registers.extend(pcrs.iter().map(|(name, value)| (name.parse().expect("a register"), bytes(value))));
    }
    let tpm = spec.member("platform").and_then(Value::as_text) == Some("NitroTpm");
    let platform = if tpm { Platform::NitroTpm } else { Platform::NitroEnclave };
    let with = |measured: Measurements, (register, value)| measured.with(register, value).expect("a register");
    let measurements = registers.into_iter().fold(Measurements::default(), with);
    world.enclave(Spec { platform, measurements, ..Spec::default() }).expect("an enclave")
}
