//! AES-KWP from the `aes-kw` crate.

use super::RustCrypto;
use crate::crypto::wrapping::Wrapping;
use crate::crypto::{CryptoError, opaque};
use crate::wire::SecretBytes;
use aes_kw::cipher::KeyInit;
use aes_kw::{KwpAes128, KwpAes192, KwpAes256};

/// The integrity check value, in bytes.
const OVERHEAD: usize = 8;

impl Wrapping for RustCrypto {
    fn wrap(&self, key_encryption_key: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        if key.is_empty() {
            return Err(CryptoError);
        }
        let mut wrapped = vec![0; key.len().next_multiple_of(8) + OVERHEAD];
        match key_encryption_key.len() {
            16 => cipher::<KwpAes128>(key_encryption_key)?.wrap_key(key, &mut wrapped),
            24 => cipher::<KwpAes192>(key_encryption_key)?.wrap_key(key, &mut wrapped),
            32 => cipher::<KwpAes256>(key_encryption_key)?.wrap_key(key, &mut wrapped),
            _ => return Err(CryptoError),
        }
        .map_err(opaque)?;
        Ok(wrapped)
    }

    fn unwrap(&self, key_encryption_key: &[u8], wrapped: &[u8]) -> Result<SecretBytes, CryptoError> {
        // At least one block of plaintext: the crate accepts an empty one without a look at the key.
        if wrapped.len() < 2 * OVERHEAD {
            return Err(CryptoError);
        }
        let mut key = SecretBytes::new(vec![0; wrapped.len() - OVERHEAD]);
        let length = match key_encryption_key.len() {
            16 => cipher::<KwpAes128>(key_encryption_key)?.unwrap_key(wrapped, &mut key),
            24 => cipher::<KwpAes192>(key_encryption_key)?.unwrap_key(wrapped, &mut key),
            32 => cipher::<KwpAes256>(key_encryption_key)?.unwrap_key(wrapped, &mut key),
            _ => return Err(CryptoError),
        }
        .map_err(opaque)?
        .len();
        key.truncate(length);
        Ok(key)
    }
}

fn cipher<C: KeyInit>(key: &[u8]) -> Result<C, CryptoError> {
    C::new_from_slice(key).map_err(opaque)
}
