//! ECDSA (FIPS 186-5) and Diffie-Hellman (SP 800-56A) over named curves in short Weierstrass form.

use super::random::Random;
use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// A curve by its name in SEC 2 and RFC 5480.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedCurve {
    /// secp256r1.
    P256,
    /// secp384r1.
    P384,
    /// secp521r1.
    P521,
    /// secp256k1.
    Secp256k1,
}

impl NamedCurve {
    /// Every curve, in order.
    pub const ALL: [Self; 4] = [Self::P256, Self::P384, Self::P521, Self::Secp256k1];
}

/// Makes and loads elliptic-curve keys.
pub trait Curves: Capability {
    /// A new private key, as PKCS #8 DER with the curve named and the public key included.
    fn generate(&self, curve: NamedCurve, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses and checks a private key of this curve once, for many uses.
    fn load(&self, curve: NamedCurve, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo` of this curve; the point is on the curve and not the identity.
    fn load_public(&self, curve: NamedCurve, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError>;
}

/// A loaded public key.
pub trait PublicKey: Send + Sync {
    /// The DER of its `SubjectPublicKeyInfo`: the curve named, the point uncompressed.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// Whether `signature` (DER `Ecdsa-Sig-Value`, RFC 3279) is one over this message digest. Both values of `s`
    /// are accepted, on every curve.
    fn verify(&self, digest: &[u8], signature: &[u8]) -> bool;
}

/// A loaded private key.
pub trait PrivateKey: PublicKey {
    /// Signs a message digest; DER `Ecdsa-Sig-Value`. The nonce is hedged: RFC 6979 with additional data (section
    /// 3.6) from the generator, so that a repeated or weak seed does not reveal the key. `s` is high as often as low,
    /// on every curve.
    fn sign(&self, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError>;

    /// The shared secret of elliptic-curve cofactor Diffie-Hellman with a peer's `SubjectPublicKeyInfo`: the
    /// x-coordinate, as long as the curve's field (SP 800-56A revision 3, section 5.7.1.2). The peer's point must be
    /// on this curve and not the identity.
    fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError>;
}
