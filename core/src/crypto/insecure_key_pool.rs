//! RSA keys for test fixtures, in microseconds: pairs of primes that everybody knows.
//!
//! The hard part of an RSA key is finding two primes. Here they are found already: prime number `i` of a length is the
//! SHA-512 stream of its number with the two bytes of a published table at its end. Keys from this pool interoperate
//! like all others and protect nothing.

use super::{CryptoError, opaque, random::Random};
use crypto_bigint::{BoxedUint, ConcatenatingMul, Limb, NonZero, Odd};
use der::{Encode, asn1::OctetStringRef};
use pkcs8::PrivateKeyInfoRef;
use rand_core::Rng;
use rsa::pkcs1::{self, UintRef};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

/// Separates the primes from every other use of SHA-512.
const DOMAIN: &[u8] = b"pocket-kms insecure key pool";

/// How many primes there are of each length.
const PRIMES: u16 = 1024;

/// How many unordered pairs are used: each prime with the next 511 in the circle.
const PAIRS: u64 = PRIMES as u64 * 511;

/// From one key to the next; it shares no factor with the number of pairs, so that every pair has its turn.
const STRIDE: u64 = 1_000_003;

/// The public exponent of every key. No prime of the pool is 1 modulo it.
const EXPONENT: u32 = 65_537;

/// The public exponent as a divisor.
const DIVISOR: NonZero<Limb> = NonZero::<Limb>::new_unwrap(Limb::from_u32(EXPONENT));

/// The last two bytes of each prime, big-endian, by the length of the primes in bits.
///
/// Each is the smallest odd number that makes the stream a prime which is not 1 modulo the public exponent.
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
    /// A pool that begins where `random` says.
    pub fn new(random: &mut Random) -> Self {
        Self { start: random.next_u64() % PAIRS }
    }

    /// The private key at a place, as PKCS #8 DER. The first 523,264 places hold different keys.
    ///
    /// # Errors
    /// [`CryptoError`] unless the modulus has 2048, 3072 or 4096 bits.
    pub fn rsa(self, modulus_bits: usize, place: u64) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        let bits = u16::try_from(modulus_bits / 2).map_err(opaque)?;
        let [one, other] = self.pair(place)?.map(|number| prime(bits, number));
        pkcs8_of(one?, other?)
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

/// The private key of two primes (RFC 8017, section 3.2).
fn pkcs8_of(one: BoxedUint, other: BoxedUint) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let (p, q) = if one > other { (one, other) } else { (other, one) };
    let [p_less, q_less] = [&p, &q].map(|prime| prime.wrapping_sub(BoxedUint::one()));
    let odd_p = Odd::new(p.clone()).into_option().ok_or(CryptoError)?;
    let modulus = p.concatenating_mul(&q).to_be_bytes();
    let secrets = [
        private_exponent(&p_less.concatenating_mul(&q_less)),
        p,
        q.clone(),
        private_exponent(&p_less),
        private_exponent(&q_less),
        q.invert_odd_mod_vartime(&odd_p).into_option().ok_or(CryptoError)?,
    ];
    let secrets = secrets.map(|number| Zeroizing::new(number.to_be_bytes()));
    let [private_exponent, prime1, prime2, exponent1, exponent2, coefficient] = &secrets;
    let public_exponent = EXPONENT.to_be_bytes();
    let uint = |bytes| UintRef::new(bytes).map_err(opaque);
    let key = pkcs1::RsaPrivateKey {
        modulus: uint(&modulus)?,
        public_exponent: uint(&public_exponent)?,
        private_exponent: uint(private_exponent)?,
        prime1: uint(prime1)?,
        prime2: uint(prime2)?,
        exponent1: uint(exponent1)?,
        exponent2: uint(exponent2)?,
        coefficient: uint(coefficient)?,
        other_prime_infos: None,
    };
    let key = Zeroizing::new(key.to_der().map_err(opaque)?);
    let info = PrivateKeyInfoRef::new(pkcs1::ALGORITHM_ID, OctetStringRef::new(&key).map_err(opaque)?);
    info.to_der().map(Zeroizing::new).map_err(opaque)
}

/// The inverse of the public exponent modulo `order`, by one division: it is `(1 + k * order) / e` for the `k` that
/// makes this whole.
fn private_exponent(order: &BoxedUint) -> BoxedUint {
    let k = u128::from(EXPONENT) - inverse(order.rem_limb(DIVISOR).0.into());
    let product = order.concatenating_mul(BoxedUint::from(k)).wrapping_add(BoxedUint::one());
    product.div_rem_limb(DIVISOR).0
}

/// The inverse of a number modulo the public exponent `e`. That is prime, so it is the number to the power of `e - 2`
/// (Fermat), which is sixteen ones in binary: the product of the first sixteen squares of squares.
fn inverse(number: u128) -> u128 {
    let modulus = u128::from(EXPONENT);
    let step = |(product, square), _| (product * square % modulus, square * square % modulus);
    (0..16).fold((1, number), step).0
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
                assert_ne!(prime.rem_limb(DIVISOR).0, 1);
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
