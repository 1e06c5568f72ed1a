//! SM2 from the `sm2` crate.
//!
//! Of its key types only `SecretKey` wipes itself, so that is the one that is kept; the others live for one call,
//! and nothing here derives `Debug` around them (`DecryptingKey` prints the private scalar).

use super::RustCrypto;
use crate::crypto::random::Random;
use crate::crypto::sm2::{DEFAULT_ID, Message, PrivateKey, PublicKey, Sm2};
use crate::crypto::{CryptoError, opaque};
use crate::wire::SecretBytes;
use sm2::dsa::signature::hazmat::{PrehashVerifier, RandomizedPrehashSigner};
use sm2::dsa::signature::{RandomizedSigner, Verifier};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::elliptic_curve::{Generate, ecdh};
use sm2::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use sm2::pke::{DecryptingKey, EncryptingKey};
use sm2::{PublicKey as Point, SecretKey};

impl Sm2 for RustCrypto {
    fn generate(&self, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let document = SecretKey::generate_from_rng(random).to_pkcs8_der().map_err(opaque)?;
        Ok(SecretBytes::new(document.as_bytes().to_vec()))
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        let secret = SecretKey::from_pkcs8_der(pkcs8).map_err(opaque)?;
        Ok(Box::new(Pair { public: Public::new(secret.public_key())?, secret }))
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        Ok(Box::new(Public::new(Point::from_public_key_der(spki).map_err(opaque)?)?))
    }
}

struct Public {
    point: Point,
    /// Holds the hash of the signer's identity.
    verifying: VerifyingKey,
}

impl Public {
    fn new(point: Point) -> Result<Self, CryptoError> {
        Ok(Self { point, verifying: VerifyingKey::new(DEFAULT_ID, point).map_err(opaque)? })
    }
}

struct Pair {
    public: Public,
    secret: SecretKey,
}

impl PublicKey for Public {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.point.to_public_key_der().map_err(opaque)?.into_vec())
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_der(signature) else { return false };
        match message {
            Message::Text(text) => self.verifying.verify(text, &signature),
            Message::Digest(digest) => self.verifying.verify_prehash(digest, &signature),
        }
        .is_ok()
    }

    fn encrypt(&self, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        EncryptingKey::new(self.point).encrypt_der(random, plaintext).map_err(opaque)
    }
}

impl PublicKey for Pair {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.public.spki()
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        self.public.verify(message, signature)
    }

    fn encrypt(&self, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        self.public.encrypt(plaintext, random)
    }
}

impl PrivateKey for Pair {
    fn sign(&self, message: Message<'_>, random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        let key = SigningKey::new(DEFAULT_ID, &self.secret).map_err(opaque)?;
        let signature = match message {
            Message::Text(text) => key.try_sign_with_rng(random, text),
            Message::Digest(digest) => key.sign_prehash_with_rng(random, digest),
        };
        Ok(signature.map_err(opaque)?.to_der().as_bytes().to_vec())
    }

    fn decrypt(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError> {
        DecryptingKey::new(self.secret.clone()).decrypt_der(ciphertext).map(SecretBytes::new).map_err(opaque)
    }

    fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError> {
        let peer = Point::from_public_key_der(peer).map_err(opaque)?;
        let secret = ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), peer.as_affine());
        Ok(SecretBytes::new(secret.raw_secret_bytes().to_vec()))
    }
}
