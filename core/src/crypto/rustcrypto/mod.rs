//! The default provider: every capability in pure Rust, from the RustCrypto crates.

mod cipher;
mod curve;
mod mac;
mod rsa;

use super::{Capability, CryptoProvider};

/// Fills every capability; holds nothing.
struct RustCrypto;

impl Capability for RustCrypto {
    fn name(&self) -> &'static str {
        "rustcrypto"
    }
}

/// The pure-Rust provider. It draws every random byte from the given generator.
pub const PROVIDER: CryptoProvider =
    CryptoProvider { cipher: &RustCrypto, mac: &RustCrypto, rsa: &RustCrypto, curve: &RustCrypto };
