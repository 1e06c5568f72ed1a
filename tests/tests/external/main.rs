//! The KMS role of external key stores, through the public door: a world asks, and a host with a key manager of its own
//! answers as each test wants it (section 6.1 and 6.3 of custom-key-stores.md).

mod answers;
mod layers;
mod questions;
mod table;
mod time;
mod toy;

use std::cell::RefCell;

use pocket_kms::{
    Answerable, Answers, Call, CryptoProvider, Error, HostAnswer, Options, ProxyAnswer, ProxyRequest, Question, Sender,
    Time, Value, World,
    world::{Progress, Reply},
};
use toy::Manager;

/// The time of all tests here: 2026-01-01T00:00:00Z.
const NOW: Time = Time::from_millis(1_767_225_600_000);

/// The credential of all stores here.
const ACCESS_KEY: &str = "BETWEEN2TENAND3TENCHARACTERS";
const SECRET: &str = "PleaseReplaceThisWithSomeSecretOfLength43To64";

/// A world, its host, and what the host was asked.
struct Story {
    world: World,
    manager: Manager,
    sent: RefCell<Vec<ProxyRequest>>,
}

impl Story {
    /// A world whose host answers for one key manager.
    fn new() -> Self {
        let options = Options { seed: Some(b"external".to_vec().into()), now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        world.host_answers(Answerable::NOTHING.proxies(true));
        Self { world, manager: Manager::new(), sent: RefCell::default() }
    }

    /// A world with a connected store, and a key in it over the external key `foo`.
    fn with_key() -> (Self, String) {
        let scene = Self::new();
        let store = scene.connected("store", "/example");
        let key = scene.key(&store, "foo");
        (scene, key)
    }

    /// Makes a store and connects it.
    fn connected(&self, name: &str, prefix: &str) -> String {
        let store = self.store(name, prefix);
        self.ok("ConnectCustomKeyStore", &[("CustomKeyStoreId", store.as_str().into())]);
        store
    }

    fn store(&self, name: &str, prefix: &str) -> String {
        let made = self.ok("CreateCustomKeyStore", &store_input(name, prefix));
        text(&made, &["CustomKeyStoreId"])
    }

    /// Makes a key over an external key, and gives its ARN.
    fn key(&self, store: &str, external: &str) -> String {
        text(&self.ok("CreateKey", &key_input(store, external)), &["KeyMetadata", "Arn"])
    }

    /// A call that must succeed.
    fn ok(&self, operation: &str, input: &[(&'static str, Value)]) -> Value {
        self.call(operation, input).reply.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// A call that must be refused.
    fn refused(&self, operation: &str, input: &[(&'static str, Value)]) -> Error {
        self.call(operation, input).reply.expect_err(operation)
    }

    /// A call whose questions the key manager answers.
    fn call(&self, operation: &str, input: &[(&'static str, Value)]) -> Reply {
        self.call_with(operation, input, |request| self.manager.answer(request))
    }

    /// A call whose questions are answered like this.
    fn call_with(
        &self,
        operation: &str,
        input: &[(&'static str, Value)],
        answer: impl FnMut(&ProxyRequest) -> ProxyAnswer,
    ) -> Reply {
        let call = self.begun(operation, input, &Sender::default());
        self.finished(call, answer)
    }

    fn begun(&self, operation: &str, input: &[(&'static str, Value)], sender: &Sender) -> Call {
        let input = input.iter().cloned().collect();
        let mut call = self.world.begin_from(operation, input, None, sender, NOW).expect("a call");
        call.answers = self.world.answers();
        call
    }

    /// Takes a call to its end.
    fn finished(&self, mut call: Call, mut answer: impl FnMut(&ProxyRequest) -> ProxyAnswer) -> Reply {
        for _ in 0..9 {
            match self.world.step(&mut call) {
                Progress::Done(reply) => return reply,
                Progress::Ask(question) => {
                    let Question::Proxy(request) = &question else { panic!("{question:?}") };
                    self.sent.borrow_mut().push(ProxyRequest::clone(request));
                    let answer = answer(request);
                    call.answers.add(question, Ok(HostAnswer::Proxy(answer)));
                }
            }
        }
        panic!("a call asks without end")
    }

    /// The first question of a call that is not answered.
    fn question(&self, call: &Call) -> ProxyRequest {
        match self.world.step(&mut call.clone()) {
            Progress::Ask(Question::Proxy(request)) => *request,
            other => panic!("{other:?}"),
        }
    }

    /// What the host was asked since it was asked here last.
    fn sent(&self) -> Vec<ProxyRequest> {
        self.sent.take()
    }

    /// The world as bytes: what a call has not changed stays as it was.
    fn state(&self) -> Vec<String> {
        let rows = self.world.changes(0).to_values(0);
        rows.iter().map(|row| format!("{row:?}")).collect()
    }
}

fn store_input(name: &str, prefix: &str) -> Vec<(&'static str, Value)> {
    let credential = Value::from([("AccessKeyId", ACCESS_KEY.into()), ("RawSecretAccessKey", SECRET.into())]);
    vec![
        ("CustomKeyStoreName", name.into()),
        ("CustomKeyStoreType", "EXTERNAL_KEY_STORE".into()),
        ("XksProxyUriEndpoint", "https://xks.example.com".into()),
        ("XksProxyUriPath", format!("{prefix}/kms/xks/v1").into()),
        ("XksProxyConnectivity", "PUBLIC_ENDPOINT".into()),
        ("XksProxyAuthenticationCredential", credential),
    ]
}

fn key_input(store: &str, external: &str) -> Vec<(&'static str, Value)> {
    vec![("Origin", "EXTERNAL_KEY_STORE".into()), ("CustomKeyStoreId", store.into()), ("XksKeyId", external.into())]
}

/// A request to encrypt this many bytes.
fn plaintext(key: &str, length: usize) -> Vec<(&'static str, Value)> {
    vec![("KeyId", key.into()), ("Plaintext", Value::Blob(vec![7; length]))]
}

fn blob(reply: &Value) -> Vec<u8> {
    reply.member("CiphertextBlob").and_then(Value::as_bytes).expect("a ciphertext").to_vec()
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().fold(value, |value, name| value.member(name).expect(name));
    found.as_text().expect("a text").to_owned()
}

/// The body of a request.
fn body(request: &ProxyRequest) -> serde_json::Value {
    serde_json::from_slice(&request.body).expect("JSON")
}

/// The exception and the sentence of a refusal.
fn told(error: &Error) -> (&'static str, &str) {
    (error.exception.name(), error.message.as_deref().unwrap_or_default())
}

/// Answers of a host that never answers.
fn silent() -> Answers {
    Answers::default()
}
