//! Ed25519 from the `ed25519-dalek` crate.

use super::RustCrypto;
use crate::crypto::edwards::{Edwards, PrivateKey, PublicKey, Signature};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, opaque};
use crate::wire::SecretBytes;
use ed25519_dalek::ed25519::pkcs8::KeypairBytes;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use pkcs8::{DecodePrivateKey, EncodePrivateKey};
use sha2::{Digest, Sha512};
use spki::{DecodePublicKey, EncodePublicKey};
use zeroize::Zeroizing;

impl Edwards for RustCrypto {
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let seed = Zeroizing::new(random.array());
        let document = KeypairBytes { secret_key: *seed, public_key: None }.to_pkcs8_der().map_err(opaque)?;
        Ok(SecretBytes::new(document.as_bytes().to_vec()))
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        Ok(Box::new(SigningKey::from_pkcs8_der(pkcs8).map_err(opaque)?))
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        Ok(Box::new(VerifyingKey::from_public_key_der(spki).map_err(opaque)?))
    }
}

impl PublicKey for VerifyingKey {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.to_public_key_der().map_err(opaque)?.into_vec())
    }

    fn verify(&self, scheme: Signature, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        match scheme {
            Signature::Ed25519 => self.verify_strict(message, &signature),
            Signature::Ed25519ph => self.verify_prehashed_strict(prehash(message), None, &signature),
        }
        .is_ok()
    }
}

impl PublicKey for SigningKey {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.verifying_key().spki()
    }

    fn verify(&self, scheme: Signature, message: &[u8], signature: &[u8]) -> bool {
        PublicKey::verify(&self.verifying_key(), scheme, message, signature)
    }
}

impl PrivateKey for SigningKey {
    fn sign(&self, scheme: Signature, message: &[u8]) -> Result<Vec<u8>, CryptoError> {
        match scheme {
            Signature::Ed25519 => self.try_sign(message),
            Signature::Ed25519ph => self.sign_prehashed(prehash(message), None),
        }
        .map(|signature| signature.to_vec())
        .map_err(opaque)
    }
}

fn prehash(message: &[u8]) -> Sha512 {
    Sha512::new_with_prefix(message)
}
