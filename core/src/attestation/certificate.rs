//! The certificates of the Nitro attestation PKI: X.509 (RFC 5280) with P-384 keys, signed with ECDSA and SHA-384.

use der::{
    Choice, Decode, Encode, Reader, Sequence, SliceReader,
    asn1::{AnyRef, BitStringRef, GeneralizedTime, IntRef, ObjectIdentifier, OctetStringRef, UtcTime},
};
use spki::AlgorithmIdentifierRef;

use super::Invalid;
use crate::{
    crypto::{CryptoError, CryptoProvider, curve, hash::Hash, opaque, random::Random},
    time,
};

const ECDSA_WITH_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
pub(crate) const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
pub(crate) const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
/// Version 3, as it is written.
pub(crate) const VERSION: u8 = 2;
/// The places of the two key usages that matter (RFC 5280, section 4.2.1.3).
const DIGITAL_SIGNATURE: usize = 0;
const KEY_CERT_SIGN: usize = 5;

/// RFC 5280, section 4.1: the part of a certificate that is signed.
#[derive(Sequence)]
pub(crate) struct TbsCertificate<'a> {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", default = "Default::default")]
    pub(crate) version: u8,
    pub(crate) serial_number: IntRef<'a>,
    pub(crate) signature: AlgorithmIdentifierRef<'a>,
    pub(crate) issuer: AnyRef<'a>,
    pub(crate) validity: Validity,
    pub(crate) subject: AnyRef<'a>,
    pub(crate) subject_public_key_info: AnyRef<'a>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) issuer_unique_id: Option<BitStringRef<'a>>,
    #[asn1(context_specific = "2", tag_mode = "IMPLICIT", optional = "true")]
    pub(crate) subject_unique_id: Option<BitStringRef<'a>>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    pub(crate) extensions: Option<Vec<Extension<'a>>>,
}

#[derive(Clone, Copy, Sequence)]
pub(crate) struct Validity {
    pub(crate) not_before: Time,
    pub(crate) not_after: Time,
}

#[derive(Clone, Copy, Choice)]
pub(crate) enum Time {
    #[asn1(type = "UTCTime")]
    Utc(UtcTime),
    #[asn1(type = "GeneralizedTime")]
    Generalized(GeneralizedTime),
}

#[derive(Sequence)]
pub(crate) struct Extension<'a> {
    pub(crate) id: ObjectIdentifier,
    #[asn1(default = "Default::default")]
    pub(crate) critical: bool,
    pub(crate) value: &'a OctetStringRef,
}

#[derive(Clone, Copy, Default, Sequence)]
pub(crate) struct BasicConstraints {
    #[asn1(default = "Default::default")]
    pub(crate) ca: bool,
    #[asn1(optional = "true")]
    pub(crate) path_length: Option<u8>,
}

/// What the extensions of a certificate allow.
#[derive(Clone, Copy, Default)]
pub(super) struct Constraints {
    /// Whether the subject may issue certificates.
    pub(super) ca: bool,
    /// How many certificates of issuers may follow.
    pub(super) path_length: Option<u8>,
    /// Whether the key may sign certificates.
    pub(super) signs_certificates: bool,
    /// Whether the key may sign anything else.
    pub(super) signs_documents: bool,
}

/// A parsed certificate whose signature is not verified yet.
pub(super) struct Certificate<'a> {
    /// The bytes that are signed.
    signed: &'a [u8],
    signature: &'a [u8],
    issuer: AnyRef<'a>,
    subject: AnyRef<'a>,
    subject_public_key_info: AnyRef<'a>,
    validity: Validity,
    pub(super) constraints: Constraints,
}

impl<'a> Certificate<'a> {
    /// Parses a certificate.
    pub(super) fn read(certificate: &'a [u8]) -> Result<Self, Invalid> {
        let (signed, algorithm, signature) = outer(certificate).map_err(|_| Invalid::Certificate)?;
        let inner = TbsCertificate::from_der(signed).map_err(|_| Invalid::Certificate)?;
        let signature = signature.as_bytes().ok_or(Invalid::Certificate)?;
        if inner.version != VERSION || algorithm != ecdsa_with_sha384() || inner.signature != algorithm {
            return Err(Invalid::Certificate);
        }
        Ok(Self {
            signed,
            signature,
            issuer: inner.issuer,
            subject: inner.subject,
            subject_public_key_info: inner.subject_public_key_info,
            validity: inner.validity,
            constraints: Constraints::read(inner.extensions.as_deref().unwrap_or_default())?,
        })
    }

    /// The subject's key.
    pub(super) fn key(&self, provider: &CryptoProvider) -> Result<Box<dyn curve::PublicKey>, Invalid> {
        let spki = self.subject_public_key_info.to_der().map_err(|_| Invalid::Certificate)?;
        provider.curve.load_public(curve::NamedCurve::P384, &spki).map_err(|_| Invalid::Certificate)
    }

    /// Whether the certificate is valid at this instant; both ends belong to the period.
    pub(super) fn is_valid_at(&self, now: time::Time) -> bool {
        let now = now.millis().div_euclid(1000);
        self.validity.not_before.seconds() <= now && now <= self.validity.not_after.seconds()
    }

    /// Whether the certificate names `issuer` as its issuer and bears its signature.
    pub(super) fn is_issued_by(&self, issuer: &Self, key: &dyn curve::PublicKey) -> bool {
        let digest = Hash::Sha384.digest(self.signed);
        self.issuer == issuer.subject && key.verify(digest.as_ref(), self.signature)
    }
}

/// The three parts of a certificate.
fn outer(certificate: &[u8]) -> der::Result<(&[u8], AlgorithmIdentifierRef<'_>, BitStringRef<'_>)> {
    let mut reader = SliceReader::new(certificate)?;
    let parts =
        reader.sequence(|reader| Ok::<_, der::Error>((reader.tlv_bytes()?, reader.decode()?, reader.decode()?)))?;
    reader.finish()?;
    Ok(parts)
}

/// The algorithm of every signature of this PKI.
pub(crate) const fn ecdsa_with_sha384() -> AlgorithmIdentifierRef<'static> {
    AlgorithmIdentifierRef { oid: ECDSA_WITH_SHA384, parameters: None }
}

impl Time {
    /// Seconds since the epoch.
    fn seconds(self) -> i64 {
        let since = match self {
            Self::Utc(time) => time.to_unix_duration(),
            Self::Generalized(time) => time.to_unix_duration(),
        };
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }
}

impl Constraints {
    /// Reads the extensions that matter; others must not be critical (RFC 5280, section 4.2).
    fn read(extensions: &[Extension<'_>]) -> Result<Self, Invalid> {
        let (mut basic, mut usage) = (None, None);
        for extension in extensions {
            let value = extension.value.as_bytes();
            let repeated = match extension.id {
                BASIC_CONSTRAINTS => basic.replace(BasicConstraints::from_der(value)).is_some(),
                KEY_USAGE => usage.replace(BitStringRef::from_der(value)).is_some(),
                _ => extension.critical,
            };
            if repeated {
                return Err(Invalid::Certificate);
            }
        }
        let basic = basic.transpose().map_err(|_| Invalid::Certificate)?.unwrap_or_default();
        let usage = usage.transpose().map_err(|_| Invalid::Certificate)?;
        let uses = |place| usage.and_then(|usage| usage.get(place)).unwrap_or(false);
        Ok(Self {
            ca: basic.ca,
            path_length: basic.path_length,
            signs_certificates: uses(KEY_CERT_SIGN),
            signs_documents: uses(DIGITAL_SIGNATURE),
        })
    }
}

impl TbsCertificate<'_> {
    /// Signs, which makes a certificate of it.
    pub(crate) fn sign(&self, key: &dyn curve::PrivateKey, random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        #[derive(Sequence)]
        struct Signed<'a> {
            tbs_certificate: AnyRef<'a>,
            signature_algorithm: AlgorithmIdentifierRef<'a>,
            signature: BitStringRef<'a>,
        }

        let signed = self.to_der().map_err(opaque)?;
        let signature = key.sign(Hash::Sha384.digest(&signed).as_ref(), random)?;
        let certificate = Signed {
            tbs_certificate: AnyRef::from_der(&signed).map_err(opaque)?,
            signature_algorithm: ecdsa_with_sha384(),
            signature: BitStringRef::from_bytes(&signature).map_err(opaque)?,
        };
        certificate.to_der().map_err(opaque)
    }
}
