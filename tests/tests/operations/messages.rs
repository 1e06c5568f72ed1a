//! What may be signed: messages of every length that the API takes, and digests of exactly one.

use std::ops::RangeInclusive;

use pocket_kms::{
    Exception,
    api::{MessageType, SigningAlgorithmSpec},
};

use crate::fixture::{bytes, exception, keys};

/// The lengths that a message may have in bytes; nothing where the type is not taken.
///
/// From the descriptions of `MessageType` and `SigningAlgorithm` of `Sign` in the API reference, written down anew.
pub(crate) fn lengths(algorithm: SigningAlgorithmSpec, of: MessageType) -> Option<RangeInclusive<usize>> {
    use SigningAlgorithmSpec as S;
    match of {
        MessageType::Raw => (algorithm != S::Ed25519PhSha512).then_some(1..=4096),
        MessageType::ExternalMu => (algorithm == S::MlDsaShake256).then_some(64..=64),
        MessageType::Digest => match algorithm {
            S::RsassaPssSha256 | S::RsassaPkcs1V15Sha256 | S::EcdsaSha256 | S::Sm2dsa => Some(32..=32),
            S::RsassaPssSha384 | S::RsassaPkcs1V15Sha384 | S::EcdsaSha384 => Some(48..=48),
            S::RsassaPssSha512 | S::RsassaPkcs1V15Sha512 | S::EcdsaSha512 | S::Ed25519PhSha512 => Some(64..=64),
            S::Ed25519Sha512 | S::MlDsaShake256 => None,
            new => panic!("the API reference has a row for {new}"),
        },
        new => panic!("the API reference has a row for {new}"),
    }
}

#[test]
fn every_algorithm_signs_messages_of_the_lengths_that_it_takes_and_no_others() {
    let mut tried = 0;
    for key in keys() {
        for &algorithm in key.algorithms.signing() {
            for &of in MessageType::ALL {
                for count in [1, 31, 32, 33, 47, 48, 49, 63, 64, 65, 4095, 4096] {
                    let taken = lengths(algorithm, of).is_some_and(|lengths| lengths.contains(&count));
                    let message = vec![0x6d; count];
                    let case = format!("{} {algorithm} {of} of {count} bytes", key.row.spec);
                    let signed = key.sign(algorithm, of, &message);
                    if taken {
                        let signature = bytes(&signed.expect(&case), "Signature");
                        key.verify(algorithm, of, &message, &signature).expect(&case);
                    } else {
                        assert_eq!(exception(signed), Some(Exception::ValidationException), "{case}");
                        let verified = exception(key.verify(algorithm, of, &message, &[1; 64]));
                        assert_eq!(verified, Some(Exception::ValidationException), "{case}");
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 700, "{tried}");
}

#[test]
fn no_message_is_empty_or_longer_than_4096_bytes() {
    for key in keys() {
        for &algorithm in key.algorithms.signing() {
            for message in [vec![], vec![0; 4097]] {
                let refused = exception(key.sign(algorithm, MessageType::Raw, &message));
                assert_eq!(refused, Some(Exception::ValidationException), "{algorithm}: {} bytes", message.len());
            }
        }
    }
}

#[test]
fn a_signature_over_a_message_is_one_over_its_digest() {
    use pocket_kms::{algorithms::signing_hash, api::SigningAlgorithmSpec as S};
    // Not so for SM2, whose digest includes the signer, nor for EdDSA and ML-DSA, which hash in their own way.
    for key in keys() {
        for &algorithm in key.algorithms.signing().iter().filter(|algorithm| {
            !matches!(algorithm, S::Sm2dsa | S::Ed25519Sha512 | S::Ed25519PhSha512 | S::MlDsaShake256)
        }) {
            let digest = signing_hash(algorithm).digest(b"message");
            let raw = bytes(&key.sign(algorithm, MessageType::Raw, b"message").expect("a signature"), "Signature");
            let of_digest = key.sign(algorithm, MessageType::Digest, digest.as_ref()).expect("a signature");
            key.verify(algorithm, MessageType::Digest, digest.as_ref(), &raw).expect("a good signature");
            key.verify(algorithm, MessageType::Raw, b"message", &bytes(&of_digest, "Signature"))
                .expect("a good signature");
        }
    }
}
