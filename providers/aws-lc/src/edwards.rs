//! Ed25519 signatures from AWS-LC; verification and Ed25519ph stay with the pure-Rust provider.

use super::{PURE, Reproducible, opaque};
use aws_lc_rs::signature::Ed25519KeyPair;
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::edwards::{Edwards, PrivateKey, PublicKey, Signature};
use pocket_kms::crypto::random::Random;
use pocket_kms::wire::SecretBytes;

impl Edwards for Reproducible {
    // A key is 32 bytes of the given generator in an envelope: AWS-LC could not be faster.
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        PURE.edwards.generate(random)
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        let pure = PURE.edwards.load(pkcs8)?;
        let native = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(opaque)?;
        Ok(Box::new(Key { native, pure }))
    }

    // AWS-LC accepts points of small order.
    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        PURE.edwards.load_public(spki)
    }
}

struct Key {
    native: Ed25519KeyPair,
    pure: Box<dyn PrivateKey>,
}

impl PublicKey for Key {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.pure.spki()
    }

    fn verify(&self, scheme: Signature, message: &[u8], signature: &[u8]) -> bool {
        self.pure.verify(scheme, message, signature)
    }
}

impl PrivateKey for Key {
    fn sign(&self, scheme: Signature, message: &[u8]) -> Result<Vec<u8>, CryptoError> {
        match scheme {
            Signature::Ed25519 => Ok(self.native.try_sign(message).map_err(opaque)?.as_ref().to_vec()),
            // `aws-lc-rs` signs whole messages only.
            Signature::Ed25519ph => self.pure.sign(scheme, message),
        }
    }
}
