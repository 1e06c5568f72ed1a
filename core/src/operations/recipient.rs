//! `Recipient`: a caller that attests to what it is, and an answer that it alone can read (P6-95, P6-96).

use super::Execution;
use crate::{
    attestation::{self, Attestation, Trust},
    crypto::{CryptoProvider, rsa},
    error::Error,
    time::Time,
    wire::{SecretBytes, Seen, Typed},
};

/// The shortest and the longest RSA key that an answer is encrypted with, in bits.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// What a request says about its recipient: nothing, or an attestation document, which may not be valid.
pub(crate) struct Recipient(Option<Box<Result<Attestation, Error>>>);

/// The two members of a reply of which one is there.
pub(super) struct Disclosed {
    pub(super) plaintext: Option<SecretBytes>,
    pub(super) ciphertext_for_recipient: Option<Vec<u8>>,
}

impl Recipient {
    /// Verifies the document of a request at the call's time.
    pub(crate) fn of(request: &dyn Typed, now: Time, trust: &Trust, provider: &CryptoProvider) -> Self {
        Self(match request.member("Recipient") {
            Some(Seen::Structure(info)) => Some(Box::new(attested(info, now, trust, provider))),
            _ => None,
        })
    }

    /// The document, when it is valid: what condition keys and audit records tell of (P6-105).
    pub(crate) fn attestation(&self) -> Option<&Attestation> {
        self.0.as_deref().and_then(|attested| attested.as_ref().ok())
    }
}

fn attested(info: &dyn Typed, now: Time, trust: &Trust, provider: &CryptoProvider) -> Result<Attestation, Error> {
    // The only algorithm that there is need not be named (OBS-18, a decision); the shape admits no other.
    let Some(Seen::Bytes(document)) = info.member("AttestationDocument") else {
        return Err(Error::recipient_without_document());
    };
    Attestation::verify(document, now, trust, provider)
        .map_err(|invalid| Error::attestation_document(&invalid.to_string()))
}

impl Execution<'_> {
    /// The key for the answer; `None` when the request has no recipient. A document that is not valid ends the call.
    pub(super) fn recipient_key(&self) -> Result<Option<Box<dyn rsa::PublicKey>>, Error> {
        let Some(attested) = self.recipient.0.as_deref() else { return Ok(None) };
        let attestation = attested.as_ref().map_err(Clone::clone)?;
        let spki = attestation.public_key().ok_or_else(|| Error::attestation_document("it has no public key"))?;
        let key = self.provider.rsa.load_public(spki).ok().filter(|key| MODULUS_BITS.contains(&key.modulus_bits()));
        let key =
            key.ok_or_else(|| Error::attestation_document("its public key is not an RSA key of 2048 to 4096 bits"))?;
        Ok(Some(key))
    }

    /// The plaintext for the caller as it is, or sealed for the recipient.
    pub(super) fn answer(
        &mut self,
        recipient: Option<&dyn rsa::PublicKey>,
        plaintext: SecretBytes,
    ) -> Result<Disclosed, Error> {
        let Some(key) = recipient else {
            return Ok(Disclosed { plaintext: Some(plaintext), ciphertext_for_recipient: None });
        };
        let sealed = attestation::seal(key, &plaintext, &mut self.random.stream("answer for recipient"));
        let sealed = sealed.map_err(|_| Error::attestation_document("its public key does not encrypt"))?;
        Ok(Disclosed { plaintext: None, ciphertext_for_recipient: Some(sealed) })
    }
}
