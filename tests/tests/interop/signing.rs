//! Signatures over messages and digests, and message authentication codes.

use super::{Bench, generate, key_pairs, provider, random};
use pocket_kms::algorithms::{self, MaterialKind, TABLE};
use pocket_kms::api::{KeyUsageType, MacAlgorithmSpec, MessageType, SigningAlgorithmSpec};
use pocket_kms::material::Material;

const MESSAGE: &[u8] = b"signed by one, verified by the other";

/// Every pair of key and algorithm but Ed25519ph, which the command does not know.
fn pairs() -> Vec<(Material, SigningAlgorithmSpec)> {
    let mut pairs = Vec::new();
    for kind in key_pairs() {
        let key = generate(kind);
        let algorithms = TABLE
            .iter()
            .filter(|row| row.material == kind)
            .filter_map(|row| row.algorithms(KeyUsageType::SignVerify))
            .flat_map(algorithms::Algorithms::signing)
            .filter(|algorithm| **algorithm != SigningAlgorithmSpec::Ed25519PhSha512);
        pairs.extend(algorithms.map(|algorithm| (key.clone(), *algorithm)));
    }
    assert_eq!(pairs.len(), 18);
    pairs
}

/// The name of the algorithm for `openssl pkeyutl`.
fn options(algorithm: SigningAlgorithmSpec) -> String {
    let name = algorithm.as_str();
    let hash = name.rsplit_once("SHA_").map(|(_, bits)| format!("sha{bits}"));
    match (name, hash) {
        ("SM2DSA", _) => "-rawin -digest sm3 -pkeyopt distid:1234567812345678".to_owned(),
        ("ED25519_SHA_512", _) => "-rawin".to_owned(),
        (name, Some(hash)) if name.starts_with("RSASSA_PSS") => {
            format!("-rawin -digest {hash} -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:digest")
        }
        (_, hash) => format!("-rawin -digest {}", hash.unwrap_or_default()),
    }
}

#[test]
fn openssl_verifies_what_we_signed() {
    for (key, algorithm) in pairs() {
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        let signature = key.sign(&provider(), algorithm, MessageType::Raw, MESSAGE, &mut random()).unwrap();
        bench.put("signature", &signature);
        let words = format!(
            "pkeyutl -verify -pubin -inkey public.der -keyform DER -in message -sigfile signature {}",
            options(algorithm)
        );
        assert!(bench.openssl(&words).is_some(), "{algorithm:?} {:?}", key.kind());
        bench.put("message", b"another message");
        assert!(bench.openssl(&words).is_none(), "{algorithm:?} {:?}", key.kind());
    }
}

#[test]
fn we_verify_what_openssl_signed() {
    for (key, algorithm) in pairs() {
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        let words = format!("pkeyutl -sign -inkey private.der -keyform DER -in message {}", options(algorithm));
        let signature = bench.openssl(&words).unwrap();
        let verify = |message: &[u8]| key.verify(&provider(), algorithm, MessageType::Raw, message, &signature);
        assert_eq!(verify(MESSAGE), Ok(true), "{algorithm:?} {:?}", key.kind());
        assert_eq!(verify(b"another message"), Ok(false), "{algorithm:?} {:?}", key.kind());
    }
}

/// Whether the algorithm signs the digest of a message as it signs the message.
fn prehashed(algorithm: SigningAlgorithmSpec) -> bool {
    !matches!(algorithm, SigningAlgorithmSpec::Sm2dsa | SigningAlgorithmSpec::Ed25519Sha512)
}

#[test]
fn a_message_that_openssl_signed_is_a_digest_that_we_verify() {
    for (key, algorithm) in pairs().into_iter().filter(|(_, algorithm)| prehashed(*algorithm)) {
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        let words = format!("pkeyutl -sign -inkey private.der -keyform DER -in message {}", options(algorithm));
        let signature = bench.openssl(&words).unwrap();
        let digest = algorithms::signing_hash(algorithm).digest(MESSAGE);
        let verified = key.verify(&provider(), algorithm, MessageType::Digest, digest.as_ref(), &signature);
        assert_eq!(verified, Ok(true), "{algorithm:?} {:?}", key.kind());
    }
}

#[test]
fn a_digest_that_we_sign_is_the_message_that_openssl_verifies() {
    for (key, algorithm) in pairs().into_iter().filter(|(_, algorithm)| prehashed(*algorithm)) {
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        let digest = algorithms::signing_hash(algorithm).digest(MESSAGE);
        let signature = key.sign(&provider(), algorithm, MessageType::Digest, digest.as_ref(), &mut random());
        bench.put("signature", &signature.unwrap());
        let words = format!(
            "pkeyutl -verify -pubin -inkey public.der -keyform DER -in message -sigfile signature {}",
            options(algorithm)
        );
        assert!(bench.openssl(&words).is_some(), "{algorithm:?} {:?}", key.kind());
    }
}

#[test]
fn both_make_the_same_codes() {
    let kinds = [
        (MaterialKind::HmacSha224, MacAlgorithmSpec::HmacSha224, "sha224"),
        (MaterialKind::HmacSha256, MacAlgorithmSpec::HmacSha256, "sha256"),
        (MaterialKind::HmacSha384, MacAlgorithmSpec::HmacSha384, "sha384"),
        (MaterialKind::HmacSha512, MacAlgorithmSpec::HmacSha512, "sha512"),
    ];
    for (kind, algorithm, hash) in kinds {
        let key = generate(kind);
        let bench = Bench::new();
        bench.put("message", MESSAGE);
        let words = format!("dgst -{hash} -mac HMAC -macopt hexkey:{} -binary message", hex::encode(key.expose()));
        assert_eq!(bench.openssl(&words), key.mac(&provider(), algorithm, MESSAGE).ok(), "{algorithm:?}");
    }
}
