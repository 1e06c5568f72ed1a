//! The external key manager: AES-256-GCM under versions of keys (CKS-77 to CKS-79).

use sha2::{Digest, Sha256};

use crate::{
    crypto::{
        CryptoError, CryptoProvider,
        cipher::{Aead, NONCE_LENGTH, TAG_LENGTH},
    },
    wire::SecretBytes,
};

/// The length of the longer initialization vectors, in bytes.
const LONG: usize = 16;

/// What Encrypt gives besides the ciphertext.
pub(super) struct Sealed {
    pub(super) ciphertext: Vec<u8>,
    pub(super) tag: [u8; TAG_LENGTH],
}

/// Encrypts. The vector has 12 or 16 bytes.
pub(super) fn seal(
    provider: &CryptoProvider,
    material: &[u8],
    vector: &[u8],
    associated: &[u8],
    plaintext: &[u8],
) -> Result<Sealed, CryptoError> {
    // Once it is encrypted, it is not secret any more.
    let mut ciphertext = plaintext.to_vec();
    let cipher = provider.cipher;
    let tag = if let Some(vector) = as_long(vector) {
        cipher.seal_long(material, vector, associated, &mut ciphertext)
    } else {
        cipher.seal(Aead::Aes256Gcm, material, as_short(vector)?, associated, &mut ciphertext)
    };
    tag.map(|tag| Sealed { ciphertext, tag })
}

/// Decrypts what [`seal`] has encrypted.
pub(super) fn open(
    provider: &CryptoProvider,
    material: &[u8],
    vector: &[u8],
    associated: &[u8],
    (ciphertext, tag): (&[u8], &[u8; TAG_LENGTH]),
) -> Result<SecretBytes, CryptoError> {
    let mut plaintext = SecretBytes::from(ciphertext);
    let cipher = provider.cipher;
    let opened = if let Some(vector) = as_long(vector) {
        cipher.open_long(material, vector, associated, &mut plaintext, tag)
    } else {
        cipher.open(Aead::Aes256Gcm, material, as_short(vector)?, associated, &mut plaintext, tag)
    };
    opened.map(|()| plaintext)
}

fn as_long(vector: &[u8]) -> Option<&[u8; LONG]> {
    vector.try_into().ok()
}

fn as_short(vector: &[u8]) -> Result<&[u8; NONCE_LENGTH], CryptoError> {
    vector.try_into().map_err(|_| CryptoError)
}

/// What is authenticated with a ciphertext: the request's data and the answer's metadata, each behind its length (CKS-79).
/// The data has at most 65,535 bytes, the metadata 255.
pub(super) fn framed(data: &[u8], metadata: &[u8]) -> Vec<u8> {
    let mut framed = Vec::with_capacity(3 + data.len() + metadata.len());
    framed.extend_from_slice(&u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes());
    framed.extend_from_slice(data);
    framed.push(u8::try_from(metadata.len()).unwrap_or(u8::MAX));
    framed.extend_from_slice(metadata);
    framed
}

/// The ciphertext data integrity value (CKS-77).
pub(super) fn integrity(data: &[u8], metadata: &[u8], vector: &[u8], sealed: &Sealed) -> Vec<u8> {
    let parts = [data, metadata, vector, &sealed.ciphertext, &sealed.tag];
    parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, prelude::BASE64_STANDARD};

    use super::*;

    const DATA: &str = "project=nile,department=marketing";
    const METADATA: &str = "key_version=1";
    const SHORT: &str = "oKGio6Slpqeoqaqr";
    const LONG: &str = "oKGio6SlpqeoqaqrrK2urw==";
    const PLAINTEXT: &[u8] = b"Hello World!";

    fn bytes(base64: &str) -> Vec<u8> {
        BASE64_STANDARD.decode(base64).expect("base64")
    }

    #[test]
    fn the_key_manager_gives_the_computed_vectors() {
        // CKS-80 to CKS-84.
        let (ciphertext, long_ciphertext) = ("rn0QQSrrVdAQCePy", "YsZP0Hftmhmx8nuQ");
        for (data, metadata, vector, ciphertext, tag, value) in [
            (
                DATA,
                METADATA,
                SHORT,
                ciphertext,
                "kefL2JEPy2uWx67YZu2GJw==",
                "oIxykNNsM5I9JP9OHn1qj4zqThr3yNRRYiw8K7cfM68=",
            ),
            ("", "", SHORT, ciphertext, "poy+Gi04m2JKwC7JnEnnBg==", "a88KLHeQgc5qFUz6OTan5Zt+WBQ2XFW2yr5JwjNfSHA="),
            (DATA, "", SHORT, ciphertext, "/oSI1Gi86xY4RD3sHkA1Gg==", "F5i2x+ztm7D2eWbJOU4TMrCLdmx+ol7EUFFsa19KBSg="),
            (
                "",
                METADATA,
                SHORT,
                ciphertext,
                "kq1k3yxwnBgS4SxZ2NqEwg==",
                "HBKIms+iuocYq0mkL61qdxPvhJtTXEJ1VQ74l+TvtdE=",
            ),
            (
                DATA,
                METADATA,
                LONG,
                long_ciphertext,
                "AV81agmfO/v8V6vjpyb/Fw==",
                "TpvOyLhc3VuGT9tAtm95meoVJGj2vJ+AZt8bBbH1zoA=",
            ),
        ] {
            let (provider, key) = (
                CryptoProvider::default(),
                std::array::from_fn::<u8, 32, _>(|byte| u8::try_from(byte).unwrap_or_default()),
            );
            let (data, metadata, vector) = (data.as_bytes(), metadata.as_bytes(), bytes(vector));
            let associated = framed(data, metadata);
            let sealed = seal(&provider, &key, &vector, &associated, PLAINTEXT).expect("a ciphertext");
            assert_eq!((sealed.ciphertext.clone(), sealed.tag.to_vec()), (bytes(ciphertext), bytes(tag)));
            assert_eq!(integrity(data, metadata, &vector, &sealed), bytes(value));
            let opened = open(&provider, &key, &vector, &associated, (&sealed.ciphertext, &sealed.tag));
            assert_eq!(opened.expect("a plaintext").as_slice(), PLAINTEXT);
        }
    }

    #[test]
    fn the_integrity_value_is_that_of_the_specification_of_the_protocol() {
        // CKS-85.
        let tag = bytes("vBxN2ncH1oEkR8WVXpmyYQ==").try_into().expect("16 bytes");
        let sealed = Sealed { ciphertext: bytes("ghxkK1txeDNn3q8Y"), tag };
        let value = integrity(DATA.as_bytes(), METADATA.as_bytes(), &bytes("HMrlRw85cAJUd5Ax"), &sealed);
        assert_eq!(value, bytes("qHA/ImC9h5HsLRXqCyPmWgYx7tzyoTplzILbP0fPXsc="));
    }
}
