//! The default provider: every capability in pure Rust, from the RustCrypto crates.

mod cipher;
mod curve;
mod edwards;
mod lattice;
mod mac;
mod rsa;
mod sm2;
mod wrapping;

use super::{Capability, CryptoProvider};

/// Fills every capability; holds nothing.
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
};
