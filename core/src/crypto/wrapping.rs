//! AES key wrap with padding (RFC 5649, NIST SP 800-38F KWP).

use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// Wraps and unwraps keys under a key of 16, 24 or 32 bytes. It draws no randomness.
pub trait Wrapping: Capability {
    /// Wraps a key of at least one byte.
    fn wrap(&self, key_encryption_key: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError>;

    /// Unwraps what [`wrap`](Self::wrap) gives, and nothing else.
    fn unwrap(&self, key_encryption_key: &[u8], wrapped: &[u8]) -> Result<SecretBytes, CryptoError>;
}
