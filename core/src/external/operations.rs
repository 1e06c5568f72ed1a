//! The four operations of the protocol, each with its body (sections 1.5 to 1.8 of custom-key-stores.md).

use super::{
    answers::{self, Encrypted, KeyMetadata},
    asker::Asker,
    causes::Cause,
    metadata,
    request::Proxy,
};
use crate::{
    call::{ProxyOperation, Stop},
    crypto::hash::Hash,
    error::Error,
    names::KeyArn,
    wire::Value,
};

/// The name of the only algorithm of the protocol.
const AES_GCM: &str = "AES_GCM";

/// A KMS key, and the external key behind it.
#[derive(Clone, Copy)]
pub(crate) struct KeyPair<'a> {
    /// The KMS key.
    pub(crate) key: KeyArn,
    /// The id of the external key.
    pub(crate) external: &'a str,
}

impl Asker<'_> {
    /// GetHealthStatus: whether the proxy answers as it must, and one instance of its key manager serves (CKS-62).
    pub(crate) fn health(&self, proxy: &Proxy<'_>) -> Result<Result<(), Cause>, Stop> {
        let body = Value::from([("requestMetadata", metadata::of_health(self))]);
        let managers = self.exchange(proxy, ProxyOperation::GetHealthStatus, None, &body, answers::health)?;
        if let (Ok(managers), Some(exchange)) = (managers, self.traffic.borrow_mut().exchanges.last_mut()) {
            exchange.managers = Some(managers);
        }
        Ok(managers.and_then(|managers| if managers.serve() { Ok(()) } else { Err(Cause::Unhealthy) }))
    }

    /// GetKeyMetadata: whether an external key can stand behind a KMS key (CKS-147), or what CreateKey answers.
    pub(crate) fn check_external_key(&self, proxy: &Proxy<'_>, external: &str) -> Result<Result<(), Error>, Stop> {
        // No client of HTTP can name them in a URI (CKS-18).
        if matches!(external, "." | "..") {
            return Ok(Err(Cause::KeyNotFound.on_create_key()));
        }
        let body = Value::from([("requestMetadata", metadata::of_key_operation(self, None))]);
        let found =
            self.exchange(proxy, ProxyOperation::GetKeyMetadata, Some(external), &body, answers::key_metadata)?;
        Ok(found.map_err(Cause::on_create_key).and_then(|found| suits(&found)))
    }

    /// Encrypt: the outer layer around `plaintext`, which is an inner ciphertext. `integrity` asks for the value that shows
    /// that nothing has changed on the way (CKS-77).
    pub(crate) fn encrypt(
        &self,
        proxy: &Proxy<'_>,
        pair: KeyPair<'_>,
        plaintext: &[u8],
        associated: &[u8],
        integrity: bool,
    ) -> Result<Result<Encrypted, Cause>, Stop> {
        let body = Value::named(&mut [
            ("requestMetadata", Some(metadata::of_key_operation(self, Some(pair.key)))),
            ("additionalAuthenticatedData", Some(Value::Blob(associated.to_vec()))),
            ("plaintext", Some(Value::Blob(plaintext.to_vec()))),
            ("encryptionAlgorithm", Some(AES_GCM.into())),
            ("ciphertextDataIntegrityValueAlgorithm", integrity.then(|| "SHA_256".into())),
        ]);
        let read = |body: &Value| {
            let encrypted = answers::encrypted(body, plaintext.len())?;
            (!integrity || encrypted.integrity == integrity_value(associated, &encrypted)).then_some(encrypted)
        };
        self.exchange(proxy, ProxyOperation::Encrypt, Some(pair.external), &body, read)
    }

    /// Decrypt: what is below the outer layer.
    pub(crate) fn decrypt(
        &self,
        proxy: &Proxy<'_>,
        pair: KeyPair<'_>,
        sealed: &Sealed<'_>,
    ) -> Result<Result<Vec<u8>, Cause>, Stop> {
        let blob = |bytes: &[u8]| Some(Value::Blob(bytes.to_vec()));
        let body = Value::named(&mut [
            ("requestMetadata", Some(metadata::of_key_operation(self, Some(pair.key)))),
            ("ciphertext", blob(sealed.ciphertext)),
            ("ciphertextMetadata", blob(sealed.metadata).filter(|_| !sealed.metadata.is_empty())),
            ("encryptionAlgorithm", Some(AES_GCM.into())),
            ("additionalAuthenticatedData", blob(sealed.associated)),
            ("authenticationTag", blob(sealed.tag)),
            ("initializationVector", blob(sealed.iv)),
        ]);
        let read = |body: &Value| answers::decrypted(body, sealed.ciphertext.len());
        self.exchange(proxy, ProxyOperation::Decrypt, Some(pair.external), &body, read)
    }
}

/// What Decrypt takes.
pub(crate) struct Sealed<'a> {
    /// The ciphertext of the outer layer.
    pub(crate) ciphertext: &'a [u8],
    /// What the proxy gave with it; empty where it gave nothing.
    pub(crate) metadata: &'a [u8],
    /// Its initialization vector.
    pub(crate) iv: &'a [u8],
    /// Its tag.
    pub(crate) tag: &'a [u8],
    /// The data that it was encrypted with.
    pub(crate) associated: &'a [u8],
}

/// The first of what an external key must be that this one is not (CKS-147).
fn suits(found: &KeyMetadata) -> Result<(), Error> {
    if found.spec != "AES_256" {
        return Err(Error::external_key_spec(&found.spec));
    }
    if found.status != "ENABLED" {
        return Err(Error::external_key_status(&found.status));
    }
    let has = |usage: &str| found.usages.iter().any(|of| of == usage);
    if has("ENCRYPT") && has("DECRYPT") { Ok(()) } else { Err(Error::external_key_usage(&found.usages.join(", "))) }
}

/// SHA-256 of the associated data and of all that the answer to Encrypt has, without lengths (CKS-77).
fn integrity_value(associated: &[u8], encrypted: &Encrypted) -> [u8; 32] {
    let Encrypted { ciphertext, metadata, iv, tag, .. } = encrypted;
    let mut digest = [0; 32];
    digest.copy_from_slice(Hash::Sha256.digest(&[associated, metadata, iv, ciphertext, tag].concat()).as_ref());
    digest
}
