//! All providers of cryptography: each must pass every test of providers.

use pocket_kms::crypto::CryptoProvider;
use pocket_kms::crypto::random::Random;

/// Every provider, the pure-Rust one first.
pub const PROVIDERS: [CryptoProvider; 2] = [pocket_kms::crypto::rustcrypto::PROVIDER, pocket_kms_aws_lc::PROVIDER];

/// Every pair of providers, each with itself and in both orders: one makes, the other uses.
pub fn pairs() -> impl Iterator<Item = (CryptoProvider, CryptoProvider)> {
    PROVIDERS.into_iter().flat_map(|maker| PROVIDERS.map(|user| (maker, user)))
}

/// A generator for tests.
pub fn random() -> Random {
    Random::from_entropy(&[0x42; 32])
}
