//! SM2 (GM/T 0003-2012, GM/T 0009-2012): signatures, public-key encryption and Diffie-Hellman on its one curve.

use super::random::Random;
use super::{Capability, CryptoError};
use crate::wire::SecretBytes;

/// The distinguishing identifier of a signer who has not chosen one (GM/T 0009-2012, section 10).
pub const DEFAULT_ID: &str = "1234567812345678";

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// A text of the signer with the [default identifier](DEFAULT_ID): e = SM3(ZA || text).
    Text(&'a [u8]),
    /// The value e itself, 32 bytes.
    Digest(&'a [u8]),
}

/// Makes and loads SM2 keys.
pub trait Sm2: Capability {
    /// A new private key, as PKCS #8 DER with the curve named and the public key included.
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError>;

    /// Parses and checks a private key once, for many uses.
    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError>;

    /// Parses a `SubjectPublicKeyInfo`; the point is on the curve and not the identity.
    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError>;
}

/// A loaded public key.
pub trait PublicKey: Send + Sync {
    /// The DER of its `SubjectPublicKeyInfo`: the curve named, the point uncompressed.
    fn spki(&self) -> Result<Vec<u8>, CryptoError>;

    /// Whether `signature` (DER: two integers) is one over this message.
    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool;

    /// Encrypts a message of at least one byte: DER of x, y, C3, C2 (GM/T 0009-2012, section 7.2).
    fn encrypt(&self, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError>;
}

/// A loaded private key.
pub trait PrivateKey: PublicKey {
    /// Signs a message; DER of two integers. The nonce is hedged as with ECDSA.
    fn sign(&self, message: Message<'_>, random: &mut Random) -> Result<Vec<u8>, CryptoError>;

    /// Decrypts what [`encrypt`](PublicKey::encrypt) gives.
    fn decrypt(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError>;

    /// The x-coordinate of the shared point with a peer's `SubjectPublicKeyInfo`, 32 bytes.
    fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError>;
}
