//! Measures authorization: a realistic request, long policies, many grants, questions, and the same cases beside a simulator.

mod grants;
#[path = "../measure/mod.rs"]
mod measure;
mod questions;
mod realistic;
mod simulator;

use pocket_kms::{Time, Value, World, wire};

const NOW: Time = Time::from_millis(1_767_225_600_000);
const OWNER: &str = "111122223333";
const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

fn main() {
    realistic::measure();
    realistic::measure_length();
    grants::measure();
    questions::measure();
    simulator::measure();
}

/// A request in JSON.
fn value(json: &serde_json::Value) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

/// What the root user of the owner gets.
fn root(world: &World, operation: &str, input: &serde_json::Value) -> serde_json::Value {
    let reply = world.call(operation, value(input), None, Some(OWNER), NOW).reply;
    let reply = reply.unwrap_or_else(|error| panic!("{operation}: {error}"));
    serde_json::from_slice(&wire::to_json(&reply)).unwrap_or_default()
}

/// The ARN of a new key.
fn key(world: &World) -> String {
    let made = root(world, "CreateKey", &serde_json::json!({}));
    made["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned()
}
