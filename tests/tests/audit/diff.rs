//! What has changed: between two moments of a world, and between two worlds.

use pocket_kms::{CryptoProvider, Options, Time, World, wire};
use serde_json::{Value, json};

const NOW: Time = Time::from_millis(1_767_225_600_000);
const HOUR: i64 = 3_600_000;

fn world(seed: &str) -> World {
    let options =
        Options { seed: Some(seed.as_bytes().to_vec().into()), now: Some(NOW), history: 1000, ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn value(json: &Value) -> pocket_kms::Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn call(world: &World, operation: &str, input: &Value) -> Value {
    let reply = world.call(operation, value(input), None, None, NOW).reply;
    let reply = reply.unwrap_or_else(|error| panic!("{operation} {input}: {error}"));
    serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default()
}

fn key(world: &World, alias: &str) -> String {
    let made =
        call(world, "CreateKey", &json!({ "Description": "before", "Tags": [{ "TagKey": "a", "TagValue": "1" }] }));
    let arn = made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned();
    call(world, "CreateAlias", &json!({ "AliasName": alias, "TargetKeyId": arn }));
    arn
}

fn diff(world: &World, more: &Value) -> Value {
    let mut question = json!({ "question": "diff" });
    question.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
    let answer = world.audit(&value(&question), NOW).unwrap_or_else(|error| panic!("{question}: {error}"));
    serde_json::from_slice(&wire::to_json(&answer)).expect("JSON")
}

/// What has changed, as kind and thing.
fn told(answer: &Value) -> Vec<(&str, &str)> {
    let changes = answer["changes"].as_array().expect("a list").iter();
    changes.filter_map(|change| Some((change["change"].as_str()?, change["of"].as_str()?))).collect()
}

const DELEGATES: &str = r#"{ "Sid": "Enable IAM User Permissions", "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }"#;

#[test]
fn custom_key_stores_differ_by_what_was_told_of_them_and_by_their_connection() {
    let world = world("stores");
    let [then, later, now] = [0, 1, 2].map(|hours| Time::from_millis(NOW.millis() + hours * HOUR));
    world.set_time(later, NOW);
    let input = json!({
        "CustomKeyStoreName": "hsm",
        "CloudHsmClusterId": "cluster-2ab3cdefghi",
        "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
        "KeyStorePassword": "kmsPswd1234",
    });
    let store = call(&world, "CreateCustomKeyStore", &input)["CustomKeyStoreId"].clone();
    world.set_time(now, NOW);
    call(&world, "ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": store }));
    let since = |from: Time| diff(&world, &json!({ "from": from.to_string() }));
    let (whole, connected) = (since(then), since(later));
    assert_eq!(told(&whole), [("added", "key store")]);
    let shown = &whole["changes"][0]["after"];
    assert_eq!(
        (&shown["cloudHsmClusterId"], &shown["connectionState"], &whole["changes"][0]["subject"]),
        (&input["CloudHsmClusterId"], &json!("CONNECTED"), &store)
    );
    assert!(!whole.to_string().contains("kmsPswd1234"), "{whole:#}");
    assert_eq!(told(&connected), [("changed", "key store member")]);
    assert_eq!(connected["changes"][0]["before"], json!("DISCONNECTED"));
}

#[test]
fn two_moments_of_a_world_differ_by_keys_statements_grants_and_aliases() {
    let world = world("moments");
    let first = key(&world, "alias/first");
    let then = NOW.to_string();
    assert_eq!(diff(&world, &json!({ "from": then }))["same"], json!(true));
    world.set_time(Time::from_millis(NOW.millis() + HOUR), NOW);
    let second = key(&world, "alias/second");
    call(&world, "UpdateAlias", &json!({ "AliasName": "alias/first", "TargetKeyId": second }));
    let grantee = "arn:aws:iam::444455556666:root";
    call(&world, "CreateGrant", &json!({ "KeyId": first, "GranteePrincipal": grantee, "Operations": ["Decrypt"] }));
    call(&world, "UpdateKeyDescription", &json!({ "KeyId": first, "Description": "after" }));
    call(&world, "TagResource", &json!({ "KeyId": first, "Tags": [{ "TagKey": "a", "TagValue": "2" }] }));
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Id": "key-default-1", "Statement": [{DELEGATES},
        {{"Sid": "Use", "Effect": "Allow", "Principal": {{"AWS": "{grantee}"}}, "Action": "kms:Decrypt", "Resource": "*"}}]}}"#
    );
    call(&world, "PutKeyPolicy", &json!({ "KeyId": first, "Policy": policy }));
    let answer = diff(&world, &json!({ "from": then }));
    let mut changes = told(&answer);
    changes.sort_unstable();
    let expected = [
        ("added", "grant"),
        ("added", "key"),
        ("added", "policy statement"),
        ("changed", "key member"),
        ("changed", "tag"),
        ("removed", "alias"),
    ];
    assert_eq!(changes, expected, "{answer:#}");
    let text = answer["text"].as_str().expect("a text");
    for line in [
        format!("{first}\n"),
        format!("+ key {second} (alias/first, alias/second)\n"),
        "  - aliases: \"alias/first\"\n".to_owned(),
        "  ~ description: \"before\" -> \"after\"\n".to_owned(),
        "  ~ tags.a: \"1\" -> \"2\"\n".to_owned(),
    ] {
        assert!(text.contains(&line), "{line} is not in\n{text}");
    }
    assert!(text.contains("  + policy.Statement.Use: {"), "{text}");
    // Backwards, everything is the other way round.
    let back = diff(&world, &json!({ "to": then }));
    assert_eq!(back["changes"].as_array().map(Vec::len), Some(changes.len()));
    assert!(told(&back).contains(&("removed", "key")), "{back:#}");
}

#[test]
fn statements_that_say_the_same_have_not_changed_and_those_of_one_sid_have() {
    let world = world("statements");
    let key = key(&world, "alias/a");
    let put = |use_by: &str| {
        let policy = format!(r#"{{"Version": "2012-10-17", "Id": "x", "Statement": [{DELEGATES}, {use_by}]}}"#);
        call(&world, "PutKeyPolicy", &json!({ "KeyId": key, "Policy": policy }));
    };
    let root = r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#;
    put(&format!(
        r#"{{"Sid": "U", "Effect": "Allow", {root}, "Action": ["kms:Sign", "kms:Encrypt"], "Resource": "*"}}"#
    ));
    let before = NOW.to_string();
    world.set_time(Time::from_millis(NOW.millis() + HOUR), NOW);
    put(&format!(
        r#"{{"Effect": "Allow", "Sid": "U", "Action": ["kms:Encrypt", "kms:Sign"], {root}, "Resource": ["*"]}}"#
    ));
    assert_eq!(diff(&world, &json!({ "from": before }))["same"], json!(true));
    put(&format!(r#"{{"Sid": "U", "Effect": "Allow", {root}, "Action": "kms:Sign", "Resource": "*"}}"#));
    let answer = diff(&world, &json!({ "from": before }));
    assert_eq!(told(&answer), [("changed", "policy statement")]);
    assert_eq!(answer["changes"][0]["after"]["Action"], json!("kms:Sign"));
}

#[test]
fn keys_of_two_worlds_are_the_same_by_their_aliases() {
    let (one, other) = (world("one"), world("other"));
    let keys = [key(&one, "alias/a"), key(&other, "alias/a")];
    call(&other, "DisableKey", &json!({ "KeyId": keys[1] }));
    let form = json!({ "principals": { "arn:aws:iam::111122223333:role/App": { "policies": {} } } });
    other.register(&value(&form), NOW).expect("a directory");
    other.set(&value(&json!({ "quota/keys": 7 })), NOW).expect("a setting");
    let told_of =
        |world: &World| -> Value { serde_json::from_slice(&wire::to_json(&world.inventory(NOW))).expect("JSON") };
    let answer = diff(&one, &json!({ "after": told_of(&other) }));
    let expected = [("changed", "key member"), ("changed", "key member"), ("added", "principal"), ("added", "setting")];
    assert_eq!(told(&answer), expected, "{answer:#}");
    assert_eq!(answer["changes"][0]["subject"], json!(format!("{} = {}", keys[0], keys[1])));
    assert_eq!(diff(&one, &json!({ "before": told_of(&one) }))["same"], json!(true));
}
