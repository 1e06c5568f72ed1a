//! AES-GCM from the `aes-gcm` crate.

use super::RustCrypto;
use crate::crypto::cipher::{Aead, Cipher, NONCE_LENGTH, TAG_LENGTH};
use crate::crypto::{CryptoError, opaque};
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit};

impl Cipher for RustCrypto {
    fn seal(
        &self,
        aead: Aead,
        key: &[u8],
        nonce: &[u8; NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
    ) -> Result<[u8; TAG_LENGTH], CryptoError> {
        match aead {
            Aead::Aes256Gcm => seal(&Aes256Gcm::new_from_slice(key).map_err(opaque)?, nonce, associated, buffer),
        }
    }

    fn open(
        &self,
        aead: Aead,
        key: &[u8],
        nonce: &[u8; NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG_LENGTH],
    ) -> Result<(), CryptoError> {
        match aead {
            Aead::Aes256Gcm => open(&Aes256Gcm::new_from_slice(key).map_err(opaque)?, nonce, associated, buffer, tag),
        }
    }
}

fn seal(
    cipher: &Aes256Gcm,
    nonce: &[u8; NONCE_LENGTH],
    associated: &[u8],
    buffer: &mut [u8],
) -> Result<[u8; TAG_LENGTH], CryptoError> {
    let tag = cipher.encrypt_inout_detached(nonce.into(), associated, buffer.into()).map_err(opaque)?;
    Ok(tag.into())
}

fn open(
    cipher: &Aes256Gcm,
    nonce: &[u8; NONCE_LENGTH],
    associated: &[u8],
    buffer: &mut [u8],
    tag: &[u8; TAG_LENGTH],
) -> Result<(), CryptoError> {
    cipher.decrypt_inout_detached(nonce.into(), associated, buffer.into(), tag.into()).map_err(opaque)
}
