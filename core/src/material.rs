//! The secret bytes of a KMS key, and everything that is done with them.

use crate::algorithms::{self, Family, MaterialKind};
use crate::crypto::hash::Digest;
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider, curve, rsa};
use crate::shapes::{EncryptionAlgorithmSpec, MacAlgorithmSpec, MessageType, SigningAlgorithmSpec};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, OnceLock};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Names one key material: 32 bytes, written as 64 hexadecimal digits (`KeyMaterialId` in the API).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MaterialId(pub [u8; 32]);

impl MaterialId {
    /// The name of material that KMS makes itself.
    pub fn random(random: &mut Random) -> Self {
        Self(random.array())
    }

    /// Reads 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(bytes))
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for MaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaterialId({self})")
    }
}

/// The secret bytes of a key. Clones share them; the last one wipes them.
#[derive(Clone)]
pub struct Material(Arc<Secret>);

struct Secret {
    kind: MaterialKind,
    bytes: Zeroizing<Vec<u8>>,
    /// Parsing and precomputation happen once, at first use.
    loaded: OnceLock<Arc<Loaded>>,
}

/// A private key as one implementation holds it.
struct Loaded {
    implementation: &'static str,
    key: PrivateKey,
}

enum PrivateKey {
    Rsa(Box<dyn rsa::PrivateKey>),
    Curve(Box<dyn curve::PrivateKey>),
}

/// A key pair for use outside of KMS.
pub struct DataKeyPair {
    /// PKCS #8 DER.
    pub private: Zeroizing<Vec<u8>>,
    /// `SubjectPublicKeyInfo` DER.
    pub public: Vec<u8>,
}

impl Material {
    /// New material of this kind.
    pub fn generate(kind: MaterialKind, provider: &CryptoProvider, random: &mut Random) -> Result<Self, CryptoError> {
        let bytes = match kind.family() {
            Family::Aead(aead) => random.secret(aead.key_length()),
            Family::Hmac(hash) => random.secret(hash.length()),
            Family::Rsa(bits) => provider.rsa.generate(bits, random)?,
            Family::Curve(curve) => provider.curve.generate(curve, random)?,
        };
        Ok(Self::new(kind, bytes))
    }

    /// Material from outside: raw bytes of the right length for symmetric kinds, PKCS #8 DER for key pairs. A
    /// private key is parsed and checked at once.
    pub fn import(
        kind: MaterialKind,
        bytes: Zeroizing<Vec<u8>>,
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        let material = Self::new(kind, bytes);
        match kind.family() {
            Family::Aead(aead) => material.has_length(aead.key_length())?,
            Family::Hmac(hash) => material.has_length(hash.length())?,
            Family::Rsa(bits) => material.has_modulus(bits, provider)?,
            Family::Curve(_) => drop(material.loaded(provider)?),
        }
        Ok(material)
    }

    /// Material that this library once [exposed](Self::expose); a private key is parsed at its first use.
    pub fn from_bytes(kind: MaterialKind, bytes: Zeroizing<Vec<u8>>) -> Self {
        Self::new(kind, bytes)
    }

    /// What the bytes are.
    pub fn kind(&self) -> MaterialKind {
        self.0.kind
    }

    /// The secret bytes themselves. A dangerous door: only snapshots, which seal them at once, go through it.
    pub fn expose(&self) -> &[u8] {
        &self.0.bytes
    }

    fn new(kind: MaterialKind, bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(Arc::new(Secret { kind, bytes, loaded: OnceLock::new() }))
    }

    fn has_length(&self, length: usize) -> Result<(), CryptoError> {
        if self.0.bytes.len() == length { Ok(()) } else { Err(CryptoError) }
    }

    fn has_signing(&self, algorithm: SigningAlgorithmSpec) -> Result<(), CryptoError> {
        if algorithms::signs(self.0.kind, algorithm) { Ok(()) } else { Err(CryptoError) }
    }

    fn has_modulus(&self, bits: usize, provider: &CryptoProvider) -> Result<(), CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::Rsa(key) if key.modulus_bits() == bits => Ok(()),
            _ => Err(CryptoError),
        }
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
            Family::Aead(_) | Family::Hmac(_) => Err(CryptoError),
        }
    }

    fn load(&self, provider: &CryptoProvider) -> Result<PrivateKey, CryptoError> {
        match self.0.kind.family() {
            Family::Rsa(_) => provider.rsa.load(&self.0.bytes).map(PrivateKey::Rsa),
            Family::Curve(curve) => provider.curve.load(curve, &self.0.bytes).map(PrivateKey::Curve),
            Family::Aead(_) | Family::Hmac(_) => Err(CryptoError),
        }
    }
}

/// What a key pair does.
impl Material {
    /// The DER of the public key's `SubjectPublicKeyInfo`.
    pub fn public_key_der(&self, provider: &CryptoProvider) -> Result<Vec<u8>, CryptoError> {
        match &self.loaded(provider)?.key {
            PrivateKey::Rsa(key) => key.spki(),
            PrivateKey::Curve(key) => key.spki(),
        }
    }

    /// Signs. The algorithm must be one of the key's, and the message have the
    /// [form](algorithms::message_form) that it asks for.
    pub fn sign(
        &self,
        provider: &CryptoProvider,
        algorithm: SigningAlgorithmSpec,
        message_type: MessageType,
        message: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, CryptoError> {
        self.has_signing(algorithm)?;
        let digest = digest(algorithm, message_type, message)?;
        match (&self.loaded(provider)?.key, algorithms::rsa_signature(algorithm)) {
            (PrivateKey::Rsa(key), Some(scheme)) => key.sign(scheme, digest.as_ref(), random),
            (PrivateKey::Curve(key), None) => key.sign(digest.as_ref(), random),
            _ => Err(CryptoError),
        }
    }

    /// Whether `signature` is one of this key over the message. An error means that the question was wrong, not the
    /// signature.
    pub fn verify(
        &self,
        provider: &CryptoProvider,
        algorithm: SigningAlgorithmSpec,
        message_type: MessageType,
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, CryptoError> {
        self.has_signing(algorithm)?;
        let digest = digest(algorithm, message_type, message)?;
        match (&self.loaded(provider)?.key, algorithms::rsa_signature(algorithm)) {
            (PrivateKey::Rsa(key), Some(scheme)) => Ok(key.verify(scheme, digest.as_ref(), signature)),
            (PrivateKey::Curve(key), None) => Ok(key.verify(digest.as_ref(), signature)),
            _ => Err(CryptoError),
        }
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
    ) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        match (&self.loaded(provider)?.key, algorithms::rsa_encryption(algorithm)) {
            (PrivateKey::Rsa(key), Some(scheme)) => key.decrypt(scheme, ciphertext, random),
            _ => Err(CryptoError),
        }
    }
}

/// What an HMAC key does.
impl Material {
    /// The message authentication code.
    pub fn mac(
        &self,
        provider: &CryptoProvider,
        algorithm: MacAlgorithmSpec,
        message: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let hash = algorithms::mac_hash(algorithm);
        if self.0.kind.family() != Family::Hmac(hash) {
            return Err(CryptoError);
        }
        let mut tag = vec![0; hash.length()];
        provider.mac.hmac(hash, &self.0.bytes, &[message], &mut tag)?;
        Ok(tag)
    }

    /// Whether `mac` is the code of this message, whole and not truncated; in constant time.
    pub fn verify_mac(
        &self,
        provider: &CryptoProvider,
        algorithm: MacAlgorithmSpec,
        message: &[u8],
        mac: &[u8],
    ) -> Result<bool, CryptoError> {
        Ok(self.mac(provider, algorithm, message)?.ct_eq(mac).into())
    }
}

/// New material as a key pair for use outside of KMS.
pub fn data_key_pair(material: &Material, provider: &CryptoProvider) -> Result<DataKeyPair, CryptoError> {
    let public = material.public_key_der(provider)?;
    Ok(DataKeyPair { private: Zeroizing::new(material.expose().to_vec()), public })
}

fn digest(algorithm: SigningAlgorithmSpec, message_type: MessageType, message: &[u8]) -> Result<Digest, CryptoError> {
    let hash = algorithms::signing_hash(algorithm).ok_or(CryptoError)?;
    match message_type {
        MessageType::Raw => Ok(hash.digest(message)),
        MessageType::Digest => Digest::given(hash, message).ok_or(CryptoError),
        MessageType::ExternalMu => Err(CryptoError),
    }
}

impl PartialEq for Material {
    /// In constant time for materials of the same kind.
    fn eq(&self, other: &Self) -> bool {
        self.0.kind == other.0.kind && self.0.bytes.ct_eq(&other.0.bytes).into()
    }
}

impl Eq for Material {}

impl fmt::Debug for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Material({:?})", self.0.kind)
    }
}

impl fmt::Debug for DataKeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKeyPair")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::TABLE;

    fn provider() -> CryptoProvider {
        CryptoProvider::default()
    }

    fn random() -> Random {
        Random::from_entropy(&[3; 32])
    }

    fn material(kind: MaterialKind) -> Material {
        Material::generate(kind, &provider(), &mut random()).unwrap()
    }

    #[test]
    fn a_material_id_reads_what_it_writes() {
        let id = MaterialId::random(&mut random());
        assert_eq!(id.to_string().len(), 64);
        assert_eq!(MaterialId::parse(&id.to_string()), Some(id));
        assert_eq!(MaterialId::parse("0b7fd7ddbac6eef27907413567cad8c810e2883dc8a7534067a82ee1142fc1e6x"), None);
        assert_eq!(MaterialId::parse(&"G".repeat(64)), None);
    }

    #[test]
    fn every_signing_algorithm_of_a_key_signs_and_verifies_messages_and_digests() {
        for row in TABLE.iter().filter(|row| row.spec != crate::shapes::KeySpec::Rsa4096) {
            let Some(algorithms) = row.algorithms(crate::shapes::KeyUsageType::SignVerify) else { continue };
            let key = material(row.material);
            for &algorithm in algorithms.signing() {
                let digest = algorithms::signing_hash(algorithm).unwrap().digest(b"message");
                let message = (MessageType::Raw, &b"message"[..]);
                for (message_type, text) in [message, (MessageType::Digest, digest.as_ref())] {
                    let signature = key.sign(&provider(), algorithm, message_type, text, &mut random()).unwrap();
                    // A digest of the message and the message itself are the same to a verifier.
                    assert_eq!(key.verify(&provider(), algorithm, message.0, message.1, &signature), Ok(true));
                    assert_eq!(key.verify(&provider(), algorithm, message.0, b"other", &signature), Ok(false));
                    assert_eq!(key.verify(&provider(), algorithm, message.0, message.1, &signature[1..]), Ok(false));
                }
            }
        }
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
    fn a_mac_is_verified_whole() {
        let key = material(MaterialKind::HmacSha384);
        let algorithm = MacAlgorithmSpec::HmacSha384;
        let mac = key.mac(&provider(), algorithm, b"message").unwrap();
        assert_eq!(mac.len(), 48);
        assert_eq!(key.verify_mac(&provider(), algorithm, b"message", &mac), Ok(true));
        assert_eq!(key.verify_mac(&provider(), algorithm, b"message", &mac[..32]), Ok(false));
        assert_eq!(key.verify_mac(&provider(), algorithm, b"massage", &mac), Ok(false));
        assert_eq!(key.mac(&provider(), MacAlgorithmSpec::HmacSha256, b"message"), Err(CryptoError));
    }

    #[test]
    fn exposed_material_comes_back_as_the_same_key() {
        let key = material(MaterialKind::P384);
        let back = Material::from_bytes(key.kind(), Zeroizing::new(key.expose().to_vec()));
        assert_eq!(key, back);
        assert_eq!(key.public_key_der(&provider()), back.public_key_der(&provider()));
    }

    #[test]
    fn import_refuses_what_is_not_of_the_kind() {
        let import = |kind, bytes: &[u8]| Material::import(kind, Zeroizing::new(bytes.to_vec()), &provider());
        assert!(import(MaterialKind::Aes256, &[0; 32]).is_ok());
        assert!(import(MaterialKind::Aes256, &[0; 16]).is_err());
        assert!(import(MaterialKind::HmacSha224, &[0; 32]).is_err());
        let p256 = material(MaterialKind::P256);
        assert!(import(MaterialKind::P256, p256.expose()).is_ok());
        assert!(import(MaterialKind::Secp256k1, p256.expose()).is_err());
        assert!(import(MaterialKind::Rsa2048, p256.expose()).is_err());
        let rsa = material(MaterialKind::Rsa2048);
        assert!(import(MaterialKind::Rsa2048, rsa.expose()).is_ok());
        assert!(import(MaterialKind::Rsa3072, rsa.expose()).is_err());
    }

    #[test]
    fn a_data_key_pair_belongs_together() {
        let pair = data_key_pair(&material(MaterialKind::Secp256k1), &provider()).unwrap();
        let key = Material::from_bytes(MaterialKind::Secp256k1, pair.private.clone());
        assert_eq!(key.public_key_der(&provider()).unwrap(), pair.public);
    }

    #[test]
    fn debug_never_shows_secret_bytes() {
        let key = material(MaterialKind::Aes256);
        assert_eq!(format!("{key:?}"), "Material(Aes256)");
        let pair = data_key_pair(&material(MaterialKind::P256), &provider()).unwrap();
        assert_eq!(format!("{pair:?}"), "DataKeyPair");
        assert!(!format!("{:?}", provider()).contains("key"));
    }
}
