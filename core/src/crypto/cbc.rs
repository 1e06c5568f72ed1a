//! AES-256 in CBC mode with PKCS #7 padding, as CMS encrypts content (RFC 3565, RFC 5652 section 6.3).
//!
//! CBC authenticates nothing. This crate has it for the one structure in which AWS uses it, the answer to an enclave.

use super::{CryptoError, opaque};
use crate::wire::SecretBytes;
use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};

/// Length of a key in bytes.
pub(crate) const KEY_LENGTH: usize = 32;
/// Length of an initialization vector in bytes.
pub(crate) const IV_LENGTH: usize = 16;

/// Encrypts; the result is one to sixteen bytes longer, a multiple of sixteen.
pub(crate) fn encrypt(key: &[u8; KEY_LENGTH], iv: &[u8; IV_LENGTH], plaintext: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<Aes256>::new(key.into(), iv.into()).encrypt_padded_vec::<Pkcs7>(plaintext)
}

/// Decrypts, and refuses wrong padding. Do not use it where an attacker can submit many ciphertexts and see the result.
pub(crate) fn decrypt(
    key: &[u8; KEY_LENGTH],
    iv: &[u8; IV_LENGTH],
    ciphertext: &[u8],
) -> Result<SecretBytes, CryptoError> {
    let plaintext = cbc::Decryptor::<Aes256>::new(key.into(), iv.into()).decrypt_padded_vec::<Pkcs7>(ciphertext);
    plaintext.map(SecretBytes::new).map_err(opaque)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> [u8; KEY_LENGTH] {
        let key = hex::decode("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4").unwrap();
        key.try_into().unwrap()
    }

    #[test]
    fn the_first_blocks_are_the_published_ones() {
        // NIST SP 800-38A, F.2.5.
        let iv: [u8; IV_LENGTH] = std::array::from_fn(|place| u8::try_from(place).unwrap());
        let plaintext = hex::decode("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51").unwrap();
        let ciphertext = encrypt(&key(), &iv, &plaintext);
        let published = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d";
        assert_eq!(hex::encode(&ciphertext[..32]), published);
        assert_eq!(ciphertext.len(), 48);
        assert_eq!(decrypt(&key(), &iv, &ciphertext).unwrap().as_slice(), plaintext);
    }

    #[test]
    fn what_is_no_whole_number_of_padded_blocks_is_refused() {
        let ciphertext = encrypt(&key(), &[0; 16], b"sixteen bytes ..");
        assert!(decrypt(&key(), &[0; 16], &ciphertext[..31]).is_err());
        assert!(decrypt(&key(), &[0; 16], &ciphertext[..16]).is_err());
        assert!(decrypt(&key(), &[0; 16], &[]).is_err());
    }
}
