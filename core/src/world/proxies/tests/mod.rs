//! The proxy role, through the door that a host serves.

mod owner;
mod protocol;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::*;
use crate::{
    CryptoProvider, Options,
    signature::{Header, Message, Scope, Signature},
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
struct TestRequest<'a> {
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

fn asked(path: &str, body: impl Into<String>) -> TestRequest<'static> {
    TestRequest {
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

impl TestRequest<'_> {
    fn signature(&self) -> Signature {
        let headers = self.headers().into_iter().map(|(name, value)| (name.into(), value.into()));
        let headers: Vec<Header<'_>> = headers.collect();
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

    fn request(&self) -> Request<'static> {
        let Self { id, day, region, service, signed, .. } = self;
        let signature = self.signature();
        let header = format!(
            "AWS4-HMAC-SHA256 Credential={id}/{day}/{region}/{service}/aws4_request, SignedHeaders={signed}, Signature={}",
            signature.expose()
        );
        let mut headers = self.headers();
        headers.push(("Authorization".to_owned(), header.into_bytes()));
        Request::new(self.method.to_owned(), self.path.clone(), headers, self.body.clone().into_bytes())
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

fn health() -> TestRequest<'static> {
    asked(
        "/health",
        r#"{"requestMetadata":{"kmsRequestId":"4112f4d6-db54-4af4-ae30-c55a22a8dfae","kmsOperation":"CreateCustomKeyStore"}}"#,
    )
}

fn encrypt(plaintext: &[u8], more: &str) -> TestRequest<'static> {
    let plaintext = base64(plaintext);
    let body =
        format!(r#"{{"requestMetadata":{METADATA},"plaintext":"{plaintext}","encryptionAlgorithm":"AES_GCM"{more}}}"#);
    asked("/keys/foo/encrypt", body)
}

/// A request that decrypts what an answer to [`encrypt`] says, with members changed.
fn decrypt(answer: &Value, changed: &[(&str, Value)]) -> TestRequest<'static> {
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
