//! AES-GCM from the `aes-gcm` crate, SM4-GCM from its mode around the `sm4` crate.

use super::RustCrypto;
use crate::crypto::cipher::{Aead, Cipher, LONG_NONCE_LENGTH, NONCE_LENGTH, TAG_LENGTH};
use crate::crypto::{CryptoError, opaque};
use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::consts::{U12, U16};
use aes_gcm::{AeadInOut, Aes256Gcm, AesGcm, KeyInit, Nonce};

type Sm4Gcm = AesGcm<sm4::Sm4, U12>;
type LongAes256Gcm = AesGcm<Aes256, U16>;

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
            Aead::Aes256Gcm => seal::<Aes256Gcm>(key, nonce.into(), associated, buffer),
            Aead::Sm4Gcm => seal::<Sm4Gcm>(key, nonce.into(), associated, buffer),
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
            Aead::Aes256Gcm => open::<Aes256Gcm>(key, nonce.into(), associated, buffer, tag),
            Aead::Sm4Gcm => open::<Sm4Gcm>(key, nonce.into(), associated, buffer, tag),
        }
    }
}

fn seal<C: KeyInit + AeadInOut<TagSize = U16>>(
    key: &[u8],
    nonce: &Nonce<C::NonceSize>,
    associated: &[u8],
    buffer: &mut [u8],
) -> Result<[u8; TAG_LENGTH], CryptoError> {
    let cipher = C::new_from_slice(key).map_err(opaque)?;
    let tag = cipher.encrypt_inout_detached(nonce, associated, buffer.into()).map_err(opaque)?;
    Ok(tag.into())
}

fn open<C: KeyInit + AeadInOut<TagSize = U16>>(
    key: &[u8],
    nonce: &Nonce<C::NonceSize>,
    associated: &[u8],
    buffer: &mut [u8],
    tag: &[u8; TAG_LENGTH],
) -> Result<(), CryptoError> {
    let cipher = C::new_from_slice(key).map_err(opaque)?;
    cipher.decrypt_inout_detached(nonce, associated, buffer.into(), tag.into()).map_err(opaque)
}

pub(in crate::crypto) fn seal_long(
    key: &[u8],
    nonce: &[u8; LONG_NONCE_LENGTH],
    associated: &[u8],
    buffer: &mut [u8],
) -> Result<[u8; TAG_LENGTH], CryptoError> {
    seal::<LongAes256Gcm>(key, nonce.into(), associated, buffer)
}

pub(in crate::crypto) fn open_long(
    key: &[u8],
    nonce: &[u8; LONG_NONCE_LENGTH],
    associated: &[u8],
    buffer: &mut [u8],
    tag: &[u8; TAG_LENGTH],
) -> Result<(), CryptoError> {
    open::<LongAes256Gcm>(key, nonce.into(), associated, buffer, tag)
}
