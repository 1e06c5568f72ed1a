//! A world that is made again from its recipe is the same to the byte, whatever was done to the first one.

use pocket_kms::{
    CryptoProvider, Options, Span, Time, Value, World, arguments, enclave, http::Request, operations, wire,
};
use proptest::{prelude::*, sample::select};

use crate::{for_all, inputs::fitting};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const PROXY: &str = "https://xks.example.com";
const CLUSTER: &str = "cluster-2ab3cdefghi";

/// One thing that is done to a world by one of its doors.
#[derive(Clone, Debug)]
enum Act {
    Call { operation: &'static str, input: Value, caller: Value, origin: Value, region: &'static str },
    Http { body: &'static str, user: &'static str },
    Set(&'static str),
    Register(&'static str),
    Stores(&'static str),
    Cluster(&'static str),
    Proxy(&'static str),
    Fault(&'static str),
    RemoveFault(u64),
    Perform(&'static str),
    Audit(&'static str),
    Advance(i64),
    Back(i64),
    Health,
    Enclave,
    Fork,
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

/// A world with an own key, another one, an alias, and an external key; and the texts and the bytes that calls may say.
fn world() -> (World, Vec<String>, Vec<Vec<u8>>) {
    let seed = Some(b"recipes".to_vec().into());
    let options = Options { seed, now: Some(NOW), insecure_key_pool: true, recipe: true, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let setup = r#"{"clusters": {"cluster-2ab3cdefghi": {"kmsuser": {"password": "kmsPswd"}}}, "proxies": {"https://xks.example.com": {"keys": ["foo"]}}}"#;
    world.register_stores(&json(setup), NOW).expect("stores");
    let mut texts: Vec<String> = ["", "x", "alias/a0", "alias/a1", "alias/aws/s3", "us-west-2", "111122223333", "foo"]
        .into_iter()
        .map(ToOwned::to_owned)
        .collect();
    let mut blobs = vec![Vec::new(), b"x".to_vec(), vec![0; 32], vec![2; 5000]];
    for input in ["{}", r#"{"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}"#, r#"{"MultiRegion": true}"#] {
        let made = world.call("CreateKey", json(input), None, None, NOW).reply.expect("a key");
        let id = made.member("KeyMetadata").and_then(|key| key.member("KeyId")).and_then(Value::as_text);
        texts.push(id.expect("an id").to_owned());
    }
    let key = texts[8].clone();
    let alias = Value::from([("AliasName", "alias/a0".into()), ("TargetKeyId", key.as_str().into())]);
    world.call("CreateAlias", alias, None, None, NOW).reply.expect("an alias");
    let encrypt = Value::from([("KeyId", "alias/a0".into()), ("Plaintext", Value::Blob(b"hello".to_vec()))]);
    let made = world.call("Encrypt", encrypt, None, None, NOW).reply.expect("a ciphertext");
    blobs.push(made.member("CiphertextBlob").and_then(Value::as_bytes).expect("a blob").to_vec());
    texts.push(format!("arn:aws:kms:us-east-1:111122223333:key/{key}"));
    (world, texts, blobs)
}

/// The value, in which every number is one that JSON gives again to the last bit.
fn exact(value: Value) -> Value {
    match value {
        Value::Float(_) => Value::Float(0.5),
        Value::List(values) => Value::List(values.into_iter().map(exact).collect()),
        Value::Map(members) => members.into_iter().map(|(name, value)| (name, exact(value))).collect(),
        other => other,
    }
}

/// Whether a call of the operation may be one that only looks.
fn looks(operation: &str) -> bool {
    ["Describe", "List", "GetKey", "GetPublicKey"].iter().any(|begin| operation.starts_with(begin))
}

const CALLERS: &[&str] = &[
    "null",
    r#""444455556666""#,
    r#""arn:aws:iam::111122223333:user/team/alice""#,
    r#"{"arn": "arn:aws:iam::111122223333:role/App", "session": {"tags": {"team": "blue"}, "mfaAge": "5m", "policies": [{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}]}}"#,
    r#""cloudtrail.amazonaws.com""#,
];
const ORIGINS: &[&str] =
    &["null", r#"{"sourceIp": "203.0.113.7", "via": "s3.amazonaws.com", "context": {"aws:referer": ["a", "b"]}}"#];
const BODIES: &[&str] = &[
    r#"{"KeyId": "alias/a0", "Plaintext": "aGVsbG8="}"#,
    r#"{"KeyId": "alias/a0", "Plaintext": "aGVsbG8=", "EncryptionContext": {"$from": "x"}}"#,
    r#"{"KeyId": "alias/none"}"#,
];
const USERS: &[&str] = &["AKIAIOSFODNN7EXAMPLE", "111122223333", "444455556666"];
const REGISTERED: &[&str] = &[
    r#"{"principals": {"arn:aws:iam::111122223333:user/team/alice": {"policies": {"all": {"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}}, "tags": {"$literal": "x"}}}}"#,
    r#"{"accessKeys": {"AKIAIOSFODNN7EXAMPLE": {"principal": "111122223333"}}}"#,
];
const SETTINGS: &[&str] = &[
    r#"{"quota/keys": 9}"#,
    r#"{"request-quotas": 1, "request/symmetric": 2}"#,
    r#"{"request-quotas": null}"#,
    r#"{"lag/new-key": 2000}"#,
];
const FAULTS: &[&str] = &[
    r#"{"fault": "throttled", "operation": "Encrypt", "count": 1}"#,
    r#"{"fault": "internal", "probability": 0.5}"#,
    r#"{"fault": "connection-reset", "every": 3, "moment": "after"}"#,
];
const STORES: &[&str] = &[
    r#"{"proxies": {"https://xks.example.com": {"keys": ["foo", "bar"], "faults": [{"fault": "error", "errorName": "ThrottlingException", "times": 1}]}}}"#,
    r#"{"clusters": {"cluster-3bc4defghij": {}}}"#,
];
const ON_PROXY: &[&str] =
    &[r#"{"do": "rotateKey", "key": "foo"}"#, r#"{"do": "configurationFile"}"#, r#"{"do": "deleteKey", "key": "no"}"#];
const PERFORMED: &[&str] = &[
    r#"{"version": 1, "steps": [{"as": "K", "call": "CreateKey", "input": {}}, {"call": "CreateAlias", "input": {"AliasName": "alias/a1", "TargetKeyId": {"$from": ["K", "KeyMetadata", "KeyId"]}}}, {"advance": "1d"}]}"#,
    r#"{"version": 1, "steps": [{"call": "DescribeKey", "input": {"KeyId": "alias/none"}}]}"#,
];
const ALARM: &str = r#"{"question": "alarms", "put": {"name": "denied", "recipe": "pending_deletion_use"}}"#;
const ON_CLUSTER: &[&str] = &[r#"{"do": "removeHsm", "zone": "us-east-1a"}"#, r#"{"do": "lock"}"#];

fn acts(texts: &[String], blobs: &[Vec<u8>]) -> impl Strategy<Value = Vec<Act>> {
    let calls = operations::TABLE.iter().filter(|operation| !looks(operation.name)).map(|operation| {
        let input = fitting(operation.input, texts, blobs);
        let whence = (select(CALLERS), select(ORIGINS), select(&["us-east-1", "eu-west-1"][..]));
        (input, whence).prop_map(|(input, (caller, origin, region))| Act::Call {
            operation: operation.name,
            input: exact(input),
            caller: json(caller),
            origin: json(origin),
            region,
        })
    });
    let calls = prop::strategy::Union::new(calls.collect::<Vec<_>>());
    let others = prop_oneof![
        (select(BODIES), select(USERS)).prop_map(|(body, user)| Act::Http { body, user }),
        select(SETTINGS).prop_map(Act::Set),
        select(REGISTERED).prop_map(Act::Register),
        select(STORES).prop_map(Act::Stores),
        select(ON_CLUSTER).prop_map(Act::Cluster),
        select(ON_PROXY).prop_map(Act::Proxy),
        select(FAULTS).prop_map(Act::Fault),
        (1_u64..4).prop_map(Act::RemoveFault),
        select(PERFORMED).prop_map(Act::Perform),
        Just(Act::Audit(ALARM)),
        (0_i64..3_000_000_000).prop_map(Act::Advance),
        (0_i64..100_000).prop_map(Act::Back),
        Just(Act::Health),
        Just(Act::Enclave),
        Just(Act::Fork),
    ];
    prop::collection::vec(prop_oneof![3 => calls, 1 => others], 1..40)
}

fn act(world: &mut World, act: &Act) {
    match act {
        Act::Call { operation, input, caller, origin, region } => {
            let sender = arguments::sender(caller, origin).expect("a sender");
            world.call_from(operation, input.clone(), Some(region), &sender, NOW);
        }
        Act::Http { body, user } => {
            let signed =
                format!("AWS4-HMAC-SHA256 Credential={user}/20260101/us-east-1/kms/aws4_request, Signature=00");
            let headers =
                [("X-Amz-Target", "TrentService.Encrypt"), ("Authorization", &signed), ("User-Agent", "a client")];
            let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec();
            world.http(&Request::new("POST", "/", headers, body.as_bytes().to_vec()), NOW);
        }
        Act::Set(settings) => _ = world.set(&json(settings), NOW),
        Act::Register(form) => _ = world.register(&json(form), NOW),
        Act::Stores(setup) => _ = world.register_stores(&json(setup), NOW),
        Act::Cluster(action) => _ = world.on_cluster(CLUSTER, &json(action), NOW),
        Act::Proxy(action) => _ = world.on_proxy(PROXY, &json(action), NOW),
        Act::Fault(fault) => _ = arguments::fault(&json(fault)).and_then(|fault| world.add_fault(fault)),
        Act::RemoveFault(id) => _ = world.remove_fault(*id),
        Act::Perform(recipe) => _ = world.perform(&json(recipe), NOW),
        Act::Audit(question) => _ = world.audit(&json(question), NOW),
        Act::Advance(millis) => world.advance(Span::from_millis(*millis), NOW).expect("a later time"),
        Act::Back(millis) => world.set_time(Time::from_millis(world.now(NOW).millis() - millis), NOW),
        Act::Health => world.due_health_checks(NOW).iter().for_each(|check| _ = world.check_health(check)),
        Act::Enclave => _ = world.enclave(enclave::Spec::default()).expect("an enclave"),
        Act::Fork => *world = world.fork([0; 32]),
    }
}

fn records(world: &World) -> Value {
    world.audit(&json(r#"{"question": "records", "limit": 1000}"#), NOW).expect("records")
}

#[test]
fn a_world_of_a_recipe_is_the_one_that_gave_it_to_the_byte() {
    let (_, texts, blobs) = world();
    for_all(200, &acts(&texts, &blobs), |acts| {
        let mut world = self::world().0;
        for act in &acts {
            self::act(&mut world, act);
        }
        let recipe = world.recipe(NOW).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let text = wire::to_json(&recipe);
        let read = World::read_recipe(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let options = Options { recipe: true, ..Options::default() };
        let again = World::from_recipe(&read, options, CryptoProvider::default(), NOW)
            .map_err(|error| TestCaseError::fail(format!("{error}: {}", String::from_utf8_lossy(&text))))?;
        prop_assert_eq!(wire::to_json(&again.recipe(NOW).expect("a recipe")), text);
        prop_assert_eq!(world.changes(0).to_values(0), again.changes(0).to_values(0));
        prop_assert_eq!(records(&world), records(&again));
        prop_assert!(world.snapshot(&[1; 32]) == again.snapshot(&[1; 32]), "the snapshots differ");
        for world in [&world, &again] {
            world.faults().iter().for_each(|rule| {
                let Some(Value::Int(id)) = rule.member("id") else { panic!("{rule:?}") };
                world.remove_fault(id.unsigned_abs());
            });
        }
        let next = |world: &World| {
            let reply = world.call("CreateKey", Value::from([]), None, None, NOW);
            (reply.request_id, reply.reply.map_err(|error| error.to_string()))
        };
        prop_assert_eq!(next(&world), next(&again));
        Ok(())
    });
}

#[test]
fn everything_that_the_law_does_can_be_done() {
    let (mut world, ..) = self::world();
    for form in REGISTERED {
        world.register(&json(form), NOW).expect(form);
    }
    for setup in STORES {
        world.register_stores(&json(setup), NOW).expect(setup);
    }
    for action in ON_CLUSTER {
        _ = world.on_cluster(CLUSTER, &json(action), NOW).expect(action);
    }
    ON_PROXY[..2].iter().for_each(|action| _ = world.on_proxy(PROXY, &json(action), NOW).expect(action));
    world.perform(&json(PERFORMED[0]), NOW).expect(PERFORMED[0]);
    world.audit(&json(ALARM), NOW).expect(ALARM);
    for settings in SETTINGS {
        world.set(&json(settings), NOW).expect(settings);
    }
    for fault in FAULTS {
        arguments::fault(&json(fault)).and_then(|fault| world.add_fault(fault)).expect(fault);
    }
    for act in [Act::Enclave, Act::Health, Act::Fork, Act::Http { body: BODIES[1], user: USERS[0] }] {
        self::act(&mut world, &act);
    }
    let told = String::from_utf8(wire::to_json(&world.recipe(NOW).expect("a recipe"))).expect("text");
    for step in
        ["register", "set", "stores", "cluster", "proxy", "perform", "audit", "fault", "enclave", "fork", "call"]
    {
        assert!(told.contains(&format!("{{\"{step}\":")), "{step}: {told}");
    }
    assert!(told.contains(r#""EncryptionContext":{"$literal":{"$from":"x"}}"#), "{told}");
}
