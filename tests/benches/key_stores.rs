//! Measures keys of external key stores: what a proxy within the world costs, and whether a call that waits for one
//! holds up others.

mod measure;

use std::{
    hint::black_box,
    thread,
    time::{Duration, Instant},
};

use measure::{Measure, alternately};
use pocket_kms::{
    Answerable, Answers, Call, CryptoProvider, HostAnswer, Options, Time, Unanswered, Value, World, wire,
    world::Progress,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const ID: &str = "BETWEEN2TENAND3TENCHARACTERS";
const SECRET: &str = "PleaseReplaceThisWithSomeSecretOfLength43To64";
const ENDPOINT: &str = "https://xks.example.com";
/// How many calls are made beside one that waits.
const BESIDE: u32 = 1_000;
/// How long it waits.
const WAITING: Duration = Duration::from_millis(200);
/// How many runs there are; their median counts.
const RUNS: usize = 11;

fn main() {
    let world = world();
    let external = world_key(&world);
    let encrypt = |key: &str| {
        let input = Value::from([("KeyId", Value::from(key)), ("Plaintext", Value::Blob(vec![7; 32]))]);
        world.call("Encrypt", black_box(input), None, None, NOW).reply.expect("a ciphertext")
    };
    let (ours, _) = alternately(|| drop(black_box(encrypt(&external))), || ());
    let what = "Encrypt through a proxy within the world";
    Measure { what, ours, unit: "µs", at_most: Some(25.0), ..Measure::default() }.print();
    waiting();
}

/// Calls of other keys beside one whose proxy takes its time, and the same calls alone.
fn waiting() {
    let world = world();
    let external = world_key(&world);
    let other = key_of(&called(&world, "CreateKey", "{}"));
    world.register_stores(&json(&format!(r#"{{"proxies": {{"{ENDPOINT}": null}}}}"#)), NOW).expect("no proxy");
    let beside = || {
        let begun = Instant::now();
        for _ in 0..BESIDE {
            black_box(called(&world, "Encrypt", &format!(r#"{{"KeyId": "{other}", "Plaintext": "aGVsbG8="}}"#)));
        }
        begun.elapsed().as_secs_f64() * 1e3
    };
    let call = || {
        let input = json(&format!(r#"{{"KeyId": "{external}", "Plaintext": "aGVsbG8="}}"#));
        let call = world.begin("Encrypt", input, None, None, NOW).expect("a call");
        call.with_answers(Answers::of(Answerable::default().proxies(true)))
    };
    let together = || {
        thread::scope(|scope| {
            scope.spawn(|| wait(&world, call()));
            // The call is asked and waits by the time the others begin.
            thread::sleep(Duration::from_millis(2));
            beside()
        })
    };
    let (mut with, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        alone.push(beside());
        with.push(together());
    }
    with.sort_by(f64::total_cmp);
    alone.sort_by(f64::total_cmp);
    Measure {
        what: "1,000 calls beside one that waits for its proxy",
        ours: with[RUNS / 2],
        unit: "ms",
        beside: "the same alone",
        theirs: Some(alone[RUNS / 2]),
        at_most: Some(1.1),
    }
    .print();
}

/// Takes a call to its question, keeps it waiting, and lets the proxy not be there.
fn wait(world: &World, mut call: Call) {
    let Progress::Ask(question) = world.step(&mut call) else { panic!("nobody else answers for the proxy") };
    thread::sleep(WAITING);
    let nobody: Result<HostAnswer, Unanswered> = Err(Unanswered::Declined);
    call.answers.add(question, nobody);
    drop(black_box(world.step(&mut call)));
}

fn world() -> World {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [7; 32]);
    let credential = format!(r#"{{"accessKeyId": "{ID}", "rawSecretAccessKey": "{SECRET}"}}"#);
    let entry = format!(r#"{{"region": "us-east-1", "credentials": [{credential}], "keys": ["foo"]}}"#);
    world.register_stores(&json(&format!(r#"{{"proxies": {{"{ENDPOINT}": {entry}}}}}"#)), NOW).expect("a proxy");
    world
}

/// A key in an external key store that is connected, by its id.
fn world_key(world: &World) -> String {
    let store = called(
        world,
        "CreateCustomKeyStore",
        &format!(
            r#"{{"CustomKeyStoreName": "bench", "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
                "XksProxyUriEndpoint": "{ENDPOINT}", "XksProxyUriPath": "/kms/xks/v1",
                "XksProxyConnectivity": "PUBLIC_ENDPOINT",
                "XksProxyAuthenticationCredential": {{"AccessKeyId": "{ID}", "RawSecretAccessKey": "{SECRET}"}}}}"#
        ),
    );
    let store = store.member("CustomKeyStoreId").and_then(Value::as_text).expect("a store");
    called(world, "ConnectCustomKeyStore", &format!(r#"{{"CustomKeyStoreId": "{store}"}}"#));
    let input = format!(r#"{{"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": "{store}", "XksKeyId": "foo"}}"#);
    key_of(&called(world, "CreateKey", &input))
}

fn key_of(made: &Value) -> String {
    let id = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId"));
    id.and_then(Value::as_text).expect("a key").to_owned()
}

fn called(world: &World, operation: &str, input: &str) -> Value {
    world.call(operation, json(input), None, None, NOW).reply.expect(operation)
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}
