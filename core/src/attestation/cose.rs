//! The envelope of an attestation document: COSE_Sign1 (RFC 9052, section 4.2) with ES384 and nothing else.

use der::{Decode, asn1::AnyRef};
use der::{Encode, Sequence, asn1::UintRef};

use super::{
    Invalid,
    cbor::{Reader, Writer},
};
use crate::crypto::{CryptoError, curve, hash::Hash, opaque, random::Random};

/// The CBOR tag of COSE_Sign1.
const TAG: u64 = 18;
/// The protected header, `{1: -35}`: the algorithm is ES384.
const PROTECTED: [u8; 4] = [0xa1, 0x01, 0x38, 0x22];
/// Names the structure over which the signature is made.
const CONTEXT: &str = "Signature1";
/// Length of `r` and of `s`, in bytes.
const SCALAR_LENGTH: usize = 48;
/// The longest payload, in bytes (attestation process, section 3.1).
const MAX_PAYLOAD: usize = 16_384;

/// A parsed message whose signature is not verified yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign1<'a> {
    pub(super) payload: &'a [u8],
    signature: &'a [u8],
}

/// RFC 3279, section 2.2.3.
#[derive(Sequence)]
struct EcdsaSigValue<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

impl<'a> Sign1<'a> {
    /// Parses a message. It may bear its tag; its unprotected header must be empty.
    pub(super) fn read(message: &'a [u8]) -> Result<Self, Invalid> {
        let mut reader = Reader::new(message);
        if reader.tagged_array(TAG)? != 4 {
            return Err(Invalid::Encoding);
        }
        if reader.bytes()? != PROTECTED || reader.map()? != 0 {
            return Err(Invalid::Header);
        }
        let (payload, signature) = (reader.bytes()?, reader.bytes()?);
        reader.end()?;
        if payload.len() > MAX_PAYLOAD || signature.len() != 2 * SCALAR_LENGTH {
            return Err(Invalid::Encoding);
        }
        Ok(Self { payload, signature })
    }

    /// Verifies the signature with the key of the signing certificate.
    pub(super) fn verify(&self, key: &dyn curve::PublicKey) -> Result<(), Invalid> {
        let digest = Hash::Sha384.digest(&signed_bytes(self.payload));
        let signature = to_der(self.signature).map_err(|_| Invalid::Signature)?;
        if key.verify(digest.as_ref(), &signature) { Ok(()) } else { Err(Invalid::Signature) }
    }
}

/// Signs a payload, as the Nitro hypervisor would.
pub(crate) fn sign(payload: &[u8], key: &dyn curve::PrivateKey, random: &mut Random) -> Result<Vec<u8>, CryptoError> {
    let digest = Hash::Sha384.digest(&signed_bytes(payload));
    let signature = from_der(&key.sign(digest.as_ref(), random)?)?;
    let mut writer = Writer::new();
    writer.array(4);
    writer.bytes(&PROTECTED);
    writer.map(0);
    writer.bytes(payload);
    writer.bytes(&signature);
    Ok(writer.into_bytes())
}

/// The `Sig_structure` of RFC 9052, section 4.4, without external data.
fn signed_bytes(payload: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(4);
    writer.text(CONTEXT);
    writer.bytes(&PROTECTED);
    writer.bytes(&[]);
    writer.bytes(payload);
    writer.into_bytes()
}

/// A signature of COSE (`r` and `s` side by side) in the form of X.509.
fn to_der(signature: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let (r, s) = signature.split_at_checked(SCALAR_LENGTH).ok_or(CryptoError)?;
    let value = EcdsaSigValue { r: UintRef::new(r).map_err(opaque)?, s: UintRef::new(s).map_err(opaque)? };
    value.to_der().map_err(opaque)
}

/// The other way round.
fn from_der(signature: &[u8]) -> Result<[u8; 2 * SCALAR_LENGTH], CryptoError> {
    let value = AnyRef::from_der(signature).and_then(AnyRef::decode_as::<EcdsaSigValue<'_>>).map_err(opaque)?;
    let mut both = [0; 2 * SCALAR_LENGTH];
    for (half, scalar) in both.chunks_exact_mut(SCALAR_LENGTH).zip([value.r.as_bytes(), value.s.as_bytes()]) {
        let start = SCALAR_LENGTH.checked_sub(scalar.len()).ok_or(CryptoError)?;
        half[start..].copy_from_slice(scalar);
    }
    Ok(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_signature_say_the_same() {
        let mut signature = [0x91; 96];
        signature[..3].copy_from_slice(&[0, 0, 1]);
        signature[48] = 0x7f;
        assert_eq!(from_der(&to_der(&signature).unwrap()).unwrap(), signature);
    }

    #[test]
    fn another_algorithm_and_unprotected_headers_are_refused() {
        let message = |protected: &[u8], unprotected: usize| {
            let mut writer = Writer::new();
            writer.array(4);
            writer.bytes(protected);
            writer.map(unprotected);
            for _ in 0..unprotected {
                writer.unsigned(4);
                writer.bytes(b"kid");
            }
            writer.bytes(b"payload");
            writer.bytes(&[1; 96]);
            writer.into_bytes()
        };
        assert!(Sign1::read(&message(&PROTECTED, 0)).is_ok());
        // {1: -7} is ES256.
        assert_eq!(Sign1::read(&message(&[0xa1, 0x01, 0x26], 0)).unwrap_err(), Invalid::Header);
        assert_eq!(Sign1::read(&message(&PROTECTED, 1)).unwrap_err(), Invalid::Header);
        let tagged = [&[0xd2][..], &message(&PROTECTED, 0)].concat();
        assert!(Sign1::read(&tagged).is_ok());
        let tagged_twice = [&[0xd2][..], &tagged].concat();
        assert_eq!(Sign1::read(&tagged_twice).unwrap_err(), Invalid::Encoding);
        let followed = [message(&PROTECTED, 0), vec![0]].concat();
        assert_eq!(Sign1::read(&followed).unwrap_err(), Invalid::Encoding);
    }
}
