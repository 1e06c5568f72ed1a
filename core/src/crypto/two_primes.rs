//! The RSA private key of two primes (RFC 8017, section 3.2).

use super::{CryptoError, opaque};
use crate::wire::SecretBytes;
use crypto_bigint::{BoxedUint, ConcatenatingMul, Limb, NonZero, Odd};
use der::{Encode, asn1::OctetStringRef};
use pkcs8::PrivateKeyInfoRef;
use rsa::pkcs1::{self, UintRef};
use zeroize::Zeroizing;

/// The public exponent of every key that is made here.
const EXPONENT: u32 = 65_537;

/// The public exponent as a divisor.
const DIVISOR: NonZero<Limb> = NonZero::<Limb>::new_unwrap(Limb::from_u32(EXPONENT));

/// Whether a prime fits a key: the public exponent, itself prime, must have an inverse modulo the prime less one.
pub(super) fn fits(prime: &BoxedUint) -> bool {
    prime.rem_limb(DIVISOR) != Limb::ONE
}

/// The private key of two different primes that fit, as PKCS #8 DER.
pub(super) fn private_key(one: &BoxedUint, other: &BoxedUint) -> Result<SecretBytes, CryptoError> {
    let (p, q) = if one > other { (one, other) } else { (other, one) };
    let [p_less, q_less] = [p, q].map(|prime| Zeroizing::new(prime.wrapping_sub(BoxedUint::one())));
    let odd_p = Odd::new(p.clone()).into_option().ok_or(CryptoError)?;
    let modulus = p.concatenating_mul(q).to_be_bytes();
    let secrets = [
        private_exponent(&Zeroizing::new(p_less.concatenating_mul(&*q_less))),
        p.clone(),
        q.clone(),
        private_exponent(&p_less),
        private_exponent(&q_less),
        q.invert_odd_mod_vartime(&odd_p).into_option().ok_or(CryptoError)?,
    ];
    let secrets = secrets.map(|number| Zeroizing::new(Zeroizing::new(number).to_be_bytes()));
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
    let key = SecretBytes::new(key.to_der().map_err(opaque)?);
    let info = PrivateKeyInfoRef::new(pkcs1::ALGORITHM_ID, OctetStringRef::new(&key).map_err(opaque)?);
    info.to_der().map(SecretBytes::new).map_err(opaque)
}

/// The inverse of the public exponent modulo `order`, by one division: it is `(1 + k * order) / e` for the `k` that
/// makes this whole.
fn private_exponent(order: &BoxedUint) -> BoxedUint {
    let k = u128::from(EXPONENT) - inverse(order.rem_limb(DIVISOR).0.into());
    let mut product = Zeroizing::new(order.concatenating_mul(BoxedUint::from(k)));
    product.wrapping_add_assign(BoxedUint::one());
    product.div_rem_limb(DIVISOR).0
}

/// The inverse of a number modulo the public exponent `e`. That is prime, so it is the number to the power of `e - 2`
/// (Fermat), which is sixteen ones in binary: the product of the first sixteen squares of squares.
fn inverse(number: u128) -> u128 {
    let modulus = u128::from(EXPONENT);
    let step = |(product, square), _| (product * square % modulus, square * square % modulus);
    (0..16).fold((1, number), step).0
}
