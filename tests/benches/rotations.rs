//! Measures what time costs where many keys rotate: how long a jump takes, and what is kept of it.

use std::{fs, time::Instant};

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World};
use serde_json::json;

const NOW: Time = Time::from_millis(1_800_000_000_000);
const ROOT: [u8; 32] = [7; 32];

/// Keys that rotate every year.
const KEYS: u32 = 1_000;
const YEARS: u32 = 10;

/// Ten times as many, and a hundred times as long.
const MANY: u32 = 10_000;
const MILLENNIUM: u32 = 1_000;

fn main() {
    decade();
    millennium();
}

/// Prints a line for `cargo xtask bench`.
fn measured(what: &str, ours: f64, unit: &str, at_most: f64) {
    println!("{}", json!({"what": what, "ours": ours, "unit": unit, "at_most": at_most}));
}

/// A thousand keys that rotate every year, in ten years.
fn decade() {
    let world = rotating(KEYS);
    let before = saved(&world);
    let seconds = jump(&world, YEARS);
    let what = "1,000 keys that rotate yearly, ten years in one step";
    measured(what, seconds, "s", 0.3);
    let bytes = (saved(&world) - before) / f64::from(KEYS * YEARS);
    let what = "What a snapshot keeps of each of these rotations";
    measured(what, bytes, "bytes", 200.0);
    // The same rotations one by one, so that no two fall due in one step.
    let world = rotating(KEYS);
    let before = saved(&world);
    let seconds: f64 = (0..YEARS).map(|_| jump(&world, 1)).sum();
    let what = "1,000 keys that rotate yearly, ten years in ten steps";
    measured(what, seconds, "s", 0.3);
    let bytes = (saved(&world) - before) / f64::from(KEYS * YEARS);
    let what = "What a snapshot keeps of each of those rotations";
    measured(what, bytes, "bytes", 200.0);
}

/// Ten thousand keys that rotate every year, in a thousand years.
fn millennium() {
    let world = rotating(MANY);
    let before = kibibytes("VmRSS:");
    let seconds = jump(&world, MILLENNIUM);
    let what = "10,000 keys that rotate yearly, a thousand years in one step";
    measured(what, seconds, "s", 2.0);
    if let (Some(before), Some(peak)) = (before, kibibytes("VmHWM:")) {
        let (what, ours) = ("The most memory that this step takes", (peak - before) / 1024.0);
        measured(what, ours, "MiB", 64.0);
    }
}

/// A world of this many keys that rotate every year; each has its turn in a second of its own.
fn rotating(keys: u32) -> World {
    let options = Options { now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [1; 32]);
    let call = |operation: &str, input: Value| world.call(operation, input, None, None, NOW).reply.expect(operation);
    for _ in 0..keys {
        let made = call("CreateKey", Value::Map(Vec::new()));
        let id = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().expect("an id");
        call("EnableKeyRotation", Value::from([("KeyId", id)]));
        world.advance(Span::from_millis(1000), NOW).expect("a time that the clock reaches");
    }
    world
}

/// Lets years pass; the seconds until the first call after them is answered.
fn jump(world: &World, years: u32) -> f64 {
    let begun = Instant::now();
    world.advance(Span::from_days(365 * i64::from(years)), NOW).expect("a time that the clock reaches");
    let listed = world.call("ListKeys", Value::from([("Limit", Value::Int(1))]), None, None, NOW).reply.expect("a key");
    let seconds = begun.elapsed().as_secs_f64();
    let Some(Value::List(keys)) = listed.member("Keys") else { panic!("no list: {listed:?}") };
    let id = keys.first().and_then(|key| key.member("KeyId")).cloned().expect("an id");
    let status =
        world.call("GetKeyRotationStatus", Value::from([("KeyId", id)]), None, None, NOW).reply.expect("a status");
    let next = status.member("NextRotationDate").cloned();
    assert!(matches!(next, Some(Value::Time(next)) if next > world.now(NOW)), "a rotation was missed: {status:?}");
    seconds
}

/// The length of a snapshot, in bytes.
fn saved(world: &World) -> f64 {
    let bytes = world.snapshot(&ROOT).expect("a snapshot").len();
    f64::from(u32::try_from(bytes).expect("a snapshot of a few megabytes"))
}

/// What the system says of this process's memory; `None` where it does not tell in this way.
fn kibibytes(which: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
