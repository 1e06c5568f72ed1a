//! The default provider: every capability in pure Rust, from the RustCrypto crates.

mod cipher;
mod curve;
mod edwards;
mod lattice;
mod mac;
mod points;
mod primes;
mod rsa;
mod sm2;
mod wrapping;

pub(super) use cipher::{open_long, seal_long};

use super::{Capability, CryptoProvider};

/// Implements every capability; has no state.
struct RustCrypto;

impl Capability for RustCrypto {
    fn name(&self) -> &'static str {
        "rustcrypto"
    }
}

/// The pure-Rust provider. It draws every random byte from the given generator.
pub const PROVIDER: CryptoProvider = CryptoProvider {
    cipher: &RustCrypto,
    mac: &RustCrypto,
    rsa: &RustCrypto,
    curve: &RustCrypto,
    edwards: &RustCrypto,
    sm2: &RustCrypto,
    ml_dsa: &RustCrypto,
    ml_kem: &RustCrypto,
    wrapping: &RustCrypto,
    insecure_key_pool: None,
};

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    /// Compiles for types that wipe themselves when they are dropped, and for no others.
    fn wipes_itself<T: ZeroizeOnDrop>() {}

    #[test]
    fn every_private_key_that_is_kept_wipes_itself() {
        wipes_itself::<rsa::RsaPrivateKey>();
        wipes_itself::<p256::ecdsa::SigningKey>();
        wipes_itself::<p384::ecdsa::SigningKey>();
        wipes_itself::<p521::ecdsa::SigningKey>();
        wipes_itself::<k256::ecdsa::SigningKey>();
        wipes_itself::<ed25519_dalek::SigningKey>();
        wipes_itself::<sm2::SecretKey>();
        wipes_itself::<ml_dsa::SigningKey<ml_dsa::MlDsa44>>();
        wipes_itself::<ml_dsa::SigningKey<ml_dsa::MlDsa65>>();
        wipes_itself::<ml_dsa::SigningKey<ml_dsa::MlDsa87>>();
        wipes_itself::<ml_kem::DecapsulationKey<ml_kem::MlKem512>>();
        wipes_itself::<ml_kem::DecapsulationKey<ml_kem::MlKem768>>();
        wipes_itself::<ml_kem::DecapsulationKey<ml_kem::MlKem1024>>();
    }

    #[test]
    fn every_cipher_and_the_generator_wipe_themselves() {
        wipes_itself::<aes_gcm::Aes256Gcm>();
        wipes_itself::<sm4::Sm4>();
        wipes_itself::<aes::Aes256>();
        wipes_itself::<chacha20::ChaCha20Rng>();
    }
}
