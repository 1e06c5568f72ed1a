//! Both sides of the external key store protocol, for any bytes.

use std::sync::OnceLock;

use pocket_kms::{
    Answerable, Answers, Call, CryptoProvider, HostAnswer, Options, ProxyAnswer, ProxyResponse, Value, World,
    http::Request,
    signature::{Message, Scope, Signature},
    wire,
    world::Progress,
};

use super::NOW;

/// Answers of a proxy to everything that KMS asks: the first line is the status, the rest the body. Whatever it is, the call
/// ends with an exception of those that the operation has for it and leaves nothing changed, or with what was asked for.
pub fn proxy_answer(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, rest) = data.split_at(end);
    let status = std::str::from_utf8(line).ok().and_then(|line| line.trim().parse().ok()).unwrap_or(200);
    let body = rest.get(1..).unwrap_or_default();
    let (world, store, key, sealed) = asking_world();
    let text = |text: &str| Value::from(text);
    let credential = [("AccessKeyId", text(PROXY_ID)), ("RawSecretAccessKey", text(PROXY_SECRET))];
    for (operation, input) in [
        ("Encrypt", vec![("KeyId", text(key)), ("Plaintext", Value::Blob(vec![7; 32]))]),
        ("GenerateDataKey", vec![("KeyId", text(key)), ("KeySpec", text("AES_256"))]),
        ("Decrypt", vec![("CiphertextBlob", sealed.clone())]),
        ("ConnectCustomKeyStore", vec![("CustomKeyStoreId", text(store))]),
        (
            "UpdateCustomKeyStore",
            vec![("CustomKeyStoreId", text(store)), ("XksProxyAuthenticationCredential", Value::from(credential))],
        ),
        (
            "CreateKey",
            vec![
                ("Origin", text("EXTERNAL_KEY_STORE")),
                ("CustomKeyStoreId", text(store)),
                ("XksKeyId", text("other")),
            ],
        ),
    ] {
        let world = world.fork([0; 32]);
        let before = world.changes(0).entries.len();
        let call = world.begin(operation, input.into_iter().collect(), None, None, NOW).expect("a call");
        let reply = answered(&world, call, &ProxyResponse::new(status, body.to_vec()));
        if let Err(error) = reply {
            let name = error.exception.name();
            assert!(
                ["KMSInvalidState", "CustomKeyStoreInvalidState", "XksProxy", "XksKey"]
                    .iter()
                    .any(|of| name.starts_with(of)),
                "{operation}: {error}"
            );
            assert_eq!(world.changes(0).entries.len(), before, "{operation} was refused: {error}");
        }
    }
}

/// What becomes of a call whose every question to a proxy has this answer.
fn answered(world: &World, call: Call, response: &ProxyResponse) -> Result<Value, pocket_kms::Error> {
    let mut call = call.with_answers(Answers::of(Answerable::NOTHING.proxies(true)));
    for _ in 0..3 {
        match world.step(&mut call) {
            Progress::Done(reply) => return reply.reply,
            Progress::Ask(question) => {
                call.answers.add(question, Ok(HostAnswer::Proxy(ProxyAnswer::Response(response.clone()))));
            }
        }
    }
    panic!("{} asks for ever", call.operation)
}

/// A world with a connected external key store, a key in it and what the key has sealed. Its proxy is gone since.
fn asking_world() -> &'static (World, String, String, Value) {
    static WORLD: OnceLock<(World, String, String, Value)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let options = Options { now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [7; 32]);
        let called = |operation: &str, input: &str| {
            let input = wire::from_json(input.as_bytes()).expect("JSON");
            world.call(operation, input, None, None, NOW).reply.expect("a reply")
        };
        let made = called(
            "CreateCustomKeyStore",
            &format!(
                r#"{{"CustomKeyStoreName":"outside","CustomKeyStoreType":"EXTERNAL_KEY_STORE","XksProxyConnectivity":"PUBLIC_ENDPOINT",
                "XksProxyUriEndpoint":"https://xks.example.com","XksProxyUriPath":"/kms/xks/v1",
                "XksProxyAuthenticationCredential":{{"AccessKeyId":"{PROXY_ID}","RawSecretAccessKey":"{PROXY_SECRET}"}}}}"#
            ),
        );
        let store = made.member("CustomKeyStoreId").and_then(Value::as_text).expect("an id").to_owned();
        called("ConnectCustomKeyStore", &format!(r#"{{"CustomKeyStoreId":"{store}"}}"#));
        let made = called(
            "CreateKey",
            &format!(r#"{{"Origin":"EXTERNAL_KEY_STORE","CustomKeyStoreId":"{store}","XksKeyId":"foo"}}"#),
        );
        let key = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
        let key = key.expect("an id").to_owned();
        let sealed = called("Encrypt", &format!(r#"{{"KeyId":"{key}","Plaintext":"aGVsbG8="}}"#));
        let sealed = sealed.member("CiphertextBlob").cloned().expect("a blob");
        (world, store, key, sealed)
    })
}

/// Requests to a proxy, signed as they must be: the first line is a method, a path below the API of the protocol, and a
/// content type; the rest is the body. What is encrypted can be decrypted, every answer is one line of JSON with an error
/// of the protocol or what was asked for, and without a signature nothing is.
pub fn proxy_request(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, rest) = data.split_at(end);
    let Ok(line) = std::str::from_utf8(line) else { return };
    let mut words = line.splitn(3, ' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = ["/prefix/kms/xks/v1", path].concat();
    let kind = words.next().unwrap_or("application/json");
    let body = rest.get(1..).unwrap_or_default();
    let unsigned = http_request(method, &path, kind, body, None);
    let signed = http_request(method, &path, kind, body, Some(&proxy_signature(&unsigned)));
    let refused = proxied_world().proxy_http(&unsigned, NOW);
    assert!(matches!(refused.status, 401 | 404 | 405), "{} without a signature", refused.status);
    let answered = proxied_world().proxy_http(&signed, NOW);
    let answer = wire::from_json(&answered.body).expect("JSON");
    match answered.status {
        200 if path.ends_with("/encrypt") => decrypted(&answer, body),
        200 | 405 => {}
        status => {
            let message = answer.member("errorMessage").and_then(Value::as_text).expect("a message");
            assert!(
                message.len() < 512 && message.bytes().all(|byte| matches!(byte, 0x20..=0x7e)),
                "{status} {message}"
            );
            assert!(
                answer.member("errorName").and_then(Value::as_text).is_some_and(|name| name.ends_with("Exception"))
            );
        }
    }
}

/// What has been encrypted is decrypted, and is what it was.
fn decrypted(answer: &Value, asked: &[u8]) {
    let (Ok(Value::Map(asked)), Value::Map(answer)) = (wire::from_json(asked), answer) else { panic!("structures") };
    let plaintext = asked.iter().find(|(name, _)| name == "plaintext").map(|(_, value)| value.clone());
    let kept = ["requestMetadata", "additionalAuthenticatedData", "encryptionAlgorithm"];
    let members = asked.into_iter().filter(|(name, _)| kept.contains(&&**name)).chain(answer.iter().cloned());
    let body = wire::to_json(&Value::Map(members.collect()));
    let unsigned = http_request("POST", "/prefix/kms/xks/v1/keys/foo/decrypt", "application/json", &body, None);
    let signature = proxy_signature(&unsigned);
    let path = "/prefix/kms/xks/v1/keys/foo/decrypt";
    let opened =
        proxied_world().proxy_http(&http_request("POST", path, "application/json", &body, Some(&signature)), NOW);
    let opened = wire::from_json(&opened.body).expect("JSON");
    assert_eq!(opened.member("plaintext"), plaintext.as_ref());
}

const PROXY_ID: &str = "BETWEEN2TENAND3TENCHARACTERS";
const PROXY_SECRET: &str = "PleaseReplaceThisWithSomeSecretOfLength43To64";

/// `NOW`, as a signature says it.
const PROXY_DATE: &str = "20270115T080000Z";

fn http_request(method: &str, path: &str, kind: &str, body: &[u8], authorization: Option<&str>) -> Request<'static> {
    let headers = [("Host", "xks.example.com"), ("Content-Type", kind), ("X-Amz-Date", PROXY_DATE)];
    let headers = headers.into_iter().chain(authorization.map(|value| ("Authorization", value)));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
    Request::new(method.to_owned(), path.to_owned(), headers, body.to_vec())
}

/// The header that signs a request.
fn proxy_signature(request: &Request) -> String {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let (method, headers, body) = (&*request.method, &request.headers[..], &request.body[..]);
    let message = Message { method, path, query, headers, authority: None, body };
    let (day, region, service) = (&PROXY_DATE[..8], "us-east-1", "kms-xks-proxy");
    let signed = ["host".to_owned(), "x-amz-date".to_owned()];
    let of = (Scope { day, region, service }, PROXY_DATE, false);
    let signature = Signature::new(CryptoProvider::default().mac, PROXY_SECRET.as_bytes(), &message, &signed, of);
    format!(
        "AWS4-HMAC-SHA256 Credential={PROXY_ID}/{day}/{region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, \
         Signature={}",
        signature.expect("a signature").expose()
    )
}

/// A world with a proxy that has the key `foo`, and `off`, which is disabled.
fn proxied_world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let options = Options { now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [7; 32]);
        let setup = format!(
            r#"{{"proxies":{{"https://xks.example.com/prefix":{{"keys":{{"foo":{{}},"off":{{"status":"DISABLED"}}}},
            "credentials":[{{"accessKeyId":"{PROXY_ID}","rawSecretAccessKey":"{PROXY_SECRET}"}}]}}}}}}"#
        );
        world.register_stores(&wire::from_json(setup.as_bytes()).expect("JSON"), NOW).expect("a proxy");
        world
    })
}
