//! Key pairs at work: an implementation of the provider loads a private key once and uses it many times.

use super::Material;
use crate::algorithms::{self, Family};
use crate::crypto::hash::Digest;
use crate::crypto::lattice::{self, Encapsulation};
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, curve, edwards, rsa, sm2};
use crate::shapes::{EncryptionAlgorithmSpec, MessageType, SigningAlgorithmSpec};
use crate::wire::SecretBytes;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A private key as one implementation holds it.
pub(super) struct Loaded {
    implementation: &'static str,
    key: PrivateKey,
}

enum PrivateKey {
    Rsa(Box<dyn rsa::PrivateKey>),
    Curve(Box<dyn curve::PrivateKey>),
    Edwards(Box<dyn edwards::PrivateKey>),
    Sm2(Box<dyn sm2::PrivateKey>),
    MlDsa(Box<dyn lattice::SigningKey>),
    MlKem(Box<dyn lattice::DecapsulationKey>),
}

impl Material {
    /// The DER of the public key's `SubjectPublicKeyInfo`.
    pub fn public_key_der(&self, provider: &CryptoProvider) -> Result<Vec<u8>, CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::Rsa(key) => key.spki(),
            PrivateKey::Curve(key) => key.spki(),
            PrivateKey::Edwards(key) => key.spki(),
            PrivateKey::Sm2(key) => key.spki(),
            PrivateKey::MlDsa(key) => key.spki(),
            PrivateKey::MlKem(key) => key.spki(),
        }
    }

    /// Signs. The algorithm must be one of the key's, and the message must have the
    /// [form](algorithms::message_form) that it takes.
    pub fn sign(
        &self,
        provider: &CryptoProvider,
        algorithm: SigningAlgorithmSpec,
        message_type: MessageType,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, CryptoError> {
        self.admits(algorithm, message_type, message)?;
        match &self.loaded(provider)?.key {
            PrivateKey::Rsa(key) => {
                let scheme = algorithms::rsa_signature(algorithm).ok_or(CryptoError)?;
                key.sign(scheme, digest(algorithm, message_type, message)?.as_ref(), random)
            }
            PrivateKey::Curve(key) => key.sign(digest(algorithm, message_type, message)?.as_ref(), random),
            PrivateKey::Edwards(key) => key.sign(algorithms::edwards_signature(algorithm).ok_or(CryptoError)?, message),
            PrivateKey::Sm2(key) => key.sign(sm2_message(message_type, message), random),
            PrivateKey::MlDsa(key) => key.sign(ml_dsa_message(message_type, message)?, &random.array()),
            PrivateKey::MlKem(_) => Err(CryptoError),
        }
    }

    /// Whether `signature` is one of this key over the message. An error means that the key does not admit the
    /// algorithm or the message; a wrong signature is `false`.
    pub fn verify(
        &self,
        provider: &CryptoProvider,
        algorithm: SigningAlgorithmSpec,
        message_type: MessageType,
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, CryptoError> {
        self.admits(algorithm, message_type, message)?;
        Ok(match &self.loaded(provider)?.key {
            PrivateKey::Rsa(key) => {
                let scheme = algorithms::rsa_signature(algorithm).ok_or(CryptoError)?;
                key.verify(scheme, digest(algorithm, message_type, message)?.as_ref(), signature)
            }
            PrivateKey::Curve(key) => key.verify(digest(algorithm, message_type, message)?.as_ref(), signature),
            PrivateKey::Edwards(key) => {
                key.verify(algorithms::edwards_signature(algorithm).ok_or(CryptoError)?, message, signature)
            }
            PrivateKey::Sm2(key) => key.verify(sm2_message(message_type, message), signature),
            PrivateKey::MlDsa(key) => key.verify(ml_dsa_message(message_type, message)?, signature),
            PrivateKey::MlKem(_) => return Err(CryptoError),
        })
    }

    /// Encrypts with the public key; the plaintext must fit ([`algorithms::Row::max_plaintext`]).
    pub fn encrypt(
        &self,
        provider: &CryptoProvider,
        algorithm: EncryptionAlgorithmSpec,
        plaintext: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, CryptoError> {
        match (&self.loaded(provider)?.key, algorithms::rsa_encryption(algorithm)) {
            (PrivateKey::Rsa(key), Some(scheme)) => key.encrypt(scheme, plaintext, random),
            (PrivateKey::Sm2(key), None) => key.encrypt(plaintext, random),
            _ => Err(CryptoError),
        }
    }

    /// Decrypts with the private key.
    pub fn decrypt(
        &self,
        provider: &CryptoProvider,
        algorithm: EncryptionAlgorithmSpec,
        ciphertext: &[u8],
        random: &mut Random,
    ) -> Result<SecretBytes, CryptoError> {
        match (&self.loaded(provider)?.key, algorithms::rsa_encryption(algorithm)) {
            (PrivateKey::Rsa(key), Some(scheme)) => key.decrypt(scheme, ciphertext, random),
            (PrivateKey::Sm2(key), None) => key.decrypt(ciphertext),
            _ => Err(CryptoError),
        }
    }

    /// The raw secret shared with a peer's `SubjectPublicKeyInfo` DER: an x-coordinate. A peer whose point is not on
    /// this key's curve, or is the identity, is refused.
    pub fn derive_shared_secret(&self, provider: &CryptoProvider, peer: &[u8]) -> Result<SecretBytes, CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::Curve(key) => key.agree(peer),
            PrivateKey::Sm2(key) => key.agree(peer),
            _ => Err(CryptoError),
        }
    }

    /// A fresh shared secret and its form for the holder of the private key.
    pub fn encapsulate(&self, provider: &CryptoProvider, random: &mut Random) -> Result<Encapsulation, CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::MlKem(key) => key.encapsulate(&Zeroizing::new(random.array())),
            _ => Err(CryptoError),
        }
    }

    /// The shared secret in an encapsulation. Only a wrong length is refused (implicit rejection).
    pub fn decapsulate(&self, provider: &CryptoProvider, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::MlKem(key) => key.decapsulate(ciphertext),
            _ => Err(CryptoError),
        }
    }

    /// Whether the bytes are a private key of this kind.
    pub(super) fn has_key_pair(&self, provider: &CryptoProvider) -> Result<(), CryptoError> {
        match (&self.loaded(provider)?.key, self.0.kind.family()) {
            (PrivateKey::Rsa(key), Family::Rsa(bits)) if key.modulus_bits() != bits => Err(CryptoError),
            _ => Ok(()),
        }
    }

    /// Checks that the key has this algorithm, and that the algorithm takes such a message.
    fn admits(
        &self,
        algorithm: SigningAlgorithmSpec,
        message_type: MessageType,
        message: &[u8],
    ) -> Result<(), CryptoError> {
        let good = algorithms::signs(self.0.kind, algorithm)
            && algorithms::message_form(algorithm, message_type).admits(message);
        if good { Ok(()) } else { Err(CryptoError) }
    }

    /// The private key as the provider's implementation holds it. A key that another implementation loaded is not
    /// used: what one promises about randomness, another may not keep.
    fn loaded(&self, provider: &CryptoProvider) -> Result<Arc<Loaded>, CryptoError> {
        let implementation = self.implementation(provider)?;
        if let Some(loaded) = self.0.loaded.get().filter(|loaded| loaded.implementation == implementation) {
            return Ok(Arc::clone(loaded));
        }
        let loaded = Arc::new(Loaded { implementation, key: self.load(provider)? });
        Ok(if self.0.loaded.get().is_some() { loaded } else { Arc::clone(self.0.loaded.get_or_init(|| loaded)) })
    }

    fn implementation(&self, provider: &CryptoProvider) -> Result<&'static str, CryptoError> {
        match self.0.kind.family() {
            Family::Rsa(_) => Ok(provider.rsa.name()),
            Family::Curve(_) => Ok(provider.curve.name()),
            Family::Edwards => Ok(provider.edwards.name()),
            Family::Sm2 => Ok(provider.sm2.name()),
            Family::MlDsa(_) => Ok(provider.ml_dsa.name()),
            Family::MlKem(_) => Ok(provider.ml_kem.name()),
            Family::Aead(_) | Family::Hmac(_) => Err(CryptoError),
        }
    }

    fn load(&self, provider: &CryptoProvider) -> Result<PrivateKey, CryptoError> {
        let pkcs8 = &self.0.bytes;
        match self.0.kind.family() {
            Family::Rsa(_) => provider.rsa.load(pkcs8).map(PrivateKey::Rsa),
            Family::Curve(curve) => provider.curve.load(curve, pkcs8).map(PrivateKey::Curve),
            Family::Edwards => provider.edwards.load(pkcs8).map(PrivateKey::Edwards),
            Family::Sm2 => provider.sm2.load(pkcs8).map(PrivateKey::Sm2),
            Family::MlDsa(set) => provider.ml_dsa.load(set, pkcs8).map(PrivateKey::MlDsa),
            Family::MlKem(set) => provider.ml_kem.load(set, pkcs8).map(PrivateKey::MlKem),
            Family::Aead(_) | Family::Hmac(_) => Err(CryptoError),
        }
    }
}

fn digest(algorithm: SigningAlgorithmSpec, message_type: MessageType, message: &[u8]) -> Result<Digest, CryptoError> {
    let hash = algorithms::signing_hash(algorithm);
    match message_type {
        MessageType::Raw => Ok(hash.digest(message)),
        MessageType::Digest => Digest::given(hash, message).ok_or(CryptoError),
        MessageType::ExternalMu => Err(CryptoError),
    }
}

fn sm2_message(message_type: MessageType, message: &[u8]) -> sm2::Message<'_> {
    match message_type {
        MessageType::Raw => sm2::Message::Text(message),
        MessageType::Digest | MessageType::ExternalMu => sm2::Message::Digest(message),
    }
}

fn ml_dsa_message(message_type: MessageType, message: &[u8]) -> Result<lattice::Message<'_>, CryptoError> {
    match message_type {
        MessageType::ExternalMu => message.try_into().map(lattice::Message::Mu).map_err(|_| CryptoError),
        MessageType::Raw | MessageType::Digest => Ok(lattice::Message::Text(message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::{MaterialKind, MessageForm, TABLE};

    fn provider() -> CryptoProvider {
        CryptoProvider::default()
    }

    fn random() -> Random {
        Random::from_entropy(&[3; 32])
    }

    fn material(kind: MaterialKind) -> Material {
        Material::generate(kind, &provider(), &mut random()).unwrap()
    }

    /// A message that the algorithm takes as this type, if it takes any.
    fn message(algorithm: SigningAlgorithmSpec, message_type: MessageType) -> Option<Vec<u8>> {
        match algorithms::message_form(algorithm, message_type) {
            MessageForm::Message => Some(b"message".to_vec()),
            MessageForm::Digest(length) => Some(vec![0x5a; length]),
            MessageForm::Refused => None,
        }
    }

    #[test]
    fn every_signing_algorithm_of_every_key_signs_every_message_type_that_it_takes_and_no_other() {
        for row in TABLE.iter().filter(|row| row.spec != crate::shapes::KeySpec::Rsa4096) {
            let Some(algorithms) = row.algorithms(crate::shapes::KeyUsageType::SignVerify) else { continue };
            let key = material(row.material);
            for (&algorithm, &of) in
                algorithms.signing().iter().flat_map(|a| MessageType::ALL.iter().map(move |m| (a, m)))
            {
                let Some(text) = message(algorithm, of) else {
                    assert!(key.sign(&provider(), algorithm, of, &[0x5a; 64], &mut random()).is_err());
                    continue;
                };
                let signature = key.sign(&provider(), algorithm, of, &text, &mut random()).unwrap();
                let verify = |text: &[u8], signature: &[u8]| key.verify(&provider(), algorithm, of, text, signature);
                assert_eq!(verify(&text, &signature), Ok(true), "{algorithm:?} {of:?}");
                assert_eq!(verify(&vec![1; text.len()], &signature), Ok(false), "{algorithm:?} {of:?}");
                assert_eq!(verify(&text, &signature[1..]), Ok(false), "{algorithm:?} {of:?}");
                assert_eq!(verify(&text, &[]), Ok(false), "{algorithm:?} {of:?}");
            }
        }
    }

    #[test]
    fn a_digest_of_the_message_and_the_message_itself_are_the_same_to_a_verifier() {
        for (kind, algorithm) in [
            (MaterialKind::Rsa2048, SigningAlgorithmSpec::RsassaPssSha384),
            (MaterialKind::Secp256k1, SigningAlgorithmSpec::EcdsaSha256),
        ] {
            let key = material(kind);
            let digest = algorithms::signing_hash(algorithm).digest(b"message");
            let signed = key.sign(&provider(), algorithm, MessageType::Digest, digest.as_ref(), &mut random()).unwrap();
            assert_eq!(key.verify(&provider(), algorithm, MessageType::Raw, b"message", &signed), Ok(true));
        }
    }

    #[test]
    fn ed25519ph_hashes_the_digest_that_it_is_given() {
        // As AWS documents it: the caller hashes once, KMS hashes once more.
        let key = material(MaterialKind::Ed25519);
        let digest = [7; 64];
        let algorithm = SigningAlgorithmSpec::Ed25519PhSha512;
        let signature = key.sign(&provider(), algorithm, MessageType::Digest, &digest, &mut random()).unwrap();
        let public = provider().edwards.load_public(&key.public_key_der(&provider()).unwrap()).unwrap();
        assert!(public.verify(edwards::Signature::Ed25519ph, &digest, &signature));
    }

    #[test]
    fn a_key_does_not_sign_with_the_algorithm_of_another_curve() {
        let key = material(MaterialKind::P256);
        let sign = |algorithm| key.sign(&provider(), algorithm, MessageType::Raw, b"m", &mut random());
        assert_eq!(sign(SigningAlgorithmSpec::EcdsaSha384), Err(CryptoError));
        assert_eq!(sign(SigningAlgorithmSpec::RsassaPssSha256), Err(CryptoError));
    }

    #[test]
    fn a_digest_of_another_length_is_not_signed() {
        let key = material(MaterialKind::P256);
        let algorithm = SigningAlgorithmSpec::EcdsaSha256;
        assert_eq!(key.sign(&provider(), algorithm, MessageType::Digest, &[0; 31], &mut random()), Err(CryptoError));
    }

    #[test]
    fn oaep_decrypts_what_it_encrypted_up_to_the_longest_plaintext() {
        let row = algorithms::row(crate::shapes::KeySpec::Rsa2048, crate::names::Partition::Aws).unwrap();
        let key = material(row.material);
        for algorithm in [EncryptionAlgorithmSpec::RsaesOaepSha1, EncryptionAlgorithmSpec::RsaesOaepSha256] {
            let longest = row.max_plaintext(algorithm).unwrap();
            for length in [1, longest] {
                let plaintext = vec![9; length];
                let ciphertext = key.encrypt(&provider(), algorithm, &plaintext, &mut random()).unwrap();
                assert_eq!(ciphertext.len(), 256);
                let opened = key.decrypt(&provider(), algorithm, &ciphertext, &mut random());
                assert_eq!(opened.unwrap().as_slice(), plaintext);
                assert!(key.decrypt(&provider(), algorithm, &ciphertext[1..], &mut random()).is_err());
            }
            assert!(key.encrypt(&provider(), algorithm, &vec![9; longest + 1], &mut random()).is_err());
        }
    }

    #[test]
    fn a_ciphertext_of_one_oaep_hash_does_not_open_with_the_other() {
        let key = material(MaterialKind::Rsa2048);
        let made = key.encrypt(&provider(), EncryptionAlgorithmSpec::RsaesOaepSha1, b"m", &mut random()).unwrap();
        assert!(key.decrypt(&provider(), EncryptionAlgorithmSpec::RsaesOaepSha256, &made, &mut random()).is_err());
    }

    #[test]
    fn sm2_decrypts_what_it_encrypted() {
        let key = material(MaterialKind::Sm2);
        let algorithm = EncryptionAlgorithmSpec::Sm2pke;
        for length in [1, 32, 1024] {
            let plaintext = vec![9; length];
            let ciphertext = key.encrypt(&provider(), algorithm, &plaintext, &mut random()).unwrap();
            let opened = key.decrypt(&provider(), algorithm, &ciphertext, &mut random());
            assert_eq!(opened.unwrap().as_slice(), plaintext);
            for at in [8, 50, ciphertext.len() - length - 10, ciphertext.len() - 1] {
                let mut changed = ciphertext.clone();
                changed[at] ^= 1;
                assert!(key.decrypt(&provider(), algorithm, &changed, &mut random()).is_err(), "byte {at}");
            }
        }
        assert!(key.encrypt(&provider(), algorithm, b"", &mut random()).is_err());
        assert!(key.encrypt(&provider(), EncryptionAlgorithmSpec::RsaesOaepSha1, b"m", &mut random()).is_err());
    }

    #[test]
    fn two_keys_of_a_curve_agree_and_two_of_different_curves_do_not() {
        for (kind, length) in
            [(MaterialKind::P256, 32), (MaterialKind::P384, 48), (MaterialKind::P521, 66), (MaterialKind::Sm2, 32)]
        {
            let mut random = random();
            let [one, other] = [(); 2].map(|()| Material::generate(kind, &provider(), &mut random).unwrap());
            let agree = |own: &Material, peer: &Material| {
                own.derive_shared_secret(&provider(), &peer.public_key_der(&provider()).unwrap())
            };
            let secret = agree(&one, &other).unwrap();
            assert_eq!(secret, agree(&other, &one).unwrap());
            assert_eq!(secret.len(), length);
            assert!(agree(&one, &material(MaterialKind::Secp256k1)).is_err());
        }
    }

    #[test]
    fn an_encapsulated_secret_is_found_again_and_a_changed_one_is_another() {
        for (kind, length) in
            [(MaterialKind::MlKem512, 768), (MaterialKind::MlKem768, 1088), (MaterialKind::MlKem1024, 1568)]
        {
            let key = material(kind);
            let Encapsulation { mut ciphertext, shared_secret } = key.encapsulate(&provider(), &mut random()).unwrap();
            assert_eq!((ciphertext.len(), shared_secret.len()), (length, 32));
            assert_eq!(key.decapsulate(&provider(), &ciphertext).unwrap(), shared_secret);
            ciphertext[0] ^= 1;
            assert_ne!(key.decapsulate(&provider(), &ciphertext).unwrap(), shared_secret);
            assert_eq!(key.decapsulate(&provider(), &ciphertext[1..]), Err(CryptoError));
        }
    }
}
