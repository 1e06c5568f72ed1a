//! Signatures and asymmetric encryption: each provider accepts what the others make.

use super::{generate, key_pairs, unloaded};
use pocket_kms::algorithms::{self, Algorithms, Family, MaterialKind, MessageForm, TABLE};
use pocket_kms::api::{KeyUsageType, MessageType, SigningAlgorithmSpec};
use pocket_kms_tests::providers::{PROVIDERS, pairs, random};

/// Every signing algorithm of this kind with every message type that it takes, and a message for it.
fn signing(kind: MaterialKind) -> Vec<(SigningAlgorithmSpec, MessageType, Vec<u8>)> {
    let rows = TABLE.iter().filter(|row| row.material == kind);
    let algorithms = rows.filter_map(|row| row.algorithms(KeyUsageType::SignVerify)).flat_map(Algorithms::signing);
    let mut asked = Vec::new();
    for algorithm in algorithms {
        for message_type in MessageType::ALL {
            match algorithms::message_form(*algorithm, *message_type) {
                MessageForm::Message => asked.push((*algorithm, *message_type, b"crossed".to_vec())),
                MessageForm::Digest(length) => asked.push((*algorithm, *message_type, vec![0x5a; length])),
                MessageForm::Refused => {}
            }
        }
    }
    asked
}

#[test]
fn what_each_signs_each_verifies() {
    let mut crossed = 0;
    for kind in key_pairs() {
        for (signer, verifier) in pairs() {
            let key = generate(kind, &signer);
            let theirs = unloaded(&key);
            for (algorithm, of, message) in signing(kind) {
                let signature = key.sign(&signer, algorithm, of, &message, &mut random()).unwrap();
                let verify = |message: &[u8], signature: &[u8]| {
                    theirs.verify(&verifier, algorithm, of, message, signature).unwrap()
                };
                let what = format!("{algorithm:?} {of:?} by {signer:?} for {verifier:?}");
                assert!(verify(&message, &signature), "{what}");
                let (mut bad, mut other) = (signature.clone(), message.clone());
                *bad.last_mut().unwrap() ^= 1;
                other[0] ^= 1;
                assert!(!verify(&message, &bad) && !verify(&other, &signature), "{what}");
                crossed += 1;
            }
        }
    }
    assert!(crossed > 100, "{crossed}");
}

#[test]
fn deterministic_signatures_are_the_same_to_the_byte() {
    let deterministic = |algorithm: SigningAlgorithmSpec| {
        let name = algorithm.as_str();
        name.starts_with("RSASSA_PKCS1") || name.starts_with("ED25519")
    };
    let mut compared = 0;
    for kind in key_pairs() {
        let key = generate(kind, &PROVIDERS[0]);
        for (algorithm, of, message) in signing(kind).into_iter().filter(|(algorithm, ..)| deterministic(*algorithm)) {
            let [one, other] =
                PROVIDERS.map(|provider| unloaded(&key).sign(&provider, algorithm, of, &message, &mut random()));
            assert_eq!(one.unwrap(), other.unwrap(), "{algorithm:?} {of:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 3 * 2 + 2);
}

#[test]
fn signatures_that_shall_differ_each_time_do() {
    for provider in PROVIDERS {
        for (kind, algorithm) in [
            (MaterialKind::Rsa2048, SigningAlgorithmSpec::RsassaPssSha256),
            (MaterialKind::P256, SigningAlgorithmSpec::EcdsaSha256),
            (MaterialKind::P384, SigningAlgorithmSpec::EcdsaSha384),
            (MaterialKind::P521, SigningAlgorithmSpec::EcdsaSha512),
            (MaterialKind::MlDsa44, SigningAlgorithmSpec::MlDsaShake256),
        ] {
            let (key, mut random) = (generate(kind, &provider), random());
            let [one, other] =
                [(); 2].map(|()| key.sign(&provider, algorithm, MessageType::Raw, b"twice", &mut random).unwrap());
            assert_ne!(one, other, "{kind:?} by {provider:?}");
        }
    }
}

#[test]
fn what_each_encrypts_each_decrypts() {
    let mut crossed = 0;
    for kind in key_pairs().into_iter().filter(|kind| matches!(kind.family(), Family::Rsa(_) | Family::Sm2)) {
        let rows = TABLE.iter().filter(|row| row.material == kind);
        let algorithms: Vec<_> = rows
            .filter_map(|row| row.algorithms(KeyUsageType::EncryptDecrypt))
            .flat_map(Algorithms::encryption)
            .copied()
            .collect();
        for (maker, user) in pairs() {
            let key = generate(kind, &maker);
            let theirs = unloaded(&key);
            for algorithm in &algorithms {
                for length in [1, 62, 190] {
                    let plaintext = vec![0x61; length];
                    let sealed = theirs.encrypt(&user, *algorithm, &plaintext, &mut random()).unwrap();
                    let opened = key.decrypt(&maker, *algorithm, &sealed, &mut random()).unwrap();
                    assert_eq!(*opened, plaintext, "{algorithm:?} by {user:?} for {maker:?}");
                    let mut bad = sealed;
                    *bad.last_mut().unwrap() ^= 1;
                    assert!(key.decrypt(&maker, *algorithm, &bad, &mut random()).is_err());
                    assert!(key.decrypt(&maker, *algorithm, &bad[1..], &mut random()).is_err());
                    crossed += 1;
                }
            }
        }
    }
    assert_eq!(crossed, (2 * 2 + 1) * 4 * 3);
}
