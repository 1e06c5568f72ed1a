//! `CiphertextForRecipient`: AWS's form to the byte, and OpenSSL's reading of it.

use std::{fs, path::PathBuf, process::Command};

use base64::{Engine, engine::general_purpose::STANDARD};
use pocket_kms::{
    CryptoProvider, attestation,
    crypto::{random::Random, rsa},
};
use proptest::prelude::*;

use super::vector;

fn random() -> Random {
    Random::from_entropy(&[0x17; 32])
}

fn key() -> Box<dyn rsa::PrivateKey> {
    let pkcs8 = vector(include_str!("../../vectors/nitro/recipient-key.b64"));
    CryptoProvider::default().rsa.load(&pkcs8).expect("a key")
}

fn public(key: &dyn rsa::PrivateKey) -> Box<dyn rsa::PublicKey> {
    CryptoProvider::default().rsa.load_public(&key.spki().expect("a public key")).expect("a public key")
}

fn published() -> Vec<u8> {
    vector(include_str!("../../vectors/nitro/ciphertext-for-recipient.b64"))
}

const PLAINTEXT: &str = "3be82c440f06cb4d44c4c2ec3bf30d472407d3a9125aa4c1842b98f6bdd26e41";

#[test]
fn what_aws_has_sealed_opens() {
    let opened = attestation::open(&*key(), &published(), &mut random()).expect("a plaintext");
    assert_eq!(hex::encode(opened.as_slice()), PLAINTEXT);
}

#[test]
fn our_envelope_differs_from_that_of_aws_in_what_is_random_alone() {
    let plaintext = hex::decode(PLAINTEXT).expect("hexadecimal");
    let key = key();
    let ours = attestation::seal(&*public(&*key), &plaintext, &mut random()).expect("an envelope");
    let published = published();
    assert_eq!(ours.len(), published.len());
    // The encrypted key; the initialization vector; the content.
    let (key, iv, content) = (131..387, 415..431, 435..483);
    for (place, (our, their)) in ours.iter().zip(&published).enumerate() {
        let drawn = key.contains(&place) || iv.contains(&place) || content.contains(&place);
        assert!(drawn || our == their, "byte {place}: {our:02x} instead of {their:02x}");
    }
    assert_ne!(ours[iv.clone()], published[iv]);
}

#[test]
fn plaintexts_of_every_length_come_back() {
    let key = key();
    let public = public(&*key);
    for length in [0, 1, 15, 16, 17, 111, 112, 127, 128, 255, 256, 1024, 4096, 70_000] {
        let plaintext = vec![7; length];
        let sealed = attestation::seal(&*public, &plaintext, &mut random()).expect("an envelope");
        assert_eq!(attestation::open(&*key, &sealed, &mut random()).expect("a plaintext").as_slice(), plaintext);
    }
}

#[test]
fn the_longest_plaintext_fits_the_reply() {
    let provider = CryptoProvider::default();
    let key = provider.rsa.generate(4096, &mut random()).expect("a key");
    let key = provider.rsa.load(&key).expect("a key");
    let sealed = attestation::seal(&*public(&*key), &[1; 4096], &mut random()).expect("an envelope");
    assert!(sealed.len() <= 6144, "{}", sealed.len());
}

#[test]
fn an_envelope_for_somebody_else_does_not_open() {
    let provider = CryptoProvider::default();
    let other = provider.rsa.generate(2048, &mut random()).expect("a key");
    let other = provider.rsa.load(&other).expect("a key");
    assert!(attestation::open(&*other, &published(), &mut random()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn an_envelope_that_was_cut_or_changed_does_not_give_its_plaintext(place: prop::sample::Index, bit in 0..8_u8) {
        let (key, mut envelope) = (key(), published());
        let place = place.index(envelope.len());
        prop_assert!(attestation::open(&*key, &envelope[..place], &mut random()).is_err());
        envelope[place] ^= 1 << bit;
        let opened = attestation::open(&*key, &envelope, &mut random());
        prop_assert!(opened.map_or(true, |opened| hex::encode(opened.as_slice()) != PLAINTEXT));
    }
}

/// Whether the machine has OpenSSL; without it, the test reports this and ends.
fn has_openssl() -> bool {
    let found = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no openssl command");
    }
    found
}

/// A file that only this test writes.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

#[test]
fn openssl_opens_our_envelopes() {
    if !has_openssl() {
        return;
    }
    let provider = CryptoProvider::default();
    for (bits, length) in [(2048, 1), (2048, 32), (3072, 4096)] {
        let pkcs8 = provider.rsa.generate(bits, &mut random()).expect("a key");
        let key = provider.rsa.load(&pkcs8).expect("a key");
        let plaintext = vec![0x5a; length];
        let sealed = attestation::seal(&*public(&*key), &plaintext, &mut random()).expect("an envelope");
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(&*pkcs8));
        let key = file(&format!("recipient-{bits}-{length}.pem"), pem.as_bytes());
        let envelope = file(&format!("envelope-{bits}-{length}.ber"), &sealed);
        let command = ["cms", "-decrypt", "-binary", "-inform", "DER"];
        let output = Command::new("openssl").args(command).arg("-in").arg(&envelope).arg("-inkey").arg(&key).output();
        let output = output.expect("openssl runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout, plaintext);
        for path in [key, envelope] {
            fs::remove_file(path).expect("a file");
        }
    }
}
