//! RSA from AWS-LC, which blinds every private operation itself.

use super::{Drawing, PURE, opaque};
use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{
    KeyPair, KeySize, OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepAlgorithm, OaepPrivateDecryptingKey,
    OaepPublicEncryptingKey, Pkcs1PublicEncryptingKey, PrivateDecryptingKey, PublicEncryptingKey,
};
use aws_lc_rs::signature::{self, ParsedPublicKey, RsaParameters, RsaSignatureEncoding};
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::hash::Hash;
use pocket_kms::crypto::random::Random;
use pocket_kms::crypto::rsa::{Encryption, PrivateKey, PublicKey, Rsa, Signature};
use pocket_kms::wire::SecretBytes;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Lengths of a modulus in bits: AWS-LC takes no shorter ones, the pure-Rust provider no longer ones.
const MODULUS: RangeInclusive<usize> = 2048..=4096;

impl Rsa for Drawing {
    fn generate(&self, modulus_bits: usize, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let size = match modulus_bits {
            2048 => KeySize::Rsa2048,
            3072 => KeySize::Rsa3072,
            4096 => KeySize::Rsa4096,
            _ => return PURE.rsa.generate(modulus_bits, random),
        };
        pkcs8(&KeyPair::generate(size).map_err(opaque)?)
    }

    fn load(&self, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        match Private::parse(pkcs8) {
            Some(key) => Ok(Box::new(key)),
            // Short moduli, or an encoding that AWS-LC does not know or would write otherwise.
            None => PURE.rsa.load(pkcs8),
        }
    }

    fn load_public(&self, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        match PublicEncryptingKey::from_der(spki).ok().and_then(Public::of) {
            Some(key) if key.spki == spki => Ok(Box::new(key)),
            // Short moduli, or an encoding that AWS-LC would write otherwise: it reads more than DER.
            _ => PURE.rsa.load_public(spki),
        }
    }
}

fn pkcs8(key: &KeyPair) -> Result<SecretBytes, CryptoError> {
    let document: Pkcs8V1Der<'_> = key.as_der().map_err(opaque)?;
    Ok(SecretBytes::new(document.as_ref().to_vec()))
}

struct Public {
    key: PublicEncryptingKey,
    spki: Vec<u8>,
    /// The key for each scheme of signatures, read at the first use: with what AWS-LC computes once for a modulus.
    verifying: [OnceLock<Option<ParsedPublicKey>>; SCHEMES.len()],
}

impl Public {
    fn of(key: PublicEncryptingKey) -> Option<Self> {
        let document: PublicKeyX509Der<'_> = key.as_der().ok()?;
        let spki = document.as_ref().to_vec();
        MODULUS.contains(&key.key_size_bits()).then_some(Self { key, spki, verifying: Default::default() })
    }

    /// The key for a scheme of signatures.
    fn verifying(&self, scheme: Signature) -> Option<&ParsedPublicKey> {
        let mut places = SCHEMES.iter().zip(&self.verifying);
        let ((_, parameters, _), place) = places.find(|((of, ..), _)| *of == scheme)?;
        place.get_or_init(|| ParsedPublicKey::new(*parameters, &self.spki).ok()).as_ref()
    }
}

impl PublicKey for Public {
    fn modulus_bits(&self) -> usize {
        self.key.key_size_bits()
    }

    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.spki.clone())
    }

    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], _random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        let mut ciphertext = vec![0; self.key.key_size_bytes()];
        match scheme {
            Encryption::Oaep(hash) => {
                let key = OaepPublicEncryptingKey::new(self.key.clone()).map_err(opaque)?;
                key.encrypt(oaep(hash)?, plaintext, &mut ciphertext, None)
            }
            Encryption::Pkcs1v15 => {
                let key = Pkcs1PublicEncryptingKey::new(self.key.clone()).map_err(opaque)?;
                key.encrypt(plaintext, &mut ciphertext)
            }
        }
        .map_err(opaque)?;
        Ok(ciphertext)
    }

    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool {
        let Some(key) = self.verifying(scheme) else { return false };
        imported(scheme.hash(), digest).is_some_and(|digest| key.verify_digest_sig(&digest, signature).is_ok())
    }
}

struct Private {
    signing: KeyPair,
    decrypting: OaepPrivateDecryptingKey,
    public: Public,
    /// The same key in the pure-Rust provider, loaded at the first use.
    pure: OnceLock<Option<Box<dyn PrivateKey>>>,
}

impl Private {
    fn parse(given: &[u8]) -> Option<Self> {
        let signing = KeyPair::from_pkcs8(given).ok().filter(|key| pkcs8(key).is_ok_and(|own| *own == given))?;
        let decrypting = PrivateDecryptingKey::from_pkcs8(given).ok()?;
        let public = Public::of(decrypting.public_key())?;
        let decrypting = OaepPrivateDecryptingKey::new(decrypting).ok()?;
        Some(Self { signing, decrypting, public, pure: OnceLock::new() })
    }

    fn pure(&self) -> Option<Box<dyn PrivateKey>> {
        PURE.rsa.load(&pkcs8(&self.signing).ok()?).ok()
    }
}

impl PublicKey for Private {
    fn modulus_bits(&self) -> usize {
        self.public.modulus_bits()
    }

    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.public.spki()
    }

    fn encrypt(&self, scheme: Encryption, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        self.public.encrypt(scheme, plaintext, random)
    }

    fn verify(&self, scheme: Signature, digest: &[u8], signature: &[u8]) -> bool {
        self.public.verify(scheme, digest, signature)
    }
}

impl PrivateKey for Private {
    fn decrypt(&self, scheme: Encryption, ciphertext: &[u8], random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let Encryption::Oaep(hash) = scheme else {
            // AWS-LC answers wrong padding with an error.
            let pure = self.pure.get_or_init(|| self.pure()).as_ref().ok_or(CryptoError)?;
            return pure.decrypt(scheme, ciphertext, random);
        };
        let mut plaintext = SecretBytes::new(vec![0; self.decrypting.min_output_size()]);
        let opened = self.decrypting.decrypt(oaep(hash)?, ciphertext, &mut plaintext, None);
        let length = opened.map_err(opaque)?.len();
        plaintext.truncate(length);
        Ok(plaintext)
    }

    fn sign(&self, scheme: Signature, digest: &[u8], _random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        let (.., encoding) = SCHEMES.iter().find(|(of, ..)| *of == scheme).ok_or(CryptoError)?;
        let digest = imported(scheme.hash(), digest).ok_or(CryptoError)?;
        let mut signature = vec![0; self.signing.public_modulus_len()];
        self.signing.sign_digest(*encoding, &digest, &mut signature).map_err(opaque)?;
        Ok(signature)
    }
}

fn oaep(hash: Hash) -> Result<&'static OaepAlgorithm, CryptoError> {
    match hash {
        Hash::Sha1 => Ok(&OAEP_SHA1_MGF1SHA1),
        Hash::Sha256 => Ok(&OAEP_SHA256_MGF1SHA256),
        _ => Err(CryptoError),
    }
}

/// A scheme of signatures, how it is verified and how it is signed.
type Scheme = (Signature, &'static RsaParameters, &'static RsaSignatureEncoding);

/// The salt of PSS is as long as the digest, in both.
const SCHEMES: [Scheme; 6] = [
    (Signature::Pss(Hash::Sha256), &signature::RSA_PSS_2048_8192_SHA256, &signature::RSA_PSS_SHA256),
    (Signature::Pss(Hash::Sha384), &signature::RSA_PSS_2048_8192_SHA384, &signature::RSA_PSS_SHA384),
    (Signature::Pss(Hash::Sha512), &signature::RSA_PSS_2048_8192_SHA512, &signature::RSA_PSS_SHA512),
    (Signature::Pkcs1v15(Hash::Sha256), &signature::RSA_PKCS1_2048_8192_SHA256, &signature::RSA_PKCS1_SHA256),
    (Signature::Pkcs1v15(Hash::Sha384), &signature::RSA_PKCS1_2048_8192_SHA384, &signature::RSA_PKCS1_SHA384),
    (Signature::Pkcs1v15(Hash::Sha512), &signature::RSA_PKCS1_2048_8192_SHA512, &signature::RSA_PKCS1_SHA512),
];

/// A digest that somebody else computed; it must have the length of the hash.
fn imported(hash: Hash, digest: &[u8]) -> Option<Digest> {
    let algorithm = match hash {
        Hash::Sha256 => &digest::SHA256,
        Hash::Sha384 => &digest::SHA384,
        Hash::Sha512 => &digest::SHA512,
        _ => return None,
    };
    Digest::import_less_safe(digest, algorithm).ok()
}
