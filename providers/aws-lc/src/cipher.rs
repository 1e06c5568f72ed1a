//! AES-256-GCM from AWS-LC.

use super::{PURE, Reproducible, opaque};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::cipher::{Aead, Cipher, NONCE_LENGTH, TAG_LENGTH};

impl Cipher for Reproducible {
    fn seal(
        &self,
        aead: Aead,
        key: &[u8],
        nonce: &[u8; NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
    ) -> Result<[u8; TAG_LENGTH], CryptoError> {
        match aead {
            Aead::Aes256Gcm => {
                let nonce = Nonce::assume_unique_for_key(*nonce);
                let tag = loaded(key)?.seal_in_place_separate_tag(nonce, Aad::from(associated), buffer);
                tag.map_err(opaque)?.as_ref().try_into().map_err(opaque)
            }
            // AWS-LC has no SM4.
            Aead::Sm4Gcm => PURE.cipher.seal(aead, key, nonce, associated, buffer),
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
            Aead::Aes256Gcm => {
                let nonce = Nonce::assume_unique_for_key(*nonce);
                let opened = loaded(key)?.open_in_place_separate_tag(nonce, Aad::from(associated), tag, buffer);
                opened.map(drop).map_err(opaque)
            }
            // AWS-LC has no SM4.
            Aead::Sm4Gcm => PURE.cipher.open(aead, key, nonce, associated, buffer, tag),
        }
    }
}

fn loaded(key: &[u8]) -> Result<LessSafeKey, CryptoError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(opaque)
}
