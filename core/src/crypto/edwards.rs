//! EdDSA over edwards25519 (RFC 8032, FIPS 186-5).

use super::random::Random;
use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// A variant of the signature scheme. It is deterministic and draws no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signature {
    /// Ed25519, over the message itself.
    Ed25519,
    /// Ed25519ph, over the SHA-512 digest of the message, which it computes; empty context.
    Ed25519ph,
}

/// Makes and loads Ed25519 keys.
pub trait Edwards: Capability {
    /// A new private key, as PKCS #8 DER (RFC 8410) without the public key, which older readers do not expect.
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses a private key once, for many uses.
    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo`.
    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError>;
}

/// A loaded public key.
pub trait PublicKey: Send + Sync {
    /// The DER of its `SubjectPublicKeyInfo`.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// Whether `signature` (64 bytes) is one over this message. Points of small order are refused.
    fn verify(&self, scheme: Signature, message: &[u8], signature: &[u8]) -> bool;
}

/// A loaded private key.
pub trait PrivateKey: PublicKey {
    /// Signs a message; 64 bytes.
    fn sign(&self, scheme: Signature, message: &[u8]) -> Result<Vec<u8>, CryptoError>;
}
