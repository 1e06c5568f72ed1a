//! A test root in the place of the Nitro attestation PKI.

use std::{fmt, sync::Arc, time::Duration};

use der::{
    Decode, Encode, Sequence, ValueOrd,
    asn1::{
        AnyRef, BitStringRef, GeneralizedTime, IntRef, ObjectIdentifier, OctetStringRef, SetOfVec, UtcTime,
        Utf8StringRef,
    },
};

use crate::{
    attestation::{
        BASIC_CONSTRAINTS, BasicConstraints, CertificateTime, Extension, KEY_USAGE, TbsCertificate, VERSION, Validity,
        ecdsa_with_sha384,
    },
    crypto::{CryptoError, CryptoProvider, curve, opaque, random::Random},
    time::{Span, Time},
};

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// The subject of the root; the real one's is `aws.nitro-enclaves`.
const ROOT_NAME: &str = "pocket-kms.nitro-enclaves";
/// The latest end of a certificate's validity (RFC 5280, section 4.1.2.5).
const FOREVER: Time = Time::from_millis(253_402_300_799_000);
/// The first instant that a `GeneralizedTime` is needed for.
const YEAR_2050: Time = Time::from_millis(2_524_608_000_000);
/// How long a certificate that the root signs is valid.
const LIFETIME: Span = Span::from_millis(3 * 3_600_000);
/// A certificate is valid from a little earlier on than it is made.
const LEAD: i64 = 3_000;

/// A root certificate and its key, with an instance's between it and its enclaves. Clones share them.
#[derive(Clone)]
pub struct Authority(Arc<Keys>);

struct Keys {
    root: Box<dyn curve::PrivateKey>,
    instance: Box<dyn curve::PrivateKey>,
    certificate: Vec<u8>,
}

/// One certificate to be issued.
pub(crate) struct Issue<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) spki: &'a [u8],
    pub(crate) from: Time,
    pub(crate) to: Time,
    /// How many issuers may follow; `None` for a key that signs documents.
    pub(crate) path_length: Option<u8>,
    /// More extensions, which are not critical: their ids and values.
    pub(crate) more: &'a [(ObjectIdentifier, Vec<u8>)],
}

/// RFC 5280, section 4.1.2.4.
#[derive(Sequence, ValueOrd)]
struct Attribute<'a> {
    kind: ObjectIdentifier,
    value: Utf8StringRef<'a>,
}

impl Authority {
    /// The authority of this entropy.
    ///
    /// # Errors
    /// Never with a provider that keeps to its contract.
    pub fn new(provider: &CryptoProvider, entropy: &[u8; 32]) -> Result<Self, CryptoError> {
        let random = Random::from_entropy(entropy);
        let key = |label: &str| {
            let pkcs8 = provider.curve.generate(curve::NamedCurve::P384, &mut random.stream(label))?;
            provider.curve.load(curve::NamedCurve::P384, &pkcs8)
        };
        let (root, instance) = (key("root key")?, key("instance key")?);
        let issue = Issue {
            issuer: ROOT_NAME,
            subject: ROOT_NAME,
            spki: &root.spki()?,
            from: Time::from_millis(0),
            to: FOREVER,
            path_length: Some(1),
            more: &[],
        };
        let certificate = issue.sign(&*root, &mut random.stream("root certificate"))?;
        Ok(Self(Arc::new(Keys { root, instance, certificate })))
    }

    /// The root certificate, DER.
    pub fn root(&self) -> &[u8] {
        &self.0.certificate
    }

    /// A certificate for a key that signs documents, and its issuers, the root first.
    pub(super) fn vouch(
        &self,
        module_id: &str,
        spki: &[u8],
        now: Time,
        random: &mut Random,
    ) -> Result<(Vec<u8>, Vec<Vec<u8>>), CryptoError> {
        let instance = module_id.rsplit_once('-').map_or(module_id, |(instance, _)| instance);
        let (from, to) = (Time::from_millis(now.millis().saturating_sub(LEAD).max(0)), now.after(LIFETIME));
        let instance_spki = self.0.instance.spki()?;
        let more = &[][..];
        let issuer =
            Issue { issuer: ROOT_NAME, subject: instance, spki: &instance_spki, from, to, path_length: Some(0), more };
        let signer = Issue { issuer: instance, subject: module_id, spki, from, to, path_length: None, more };
        let issuer = issuer.sign(&*self.0.root, random)?;
        let signer = signer.sign(&*self.0.instance, random)?;
        Ok((signer, vec![self.root().to_vec(), issuer]))
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authority")
    }
}

impl Issue<'_> {
    pub(crate) fn sign(&self, key: &dyn curve::PrivateKey, random: &mut Random) -> Result<Vec<u8>, CryptoError> {
        self.encode(key, random).map_err(opaque)?
    }

    /// The outer error says that the certificate cannot be written, the inner one that it cannot be signed.
    fn encode(&self, key: &dyn curve::PrivateKey, random: &mut Random) -> der::Result<Result<Vec<u8>, CryptoError>> {
        let (issuer, subject) = (name(self.issuer)?, name(self.subject)?);
        let constraints = BasicConstraints { ca: self.path_length.is_some(), path_length: self.path_length };
        let constraints = constraints.to_der()?;
        // keyCertSign, or digitalSignature (RFC 5280, section 4.2.1.3).
        let (unused, usage) = if self.path_length.is_some() { (2, [0x04]) } else { (7, [0x80]) };
        let usage = BitStringRef::new(unused, &usage)?.to_der()?;
        let mut extensions =
            vec![extension(BASIC_CONSTRAINTS, true, &constraints)?, extension(KEY_USAGE, true, &usage)?];
        for (id, value) in self.more {
            extensions.push(extension(*id, false, value)?);
        }
        // Positive, and different from certificate to certificate.
        let mut serial: [u8; 16] = random.array();
        serial[0] = serial[0] & 0x7f | 0x40;
        let certificate = TbsCertificate {
            version: VERSION,
            serial_number: IntRef::new(&serial)?,
            signature: ecdsa_with_sha384(),
            issuer: AnyRef::from_der(&issuer)?,
            validity: Validity { not_before: instant(self.from)?, not_after: instant(self.to)? },
            subject: AnyRef::from_der(&subject)?,
            subject_public_key_info: AnyRef::from_der(self.spki)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(extensions),
        };
        Ok(certificate.sign(key, random))
    }
}

fn extension(id: ObjectIdentifier, critical: bool, value: &[u8]) -> der::Result<Extension<'_>> {
    Ok(Extension { id, critical, value: OctetStringRef::new(value)? })
}

/// A name with a common name alone.
fn name(common_name: &str) -> der::Result<Vec<u8>> {
    let attribute = Attribute { kind: COMMON_NAME, value: Utf8StringRef::new(common_name)? };
    vec![SetOfVec::try_from([attribute])?].to_der()
}

/// UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, section 4.1.2.5).
fn instant(time: Time) -> der::Result<CertificateTime> {
    let since = Duration::from_secs(u64::try_from(time.millis() / 1000).unwrap_or(0));
    if time < YEAR_2050 {
        UtcTime::from_unix_duration(since).map(CertificateTime::Utc)
    } else {
        GeneralizedTime::from_unix_duration(since).map(CertificateTime::Generalized)
    }
}
