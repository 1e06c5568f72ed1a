//! RSA keys for test fixtures, in microseconds, from primes that everybody knows.
//!
//! The slow part of generating an RSA key is the search for two primes. The pool has found them already: the prime with
//! the number `i` is the SHA-512 stream of `i`, with two bytes of a published table at its end. Keys from this pool
//! interoperate like all others and protect nothing.

use super::{CryptoError, opaque, random::Random, two_primes};
use crate::wire::SecretBytes;
use crypto_bigint::BoxedUint;
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};

/// Separates the primes from every other use of SHA-512.
const DOMAIN: &[u8] = b"pocket-kms insecure key pool";

/// How many primes there are of each length.
const PRIMES: u16 = 1024;

/// How many unordered pairs the pool uses: each prime with the next 511 in the circle.
const PAIRS: u64 = PRIMES as u64 * 511;

/// The step from one key to the next. It shares no factor with the number of pairs, so that every pair has its turn.
const STRIDE: u64 = 1_000_003;

/// The last two bytes of each prime, big-endian, by the length of the primes in bits.
///
/// Each is the smallest odd number that makes the stream a prime which fits the public exponent
/// ([`two_primes::fits`]).
const ENDINGS: [(u16, &[u8; 2 * PRIMES as usize]); 3] = [
    (1024, include_bytes!("insecure_primes/1024.bin")),
    (1536, include_bytes!("insecure_primes/1536.bin")),
    (2048, include_bytes!("insecure_primes/2048.bin")),
];

/// Where a world takes its RSA keys from when it does not need them to be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsecureKeyPool {
    start: u64,
}

impl InsecureKeyPool {
    /// A pool that begins at a place drawn from `random`.
    pub fn new(random: &mut Random) -> Self {
        Self { start: random.next_u64() % PAIRS }
    }

    /// The private key at a place, as PKCS #8 DER. The first 523,264 places hold different keys.
    ///
    /// # Errors
    /// [`CryptoError`] unless the modulus has 2048, 3072 or 4096 bits.
    pub fn rsa(self, modulus_bits: usize, place: u64) -> Result<SecretBytes, CryptoError> {
        let bits = u16::try_from(modulus_bits / 2).map_err(opaque)?;
        let [one, other] = self.pair(place)?.map(|number| prime(bits, number));
        two_primes::private_key(&one?, &other?)
    }

    /// The numbers of the two primes at a place, the smaller one first.
    fn pair(self, place: u64) -> Result<[u16; 2], CryptoError> {
        let pair = (self.start + place % PAIRS * STRIDE) % PAIRS;
        let number = |value: u64| u16::try_from(value % u64::from(PRIMES)).map_err(opaque);
        let distance = pair / u64::from(PRIMES) + 1;
        let (one, other) = (number(pair)?, number(pair + distance)?);
        Ok([one.min(other), one.max(other)])
    }
}

/// One prime of the pool.
fn prime(bits: u16, number: u16) -> Result<BoxedUint, CryptoError> {
    let (_, endings) = ENDINGS.iter().find(|(length, _)| *length == bits).ok_or(CryptoError)?;
    let ending = endings.chunks_exact(2).nth(usize::from(number)).ok_or(CryptoError)?;
    let mut bytes = Vec::with_capacity(usize::from(bits) / 8);
    let stream = Sha512::new_with_prefix(DOMAIN).chain_update(bits.to_be_bytes()).chain_update(number.to_be_bytes());
    // SHA-512 gives a block of 512 bits for each count.
    for block in (0..=u8::MAX).take(usize::from(bits) / 512) {
        bytes.extend_from_slice(&stream.clone().chain_update([block]).finalize());
    }
    // Two primes that begin with two ones have a product of twice their length.
    bytes[0] |= 0xC0;
    let end = bytes.len() - 2;
    bytes[end..].copy_from_slice(ending);
    BoxedUint::from_be_slice(&bytes, u32::from(bits)).map_err(opaque)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{CryptoProvider, hash::Hash, rsa::Signature};
    use crypto_primes::{Flavor, is_prime};
    use std::collections::BTreeSet;

    const LENGTHS: [u16; 3] = [1024, 1536, 2048];

    fn random() -> Random {
        Random::from_entropy(&[7; 32])
    }

    #[test]
    fn the_primes_are_prime_and_keep_the_public_exponent_invertible() {
        for length in LENGTHS {
            for number in (0..PRIMES).step_by(97) {
                let prime = prime(length, number).unwrap();
                assert!(is_prime(Flavor::Any, &prime), "{length}: {number}");
                assert_eq!(prime.bits(), u32::from(length));
                assert!(two_primes::fits(&prime));
            }
        }
    }

    #[test]
    fn no_prime_stands_in_the_pool_twice() {
        for length in LENGTHS {
            let primes: BTreeSet<_> = (0..PRIMES).map(|number| prime(length, number).unwrap()).collect();
            assert_eq!(primes.len(), usize::from(PRIMES));
        }
    }

    #[test]
    fn the_keys_sign_and_verify() {
        let (provider, pool) = (CryptoProvider::default(), InsecureKeyPool::new(&mut random()));
        for length in LENGTHS {
            let modulus_bits = 2 * usize::from(length);
            let key = provider.rsa.load(&pool.rsa(modulus_bits, 3).unwrap()).unwrap();
            assert_eq!(key.modulus_bits(), modulus_bits);
            let scheme = Signature::Pss(Hash::Sha256);
            let signature = key.sign(scheme, &[1; 32], &mut random()).unwrap();
            assert!(key.verify(scheme, &[1; 32], &signature));
        }
    }

    #[test]
    fn every_place_has_its_own_pair_of_primes() {
        let pool = InsecureKeyPool::new(&mut random());
        let pairs: BTreeSet<_> = (0..PAIRS).map(|place| pool.pair(place).unwrap()).collect();
        assert_eq!(pairs.len() as u64, PAIRS);
        assert!(pairs.iter().all(|[one, other]| one < other));
    }

    #[test]
    fn other_lengths_are_refused() {
        assert_eq!(InsecureKeyPool::new(&mut random()).rsa(1024, 0), Err(CryptoError));
    }
}
