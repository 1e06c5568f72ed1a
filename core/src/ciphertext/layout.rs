//! The DER of a blob: the ContentInfo (RFC 5652) around its content.
//!
//! ```text
//! SEQUENCE                          ContentInfo
//!   OID encryptedData
//!   [0] SEQUENCE                    EncryptedData
//!     INTEGER 0
//!     SEQUENCE                      EncryptedContentInfo
//!       OID data
//!       SEQUENCE OID cipher, SEQUENCE OCTET STRING nonce, INTEGER 16    (RFC 5084, section 3.2)
//!       [0] content
//! ```
//!
//! Only lengths, the cipher and the nonce differ from blob to blob. The layout is small and fixed, so it is written by
//! hand: an encoder that knows all of DER takes a seventh of the time of a call that encrypts a kibibyte.

use crate::crypto::{
    asn1::begin,
    cipher::{Aead, NONCE_LENGTH},
};

const SEQUENCE: u8 = 0x30;
const CONSTRUCTED_0: u8 = 0xa0;
const PRIMITIVE_0: u8 = 0x80;

/// OID 1.2.840.113549.1.7.6.
const ENCRYPTED_DATA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
const VERSION: &[u8] = &[0x02, 1, 0];
/// OID 1.2.840.113549.1.7.1.
const DATA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// AES-256 in GCM, OID 2.16.840.1.101.3.4.1.46, up to the nonce.
const AES_256_GCM: &[u8] =
    &[0x30, 30, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e, 0x30, 17, 0x04, 12];
/// SM4 in GCM, OID 1.2.156.10197.1.104.8, up to the nonce.
const SM4_GCM: &[u8] = &[0x30, 29, 0x06, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x68, 0x08, 0x30, 17, 0x04, 12];
/// The length of the tag.
const TAG: &[u8] = &[0x02, 1, 16];

/// The parts that a cipher's AlgorithmIdentifier has before its nonce.
const fn cipher(aead: Aead) -> &'static [u8] {
    match aead {
        Aead::Aes256Gcm => AES_256_GCM,
        Aead::Sm4Gcm => SM4_GCM,
    }
}

/// The lengths of what the elements around the content hold, from the innermost to the outermost.
const fn lengths(aead: Aead, content: usize) -> [usize; 4] {
    let info = DATA.len() + cipher(aead).len() + NONCE_LENGTH + TAG.len() + element(content);
    let data = VERSION.len() + element(info);
    let explicit = element(data);
    [info, data, explicit, ENCRYPTED_DATA.len() + element(explicit)]
}

/// How long an element is that holds this many bytes.
const fn element(content: usize) -> usize {
    content
        + match content {
            0..0x80 => 2,
            0x80..0x100 => 3,
            _ => 4,
        }
}

/// How long the DER is around a content of this many bytes, that content included.
pub(super) const fn length(aead: Aead, content: usize) -> usize {
    let [.., outermost] = lengths(aead, content);
    element(outermost)
}

/// Writes everything before a content of this many bytes, at most 65,000.
pub(super) fn write(aead: Aead, nonce: &[u8; NONCE_LENGTH], content: usize, der: &mut Vec<u8>) {
    let [info, data, explicit, outermost] = lengths(aead, content);
    begin(SEQUENCE, outermost, der);
    der.extend_from_slice(ENCRYPTED_DATA);
    begin(CONSTRUCTED_0, explicit, der);
    begin(SEQUENCE, data, der);
    der.extend_from_slice(VERSION);
    begin(SEQUENCE, info, der);
    for part in [DATA, cipher(aead), nonce, TAG] {
        der.extend_from_slice(part);
    }
    begin(PRIMITIVE_0, content, der);
}

/// The cipher, the nonce and the content, if this is what [`write`] begins and a content ends: nothing before, after or
/// between, and every length in its shortest form.
pub(super) fn read(der: &[u8]) -> Option<(Aead, [u8; NONCE_LENGTH], &[u8])> {
    let outermost = enter(der, SEQUENCE)?.strip_prefix(ENCRYPTED_DATA)?;
    let data = enter(enter(outermost, CONSTRUCTED_0)?, SEQUENCE)?.strip_prefix(VERSION)?;
    let algorithm = enter(data, SEQUENCE)?.strip_prefix(DATA)?;
    let named = |aead| Some((aead, algorithm.strip_prefix(cipher(aead))?));
    let (aead, rest) = named(Aead::Aes256Gcm).or_else(|| named(Aead::Sm4Gcm))?;
    let (nonce, rest) = rest.split_first_chunk()?;
    Some((aead, *nonce, enter(rest.strip_prefix(TAG)?, PRIMITIVE_0)?))
}

/// What an element holds that ends where `der` does.
fn enter(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (length, content) = match der.strip_prefix(&[tag])? {
        [length @ 0..=0x7f, content @ ..] | [0x81, length @ 0x80..=0xff, content @ ..] => {
            (usize::from(*length), content)
        }
        [0x82, high @ 1..=0xff, low, content @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), content),
        _ => return None,
    };
    (content.len() == length).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_every_other_encoding_is_refused() {
        for aead in [Aead::Aes256Gcm, Aead::Sm4Gcm] {
            for content in [0, 27, 50, 60, 127, 128, 200, 255, 256, 1051, 4123] {
                let mut der = Vec::new();
                write(aead, &[7; NONCE_LENGTH], content, &mut der);
                let start = der.len();
                der.resize(start + content, 9);
                assert_eq!(der.len(), length(aead, content));
                assert_eq!(read(&der), Some((aead, [7; NONCE_LENGTH], &vec![9; content][..])));
                assert_eq!(read(&der[1..]), None);
                assert_eq!(read(&der[..der.len() - 1]), None);
                for at in (0..start).filter(|at| der[*at] != 7) {
                    let mut other = der.clone();
                    other[at] ^= 1;
                    assert_eq!(read(&other), None, "byte {at}");
                }
            }
        }
    }

    #[test]
    fn a_length_that_is_not_in_its_shortest_form_is_refused() {
        for der in [&[0x30, 0x81, 1, 0][..], &[0x30, 0x82, 0, 1, 0], &[0x30, 0x80, 0, 0]] {
            assert_eq!(enter(der, SEQUENCE), None);
        }
    }
}
