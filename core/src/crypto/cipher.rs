//! Authenticated encryption with associated data (RFC 5116).

use super::{Capability, CryptoError};

/// Length of every nonce, in bytes.
pub const NONCE_LENGTH: usize = 12;
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
}
