//! A snapshot of every version that was ever released stays readable, and the world in it answers as it did.
//!
//! `tests/golden/snapshot-<version>.bin` is a world, and the lines of `snapshot-<version>.jsonl` are calls with the
//! replies that it gave when it was written; a line with `advance_days` moves its clock.

mod population;

use pocket_kms::{CryptoProvider, Span, Time, Value, World, wire};

/// The root key of every golden snapshot.
const ROOT_KEY: [u8; 32] = *b"root key of the golden snapshots";

/// The version that this library writes.
const CURRENT: u32 = 2;

fn path(version: u32, extension: &str) -> String {
    format!("{}/golden/snapshot-{version}.{extension}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_snapshot_of_every_version_is_read_and_its_world_answers_as_it_did() {
    for version in 1..=CURRENT {
        let bytes = std::fs::read(path(version, "bin")).expect("a golden snapshot");
        let lines = std::fs::read_to_string(path(version, "jsonl")).expect("calls and their replies");
        let world = restored(&bytes);
        for line in lines.lines() {
            assert_eq!(answered(&world, line), line, "version {version}");
        }
    }
}

fn restored(bytes: &[u8]) -> World {
    World::restore(bytes, &ROOT_KEY, CryptoProvider::default(), [0; 32]).expect("a world")
}

/// The line with what the world answers now.
fn answered(world: &World, line: &str) -> String {
    let Ok(Value::Map(mut line)) = wire::from_json(line.as_bytes()) else { panic!("{line} is not a structure") };
    line.retain(|(name, _)| !["reply", "exception"].contains(&&**name));
    let call = Value::Map(line.clone());
    if let Some(Value::Int(days)) = call.member("advance_days") {
        world.advance(Span::from_days(*days), Time::default()).expect("a time that the clock reaches");
    } else {
        let text = |name: &str| call.member(name).and_then(Value::as_text);
        let input = call.member("input").cloned().unwrap_or_default();
        let operation = text("call").expect("a call names its operation");
        line.push(match world.call(operation, input, text("region"), text("caller"), Time::default()).reply {
            Ok(Value::Null) => ("reply".into(), Value::Map(Vec::new())),
            Ok(reply) => ("reply".into(), reply),
            Err(error) => ("exception".into(), Value::from(error.exception.name())),
        });
    }
    String::from_utf8(wire::to_json(&Value::Map(line))).expect("text")
}

/// Writes the golden files of the current version anew. Only for a version that has not been released.
#[test]
#[ignore = "writes golden files"]
fn write_the_golden_snapshot_of_the_current_version() {
    let (world, calls) = population::populate();
    let bytes = world.snapshot(&ROOT_KEY).expect("a snapshot");
    let again = restored(&bytes);
    let lines: String = calls.iter().map(|call| answered(&again, call) + "\n").collect();
    std::fs::write(path(CURRENT, "bin"), bytes).expect("a golden snapshot");
    std::fs::write(path(CURRENT, "jsonl"), lines).expect("calls and their replies");
}
