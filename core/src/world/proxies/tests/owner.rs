//! What the owner of a proxy does with it: keys, rules, faults, its log and its form.

use super::*;

#[test]
fn a_rotated_key_opens_what_it_has_encrypted_and_another_key_does_not() {
    // CKS-450, CKS-342 and CKS-343.
    let world = world();
    let (_, old) = encrypt(b"old", "").sent(&world);
    acted(&world, r#"{"do":"rotateKey","key":"foo"}"#);
    let (_, new) = encrypt(b"new", "").sent(&world);
    assert_eq!(
        (old.member("ciphertextMetadata"), bytes_of(&new, "ciphertextMetadata")),
        (None, b"key_version=2".to_vec())
    );
    for (answer, plaintext) in [(&old, &b"old"[..]), (&new, b"new")] {
        let (status, told) = decrypt(answer, &[]).sent(&world);
        assert_eq!((status, bytes_of(&told, "plaintext")), (200, plaintext.to_vec()));
    }
    let other = [("ciphertextMetadata", Value::from(base64(b"key_version=3")))];
    assert_eq!(decrypt(&new, &other).outcome(&world), "400 InvalidCiphertextException");
    acted(&world, r#"{"do":"replaceKey","key":"foo"}"#);
    assert_eq!([&old, &new].map(|answer| decrypt(answer, &[]).outcome(&world)), ["400 InvalidCiphertextException"; 2]);
    assert_eq!(encrypt(b"a", "").outcome(&world), "200");
}

#[test]
fn rules_allow_and_health_needs_none() {
    // CKS-451 and CKS-175.
    let world = world();
    let (_, answer) = encrypt(b"a", "").sent(&world);
    let metadata = asked("/keys/foo/metadata", format!(r#"{{"requestMetadata":{METADATA}}}"#));
    let requests = || [health(), metadata.clone(), encrypt(b"a", ""), decrypt(&answer, &[])];
    let (no, yes) = ("403 AccessDeniedException", "200");
    for (rules, outcomes) in [
        ("[]", [yes, no, no, no]),
        ("null", [yes; 4]),
        (r#"[{"awsPrincipalArn":"arn:aws:iam::111122223333:user/bob"}]"#, [yes, no, no, no]),
        (r#"[{"awsPrincipalArn":"arn:aws:iam::111122223333:*"}]"#, [yes; 4]),
        (r#"[{"operation":["Encrypt","GetKeyMetadata"],"key":"foo"}]"#, [yes, yes, yes, no]),
        (r#"[{"kmsViaService":"*"}]"#, [yes, no, no, no]),
        (r#"[{"operation":"Decrypt"},{"kms_operation":"En*"}]"#, [yes; 4]),
    ] {
        register(&world, &format!(r#""rules":{rules}"#));
        assert_eq!(requests().map(|request| request.outcome(&world)), outcomes, "{rules}");
    }
}

#[test]
fn a_proxy_answers_so_many_requests_in_a_second() {
    let world = world();
    register(&world, r#""requestLimit":2"#);
    let limited = "429 ThrottlingException";
    assert_eq!([(); 3].map(|()| health().outcome(&world)), ["200", "200", limited]);
    world.set_time(NOW.after(crate::Span::from_millis(1000)), NOW);
    assert_eq!(health().outcome(&world), "200");
    // Whoever is not let in takes nothing away.
    let stranger = TestRequest { region: "us-east-2", ..health() };
    assert_eq!([(); 3].map(|()| stranger.outcome(&world)), ["401 AuthenticationFailedException"; 3]);
    assert_eq!([(); 2].map(|()| health().outcome(&world)), ["200", limited]);
}

#[test]
fn a_configuration_file_has_a_credential_that_the_proxy_takes() {
    // CKS-452 and CKS-178.
    let world = world();
    let file = acted(&world, r#"{"do":"configurationFile"}"#);
    assert_eq!(file.member("XksProxyUriPath"), Some(&Value::from([PREFIX, "/kms/xks/v1"].concat())));
    let credential = file.member("XksProxyAuthenticationCredential").expect("a credential");
    let said = |name: &str| credential.member(name).and_then(Value::as_text).expect(name);
    let (id, secret) = (said("AccessKeyId"), said("RawSecretAccessKey"));
    assert!(
        id.len() == 20 && id.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte)),
        "{id}"
    );
    assert!(secret.len() == 43 && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+=".contains(&byte)));
    assert_eq!(TestRequest { id, secret, ..health() }.outcome(&world), "200");
    assert_eq!(health().outcome(&world), "200", "the former credential stays");
    assert!(!format!("{:?} {:?}", world.stores_setup(), world.changes(0)).contains(secret));
}

#[test]
fn a_host_that_serves_proxies_gets_the_credentials_that_are_missing() {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [7; 32]);
    let files = world.set_up_proxies(&Value::Null, NOW).expect("a proxy");
    let file = files.member("https://xks.example.com").expect("a file");
    assert_eq!(file.member("XksProxyUriPath"), Some(&Value::from("/kms/xks/v1")));
    assert_eq!(world.set_up_proxies(&Value::Null, NOW).expect("the same proxy"), Value::Map(Vec::new()));
}

#[test]
fn a_fault_hits_whom_it_is_for_as_often_and_as_long_as_it_should() {
    let world = world();
    let added = acted(
        &world,
        r#"{"do":"addFault","fault":"error","errorName":"ThrottlingException","operation":"Encrypt","times":2}"#,
    );
    let limited = "429 ThrottlingException";
    assert_eq!(health().outcome(&world), "200");
    assert_eq!([(); 3].map(|()| encrypt(b"a", "").outcome(&world)), [limited, limited, "200"]);
    acted(&world, &format!(r#"{{"do":"removeFault","id":{}}}"#, wire_number(&added)));
    for (limits, outcome) in [
        (r#""key":"bar""#, "200"),
        (r#""key":"foo""#, limited),
        (r#""kmsOperation":"GenerateDataKey""#, "200"),
        (r#""kms_operation":"Encrypt""#, limited),
        (r#""store":"cks-1""#, "200"),
        (r#""for":"10s""#, limited),
        (r#""until":"2026-01-02T03:04:05Z""#, "200"),
    ] {
        register(&world, &format!(r#""faults":[{{"fault":"error","errorName":"ThrottlingException",{limits}}}]"#));
        assert_eq!(encrypt(b"a", "").outcome(&world), outcome, "{limits}");
    }
}

fn wire_number(told: &Value) -> i64 {
    match told.member("id") {
        Some(Value::Int(id)) => *id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_kind_of_fault_does_what_it_says() {
    let world = world();
    let with = |fault: &str| {
        register(&world, &format!(r#""faults":[{fault}]"#));
        world.proxy_http(&encrypt(b"secret", "").request(), NOW)
    };
    let html = with(r#"{"fault":"response","status":502,"body":"<html>","contentType":"text/html"}"#);
    assert_eq!((html.status, html.body.as_slice()), (502, &b"<html>"[..]));
    assert!(html.headers.iter().any(|(name, value)| *name == "Content-Type" && value == "text/html"));
    let long = with(r#"{"fault":"response","status":200,"body":"ab","length":71681}"#);
    assert_eq!((long.body.len(), &long.body[71_678..]), (71_681, &b"aba"[..]));
    let moved = with(r#"{"fault":"response","status":302,"location":"https://other.example.com"}"#);
    assert!(moved.headers.iter().any(|(name, _)| *name == "Location"));
    let without = with(r#"{"fault":"member","member":"initializationVector"}"#);
    assert_eq!(wire::from_json(&without.body).expect("JSON").member("initializationVector"), None);
    let other = with(r#"{"fault":"member","member":"initializationVector","value":[7]}"#);
    assert!(String::from_utf8_lossy(&other.body).contains(r#""initializationVector":[7]"#));
    let named = with(r#"{"fault":"error","errorName":"SomethingElse"}"#);
    assert_eq!((named.status, String::from_utf8_lossy(&named.body).contains("SomethingElse")), (400, true));
    assert_eq!(with(r#"{"fault":"delay","milliseconds":300}"#).delay.millis(), 300);
    for broken in [
        r#"{"fault":"unreachable","reason":"reset"}"#,
        r#"{"fault":"tls"}"#,
        r#"{"fault":"timeout"}"#,
        r#"{"fault":"internal"}"#,
    ] {
        assert!(with(broken).reset, "{broken}");
    }
    let flipped = with(r#"{"fault":"flip","member":"authenticationTag"}"#);
    let answer = wire::from_json(&flipped.body).expect("JSON");
    register(&world, r#""faults":[]"#);
    assert_eq!(decrypt(&answer, &[]).outcome(&world), "400 InvalidCiphertextException");
    let (_, answer) = encrypt(b"secret", r#","additionalAuthenticatedData":"YQ==""#).sent(&world);
    assert_eq!(decrypt(&answer, &[]).outcome(&world), "400 InvalidCiphertextException");
    register(&world, r#""faults":[{"fault":"ignoreAdditionalData"}]"#);
    let (_, answer) = encrypt(b"secret", r#","additionalAuthenticatedData":"YQ==""#).sent(&world);
    assert_eq!(decrypt(&answer, &[]).outcome(&world), "200");
    register(&world, r#""faults":[{"fault":"otherPlaintext"}]"#);
    let (_, told) = decrypt(&answer, &[]).sent(&world);
    let plaintext = bytes_of(&told, "plaintext");
    assert_eq!((plaintext.len(), plaintext == b"secret"), (6, false));
}

#[test]
fn the_log_tells_of_each_request_and_never_of_a_plaintext() {
    // CKS-177.
    let world = world();
    let (_, answer) = encrypt(b"attack at dawn", "").sent(&world);
    drop(decrypt(&answer, &[]).sent(&world));
    register(&world, r#""faults":[{"fault":"unreachable"}]"#);
    drop(health().sent(&world));
    let Ok(Value::List(log)) = world.proxy_log(NAME, 0) else { panic!("a log") };
    let operations: Vec<_> = log.iter().filter_map(|line| line.member("operation").and_then(Value::as_text)).collect();
    assert_eq!(operations, ["Encrypt", "Decrypt", "GetHealthStatus"]);
    let alice = Value::from("arn:aws:iam::111122223333:user/alice");
    assert_eq!(log[0].member("metadata").and_then(|metadata| metadata.member("awsPrincipalArn")), Some(&alice));
    assert_eq!((log[0].member("status"), log[0].member("key")), (Some(&Value::Int(200)), Some(&Value::from("foo"))));
    assert_eq!(
        (log[2].member("status"), log[2].member("error")),
        (Some(&Value::Int(0)), Some(&Value::from("unreachable: refused")))
    );
    let told = format!("{log:?}");
    assert!(!told.contains("attack") && !told.contains(&base64(b"attack at dawn")) && !told.contains(SECRET), "{told}");
    assert!(!told.contains(ID), "an access key id stands in no log: {told}");
    let Ok(Value::List(rest)) = world.proxy_log(NAME, 2) else { panic!("a log") };
    assert_eq!((rest.len(), rest[0].member("number")), (1, Some(&Value::Int(3))));
    assert!(world.proxy_log("xks.example.com", 0).is_err());
}

#[test]
fn what_is_told_of_proxies_can_be_registered_again_and_forks_and_snapshots_have_them() {
    let world = world();
    register(
        &world,
        r#""keys":{"bar":{"spec":"RSA_2048","usages":["SIGN"],"status":"DISABLED"}},"rules":[{"key":"f*"}],
           "managers":[{"id":"one","healthStatus":"DEGRADED"}],"latency":"20ms","clockOffset":-5,"metadata":"YQ==",
           "requestLimit":9,"blocked":true,"initializationVector":16,"maxPlaintext":5000,
           "certificate":{"subject":"*.example.com","notAfter":"2027-01-01T00:00:00Z","protocols":["TLSv1.3"]},
           "faults":[{"fault":"member","member":"a","value":{"b":[null]},"times":3,"for":"1h"},{"fault":"delay","milliseconds":5}]"#,
    );
    acted(&world, r#"{"do":"rotateKey","key":"foo"}"#);
    let told = world.stores_setup();
    world.register_stores(&told, NOW).expect("what is told");
    assert_eq!(world.stores_setup(), told);
    assert_eq!(world.fork([1; 32]).stores_setup(), told);
    let snapshot = world.snapshot(&[9; 32]).expect("a snapshot");
    assert!(!String::from_utf8_lossy(&snapshot).contains(SECRET));
    let restored = World::restore(&snapshot, &[9; 32], CryptoProvider::default(), [1; 32]).expect("a world");
    assert_eq!(restored.stores_setup(), told);
    assert_eq!(restored.snapshot(&[9; 32]).expect("a snapshot").len(), snapshot.len());
}

#[test]
fn a_key_that_is_told_to_another_world_has_as_many_versions_there() {
    let [one, other] =
        [[3; 32], [4; 32]].map(|entropy| World::new(Options::default(), CryptoProvider::default(), entropy));
    let form = format!(r#"{{"proxies":{{"{NAME}":{{"keys":["foo"]}}}}}}"#);
    one.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a proxy");
    acted(&one, r#"{"do":"rotateKey","key":"foo"}"#);
    other.register_stores(&one.stores_setup(), NOW).expect("what is told");
    assert_eq!(other.stores_setup(), one.stores_setup());
    acted(&one, r#"{"do":"rotateKey","key":"foo"}"#);
    let refused = other.register_stores(&one.stores_setup(), NOW).expect_err("a third version").to_string();
    assert!(refused.contains("versions are 2 here"), "{refused}");
}

#[test]
fn a_form_that_is_wrong_says_where_and_leaves_everything_as_it_was() {
    let world = world();
    let before = world.stores_setup();
    for (members, place) in [
        (r#""sekret":1"#, "sekret"),
        (r#""keys":{"a/b":{}}"#, "keys.a/b"),
        (r#""keys":{"a":{"spec":"AES"}}"#, "keys.a.spec"),
        (r#""keys":{"a":{"status":"OFF"}}"#, "keys.a.status"),
        (r#""keys":{"a":{"material":"YQ=="}}"#, "keys.a.material"),
        (r#""keys":{"a":{},"b":null}"#, "keys.b"),
        (r#""credentials":[{"accessKeyId":"short"}]"#, "credentials[0].accessKeyId"),
        (
            r#""credentials":[{"accessKeyId":"ANOTHER2TENAND3TENCHARACTERS"}]"#,
            "credentials[0]: needs rawSecretAccessKey",
        ),
        (
            r#""credentials":[{"accessKeyId":"ANOTHER2TENAND3TENCHARACTERS","rawSecretAccessKey":"hidden"}]"#,
            "rawSecretAccessKey",
        ),
        (r#""rules":[{"who":"a"}]"#, "rules[0].who"),
        (r#""managers":[]"#, "managers"),
        (r#""managers":[{"healthStatus":"FINE"}]"#, "managers[0].healthStatus"),
        (r#""latency":"soon""#, "latency"),
        (r#""clockOffset":"-2d""#, "clockOffset"),
        (r#""metadata":"_-_-""#, "metadata"),
        (r#""initializationVector":13"#, "initializationVector"),
        (r#""faults":[{"fault":"explode"}]"#, "faults[0].fault"),
        (r#""faults":[{"fault":"error"}]"#, "needs errorName"),
        (r#""faults":[{"fault":"delay","milliseconds":5,"body":"a"}]"#, "faults[0].body"),
        (r#""faults":[{"fault":"tls","reason":"bad luck"}]"#, "faults[0].reason"),
        (r#""faults":[{"fault":"response","status":100}]"#, "faults[0].status"),
        (r#""certificate":{"notAfter":"soon"}"#, "certificate.notAfter"),
        (r#""access__key_":1"#, "access__key_"),
    ] {
        let form = format!(r#"{{"proxies":{{"{NAME}":{{"blocked":true,{members}}}}}}}"#);
        let error = world.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect_err(members);
        let sentence = error.message.expect("a sentence");
        assert!(sentence.contains(place) && !sentence.contains("hidden"), "{members}: {sentence}");
        assert_eq!(world.stores_setup(), before, "{members}");
    }
    for name in ["xks.example.com", "https://xks.example.com/", "https://other.example.com"] {
        let form = format!(r#"{{"proxies":{{"{name}":null}}}}"#);
        assert!(world.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).is_err(), "{name}");
    }
    for action in [
        "{}",
        r#"{"do":"dance"}"#,
        r#"{"do":"rotateKey"}"#,
        r#"{"do":"rotateKey","key":"bar"}"#,
        r#"{"do":"removeFault","id":7}"#,
    ] {
        assert!(world.on_proxy(NAME, &wire::from_json(action.as_bytes()).expect("JSON"), NOW).is_err(), "{action}");
    }
    let form = format!(r#"{{"proxies":{{"{NAME}":null}}}}"#);
    world.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a proxy goes");
    assert_eq!(health().outcome(&world), "404 InvalidUriPathException");
}
