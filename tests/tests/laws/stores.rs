//! What holds of custom key stores whatever happens to them: keys open what is theirs alone, and snapshots, forks and jumps
//! of the clock keep everything.

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World, names::KeyArn, wire};
use proptest::prelude::*;

use crate::for_all;

const START: Time = Time::from_millis(1_767_225_600_000);

/// The clusters: two that share their backups, and one that is alone.
const CLUSTERS: [&str; 3] = ["cluster-2ab3cdefghi", "cluster-3ab3cdefghi", "cluster-4ab3cdefghi"];

/// One thing that happens. Stores, keys and clusters are meant by numbers, modulo how many there are.
#[derive(Clone, Debug)]
enum Act {
    Connect(usize),
    Disconnect(usize),
    Move { store: usize, cluster: usize },
    Make(usize),
    Encrypt(usize),
    Schedule(usize),
    OnCluster { cluster: usize, action: usize },
    Wait(i64),
}

/// What owners do with their clusters.
const ACTIONS: [&str; 12] = [
    r#"{"do": "removeHsm"}"#,
    r#"{"do": "addHsm"}"#,
    r#"{"do": "backUp"}"#,
    r#"{"do": "restore"}"#,
    r#"{"do": "lock"}"#,
    r#"{"do": "changePassword", "password": "kmsPswd"}"#,
    r#"{"do": "set", "network": false}"#,
    r#"{"do": "set", "network": true}"#,
    r#"{"do": "set", "subnets": {"subnet-2ab3cdefghia": {"deleted": true}}}"#,
    r#"{"do": "logIn"}"#,
    r#"{"do": "logOut"}"#,
    r#"{"do": "delete"}"#,
];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let number = || 0..8_usize;
    let act = prop_oneof![
        4 => number().prop_map(Act::Connect),
        1 => number().prop_map(Act::Disconnect),
        1 => (number(), number()).prop_map(|(store, cluster)| Act::Move { store, cluster }),
        4 => number().prop_map(Act::Make),
        4 => number().prop_map(Act::Encrypt),
        1 => number().prop_map(Act::Schedule),
        2 => (number(), 0..ACTIONS.len()).prop_map(|(cluster, action)| Act::OnCluster { cluster, action }),
        2 => (1..200_i64).prop_map(Act::Wait),
    ];
    prop::collection::vec(act, 1..40)
}

/// A world with two CloudHSM key stores and one external key store, and what has been done in it.
struct Story {
    world: World,
    stores: Vec<String>,
    keys: Vec<String>,
    sealed: Vec<(String, Value)>,
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("no {path:?} in {value:?}")).to_owned()
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

fn call(world: &World, operation: &str, input: Value) -> Option<Value> {
    world.call(operation, input, None, None, Time::default()).reply.ok()
}

impl Story {
    /// Connecting takes as long as it does at AWS.
    fn begin() -> Self {
        let options = Options { seed: Some(b"stores".as_slice().into()), now: Some(START), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        world.set(&json(r#"{"consistency": "aws"}"#), Time::default()).expect("settings");
        let [one, related, alone] = CLUSTERS;
        let setup =
            format!(r#"{{"clusters": {{"{one}": {{}}, "{related}": {{"lineage": "{one}"}}, "{alone}": {{}}}}}}"#);
        world.register_stores(&json(&setup), Time::default()).expect("a setup");
        let mut story = Self { world, stores: Vec::new(), keys: Vec::new(), sealed: Vec::new() };
        for (name, cluster) in [("one", one), ("other", alone)] {
            let input = format!(
                r#"{{"CustomKeyStoreName": "{name}", "CloudHsmClusterId": "{cluster}", "KeyStorePassword": "kmsPswd",
                    "TrustAnchorCertificate": "certificate"}}"#
            );
            story.make_store(&input);
        }
        let secret = "k".repeat(43);
        story.make_store(&format!(
            r#"{{"CustomKeyStoreName": "xks", "CustomKeyStoreType": "EXTERNAL_KEY_STORE", "XksProxyUriPath": "/kms/xks/v1",
                "XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyUriEndpoint": "https://xks.example.com",
                "XksProxyAuthenticationCredential":
                    {{"AccessKeyId": "ABCDEFGHIJKLMNOPQRST", "RawSecretAccessKey": "{secret}"}}}}"#
        ));
        for number in 0..story.stores.len() {
            story.act(&Act::Connect(number));
        }
        story.act(&Act::Wait(1));
        for number in 0..story.stores.len() {
            story.act(&Act::Make(number));
        }
        assert_eq!(story.keys.len(), 3, "a key in each store");
        story
    }

    fn make_store(&mut self, input: &str) {
        let made = call(&self.world, "CreateCustomKeyStore", json(input)).expect("a key store");
        self.stores.push(text(&made, &["CustomKeyStoreId"]));
    }

    fn act(&mut self, act: &Act) {
        let store = |number: &usize| ("CustomKeyStoreId", Value::from(&*self.stores[number % self.stores.len()]));
        let key = |number: &usize| (!self.keys.is_empty()).then(|| self.keys[number % self.keys.len()].clone());
        let world = &self.world;
        match act {
            Act::Connect(number) => drop(call(world, "ConnectCustomKeyStore", Value::from([store(number)]))),
            Act::Disconnect(number) => drop(call(world, "DisconnectCustomKeyStore", Value::from([store(number)]))),
            Act::Move { store: number, cluster } => {
                let cluster = ("CloudHsmClusterId", Value::from(CLUSTERS[cluster % CLUSTERS.len()]));
                drop(call(world, "UpdateCustomKeyStore", Value::from([store(number), cluster])));
            }
            Act::Make(number) => {
                let external = number % self.stores.len() == 2;
                let origin = if external { "EXTERNAL_KEY_STORE" } else { "AWS_CLOUDHSM" };
                let behind = external.then(|| ("XksKeyId", Value::from(format!("key-{}", self.keys.len()))));
                let input = [store(number), ("Origin", Value::from(origin))].into_iter().chain(behind).collect();
                let made = call(world, "CreateKey", input).map(|made| text(&made, &["KeyMetadata", "Arn"]));
                self.keys.extend(made);
            }
            Act::Encrypt(number) => {
                let Some(key) = key(number) else { return };
                let input =
                    Value::from([("KeyId", Value::from(&*key)), ("Plaintext", Value::Blob(key.clone().into()))]);
                let sealed = call(world, "Encrypt", input).and_then(|made| made.member("CiphertextBlob").cloned());
                self.sealed.extend(sealed.map(|sealed| (key, sealed)));
            }
            Act::Schedule(number) => {
                let Some(key) = key(number) else { return };
                let input = Value::from([("KeyId", Value::from(key)), ("PendingWindowInDays", Value::Int(7))]);
                drop(call(world, "ScheduleKeyDeletion", input));
            }
            Act::OnCluster { cluster, action } => {
                let cluster = CLUSTERS[cluster % CLUSTERS.len()];
                drop(world.on_cluster(cluster, &json(ACTIONS[*action]), Time::default()));
            }
            Act::Wait(hours) => {
                let span = Span::from_millis(hours * 3_600_000);
                world.advance(span, Time::default()).expect("a time that the clock reaches");
            }
        }
    }
}

fn told(acts: &[Act]) -> Story {
    let mut story = Story::begin();
    for act in acts {
        story.act(act);
    }
    story
}

fn decrypt(world: &World, sealed: &Value, key: Option<&str>) -> Option<Value> {
    let key = key.map(|key| ("KeyId", Value::from(key)));
    call(world, "Decrypt", [("CiphertextBlob", sealed.clone())].into_iter().chain(key).collect())
}

/// Everything that can be seen of key stores from outside, and what the keys in them do.
fn seen(story: &Story, world: &World) -> Vec<Option<Value>> {
    let describe = |key: &String| call(world, "DescribeKey", Value::from([("KeyId", Value::from(&**key))]));
    let mut seen = vec![call(world, "DescribeCustomKeyStores", Value::Map(Vec::new())), Some(world.stores_setup())];
    seen.extend(story.keys.iter().map(describe));
    seen.extend(story.sealed.iter().map(|(_, sealed)| decrypt(world, sealed, None)));
    seen.extend(CLUSTERS.map(|id| world.on_cluster(id, &json(r#"{"do": "describe"}"#), Time::default()).ok()));
    seen
}

#[test]
fn a_key_in_a_store_opens_its_own_ciphertexts_and_those_of_no_other_key_or_store() {
    let counted = std::cell::Cell::new([0; 3]);
    for_all(150, &acts(), |acts| {
        let story = told(&acts);
        let ordinary = call(&story.world, "CreateKey", Value::Map(Vec::new())).expect("a key");
        let ordinary = text(&ordinary, &["KeyMetadata", "Arn"]);
        for (owner, sealed) in &story.sealed {
            for key in story.keys.iter().chain([&ordinary]) {
                let [mut opened, mut closed, foreign] = counted.get();
                match decrypt(&story.world, sealed, Some(key)) {
                    Some(reply) => {
                        prop_assert_eq!(key, owner);
                        prop_assert_eq!(reply.member("Plaintext").and_then(Value::as_bytes), Some(owner.as_bytes()));
                        opened += 1;
                    }
                    None if key == owner => closed += 1,
                    None => {}
                }
                counted.set([opened, closed, foreign + i32::from(key != owner)]);
            }
        }
        Ok(())
    });
    let [opened, closed, foreign] = counted.get();
    assert!(opened > 100 && closed > 20 && foreign > 200, "{opened} opened, {closed} closed, {foreign} foreign");
}

#[test]
fn forks_and_snapshots_keep_key_stores_clusters_and_their_keys() {
    for_all(40, &acts(), |acts| {
        let story = told(&acts);
        let bytes = story.world.snapshot(&[1; 32]).expect("a snapshot");
        let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [2; 32]).expect("a world");
        let fork = story.world.fork([3; 32]);
        let here = seen(&story, &story.world);
        for copy in [&restored, &fork] {
            prop_assert_eq!(&seen(&story, copy), &here);
        }
        // They go their own ways from here.
        let now = Time::default();
        fork.on_cluster(CLUSTERS[2], &json(r#"{"do": "set", "busy": true}"#), now).ok();
        prop_assert_eq!(story.world.stores_setup(), restored.stores_setup());
        Ok(())
    });
}

#[test]
fn a_jump_of_the_clock_settles_what_many_steps_do() {
    for_all(40, &acts(), |acts| {
        let (story, ten_days) = (told(&acts), Span::from_millis(864_000_000));
        let steps = story.world.fork([3; 32]);
        story.world.advance(ten_days, Time::default()).expect("a time");
        while let Some(deadline) = steps.next_deadline().filter(|deadline| *deadline <= story.world.now(START)) {
            steps.set_time(deadline, Time::default());
        }
        steps.set_time(story.world.now(START), Time::default());
        prop_assert_eq!(seen(&story, &steps), seen(&story, &story.world));
        Ok(())
    });
}

#[test]
fn no_password_of_a_cluster_is_told_and_none_is_in_a_snapshot() {
    let story = told(&[Act::Connect(0), Act::Wait(1), Act::Make(0)]);
    let setup = format!(r#"{{"clusters": {{"{}": {{"kmsuser": {{"password": "veryOwnPassword"}}}}}}}}"#, CLUSTERS[1]);
    story.world.register_stores(&json(&setup), Time::default()).expect("a setup");
    let action = json(r#"{"do": "backUp"}"#);
    let told = story.world.on_cluster(CLUSTERS[1], &action, Time::default()).expect("a backup");
    let shown = format!("{told:?} {:?} {:?}", story.world.stores_setup(), story.world.changes(0).entries);
    assert!(!shown.contains("veryOwnPassword"));
    let bytes = story.world.snapshot(&[1; 32]).expect("a snapshot");
    assert!(!bytes.windows(15).any(|part| part == b"veryOwnPassword"));
    assert!(KeyArn::parse(&story.keys[0]).is_some(), "a key was made in the store");
}
