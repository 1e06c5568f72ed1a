//! The facts of which records about custom key stores are made: a trail has them, whatever becomes of its call.

use pocket_kms::{
    CryptoProvider, Options, Time, Value, World,
    operations::{Side, StoreFacts},
    wire,
    world::{Cause, Reply},
};

const NOW: Time = Time::from_millis(1_767_225_600_000);
const CLUSTER: &str = "cluster-2ab3cdefghi";

fn world() -> World {
    let options = Options { seed: Some(b"facts".as_slice().into()), now: Some(NOW), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

fn called(world: &World, operation: &str, input: Value, caller: Option<&str>) -> Reply {
    world.call(operation, input, None, caller, NOW)
}

fn done(world: &World, operation: &str, input: Value) -> (Value, Vec<StoreFacts>) {
    let reply = called(world, operation, input, None);
    (reply.reply.expect(operation), reply.trail.stores)
}

fn of(name: &'static str, value: &Value) -> Value {
    Value::from([(name, value.clone())])
}

fn member<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().try_fold(value, |value, name| value.member(name)).expect("a member")
}

/// A key store over a registered cluster, connected, by its name.
fn store(world: &World, name: &str, cluster: &str) -> Value {
    let input = format!(
        r#"{{"CustomKeyStoreName": "{name}", "CloudHsmClusterId": "{cluster}", "KeyStorePassword": "kmsPswd",
            "TrustAnchorCertificate": "certificate"}}"#
    );
    let (made, facts) = done(world, "CreateCustomKeyStore", json(&input));
    assert_eq!(facts, [], "there is no store yet");
    let id = member(&made, &["CustomKeyStoreId"]).clone();
    done(world, "ConnectCustomKeyStore", of("CustomKeyStoreId", &id));
    id
}

fn key(world: &World, store: &Value) -> (Value, Vec<StoreFacts>) {
    let origin = ("Origin", Value::from("AWS_CLOUDHSM"));
    let (made, facts) = done(world, "CreateKey", Value::from([("CustomKeyStoreId", store.clone()), origin]));
    (member(&made, &["KeyMetadata", "Arn"]).clone(), facts)
}

/// The backing key id that the cluster has for a key.
fn backing(world: &World, cluster: &str, key: &Value) -> String {
    let told = world.on_cluster(cluster, &json(r#"{"do": "describe"}"#), NOW).expect("a cluster");
    let Some(Value::List(keys)) = told.member("keys") else { panic!("no keys in {told:?}") };
    let key = keys.iter().find(|one| one.member("label") == Some(key)).expect("the key in the cluster");
    member(key, &["id"]).as_text().expect("an id").to_owned()
}

fn registered(world: &World) {
    let setup = format!(r#"{{"clusters": {{"{CLUSTER}": {{}}, "cluster-3ab3cdefghi": {{}}}}}}"#);
    world.register_stores(&json(&setup), NOW).expect("a setup");
}

#[test]
fn operations_on_a_store_tell_of_it_as_it_was_before() {
    let world = world();
    registered(&world);
    let id = store(&world, "before", CLUSTER);
    let rename = Value::from([("CustomKeyStoreId", id.clone()), ("NewCustomKeyStoreName", Value::from("after"))]);
    for (operation, input, name) in [
        ("UpdateCustomKeyStore", rename, "before"),
        ("DisconnectCustomKeyStore", of("CustomKeyStoreId", &id), "after"),
        ("ConnectCustomKeyStore", of("CustomKeyStoreId", &id), "after"),
        ("DisconnectCustomKeyStore", of("CustomKeyStoreId", &id), "after"),
        ("DeleteCustomKeyStore", of("CustomKeyStoreId", &id), "after"),
    ] {
        let (_, facts) = done(&world, operation, input);
        let [told] = &facts[..] else { panic!("{operation}: {facts:?}") };
        let cluster = told.cluster.map(|cluster| cluster.to_string());
        let found = (&*told.name, cluster.as_deref(), told.backing.as_deref(), told.side);
        assert_eq!(found, (name, Some(CLUSTER), None, Side::Only), "{operation}");
        assert_eq!(told.store.id.to_string(), id.as_text().expect("an id"), "{operation}");
    }
    let (_, facts) = done(&world, "DescribeCustomKeyStores", Value::Map(Vec::new()));
    assert_eq!(facts, []);
}

#[test]
fn calls_that_make_and_use_keys_name_what_is_behind_them_also_when_they_are_refused() {
    let world = world();
    registered(&world);
    let (one, other) = (store(&world, "one", CLUSTER), store(&world, "other", "cluster-3ab3cdefghi"));
    let (source, made) = key(&world, &one);
    let (destination, _) = key(&world, &other);
    let behind = [backing(&world, CLUSTER, &source), backing(&world, "cluster-3ab3cdefghi", &destination)];
    assert_eq!(made[0].backing.as_deref(), Some(&*behind[0]));
    let plaintext = Value::from([("KeyId", source.clone()), ("Plaintext", Value::Blob(vec![1]))]);
    let (sealed, facts) = done(&world, "Encrypt", plaintext.clone());
    assert_eq!(facts, made, "the same store and the same key as when it was made");
    let sealed = member(&sealed, &["CiphertextBlob"]).clone();
    let moved = Value::from([("CiphertextBlob", sealed.clone()), ("DestinationKeyId", destination)]);
    let (_, facts) = done(&world, "ReEncrypt", moved);
    let told: Vec<_> = facts.iter().map(|told| (&*told.name, told.backing.as_deref(), told.side)).collect();
    let expected = [("one", Some(&*behind[0]), Side::Source), ("other", Some(&*behind[1]), Side::Destination)];
    assert_eq!(told, expected);
    let (_, facts) = done(&world, "DescribeKey", of("KeyId", &source));
    assert_eq!(facts, [], "the management of keys is not about their stores");
    // Who may not use the key, when the cluster is broken, and when the store is disconnected.
    let denied = called(&world, "Encrypt", plaintext.clone(), Some("444455556666"));
    world.on_cluster(CLUSTER, &json(r#"{"do": "set", "network": false}"#), NOW).expect("an action");
    let broken = called(&world, "Decrypt", of("CiphertextBlob", &sealed), None);
    done(&world, "DisconnectCustomKeyStore", of("CustomKeyStoreId", &one));
    let unavailable = called(&world, "Encrypt", plaintext, None);
    let refused = Value::from([("CustomKeyStoreId", one), ("Origin", Value::from("AWS_CLOUDHSM"))]);
    let not_made = called(&world, "CreateKey", refused, None);
    for (reply, exception, backing) in [
        (denied, "AccessDeniedException", Some(&*behind[0])),
        (broken, "KMSInvalidStateException", Some(&*behind[0])),
        (unavailable, "KMSInvalidStateException", Some(&*behind[0])),
        (not_made, "CustomKeyStoreInvalidStateException", None),
    ] {
        assert_eq!(reply.reply.expect_err("a refusal").exception.name(), exception);
        let [told] = &reply.trail.stores[..] else { panic!("{exception}: {:?}", reply.trail.stores) };
        assert_eq!((&*told.name, told.backing.as_deref()), ("one", backing), "{exception}");
    }
}

#[test]
fn the_end_of_a_waiting_period_tells_what_became_of_the_key_in_the_cluster() {
    for (action, deleted) in [
        (r#"{"do": "describe"}"#, true),
        (r#"{"do": "deleteKey", "key": "KEY"}"#, true),
        (r#"{"do": "removeHsm"}"#, true),
        (r#"{"do": "set", "subnets": {"subnet-2ab3cdefghia": {"deleted": true}}}"#, true),
        (r#"{"do": "set", "hsms": []}"#, false),
        (r#"{"do": "set", "state": "DEGRADED"}"#, false),
        (r#"{"do": "set", "securityGroup": false}"#, false),
        (r#"{"do": "set", "network": false}"#, false),
        (r#"{"do": "set", "sessions": false}"#, false),
        (r#"{"do": "set", "mutualTls": true}"#, false),
        (r#"{"do": "lock"}"#, false),
        (r#"{"do": "delete"}"#, false),
    ] {
        let world = world();
        registered(&world);
        let id = store(&world, "one", CLUSTER);
        let (arn, _) = key(&world, &id);
        let behind = backing(&world, CLUSTER, &arn);
        let action = action.replace("KEY", arn.as_text().expect("an ARN"));
        world.on_cluster(CLUSTER, &json(&action), NOW).expect("an action");
        let waits = Value::from([("KeyId", arn), ("PendingWindowInDays", Value::Int(7))]);
        done(&world, "ScheduleKeyDeletion", waits);
        world.advance(pocket_kms::Span::from_days(7), NOW).expect("a time");
        let entries = world.changes(0).entries;
        let happened = entries.iter().find_map(|entry| match &entry.cause {
            Cause::Due(happened) => happened.backing_key,
            _ => None,
        });
        let told = happened.unwrap_or_else(|| panic!("{action}: nothing is told"));
        let found = (pocket_kms::state::backing_key_id(told.material), told.cluster.to_string(), told.deleted);
        assert_eq!(found, (behind, CLUSTER.to_owned(), deleted), "{action}");
        assert_eq!(told.store.to_string(), id.as_text().expect("an id"));
    }
}

#[test]
fn an_exchange_with_a_proxy_is_told_also_of_a_call_that_it_fails() {
    let world = world();
    world.set(&json(r#"{"strict-key-stores": 1}"#), NOW).expect("a setting");
    let input = format!(
        r#"{{"CustomKeyStoreName": "xks", "CustomKeyStoreType": "EXTERNAL_KEY_STORE", "XksProxyUriPath": "/kms/xks/v1",
            "XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyUriEndpoint": "https://xks.example.com",
            "XksProxyAuthenticationCredential": {{"AccessKeyId": "ABCDEFGHIJKLMNOPQRST", "RawSecretAccessKey": "{}"}}}}"#,
        "k".repeat(43)
    );
    let reply = called(&world, "CreateCustomKeyStore", json(&input), None);
    assert_eq!(reply.reply.expect_err("no proxy").exception.name(), "XksProxyUriUnreachableException");
    let [told] = &reply.trail.exchanges[..] else { panic!("{:?}", reply.trail.exchanges) };
    let found = (told.kms_operation, told.proxy_operation.name(), told.outcome);
    assert_eq!(found, ("CreateCustomKeyStore", "GetHealthStatus", Some("XksProxyUnreachableException")));
    assert!(!format!("{told:?}").contains(&"k".repeat(43)));
}
