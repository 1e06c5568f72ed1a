//! Public points of the curves `y² = x³ + ax + b` in both forms of SEC 1 (section 2.3.4), read once for all of them:
//! each curve's crate would bring the square root in arithmetic of its own.

use crypto_bigint::{
    BoxedUint, Odd,
    modular::{BoxedMontyForm, BoxedMontyParams},
};
use der::asn1::ObjectIdentifier;
use spki::SubjectPublicKeyInfoRef;

use crate::crypto::{CryptoError, opaque};

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// A curve over a prime field whose prime is 3 modulo 4, as those of all curves of KMS are.
pub(super) struct Curve {
    /// By which a `SubjectPublicKeyInfo` names it.
    pub(super) name: ObjectIdentifier,
    /// The prime, in hexadecimal digits of whole words of 64 bits.
    pub(super) prime: &'static str,
    /// Whether `a` is -3; otherwise it is zero.
    pub(super) a_is_minus_three: bool,
    /// `b`, in as many digits.
    pub(super) b: &'static str,
    /// How long a coordinate is, in bytes.
    pub(super) length: usize,
}

/// ECC_NIST_P256 (SP 800-186 section 3.2.1.3).
pub(super) const P256: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
    prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    a_is_minus_three: true,
    b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    length: 32,
};

/// ECC_NIST_P384 (SP 800-186 section 3.2.1.4).
pub(super) const P384: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.3.132.0.34"),
    prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
    a_is_minus_three: true,
    b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    length: 48,
};

/// ECC_NIST_P521 (SP 800-186 section 3.2.1.5).
pub(super) const P521: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.3.132.0.35"),
    prime: concat!(
        "00000000000001ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    ),
    a_is_minus_three: true,
    b: concat!(
        "0000000000000051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b48991",
        "8ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"
    ),
    length: 66,
};

/// ECC_SECG_P256K1 (SEC 2, section 2.4.1).
pub(super) const SECP256K1: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.3.132.0.10"),
    prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
    a_is_minus_three: false,
    b: "0000000000000000000000000000000000000000000000000000000000000007",
    length: 32,
};

/// Both coordinates. Whether they are those of a point of the curve is not known yet.
pub(super) struct Coordinates {
    pub(super) x: Vec<u8>,
    pub(super) y: Vec<u8>,
}

impl Curve {
    /// The coordinates of the public key in a `SubjectPublicKeyInfo` that names this curve.
    pub(super) fn read(&self, spki: &[u8]) -> Result<Coordinates, CryptoError> {
        let info = SubjectPublicKeyInfoRef::try_from(spki).map_err(opaque)?;
        if info.algorithm.oids().map_err(opaque)? != (EC_PUBLIC_KEY, Some(self.name)) {
            return Err(CryptoError);
        }
        let (form, point) = info.subject_public_key.as_bytes().and_then(<[u8]>::split_first).ok_or(CryptoError)?;
        let (x, y) = point.split_at_checked(self.length).ok_or(CryptoError)?;
        let y = match form {
            2 | 3 if y.is_empty() => self.y(x, *form == 3)?,
            4 if y.len() == self.length => y.to_vec(),
            _ => return Err(CryptoError),
        };
        Ok(Coordinates { x: x.to_vec(), y })
    }

    /// The `y` beside an `x` that is odd, or that is even.
    fn y(&self, x: &[u8], is_odd: bool) -> Result<Vec<u8>, CryptoError> {
        let bits = u32::try_from(self.prime.len() * 4).map_err(opaque)?;
        let number = |hex| BoxedUint::from_be_hex(hex, bits).into_option().ok_or(CryptoError);
        let (prime, x) = (number(self.prime)?, BoxedUint::from_be_slice(x, bits).map_err(opaque)?);
        if x >= prime {
            return Err(CryptoError);
        }
        let field = BoxedMontyParams::new_vartime(Odd::new(prime.clone()).into_option().ok_or(CryptoError)?);
        let [x, b] = [x, number(self.b)?].map(|number| BoxedMontyForm::new(number, &field));
        let mut square = &(&x.square() * &x) + &b;
        if self.a_is_minus_three {
            square = &square - &(&(&x + &x) + &x);
        }
        // Modulo such a prime, the root of a square is its power to a quarter of the prime plus one.
        let root = square.pow(&prime.shr(2).wrapping_add(BoxedUint::one_with_precision(bits)));
        if root.square() != square {
            return Err(CryptoError);
        }
        let root = root.retrieve();
        let y = if root.as_words().first().is_some_and(|word| (word & 1 == 1) == is_odd) {
            root
        } else {
            prime.wrapping_sub(&root)
        };
        let y = y.to_be_bytes();
        Ok(y[y.len().saturating_sub(self.length)..].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::super::RustCrypto;
    use crate::crypto::{
        CryptoError,
        curve::{Curves, NamedCurve},
        random::Random,
    };

    /// The same key with its point compressed.
    fn compressed(spki: &[u8], length: usize) -> Vec<u8> {
        let start = spki.len() - 2 * length - 1;
        let (x, y) = spki[start + 1..].split_at(length);
        let mut der = [&spki[..start], &[2 | (y[length - 1] & 1)], x].concat();
        // The outer length and that of the BIT STRING, which stand in one byte or two.
        let less = u8::try_from(length).unwrap();
        let outer = if der[1] == 0x81 { 2 } else { 1 };
        der[outer] -= less;
        der[start - 2] -= less;
        if outer == 2 && der[2] < 0x80 {
            der.remove(1);
        }
        der
    }

    #[test]
    fn a_compressed_point_is_the_same_point() {
        for (curve, length) in [(NamedCurve::P256, 32), (NamedCurve::Secp256k1, 32)] {
            for seed in 0..8 {
                let pkcs8 = RustCrypto.generate(curve, &mut Random::from_entropy(&[seed; 32])).unwrap();
                let spki = RustCrypto.load(curve, &pkcs8).unwrap().spki().unwrap();
                let short = compressed(&spki, length);
                assert_eq!(RustCrypto.load_public(curve, &short).and_then(|key| key.spki()), Ok(spki), "{curve:?}");
                let mut other = short.clone();
                other[1 + short.len() - 2 - length] = 5;
                assert_eq!(RustCrypto.load_public(curve, &other).err(), Some(CryptoError), "no form of a point");
            }
        }
    }
}
