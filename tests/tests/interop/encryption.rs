//! RSA-OAEP and SM2 encryption.

use super::{Bench, generate, provider, random};
use pocket_kms::algorithms::MaterialKind;
use pocket_kms::api::EncryptionAlgorithmSpec::{self, RsaesOaepSha1, RsaesOaepSha256, Sm2pke};

const CASES: [(MaterialKind, EncryptionAlgorithmSpec, &str); 5] = [
    (MaterialKind::Rsa2048, RsaesOaepSha1, OAEP_SHA_1),
    (MaterialKind::Rsa2048, RsaesOaepSha256, OAEP_SHA_256),
    (MaterialKind::Rsa3072, RsaesOaepSha1, OAEP_SHA_1),
    (MaterialKind::Rsa3072, RsaesOaepSha256, OAEP_SHA_256),
    (MaterialKind::Sm2, Sm2pke, ""),
];
const OAEP_SHA_1: &str = "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha1 -pkeyopt rsa_mgf1_md:sha1";
const OAEP_SHA_256: &str = "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256";

#[test]
fn openssl_decrypts_what_we_encrypted() {
    for (kind, algorithm, options) in CASES {
        let key = generate(kind);
        let bench = Bench::with(&key);
        for length in [1, 32, 190] {
            let plaintext = vec![0x61; length];
            bench.put("sealed", &key.encrypt(&provider(), algorithm, &plaintext, &mut random()).unwrap());
            let opened =
                bench.openssl(&format!("pkeyutl -decrypt -inkey private.der -keyform DER -in sealed {options}"));
            assert_eq!(opened, Some(plaintext), "{algorithm:?} of {length} bytes");
        }
    }
}

#[test]
fn we_decrypt_what_openssl_encrypted() {
    for (kind, algorithm, options) in CASES {
        let key = generate(kind);
        let bench = Bench::with(&key);
        for length in [2, 32, 190] {
            let plaintext = vec![0x61; length];
            bench.put("plain", &plaintext);
            let words = format!("pkeyutl -encrypt -pubin -inkey public.der -keyform DER -in plain {options}");
            let sealed = bench.openssl(&words).unwrap();
            let opened = key.decrypt(&provider(), algorithm, &sealed, &mut random());
            assert_eq!(opened.unwrap().as_slice(), plaintext, "{algorithm:?} of {length} bytes");
        }
    }
}
