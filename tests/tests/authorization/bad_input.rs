//! Bad input to the directory, to key policies and to what hosts say of callers, through a world: it is refused in words
//! that name the place, or it is decided in no time, and what is refused changes nothing.

use pocket_kms::{CryptoProvider, Error, Options, Time, Value, World, arguments, wire};
use serde_json::json;

const NOW: Time = Time::from_millis(1_767_225_600_000);
const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

fn world() -> World {
    World::new(
        Options { seed: Some(b"bad".to_vec().into()), now: Some(NOW), ..Options::default() },
        CryptoProvider::default(),
        [0; 32],
    )
}

fn value(json: &serde_json::Value) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn call(world: &World, operation: &str, input: &serde_json::Value, caller: Option<&str>) -> Result<Value, Error> {
    world.call(operation, value(input), None, caller, NOW).reply
}

fn key(world: &World) -> String {
    let made = call(world, "CreateKey", &json!({}), None).expect("a key");
    made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text).expect("an ARN").to_owned()
}

fn allow(more: serde_json::Value) -> serde_json::Value {
    let mut statement = json!({ "Effect": "Allow", "Action": "kms:*", "Resource": "*" });
    for (member, value) in more.as_object().expect("an object") {
        statement[member] = value.clone();
    }
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// What cannot be registered, and a part of the sentence that says so.
fn broken_directories() -> Vec<(serde_json::Value, &'static str)> {
    let alice = |entry: serde_json::Value| json!({ "principals": { ALICE: entry } });
    let organization = |entry: serde_json::Value| json!({ "organizations": { "o-exampleorg1": entry } });
    let policy = |document: serde_json::Value| alice(json!({ "policies": { "mine": document } }));
    let mut nested = json!({});
    for _ in 0..6 {
        nested = json!({ "units": { "ou-ab12-11111111": nested } });
    }
    vec![
        (json!([]), "structure"),
        (json!({ "principles": {} }), "principles"),
        (json!({ "principals": [] }), "principals"),
        (json!({ "principals": { "alice": {} } }), "alice"),
        (json!({ "principals": { "arn:aws:iam::111122223333:user/": {} } }), "user/"),
        (json!({ "principals": { "arn:aws:iam::12:user/alice": {} } }), "iam::12"),
        (json!({ "principals": { "arn:aws:sts::111122223333:assumed-role/App/one": {} } }), "assumed-role"),
        (alice(json!("alice")), "alice"),
        (alice(json!({ "hat": 1 })), "hat"),
        (alice(json!({ "tags": { "team": 1 } })), "tags"),
        (alice(json!({ "groups": ["nobody"] })), "nobody"),
        (alice(json!({ "uniqueId": "AROAIIAAAAAAAAAEXAMPLE" })), "uniqueId"),
        (alice(json!({ "permissionsBoundary": "arn:aws:iam::111122223333:policy/None" })), "policy/None"),
        (alice(json!({ "managedPolicies": ["arn:aws:iam::aws:policy/NoSuchPolicy"] })), "NoSuchPolicy"),
        (alice(json!({ "trustPolicy": allow(json!({})) })), "trustPolicy"),
        (policy(json!(7)), "mine"),
        (policy(json!("{")), "mine"),
        (policy(json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow" }] })), "mine"),
        (policy(allow(json!({ "Principal": "*" }))), "mine"),
        (policy(allow(json!({ "Condition": { "StringEqual": { "aws:username": "alice" } } }))), "StringEqual"),
        (policy(allow(json!({ "Effect": "allow" }))), "mine"),
        (policy(allow(json!({ "Resource": "a key" }))), "mine"),
        (policy(allow(json!({ "Action": "Decrypt" }))), "Action"),
        (organization(json!({})), "managementAccount"),
        (organization(json!({ "managementAccount": "12" })), "managementAccount"),
        (organization(json!({ "managementAccount": "999988887777", "units": { "unit": {} } })), "unit"),
        (organization(json!({ "managementAccount": "999988887777", "units": nested["units"] })), "units"),
        (
            organization(json!({ "managementAccount": "999988887777",
                "resourceControlPolicies": [allow(json!({ "Principal": "*" }))] })),
            "resourceControlPolicies",
        ),
        (json!({ "organizations": { "example": { "managementAccount": "999988887777" } } }), "example"),
        (json!({ "vpcEndpoints": { "endpoint": {} } }), "endpoint"),
        (json!({ "vpcEndpoints": { "vpce-1111aaaa": { "policy": "x" } } }), "policy"),
        (json!({ "vpcEndpoints": { "vpce-1111aaaa": { "owner": "me" } } }), "owner"),
        (
            json!({ "policies": { "arn:aws:iam::111122223333:policy/P": allow(json!({ "Principal": "*" })) } }),
            "policy/P",
        ),
        (json!({ "policies": { "P": allow(json!({})) } }), "P"),
        (json!({ "accessKeys": { "AKIAIOSFODNN7EXAMPLE": { "principal": "nobody" } } }), "nobody"),
    ]
}

#[test]
fn a_broken_directory_is_refused_in_words_that_name_the_place_and_changes_nothing() {
    let world = world();
    let good = json!({ "principals": { ALICE: { "policies": [allow(json!({}))], "tags": { "team": "blue" } } } });
    world.register(&value(&good), NOW).expect("a directory");
    let (before, changes) = (world.directory(), world.changes(0).to_values(0).len());
    let mut wrong = Vec::new();
    for (directory, place) in broken_directories() {
        // Beside what is broken stands something good, which is not taken either.
        let mut entries = directory.clone();
        if entries.is_object() && !entries["principals"].is_array() {
            entries["principals"]["arn:aws:iam::111122223333:user/bob"] = json!({});
        }
        match world.register(&value(&entries), NOW) {
            Ok(()) => wrong.push(format!("{directory} is registered")),
            Err(error) => {
                let sentence = error.message.unwrap_or_default();
                if error.exception.name() != "ValidationException" || !sentence.contains(place) || sentence.len() > 1000
                {
                    wrong.push(format!("{directory}: {sentence}"));
                }
            }
        }
        if world.directory() != before || world.changes(0).to_values(0).len() != changes {
            wrong.push(format!("{directory} has changed something"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_broken_key_policy_is_refused_and_the_old_one_stays() {
    let world = world();
    let key = key(&world);
    world
        .register(&value(&json!({ "principals": { ALICE: { "policies": [allow(json!({}))] } } })), NOW)
        .expect("a directory");
    let policy = |world: &World| call(world, "GetKeyPolicy", &json!({ "KeyId": key }), None).expect("a policy");
    let before = policy(&world);
    let named = |principal: serde_json::Value| allow(json!({ "Principal": principal })).to_string();
    let everybody = |more: serde_json::Value| {
        let mut document = allow(more);
        document["Statement"][0]["Principal"] = json!({ "AWS": "arn:aws:iam::111122223333:root" });
        document.to_string()
    };
    for text in [
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "[".repeat(30_000),
        "{\"Statement\":".repeat(2_000),
        named(json!({ "AWS": "arn:aws:iam::111122223333:user/nobody" })),
        named(json!({ "AWS": "arn:aws:iam::111122223333:group/dev" })),
        named(json!({ "AWS": "arn:aws:iam::111122223333:user/*" })),
        named(json!({ "AWS": "arn:aws:iam::111122223333:user/Alice " })),
        named(json!({ "AWS": "arn:aws:iam::444455556666:role/a:b" })),
        named(json!({ "Federated": "cognito-identity.amazonaws.com" })),
        named(json!({ "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" })),
        named(json!({ "Somebody": "x" })),
        named(json!([])),
        everybody(json!({ "Condition": { "StringEqual": { "a:b": "c" } } })),
        everybody(json!({ "Condition": { "NullIfExists": { "a:b": "true" } } })),
        everybody(json!({ "Condition": { "ForSomeValues:StringEquals": { "a:b": "c" } } })),
        everybody(json!({ "Condition": { "StringEquals": { "a:b": { "c": "d" } } } })),
        everybody(json!({ "Condition": ["StringEquals"] })),
        everybody(json!({ "Hat": true })),
        everybody(json!({ "Effect": "Permit" })),
        // 10,000 values are more than 32 KiB.
        everybody(json!({ "Condition": { "StringEquals": { "a:b": vec!["c"; 10_000] } } })),
    ] {
        for caller in [None, Some(ALICE)] {
            let error =
                call(&world, "PutKeyPolicy", &json!({ "KeyId": key, "Policy": text }), caller).expect_err(&text);
            let name = error.exception.name();
            let known = ["MalformedPolicyDocumentException", "LimitExceededException", "ValidationException"];
            assert!(known.contains(&name), "{name} for {text:.100}");
            assert_eq!(policy(&world), before, "{text:.100}");
        }
    }
}

/// Documents of about 32 KiB that match slowly where a matcher goes back for every wildcard.
fn long_policies() -> Vec<serde_json::Value> {
    let root = json!({ "AWS": "arn:aws:iam::111122223333:root" });
    let stars = "*a".repeat(15_000);
    let marks = "?".repeat(30_000);
    let first = json!({ "Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*" });
    let with = |member: &str, value: serde_json::Value| {
        let mut second = first.clone();
        second[member] = value;
        json!({ "Version": "2012-10-17", "Statement": [first, second] })
    };
    let context = |pattern: &str| json!({ "StringLike": { "kms:EncryptionContext:text": pattern } });
    vec![
        with("Action", json!(format!("kms:{stars}"))),
        with("Action", json!(vec!["kms:*D*e*c*r*y*p*t*x"; 1_000])),
        with("Condition", context(&stars)),
        with("Condition", context(&marks)),
        with("Condition", json!({ "StringLike": { "kms:EncryptionContext:text": vec!["*a*a*a*b"; 2_500] } })),
        with(
            "Condition",
            json!({ "ForAnyValue:StringNotLike": { "kms:EncryptionContextKeys": vec!["*t*e*x*"; 2_500] } }),
        ),
        with("Condition", json!({ "StringNotEquals": { "kms:EncryptionContext:text": vec!["a"; 7_000] } })),
        with("Condition", json!({ "NotIpAddress": { "aws:SourceIp": vec!["10.0.0.0/8"; 2_000] } })),
    ]
}

#[test]
fn long_policies_of_wildcards_are_decided_in_no_time() {
    let world = world();
    let key = key(&world);
    world
        .register(&value(&json!({ "principals": { ALICE: { "policies": [allow(json!({}))] } } })), NOW)
        .expect("a directory");
    let text = "a".repeat(8_000);
    let input = json!({ "KeyId": key, "Plaintext": "eA==", "EncryptionContext": { "text": text } });
    for policy in long_policies() {
        let text = policy.to_string();
        assert!((16_000..=32_768).contains(&text.len()), "{} bytes", text.len());
        let began = std::time::Instant::now();
        call(&world, "PutKeyPolicy", &json!({ "KeyId": key, "Policy": text }), None)
            .expect("a policy that is accepted");
        for _ in 0..10 {
            call(&world, "Encrypt", &input, Some(ALICE)).expect("what the first statement allows");
        }
        // Without any care such a policy takes minutes; the limit is far above what a slow machine needs.
        assert!(began.elapsed().as_secs() < 20, "{text:.200}");
    }
}

#[test]
fn what_hosts_say_of_callers_is_bounded_and_refused_by_name() {
    let session = |member: &str, said: serde_json::Value| json!({ "arn": "arn:aws:sts::111122223333:assumed-role/App/one", "session": { member: said } });
    let many: serde_json::Map<String, serde_json::Value> =
        (0..10_000).map(|number| (format!("k{number}"), json!("v"))).collect();
    let callers = [
        (json!({ "arn": "alice" }), "alice"),
        (json!({ "name": "alice" }), "name"),
        (
            session(
                "policies",
                json!([{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:*" }] }]),
            ),
            "policies",
        ),
        (session("policies", json!(vec![allow(json!({})); 100])), "policies"),
        (session("tags", json!(many)), "tags"),
        (session("hats", json!([])), "hats"),
    ];
    for (caller, place) in callers {
        let error = arguments::sender(&value(&caller), &Value::Null).expect_err(place);
        let sentence = error.message.unwrap_or_default();
        assert!(sentence.contains(place) && sentence.len() < 2_000, "{place}: {sentence:.400}");
    }
    for (origin, place) in [
        (json!({ "context": { "aws:referer": vec!["x"; 10_000] } }), "aws:referer"),
        (json!({ "context": many }), "context"),
        (json!({ "context": { "referer": { "a": 1 } } }), "referer"),
        (json!({ "context": "aws:referer" }), "context"),
    ] {
        let error = arguments::sender(&Value::Null, &value(&origin)).expect_err(place);
        let sentence = error.message.unwrap_or_default();
        assert!(sentence.contains(place) && sentence.len() < 2_000, "{place}: {sentence:.400}");
    }
}
