//! ML-DSA and ML-KEM from AWS-LC.

use super::{Drawing, PURE, opaque};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::kem::{self, Ciphertext};
use aws_lc_rs::signature::{
    self, KeyPair, ParsedPublicKey, PqdsaKeyPair, PqdsaSigningAlgorithm, PqdsaVerificationAlgorithm,
};
use ml_kem::{MlKem512, MlKem768, MlKem1024};
use pkcs8::der::Decode;
use pkcs8::der::asn1::ObjectIdentifier;
use pkcs8::{DecodePrivateKey, PrivateKeyInfoRef, SubjectPublicKeyInfoRef};
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::lattice::{
    DecapsulationKey, DsaSet, Encapsulation, EncapsulationKey, KemSet, Message, MlDsa, MlKem, SigningKey, VerifyingKey,
};
use pocket_kms::crypto::random::Random;
use pocket_kms::wire::SecretBytes;
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// `[0] IMPLICIT OCTET STRING (SIZE (32))`: a private key that is its seed (RFC 9881, section 6).
const SEED: [u8; 2] = [0x80, 32];

/// A parameter set of ML-DSA as AWS-LC has it.
struct Dsa {
    /// RFC 9881, section 2.
    name: ObjectIdentifier,
    signing: &'static PqdsaSigningAlgorithm,
    verification: &'static PqdsaVerificationAlgorithm,
}

static ML_DSA_44: Dsa = Dsa {
    name: ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.17"),
    signing: &signature::ML_DSA_44_SIGNING,
    verification: &signature::ML_DSA_44,
};
static ML_DSA_65: Dsa = Dsa {
    name: ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.18"),
    signing: &signature::ML_DSA_65_SIGNING,
    verification: &signature::ML_DSA_65,
};
static ML_DSA_87: Dsa = Dsa {
    name: ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.19"),
    signing: &signature::ML_DSA_87_SIGNING,
    verification: &signature::ML_DSA_87,
};

fn dsa(set: DsaSet) -> &'static Dsa {
    match set {
        DsaSet::MlDsa44 => &ML_DSA_44,
        DsaSet::MlDsa65 => &ML_DSA_65,
        DsaSet::MlDsa87 => &ML_DSA_87,
    }
}

impl MlDsa for Drawing {
    fn generate(&self, set: DsaSet, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let seed = Zeroizing::new(random.array::<32>());
        let key = PqdsaKeyPair::from_seed(dsa(set).signing, &*seed).map_err(opaque)?;
        Ok(SecretBytes::new(key.to_pkcs8v1().map_err(opaque)?.as_ref().to_vec()))
    }

    fn load(&self, set: DsaSet, pkcs8: &[u8]) -> Result<Box<dyn SigningKey>, CryptoError> {
        let key = PqdsaKeyPair::from_seed(dsa(set).signing, dsa(set).seed(pkcs8)?).map_err(opaque)?;
        let spki: PublicKeyX509Der<'_> = key.public_key().as_der().map_err(opaque)?;
        let public = Public::parse(set, spki.as_ref())?;
        Ok(Box::new(Signer { key, public, pure: OnceLock::new() }))
    }

    fn load_public(&self, set: DsaSet, spki: &[u8]) -> Result<Box<dyn VerifyingKey>, CryptoError> {
        Ok(Box::new(Public::parse(set, spki)?))
    }
}

impl Dsa {
    /// The seed in a private key, the one form that the pure-Rust provider takes and that both write.
    fn seed<'a>(&self, pkcs8: &'a [u8]) -> Result<&'a [u8], CryptoError> {
        let info = PrivateKeyInfoRef::from_der(pkcs8).map_err(opaque)?;
        let seed = info.private_key.as_bytes().strip_prefix(&SEED).ok_or(CryptoError)?;
        let named = info.algorithm.oid == self.name && info.algorithm.parameters.is_none();
        if named { Ok(seed) } else { Err(CryptoError) }
    }
}

struct Public {
    set: DsaSet,
    key: ParsedPublicKey,
    spki: Vec<u8>,
}

impl Public {
    fn parse(set: DsaSet, spki: &[u8]) -> Result<Self, CryptoError> {
        let info = SubjectPublicKeyInfoRef::from_der(spki).map_err(opaque)?;
        if info.algorithm.oid != dsa(set).name || info.algorithm.parameters.is_some() {
            return Err(CryptoError);
        }
        let key = ParsedPublicKey::new(dsa(set).verification, bits(&info)?).map_err(opaque)?;
        Ok(Self { set, key, spki: spki.to_vec() })
    }
}

impl VerifyingKey for Public {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.spki.clone())
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        match message {
            Message::Text(text) => self.key.verify_sig(text, signature).is_ok(),
            // `aws-lc-rs` takes messages only.
            Message::Mu(_) => {
                PURE.ml_dsa.load_public(self.set, &self.spki).is_ok_and(|key| key.verify(message, signature))
            }
        }
    }
}

struct Signer {
    key: PqdsaKeyPair,
    public: Public,
    /// The same key in the pure-Rust provider, expanded at the first use.
    pure: OnceLock<Option<Box<dyn SigningKey>>>,
}

impl Signer {
    fn pure(&self) -> Option<Box<dyn SigningKey>> {
        PURE.ml_dsa.load(self.public.set, self.key.to_pkcs8v1().ok()?.as_ref()).ok()
    }
}

impl VerifyingKey for Signer {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.public.spki()
    }

    fn verify(&self, message: Message<'_>, signature: &[u8]) -> bool {
        self.public.verify(message, signature)
    }
}

impl SigningKey for Signer {
    fn sign(&self, message: Message<'_>, rnd: &[u8; 32]) -> Result<Vec<u8>, CryptoError> {
        match message {
            Message::Text(text) => {
                let mut signature = vec![0; self.key.algorithm().signature_len()];
                self.key.sign(text, &mut signature).map_err(opaque)?;
                Ok(signature)
            }
            // `aws-lc-rs` takes messages only.
            Message::Mu(_) => self.pure.get_or_init(|| self.pure()).as_ref().ok_or(CryptoError)?.sign(message, rnd),
        }
    }
}

fn kem(set: KemSet) -> &'static kem::Algorithm {
    match set {
        KemSet::MlKem512 => &kem::ML_KEM_512,
        KemSet::MlKem768 => &kem::ML_KEM_768,
        KemSet::MlKem1024 => &kem::ML_KEM_1024,
    }
}

impl MlKem for Drawing {
    // A key is 64 bytes of the given generator in an envelope; `aws-lc-rs` writes no seeds.
    fn generate(&self, set: KemSet, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        PURE.ml_kem.generate(set, random)
    }

    fn load(&self, set: KemSet, pkcs8: &[u8]) -> Result<Box<dyn DecapsulationKey>, CryptoError> {
        let spki = PURE.ml_kem.load(set, pkcs8)?.spki()?;
        let expanded = match set {
            KemSet::MlKem512 => expanded::<ml_kem::DecapsulationKey<MlKem512>>(pkcs8),
            KemSet::MlKem768 => expanded::<ml_kem::DecapsulationKey<MlKem768>>(pkcs8),
            KemSet::MlKem1024 => expanded::<ml_kem::DecapsulationKey<MlKem1024>>(pkcs8),
        }?;
        let key = kem::DecapsulationKey::new(kem(set), &expanded).map_err(opaque)?;
        Ok(Box::new(Decapsulator { key, public: Encapsulator::of(set, spki)? }))
    }

    fn load_public(&self, set: KemSet, spki: &[u8]) -> Result<Box<dyn EncapsulationKey>, CryptoError> {
        // The check of FIPS 203, section 7.2, which AWS-LC leaves to the encapsulation.
        Ok(Box::new(Encapsulator::of(set, PURE.ml_kem.load_public(set, spki)?.spki()?)?))
    }
}

/// A private key with everything that follows from its seed.
#[expect(deprecated, reason = "`aws-lc-rs` takes no seeds, only the form that they have replaced")]
fn expanded<K: DecodePrivateKey + ml_kem::ExpandedKeyEncoding>(pkcs8: &[u8]) -> Result<SecretBytes, CryptoError> {
    let key = K::from_pkcs8_der(pkcs8).map_err(opaque)?;
    Ok(SecretBytes::new(key.to_expanded_bytes().to_vec()))
}

struct Encapsulator {
    key: kem::EncapsulationKey,
    spki: Vec<u8>,
}

impl Encapsulator {
    fn of(set: KemSet, spki: Vec<u8>) -> Result<Self, CryptoError> {
        let info = SubjectPublicKeyInfoRef::from_der(&spki).map_err(opaque)?;
        let key = kem::EncapsulationKey::new(kem(set), bits(&info)?).map_err(opaque)?;
        Ok(Self { key, spki })
    }
}

impl EncapsulationKey for Encapsulator {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.spki.clone())
    }

    fn encapsulate(&self, _m: &[u8; 32]) -> Result<Encapsulation, CryptoError> {
        let (ciphertext, secret) = self.key.encapsulate().map_err(opaque)?;
        let shared_secret = SecretBytes::new(secret.as_ref().to_vec());
        Ok(Encapsulation { ciphertext: ciphertext.as_ref().to_vec(), shared_secret })
    }
}

struct Decapsulator {
    key: kem::DecapsulationKey,
    public: Encapsulator,
}

impl EncapsulationKey for Decapsulator {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.public.spki()
    }

    fn encapsulate(&self, m: &[u8; 32]) -> Result<Encapsulation, CryptoError> {
        self.public.encapsulate(m)
    }
}

impl DecapsulationKey for Decapsulator {
    fn decapsulate(&self, ciphertext: &[u8]) -> Result<SecretBytes, CryptoError> {
        let secret = self.key.decapsulate(Ciphertext::from(ciphertext)).map_err(opaque)?;
        Ok(SecretBytes::new(secret.as_ref().to_vec()))
    }
}

/// The key itself in a `SubjectPublicKeyInfo`.
fn bits<'a>(info: &SubjectPublicKeyInfoRef<'a>) -> Result<&'a [u8], CryptoError> {
    info.subject_public_key.as_bytes().ok_or(CryptoError)
}
