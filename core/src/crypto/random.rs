//! The generator that a call's entropy seeds: ChaCha20 as a stream of random bytes, with independent sub-streams.

use crate::wire::SecretBytes;
use chacha20::{
    ChaCha20LegacyCore, ChaCha20Rng,
    cipher::{KeyIvInit, StreamCipherCore},
};
use hmac::{Hmac, KeyInit, Mac};
use rand_core::{Infallible, Rng, SeedableRng, TryCryptoRng, TryRng};
use sha2::Sha256;
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// Separates the seeds of sub-streams from every other use of the entropy.
const STREAM_DOMAIN: &[u8] = b"pocket-kms random stream: ";

/// A deterministic random generator: the same 32 bytes of entropy give the same bytes on every machine.
pub struct Random(ChaCha20Rng);

impl Random {
    /// The generator of one call.
    pub fn from_entropy(entropy: &[u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(*entropy))
    }

    /// The first bytes that the generator with this number gives: see [`numbered`](Self::numbered). One that goes on draws
    /// four blocks at a time, where what every call draws has room in one.
    pub(crate) fn first(entropy: &[u8; 32], number: u64) -> Zeroizing<[u8; 64]> {
        let mut block = Zeroizing::new([0; 64]);
        let mut cipher = ChaCha20LegacyCore::new(entropy.into(), &number.to_le_bytes().into());
        cipher.write_keystream_block((&mut *block).into());
        block
    }

    /// A separate generator for `label`. It is independent of how much the caller has drawn from this one, so that one
    /// more draw in one place does not shift the bytes of another.
    #[must_use]
    pub fn stream(&self, label: &str) -> Self {
        let mut root = self.0.get_seed();
        let mut seed = [0; 32];
        // HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&root) {
            mac.update(STREAM_DOMAIN);
            mac.update(label.as_bytes());
            seed.copy_from_slice(&mac.finalize().into_bytes());
        }
        let stream = Self::from_entropy(&seed);
        root.zeroize();
        seed.zeroize();
        stream
    }

    /// A separate generator by number: the key stream of another nonce under the same key. It is as independent as a
    /// [`stream`](Self::stream) and saves the hash; for what every call draws.
    #[must_use]
    pub(crate) fn numbered(&self, number: u64) -> Self {
        let mut seed = self.0.get_seed();
        let mut numbered = Self::from_entropy(&seed);
        numbered.0.set_stream(number);
        seed.zeroize();
        numbered
    }

    /// A generator that gives what this one is going to give: for who has another way to do the same if the first one fails.
    #[must_use]
    pub fn again(&self) -> Self {
        let mut again = self.numbered(self.0.get_stream());
        again.0.set_word_pos(self.0.get_word_pos());
        again
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill_bytes(&mut bytes);
        bytes
    }

    /// The next `length` bytes, wiped when dropped.
    pub fn secret(&mut self, length: usize) -> SecretBytes {
        let mut bytes = SecretBytes::new(vec![0; length]);
        self.fill_bytes(&mut bytes);
        bytes
    }
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}

impl TryCryptoRng for Random {}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_entropy_gives_the_chacha20_key_stream_of_a_zero_key() {
        // RFC 8439, appendix A.1, test vector 1 (and 2 for the second block).
        let mut random = Random::from_entropy(&[0; 32]);
        assert_eq!(hex::encode(random.array::<16>()), "76b8e0ada0f13d90405d6ae55386bd28");
        let _: [u8; 48] = random.array();
        assert_eq!(hex::encode(random.array::<16>()), "9f07e7be5551387a98ba977c732d080d");
    }

    #[test]
    fn a_stream_does_not_depend_on_what_was_drawn_before() {
        let fresh = Random::from_entropy(&[7; 32]);
        let mut used = Random::from_entropy(&[7; 32]);
        let _: [u8; 100] = used.array();
        assert_eq!(fresh.stream("ids").array::<32>(), used.stream("ids").array::<32>());
    }

    #[test]
    fn again_gives_what_the_generator_is_going_to_give() {
        let mut random = Random::from_entropy(&[7; 32]).numbered(3);
        for drawn in [0, 4, 60, 300] {
            let _ = random.secret(drawn);
            let mut again = random.again();
            assert_eq!(*again.secret(300), *random.secret(300), "{drawn}");
        }
    }

    #[test]
    fn streams_differ_by_label_and_from_their_root() {
        let root = Random::from_entropy(&[7; 32]);
        let a: [u8; 32] = root.stream("a").array();
        let b: [u8; 32] = root.stream("b").array();
        assert_ne!(a, b);
        assert_ne!(a, Random::from_entropy(&[7; 32]).array());
    }

    #[test]
    fn numbered_generators_differ_from_each_other_and_from_their_root() {
        let mut root = Random::from_entropy(&[0; 32]);
        let (mut one, mut two) = (root.numbered(1), root.numbered(2));
        let drawn: [[u8; 32]; 3] = [root.array(), one.array(), two.array()];
        assert!(drawn[0] != drawn[1] && drawn[1] != drawn[2] && drawn[0] != drawn[2]);
        assert_eq!(root.numbered(1).array::<32>(), drawn[1]);
    }

    #[test]
    fn a_generator_begins_with_its_first_bytes() {
        for number in [0, 1, u64::MAX] {
            let mut random = Random::from_entropy(&[7; 32]).numbered(number);
            assert_eq!(*Random::first(&[7; 32], number), random.array(), "{number}");
        }
    }

    #[test]
    fn debug_shows_no_state() {
        assert_eq!(format!("{:?}", Random::from_entropy(&[7; 32])), "Random");
    }
}
