//! The native provider: AWS-LC, through `aws-lc-rs`, fills the [`CryptoProvider`] of `pocket-kms`.
//!
//! ```
//! use pocket_kms::{Options, World};
//!
//! let world = World::new(Options::default(), pocket_kms_aws_lc::PROVIDER, [7; 32]); // entropy from your host
//! # let seeded = Options { seed: Some(b"again".to_vec().into()), ..Options::default() };
//! # let _ = (world, World::new(seeded, pocket_kms_aws_lc::PROVIDER, [0; 32]));
//! ```
//!
//! It gives the results of the pure-Rust provider, but faster: RSA five times, P-256 and the lattices three to five
//! times. It leaves to the pure-Rust provider what AWS-LC does not do, or not as KMS needs it:
//!
//! | what | why |
//! | --- | --- |
//! | SM2, SM3, SM4 | AWS-LC has none of them |
//! | secp256k1 | the pure implementation is ten times faster |
//! | decryption with RSAES-PKCS1-v1_5 | wrong padding must give other bytes (implicit rejection), not an error |
//! | digests of a length that KMS does not pair with the curve | `aws-lc-rs` signs with one hash a curve |
//! | Ed25519 verification, all of Ed25519ph | KMS must refuse points of small order; `aws-lc-rs` has no prehash |
//! | ML-DSA over a representative (`EXTERNAL_MU`) | `aws-lc-rs` takes messages only |
//! | AES-192 key wrap | `aws-lc-rs` wraps with 128 and 256 bits |
//!
//! RSA, the curves, ML-DSA and ML-KEM [draw their own randomness](Capability::draws_own_randomness), so that a world
//! with a seed uses the pure-Rust provider for them; AES-GCM, HMAC, Ed25519 and key wrap give the same bytes as that
//! provider, and stay.

mod cipher;
mod curve;
mod edwards;
mod lattice;
mod mac;
mod rsa;
mod wrapping;

use pocket_kms::crypto::{Capability, CryptoError, CryptoProvider, rustcrypto};

/// AWS-LC as an implementation; whether it draws its own randomness is part of the capability.
struct AwsLc<const DRAWS: bool>;

/// Capabilities whose results follow from their arguments.
type Reproducible = AwsLc<false>;
/// Capabilities that take salts, nonces or keys from AWS-LC's own generator.
type Drawing = AwsLc<true>;

impl<const DRAWS: bool> Capability for AwsLc<DRAWS> {
    fn name(&self) -> &'static str {
        "aws-lc"
    }

    fn draws_own_randomness(&self) -> bool {
        DRAWS
    }
}

/// AWS-LC, and the pure-Rust provider for what it does not do.
pub const PROVIDER: CryptoProvider = CryptoProvider {
    cipher: &AwsLc::<false>,
    mac: &AwsLc::<false>,
    rsa: &AwsLc::<true>,
    curve: &AwsLc::<true>,
    edwards: &AwsLc::<false>,
    // AWS-LC has no SM2.
    sm2: PURE.sm2,
    ml_dsa: &AwsLc::<true>,
    ml_kem: &AwsLc::<true>,
    wrapping: &AwsLc::<false>,
    insecure_key_pool: PURE.insecure_key_pool,
};

/// The pure-Rust provider, for what AWS-LC does not do.
const PURE: CryptoProvider = rustcrypto::PROVIDER;

/// Drops the reason why the library refused; for `map_err`.
fn opaque<E>(_: E) -> CryptoError {
    CryptoError
}
