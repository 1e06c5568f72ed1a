//! A simulated Nitro enclave: it makes attestation documents under a test root, and opens the answers to them.
//!
//! The host that runs the world can read all of its secrets, and no real KMS trusts its documents. It is for tests of
//! programs that run in enclaves, and of key policies that require enclaves.

mod authority;
mod measurements;
mod spec;

pub use authority::Authority;
pub(crate) use authority::Issue;
pub use measurements::Measurements;

use std::fmt;

use crate::{
    attestation::{self, Document, Platform},
    crypto::{CryptoError, CryptoProvider, curve, random::Random, rsa},
    time::Time,
    wire::SecretBytes,
};

/// The description of an enclave.
#[derive(Clone, Debug)]
pub struct Spec {
    /// An enclave, or an instance with NitroTPM.
    pub platform: Platform,
    /// The values of its registers.
    pub measurements: Measurements,
    /// The length of its RSA key in bits: 2,048 to 4,096.
    pub rsa_bits: usize,
}

impl Default for Spec {
    /// An enclave in debug mode, whose registers are all zero.
    fn default() -> Self {
        Self { platform: Platform::NitroEnclave, measurements: Measurements::default(), rsa_bits: 2048 }
    }
}

/// What an enclave asks the hypervisor to put into a document.
#[derive(Clone, Debug, Default)]
pub struct Attested {
    /// The key that answers are to be encrypted with.
    pub public_key: Option<Vec<u8>>,
    /// Up to 1,024 bytes.
    pub user_data: Option<Vec<u8>>,
    /// Up to 1,024 bytes.
    pub nonce: Option<Vec<u8>>,
}

/// Why an enclave refuses a request of its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// It has no RSA key of the length that its description names, and cannot start.
    Key,
    /// Its public key cannot be written; this never happens to a generated key.
    PublicKey,
    /// A document cannot bear this date: it must be after the beginning of 1970.
    Date,
    /// The ciphertext was not sealed for this enclave.
    Foreign,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "the enclave has no RSA key of the length that its description names",
            Self::PublicKey => "the public key of the enclave cannot be written",
            Self::Date => "an attestation document must be dated after the beginning of 1970",
            Self::Foreign => "this is not a CiphertextForRecipient for this enclave",
        })
    }
}

impl std::error::Error for Failure {}

impl From<CryptoError> for Failure {
    /// While an enclave starts, cryptography fails only because there is no such key.
    fn from(_: CryptoError) -> Self {
        Self::Key
    }
}

/// An enclave with its own RSA key.
pub struct Enclave {
    authority: Authority,
    signer: Box<dyn curve::PrivateKey>,
    key: Box<dyn rsa::PrivateKey>,
    pkcs8: SecretBytes,
    spec: Spec,
    module_id: String,
    random: Random,
}

impl Enclave {
    /// Starts an enclave whose documents `authority` vouches for. Everything random comes from `entropy`.
    ///
    /// # Errors
    /// [`Failure`] when KMS has no RSA keys of this length.
    pub fn start(
        spec: Spec,
        authority: Authority,
        provider: &CryptoProvider,
        entropy: &[u8; 32],
    ) -> Result<Self, Failure> {
        let mut random = Random::from_entropy(entropy).stream("enclave key");
        let pkcs8 = provider.new_rsa_key(spec.rsa_bits, &mut random)?;
        Self::with_key(spec, pkcs8, authority, provider, entropy)
    }

    /// The same with an RSA key that exists: PKCS #8 in DER.
    ///
    /// # Errors
    /// [`Failure`] when it is not an RSA key of the length that `spec` names.
    pub fn with_key(
        spec: Spec,
        pkcs8: SecretBytes,
        authority: Authority,
        provider: &CryptoProvider,
        entropy: &[u8; 32],
    ) -> Result<Self, Failure> {
        let random = Random::from_entropy(entropy);
        let key = provider.rsa.load(&pkcs8)?;
        if key.modulus_bits() != spec.rsa_bits {
            return Err(Failure::Key);
        }
        let signer = provider.curve.generate(curve::NamedCurve::P384, &mut random.stream("enclave signer"))?;
        let signer = provider.curve.load(curve::NamedCurve::P384, &signer)?;
        let module_id = module_id(spec.platform, &mut random.stream("enclave id"));
        Ok(Self { authority, signer, key, pkcs8, spec, module_id, random })
    }

    /// The enclave's id.
    pub fn module_id(&self) -> &str {
        &self.module_id
    }

    /// The description that it was started with.
    pub const fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Its public key: `SubjectPublicKeyInfo` in DER.
    ///
    /// # Errors
    /// Never for a key that has been generated.
    pub fn public_key(&self) -> Result<Vec<u8>, Failure> {
        self.key.spki().map_err(|CryptoError| Failure::PublicKey)
    }

    /// Its private key: PKCS #8 in DER, for programs that open answers with another library.
    pub fn private_key(&self) -> &[u8] {
        &self.pkcs8
    }

    /// An attestation document with the enclave's public key, for `Recipient`.
    ///
    /// # Errors
    /// As for [`attest`](Self::attest).
    pub fn attestation_document(&self, now: Time) -> Result<Vec<u8>, Failure> {
        self.attest(now, Attested { public_key: Some(self.public_key()?), ..Attested::default() })
    }

    /// An attestation document made at this instant; its certificates are valid for three hours from then on.
    ///
    /// # Errors
    /// [`Failure`] when `now` is not after the beginning of 1970.
    pub fn attest(&self, now: Time, attested: Attested) -> Result<Vec<u8>, Failure> {
        self.document(now, attested).map_err(|CryptoError| Failure::Date)
    }

    fn document(&self, now: Time, attested: Attested) -> Result<Vec<u8>, CryptoError> {
        let mut random = self.random.stream(&format!("attestation {now}"));
        let (certificate, cabundle) = self.authority.vouch(&self.module_id, &self.signer.spki()?, now, &mut random)?;
        let document = Document {
            platform: self.spec.platform,
            module_id: self.module_id.clone(),
            timestamp: u64::try_from(now.millis()).ok().filter(|millis| *millis > 0).ok_or(CryptoError)?,
            pcrs: self.spec.measurements.registers(self.spec.platform),
            certificate,
            cabundle,
            public_key: attested.public_key,
            user_data: attested.user_data,
            nonce: attested.nonce,
        };
        attestation::sign(&document.write(), &*self.signer, &mut random)
    }

    /// Opens `CiphertextForRecipient`.
    ///
    /// # Errors
    /// [`Failure`] when it is not sealed for this enclave.
    pub fn open(&self, ciphertext_for_recipient: &[u8]) -> Result<SecretBytes, Failure> {
        let opened = attestation::open(&*self.key, ciphertext_for_recipient, &mut self.random.stream("blinding"));
        opened.map_err(|CryptoError| Failure::Foreign)
    }
}

impl fmt::Debug for Enclave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Enclave({})", self.module_id)
    }
}

/// An id as real ones are: the instance's, and behind it the enclave's or that of the instance's only TPM.
fn module_id(platform: Platform, random: &mut Random) -> String {
    let instance = u128::from_be_bytes(random.array()) >> 60;
    match platform {
        Platform::NitroEnclave => format!("i-{instance:017x}-enc{:016x}", u64::from_be_bytes(random.array())),
        Platform::NitroTpm => format!("i-{instance:017x}-tpm{:016x}", 0),
    }
}

#[cfg(test)]
mod tests;
