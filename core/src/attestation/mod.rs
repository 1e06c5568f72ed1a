//! Attestation documents of Nitro Enclaves and NitroTPM, and the answer that only their sender can read.
//!
//! A document is a COSE_Sign1 message in CBOR whose payload names the platform's measurements and a public key, signed
//! by a certificate of the Nitro attestation PKI (P6-89 to P6-100). It is verified at the time of the call, against
//! the [roots that the host trusts](Trust). The real PKI does not sign for a simulation: that has a root of its own.

mod cbor;
mod certificate;
mod chain;
mod cose;
mod document;
mod envelope;
mod trust;

pub use document::Pcrs;
pub use envelope::{open, seal};
pub use trust::Trust;

pub(crate) use certificate::{
    BASIC_CONSTRAINTS, BasicConstraints, Extension, KEY_USAGE, TbsCertificate, Time as CertificateTime, VERSION,
    Validity, ecdsa_with_sha384,
};
pub(crate) use cose::sign;
pub(crate) use document::{Document, is_pcr_length};

use std::fmt;

use crate::{crypto::CryptoProvider, text::hex, time::Time};

/// What attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Platform {
    /// A Nitro enclave.
    NitroEnclave,
    /// An EC2 instance with NitroTPM.
    NitroTpm,
}

/// A document that has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attestation {
    platform: Platform,
    module_id: String,
    timestamp: u64,
    pcrs: Pcrs,
    public_key: Option<Vec<u8>>,
    user_data: Option<Vec<u8>>,
    nonce: Option<Vec<u8>>,
}

/// Why a document is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invalid {
    /// It is not a COSE_Sign1 message in CBOR.
    Encoding,
    /// The headers of the message say something other than ES384 alone.
    Header,
    /// A field is missing, repeated, unknown or out of its bounds.
    Field,
    /// A certificate cannot be read, or is not of the kind that this PKI has.
    Certificate,
    /// The path does not begin with a root that is trusted.
    Root,
    /// A certificate has expired, or is not valid yet.
    Validity,
    /// The certificates do not make a path to the one that signed the document.
    Chain,
    /// The signature is not that of the signing certificate.
    Signature,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoding => "it is not a COSE_Sign1 message in CBOR",
            Self::Header => "its headers must say ES384 and nothing else",
            Self::Field => "a field is missing, repeated, unknown or out of its bounds",
            Self::Certificate => "a certificate cannot be read",
            Self::Root => "its root certificate is not trusted",
            Self::Validity => "a certificate has expired or is not valid yet",
            Self::Chain => "its certificates do not lead from the root to the signer",
            Self::Signature => "its signature does not verify",
        })
    }
}

impl std::error::Error for Invalid {}

impl Attestation {
    /// Verifies a document at this instant.
    ///
    /// # Errors
    /// [`Invalid`] says why the document is not believed; the bytes may be anything.
    pub fn verify(document: &[u8], now: Time, trust: &Trust, provider: &CryptoProvider) -> Result<Self, Invalid> {
        let message = cose::Sign1::read(document)?;
        let document = Document::read(message.payload)?;
        let key = chain::verify(&document, now, trust, provider)?;
        message.verify(&*key)?;
        let Document { platform, module_id, timestamp, pcrs, public_key, user_data, nonce, .. } = document;
        Ok(Self { platform, module_id, timestamp, pcrs, public_key, user_data, nonce })
    }

    /// What attests.
    pub const fn platform(&self) -> Platform {
        self.platform
    }

    /// The id of the enclave, or of the instance and its TPM.
    pub fn module_id(&self) -> &str {
        &self.module_id
    }

    /// When the document was made, by the clock of its maker.
    pub fn timestamp(&self) -> Time {
        Time::from_millis(i64::try_from(self.timestamp).unwrap_or(i64::MAX))
    }

    /// The platform configuration registers.
    pub const fn pcrs(&self) -> &Pcrs {
        &self.pcrs
    }

    /// The key that answers are to be encrypted with: `SubjectPublicKeyInfo` in DER, if the maker kept to the rules.
    pub fn public_key(&self) -> Option<&[u8]> {
        self.public_key.as_deref()
    }

    /// Data of the maker's choice, which the signature covers.
    pub fn user_data(&self) -> Option<&[u8]> {
        self.user_data.as_deref()
    }

    /// A value that a verifier gave the maker, against replays.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// The digest of an enclave's image, which is PCR0 (P3-149), in hexadecimal.
    pub fn image_digest(&self) -> Option<String> {
        self.measurement(Platform::NitroEnclave, 0)
    }

    /// A register of this platform in hexadecimal, the form in which policies and audit records have it (P6-109).
    pub fn measurement(&self, platform: Platform, index: u8) -> Option<String> {
        let value = self.pcrs.get(&index).filter(|_| platform == self.platform)?;
        Some(hex::encode(value))
    }

    /// The members of `additionalEventData.recipient` in audit records (P6-113, P6-114; NitroTPM: 'Monitoring requests
    /// for NitroTPM' of the KMS guide), in order.
    pub fn audit_members(&self) -> Vec<(String, String)> {
        let mut members = vec![("attestationDocumentModuleId".to_owned(), self.module_id.clone())];
        let (prefix, indexes): (_, &[u8]) = match self.platform {
            Platform::NitroEnclave => ("attestationDocumentEnclavePCR", &[1, 2, 3, 4, 8]),
            Platform::NitroTpm => ("attestationDocumentNitroTPMPCR", &[4, 7, 8, 9, 16, 23]),
        };
        members.extend(self.image_digest().map(|digest| ("attestationDocumentEnclaveImageDigest".to_owned(), digest)));
        for index in indexes {
            let value = self.measurement(self.platform, *index);
            members.extend(value.map(|value| (format!("{prefix}{index}"), value)));
        }
        members
    }
}
