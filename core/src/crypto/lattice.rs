//! Lattice cryptography: signatures with ML-DSA (FIPS 204) and key encapsulation with ML-KEM (FIPS 203).

use super::random::Random;
use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// An ML-DSA parameter set (FIPS 204, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DsaSet {
    /// Security category 2.
    MlDsa44,
    /// Security category 3.
    MlDsa65,
    /// Security category 5.
    MlDsa87,
}

impl DsaSet {
    /// Every parameter set, in order.
    pub const ALL: [Self; 3] = [Self::MlDsa44, Self::MlDsa65, Self::MlDsa87];
}

/// An ML-KEM parameter set (FIPS 203, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KemSet {
    /// Security category 1.
    MlKem512,
    /// Security category 3.
    MlKem768,
    /// Security category 5.
    MlKem1024,
}

impl KemSet {
    /// Every parameter set, in order.
    pub const ALL: [Self; 3] = [Self::MlKem512, Self::MlKem768, Self::MlKem1024];
}

/// What ML-DSA signs.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// A message, with an empty context.
    Text(&'a [u8]),
    /// The message representative mu, made elsewhere (FIPS 204, section 6.2).
    Mu(&'a [u8; 64]),
}

/// Makes and loads ML-DSA keys.
pub trait MlDsa: Capability {
    /// A new private key, as PKCS #8 DER that holds the 32-byte seed (RFC 9881).
    fn generate(&self, set: DsaSet, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses and expands a private key once, for many uses.
    fn load(&self, set: DsaSet, pkcs8: &[u8]) -> Result<Box<dyn SigningKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo`.
    fn load_public(&self, set: DsaSet, spki: &[u8]) -> Result<Box<dyn VerifyingKey>, CryptoError>;
}

/// A loaded public key of ML-DSA.
pub trait VerifyingKey: Send + Sync {
    /// The DER of its `SubjectPublicKeyInfo`.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// Whether `signature` is one over this message.
    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool;
}

/// A loaded private key of ML-DSA.
pub trait SigningKey: VerifyingKey {
    /// Signs a message; `rnd` is the fresh randomness of the hedged variant (FIPS 204, algorithm 2), zeros those of
    /// the deterministic one.
    fn sign(&self, message: Message<'_>, rnd: &[u8; 32]) -> Result<Vec<u8>, CryptoError>;
}

/// What encapsulation gives.
pub struct Encapsulation {
    /// For the holder of the private key.
    pub ciphertext: Vec<u8>,
    /// 32 bytes, for both.
    pub shared_secret: SecretBytes,
}

/// Makes and loads ML-KEM keys.
pub trait MlKem: Capability {
    /// A new private key, as PKCS #8 DER that holds the 64-byte seed (RFC 9935).
    fn generate(&self, set: KemSet, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses and expands a private key once, for many uses.
    fn load(&self, set: KemSet, pkcs8: &[u8]) -> Result<Box<dyn DecapsulationKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo` and checks the key in it (FIPS 203, section 7.2).
    fn load_public(&self, set: KemSet, spki: &[u8]) -> Result<Box<dyn EncapsulationKey>, CryptoError>;
}

/// A loaded public key of ML-KEM.
pub trait EncapsulationKey: Send + Sync {
    /// The DER of its `SubjectPublicKeyInfo`.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// A shared secret and its encapsulated form, from 32 fresh random bytes (FIPS 203, algorithm 17).
    fn encapsulate(&self, m: &[u8; 32]) -> Result<Encapsulation, CryptoError>;
}

/// A loaded private key of ML-KEM.
pub trait DecapsulationKey: EncapsulationKey {
    /// The shared secret, 32 bytes. Only a wrong length is refused: any other wrong ciphertext gives other bytes
    /// (implicit rejection).
    fn decapsulate(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError>;
}
