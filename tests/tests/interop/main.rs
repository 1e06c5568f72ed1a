//! Both directions with the `openssl` command: it uses what we make, and we use what it makes.

mod encryption;
mod keys;
mod lattice;
mod signing;

use pocket_kms::algorithms::{MaterialKind, TABLE};
use pocket_kms::crypto::CryptoProvider;
use pocket_kms::crypto::random::Random;
use pocket_kms::material::Material;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

fn provider() -> CryptoProvider {
    CryptoProvider::default()
}

fn random() -> Random {
    Random::from_entropy(&[0x11; 32])
}

/// Kinds of key pairs that OpenSSL 3.0 knows; it has no lattices.
fn key_pairs() -> Vec<MaterialKind> {
    use MaterialKind::{Ed25519, P256, P384, P521, Rsa2048, Rsa3072, Secp256k1, Sm2};
    let kinds = vec![Rsa2048, Rsa3072, P256, P384, P521, Secp256k1, Ed25519, Sm2];
    assert!(kinds.iter().all(|kind| TABLE.iter().any(|row| row.material == *kind)));
    kinds
}

fn generate(kind: MaterialKind) -> Material {
    Material::generate(kind, &provider(), &mut random()).unwrap_or_else(|_| panic!("{kind:?}"))
}

/// A directory of files for one run of `openssl` after the other; removed at the end.
struct Bench(PathBuf);

static BENCHES: AtomicU32 = AtomicU32::new(0);

impl Bench {
    fn new() -> Self {
        let number = BENCHES.fetch_add(1, Ordering::Relaxed);
        let directory = std::env::temp_dir().join(format!("pocket-kms-interop-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        Self(directory)
    }

    /// A bench with a key pair on it: `private.der` and `public.der`.
    fn with(key: &Material) -> Self {
        let bench = Self::new();
        bench.put("private.der", key.expose());
        bench.put("public.der", &key.public_key_der(&provider()).unwrap_or_default());
        bench
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    fn take(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs `openssl` with these arguments; its output, or `None` if it failed.
    fn openssl(&self, words: &str) -> Option<Vec<u8>> {
        let output = Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(&self.0)
            .output()
            .unwrap_or_else(|error| panic!("the interop tests need OpenSSL 3 (the `openssl` command): {error}"));
        output.status.success().then_some(output.stdout)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
