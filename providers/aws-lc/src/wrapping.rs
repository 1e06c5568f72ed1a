//! AES-KWP from AWS-LC.

use super::{PURE, Reproducible, opaque};
use aws_lc_rs::key_wrap::{AES_128, AES_256, AesBlockCipher, AesKek, KeyWrapPadded};
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::wrapping::Wrapping;
use pocket_kms::wire::SecretBytes;

/// The integrity check value, in bytes.
const OVERHEAD: usize = 8;

impl Wrapping for Reproducible {
    fn wrap(&self, key_encryption_key: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let Some(cipher) = cipher(key_encryption_key) else { return PURE.wrapping.wrap(key_encryption_key, key) };
        let mut wrapped = vec![0; key.len().next_multiple_of(8) + OVERHEAD];
        let kek = AesKek::new(cipher, key_encryption_key).map_err(opaque)?;
        let length = kek.wrap_with_padding(key, &mut wrapped).map_err(opaque)?.len();
        wrapped.truncate(length);
        Ok(wrapped)
    }

    fn unwrap(&self, key_encryption_key: &[u8], wrapped: &[u8]) -> Result<SecretBytes, CryptoError> {
        let Some(cipher) = cipher(key_encryption_key) else { return PURE.wrapping.unwrap(key_encryption_key, wrapped) };
        let mut key = SecretBytes::new(vec![0; wrapped.len()]);
        let kek = AesKek::new(cipher, key_encryption_key).map_err(opaque)?;
        let length = kek.unwrap_with_padding(wrapped, &mut key).map_err(opaque)?.len();
        key.truncate(length);
        Ok(key)
    }
}

/// The cipher of a key of this length. `aws-lc-rs` leaves out 192 bits.
fn cipher(key_encryption_key: &[u8]) -> Option<&'static AesBlockCipher> {
    match key_encryption_key.len() {
        16 => Some(&AES_128),
        32 => Some(&AES_256),
        _ => None,
    }
}
