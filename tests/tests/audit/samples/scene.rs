//! A world in which the calls of samples are made.

use pocket_kms::{Error, Options, Span, Value, World, arguments, wire};
use serde_json::{Value as Json, json};

use crate::shape::NOW;

pub(crate) const ALICE: &str = "arn:aws:iam::111122223333:user/Alice";

/// A world, and who calls in it.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) region: &'static str,
    caller: Json,
    origin: Json,
}

/// JSON as a value of a request.
pub(crate) fn value(json: &Json) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON")
}

impl Scene {
    /// The world of the guide: Alice calls with a long-term key from a documented address.
    pub(crate) fn of_alice(region: &'static str) -> Self {
        let origin = json!({
            "source_ip": "192.0.2.0", "user_agent": "AWS Internal", "access_key_id": "AKIAIOSFODNN7EXAMPLE",
        });
        Self::new(region, &json!(ALICE), &origin)
    }

    /// A world in which somebody calls.
    pub(crate) fn new(region: &'static str, caller: &Json, origin: &Json) -> Self {
        let mut options = Options { now: Some(NOW), ..Options::default() };
        options.seed = Some(b"samples".to_vec().into());
        // RSA keys and primes of data keys come from a pool or from native code: neither is what is tested here.
        options.insecure_key_pool = true;
        options.audit.network_activity = true;
        let world = World::new(options, pocket_kms_aws_lc::PROVIDER, [0; 32]);
        Self { world, region, caller: caller.clone(), origin: origin.clone() }
    }

    /// The same caller over a connection of this version and cipher suite, with a key exchange that is told or is not.
    pub(crate) fn over(mut self, version: &str, suite: &str, exchange: Option<&str>) -> Self {
        let host = format!("kms.{}.amazonaws.com", self.region);
        self.origin["tls"] = json!({"version": version, "cipher_suite": suite, "host": host});
        if let Some(exchange) = exchange {
            self.origin["tls"]["key_exchange"] = json!(exchange);
        }
        self
    }

    /// The same caller's software.
    pub(crate) fn agent(mut self, agent: &str) -> Self {
        self.origin["user_agent"] = json!(agent);
        self
    }

    /// Makes a call as whoever calls in this scene.
    pub(crate) fn calls(&self, operation: &str, input: &Json) -> Result<Value, Error> {
        let sender = arguments::sender(&value(&self.caller), &value(&self.origin)).expect("a sender");
        self.world.call_from(operation, value(input), Some(self.region), &sender, NOW).reply
    }

    /// What the owner of the account prepares.
    #[track_caller]
    pub(crate) fn prepare(&self, operation: &str, input: &Json) -> Value {
        self.world.call(operation, value(input), Some(self.region), None, NOW).reply.expect(operation)
    }

    /// A key of the account; gives back its ARN.
    #[track_caller]
    pub(crate) fn key(&self, input: &Json) -> String {
        let made = self.prepare("CreateKey", input);
        crate::shape::text(&made, &["KeyMetadata", "Arn"]).to_owned()
    }

    /// Something that was sealed under a key with a context, in base64.
    pub(crate) fn sealed(&self, key: &str, context: &Json) -> Json {
        let input = json!({"KeyId": key, "Plaintext": "aGVsbG8=", "EncryptionContext": context});
        blob(&self.prepare("Encrypt", &input), "CiphertextBlob")
    }

    pub(crate) fn advance(&self, span: Span) {
        self.world.advance(span, NOW).expect("a time that the clock reaches");
        // Whoever looks settles what has fallen due.
        drop(self.world.call("ListKeys", Value::from([]), Some(self.region), None, NOW));
    }

    /// The last record of this name, as JSON.
    #[track_caller]
    pub(crate) fn told(&self, name: &str) -> Json {
        self.all(name).pop().unwrap_or_else(|| panic!("no record of {name}"))
    }

    /// All records of a name, as JSON.
    pub(crate) fn all(&self, name: &str) -> Vec<Json> {
        let records = self.world.records(0).records;
        let named = records.iter().filter(|(_, record)| record.name() == name);
        named.map(|(_, record)| serde_json::from_str(&record.to_json()).expect("JSON")).collect()
    }
}

/// A blob of a reply in base64, as requests take it.
#[track_caller]
pub(crate) fn blob(reply: &Value, name: &str) -> Json {
    let json: Json = serde_json::from_slice(&wire::to_json(reply)).expect("JSON");
    json[name].clone()
}

/// The part of an ARN that names the key alone.
pub(crate) fn id(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or_default()
}
