//! Key derivation: NIST SP 800-108 revision 1, KDF in counter mode (section 4.1) over HMAC.

use super::CryptoError;
use super::hash::{Hash, MAX_LENGTH};
use super::mac::Mac;
use zeroize::Zeroizing;

/// Fills `out` with keying material derived from `key` for the purpose `label` and the particular `context`.
///
/// Each block is `HMAC(key, [i] || label || 00 || context || [L])` with 32-bit big-endian counter `i` from 1 and
/// 32-bit big-endian output length `L` in bits.
pub(crate) fn counter_mode(
    mac: &dyn Mac,
    hash: Hash,
    key: &[u8],
    label: &[u8],
    context: &[u8],
    out: &mut [u8],
) -> Result<(), CryptoError> {
    let bits = out.len().checked_mul(8).and_then(|bits| u32::try_from(bits).ok()).ok_or(CryptoError)?;
    let mut block = Zeroizing::new([0; MAX_LENGTH]);
    let block = &mut block[..hash.length()];
    for (counter, chunk) in (1_u32..).zip(out.chunks_mut(hash.length())) {
        mac.hmac(hash, key, &[&counter.to_be_bytes(), label, &[0], context, &bits.to_be_bytes()], block)?;
        chunk.copy_from_slice(&block[..chunk.len()]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::CryptoProvider;

    #[test]
    fn derived_keys_are_those_of_an_independent_implementation() {
        // Python: hmac.new(key, counter || label || 00 || context || bits, hash), blocks joined and cut.
        let provider = CryptoProvider::default();
        let mut long = [0; 80];
        counter_mode(provider.mac, Hash::Sha256, &[0x0b; 32], b"label", b"context", &mut long).unwrap();
        assert_eq!(
            hex::encode(long),
            "2241190a033a1f28ebbc11ba9e29a5c48e21a99bfcfc5ad78e2b0fb212c2c4e5e2f00c845bce57c1da7d6113723551bf8e93e96d33e0408dca7a834d11f160f66fcd2b314f7b8ada8d0aadc7e04655c3"
        );
        let mut short = [0; 16];
        counter_mode(provider.mac, Hash::Sha512, &[0x0b; 32], b"", b"", &mut short).unwrap();
        assert_eq!(hex::encode(short), "b2d56d26e735b38aa14438e58aa31233");
    }

    #[test]
    fn the_length_asked_for_is_part_of_the_derivation() {
        let provider = CryptoProvider::default();
        let (mut short, mut long) = ([0; 16], [0; 32]);
        counter_mode(provider.mac, Hash::Sha256, b"key", b"label", b"", &mut short).unwrap();
        counter_mode(provider.mac, Hash::Sha256, b"key", b"label", b"", &mut long).unwrap();
        assert_ne!(short, long[..16]);
    }
}
