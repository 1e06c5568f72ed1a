//! The search for the primes of an RSA key (FIPS 186-5, appendix A.1.3): a random place, a sieve, Miller and Rabin.

use crate::crypto::{CryptoError, opaque, random::Random, two_primes};
use crate::wire::SecretBytes;
use crypto_bigint::{BoxedUint, Odd};
use crypto_primes::hazmat::MillerRabin;
use rand_core::Rng;
use zeroize::Zeroizing;

/// The sieve removes multiples of primes below this. Sieving further costs more than the tests that it saves.
const SIEVED: usize = 1 << 16;

/// How many odd numbers are sieved at once: among those of 2048 bits, eleven are prime on average.
const WINDOW: usize = 8192;

/// The shortest primes that are searched, in bits.
const SHORTEST: u32 = 1024;

/// Tests with random bases until less than one number in 2^128 passes for a prime (FIPS 186-5, appendix C.1). Longer
/// primes than the shortest need no more of them.
const ROUNDS: usize = 6;

/// A random prime that fits the public exponent. Its two highest bits are set: two such primes have a product of twice
/// their length.
///
/// # Errors
/// [`CryptoError`] unless the length is a multiple of 32 bits and at least the shortest that is searched.
pub(super) fn prime(bits: u32, random: &mut Random) -> Result<Zeroizing<BoxedUint>, CryptoError> {
    if bits < SHORTEST || !bits.is_multiple_of(32) {
        return Err(CryptoError);
    }
    let divisors = odd_primes();
    loop {
        let place = place(bits as usize, random);
        let divided = divided(&place, &divisors);
        let mut number = Zeroizing::new(BoxedUint::from_be_slice(&place, bits).map_err(opaque)?);
        for divided in divided.iter() {
            if !divided && is_prime(&number, random) && two_primes::fits(&number) {
                return Ok(number);
            }
            let beyond = number.overflowing_add_assign(BoxedUint::from(2_u8));
            if beyond.into() {
                break;
            }
        }
    }
}

/// A random odd number, big-endian, of exactly `bits` bits and more than three quarters of the largest.
fn place(bits: usize, random: &mut Random) -> SecretBytes {
    let mut place = SecretBytes::new(vec![0; bits / 8]);
    random.fill_bytes(&mut place);
    place[0] |= 0xC0;
    place[bits / 8 - 1] |= 1;
    place
}

/// Which odd numbers from `place` on have one of the divisors.
fn divided(place: &[u8], divisors: &[u32]) -> Zeroizing<Vec<bool>> {
    let mut divided = Zeroizing::new(vec![false; WINDOW]);
    for &divisor in divisors {
        let missing = (divisor - remainder(place, divisor)) % divisor;
        // An odd number is `missing` short of a multiple: the next odd multiple lies an even distance ahead.
        let distance = if missing.is_multiple_of(2) { missing } else { missing + divisor };
        divided.iter_mut().skip(distance as usize / 2).step_by(divisor as usize).for_each(|divided| *divided = true);
    }
    divided
}

/// What remains of a big-endian number after division by one below 2^16.
fn remainder(number: &[u8], divisor: u32) -> u32 {
    let words = number.chunks_exact(4).map(|word| word.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    let divisor = u64::from(divisor);
    let remainder = words.fold(0, |remainder, word| (remainder << 32 | word) % divisor);
    u32::try_from(remainder).unwrap_or_default()
}

/// The odd primes below the end of the sieve (the sieve of Eratosthenes).
fn odd_primes() -> Vec<u32> {
    let mut composite = vec![false; SIEVED];
    let mut primes = Vec::new();
    for number in (3..SIEVED).step_by(2) {
        if !composite[number] {
            primes.extend(u32::try_from(number));
            (number * number..SIEVED).step_by(2 * number).for_each(|multiple| composite[multiple] = true);
        }
    }
    primes
}

fn is_prime(number: &BoxedUint, random: &mut Random) -> bool {
    let Some(odd) = Odd::new(number.clone()).into_option() else { return false };
    let test = MillerRabin::new(odd);
    test.test_base_two().is_probably_prime() && (0..ROUNDS).all(|_| test.test_random_base(random).is_probably_prime())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crypto_primes::hazmat::minimum_mr_iterations;

    fn random() -> Random {
        Random::from_entropy(&[7; 32])
    }

    #[test]
    fn the_rounds_are_those_of_fips_186_5() {
        for bits in [1024, 1536, 2048] {
            assert!(minimum_mr_iterations(bits, 128).unwrap() <= ROUNDS);
        }
        assert_eq!(minimum_mr_iterations(SHORTEST, 128), Some(ROUNDS));
    }

    #[test]
    fn what_is_found_is_prime_by_another_test_and_as_long_as_asked() {
        for bits in [1024, 1536, 2048] {
            let prime = prime(bits, &mut random()).unwrap();
            assert!(crypto_primes::is_prime(crypto_primes::Flavor::Any, &*prime));
            assert!(two_primes::fits(&prime));
            assert_eq!(prime.bits(), bits);
            assert!(prime.bit(bits - 2).to_bool(), "the two highest bits are set");
        }
    }

    #[test]
    fn lengths_that_no_key_has_are_refused() {
        for bits in [0, 8, 512, 1025] {
            assert!(prime(bits, &mut random()).is_err(), "{bits}");
        }
    }

    #[test]
    fn the_divisors_are_the_odd_primes_below_2_to_the_16() {
        let primes = odd_primes();
        // OEIS A007053: 6542 primes up to 2^16, with 2.
        assert_eq!(primes.len(), 6541);
        assert_eq!((primes[0], primes[6540]), (3, 65_521));
    }

    #[test]
    fn the_sieve_strikes_out_what_has_a_small_factor_and_nothing_else() {
        let place = place(64, &mut random());
        let number = u64::from_be_bytes(place.as_slice().try_into().unwrap());
        let divisors = odd_primes();
        let divided = divided(&place, &divisors);
        for (number, divided) in (number..).step_by(2).zip(divided.iter()) {
            assert_eq!(*divided, divisors.iter().any(|divisor| number % u64::from(*divisor) == 0), "{number}");
        }
    }

    #[test]
    fn numbers_that_pass_for_primes_by_base_two_alone_are_none() {
        // Strong pseudoprimes to base 2 (OEIS A001262).
        for number in [2047_u32, 3277, 4033, 4681, 8321] {
            assert!(!is_prime(&BoxedUint::from(number), &mut random()), "{number}");
        }
    }
}
