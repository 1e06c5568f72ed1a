//! How much each algorithm encrypts, and not one byte more.

use pocket_kms::{
    Exception, Value,
    api::{EncryptionAlgorithmSpec as E, KeySpec as K},
};

use crate::fixture::{Key, blob, bytes, call, exception, keys};

/// The longest plaintext in bytes, from the table of `Encrypt` in the API reference.
fn longest(spec: K, algorithm: E) -> usize {
    match (spec, algorithm) {
        (K::SymmetricDefault, E::SymmetricDefault) => 4096,
        (K::Rsa2048, E::RsaesOaepSha1) => 214,
        (K::Rsa2048, E::RsaesOaepSha256) => 190,
        (K::Rsa3072, E::RsaesOaepSha1) => 342,
        (K::Rsa3072, E::RsaesOaepSha256) => 318,
        (K::Rsa4096, E::RsaesOaepSha1) => 470,
        (K::Rsa4096, E::RsaesOaepSha256) => 446,
        (K::Sm2, E::Sm2pke) => 1024,
        _ => panic!("{spec} does not encrypt with {algorithm}"),
    }
}

fn each(test: impl Fn(Key, E)) {
    let mut count = 0;
    for key in keys() {
        for &algorithm in key.algorithms.encryption() {
            test(key, algorithm);
            count += 1;
        }
    }
    assert_eq!(count, 2 + 3 * 2 + 1, "AES and SM4, three RSA specs with two algorithms each, SM2");
}

#[test]
fn every_algorithm_encrypts_from_one_byte_to_its_longest_plaintext() {
    each(|key, algorithm| {
        let most = longest(key.row.spec, algorithm);
        for length in [1, 2, most / 2, most - 1, most] {
            let sealed = bytes(&key.encrypt(algorithm, &vec![7; length]).expect("a ciphertext"), "CiphertextBlob");
            let opened = bytes(&key.decrypt(algorithm, &sealed).expect("a plaintext"), "Plaintext");
            assert_eq!(opened, vec![7; length], "{} {algorithm}", key.row.spec);
        }
        for length in [0, most + 1, 4097] {
            let refused = exception(key.encrypt(algorithm, &vec![7; length]));
            assert_eq!(refused, Some(Exception::ValidationException), "{} {algorithm}: {length}", key.row.spec);
        }
    });
}

#[test]
fn what_is_too_long_for_the_destination_is_not_encrypted_again() {
    each(|key, algorithm| {
        let source =
            keys().into_iter().find(|other| other.row.spec == K::SymmetricDefault && other.region == key.region);
        let source = source.expect("a symmetric key in every Region");
        let most = longest(key.row.spec, algorithm);
        let again = |length: usize| {
            let sealed = source.encrypt(E::SymmetricDefault, &vec![7; length]).expect("a ciphertext");
            let input = [
                ("CiphertextBlob", blob(&bytes(&sealed, "CiphertextBlob"))),
                ("DestinationKeyId", key.id()),
                ("DestinationEncryptionAlgorithm", Value::from(algorithm.as_str())),
            ];
            call(key.region, "ReEncrypt", input)
        };
        let sealed = bytes(&again(most).expect("a ciphertext"), "CiphertextBlob");
        assert_eq!(bytes(&key.decrypt(algorithm, &sealed).expect("a plaintext"), "Plaintext").len(), most);
        if most < 4096 {
            assert_eq!(exception(again(most + 1)), Some(Exception::ValidationException), "{algorithm}");
        }
    });
}

#[test]
fn an_algorithm_of_another_key_spec_is_refused() {
    each(|key, algorithm| {
        for &other in E::ALL.iter().filter(|other| !key.algorithms.encryption().contains(other)) {
            let refused = exception(key.encrypt(other, b"x"));
            assert_eq!(refused, Some(Exception::InvalidKeyUsageException), "{} {other}", key.row.spec);
            let sealed = bytes(&key.encrypt(algorithm, b"x").expect("a ciphertext"), "CiphertextBlob");
            let refused = exception(key.decrypt(other, &sealed));
            assert!(refused.is_some(), "{} opens {algorithm} with {other}", key.row.spec);
        }
    });
}
