//! ECDSA and ECDH over the NIST curves from AWS-LC.

use super::{Drawing, PURE, opaque};
use aws_lc_rs::agreement::{self, UnparsedPublicKey, agree};
use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::encoding::{AsBigEndian, AsDer, EcPrivateKeyBin, PublicKeyX509Der};
use aws_lc_rs::signature::{
    self, EcdsaKeyPair, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm, KeyPair, ParsedPublicKey,
};
use pkcs8::der::Decode;
use pkcs8::der::asn1::ObjectIdentifier;
use pkcs8::{AlgorithmIdentifierRef, PrivateKeyInfoRef, SubjectPublicKeyInfoRef};
use pocket_kms::crypto::CryptoError;
use pocket_kms::crypto::curve::{Curves, NamedCurve, PrivateKey, PublicKey};
use pocket_kms::crypto::random::Random;
use pocket_kms::wire::SecretBytes;
use std::sync::OnceLock;

/// RFC 5480, section 2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// First byte of a point with both coordinates (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// A curve as AWS-LC has it, with the one hash that KMS pairs with it.
struct Curve {
    /// RFC 5480, section 2.1.1.1.
    name: ObjectIdentifier,
    signing: &'static EcdsaSigningAlgorithm,
    verification: &'static EcdsaVerificationAlgorithm,
    digest: &'static digest::Algorithm,
    agreement: &'static agreement::Algorithm,
}

static P256: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
    signing: &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
    verification: &signature::ECDSA_P256_SHA256_ASN1,
    digest: &digest::SHA256,
    agreement: &agreement::ECDH_P256,
};
static P384: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.3.132.0.34"),
    signing: &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
    verification: &signature::ECDSA_P384_SHA384_ASN1,
    digest: &digest::SHA384,
    agreement: &agreement::ECDH_P384,
};
static P521: Curve = Curve {
    name: ObjectIdentifier::new_unwrap("1.3.132.0.35"),
    signing: &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
    verification: &signature::ECDSA_P521_SHA512_ASN1,
    digest: &digest::SHA512,
    agreement: &agreement::ECDH_P521,
};

/// The curve, unless the pure-Rust provider is the faster one.
fn native(curve: NamedCurve) -> Option<&'static Curve> {
    match curve {
        NamedCurve::P256 => Some(&P256),
        NamedCurve::P384 => Some(&P384),
        NamedCurve::P521 => Some(&P521),
        NamedCurve::Secp256k1 => None,
    }
}

impl Curves for Drawing {
    fn generate(&self, curve: NamedCurve, random: &mut Random) -> Result<SecretBytes, CryptoError> {
        let Some(native) = native(curve) else { return PURE.curve.generate(curve, random) };
        let document = EcdsaKeyPair::generate(native.signing).and_then(|key| key.to_pkcs8v1()).map_err(opaque)?;
        Ok(SecretBytes::new(document.as_ref().to_vec()))
    }

    fn load(&self, curve: NamedCurve, pkcs8: &[u8]) -> Result<Box<dyn PrivateKey>, CryptoError> {
        let Some(native) = native(curve) else { return PURE.curve.load(curve, pkcs8) };
        if !native.is_named(&PrivateKeyInfoRef::from_der(pkcs8).map_err(opaque)?.algorithm) {
            return Err(CryptoError);
        }
        let signing = EcdsaKeyPair::from_pkcs8(native.signing, pkcs8).map_err(opaque)?;
        let public: PublicKeyX509Der<'_> = signing.public_key().as_der().map_err(opaque)?;
        let public = Public::parse(curve, native, public.as_ref())?.ok_or(CryptoError)?;
        Ok(Box::new(Private { signing, agreeing: OnceLock::new(), public }))
    }

    fn load_public(&self, curve: NamedCurve, spki: &[u8]) -> Result<Box<dyn PublicKey>, CryptoError> {
        let Some(native) = native(curve) else { return PURE.curve.load_public(curve, spki) };
        match Public::parse(curve, native, spki)? {
            Some(key) => Ok(Box::new(key)),
            // A compressed point, which has to be uncompressed.
            None => PURE.curve.load_public(curve, spki),
        }
    }
}

impl Curve {
    /// Whether a key is on this curve and names it: AWS-LC also takes explicit parameters.
    fn is_named(&self, algorithm: &AlgorithmIdentifierRef<'_>) -> bool {
        algorithm.oids().is_ok_and(|oids| oids == (EC, Some(self.name)))
    }

    /// The point in a `SubjectPublicKeyInfo` of this curve, in any form.
    fn point<'a>(&self, spki: &'a [u8]) -> Result<&'a [u8], CryptoError> {
        let info = SubjectPublicKeyInfoRef::from_der(spki).map_err(opaque)?;
        let point = info.subject_public_key.as_bytes().ok_or(CryptoError)?;
        if self.is_named(&info.algorithm) { Ok(point) } else { Err(CryptoError) }
    }
}

struct Public {
    curve: NamedCurve,
    native: &'static Curve,
    key: ParsedPublicKey,
    spki: Vec<u8>,
}

impl Public {
    /// The key; `None` if its point is compressed.
    fn parse(curve: NamedCurve, native: &'static Curve, spki: &[u8]) -> Result<Option<Self>, CryptoError> {
        let point = native.point(spki)?;
        if point.first() != Some(&UNCOMPRESSED) {
            return Ok(None);
        }
        let key = ParsedPublicKey::new(native.verification, point).map_err(opaque)?;
        Ok(Some(Self { curve, native, key, spki: spki.to_vec() }))
    }
}

impl PublicKey for Public {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        Ok(self.spki.clone())
    }

    fn verify(&self, digest: &[u8], signature: &[u8]) -> bool {
        match Digest::import_less_safe(digest, self.native.digest) {
            Ok(digest) => self.key.verify_digest_sig(&digest, signature).is_ok(),
            // KMS pairs each curve with one hash.
            Err(_) => PURE.curve.load_public(self.curve, &self.spki).is_ok_and(|key| key.verify(digest, signature)),
        }
    }
}

struct Private {
    signing: EcdsaKeyPair,
    /// The same key in the form that key agreement needs, made at the first use.
    agreeing: OnceLock<Option<agreement::PrivateKey>>,
    public: Public,
}

impl Private {
    fn agreeing(&self) -> Option<agreement::PrivateKey> {
        let scalar: EcPrivateKeyBin<'_> = self.signing.private_key().as_be_bytes().ok()?;
        agreement::PrivateKey::from_private_key(self.public.native.agreement, scalar.as_ref()).ok()
    }
}

impl PublicKey for Private {
    fn spki(&self) -> Result<Vec<u8>, CryptoError> {
        self.public.spki()
    }

    fn verify(&self, digest: &[u8], signature: &[u8]) -> bool {
        self.public.verify(digest, signature)
    }
}

impl PrivateKey for Private {
    fn sign(&self, digest: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        if let Ok(digest) = Digest::import_less_safe(digest, self.public.native.digest) {
            return Ok(self.signing.sign_digest(&digest).map_err(opaque)?.as_ref().to_vec());
        }
        // KMS pairs each curve with one hash.
        let pkcs8 = self.signing.to_pkcs8v1().map_err(opaque)?;
        PURE.curve.load(self.public.curve, pkcs8.as_ref())?.sign(digest, random)
    }

    fn agree(&self, peer: &[u8]) -> Result<SecretBytes, CryptoError> {
        let native = self.public.native;
        let point = native.point(peer)?;
        if !matches!(point.first(), Some(2 | 3 | &UNCOMPRESSED)) {
            return Err(CryptoError);
        }
        let key = self.agreeing.get_or_init(|| self.agreeing()).as_ref().ok_or(CryptoError)?;
        agree(key, UnparsedPublicKey::new(native.agreement, point), CryptoError, |secret| {
            Ok(SecretBytes::new(secret.to_vec()))
        })
    }
}
