//! Random worlds: who may do what there, and what they do.

use std::sync::OnceLock;

use pocket_kms::{CryptoProvider, Options, Time, World, arguments, wire};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) const NOW: Time = Time::from_millis(1_767_225_600_000);
const OWNER: &str = "111122223333";
const ALICE: &str = "arn:aws:iam::111122223333:user/team/alice";
const ROLE: &str = "arn:aws:iam::111122223333:role/app/App";
const BOB: &str = "arn:aws:iam::444455556666:user/bob";

/// What a world is like.
#[derive(Clone, Debug)]
pub(super) struct Lot {
    /// Who acts: Alice, the role, or Bob of another account.
    pub(super) who: usize,
    /// Whether the policy of the first key names everybody who acts, for what a mask says.
    pub(super) named: u8,
    /// Whether there are grants, to the one who acts.
    pub(super) granted: bool,
}

impl Lot {
    pub(super) fn principal(&self) -> &'static str {
        [ALICE, ROLE, BOB][self.who]
    }

    fn caller(&self) -> &'static str {
        [ALICE, "arn:aws:sts::111122223333:assumed-role/App/one", BOB][self.who]
    }
}

pub(super) fn lots() -> impl Strategy<Value = Lot> {
    (0..3_usize, 0..8_u8, prop::bool::weighted(0.4)).prop_map(|(who, named, granted)| Lot { who, named, granted })
}

/// What somebody does, on one of the keys, with one of the contexts, by himself or through a service.
#[derive(Clone, Debug)]
pub(super) struct Act {
    what: &'static str,
    key: usize,
    context: usize,
    via: bool,
}

const CONTEXTS: [&[(&str, &str)]; 4] =
    [&[], &[("dept", "it")], &[("dept", "it"), ("User", "${aws:username}")], &[("dept", "hr"), ("x", "1")]];

/// What every form can allow, and what changes keys or makes some.
const USES: [&str; 14] = [
    "Encrypt",
    "Encrypt",
    "Decrypt",
    "Decrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncrypt",
    "DescribeKey",
    "ListGrants",
    "ListKeys",
    "GenerateRandom",
    "CreateGrant",
    "Sign",
    "GenerateMac",
];
const CHANGES: [&str; 12] = [
    "CreateKey",
    "CreateTaggedKey",
    "CreateKeyWithPolicy",
    "PutKeyPolicy",
    "CreateAlias",
    "UpdateAlias",
    "DeleteAlias",
    "TagResource",
    "DisableKey",
    "EnableKey",
    "ReplicateKey",
    "RetireGrant",
];

pub(super) fn acts(form: &str) -> impl Strategy<Value = Act> {
    let what = match form {
        "identity" => prop::sample::select([&USES[..], &CHANGES[..]].concat()).boxed(),
        _ => prop::sample::select(&USES[..]).boxed(),
    };
    (what, 0..2_usize, 0..CONTEXTS.len(), prop::bool::weighted(0.3)).prop_map(|(what, key, context, via)| Act {
        what,
        key,
        context,
        via,
    })
}

/// What all worlds have.
struct Base {
    world: World,
    /// Two symmetric keys, of which the first has replicas or may have, one that signs, and one for MACs.
    keys: [String; 4],
    /// A ciphertext for each of the symmetric keys and each context.
    sealed: Vec<Vec<Value>>,
}

fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let options = Options { seed: Some(b"privilege".to_vec().into()), now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let keys = [
            json!({ "MultiRegion": true }),
            json!({}),
            json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY" }),
            json!({ "KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC" }),
        ];
        let keys = keys.map(|input| {
            let made = owner(&world, "CreateKey", &input);
            made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned()
        });
        owner(&world, "CreateAlias", &json!({ "AliasName": "alias/app", "TargetKeyId": keys[0] }));
        let seal = |key: &String| {
            let sealed = CONTEXTS.iter().map(|context| {
                let input = json!({ "KeyId": key, "Plaintext": "eA==", "EncryptionContext": pairs(context) });
                owner(&world, "Encrypt", &input)["CiphertextBlob"].clone()
            });
            sealed.collect()
        };
        let sealed = keys[..2].iter().map(seal).collect();
        Base { world, keys, sealed }
    })
}

/// A world of a lot.
pub(super) struct Stage<'l> {
    lot: &'l Lot,
    world: World,
    grant: Option<String>,
}

impl<'l> Stage<'l> {
    pub(super) fn new(lot: &'l Lot) -> Self {
        let world = base().world.fork([1; 32]);
        register(&world, lot, &json!({ "all": everything() }));
        for (place, key) in base().keys.iter().enumerate() {
            let mut statements = vec![delegates(OWNER), delegates("444455556666")];
            if place == 0 && lot.named > 0 {
                let named = ["kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"];
                let actions = named.iter().enumerate().filter(|(bit, _)| lot.named & (1 << bit) != 0);
                let actions: Vec<&str> = actions.map(|(_, action)| *action).collect();
                statements.push(json!({
                    "Effect": "Allow", "Principal": { "AWS": lot.principal() }, "Action": actions, "Resource": "*",
                }));
            }
            put_policy(&world, key, &statements);
        }
        let grant = lot.granted.then(|| {
            let input = json!({
                "KeyId": base().keys[0], "GranteePrincipal": lot.principal(), "RetiringPrincipal": lot.principal(),
                "Operations": ["Decrypt", "Encrypt"], "Constraints": { "EncryptionContextSubset": { "dept": "it" } },
            });
            owner(&world, "CreateGrant", &input)["GrantId"].as_str().expect("an id").to_owned()
        });
        Self { lot, world, grant }
    }

    /// The world, in which who acts may do everything.
    pub(super) fn broad(&self) -> World {
        self.world.fork([2; 32])
    }

    /// The world, in which who acts may do nothing but what an answer says.
    pub(super) fn under(&self, least: &Value) -> World {
        let world = self.world.fork([2; 32]);
        let policies = match &least["policy"] {
            Value::Null => json!({}),
            policy => json!({ "least": policy }),
        };
        register(&world, self.lot, &policies);
        let is_identity = least["form"] == "identity";
        // Another account's key policies say what the least privilege needs of them.
        let written = least["keyPolicies"].as_array().expect("a list");
        for key in &base().keys {
            let own = written.iter().find(|of| of["key"] == json!(key)).map(|of| of["statements"].clone());
            let own = own.and_then(|own| own.as_array().cloned()).unwrap_or_default();
            if !is_identity || self.lot.principal() == BOB {
                let statements = [vec![delegates(OWNER)], own].concat();
                put_policy(&world, key, &statements);
            }
        }
        if let Some(grant) = self.grant.as_ref().filter(|_| least["form"] == "grant") {
            owner(&world, "RevokeGrant", &json!({ "KeyId": base().keys[0], "GrantId": grant }));
        }
        for grant in least["grants"].as_array().expect("a list") {
            owner(&world, "CreateGrant", grant);
        }
        world
    }

    /// What acts come to: their replies without what is random, or how they are refused.
    pub(super) fn play(&self, world: &World, acts: &[Act]) -> Vec<String> {
        acts.iter().map(|act| self.act(world, act)).collect()
    }

    fn act(&self, world: &World, act: &Act) -> String {
        let (operation, input) = self.call(act);
        let origin = if act.via { json!({ "via": "s3.amazonaws.com" }) } else { json!({}) };
        let sender = arguments::sender(&value(&json!(self.lot.caller())), &value(&origin)).expect("a sender");
        let reply = world.call_from(operation, value(&input), Some("us-east-1"), &sender, NOW).reply;
        match reply {
            Ok(_) => format!("{operation}: done"),
            Err(error) => format!("{operation}: {}", error.exception.name()),
        }
    }

    fn call(&self, act: &Act) -> (&'static str, Value) {
        let base = base();
        let (key, context) = (&base.keys[act.key], pairs(CONTEXTS[act.context]));
        let grant = self.grant.clone().unwrap_or_else(|| "a".repeat(64));
        let alias = ["alias/app", "alias/new"][act.key];
        let sealed = &base.sealed[act.key][act.context];
        match act.what {
            "Encrypt" => ("Encrypt", json!({ "KeyId": key, "Plaintext": "eA==", "EncryptionContext": context })),
            "Decrypt" => ("Decrypt", json!({ "KeyId": key, "CiphertextBlob": sealed, "EncryptionContext": context })),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => {
                (act.what, json!({ "KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context }))
            }
            "ReEncrypt" => (
                "ReEncrypt",
                json!({
                    "SourceKeyId": key, "CiphertextBlob": sealed, "SourceEncryptionContext": context,
                    "DestinationKeyId": base.keys[1], "DestinationEncryptionContext": { "to": "there" },
                }),
            ),
            "DescribeKey" => ("DescribeKey", json!({ "KeyId": key })),
            "ListGrants" | "DisableKey" | "EnableKey" => (act.what, json!({ "KeyId": key })),
            "ListKeys" => ("ListKeys", json!({})),
            "GenerateRandom" => ("GenerateRandom", json!({ "NumberOfBytes": 8 })),
            "CreateGrant" => {
                let mut input = json!({
                    "KeyId": key, "GranteePrincipal": "arn:aws:iam::444455556666:root", "Operations": ["Decrypt"],
                });
                if act.context > 0 {
                    input["Constraints"] = json!({ "EncryptionContextSubset": context });
                }
                ("CreateGrant", input)
            }
            "Sign" => {
                let input = json!({ "KeyId": base.keys[2], "Message": "eA==", "SigningAlgorithm": "ECDSA_SHA_256" });
                ("Sign", input)
            }
            "GenerateMac" => {
                let input = json!({ "KeyId": base.keys[3], "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256" });
                ("GenerateMac", input)
            }
            "CreateKey" => ("CreateKey", json!({})),
            "CreateTaggedKey" => ("CreateKey", json!({ "Tags": [{ "TagKey": "a", "TagValue": "b" }] })),
            "CreateKeyWithPolicy" => ("CreateKey", json!({ "Policy": policy(&[delegates(OWNER)]) })),
            "PutKeyPolicy" => {
                let statements = [delegates(OWNER), delegates("444455556666")];
                ("PutKeyPolicy", json!({ "KeyId": key, "Policy": policy(&statements) }))
            }
            "CreateAlias" | "UpdateAlias" => (act.what, json!({ "AliasName": alias, "TargetKeyId": key })),
            "DeleteAlias" => ("DeleteAlias", json!({ "AliasName": alias })),
            "TagResource" => ("TagResource", json!({ "KeyId": key, "Tags": [{ "TagKey": "a", "TagValue": "b" }] })),
            "ReplicateKey" => ("ReplicateKey", json!({ "KeyId": base.keys[0], "ReplicaRegion": "eu-west-1" })),
            _ => ("RetireGrant", json!({ "KeyId": base.keys[0], "GrantId": grant })),
        }
    }
}

fn everything() -> Value {
    json!({ "Statement": { "Effect": "Allow", "Action": "kms:*", "Resource": "*" } })
}

fn delegates(account: &str) -> Value {
    let root = format!("arn:aws:iam::{account}:root");
    json!({ "Effect": "Allow", "Principal": { "AWS": root }, "Action": "kms:*", "Resource": "*" })
}

fn policy(statements: &[Value]) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn put_policy(world: &World, key: &str, statements: &[Value]) {
    let input = json!({ "KeyId": key, "Policy": policy(statements), "BypassPolicyLockoutSafetyCheck": true });
    owner(world, "PutKeyPolicy", &input);
}

/// Registers who acts, with these policies, which are managed ones: those of a user's own have less room. The accounts know
/// of the others, too.
fn register(world: &World, lot: &Lot, policies: &Value) {
    let policies = policies.as_object().expect("policies by their names");
    let account = lot.principal().split(':').nth(4).expect("an account");
    let managed: serde_json::Map<String, Value> = policies
        .iter()
        .map(|(name, document)| (format!("arn:aws:iam::{account}:policy/{name}"), document.clone()))
        .collect();
    let attached: Vec<&String> = managed.keys().collect();
    let all: serde_json::Map<String, Value> = [ALICE, ROLE, BOB]
        .into_iter()
        .map(|arn| {
            let attached = if arn == lot.principal() { json!(attached) } else { json!([]) };
            (arn.to_owned(), json!({ "managedPolicies": attached }))
        })
        .collect();
    world.register(&value(&json!({ "principals": all, "policies": managed })), NOW).expect("a directory");
}

/// Calls as the root user of the owner.
fn owner(world: &World, operation: &str, input: &Value) -> Value {
    let reply = world.call(operation, value(input), Some("us-east-1"), Some(OWNER), NOW).reply;
    let reply = reply.unwrap_or_else(|error| panic!("{operation} {input}: {error}"));
    serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default()
}

/// The answer to a question about the past.
pub(super) fn audit(world: &World, question: &Value) -> Value {
    let answer = world.audit(&value(question), NOW).unwrap_or_else(|error| panic!("{question}: {error}"));
    serde_json::from_slice(&wire::to_json(&answer)).expect("JSON")
}

pub(super) fn value(json: &Value) -> pocket_kms::Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn pairs(context: &[(&str, &str)]) -> Value {
    context.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
}

/// An answer without each of its parts: statements, actions, resources, values of conditions, grants, operations.
pub(super) fn without(least: &Value) -> Vec<(String, Value)> {
    let mut less = Vec::new();
    let mut lists = vec!["/grants".to_owned()];
    let has_policy = !least["policy"].is_null();
    lists.extend(has_policy.then(|| "/policy/Statement".to_owned()));
    for place in 0..least["keyPolicies"].as_array().map_or(0, Vec::len) {
        lists.push(format!("/keyPolicies/{place}/statements"));
    }
    let tops = lists.clone();
    for top in tops {
        for place in 0..least.pointer(&top).and_then(Value::as_array).map_or(0, Vec::len) {
            lists.extend(["Action", "Resource", "Operations"].map(|member| format!("{top}/{place}/{member}")));
            let condition = format!("{top}/{place}/Condition");
            let operators = least.pointer(&condition).and_then(Value::as_object);
            for (operator, keys) in operators.into_iter().flatten() {
                let keys = keys.as_object().into_iter().flatten().filter(|(_, values)| values.is_array());
                lists.extend(keys.map(|(key, _)| format!("{condition}/{operator}/{}", key.replace('/', "~1"))));
            }
        }
    }
    for list in lists {
        for place in 0..least.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len) {
            let mut one = least.clone();
            let values = one.pointer_mut(&list).and_then(Value::as_array_mut).expect("a list");
            values.remove(place);
            let is_empty = values.is_empty();
            // A statement without actions, or a grant without operations, says nothing.
            if is_empty && (list.ends_with("/Action") || list.ends_with("/Resource") || list.ends_with("/Operations")) {
                continue;
            }
            if is_empty && list == "/policy/Statement" {
                one["policy"] = Value::Null;
            }
            less.push((format!("{list}/{place}"), one));
        }
    }
    less
}
