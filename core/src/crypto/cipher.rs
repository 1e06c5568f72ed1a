//! Authenticated encryption with associated data (RFC 5116).

use super::{Capability, CryptoError, rustcrypto};

/// Length of every nonce of ours, in bytes.
pub const NONCE_LENGTH: usize = 12;
/// Length of the nonces that some external key managers make, in bytes.
pub const LONG_NONCE_LENGTH: usize = 16;
/// Length of every authentication tag, in bytes.
pub const TAG_LENGTH: usize = 16;

/// An AEAD algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aead {
    /// AEAD_AES_256_GCM (RFC 5116, section 5.2).
    Aes256Gcm,
    /// AEAD_SM4_GCM (RFC 8998, section 2.1).
    Sm4Gcm,
}

impl Aead {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "AES-256-GCM",
            Self::Sm4Gcm => "SM4-GCM",
        }
    }

    /// Length of its keys in bytes.
    pub const fn key_length(self) -> usize {
        match self {
            Self::Aes256Gcm => 32,
            Self::Sm4Gcm => 16,
        }
    }
}

/// Seals and opens messages. It draws no randomness: the caller gives the nonce.
pub trait Cipher: Capability {
    /// Encrypts `buffer` in place and returns the tag over it and over `associated`.
    fn seal(
        &self,
        aead: Aead,
        key: &[u8],
        nonce: &[u8; NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
    ) -> Result<[u8; TAG_LENGTH], CryptoError>;

    /// Decrypts `buffer` in place if the tag is right; otherwise the content of the buffer is undefined.
    fn open(
        &self,
        aead: Aead,
        key: &[u8],
        nonce: &[u8; NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG_LENGTH],
    ) -> Result<(), CryptoError>;

    /// The same as [`seal`](Self::seal) with AES-256-GCM and a nonce of sixteen bytes, as some external key managers make
    /// them. Hardly a library takes nonces of that length: unless a provider knows better, the one in Rust serves.
    fn seal_long(
        &self,
        key: &[u8],
        nonce: &[u8; LONG_NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
    ) -> Result<[u8; TAG_LENGTH], CryptoError> {
        rustcrypto::seal_long(key, nonce, associated, buffer)
    }

    /// Opens what [`seal_long`](Self::seal_long) has sealed.
    fn open_long(
        &self,
        key: &[u8],
        nonce: &[u8; LONG_NONCE_LENGTH],
        associated: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG_LENGTH],
    ) -> Result<(), CryptoError> {
        rustcrypto::open_long(key, nonce, associated, buffer, tag)
    }
}
