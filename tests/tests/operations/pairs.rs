//! Public keys and data key pairs of every spec: `SubjectPublicKeyInfo` and PKCS #8 in DER.

use pocket_kms::{
    CryptoProvider, Exception, Value, algorithms,
    api::{DataKeyPairSpec, KeySpec},
    material::Material,
    names::Partition,
};

use crate::fixture::{Key, REGIONS, blob, bytes, call, exception, keys};

/// How a public key of a spec begins, in hexadecimal, and how long it is: RFC 3279, 5480, 8410, 9881 and 9935,
/// GM/T 0009.
fn public_key(spec: KeySpec) -> (&'static str, usize) {
    match spec {
        KeySpec::Rsa2048 => ("30820122300d06092a864886f70d01010105000382010f003082010a0282010100", 294),
        KeySpec::Rsa3072 => ("308201a2300d06092a864886f70d01010105000382018f003082018a0282018100", 422),
        KeySpec::Rsa4096 => ("30820222300d06092a864886f70d01010105000382020f003082020a0282020100", 550),
        KeySpec::EccNistP256 => ("3059301306072a8648ce3d020106082a8648ce3d03010703420004", 91),
        KeySpec::EccNistP384 => ("3076301006072a8648ce3d020106052b8104002203620004", 120),
        KeySpec::EccNistP521 => ("30819b301006072a8648ce3d020106052b810400230381860004", 158),
        KeySpec::EccSecgP256k1 => ("3056301006072a8648ce3d020106052b8104000a03420004", 88),
        KeySpec::EccNistEdwards25519 => ("302a300506032b6570032100", 44),
        KeySpec::Sm2 => ("3059301306072a8648ce3d020106082a811ccf5501822d03420004", 91),
        KeySpec::MlDsa44 => ("30820532300b06096086480165030403110382052100", 1334),
        KeySpec::MlDsa65 => ("308207b2300b0609608648016503040312038207a100", 1974),
        KeySpec::MlDsa87 => ("30820a32300b060960864801650304031303820a2100", 2614),
        KeySpec::MlKem512 => ("30820332300b06096086480165030404010382032100", 822),
        KeySpec::MlKem768 => ("308204b2300b0609608648016503040402038204a100", 1206),
        KeySpec::MlKem1024 => ("30820632300b06096086480165030404030382062100", 1590),
        _ => ("", 0),
    }
}

fn is_spki_of(spki: &[u8], spec: KeySpec) {
    let (head, length) = public_key(spec);
    let head = head.replace(' ', "");
    assert_eq!(spki.len(), length, "{spec}");
    assert!(hex::encode(spki).starts_with(&head), "{spec}: {}", hex::encode(&spki[..head.len() / 2]));
}

#[test]
fn every_key_pair_gives_its_public_key_as_spki_and_no_other_key_gives_any() {
    let mut pairs = 0;
    for key in keys() {
        let reply = key.call("GetPublicKey", []);
        if public_key(key.row.spec).1 == 0 {
            assert_eq!(exception(reply), Some(Exception::UnsupportedOperationException), "{}", key.row.spec);
        } else {
            let reply = reply.expect("a public key");
            is_spki_of(&bytes(&reply, "PublicKey"), key.row.spec);
            assert_eq!(reply.member("KeySpec").and_then(Value::as_text), Some(key.row.spec.as_str()));
            assert_eq!(reply.member("KeyUsage").and_then(Value::as_text), Some(key.algorithms.usage().as_str()));
            pairs += 1;
        }
    }
    assert_eq!(pairs, 3 * 2 + 3 * 2 + 1 + 1 + 3 + 3 + 3, "RSA, NIST, secp256k1, Ed25519, ML-DSA, ML-KEM, SM2");
}

/// The symmetric key of a Region.
fn symmetric(region: &str) -> Key {
    let found = keys().into_iter().find(|key| key.row.spec == KeySpec::SymmetricDefault && key.region == region);
    found.expect("a symmetric key in every Region")
}

#[test]
fn every_data_key_pair_belongs_together_and_its_private_key_decrypts() {
    let provider = CryptoProvider::default();
    let mut made = 0;
    for region in REGIONS {
        let partition = if region.starts_with("cn-") { Partition::AwsCn } else { Partition::Aws };
        for &spec in DataKeyPairSpec::ALL {
            let key = symmetric(region);
            let context = || ("EncryptionContext", Value::from([("purpose", Value::from("pairs"))]));
            let input = || [("KeyPairSpec", Value::from(spec.as_str())), context()];
            let pair = key.call("GenerateDataKeyPair", input());
            let Some(row) = algorithms::row(algorithms::key_spec(spec), partition) else {
                assert_eq!(exception(pair), Some(Exception::UnsupportedOperationException), "{spec} in {region}");
                continue;
            };
            let pair = pair.unwrap_or_else(|error| panic!("{spec} in {region}: {error}"));
            let (public, private) = (bytes(&pair, "PublicKey"), bytes(&pair, "PrivateKeyPlaintext"));
            is_spki_of(&public, row.spec);
            let material = Material::from_bytes(row.material, private.clone().into());
            assert_eq!(material.public_key_der(&provider).expect("a private key"), public, "{spec}");
            let opened = |sealed: Vec<u8>| {
                let reply = call(region, "Decrypt", [("CiphertextBlob", blob(&sealed)), context()]);
                bytes(&reply.expect("a private key"), "Plaintext")
            };
            assert_eq!(opened(bytes(&pair, "PrivateKeyCiphertextBlob")), private, "{spec}");
            if !row.is_slow_to_generate() {
                let other = key.call("GenerateDataKeyPairWithoutPlaintext", input()).expect("a pair");
                assert!(other.member("PrivateKeyPlaintext").is_none());
                let private = opened(bytes(&other, "PrivateKeyCiphertextBlob"));
                let material = Material::from_bytes(row.material, private.into());
                let public = material.public_key_der(&provider).expect("a private key");
                assert_eq!(public, bytes(&other, "PublicKey"), "{spec}");
                assert_ne!(public, bytes(&pair, "PublicKey"), "{spec}");
            }
            made += 1;
        }
    }
    assert_eq!(made, (3 + 4 + 1 + 3) + (3 + 4 + 1 + 1), "all but SM2, and in China all but ML-KEM");
}
