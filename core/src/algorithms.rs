//! The table of key specs: for each its material, the Regions that offer it, its usages and its algorithms.
//!
//! Sources: developer guide, "Key spec reference" (ledger P3-335..P3-340, P4-29..P4-69), `CreateKey` in the API
//! reference.

use crate::crypto::curve::NamedCurve;
use crate::crypto::hash::Hash;
use crate::crypto::lattice::{DsaSet, KemSet};
use crate::crypto::{cipher, edwards, rsa};
use crate::names::Partition;
use crate::shapes::{
    DataKeyPairSpec, EncapsulationAlgorithmSpec, EncryptionAlgorithmSpec, KeyAgreementAlgorithmSpec, KeySpec,
    KeyUsageType, MacAlgorithmSpec, MessageType, SigningAlgorithmSpec,
};
use serde::{Deserialize, Serialize};

/// The longest plaintext that a symmetric key encrypts, in bytes (P4-39).
pub const MAX_SYMMETRIC_PLAINTEXT: usize = 4096;
/// The longest plaintext that an SM2 key encrypts, in bytes (`Encrypt` in the API reference).
pub const MAX_SM2_PLAINTEXT: usize = 1024;

/// What the secret bytes of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MaterialKind {
    /// 32 bytes, for AES-256-GCM.
    Aes256,
    /// 16 bytes, for SM4-GCM.
    Sm4,
    /// As many bytes as a SHA-224 digest.
    HmacSha224,
    /// As many bytes as a SHA-256 digest.
    HmacSha256,
    /// As many bytes as a SHA-384 digest.
    HmacSha384,
    /// As many bytes as a SHA-512 digest.
    HmacSha512,
    /// PKCS #8 DER, modulus of 2,048 bits.
    Rsa2048,
    /// PKCS #8 DER, modulus of 3,072 bits.
    Rsa3072,
    /// PKCS #8 DER, modulus of 4,096 bits.
    Rsa4096,
    /// PKCS #8 DER on secp256r1.
    P256,
    /// PKCS #8 DER on secp384r1.
    P384,
    /// PKCS #8 DER on secp521r1.
    P521,
    /// PKCS #8 DER on secp256k1.
    Secp256k1,
    /// PKCS #8 DER of an Ed25519 key.
    Ed25519,
    /// PKCS #8 DER on the SM2 curve.
    Sm2,
    /// PKCS #8 DER of a seed.
    MlDsa44,
    /// PKCS #8 DER of a seed.
    MlDsa65,
    /// PKCS #8 DER of a seed.
    MlDsa87,
    /// PKCS #8 DER of a seed.
    MlKem512,
    /// PKCS #8 DER of a seed.
    MlKem768,
    /// PKCS #8 DER of a seed.
    MlKem1024,
}

/// The cryptography that a kind of material belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Authenticated symmetric encryption.
    Aead(cipher::Aead),
    /// Message authentication.
    Hmac(Hash),
    /// RSA with a modulus of this many bits.
    Rsa(usize),
    /// Keys on a named curve.
    Curve(NamedCurve),
    /// Ed25519.
    Edwards,
    /// SM2.
    Sm2,
    /// ML-DSA with a parameter set.
    MlDsa(DsaSet),
    /// ML-KEM with a parameter set.
    MlKem(KemSet),
}

impl MaterialKind {
    /// The cryptography that it belongs to.
    pub const fn family(self) -> Family {
        match self {
            Self::Aes256 => Family::Aead(cipher::Aead::Aes256Gcm),
            Self::Sm4 => Family::Aead(cipher::Aead::Sm4Gcm),
            Self::HmacSha224 => Family::Hmac(Hash::Sha224),
            Self::HmacSha256 => Family::Hmac(Hash::Sha256),
            Self::HmacSha384 => Family::Hmac(Hash::Sha384),
            Self::HmacSha512 => Family::Hmac(Hash::Sha512),
            Self::Rsa2048 => Family::Rsa(2048),
            Self::Rsa3072 => Family::Rsa(3072),
            Self::Rsa4096 => Family::Rsa(4096),
            Self::P256 => Family::Curve(NamedCurve::P256),
            Self::P384 => Family::Curve(NamedCurve::P384),
            Self::P521 => Family::Curve(NamedCurve::P521),
            Self::Secp256k1 => Family::Curve(NamedCurve::Secp256k1),
            Self::Ed25519 => Family::Edwards,
            Self::Sm2 => Family::Sm2,
            Self::MlDsa44 => Family::MlDsa(DsaSet::MlDsa44),
            Self::MlDsa65 => Family::MlDsa(DsaSet::MlDsa65),
            Self::MlDsa87 => Family::MlDsa(DsaSet::MlDsa87),
            Self::MlKem512 => Family::MlKem(KemSet::MlKem512),
            Self::MlKem768 => Family::MlKem(KemSet::MlKem768),
            Self::MlKem1024 => Family::MlKem(KemSet::MlKem1024),
        }
    }
}

/// The three kinds of KMS keys that the console and the guide tell apart (P3-325).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// A symmetric encryption key.
    Symmetric,
    /// A key for message authentication codes.
    Hmac,
    /// A key pair.
    Asymmetric,
}

/// Which Regions offer a key spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// In every Region.
    Everywhere,
    /// In China Regions alone.
    ChinaOnly,
    /// In every Region but those in China.
    OutsideChina,
}

impl Offer {
    const fn includes(self, partition: Partition) -> bool {
        match self {
            Self::Everywhere => true,
            Self::ChinaOnly => matches!(partition, Partition::AwsCn),
            Self::OutsideChina => !matches!(partition, Partition::AwsCn),
        }
    }
}

/// The algorithms of a key, whose kind is its usage. The order is that of `DescribeKey` (P4-28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithms {
    /// Of an `ENCRYPT_DECRYPT` key.
    Encryption(&'static [EncryptionAlgorithmSpec]),
    /// Of a `SIGN_VERIFY` key.
    Signing(&'static [SigningAlgorithmSpec]),
    /// Of a `GENERATE_VERIFY_MAC` key.
    Mac(&'static [MacAlgorithmSpec]),
    /// Of a `KEY_AGREEMENT` key.
    Agreement(&'static [KeyAgreementAlgorithmSpec]),
    /// Of an `ENCAPSULATE_DECAPSULATE` key.
    Encapsulation(&'static [EncapsulationAlgorithmSpec]),
}

impl Algorithms {
    /// The usage of a key with these algorithms.
    pub const fn usage(&self) -> KeyUsageType {
        match self {
            Self::Encryption(_) => KeyUsageType::EncryptDecrypt,
            Self::Signing(_) => KeyUsageType::SignVerify,
            Self::Mac(_) => KeyUsageType::GenerateVerifyMac,
            Self::Agreement(_) => KeyUsageType::KeyAgreement,
            Self::Encapsulation(_) => KeyUsageType::EncapsulateDecapsulate,
        }
    }

    /// Whether an algorithm is one of them, by its name in the API.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Encryption(all) => all.iter().any(|algorithm| algorithm.as_str() == name),
            Self::Signing(all) => all.iter().any(|algorithm| algorithm.as_str() == name),
            Self::Mac(all) => all.iter().any(|algorithm| algorithm.as_str() == name),
            Self::Agreement(all) => all.iter().any(|algorithm| algorithm.as_str() == name),
            Self::Encapsulation(all) => all.iter().any(|algorithm| algorithm.as_str() == name),
        }
    }

    /// The encryption algorithms; none for another usage.
    pub const fn encryption(&self) -> &'static [EncryptionAlgorithmSpec] {
        if let Self::Encryption(algorithms) = self { algorithms } else { &[] }
    }

    /// The signing algorithms; none for another usage.
    pub const fn signing(&self) -> &'static [SigningAlgorithmSpec] {
        if let Self::Signing(algorithms) = self { algorithms } else { &[] }
    }

    /// The MAC algorithms; none for another usage.
    pub const fn mac(&self) -> &'static [MacAlgorithmSpec] {
        if let Self::Mac(algorithms) = self { algorithms } else { &[] }
    }

    /// The key agreement algorithms; none for another usage.
    pub const fn agreement(&self) -> &'static [KeyAgreementAlgorithmSpec] {
        if let Self::Agreement(algorithms) = self { algorithms } else { &[] }
    }

    /// The encapsulation algorithms; none for another usage.
    pub const fn encapsulation(&self) -> &'static [EncapsulationAlgorithmSpec] {
        if let Self::Encapsulation(algorithms) = self { algorithms } else { &[] }
    }
}

/// One key spec, as one group of Regions defines it.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name in the API.
    pub spec: KeySpec,
    /// Which Regions offer it.
    pub offer: Offer,
    /// What kind of KMS key it makes.
    pub key_type: KeyType,
    /// What its secret bytes are.
    pub material: MaterialKind,
    /// One entry for each valid usage.
    pub usages: &'static [Algorithms],
}

impl Row {
    /// The usage of a `CreateKey` request that names none; only symmetric encryption keys have one.
    pub fn default_usage(&self) -> Option<KeyUsageType> {
        (self.key_type == KeyType::Symmetric).then_some(KeyUsageType::EncryptDecrypt)
    }

    /// Whether a host may know a faster way to generate such a key than the core does.
    pub fn is_slow_to_generate(&self) -> bool {
        matches!(self.material.family(), Family::Rsa(_))
    }

    /// The algorithms of this spec with this usage; `None` if the usage is not valid for the spec.
    pub fn algorithms(&self, usage: KeyUsageType) -> Option<&'static Algorithms> {
        self.usages.iter().find(|algorithms| algorithms.usage() == usage)
    }

    /// The longest plaintext of one `Encrypt` call in bytes; `None` if the spec does not have the algorithm
    /// (P4-39..P4-41).
    pub fn max_plaintext(&self, algorithm: EncryptionAlgorithmSpec) -> Option<usize> {
        let valid = self.algorithms(KeyUsageType::EncryptDecrypt)?.encryption();
        valid.contains(&algorithm).then_some(())?;
        match (self.material.family(), rsa_encryption(algorithm)) {
            (Family::Rsa(bits), Some(rsa::Encryption::Oaep(hash))) => Some(bits / 8 - 2 * hash.length() - 2),
            (Family::Sm2, _) => Some(MAX_SM2_PLAINTEXT),
            _ => Some(MAX_SYMMETRIC_PLAINTEXT),
        }
    }
}

/// What `Message` must be in a `Sign` or `Verify` request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageForm {
    /// A message of any length that the API takes.
    Message,
    /// A digest of exactly this many bytes.
    Digest(usize),
    /// The algorithm does not take this message type.
    Refused,
}

impl MessageForm {
    /// Whether a message of this length may be signed.
    pub const fn admits(self, message: &[u8]) -> bool {
        match self {
            Self::Message => true,
            Self::Digest(length) => message.len() == length,
            Self::Refused => false,
        }
    }
}

/// What `Message` must be for this algorithm and message type (`Sign` in the API reference): Ed25519 takes only
/// messages, Ed25519ph only digests, and ML-DSA both messages and its message representative.
pub const fn message_form(algorithm: SigningAlgorithmSpec, message_type: MessageType) -> MessageForm {
    use MessageType::{Digest, ExternalMu, Raw};
    use SigningAlgorithmSpec as S;
    match (algorithm, message_type) {
        (S::MlDsaShake256, ExternalMu) => MessageForm::Digest(64),
        (S::Ed25519Sha512 | S::MlDsaShake256, Digest) | (_, ExternalMu) | (S::Ed25519PhSha512, Raw) => {
            MessageForm::Refused
        }
        (_, Raw) => MessageForm::Message,
        (_, Digest) => MessageForm::Digest(signing_hash(algorithm).length()),
    }
}

/// The hash that a signing algorithm names; for ML-DSA that of the same strength.
pub const fn signing_hash(algorithm: SigningAlgorithmSpec) -> Hash {
    use SigningAlgorithmSpec as S;
    match algorithm {
        S::RsassaPssSha256 | S::RsassaPkcs1V15Sha256 | S::EcdsaSha256 => Hash::Sha256,
        S::RsassaPssSha384 | S::RsassaPkcs1V15Sha384 | S::EcdsaSha384 => Hash::Sha384,
        S::Sm2dsa => Hash::Sm3,
        _ => Hash::Sha512,
    }
}

/// The RSA signature scheme behind an API name.
pub const fn rsa_signature(algorithm: SigningAlgorithmSpec) -> Option<rsa::Signature> {
    use SigningAlgorithmSpec as S;
    match algorithm {
        S::RsassaPssSha256 => Some(rsa::Signature::Pss(Hash::Sha256)),
        S::RsassaPssSha384 => Some(rsa::Signature::Pss(Hash::Sha384)),
        S::RsassaPssSha512 => Some(rsa::Signature::Pss(Hash::Sha512)),
        S::RsassaPkcs1V15Sha256 => Some(rsa::Signature::Pkcs1v15(Hash::Sha256)),
        S::RsassaPkcs1V15Sha384 => Some(rsa::Signature::Pkcs1v15(Hash::Sha384)),
        S::RsassaPkcs1V15Sha512 => Some(rsa::Signature::Pkcs1v15(Hash::Sha512)),
        _ => None,
    }
}

/// The EdDSA variant behind an API name.
pub const fn edwards_signature(algorithm: SigningAlgorithmSpec) -> Option<edwards::Signature> {
    match algorithm {
        SigningAlgorithmSpec::Ed25519Sha512 => Some(edwards::Signature::Ed25519),
        SigningAlgorithmSpec::Ed25519PhSha512 => Some(edwards::Signature::Ed25519ph),
        _ => None,
    }
}

/// The RSA encryption scheme behind an API name.
pub const fn rsa_encryption(algorithm: EncryptionAlgorithmSpec) -> Option<rsa::Encryption> {
    match algorithm {
        EncryptionAlgorithmSpec::RsaesOaepSha1 => Some(rsa::Encryption::Oaep(Hash::Sha1)),
        EncryptionAlgorithmSpec::RsaesOaepSha256 => Some(rsa::Encryption::Oaep(Hash::Sha256)),
        EncryptionAlgorithmSpec::SymmetricDefault | EncryptionAlgorithmSpec::Sm2pke => None,
    }
}

/// The hash behind the API name of a MAC algorithm.
pub const fn mac_hash(algorithm: MacAlgorithmSpec) -> Hash {
    match algorithm {
        MacAlgorithmSpec::HmacSha224 => Hash::Sha224,
        MacAlgorithmSpec::HmacSha256 => Hash::Sha256,
        MacAlgorithmSpec::HmacSha384 => Hash::Sha384,
        MacAlgorithmSpec::HmacSha512 => Hash::Sha512,
    }
}

/// Whether keys of this material may sign with this algorithm.
pub fn signs(material: MaterialKind, algorithm: SigningAlgorithmSpec) -> bool {
    let rows = TABLE.iter().filter(|row| row.material == material);
    rows.flat_map(|row| row.usages).any(|algorithms| algorithms.signing().contains(&algorithm))
}

/// The key spec that makes key pairs of a data key pair spec.
pub const fn key_spec(pair: DataKeyPairSpec) -> KeySpec {
    match pair {
        DataKeyPairSpec::Rsa2048 => KeySpec::Rsa2048,
        DataKeyPairSpec::Rsa3072 => KeySpec::Rsa3072,
        DataKeyPairSpec::Rsa4096 => KeySpec::Rsa4096,
        DataKeyPairSpec::EccNistP256 => KeySpec::EccNistP256,
        DataKeyPairSpec::EccNistP384 => KeySpec::EccNistP384,
        DataKeyPairSpec::EccNistP521 => KeySpec::EccNistP521,
        DataKeyPairSpec::EccSecgP256k1 => KeySpec::EccSecgP256k1,
        DataKeyPairSpec::Sm2 => KeySpec::Sm2,
        DataKeyPairSpec::EccNistEdwards25519 => KeySpec::EccNistEdwards25519,
        DataKeyPairSpec::MlKem512 => KeySpec::MlKem512,
        DataKeyPairSpec::MlKem768 => KeySpec::MlKem768,
        DataKeyPairSpec::MlKem1024 => KeySpec::MlKem1024,
    }
}

/// The type of the keys of a spec: the same wherever it is offered.
pub(crate) fn key_type(spec: KeySpec) -> Option<KeyType> {
    TABLE.iter().find(|row| row.spec == spec).map(|row| row.key_type)
}

/// The row of a key spec in the Regions of a partition; `None` if they do not offer it.
pub fn row(spec: KeySpec, partition: Partition) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.spec == spec && row.offer.includes(partition))
}

const SYMMETRIC: Algorithms = Algorithms::Encryption(&[EncryptionAlgorithmSpec::SymmetricDefault]);
const RSAES: Algorithms =
    Algorithms::Encryption(&[EncryptionAlgorithmSpec::RsaesOaepSha1, EncryptionAlgorithmSpec::RsaesOaepSha256]);
const RSASSA: Algorithms = Algorithms::Signing(&[
    SigningAlgorithmSpec::RsassaPkcs1V15Sha256,
    SigningAlgorithmSpec::RsassaPkcs1V15Sha384,
    SigningAlgorithmSpec::RsassaPkcs1V15Sha512,
    SigningAlgorithmSpec::RsassaPssSha256,
    SigningAlgorithmSpec::RsassaPssSha384,
    SigningAlgorithmSpec::RsassaPssSha512,
]);
const ECDSA_SHA_256: Algorithms = Algorithms::Signing(&[SigningAlgorithmSpec::EcdsaSha256]);
const ECDSA_SHA_384: Algorithms = Algorithms::Signing(&[SigningAlgorithmSpec::EcdsaSha384]);
const ECDSA_SHA_512: Algorithms = Algorithms::Signing(&[SigningAlgorithmSpec::EcdsaSha512]);
const HMAC_SHA_224: Algorithms = Algorithms::Mac(&[MacAlgorithmSpec::HmacSha224]);
const HMAC_SHA_256: Algorithms = Algorithms::Mac(&[MacAlgorithmSpec::HmacSha256]);
const HMAC_SHA_384: Algorithms = Algorithms::Mac(&[MacAlgorithmSpec::HmacSha384]);
const HMAC_SHA_512: Algorithms = Algorithms::Mac(&[MacAlgorithmSpec::HmacSha512]);
const ECDH: Algorithms = Algorithms::Agreement(&[KeyAgreementAlgorithmSpec::Ecdh]);

const SM2PKE: Algorithms = Algorithms::Encryption(&[EncryptionAlgorithmSpec::Sm2pke]);
const SM2DSA: Algorithms = Algorithms::Signing(&[SigningAlgorithmSpec::Sm2dsa]);
const EDDSA: Algorithms =
    Algorithms::Signing(&[SigningAlgorithmSpec::Ed25519Sha512, SigningAlgorithmSpec::Ed25519PhSha512]);
const ML_DSA: Algorithms = Algorithms::Signing(&[SigningAlgorithmSpec::MlDsaShake256]);
const ML_KEM: Algorithms = Algorithms::Encapsulation(&[EncapsulationAlgorithmSpec::MlKem]);

/// Writes [`TABLE`] in columns.
macro_rules! rows {
    ($($spec:ident $offer:ident $key_type:ident $material:ident [$($usage:expr),+])+) => {
        /// Every key spec. A spec that means one thing in China and another elsewhere has two rows.
        pub static TABLE: &[Row] = &[$(Row {
            spec: KeySpec::$spec,
            offer: Offer::$offer,
            key_type: KeyType::$key_type,
            material: MaterialKind::$material,
            usages: &[$($usage),+],
        }),+];
    };
}

// spec                 offered       key type    material     algorithms of each usage
rows! {
    SymmetricDefault    OutsideChina  Symmetric   Aes256       [SYMMETRIC]
    SymmetricDefault    ChinaOnly     Symmetric   Sm4          [SYMMETRIC]
    Hmac224             Everywhere    Hmac        HmacSha224   [HMAC_SHA_224]
    Hmac256             Everywhere    Hmac        HmacSha256   [HMAC_SHA_256]
    Hmac384             Everywhere    Hmac        HmacSha384   [HMAC_SHA_384]
    Hmac512             Everywhere    Hmac        HmacSha512   [HMAC_SHA_512]
    Rsa2048             Everywhere    Asymmetric  Rsa2048      [RSAES, RSASSA]
    Rsa3072             Everywhere    Asymmetric  Rsa3072      [RSAES, RSASSA]
    Rsa4096             Everywhere    Asymmetric  Rsa4096      [RSAES, RSASSA]
    EccNistP256         Everywhere    Asymmetric  P256         [ECDSA_SHA_256, ECDH]
    EccNistP384         Everywhere    Asymmetric  P384         [ECDSA_SHA_384, ECDH]
    EccNistP521         Everywhere    Asymmetric  P521         [ECDSA_SHA_512, ECDH]
    EccSecgP256k1       Everywhere    Asymmetric  Secp256k1    [ECDSA_SHA_256]
    EccNistEdwards25519 Everywhere    Asymmetric  Ed25519      [EDDSA]
    MlDsa44             Everywhere    Asymmetric  MlDsa44      [ML_DSA]
    MlDsa65             Everywhere    Asymmetric  MlDsa65      [ML_DSA]
    MlDsa87             Everywhere    Asymmetric  MlDsa87      [ML_DSA]
    MlKem512            OutsideChina  Asymmetric  MlKem512     [ML_KEM]
    MlKem768            OutsideChina  Asymmetric  MlKem768     [ML_KEM]
    MlKem1024           OutsideChina  Asymmetric  MlKem1024    [ML_KEM]
    Sm2                 ChinaOnly     Asymmetric  Sm2          [SM2PKE, SM2DSA, ECDH]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aws(spec: KeySpec) -> &'static Row {
        row(spec, Partition::Aws).unwrap()
    }

    #[test]
    fn a_key_spec_means_one_thing_in_a_partition() {
        for partition in [Partition::Aws, Partition::AwsCn] {
            for spec in KeySpec::ALL {
                let rows = TABLE.iter().filter(|row| row.spec == *spec && row.offer.includes(partition));
                assert!(rows.count() <= 1, "{spec:?} in {partition:?}");
            }
        }
    }

    #[test]
    fn only_symmetric_encryption_keys_have_a_default_usage() {
        for row in TABLE {
            let symmetric = row.spec == KeySpec::SymmetricDefault;
            assert_eq!(row.default_usage(), symmetric.then_some(KeyUsageType::EncryptDecrypt));
        }
    }

    #[test]
    fn every_key_spec_of_the_api_stands_in_the_table() {
        for spec in KeySpec::ALL {
            assert!(TABLE.iter().any(|row| row.spec == *spec), "{spec:?}");
        }
    }

    #[test]
    fn china_regions_have_sm2_and_sm4_and_no_ml_kem() {
        let china = |spec| row(spec, Partition::AwsCn);
        assert_eq!(china(KeySpec::SymmetricDefault).unwrap().material, MaterialKind::Sm4);
        assert_eq!(aws(KeySpec::SymmetricDefault).material, MaterialKind::Aes256);
        assert_eq!(china(KeySpec::Sm2).unwrap().usages.len(), 3);
        assert_eq!(row(KeySpec::Sm2, Partition::Aws), None);
        assert_eq!(china(KeySpec::MlKem768), None);
        assert!(china(KeySpec::Rsa2048).is_some());
    }

    #[test]
    fn ed25519_takes_messages_and_ed25519ph_takes_digests() {
        let form = |algorithm| [MessageType::Raw, MessageType::Digest].map(|of| message_form(algorithm, of));
        assert_eq!(form(SigningAlgorithmSpec::Ed25519Sha512), [MessageForm::Message, MessageForm::Refused]);
        assert_eq!(form(SigningAlgorithmSpec::Ed25519PhSha512), [MessageForm::Refused, MessageForm::Digest(64)]);
    }

    #[test]
    fn only_ml_dsa_takes_an_external_mu_and_it_takes_no_digest() {
        let ml_dsa = |of| message_form(SigningAlgorithmSpec::MlDsaShake256, of);
        assert_eq!(ml_dsa(MessageType::Raw), MessageForm::Message);
        assert_eq!(ml_dsa(MessageType::ExternalMu), MessageForm::Digest(64));
        assert_eq!(ml_dsa(MessageType::Digest), MessageForm::Refused);
        for algorithm in SigningAlgorithmSpec::ALL.iter().filter(|a| **a != SigningAlgorithmSpec::MlDsaShake256) {
            assert_eq!(message_form(*algorithm, MessageType::ExternalMu), MessageForm::Refused);
        }
    }

    #[test]
    fn no_usage_stands_twice_in_a_row() {
        for row in TABLE {
            for (at, algorithms) in row.usages.iter().enumerate() {
                assert!(row.usages[..at].iter().all(|earlier| earlier.usage() != algorithms.usage()), "{row:?}");
            }
        }
    }

    #[test]
    fn rsa_plaintexts_are_limited_as_the_guide_says() {
        // The table under P4-40.
        let limits = [(KeySpec::Rsa2048, 214, 190), (KeySpec::Rsa3072, 342, 318), (KeySpec::Rsa4096, 470, 446)];
        for (spec, sha_1, sha_256) in limits {
            assert_eq!(aws(spec).max_plaintext(EncryptionAlgorithmSpec::RsaesOaepSha1), Some(sha_1));
            assert_eq!(aws(spec).max_plaintext(EncryptionAlgorithmSpec::RsaesOaepSha256), Some(sha_256));
            assert_eq!(aws(spec).max_plaintext(EncryptionAlgorithmSpec::SymmetricDefault), None);
        }
    }

    #[test]
    fn a_curve_has_the_one_signing_algorithm_of_its_size() {
        // The table under P4-51.
        let pairs = [
            (KeySpec::EccNistP256, SigningAlgorithmSpec::EcdsaSha256),
            (KeySpec::EccNistP384, SigningAlgorithmSpec::EcdsaSha384),
            (KeySpec::EccNistP521, SigningAlgorithmSpec::EcdsaSha512),
            (KeySpec::EccSecgP256k1, SigningAlgorithmSpec::EcdsaSha256),
        ];
        for (spec, algorithm) in pairs {
            assert_eq!(aws(spec).algorithms(KeyUsageType::SignVerify).unwrap().signing(), [algorithm]);
        }
    }

    #[test]
    fn secp256k1_keys_only_sign() {
        assert_eq!(aws(KeySpec::EccSecgP256k1).algorithms(KeyUsageType::KeyAgreement), None);
        assert_eq!(aws(KeySpec::EccSecgP256k1).algorithms(KeyUsageType::EncryptDecrypt), None);
    }

    #[test]
    fn a_data_key_pair_spec_has_the_name_of_its_key_spec() {
        for pair in DataKeyPairSpec::ALL {
            assert_eq!(pair.as_str(), key_spec(*pair).as_str());
        }
    }

    #[test]
    fn a_digest_is_as_long_as_its_signing_algorithm_says() {
        let form = |algorithm| message_form(algorithm, MessageType::Digest);
        assert_eq!(form(SigningAlgorithmSpec::RsassaPssSha256), MessageForm::Digest(32));
        assert_eq!(form(SigningAlgorithmSpec::RsassaPkcs1V15Sha384), MessageForm::Digest(48));
        assert_eq!(form(SigningAlgorithmSpec::EcdsaSha512), MessageForm::Digest(64));
    }
}
