//! Every provider with every other: each uses what the others make, and results that follow from the input alone are
//! the same to the byte.

mod keys;
mod seeds;
mod signing;
mod symmetric;

use pocket_kms::algorithms::{Family, KeyType, MaterialKind, TABLE};
use pocket_kms::crypto::CryptoProvider;
use pocket_kms::material::Material;
use pocket_kms_tests::providers::random;
use std::sync::{Mutex, PoisonError};

/// Kinds of key pairs, each once, without the longest RSA keys: making one takes a minute without optimisation.
fn key_pairs() -> Vec<MaterialKind> {
    let mut kinds: Vec<_> =
        TABLE.iter().filter(|row| row.key_type == KeyType::Asymmetric).map(|row| row.material).collect();
    kinds.retain(|kind| *kind != MaterialKind::Rsa4096);
    kinds.dedup();
    assert_eq!(kinds.len(), 14);
    kinds
}

/// A key by this provider, which makes one of each kind.
fn generate(kind: MaterialKind, provider: &CryptoProvider) -> Material {
    static MADE: Mutex<Vec<(MaterialKind, &str, Material)>> = Mutex::new(Vec::new());
    let by = implementation(kind, provider);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((.., key)) = made.iter().find(|(what, whose, _)| (*what, *whose) == (kind, by)) {
        return unloaded(key);
    }
    let key = Material::generate(kind, provider, &mut random()).unwrap_or_else(|_| panic!("{kind:?} by {by}"));
    made.push((kind, by, unloaded(&key)));
    key
}

/// The same key, not loaded yet.
fn unloaded(key: &Material) -> Material {
    Material::from_bytes(key.kind(), key.expose().to_vec().into())
}

/// The implementation that loads keys of this kind.
fn implementation(kind: MaterialKind, provider: &CryptoProvider) -> &'static str {
    match kind.family() {
        Family::Aead(_) => provider.cipher.name(),
        Family::Hmac(_) => provider.mac.name(),
        Family::Rsa(_) => provider.rsa.name(),
        Family::Curve(_) => provider.curve.name(),
        Family::Edwards => provider.edwards.name(),
        Family::Sm2 => provider.sm2.name(),
        Family::MlDsa(_) => provider.ml_dsa.name(),
        Family::MlKem(_) => provider.ml_kem.name(),
    }
}

#[test]
fn there_are_two_implementations_of_everything_but_sm2() {
    let second = pocket_kms_tests::providers::PROVIDERS[1];
    for kind in TABLE.iter().map(|row| row.material) {
        let expected = if kind == MaterialKind::Sm2 { "rustcrypto" } else { "aws-lc" };
        assert_eq!(implementation(kind, &second), expected, "{kind:?}");
        assert_eq!(implementation(kind, &CryptoProvider::default()), "rustcrypto", "{kind:?}");
    }
}
