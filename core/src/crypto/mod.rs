//! Cryptography as a struct of capabilities: traits in RFC and NIST words, and a pure-Rust provider of all of them.
//!
//! A provider is a value, never a global and never a feature flag: a host may replace one capability and keep the
//! rest. Everything random comes from the [`random::Random`] that is passed in, unless a capability says that it
//! [draws its own](Capability::draws_own_randomness); [`CryptoProvider::reproducible`] leaves those out.

pub(crate) mod asn1;
pub(crate) mod cbc;
pub mod cipher;
pub mod curve;
pub mod edwards;
pub mod hash;
pub mod insecure_key_pool;
pub(crate) mod kdf;
pub mod lattice;
pub mod mac;
pub mod random;
pub mod rsa;
pub mod rustcrypto;
pub mod sm2;
mod two_primes;
pub mod wrapping;

use crate::wire::SecretBytes;
use insecure_key_pool::InsecureKeyPool;
use rand_core::Rng;
use random::Random;
use std::fmt;

/// Cryptography refused: wrong key, wrong length, wrong tag, malformed encoding. It does not say which: padding oracles
/// are made of such details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CryptoError;

impl fmt::Display for CryptoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cryptography refused")
    }
}

impl std::error::Error for CryptoError {}

/// Drops the reason why a library refused; for `map_err`.
pub(crate) fn opaque<E>(_: E) -> CryptoError {
    CryptoError
}

/// What every capability of a provider can say about itself.
pub trait Capability: Send + Sync {
    /// The implementation's name. Loaded keys are cached under it, and no other implementation uses them.
    fn name(&self) -> &'static str;

    /// Whether some operation of this capability ignores the given generator, so that a seeded run would not repeat.
    fn draws_own_randomness(&self) -> bool {
        false
    }
}

/// One implementation for each capability.
#[derive(Clone, Copy)]
pub struct CryptoProvider {
    /// Authenticated encryption.
    pub cipher: &'static dyn cipher::Cipher,
    /// Message authentication.
    pub mac: &'static dyn mac::Mac,
    /// RSA keys, encryption and signatures.
    pub rsa: &'static dyn rsa::Rsa,
    /// ECDSA and ECDH over named curves.
    pub curve: &'static dyn curve::Curves,
    /// Ed25519.
    pub edwards: &'static dyn edwards::Edwards,
    /// SM2.
    pub sm2: &'static dyn sm2::Sm2,
    /// ML-DSA.
    pub ml_dsa: &'static dyn lattice::MlDsa,
    /// ML-KEM.
    pub ml_kem: &'static dyn lattice::MlKem,
    /// AES key wrap.
    pub wrapping: &'static dyn wrapping::Wrapping,
    /// Gives RSA keys that need not be secret; without it, `rsa` generates them.
    pub insecure_key_pool: Option<InsecureKeyPool>,
}

/// The first of two capabilities, unless it draws its own randomness.
macro_rules! reproducible {
    ($given:ident, $pure:ident, $($capability:ident)+) => {
        CryptoProvider {
            $($capability: if $given.$capability.draws_own_randomness() {
                $pure.$capability
            } else {
                $given.$capability
            },)+
            insecure_key_pool: $given.insecure_key_pool,
        }
    };
}

impl CryptoProvider {
    /// A new RSA private key with public exponent 65537, as PKCS #8 DER; from the insecure pool if there is one.
    ///
    /// # Errors
    /// [`CryptoError`] for lengths of the modulus that KMS does not have.
    pub fn new_rsa_key(&self, modulus_bits: usize, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        match &self.insecure_key_pool {
            Some(pool) => pool.rsa(modulus_bits, random.next_u64()),
            None => self.rsa.generate(modulus_bits, random),
        }
    }

    /// This provider, with every capability that draws its own randomness replaced by the pure-Rust one, so that the
    /// same entropy gives the same bytes.
    #[must_use]
    pub fn reproducible(&self) -> Self {
        let pure = Self::default();
        reproducible!(self, pure, cipher mac rsa curve edwards sm2 ml_dsa ml_kem wrapping)
    }
}

impl Default for CryptoProvider {
    fn default() -> Self {
        rustcrypto::PROVIDER
    }
}

impl fmt::Debug for CryptoProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CryptoProvider")
            .field("cipher", &self.cipher.name())
            .field("mac", &self.mac.name())
            .field("rsa", &self.rsa.name())
            .field("curve", &self.curve.name())
            .field("edwards", &self.edwards.name())
            .field("sm2", &self.sm2.name())
            .field("ml_dsa", &self.ml_dsa.name())
            .field("ml_kem", &self.ml_kem.name())
            .field("wrapping", &self.wrapping.name())
            .field("insecure_key_pool", &self.insecure_key_pool.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nondeterministic;

    impl Capability for Nondeterministic {
        fn name(&self) -> &'static str {
            "restless"
        }
        fn draws_own_randomness(&self) -> bool {
            true
        }
    }

    impl mac::Mac for Nondeterministic {
        fn hmac(&self, _: hash::Hash, _: &[u8], _: &[&[u8]], _: &mut [u8]) -> Result<(), CryptoError> {
            Err(CryptoError)
        }
    }

    #[test]
    fn a_reproducible_provider_leaves_out_what_draws_its_own_randomness() {
        let mixed = CryptoProvider { mac: &Nondeterministic, ..CryptoProvider::default() };
        assert_eq!(mixed.mac.name(), "restless");
        assert_eq!(mixed.reproducible().mac.name(), "rustcrypto");
    }
}
