//! Which key specs there are, where, with which usages and algorithms.

use pocket_kms::{
    Exception, Value,
    api::{KeySpec, KeyUsageType},
};

use crate::fixture::{REGIONS, call, create, exception};

const RSAES: &[&str] = &["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"];
const RSASSA: &[&str] = &[
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
];

/// The algorithms of a spec with a usage, from the API reference (`CreateKey`) and the guide's "Key spec reference";
/// nothing where the usage is not valid.
fn algorithms(spec: KeySpec, usage: KeyUsageType) -> Option<&'static [&'static str]> {
    Some(match (spec.as_str(), usage.as_str()) {
        ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT") => &["SYMMETRIC_DEFAULT"],
        ("RSA_2048" | "RSA_3072" | "RSA_4096", "ENCRYPT_DECRYPT") => RSAES,
        ("RSA_2048" | "RSA_3072" | "RSA_4096", "SIGN_VERIFY") => RSASSA,
        ("ECC_NIST_P256" | "ECC_SECG_P256K1", "SIGN_VERIFY") => &["ECDSA_SHA_256"],
        ("ECC_NIST_P384", "SIGN_VERIFY") => &["ECDSA_SHA_384"],
        ("ECC_NIST_P521", "SIGN_VERIFY") => &["ECDSA_SHA_512"],
        ("ECC_NIST_P256" | "ECC_NIST_P384" | "ECC_NIST_P521" | "SM2", "KEY_AGREEMENT") => &["ECDH"],
        ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY") => &["ED25519_SHA_512", "ED25519_PH_SHA_512"],
        ("HMAC_224", "GENERATE_VERIFY_MAC") => &["HMAC_SHA_224"],
        ("HMAC_256", "GENERATE_VERIFY_MAC") => &["HMAC_SHA_256"],
        ("HMAC_384", "GENERATE_VERIFY_MAC") => &["HMAC_SHA_384"],
        ("HMAC_512", "GENERATE_VERIFY_MAC") => &["HMAC_SHA_512"],
        ("SM2", "ENCRYPT_DECRYPT") => &["SM2PKE"],
        ("SM2", "SIGN_VERIFY") => &["SM2DSA"],
        ("ML_DSA_44" | "ML_DSA_65" | "ML_DSA_87", "SIGN_VERIFY") => &["ML_DSA_SHAKE_256"],
        ("ML_KEM_512" | "ML_KEM_768" | "ML_KEM_1024", "ENCAPSULATE_DECAPSULATE") => &["ML_KEM"],
        _ => return None,
    })
}

/// Whether a Region offers a spec: SM2 in China alone, ML-KEM everywhere else.
fn offered(spec: KeySpec, region: &str) -> bool {
    match spec.as_str() {
        "SM2" => region.starts_with("cn-"),
        name if name.starts_with("ML_KEM") => !region.starts_with("cn-"),
        _ => true,
    }
}

/// The member of key metadata that lists the algorithms of a usage.
fn list(usage: KeyUsageType) -> &'static str {
    match usage {
        KeyUsageType::EncryptDecrypt => "EncryptionAlgorithms",
        KeyUsageType::SignVerify => "SigningAlgorithms",
        KeyUsageType::GenerateVerifyMac => "MacAlgorithms",
        KeyUsageType::KeyAgreement => "KeyAgreementAlgorithms",
        KeyUsageType::EncapsulateDecapsulate => "EncapsulationAlgorithms",
        new => panic!("key metadata has a member for {new}"),
    }
}

#[test]
fn each_region_offers_its_specs_with_their_usages_and_algorithms_and_no_others() {
    let mut made = 0;
    for region in REGIONS.into_iter().chain(["us-gov-west-1", "cn-northwest-1", "eu-central-2"]) {
        for &spec in KeySpec::ALL {
            // Keys for imported material take no time to make; lattice keys cannot have any, and are made quickly.
            let origin = if spec.as_str().starts_with("ML_") { "AWS_KMS" } else { "EXTERNAL" };
            for &usage in KeyUsageType::ALL {
                let case = format!("{spec} for {usage} in {region}");
                let key = create(region, spec, usage, origin);
                let Some(algorithms) = algorithms(spec, usage).filter(|_| offered(spec, region)) else {
                    let refused = exception(key.map(Value::from));
                    let wrong_usage = offered(spec, region).then_some(Exception::ValidationException);
                    assert_eq!(refused, wrong_usage.or(Some(Exception::UnsupportedOperationException)), "{case}");
                    continue;
                };
                let key = key.unwrap_or_else(|error| panic!("{case}: {error}"));
                let described = call(region, "DescribeKey", [("KeyId", Value::from(key))]).expect("metadata");
                let metadata = described.member("KeyMetadata").cloned().unwrap_or_default();
                let told = algorithms.iter().map(|name| Value::from(*name)).collect();
                for &any in KeyUsageType::ALL {
                    let symmetric = spec == KeySpec::SymmetricDefault;
                    let expected = (any == usage || symmetric && any == KeyUsageType::EncryptDecrypt)
                        .then(|| Value::List(Vec::clone(&told)));
                    assert_eq!(metadata.member(list(any)), expected.as_ref(), "{case}");
                }
                made += 1;
            }
        }
    }
    assert_eq!(made, 5 * 25, "China Regions have SM2 with three usages, the others three specs of ML-KEM");
}

#[test]
fn the_symmetric_cipher_of_china_regions_is_sm4() {
    use pocket_kms::api::{EncryptionAlgorithmSpec::SymmetricDefault, KeySpec};
    for key in crate::fixture::keys().into_iter().filter(|key| key.row.spec == KeySpec::SymmetricDefault) {
        let sealed = key.encrypt(SymmetricDefault, &[7; 32]).expect("a ciphertext");
        let sealed = crate::fixture::bytes(&sealed, "CiphertextBlob");
        let said = crate::fixture::world().inspect(&sealed).expect("a blob of ours");
        let expected = if key.region.starts_with("cn-") { "SM4-GCM" } else { "AES-256-GCM" };
        assert_eq!(said.member("Algorithm").and_then(Value::as_text), Some(expected));
        assert_eq!(said.member("PlaintextLength"), Some(&Value::Int(32)));
        let length = i64::try_from(sealed.len()).expect("a length");
        assert_eq!(said.member("Length"), Some(&Value::Int(length)));
        assert_eq!(said.member("Maker").and_then(Value::as_text), Some("Encrypt"));
        assert_eq!(said.member("Format"), Some(&Value::Int(2)));
        let described = key.call("DescribeKey", []).expect("metadata");
        let metadata = described.member("KeyMetadata").cloned().unwrap_or_default();
        assert_eq!(said.member("KeyMaterialId"), metadata.member("CurrentKeyMaterialId"));
        assert_eq!(said.member("KeyIds"), metadata.member("Arn").map(|arn| Value::List(vec![arn.clone()])).as_ref());
    }
}

#[test]
fn the_inspector_says_nothing_of_what_is_no_symmetric_ciphertext() {
    let world = crate::fixture::world();
    assert_eq!(world.inspect(b""), None);
    assert_eq!(world.inspect(&[1; 184]), None);
    for key in crate::fixture::keys() {
        for &algorithm in key.algorithms.encryption() {
            let sealed = crate::fixture::bytes(&key.encrypt(algorithm, b"x").expect("a ciphertext"), "CiphertextBlob");
            let symmetric = algorithm.as_str() == "SYMMETRIC_DEFAULT";
            assert_eq!(world.inspect(&sealed).is_some(), symmetric, "{algorithm}");
            assert_eq!(world.inspect(&sealed[..sealed.len() - 1]), None, "{algorithm}");
        }
    }
}
