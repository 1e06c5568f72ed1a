//! `CiphertextForRecipient`: CMS EnvelopedData (RFC 5652, section 6) for one RSA key, in the very form of AWS.
//!
//! AWS writes BER: every structure that encloses the content has indefinite length. `ContentInfo`, `EnvelopedData` and
//! `EncryptedContentInfo` are open that way, and the content is one octet string in a constructed `[0]`. The recipient
//! is named by the SHA-256 of its `SubjectPublicKeyInfo`; its key travels with RSAES-OAEP, SHA-256 and MGF1 with
//! SHA-256 written out; the content is AES-256-CBC.

use zeroize::Zeroizing;

use crate::crypto::{
    CryptoError,
    asn1::element,
    cbc::{self, IV_LENGTH, KEY_LENGTH},
    hash::Hash,
    opaque,
    random::Random,
    rsa::{self, Encryption},
};
use crate::wire::SecretBytes;

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// `[0]`, primitive: the identifier of the recipient.
const KEY_IDENTIFIER: u8 = 0x80;
/// `[0]`, constructed.
const CONTENT: u8 = 0xa0;
/// Says that the length is not known; [`END`] closes what it opens.
const INDEFINITE: u8 = 0x80;
const END: [u8; 2] = [0, 0];
/// How many structures are open around the content: ContentInfo, its `[0]`, EnvelopedData, EncryptedContentInfo, `[0]`.
const OPEN: usize = 5;

/// 1.2.840.113549.1.7.3, id-envelopedData.
const ENVELOPED_DATA: [u8; 11] = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3];
/// 1.2.840.113549.1.7.1, id-data.
const DATA: [u8; 11] = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
/// Both versions are 2: the recipient is named by its key (RFC 5652, sections 6.1 and 6.2.1).
const VERSION: [u8; 3] = [INTEGER, 1, 2];
/// AlgorithmIdentifier of RSAES-OAEP (RFC 4055, section 4.1) with SHA-256 for both hashes.
const OAEP: [u8; 62] = [
    SEQUENCE, 60, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 7, // id-RSAES-OAEP
    SEQUENCE, 47, 0xa0, 15, SEQUENCE, 13, 0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, // id-sha256
    0xa1, 28, SEQUENCE, 26, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8, // id-mgf1
    SEQUENCE, 13, 0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, // id-sha256
];
/// AlgorithmIdentifier of AES-256-CBC (RFC 3565, section 2.2) up to the initialization vector.
const AES_256_CBC: [u8; 15] = [SEQUENCE, 29, 0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 42, OCTET_STRING, 16];

/// Encrypts for one recipient.
///
/// # Errors
/// When the key refuses to encrypt 32 bytes with RSAES-OAEP.
pub fn seal(recipient: &dyn rsa::PublicKey, plaintext: &[u8], random: &mut Random) -> Result<Vec<u8>, CryptoError> {
    let key: Zeroizing<[u8; KEY_LENGTH]> = Zeroizing::new(random.array());
    let iv: [u8; IV_LENGTH] = random.array();
    let encrypted_key = recipient.encrypt(Encryption::Oaep(Hash::Sha256), key.as_slice(), random)?;
    let identifier = Hash::Sha256.digest(&recipient.spki()?);
    let key_identifier = element(KEY_IDENTIFIER, identifier.as_ref());
    let encrypted_key = element(OCTET_STRING, &encrypted_key);
    let recipient_info = element(SEQUENCE, &[&VERSION[..], &key_identifier, &OAEP, &encrypted_key].concat());
    let content = element(OCTET_STRING, &cbc::encrypt(&key, &iv, plaintext));
    let mut envelope = vec![SEQUENCE, INDEFINITE];
    envelope.extend_from_slice(&ENVELOPED_DATA);
    envelope.extend_from_slice(&[CONTENT, INDEFINITE, SEQUENCE, INDEFINITE]);
    envelope.extend_from_slice(&VERSION);
    envelope.extend_from_slice(&element(SET, &recipient_info));
    envelope.extend_from_slice(&[SEQUENCE, INDEFINITE]);
    envelope.extend_from_slice(&DATA);
    envelope.extend_from_slice(&AES_256_CBC);
    envelope.extend_from_slice(&iv);
    envelope.extend_from_slice(&[CONTENT, INDEFINITE]);
    envelope.extend_from_slice(&content);
    envelope.extend_from_slice(&END.repeat(OPEN));
    Ok(envelope)
}

/// Opens what [`seal`] or AWS has sealed for this key. It reads no other form.
///
/// # Errors
/// When it is for another key, or not what was sealed.
pub fn open(recipient: &dyn rsa::PrivateKey, envelope: &[u8], random: &mut Random) -> Result<SecretBytes, CryptoError> {
    let mut rest = Rest(envelope);
    rest.expect(&[SEQUENCE, INDEFINITE])?;
    rest.expect(&ENVELOPED_DATA)?;
    rest.expect(&[CONTENT, INDEFINITE, SEQUENCE, INDEFINITE])?;
    rest.expect(&VERSION)?;
    let mut infos = Rest(rest.element(SET)?);
    let encrypted_key = read_recipient_info(infos.element(SEQUENCE)?, recipient)?;
    infos.end()?;
    rest.expect(&[SEQUENCE, INDEFINITE])?;
    rest.expect(&DATA)?;
    rest.expect(&AES_256_CBC)?;
    let iv = rest.take(IV_LENGTH)?.try_into().map_err(opaque)?;
    rest.expect(&[CONTENT, INDEFINITE])?;
    let content = rest.element(OCTET_STRING)?;
    rest.expect(&END.repeat(OPEN))?;
    rest.end()?;
    let key = recipient.decrypt(Encryption::Oaep(Hash::Sha256), encrypted_key, random)?;
    let key: Zeroizing<[u8; KEY_LENGTH]> = Zeroizing::new(key.as_slice().try_into().map_err(opaque)?);
    cbc::decrypt(&key, iv, content)
}

/// The encrypted key, when it is for this recipient.
fn read_recipient_info<'a>(info: &'a [u8], recipient: &dyn rsa::PrivateKey) -> Result<&'a [u8], CryptoError> {
    let mut info = Rest(info);
    info.expect(&VERSION)?;
    if info.element(KEY_IDENTIFIER)? != Hash::Sha256.digest(&recipient.spki()?).as_ref() {
        return Err(CryptoError);
    }
    info.expect(&OAEP)?;
    let encrypted_key = info.element(OCTET_STRING)?;
    info.end()?;
    Ok(encrypted_key)
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], CryptoError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(CryptoError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn expect(&mut self, bytes: &[u8]) -> Result<(), CryptoError> {
        if self.take(bytes.len())? == bytes { Ok(()) } else { Err(CryptoError) }
    }

    /// The content of an element of definite length.
    fn element(&mut self, tag: u8) -> Result<&'a [u8], CryptoError> {
        self.expect(&[tag])?;
        let &[first] = self.take(1)? else { return Err(CryptoError) };
        let length = match first {
            short if short < 0x80 => usize::from(short),
            0x81..=0x83 => {
                let bytes = self.take(usize::from(first - 0x80))?;
                bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))
            }
            _ => return Err(CryptoError),
        };
        self.take(length)
    }

    const fn end(&self) -> Result<(), CryptoError> {
        if self.0.is_empty() { Ok(()) } else { Err(CryptoError) }
    }
}
