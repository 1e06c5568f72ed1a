//! Keyed-hash message authentication codes (RFC 2104, FIPS 198-1).

use super::hash::Hash;
use super::{Capability, CryptoError};

/// Computes HMACs. It draws no randomness.
pub trait Mac: Capability {
    /// Writes the HMAC of the concatenated `parts` to `out`, which is as long as the digest of `hash`.
    fn hmac(&self, hash: Hash, key: &[u8], parts: &[&[u8]], out: &mut [u8]) -> Result<(), CryptoError>;
}
