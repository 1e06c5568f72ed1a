//! What a call leaves in memory when it is over: no freed block holds a plaintext, a seed or a root key.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{
    Call, Caller, CryptoProvider, Kms, Options, Region, Span, Step, Time, Value, World,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
    endpoint::Endpoint,
    http::{Connection, Request},
    state::Change,
    wire,
};
use pocket_kms_test_heap::{Watched, leftovers};
use zeroize::Zeroizing;

#[global_allocator]
static HEAP: Watched = Watched;

/// A plaintext that stands nowhere else; its length makes its base64 one text without padding.
const MARKER: &[u8] = b"the marker that nobody may find in what is freed";

const NOW: Time = Time::from_millis(0);
const ROOT_KEY: [u8; 32] = *b"a root key of thirty-two letters";

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn world() -> World {
    let options = Options { seed: Some(b"freed".to_vec().into()), now: Some(NOW), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn call(world: &World, operation: &str, input: Value) -> Value {
    world.call(operation, input, None, None, NOW).reply.expect(operation)
}

fn key(world: &World) -> Value {
    let made = call(world, "CreateKey", Value::from([]));
    made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("an id").clone()
}

fn encrypted(world: &World, key: &Value) -> Value {
    let input = Value::from([("KeyId", key.clone()), ("Plaintext", Value::Blob(MARKER.to_vec()))]);
    call(world, "Encrypt", input).member("CiphertextBlob").expect("a ciphertext").clone()
}

/// Fails when one of the needles stands in a block that `work` frees.
fn wiped(what: &str, needles: &[&[u8]], work: impl FnOnce()) {
    assert_eq!(leftovers(needles, work), 0, "{what}: blocks that were freed and not wiped");
}

/// The marker and its base64, in the forms in which a caller may send it.
fn forms() -> [(&'static str, Value); 3] {
    [
        ("bytes", Value::Blob(MARKER.to_vec())),
        ("secret bytes", Value::Secret(MARKER.to_vec().into())),
        ("base64", Value::from(base64(MARKER))),
    ]
}

#[test]
fn a_request_is_wiped_whether_it_is_answered_or_refused() {
    let world = world();
    let id = key(&world);
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    for (form, plaintext) in forms() {
        let with = |name: &'static str, id: Value| Value::from([("KeyId", id), (name, plaintext.clone())]);
        let cases = [
            ("answered", "Encrypt", with("Plaintext", id.clone()), None, None),
            ("no such key", "Encrypt", with("Plaintext", "alias/none".into()), None, None),
            ("a number for a text", "Encrypt", with("Plaintext", Value::Int(5)), None, None),
            ("a misspelt member", "Encrypt", with("PlainText", id.clone()), None, None),
            ("an unknown operation", "Encript", with("Plaintext", id.clone()), None, None),
            ("a bad Region", "Encrypt", with("Plaintext", id.clone()), Some("nowhere"), None),
            ("a bad caller", "Encrypt", with("Plaintext", id.clone()), None, Some("nobody")),
            ("a wrong member of a list", "TagResource", with("Tags", id.clone()), None, None),
            ("denied", "Encrypt", with("Plaintext", id.clone()), None, Some("444455556666")),
            ("too much for the algorithm", "Sign", with("Message", id.clone()), None, None),
        ];
        for (what, operation, input, region, caller) in cases {
            wiped(&format!("{what}, {form}"), &needles, || {
                drop(world.call(operation, input, region, caller, NOW));
            });
        }
    }
}

#[test]
fn a_reply_is_wiped_and_what_led_to_it() {
    let id = key(&world());
    let of_key = |more: &[(&'static str, Value)]| {
        [("KeyId", id.clone())].into_iter().chain(more.iter().cloned()).collect::<Value>()
    };
    let rows = [
        ("GenerateDataKey", of_key(&[("KeySpec", "AES_256".into())]), "Plaintext"),
        ("GenerateDataKeyPair", of_key(&[("KeyPairSpec", "ECC_NIST_P256".into())]), "PrivateKeyPlaintext"),
        ("GenerateRandom", Value::from([("NumberOfBytes", Value::Int(48))]), "Plaintext"),
    ];
    for (operation, input, member) in rows {
        let made = |work: &mut dyn FnMut(&World, Value)| {
            let world = world();
            key(&world);
            work(&world, input.clone());
        };
        let mut secret = Vec::new();
        made(&mut |world, input| {
            secret = call(world, operation, input).member(member).and_then(Value::as_bytes).expect(member).to_vec();
        });
        // Of the private key its scalar: what stands around it is known to everybody.
        let piece = if member == "Plaintext" { &secret[..] } else { &secret[36..68] };
        made(&mut |world, input| wiped(operation, &[piece], || drop(call(world, operation, input))));
    }
    let world = world();
    let blob = encrypted(&world, &key(&world));
    wiped("Decrypt", &[MARKER], || drop(call(&world, "Decrypt", Value::from([("CiphertextBlob", blob)]))));
}

#[test]
fn json_and_http_are_wiped() {
    let world = world();
    let id = key(&world);
    let blob = encrypted(&world, &id);
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    let whole = wire::to_json(&Value::from([("KeyId", id), ("Plaintext", Value::Blob(MARKER.to_vec()))]));
    let cut = &whole[..whole.len() - 1];
    wiped("JSON that is cut off", &needles, || drop(wire::from_json(cut)));
    let mut twice = cut.to_vec();
    twice.extend_from_slice(br#","KeyId":1}"#);
    wiped("a member that stands twice", &needles, || drop(wire::from_json(&twice)));
    let mut deep = [br#"{"Plaintext":[""#, text.as_bytes(), br#"","#].concat();
    deep.extend(vec![b'['; 20]);
    wiped("JSON that is too deep", &needles, || drop(wire::from_json(&deep)));
    let decrypt = wire::to_json(&Value::from([("CiphertextBlob", blob)]));
    let authorization = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00";
    for (operation, body) in [("Encrypt", &whole[..]), ("Encrypt", cut), ("Encript", &whole), ("Decrypt", &decrypt)] {
        let headers =
            [("X-Amz-Target", format!("TrentService.{operation}")), ("Authorization", authorization.to_owned())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
        let request = Request::new("POST", "/", headers, body.to_vec());
        wiped(&format!("{operation} over HTTP"), &needles, || {
            let response = world.http(&request, NOW);
            drop(request);
            drop(response.bytes(true));
        });
    }
}

#[test]
fn passwords_are_wiped() {
    let world = world();
    let password = std::str::from_utf8(&MARKER[..32]).expect("text");
    let input = Value::from([("CustomKeyStoreName", "a".into()), ("KeyStorePassword", password.into())]);
    wiped("a password", &[password.as_bytes()], || drop(world.call("CreateCustomKeyStore", input, None, None, NOW)));
    let password = password.replace(' ', "0");
    let input = Value::from([
        ("CustomKeyStoreName", "a".into()),
        ("CloudHsmClusterId", "cluster-7a23b4cdefg".into()),
        ("TrustAnchorCertificate", "a certificate".into()),
        ("KeyStorePassword", password.as_str().into()),
    ]);
    wiped("a password that is taken", &[password.as_bytes()], || {
        let made = call(&world, "CreateCustomKeyStore", input);
        drop(call(&world, "ConnectCustomKeyStore", made));
        drop(world);
    });
}

#[test]
fn seeds_and_root_keys_are_wiped() {
    let options = Options { seed: Some(MARKER.into()), ..Options::default() };
    wiped("a seed", &[MARKER], || drop(World::new(options, CryptoProvider::default(), [0; 32])));
    wiped("the entropy of a world", &[&ROOT_KEY], || {
        drop(Box::new(World::new(Options::default(), CryptoProvider::default(), ROOT_KEY)));
    });
    let world = world();
    key(&world);
    let mut bytes = Vec::new();
    wiped("a root key that seals", &[&ROOT_KEY], || bytes = world.snapshot(&ROOT_KEY).expect("a snapshot").clone());
    wiped("a root key that opens", &[&ROOT_KEY], || {
        drop(World::restore(&bytes, &ROOT_KEY, CryptoProvider::default(), [0; 32]).expect("a world"));
        assert!(World::restore(&bytes[1..], &ROOT_KEY, CryptoProvider::default(), [0; 32]).is_err());
    });
}

/// A key of a spec and usage.
fn key_for(world: &World, spec: &str, usage: &str) -> Value {
    let made = call(world, "CreateKey", Value::from([("KeySpec", spec.into()), ("KeyUsage", usage.into())]));
    made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("an id").clone()
}

#[test]
fn messages_are_wiped_whoever_signs_them() {
    let world = world();
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    let kinds = [
        ("ECC_NIST_P256", "SIGN_VERIFY", ["Sign", "Verify"], ("SigningAlgorithm", "ECDSA_SHA_256"), "Signature"),
        (
            "ECC_NIST_EDWARDS25519",
            "SIGN_VERIFY",
            ["Sign", "Verify"],
            ("SigningAlgorithm", "ED25519_SHA_512"),
            "Signature",
        ),
        ("ML_DSA_44", "SIGN_VERIFY", ["Sign", "Verify"], ("SigningAlgorithm", "ML_DSA_SHAKE_256"), "Signature"),
        ("HMAC_256", "GENERATE_VERIFY_MAC", ["GenerateMac", "VerifyMac"], ("MacAlgorithm", "HMAC_SHA_256"), "Mac"),
    ];
    for (spec, usage, [makes, verifies], (algorithm, name), member) in kinds {
        let id = key_for(&world, spec, usage);
        for (form, message) in forms() {
            let input = || {
                let members = [("KeyId", id.clone()), ("Message", message.clone()), (algorithm, name.into())];
                members.into_iter().collect::<Value>()
            };
            let Value::Map(mut more) = input() else { panic!("members") };
            more.push((member.into(), call(&world, makes, input()).member(member).expect(member).clone()));
            let (made, verified) = (input(), Value::Map(more));
            wiped(&format!("{makes} with {spec}, {form}"), &needles, || drop(call(&world, makes, made)));
            wiped(&format!("{verifies} with {spec}, {form}"), &needles, || drop(call(&world, verifies, verified)));
        }
    }
}

#[test]
fn what_passes_through_a_call_unseen_is_wiped() {
    let world = world();
    let id = key(&world);
    let blob = encrypted(&world, &id);
    let input = Value::from([("CiphertextBlob", blob), ("DestinationKeyId", id)]);
    wiped("ReEncrypt", &[MARKER], || drop(call(&world, "ReEncrypt", input)));
    let id = key_for(&world, "RSA_2048", "ENCRYPT_DECRYPT");
    let algorithm = || ("EncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
    let input = Value::from([("KeyId", id.clone()), ("Plaintext", Value::Blob(MARKER.to_vec())), algorithm()]);
    let blob = call(&world, "Encrypt", input.clone()).member("CiphertextBlob").expect("a ciphertext").clone();
    wiped("Encrypt with RSA", &[MARKER], || drop(call(&world, "Encrypt", input)));
    let input = Value::from([("KeyId", id), ("CiphertextBlob", blob), algorithm()]);
    wiped("Decrypt with RSA", &[MARKER], || drop(call(&world, "Decrypt", input)));
}

#[test]
fn shared_secrets_are_wiped() {
    let world = world();
    let id = key_for(&world, "ECC_NIST_P256", "KEY_AGREEMENT");
    let public = call(&world, "GetPublicKey", Value::from([("KeyId", id.clone())]));
    let public = public.member("PublicKey").expect("a public key").clone();
    let agree = Value::from([("KeyId", id), ("KeyAgreementAlgorithm", "ECDH".into()), ("PublicKey", public)]);
    let id = key_for(&world, "ML_KEM_512", "ENCAPSULATE_DECAPSULATE");
    let algorithm = || ("EncapsulationAlgorithm", Value::from("ML_KEM"));
    let made = call(&world, "Encapsulate", Value::from([("KeyId", id.clone()), algorithm()]));
    let sealed = made.member("SharedSecretCiphertextBlob").expect("a ciphertext").clone();
    let open = Value::from([("KeyId", id), algorithm(), ("SharedSecretCiphertextBlob", sealed)]);
    for (operation, input) in [("DeriveSharedSecret", agree), ("Decapsulate", open)] {
        let reply = call(&world, operation, input.clone());
        let secret = reply.member("SharedSecret").and_then(Value::as_bytes).expect("a secret").to_vec();
        wiped(operation, &[&secret], || drop(call(&world, operation, input)));
    }
}

#[test]
fn imported_material_is_wiped_when_it_comes_and_when_it_goes() {
    let world = world();
    let made = call(&world, "CreateKey", Value::from([("Origin", "EXTERNAL".into())]));
    let id = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("an id").clone();
    let wrapping =
        [("WrappingAlgorithm", Value::from("RSAES_OAEP_SHA_256")), ("WrappingKeySpec", Value::from("RSA_2048"))];
    let [algorithm, spec] = wrapping;
    let input = Value::from([("KeyId", id.clone()), algorithm, spec]);
    let parameters = call(&world, "GetParametersForImport", input);
    let public = parameters.member("PublicKey").and_then(Value::as_bytes).expect("a public key");
    let public = CryptoProvider::default().rsa.load_public(public).expect("an RSA key");
    let token = parameters.member("ImportToken").expect("a token").clone();
    let mut random = Random::from_entropy(&[1; 32]);
    for (what, material, is_taken) in [("too short", &MARKER[..31], false), ("right", &MARKER[..32], true)] {
        let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), material, &mut random).expect("a text that fits");
        let input = Value::from([
            ("KeyId", id.clone()),
            ("ImportToken", token.clone()),
            ("EncryptedKeyMaterial", Value::Blob(sealed)),
            ("ExpirationModel", "KEY_MATERIAL_DOES_NOT_EXPIRE".into()),
        ]);
        wiped(&format!("material that is {what}"), &[material], || {
            assert_eq!(world.call("ImportKeyMaterial", input, None, None, NOW).reply.is_ok(), is_taken);
        });
    }
    wiped("material that is deleted", &[&MARKER[..32]], || {
        drop(call(&world, "DeleteImportedKeyMaterial", Value::from([("KeyId", id)])));
        drop(world);
    });
}

#[test]
fn the_material_of_a_key_is_wiped_when_the_key_is_deleted() {
    let mut kms = Kms::default();
    let call = |operation: &str, input: Value, days: i64| {
        let region = Region::parse("us-east-1").expect("a Region");
        let caller = Caller::parse("111122223333").expect("an account");
        Call::new(operation, input, caller, region, NOW.after(Span::from_days(days)), [5; 32])
    };
    let Step::Done(made) = kms.call(&call("CreateKey", Value::from([]), 0)) else { panic!("nobody may be asked") };
    let secrets = made.changes.iter().filter_map(|change| match change {
        Change::Secrets { row: Some(row), .. } => Some(row.secret.as_ref()?.expose().to_vec()),
        _ => None,
    });
    let secrets: Vec<Vec<u8>> = secrets.collect();
    assert!(!secrets.is_empty());
    let metadata = made.reply.as_ref().expect("a key").member("KeyMetadata").expect("metadata").clone();
    let id = metadata.member("KeyId").expect("an id").clone();
    let input = Value::from([("KeyId", id.clone()), ("Plaintext", Value::Blob(vec![1]))]);
    let needles: Vec<&[u8]> = secrets.iter().map(Vec::as_slice).collect();
    wiped("a key that is used, deleted and forgotten", &needles, || {
        drop(made);
        drop(kms.call(&call("Encrypt", input, 0)));
        drop(kms.call(&call("ScheduleKeyDeletion", Value::from([("KeyId", id)]), 0)));
        let snapshot = kms.snapshot(&ROOT_KEY, b"").expect("a snapshot");
        drop(Kms::restore(&snapshot, &ROOT_KEY, CryptoProvider::default()).expect("a world"));
        drop(kms.settle(NOW.after(Span::from_days(31)), usize::MAX));
        drop(kms);
    });
}

#[test]
fn secrets_that_a_host_registers_are_wiped() {
    let secret = std::str::from_utf8(&MARKER[..32]).expect("text").replace(' ', "0");
    let needles = [secret.as_bytes()];
    let read = |text: &str| Zeroizing::new(wire::from_json(text.as_bytes()).expect("JSON"));
    let key = format!(
        r#"{{"accessKeys": {{"AKIAIOSFODNN7EXAMPLE": {{"principal": "111122223333", "secret": "{secret}"}}}}}}"#
    );
    wiped("an access key", &needles, || {
        let world = world();
        world.register(&read(&key), NOW).expect("a directory");
        drop((world.fork([1; 32]), world.directory(), world.inventory(NOW)));
        let gone = r#"{"accessKeys": {"AKIAIOSFODNN7EXAMPLE": null}}"#;
        world.register(&read(gone), NOW).expect("an access key that goes");
    });
    let cluster = format!(
        r#"{{"clusters": {{"cluster-2ab3cdefghi": {{"account": "111122223333", "kmsuser": {{"password": "{secret}"}}}}}}}}"#
    );
    let proxy = format!(
        r#"{{"proxies": {{"https://xks.example.com": {{"keys": ["foo"], "credentials": [
            {{"accessKeyId": "BETWEEN2TENAND3TENCHARACTERS", "rawSecretAccessKey": "{secret}0123456789ab"}}]}}}}}}"#
    );
    let wrong = proxy.replace("2TENAND", "1TENAND");
    for (what, setup, is_taken) in
        [("a cluster", cluster, true), ("a proxy", proxy, true), ("a credential that is refused", wrong, false)]
    {
        wiped(what, &needles, || {
            let world = world();
            assert_eq!(world.register_stores(&read(&setup), NOW).is_ok(), is_taken, "{what}");
            drop((world.fork([1; 32]), world.stores_setup(), world.inventory(NOW)));
        });
    }
    let credential = Value::from([
        ("AccessKeyId", "BETWEEN2TENAND3TENCHARACTERS".into()),
        ("RawSecretAccessKey", format!("{secret}0123456789ab").into()),
    ]);
    let input = Value::from([
        ("CustomKeyStoreName", "external".into()),
        ("CustomKeyStoreType", "EXTERNAL_KEY_STORE".into()),
        ("XksProxyConnectivity", "PUBLIC_ENDPOINT".into()),
        ("XksProxyUriEndpoint", "https://xks.example.com".into()),
        ("XksProxyUriPath", "/kms/xks/v1".into()),
        ("XksProxyAuthenticationCredential", credential),
    ]);
    wiped("the credential of a proxy", &needles, || {
        let world = world();
        let made = call(&world, "CreateCustomKeyStore", input);
        drop(call(&world, "DeleteCustomKeyStore", made));
        drop(world);
    });
}

#[test]
fn a_connection_wipes_what_it_has_received() {
    let world = world();
    let id = key(&world);
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    let body = wire::to_json(&Value::from([("KeyId", id), ("Plaintext", Value::Blob(MARKER.to_vec()))]));
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: TrentService.Encrypt\r\n\
        Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00\r\n";
    let whole = [format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat();
    let chunks =
        [format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"]
            .concat();
    let cut = &whole[..whole.len() - 1];
    let bad_chunk = [&chunks[..chunks.len() - 7], b"zz\r\n"].concat();
    for (what, bytes) in [("whole", &whole[..]), ("in chunks", &chunks), ("cut off", cut), ("a bad chunk", &bad_chunk)]
    {
        for piece in [bytes.len(), 97, 1] {
            let pieces: Vec<&[u8]> = bytes.chunks(piece).collect();
            wiped(&format!("{what}, by {piece}"), &needles, || {
                let mut connection = Connection::new();
                for piece in pieces {
                    drop(connection.exchange(piece, NOW, |request| world.http(request, NOW)));
                }
            });
        }
    }
}

#[test]
fn what_the_administration_is_sent_is_wiped() {
    let secret = std::str::from_utf8(&MARKER[..32]).expect("text").replace(' ', "0");
    let entry = format!(r#""AKIAIOSFODNN7EXAMPLE": {{"principal": "111122223333", "secret": "{secret}"}}"#);
    let bodies = [
        ("taken", format!(r#"{{"accessKeys": {{{entry}}}}}"#), 200),
        ("refused", format!(r#"{{"accessKeys": {{{entry}, "AKIA": 5}}}}"#), 400),
        ("not an object", format!(r"[{{{entry}}}]"), 400),
        ("cut off", format!(r#"{{"accessKeys": {{{entry}"#), 400),
    ];
    for (what, body, status) in bodies {
        let endpoint = Endpoint::new(Arc::new(world()), [7; 32]);
        let headers = vec![("Host".to_owned(), b"127.0.0.1:4599".to_vec())];
        let request = Request::new("POST", "/_pocket-kms/directory", headers, body.into_bytes());
        wiped(what, &[secret.as_bytes()], || {
            let answer = endpoint.http(&request, NOW).response;
            assert_eq!(answer.status, status, "{what}: {}", String::from_utf8_lossy(&answer.body));
            drop((answer, request));
        });
    }
}

#[test]
fn credentials_of_sessions_are_wiped() {
    let form = "Action=GetSessionToken&Version=2011-06-15";
    let authorization = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sts/aws4_request, \
        SignedHeaders=host, Signature=00";
    let headers = [("Host", "localhost"), ("Authorization", authorization)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec();
    let request = || Request::new("POST", "/", headers.clone(), form.as_bytes().to_vec());
    let element = |xml: &str, name: &str| {
        let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{name} in {xml}"));
        rest.split_once('<').expect("an end").0.to_owned()
    };
    let told = world().http(&request(), NOW);
    let xml = String::from_utf8(told.body.clone()).expect("text");
    let secrets = ["SecretAccessKey", "SessionToken"].map(|name| element(&xml, name));
    let needles: Vec<&[u8]> = secrets.iter().map(String::as_bytes).collect();
    wiped("the credentials of a session", &needles, || {
        let world = world();
        drop(world.http(&request(), NOW).bytes(true));
        drop(world);
    });
}
