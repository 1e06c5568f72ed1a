//! The secret bytes of a KMS key, and every use of them.

mod ber;
mod id;
mod key_pair;
mod private_key;

pub use id::MaterialId;
pub(crate) use id::Scheduled;

use crate::algorithms::{self, Family, MaterialKind};
use crate::crypto::hash::Hash;
use crate::crypto::random::Random;
use crate::crypto::{CryptoError, CryptoProvider};
use crate::shapes::MacAlgorithmSpec;
use crate::wire::SecretBytes;
use key_pair::Loaded;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The longest HMAC key that is imported, in bytes (developer guide, "Requirements for imported key material").
const MAX_IMPORTED_HMAC: usize = 128;

/// Separates scheduled material from every other use of a secret.
const SCHEDULED: &[u8] = b"pocket-kms scheduled rotation\0";

/// The secret bytes of a key. Clones share them; the last one wipes them.
#[derive(Clone)]
pub struct Material(Arc<Secret>);

struct Secret {
    kind: MaterialKind,
    bytes: SecretBytes,
    /// Parsing and precomputation happen once, at first use.
    loaded: OnceLock<Arc<Loaded>>,
}

/// A key pair for use outside of KMS.
pub struct DataKeyPair {
    /// PKCS #8 DER.
    pub private: SecretBytes,
    /// `SubjectPublicKeyInfo` DER.
    pub public: Vec<u8>,
}

impl Material {
    /// New material of this kind.
    pub fn generate(kind: MaterialKind, provider: &CryptoProvider, random: &mut Random) -> Result<Self, CryptoError> {
        let bytes = match kind.family() {
            Family::Aead(aead) => random.secret(aead.key_length()),
            Family::Hmac(hash) => random.secret(hash.length()),
            Family::Rsa(bits) => provider.new_rsa_key(bits, random)?,
            Family::Curve(curve) => provider.curve.generate(curve, random)?,
            Family::Edwards => provider.edwards.generate(random)?,
            Family::Sm2 => provider.sm2.generate(random)?,
            Family::MlDsa(set) => provider.ml_dsa.generate(set, random)?,
            Family::MlKem(set) => provider.ml_kem.generate(set, random)?,
        };
        Ok(Self::new(kind, bytes))
    }

    /// Imports material: raw bytes of the right length for symmetric kinds, PKCS #8 in BER or DER for key pairs. It
    /// checks a key pair at once and keeps it in the form that [`generate`](Self::generate) gives.
    pub fn import(kind: MaterialKind, bytes: SecretBytes, provider: &CryptoProvider) -> Result<Self, CryptoError> {
        match kind.family() {
            Family::Aead(aead) => Self::new(kind, bytes).of_length(aead.key_length()..=aead.key_length()),
            Family::Hmac(hash) => Self::new(kind, bytes).of_length(hash.length()..=MAX_IMPORTED_HMAC),
            _ => {
                let material = Self::new(kind, private_key::canonical(kind, &bytes, provider)?);
                material.has_key_pair(provider)?;
                Ok(material)
            }
        }
    }

    /// Material that its owner has chosen: what is [imported](Self::import), and key pairs on curves in the shorter form
    /// of SEC 1 (RFC 5915), too.
    pub(crate) fn chosen(
        kind: MaterialKind,
        bytes: SecretBytes,
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        match private_key::enveloped(kind, &bytes) {
            Some(pkcs8) => Self::import(kind, pkcs8, provider),
            None => Self::import(kind, bytes, provider),
        }
    }

    /// The material of a symmetric key that a schedule makes: HKDF-Expand (RFC 5869) of the secret of the schedule for
    /// the name of the material (LIF-409).
    pub(crate) fn scheduled(
        kind: MaterialKind,
        seed: &[u8],
        id: &MaterialId,
        provider: &CryptoProvider,
    ) -> Result<Self, CryptoError> {
        let Family::Aead(aead) = kind.family() else { return Err(CryptoError) };
        let mut block = Zeroizing::new([0; 32]);
        provider.mac.hmac(Hash::Sha256, seed, &[SCHEDULED, &id.0, &[1]], &mut *block)?;
        Ok(Self::new(kind, SecretBytes::new(block.get(..aead.key_length()).ok_or(CryptoError)?.to_vec())))
    }

    /// Material that this library once [exposed](Self::expose). It parses a private key at the first use.
    pub fn from_bytes(kind: MaterialKind, bytes: SecretBytes) -> Self {
        Self::new(kind, bytes)
    }

    /// What the bytes are.
    pub fn kind(&self) -> MaterialKind {
        self.0.kind
    }

    /// The secret bytes themselves. Dangerous: only snapshots call this, and seal the bytes at once.
    pub fn expose(&self) -> &[u8] {
        &self.0.bytes
    }

    fn new(kind: MaterialKind, bytes: SecretBytes) -> Self {
        Self(Arc::new(Secret { kind, bytes, loaded: OnceLock::new() }))
    }

    fn of_length(self, lengths: RangeInclusive<usize>) -> Result<Self, CryptoError> {
        if lengths.contains(&self.0.bytes.len()) { Ok(self) } else { Err(CryptoError) }
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
    Ok(DataKeyPair { private: SecretBytes::new(material.expose().to_vec()), public })
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
        let back = Material::from_bytes(key.kind(), SecretBytes::new(key.expose().to_vec()));
        assert_eq!(key, back);
        assert_eq!(key.public_key_der(&provider()), back.public_key_der(&provider()));
    }

    #[test]
    fn import_refuses_what_is_not_of_the_kind() {
        let import = |kind, bytes: &[u8]| Material::import(kind, SecretBytes::new(bytes.to_vec()), &provider());
        assert!(import(MaterialKind::Aes256, &[0; 32]).is_ok());
        assert!(import(MaterialKind::Aes256, &[0; 16]).is_err());
        assert!(import(MaterialKind::HmacSha224, &[0; 27]).is_err());
        assert!(import(MaterialKind::HmacSha224, &[0; 128]).is_ok());
        assert!(import(MaterialKind::HmacSha224, &[0; 129]).is_err());
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
    fn secret_bytes_are_held_in_what_wipes_them() {
        fn wipes_itself<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        let key = material(MaterialKind::P256);
        wipes_itself(&key.0.bytes);
        wipes_itself(&data_key_pair(&key, &provider()).unwrap().private);
        wipes_itself(&key.derive_shared_secret(&provider(), &key.public_key_der(&provider()).unwrap()).unwrap());
    }

    #[test]
    fn debug_never_shows_secret_bytes() {
        let key = material(MaterialKind::Aes256);
        assert_eq!(format!("{key:?}"), "Material(Aes256)");
        let pair = data_key_pair(&material(MaterialKind::P256), &provider()).unwrap();
        assert_eq!(format!("{pair:?}"), "DataKeyPair");
    }
}
