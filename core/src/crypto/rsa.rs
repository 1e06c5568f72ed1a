//! RSA as of RFC 8017 (PKCS #1 v2.2): key pairs, encryption and signatures.

use super::hash::Hash;
use super::random::Random;
use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// An encryption scheme (RFC 8017, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encryption {
    /// RSAES-OAEP with an empty label and the same hash for MGF1.
    Oaep(Hash),
    /// RSAES-PKCS1-v1_5. Wrong padding decrypts to other bytes, not to an error (implicit rejection), so that the
    /// caller must know what length to expect.
    Pkcs1v15,
}

/// A signature scheme with appendix (RFC 8017, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signature {
    /// RSASSA-PSS, MGF1 over the same hash, salt exactly as long as the digest.
    Pss(Hash),
    /// RSASSA-PKCS1-v1_5.
    Pkcs1v15(Hash),
}

impl Signature {
    /// The hash of the message.
    pub const fn hash(self) -> Hash {
        match self {
            Self::Pss(hash) | Self::Pkcs1v15(hash) => hash,
        }
    }
}

/// Makes and loads RSA keys.
pub trait Rsa: Capability {
    /// A new private key with two primes and public exponent 65537, as PKCS #8 DER.
    fn generate(&self, modulus_bits: usize, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses and checks a private key once, for many uses.
    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo`.
    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError>;
}

/// A loaded public key.
pub trait PublicKey: Send + Sync {
    /// Length of the modulus in bits.
    fn modulus_bits(&self) -> usize;

    /// The DER of its `SubjectPublicKeyInfo`, algorithm rsaEncryption.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// Encrypts a message, which must not be longer than the scheme allows; as long as the modulus.
    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError>;

    /// Whether `signature` is one over this message digest.
    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool;
}

/// A loaded private key. Every private operation is blinded.
pub trait PrivateKey: PublicKey {
    /// Decrypts a ciphertext exactly as long as the modulus.
    fn decrypt(&self, scheme: Encryption, ciphertext: &[u8], random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Signs a message digest, whose length must be that of the scheme's hash.
    fn sign(&self, scheme: Signature, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError>;
}
