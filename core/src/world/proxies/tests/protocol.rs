//! What a proxy makes of requests, as the specification of the protocol says it.

use super::*;

#[test]
fn the_vector_of_a_signature_is_signed_and_taken() {
    // CKS-46.
    let vector = health();
    assert_eq!(vector.body.len(), 113);
    let signature = vector.signature();
    let digest = crate::crypto::hash::Hash::Sha256.digest(&signature.canonical);
    assert_eq!(hex::encode(digest.as_ref()), "a80c1fb9fdcb436cef7cb68056a7dc81fa2c42cb7a30f10df997124c5574098a");
    assert_eq!(signature.expose(), "ce03b2d37d126283cbd00467445078582566db15099a8b137f06c8f8a1d6302b");
    let (status, told) = vector.sent(&world());
    assert_eq!((status, told.member("xksProxyFleetSize")), (200, Some(&Value::Int(1))));
    let Some(Value::List(managers)) = told.member("ekmFleetDetails") else { panic!("{told:?}") };
    assert_eq!(managers[0].member("healthStatus"), Some(&Value::from("ACTIVE")));
}

#[test]
fn a_path_is_known_before_anybody_is_authenticated() {
    // CKS-439, CKS-440 and CKS-168.
    let world = world();
    let unsigned = |method: &str, path: &str| {
        let headers = vec![("Host".to_owned(), b"xks.example.com".to_vec())];
        named(sent(&world, &Request::new(method, [PREFIX, path].concat(), headers, Vec::new())))
    };
    assert_eq!(unsigned("POST", "/kms/xks/v1/health"), "401 AuthenticationFailedException");
    for path in ["/kms/xks/v1/health/", "/kms/xks/v1//health", "/kms/xks/v2/health", "/a/kms/xks/v1/health", "/", ""] {
        assert_eq!(unsigned("POST", path), "404 InvalidUriPathException", "{path}");
        assert_eq!(unsigned("GET", path), "404 InvalidUriPathException", "{path}");
    }
    assert_eq!(TestRequest { method: "GET", ..health() }.outcome(&world), "405");
    assert_eq!(unsigned("PUT", "/kms/xks/v1/keys/foo/encrypt"), "405");
}

/// A prefix may have several slashes in a row: whether they are signed as one, or as they are, the proxy believes it. The
/// second signature is that of a client which leaves paths as they are.
#[test]
fn a_path_with_doubled_slashes_is_believed_in_both_canonical_forms() {
    let world = world();
    let form = format!(
        r#"{{"proxies":{{"https://xks.example.com//a//b":{{"credentials":[{{"accessKeyId":"{ID}","rawSecretAccessKey":"{SECRET}"}}]}}}}}}"#
    );
    world.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a proxy");
    let doubled = TestRequest { path: "//a//b/kms/xks/v1/health".to_owned(), ..health() };
    assert_eq!(doubled.sent(&world).0, 200);
    let mut request = doubled.request();
    let shown = |signature: &str| {
        format!(
            "AWS4-HMAC-SHA256 Credential={ID}/20260102/us-east-1/kms-xks-proxy/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={signature}"
        )
    };
    let outcome = |signature: &str, request: &mut Request| {
        request.headers.retain(|(name, _)| name != "Authorization");
        request.headers.push(("Authorization".into(), shown(signature).into_bytes().into()));
        sent(&world, request).0
    };
    let as_sent = "362a49e146e246a3291a2bef5728b012fbf2f3950bc9c648d8dcb5822aa998b7";
    assert_eq!(outcome(as_sent, &mut request), 200);
    assert_eq!(outcome(&as_sent.replace('3', "4"), &mut request), 401);
}

#[test]
fn a_timestamp_may_be_five_minutes_off() {
    // CKS-441.
    let world = world();
    for (date, outcome) in [
        ("20260102T025905Z", "200"),
        ("20260102T025904Z", "401 AuthenticationFailedException"),
        ("20260102T030905Z", "200"),
        ("20260102T030906Z", "401 AuthenticationFailedException"),
    ] {
        assert_eq!(TestRequest { date, ..health() }.outcome(&world), outcome, "{date}");
    }
    register(&world, r#""clockOffset":"6m""#);
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(TestRequest { date: "20260102T031005Z", ..health() }.outcome(&world), "200");
    register(&world, r#""clockOffset":null"#);
    assert_eq!(health().outcome(&world), "200");
}

#[test]
fn the_host_and_the_date_are_signed() {
    // CKS-442.
    let world = world();
    for (signed, outcome) in [
        ("content-type;host;x-amz-date", "200"),
        ("content-type;x-amz-date", "401 AuthenticationFailedException"),
        ("host", "401 AuthenticationFailedException"),
    ] {
        assert_eq!(TestRequest { signed, ..health() }.outcome(&world), outcome, "{signed}");
    }
}

#[test]
fn all_that_is_wrong_with_a_signature_is_told_alike() {
    // CKS-443.
    let world = world();
    let mut spoiled = health().request();
    spoiled.body.to_mut()[20] ^= 1;
    let lower = TestRequest { id: &ID.to_ascii_lowercase(), ..health() }.request();
    let requests = [
        TestRequest { region: "us-east-2", ..health() }.request(),
        TestRequest { service: "kms", ..health() }.request(),
        TestRequest { day: "20260101", ..health() }.request(),
        TestRequest { secret: "PleaseReplaceThisWithSomeSecretOfLength43To65", ..health() }.request(),
        lower,
        spoiled,
    ];
    let answers = requests.map(|request| world.proxy_http(&request, NOW));
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (401, &answers[0].body));
    }
}

#[test]
fn credentials_change_one_after_the_other() {
    // CKS-444 and CKS-182.
    let world = world();
    let (id, secret) = ("ANOTHER2TENAND3TENCHARACTERS", "s".repeat(64));
    acted(&world, &format!(r#"{{"do":"addCredential","accessKeyId":"{id}","rawSecretAccessKey":"{secret}"}}"#));
    let second = TestRequest { id, secret: &secret, ..health() };
    assert_eq!((health().outcome(&world), second.outcome(&world)), ("200".to_owned(), "200".to_owned()));
    acted(&world, &format!(r#"{{"do":"removeCredential","accessKeyId":"{ID}"}}"#));
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(second.outcome(&world), "200");
    // A credential that comes back with another secret is another one.
    let (id, secret) = (ID, "+/=".repeat(15));
    acted(&world, &format!(r#"{{"do":"addCredential","accessKeyId":"{id}","rawSecretAccessKey":"{secret}"}}"#));
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(TestRequest { secret: &secret, ..health() }.outcome(&world), "200");
}

#[test]
fn a_body_that_lacks_what_must_be_there_is_refused() {
    // CKS-445 and CKS-172.
    let world = world();
    let no_id = r#"{"requestMetadata":{"kmsOperation":"CreateCustomKeyStore"}}"#;
    let number = r#"{"requestMetadata":{"kmsOperation":"CreateCustomKeyStore","kmsRequestId":7}}"#;
    let twice = r#"{"requestMetadata":{"kmsOperation":"a","kmsOperation":"a","kmsRequestId":"7"}}"#;
    for body in ["{}", "[]", "", "no JSON", no_id, number, twice, r#"{"requestMetadata":null}"#] {
        for path in ["/health", "/keys/foo/metadata", "/keys/foo/encrypt", "/keys/foo/decrypt"] {
            assert_eq!(asked(path, body).outcome(&world), "400 ValidationException", "{body} to {path}");
        }
    }
    let metadata = r#"{"awsPrincipalArn":"a","kmsOperation":"Encrypt","kmsRequestId":"b"}"#;
    let no_key = format!(r#"{{"requestMetadata":{metadata},"plaintext":"","encryptionAlgorithm":"AES_GCM"}}"#);
    assert_eq!(asked("/keys/foo/encrypt", no_key).outcome(&world), "400 ValidationException");
    for more in [
        r#","plaintext":7"#,
        r#","additionalAuthenticatedData":7"#,
        r#","ciphertextDataIntegrityValueAlgorithm":"MD5""#,
    ] {
        assert_eq!(encrypt(b"a", more).outcome(&world), "400 ValidationException", "{more}");
    }
    let other = encrypt(b"a", "").body.replace("AES_GCM", "AES_CBC");
    assert_eq!(asked("/keys/foo/encrypt", other).outcome(&world), "400 ValidationException");
    let mut plain = health().request();
    plain.headers[1].1 = b"text/plain".into();
    assert_eq!(named(sent(&world, &plain)), "400 ValidationException");
    plain.headers[1].1 = b"application/json; charset=utf-8".into();
    assert_eq!(named(sent(&world, &plain)), "200");
}

#[test]
fn what_a_proxy_does_not_know_is_no_fault_of_the_request() {
    // CKS-446.
    let world = world();
    let body = r#"{"requestMetadata":{"awsPrincipalArn":"?","kmsOperation":"Nobody","kmsRequestId":"x","later":[7],"kmsViaService":null},"more":{}}"#;
    let (status, told) = asked("/keys/foo/metadata", body).sent(&world);
    let usage = Value::List(vec![Value::from("ENCRYPT"), Value::from("DECRYPT")]);
    assert_eq!(
        (status, told.member("keySpec"), told.member("keyUsage")),
        (200, Some(&Value::from("AES_256")), Some(&usage))
    );
    assert_eq!(asked("/keys/bar/metadata", body).outcome(&world), "404 KeyNotFoundException");
    assert_eq!(encrypt(b"a", r#","additionalAuthenticatedData":null,"unknown":7"#).outcome(&world), "200");
}

#[test]
fn a_proxy_takes_more_than_it_must_and_not_more_than_it_can() {
    // CKS-447, CKS-170 and CKS-171.
    let world = world();
    for (length, outcome) in [(0, "200"), (4300, "200"), (6144, "200"), (6145, "501 UnsupportedOperationException")] {
        assert_eq!(encrypt(&vec![7; length], "").outcome(&world), outcome, "{length} bytes");
    }
    for (length, outcome) in [(0, "200"), (8192, "200"), (12_288, "200"), (12_289, "501 UnsupportedOperationException")]
    {
        let data = format!(r#","additionalAuthenticatedData":"{}""#, base64(&vec![7; length]));
        assert_eq!(encrypt(b"a", &data).outcome(&world), outcome, "{length} bytes");
    }
    register(&world, r#""maxPlaintext":4300,"maxAdditionalData":20000"#);
    assert_eq!(encrypt(&[7; 4301], "").outcome(&world), "501 UnsupportedOperationException");
    let data = format!(r#","additionalAuthenticatedData":"{}""#, base64(&vec![7; 20_000]));
    assert_eq!(encrypt(b"a", &data).outcome(&world), "200");
}

#[test]
fn an_empty_plaintext_is_encrypted_and_no_data_is_empty_data() {
    let world = world();
    let (_, answer) = encrypt(b"", r#","additionalAuthenticatedData":"""#).sent(&world);
    assert_eq!((bytes_of(&answer, "ciphertext").len(), bytes_of(&answer, "authenticationTag").len()), (0, 16));
    let (status, told) = decrypt(&answer, &[]).sent(&world);
    assert_eq!((status, bytes_of(&told, "plaintext")), (200, Vec::new()));
}

#[test]
fn a_key_does_what_it_is_meant_for() {
    // CKS-448 and CKS-78.
    let world = world();
    let (_, answer) = encrypt(b"a", "").sent(&world);
    let value = r#","ciphertextDataIntegrityValueAlgorithm":"SHA_256""#;
    for (usages, outcomes) in [
        (r#"["ENCRYPT"]"#, ["200", "400 InvalidKeyUsageException", "400 InvalidKeyUsageException"]),
        (r#"["DECRYPT"]"#, ["400 InvalidKeyUsageException", "400 InvalidKeyUsageException", "200"]),
        ("[]", ["400 InvalidKeyUsageException"; 3]),
        (r#"["ENCRYPT","DECRYPT","SIGN"]"#, ["200"; 3]),
    ] {
        register(&world, &format!(r#""keys":{{"foo":{{"usages":{usages}}}}}"#));
        let requests = [encrypt(b"a", ""), encrypt(b"a", value), decrypt(&answer, &[])];
        assert_eq!(requests.map(|request| request.outcome(&world)), outcomes, "{usages}");
    }
    register(&world, r#""keys":{"foo":{"spec":"RSA_2048"}}"#);
    assert_eq!(encrypt(b"a", "").outcome(&world), "400 InvalidKeyUsageException");
}

#[test]
fn a_disabled_a_deleted_and_a_blocked_key_have_each_their_error() {
    let world = world();
    for (action, outcome) in [
        ("disableKey", "400 InvalidStateException"),
        ("enableKey", "200"),
        ("deleteKey", "404 KeyNotFoundException"),
        ("restoreKey", "200"),
    ] {
        acted(&world, &format!(r#"{{"do":"{action}","key":"foo"}}"#));
        assert_eq!(encrypt(b"a", "").outcome(&world), outcome, "{action}");
    }
    register(&world, r#""blocked":true"#);
    assert_eq!([health(), encrypt(b"a", "")].map(|request| request.outcome(&world)), ["400 InvalidStateException"; 2]);
}

#[test]
fn one_changed_bit_is_found() {
    // CKS-449 and CKS-169.
    let world = world();
    register(&world, r#""metadata":"bWV0YQ==""#);
    let data = base64(b"project=nile");
    let (_, answer) = encrypt(b"secret", &format!(r#","additionalAuthenticatedData":"{data}""#)).sent(&world);
    let whole = [("additionalAuthenticatedData", Value::from(data.as_str()))];
    let (status, told) = decrypt(&answer, &whole).sent(&world);
    assert_eq!((status, bytes_of(&told, "plaintext")), (200, b"secret".to_vec()));
    for name in
        ["ciphertext", "initializationVector", "authenticationTag", "ciphertextMetadata", "additionalAuthenticatedData"]
    {
        let mut bytes = if name == whole[0].0 { b"project=nile".to_vec() } else { bytes_of(&answer, name) };
        bytes[0] ^= 1;
        let changed = [whole[0].clone(), (name, Value::from(base64(&bytes)))];
        let outcome = decrypt(&answer, &changed).outcome(&world);
        assert_eq!(outcome, "400 InvalidCiphertextException", "{name}");
    }
    assert_eq!(decrypt(&answer, &[]).outcome(&world), "400 InvalidCiphertextException");
    for (name, length) in [("initializationVector", 11), ("authenticationTag", 12), ("ciphertextMetadata", 21)] {
        let changed = [whole[0].clone(), (name, Value::from(base64(&vec![0; length])))];
        assert_eq!(decrypt(&answer, &changed).outcome(&world), "400 ValidationException", "{name}");
    }
    for text in ["_-_-", "YQ", " YQ==", "YQ== "] {
        let changed = [whole[0].clone(), ("ciphertext", Value::from(text))];
        assert_eq!(decrypt(&answer, &changed).outcome(&world), "400 ValidationException", "{text}");
    }
}

#[test]
fn the_vectors_of_the_key_manager_open() {
    // CKS-80 and CKS-84: the material, and what was encrypted under it.
    let world = world();
    let material = base64(&std::array::from_fn::<u8, 32, _>(|byte| u8::try_from(byte).expect("a byte")));
    register(&world, &format!(r#""keys":{{"foo":{{"material":"{material}"}}}}"#));
    for (ciphertext, vector, tag) in [
        ("rn0QQSrrVdAQCePy", "oKGio6Slpqeoqaqr", "kefL2JEPy2uWx67YZu2GJw=="),
        ("YsZP0Hftmhmx8nuQ", "oKGio6SlpqeoqaqrrK2urw==", "AV81agmfO/v8V6vjpyb/Fw=="),
    ] {
        let answer = Value::from([
            ("ciphertext", Value::from(ciphertext)),
            ("ciphertextMetadata", Value::from(base64(b"key_version=1"))),
            ("initializationVector", Value::from(vector)),
            ("authenticationTag", Value::from(tag)),
        ]);
        let data = [("additionalAuthenticatedData", Value::from(base64(b"project=nile,department=marketing")))];
        let (status, told) = decrypt(&answer, &data).sent(&world);
        assert_eq!((status, bytes_of(&told, "plaintext")), (200, b"Hello World!".to_vec()), "{vector}");
    }
}

#[test]
fn an_answer_is_one_line_of_compact_json() {
    let world = world();
    let response =
        world.proxy_http(&encrypt(b"abc", r#","ciphertextDataIntegrityValueAlgorithm":"SHA_256""#).request(), NOW);
    let text = String::from_utf8(response.body.clone()).expect("text");
    assert!(text.starts_with(r#"{"authenticationTag":""#) && !text.contains([' ', '\n']), "{text}");
    assert!(response.headers.iter().any(|(name, value)| *name == "Content-Type" && value == "application/json"));
    let answer = wire::from_json(text.as_bytes()).expect("JSON");
    let lengths = ["ciphertext", "initializationVector", "authenticationTag", "ciphertextDataIntegrityValue"];
    assert_eq!(lengths.map(|name| bytes_of(&answer, name).len()), [3, 12, 16, 32]);
    assert_eq!(answer.member("ciphertextMetadata"), None);
    register(&world, r#""initializationVector":16,"metadata":"a2V5""#);
    let (_, answer) = encrypt(b"abc", "").sent(&world);
    assert_eq!(
        (bytes_of(&answer, "initializationVector").len(), bytes_of(&answer, "ciphertextMetadata")),
        (16, b"key".to_vec())
    );
    assert_eq!(decrypt(&answer, &[]).outcome(&world), "200");
}
