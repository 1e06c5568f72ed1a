//! What may be wrapped how, and what is refused when it is unwrapped.

use super::*;

#[test]
fn material_of_every_kind_is_imported_by_every_algorithm_that_suits_it() {
    use AlgorithmSpec::*;
    let oaep = [RsaesOaepSha1, RsaesOaepSha256].as_slice();
    let hybrid = [RsaAesKeyWrapSha1, RsaAesKeyWrapSha256].as_slice();
    let both = [oaep, hybrid].concat();
    let both = both.as_slice();
    let chinese = [RsaesOaepSha1, RsaesOaepSha256, Sm2pke].as_slice();
    let aws = Desk { region: "us-east-1", ..desk() };
    let china = Desk { region: "cn-north-1", ..desk() };
    let mut count = 0;
    for (desk, spec, usage, suitable) in [
        (&aws, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", oaep),
        (&aws, "HMAC_224", "GENERATE_VERIFY_MAC", oaep),
        (&aws, "HMAC_256", "GENERATE_VERIFY_MAC", oaep),
        (&aws, "HMAC_384", "GENERATE_VERIFY_MAC", oaep),
        (&aws, "HMAC_512", "GENERATE_VERIFY_MAC", oaep),
        (&aws, "RSA_2048", "ENCRYPT_DECRYPT", hybrid),
        (&aws, "RSA_3072", "SIGN_VERIFY", hybrid),
        (&aws, "ECC_NIST_P256", "SIGN_VERIFY", both),
        (&aws, "ECC_NIST_P384", "KEY_AGREEMENT", both),
        (&aws, "ECC_NIST_P521", "SIGN_VERIFY", both),
        (&aws, "ECC_SECG_P256K1", "SIGN_VERIFY", both),
        (&aws, "ECC_NIST_EDWARDS25519", "SIGN_VERIFY", both),
        (&china, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", oaep),
        (&china, "HMAC_256", "GENERATE_VERIFY_MAC", oaep),
        (&china, "RSA_2048", "SIGN_VERIFY", &[Sm2pke]),
        (&china, "ECC_NIST_P256", "SIGN_VERIFY", chinese),
        (&china, "SM2", "ENCRYPT_DECRYPT", chinese),
    ] {
        let material = owned(spec, desk.region);
        for &algorithm in AlgorithmSpec::ALL {
            for wrapping in [WrappingKeySpec::Rsa2048, WrappingKeySpec::Rsa3072, WrappingKeySpec::Sm2] {
                let too_long = spec == "ECC_NIST_P521" && wrapping == WrappingKeySpec::Rsa2048;
                let suits = suitable.contains(&algorithm)
                    && (algorithm == Sm2pke) == (wrapping == WrappingKeySpec::Sm2)
                    && !(too_long && oaep.contains(&algorithm));
                let case = format!("{spec} in {} by {algorithm} under {wrapping}", desk.region);
                let key = desk.key(spec, usage);
                match desk.parameters(&key, algorithm, wrapping) {
                    Ok(parcel) => {
                        assert!(suits, "{case} is offered");
                        desk.import(&key, &parcel, &material).unwrap_or_else(|error| panic!("{case}: {error}"));
                        assert_eq!(desk.state(&key), "Enabled", "{case}");
                        count += 1;
                    }
                    Err(error) => {
                        assert!(!suits, "{case}: {error}");
                        let of_china = algorithm == Sm2pke || wrapping == WrappingKeySpec::Sm2;
                        let is_offered = algorithm != RsaesPkcs1V15 && (desk.region.starts_with("cn-") || !of_china);
                        let exception =
                            if is_offered { "ValidationException" } else { "UnsupportedOperationException" };
                        assert_eq!(error.exception.name(), exception, "{case}");
                    }
                }
            }
        }
    }
    assert_eq!(count, 5 * 4 + 2 * 4 + 4 * 8 + 6 + 2 * 4 + 1 + 2 * 5);
}

#[test]
fn what_cannot_be_unwrapped_is_refused() {
    let desk = desk();
    let key = desk.key("ECC_NIST_P256", "SIGN_VERIFY");
    let der = material(MaterialKind::P256);
    let size = (Exception::ValidationException, Some("Invalid encrypted key size.".to_owned()));
    let ciphertext = silent(Exception::InvalidCiphertextException);
    let forever = || [(FOREVER.0, Value::from(FOREVER.1))];
    let direct = desk.parcel(&key);
    for (wrapped, answer) in [
        (vec![1; 255], &size),
        (vec![1; 257], &size),
        (vec![1; 256], &ciphertext),
        (vec![0xff; 256], &ciphertext),
        (direct.wrap_as(AlgorithmSpec::RsaesOaepSha1, &der), &ciphertext),
    ] {
        assert_eq!(&refused(desk.send(&key, &direct.token, &wrapped, forever())), answer, "{} bytes", wrapped.len());
    }
    let hybrid = desk.parameters(&key, AlgorithmSpec::RsaAesKeyWrapSha256, WrappingKeySpec::Rsa2048);
    let hybrid = hybrid.expect("parameters");
    let whole = hybrid.wrap(&der);
    let short_key = [direct.wrap(&[3; 16]), kwp(&[3; 16], &der)].concat();
    let mut changed = whole.clone();
    changed[300] ^= 1;
    for (wrapped, answer) in [
        (whole[..256].to_vec(), &size),
        (whole[..264].to_vec(), &size),
        (whole[..whole.len() - 1].to_vec(), &size),
        (whole[..whole.len() - 8].to_vec(), &ciphertext),
        (changed, &ciphertext),
        (short_key, &ciphertext),
        (hybrid.wrap_as(AlgorithmSpec::RsaAesKeyWrapSha1, &der), &ciphertext),
    ] {
        assert_eq!(&refused(desk.send(&key, &hybrid.token, &wrapped, forever())), answer, "{} bytes", wrapped.len());
    }
    assert_eq!(desk.state(&key), "PendingImport");
}

#[test]
fn material_must_fit_the_key_spec() {
    let desk = desk();
    for (spec, usage, unfit) in [
        ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", vec![vec![1; 16], vec![1; 31], vec![1; 33], Vec::new()]),
        ("HMAC_224", "GENERATE_VERIFY_MAC", vec![vec![1; 27], vec![1; 129]]),
        ("HMAC_512", "GENERATE_VERIFY_MAC", vec![vec![1; 63], vec![1; 32]]),
        ("ECC_NIST_P256", "SIGN_VERIFY", vec![owned("ECC_SECG_P256K1", ""), vec![1; 32], vec![0x30, 0x80]]),
        ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", vec![owned("ECC_NIST_P256", ""), vec![1; 32]]),
    ] {
        let key = desk.key(spec, usage);
        let parameters = desk.parameters(&key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa3072);
        let parcel = parameters.expect("parameters");
        for material in unfit {
            let reply = desk.import(&key, &parcel, &material);
            let answer = silent(Exception::IncorrectKeyMaterialException);
            assert_eq!(refused(reply), answer, "{spec} with {} bytes", material.len());
        }
        assert_eq!(desk.state(&key), "PendingImport");
    }
    let key = desk.key("RSA_2048", "ENCRYPT_DECRYPT");
    let parcel = desk.parameters(&key, AlgorithmSpec::RsaAesKeyWrapSha256, WrappingKeySpec::Rsa2048).expect("one");
    for material in [pair(KeySpec::Rsa3072), owned("ECC_NIST_P256", ""), vec![0x30; 3000]] {
        assert_eq!(refused(desk.import(&key, &parcel, &material)), silent(Exception::IncorrectKeyMaterialException));
    }
}

#[test]
fn an_hmac_key_may_be_longer_than_its_digest() {
    let desk = desk();
    let provider = CryptoProvider::default();
    for length in [28, 64, 65, 128] {
        let key = desk.key("HMAC_224", "GENERATE_VERIFY_MAC");
        desk.import(&key, &desk.parcel(&key), &vec![5; length]).expect("an import");
        let input = [("KeyId", key.as_str()), ("MacAlgorithm", "HMAC_SHA_224")];
        let [key_id, algorithm] = input.map(|(name, value)| (name, Value::from(value)));
        let reply = desk.call("GenerateMac", [key_id, algorithm, ("Message", Value::Blob(b"m".to_vec()))]);
        let mut expected = [0; 28];
        provider.mac.hmac(Hash::Sha224, &vec![5; length], &[b"m"], &mut expected).expect("a code");
        assert_eq!(member(&reply.expect("a code"), "Mac").as_bytes(), Some(&expected[..]), "{length} bytes");
    }
}
