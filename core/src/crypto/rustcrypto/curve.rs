//! ECDSA and ECDH from the `p256`, `p384`, `p521` and `k256` crates.

use super::{RustCrypto, points};
use crate::crypto::curve::{Curves, NamedCurve, PrivateKey, PublicKey};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, opaque};
use crate::wire::SecretBytes;

impl Curves for RustCrypto {
    fn generate(&self, curve: NamedCurve, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        match curve {
            NamedCurve::P256 => nist_p256::generate(random),
            NamedCurve::P384 => nist_p384::generate(random),
            NamedCurve::P521 => nist_p521::generate(random),
            NamedCurve::Secp256k1 => secp256k1::generate(random),
        }
    }

    fn load(&self, curve: NamedCurve, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        match curve {
            NamedCurve::P256 => nist_p256::load(pkcs8),
            NamedCurve::P384 => nist_p384::load(pkcs8),
            NamedCurve::P521 => nist_p521::load(pkcs8),
            NamedCurve::Secp256k1 => secp256k1::load(pkcs8),
        }
    }

    fn load_public(&self, curve: NamedCurve, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        match curve {
            NamedCurve::P256 => nist_p256::load_public(spki),
            NamedCurve::P384 => nist_p384::load_public(spki),
            NamedCurve::P521 => nist_p521::load_public(spki),
            NamedCurve::Secp256k1 => secp256k1::load_public(spki),
        }
    }
}

/// Writes the functions of one curve: the crates have the same names for the same things.
macro_rules! curve {
    ($module:ident, $library:ident, $shape:expr, $points:expr) => {
        mod $module {
            use super::*;
            use $library::ecdsa::signature::hazmat::{PrehashVerifier, RandomizedPrehashSigner};
            use $library::ecdsa::{Signature, SigningKey, VerifyingKey};
            use $library::elliptic_curve::{Generate, ecdh, point::AffineCoordinates};
            use $library::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
            use $library::{AffinePoint, FieldBytes, PublicKey as Point, SecretKey};

            fn point(spki: &[u8]) -> Result<Point, CryptoError> {
                let points::Coordinates { x, y } = $points.read(spki)?;
                let [x, y] = [x, y].map(|bytes| FieldBytes::try_from(&bytes[..]).map_err(opaque));
                let point = AffinePoint::from_coordinates(&x?, &y?).into_option().ok_or(CryptoError)?;
                Point::from_affine(point).map_err(opaque)
            }

            pub(super) fn generate(random: &mut Random) -> Result<SecretBytes, CryptoError> {
                let key = SecretKey::generate_from_rng(random);
                let document = key.to_pkcs8_der().map_err(opaque)?;
                Ok(SecretBytes::new(document.as_bytes().to_vec()))
            }

            pub(super) fn load(pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
                let key = SecretKey::from_pkcs8_der(pkcs8).map_err(opaque)?;
                Ok(Box::new(SigningKey::from(key)))
            }

            pub(super) fn load_public(spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
                Ok(Box::new(VerifyingKey::from(point(spki)?)))
            }

            impl PublicKey for VerifyingKey {
                fn spki(&self) -> Result<Vec<u8>, CryptoError> {
                    Ok(self.to_public_key_der().map_err(opaque)?.into_vec())
                }

                fn verify(&self, digest: &[u8], signature: &[u8]) -> bool {
                    // Only where low `s` is the crate's rule would it matter which of the two this is.
                    Signature::from_der(signature)
                        .is_ok_and(|signature| self.verify_prehash(digest, &signature.normalize_s()).is_ok())
                }
            }

            impl PublicKey for SigningKey {
                fn spki(&self) -> Result<Vec<u8>, CryptoError> {
                    self.verifying_key().spki()
                }

                fn verify(&self, digest: &[u8], signature: &[u8]) -> bool {
                    self.verifying_key().verify(digest, signature)
                }
            }

            impl PrivateKey for SigningKey {
                fn sign(&self, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
                    let signature: Signature = self.sign_prehash_with_rng(random, digest).map_err(opaque)?;
                    let shape: fn(Signature, &mut Random) -> Result<Signature, CryptoError> = $shape;
                    Ok(shape(signature, random)?.to_der().as_bytes().to_vec())
                }

                fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError> {
                    let peer = point(peer)?;
                    let secret = ecdh::diffie_hellman(self.as_nonzero_scalar(), peer.as_affine());
                    Ok(SecretBytes::new(secret.raw_secret_bytes().to_vec()))
                }
            }
        }
    };
}

curve!(nist_p256, p256, |signature, _| Ok(signature), points::P256);
curve!(nist_p384, p384, |signature, _| Ok(signature), points::P384);
curve!(nist_p521, p521, |signature, _| Ok(signature), points::P521);
curve!(secp256k1, k256, either_s, points::SECP256K1);

/// Undoes the low-`s` rule of `k256`, which is Bitcoin's and not ECDSA's: with an even chance the other `s`.
fn either_s(signature: k256::ecdsa::Signature, random: &mut Random) -> Result<k256::ecdsa::Signature, CryptoError> {
    let [coin] = random.array();
    let (r, s) = signature.split_scalars();
    if coin & 1 == 0 { Ok(signature) } else { k256::ecdsa::Signature::from_scalars(r, -s).map_err(opaque) }
}
