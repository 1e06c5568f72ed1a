//! The proxy role, through the door that a host serves.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::*;
use crate::{
    CryptoProvider, Options,
    signature::{Message, Scope, Signature},
    text::hex,
    wire,
};

const ID: &str = "BETWEEN2TENAND3TENCHARACTERS";
const SECRET: &str = "PleaseReplaceThisWithSomeSecretOfLength43To64";
const NAME: &str = "https://xks.example.com/example/uri/path/prefix";
const PREFIX: &str = "/example/uri/path/prefix";
/// 2026-01-02T03:04:05Z.
const NOW: Time = Time::from_millis(1_767_323_045_000);
const METADATA: &str = r#"{"awsPrincipalArn":"arn:aws:iam::111122223333:user/alice","kmsKeyArn":"not an ARN","kmsOperation":"Encrypt","kmsRequestId":"4112f4d6-db54-4af4-ae30-c55a22a8dfae"}"#;

fn world() -> World {
    let options = Options { now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [7; 32]);
    let credential = format!(r#"{{"accessKeyId":"{ID}","rawSecretAccessKey":"{SECRET}"}}"#);
    register(&world, &format!(r#""region":"us-east-1","credentials":[{credential}],"keys":["foo"]"#));
    world
}

fn register(world: &World, members: &str) {
    let form = format!(r#"{{"proxies":{{"{NAME}":{{{members}}}}}}}"#);
    world.register_stores(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a proxy");
}

fn acted(world: &World, action: &str) -> Value {
    world.on_proxy(NAME, &wire::from_json(action.as_bytes()).expect("JSON"), NOW).expect("an action")
}

/// What is said in a request and its signature.
#[derive(Clone)]
struct Asked<'a> {
    method: &'a str,
    path: String,
    body: String,
    date: &'a str,
    day: &'a str,
    region: &'a str,
    service: &'a str,
    id: &'a str,
    secret: &'a str,
    signed: &'a str,
}

fn asked(path: &str, body: impl Into<String>) -> Asked<'static> {
    Asked {
        method: "POST",
        path: [PREFIX, "/kms/xks/v1", path].concat(),
        body: body.into(),
        date: "20260102T030405Z",
        day: "20260102",
        region: "us-east-1",
        service: "kms-xks-proxy",
        id: ID,
        secret: SECRET,
        signed: "host;x-amz-date",
    }
}

impl Asked<'_> {
    fn signature(&self) -> Signature {
        let headers = self.headers();
        let message = Message {
            method: self.method,
            path: &self.path,
            query: "",
            headers: &headers,
            authority: None,
            body: self.body.as_bytes(),
        };
        let names: Vec<String> = self.signed.split(';').map(ToOwned::to_owned).collect();
        let scope = Scope { day: self.day, region: self.region, service: self.service };
        let mac = CryptoProvider::default().mac;
        Signature::new(mac, self.secret.as_bytes(), &message, &names, (scope, self.date, false)).expect("a signature")
    }

    fn headers(&self) -> Vec<(String, Vec<u8>)> {
        let pairs = [("Host", "xks.example.com"), ("Content-Type", "application/json"), ("X-Amz-Date", self.date)];
        pairs.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec()
    }

    fn request(&self) -> Request {
        let Self { id, day, region, service, signed, .. } = self;
        let signature = self.signature();
        let header = format!(
            "AWS4-HMAC-SHA256 Credential={id}/{day}/{region}/{service}/aws4_request, SignedHeaders={signed}, Signature={}",
            signature.expose()
        );
        let mut headers = self.headers();
        headers.push(("Authorization".to_owned(), header.into_bytes()));
        Request::new(self.method, self.path.clone(), headers, self.body.clone().into_bytes())
    }

    /// The status, and the body as JSON.
    fn sent(&self, world: &World) -> (u16, Value) {
        sent(world, &self.request())
    }

    /// `errorName` of a refusal with its status; the status alone of anything else.
    fn outcome(&self, world: &World) -> String {
        named(self.sent(world))
    }
}

fn sent(world: &World, request: &Request) -> (u16, Value) {
    let response = world.proxy_http(request, NOW);
    (response.status, wire::from_json(&response.body).unwrap_or_default())
}

fn named((status, body): (u16, Value)) -> String {
    let name = body.member("errorName").and_then(Value::as_text);
    name.map_or_else(|| status.to_string(), |name| format!("{status} {name}"))
}

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn health() -> Asked<'static> {
    asked(
        "/health",
        r#"{"requestMetadata":{"kmsRequestId":"4112f4d6-db54-4af4-ae30-c55a22a8dfae","kmsOperation":"CreateCustomKeyStore"}}"#,
    )
}

fn encrypt(plaintext: &[u8], more: &str) -> Asked<'static> {
    let plaintext = base64(plaintext);
    let body =
        format!(r#"{{"requestMetadata":{METADATA},"plaintext":"{plaintext}","encryptionAlgorithm":"AES_GCM"{more}}}"#);
    asked("/keys/foo/encrypt", body)
}

/// A request that decrypts what an answer to [`encrypt`] says, with members changed.
fn decrypt(answer: &Value, changed: &[(&str, Value)]) -> Asked<'static> {
    let mut members: Vec<(String, Value)> = vec![
        ("requestMetadata".to_owned(), wire::from_json(METADATA.as_bytes()).expect("JSON")),
        ("encryptionAlgorithm".to_owned(), Value::from("AES_GCM")),
    ];
    let kept = ["ciphertext", "ciphertextMetadata", "initializationVector", "authenticationTag"];
    for name in kept {
        members.extend(answer.member(name).map(|value| (name.to_owned(), value.clone())));
    }
    for (name, value) in changed {
        members.retain(|(known, _)| known != name);
        members.push(((*name).to_owned(), value.clone()));
    }
    let body = wire::to_json(&members.into_iter().collect());
    asked("/keys/foo/decrypt", String::from_utf8(body).expect("text"))
}

fn bytes_of(answer: &Value, name: &str) -> Vec<u8> {
    let text = answer.member(name).and_then(Value::as_text).expect(name);
    BASE64_STANDARD.decode(text).expect("base64")
}

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
    assert_eq!(Asked { method: "GET", ..health() }.outcome(&world), "405");
    assert_eq!(unsigned("PUT", "/kms/xks/v1/keys/foo/encrypt"), "405");
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
        assert_eq!(Asked { date, ..health() }.outcome(&world), outcome, "{date}");
    }
    register(&world, r#""clockOffset":"6m""#);
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(Asked { date: "20260102T031005Z", ..health() }.outcome(&world), "200");
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
        assert_eq!(Asked { signed, ..health() }.outcome(&world), outcome, "{signed}");
    }
}

#[test]
fn all_that_is_wrong_with_a_signature_is_told_alike() {
    // CKS-443.
    let world = world();
    let mut spoiled = health().request();
    spoiled.body[20] ^= 1;
    let lower = Asked { id: &ID.to_ascii_lowercase(), ..health() }.request();
    let requests = [
        Asked { region: "us-east-2", ..health() }.request(),
        Asked { service: "kms", ..health() }.request(),
        Asked { day: "20260101", ..health() }.request(),
        Asked { secret: "PleaseReplaceThisWithSomeSecretOfLength43To65", ..health() }.request(),
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
    let second = Asked { id, secret: &secret, ..health() };
    assert_eq!((health().outcome(&world), second.outcome(&world)), ("200".to_owned(), "200".to_owned()));
    acted(&world, &format!(r#"{{"do":"removeCredential","accessKeyId":"{ID}"}}"#));
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(second.outcome(&world), "200");
    // A credential that comes back with another secret is another one.
    let (id, secret) = (ID, "+/=".repeat(15));
    acted(&world, &format!(r#"{{"do":"addCredential","accessKeyId":"{id}","rawSecretAccessKey":"{secret}"}}"#));
    assert_eq!(health().outcome(&world), "401 AuthenticationFailedException");
    assert_eq!(Asked { secret: &secret, ..health() }.outcome(&world), "200");
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
    plain.headers[1].1 = b"text/plain".to_vec();
    assert_eq!(named(sent(&world, &plain)), "400 ValidationException");
    plain.headers[1].1 = b"application/json; charset=utf-8".to_vec();
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
    let stranger = Asked { region: "us-east-2", ..health() };
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
    assert_eq!(Asked { id, secret, ..health() }.outcome(&world), "200");
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
