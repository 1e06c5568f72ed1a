//! Measures the requests that take longest: each has a second. A line names the slowest of its table, and the standard
//! error tells of all.

use std::{hint::black_box, time::Instant};

use pocket_kms::{Value, World, http::LONGEST_BODY};
use pocket_kms_tests::worst_cases::{bodies, connections, policies};
use serde_json::json;

/// The most that a request may take, in milliseconds.
const SECOND: f64 = 1000.0;
/// Runs of each; the median counts.
const RUNS: usize = 3;
/// The length of a body without what stands around its worst part, in bytes.
const BODY: usize = LONGEST_BODY - 200;
/// The longest policy, with room for what stands around it, and the longest context.
const POLICY: usize = 31_000;
const CONTEXT: usize = LONGEST_BODY - 50_000;

fn main() {
    let world = bodies::world();
    let times = bodies::TABLE.iter().map(|(name, operation, make)| {
        let request = bodies::request(operation, make(BODY));
        (*name, median(|| assert!(black_box(bodies::answer(&world, &request)).status > 0)))
    });
    slowest("bodies of 1 MiB", times);
    let times = connections::TABLE.iter().map(|(name, make, piece)| {
        let stream = make(BODY);
        (*name, median(|| assert!(black_box(connections::receive(&stream, *piece)) > 0)))
    });
    slowest("connections that bring 1 MiB", times);
    let times = policies::TABLE.iter().map(|(name, make)| {
        let case = make(POLICY, CONTEXT);
        let world = bodies::world();
        put_policy(&world, &case.policy);
        let input = encrypt(&case.pairs);
        (*name, median(|| drop(black_box(world.call("Encrypt", input.clone(), None, None, bodies::NOW)))))
    });
    slowest("policies of 31 kB that weigh 1 MiB", times);
}

/// Prints the slowest case of a table as a line for `cargo xtask bench`.
fn slowest(table: &str, times: impl Iterator<Item = (&'static str, f64)>) {
    let mut count = 0;
    let times = times.inspect(|(name, millis)| {
        eprintln!("{table}: {name}: {millis:.1} ms");
        count += 1;
    });
    let Some((name, ours)) = times.max_by(|one, other| one.1.total_cmp(&other.1)) else { return };
    // The name stands beside: a row keeps its own, whichever is the slowest today.
    let what = format!("Slowest of {count} {table}");
    println!("{}", json!({"what": what, "ours": ours, "unit": "ms", "beside": name, "at_most": SECOND}));
}

/// Milliseconds.
fn median(mut request: impl FnMut()) -> f64 {
    let mut times = [(); RUNS].map(|()| {
        let begun = Instant::now();
        request();
        begun.elapsed().as_secs_f64() * 1e3
    });
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

fn put_policy(world: &World, policy: &str) {
    // A policy must be put where the alias leads: by the key's own id.
    let described = world.call("DescribeKey", Value::from([("KeyId", key())]), None, None, bodies::NOW).reply;
    let metadata = described.expect("a key");
    let id = metadata.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned();
    let input = Value::from([("KeyId", id.expect("an id")), ("Policy", Value::from(policy))]);
    world.call("PutKeyPolicy", input, None, None, bodies::NOW).reply.expect("a policy");
}

fn encrypt(pairs: &[(String, String)]) -> Value {
    let pairs = pairs.iter().map(|(name, value)| (name.clone().into(), Value::from(value.as_str()))).collect();
    Value::from([("KeyId", key()), ("Plaintext", Value::Blob(vec![7])), ("EncryptionContext", Value::Map(pairs))])
}

fn key() -> Value {
    Value::from("alias/worst")
}
