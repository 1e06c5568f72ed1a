//! Encodings of keys, and Diffie-Hellman.

use super::{Bench, generate, key_pairs, provider};
use pocket_kms::algorithms::MaterialKind;
use pocket_kms::material::Material;

#[test]
fn openssl_reads_our_private_keys_and_finds_the_same_public_key() {
    for kind in key_pairs() {
        let bench = Bench::with(&generate(kind));
        let public = bench.openssl("pkey -inform DER -in private.der -pubout -outform DER");
        assert_eq!(public, Some(bench.take("public.der")), "{kind:?}");
    }
}

#[test]
fn private_keys_of_openssl_are_imported_and_have_the_same_public_key() {
    let made = [
        (MaterialKind::Rsa2048, "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        (MaterialKind::P256, "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
        (MaterialKind::P384, "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
        (MaterialKind::P521, "-algorithm EC -pkeyopt ec_paramgen_curve:P-521"),
        (MaterialKind::Secp256k1, "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1"),
        (MaterialKind::Ed25519, "-algorithm ED25519"),
        (MaterialKind::Sm2, "-algorithm SM2"),
    ];
    for (kind, how) in made {
        let bench = Bench::new();
        bench.openssl(&format!("genpkey {how} -outform DER -out made.der")).unwrap();
        bench.openssl("pkcs8 -topk8 -nocrypt -inform DER -in made.der -outform DER -out private.der").unwrap();
        let public = bench.openssl("pkey -inform DER -in private.der -pubout -outform DER").unwrap();
        let key = Material::import(kind, bench.take("private.der").into(), &provider()).unwrap();
        assert_eq!(key.public_key_der(&provider()).unwrap(), public, "{kind:?}");
    }
}

#[test]
fn both_derive_the_same_secret() {
    for kind in [MaterialKind::P256, MaterialKind::P384, MaterialKind::P521] {
        let key = generate(kind);
        let bench = Bench::with(&key);
        let curve = format!("{kind:?}").replace('P', "P-");
        bench
            .openssl(&format!("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve} -outform DER -out peer.der"))
            .unwrap();
        let peer = bench.openssl("pkey -inform DER -in peer.der -pubout -outform DER").unwrap();
        let theirs = bench.openssl("pkeyutl -derive -inkey peer.der -keyform DER -peerkey public.der -peerform DER");
        let ours = key.derive_shared_secret(&provider(), &peer).unwrap();
        assert_eq!(theirs.as_deref(), Some(ours.as_slice()), "{kind:?}");
    }
}
