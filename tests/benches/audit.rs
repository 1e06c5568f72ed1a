//! Measures what it costs to tell of calls, and to ask what was told.

mod measure;
#[path = "measure/memory.rs"]
mod memory;

use std::{hint::black_box, time::Instant};

use measure::{Measure, alternately};
use memory::resident;
use pocket_kms::{CryptoProvider, Options, Time, Value, World};

const NOW: Time = Time::from_millis(1_800_000_000_000);
/// How many records the measure of memory takes.
const SOME: u32 = 100_000;
/// How many records are searched.
const MANY: u32 = 1_000_000;

fn main() {
    cost();
    memory();
    search();
    privilege();
}

/// A Decrypt with two pairs, recorded and not.
fn cost() {
    let (told, silent) = (Sealed::new(10_000), Sealed::new(0));
    let (ours, theirs) = alternately(|| told.open(), || silent.open());
    let what = "what the audit adds to Decrypt";
    Measure { what, ours: ours - theirs, unit: "µs", at_most: Some(2.0), ..Measure::default() }.print();
}

fn memory() {
    let sealed = Sealed::new(usize::MAX);
    let Some(before) = resident() else { return };
    (0..SOME).for_each(|_| sealed.open());
    let Some(after) = resident() else { return };
    let (what, ours) = ("Memory for each record of 100,000", (after - before) / f64::from(SOME));
    Measure { what, ours, unit: "KiB", at_most: Some(1.0), ..Measure::default() }.print();
}

/// One key's records among those of ten others.
fn search() {
    let sealed = Sealed::new(usize::MAX);
    let seldom = sealed.key();
    (0..MANY).for_each(|_| sealed.open());
    let filter = Value::from([("key", Value::from(seldom.as_str()))]);
    let question = Value::from([("question", Value::from("records")), ("filter", filter)]);
    let found = asked(&sealed.world, &question, "Records of a key found among 1,000,000", 50.0);
    assert!(matches!(found.member("records"), Some(Value::List(found)) if found.len() == 1), "{found:?}");
}

fn privilege() {
    let sealed = Sealed::new(usize::MAX);
    (0..SOME).for_each(|_| sealed.open());
    let principal = Value::from("arn:aws:iam::111122223333:root");
    let question = Value::from([("question", Value::from("least_privilege")), ("principal", principal)]);
    asked(&sealed.world, &question, "Least privilege of 100,000 records", 1000.0);
}

/// Asks, and measures it, in milliseconds.
fn asked(world: &World, question: &Value, what: &str, at_most: f64) -> Value {
    let begun = Instant::now();
    let answer = black_box(world.audit(question, NOW).expect("an answer"));
    let ours = begun.elapsed().as_secs_f64() * 1e3;
    Measure { what, ours, unit: "ms", at_most: Some(at_most), ..Measure::default() }.print();
    answer
}

/// A world with a ciphertext in it.
struct Sealed {
    world: World,
    blob: Value,
}

impl Sealed {
    fn new(kept: usize) -> Self {
        let mut options = Options { now: Some(NOW), ..Options::default() };
        options.audit.kept = kept;
        let world = World::new(options, CryptoProvider::default(), [7; 32]);
        let mut sealed = Self { world, blob: Value::Null };
        let key = Value::from(sealed.key());
        let input = [("KeyId", key), ("Plaintext", Value::Blob(vec![7; 32])), ("EncryptionContext", context())];
        sealed.blob = sealed.called("Encrypt", Value::from(input)).member("CiphertextBlob").expect("a blob").clone();
        sealed
    }

    fn key(&self) -> String {
        let made = self.called("CreateKey", Value::Map(Vec::new()));
        let arn = made.member("KeyMetadata").and_then(|metadata| metadata.member("Arn"));
        arn.and_then(Value::as_text).expect("an ARN").to_owned()
    }

    fn open(&self) {
        let input = Value::from([("CiphertextBlob", self.blob.clone()), ("EncryptionContext", context())]);
        black_box(self.called("Decrypt", input));
    }

    fn called(&self, operation: &str, input: Value) -> Value {
        self.world.call(operation, input, None, None, NOW).reply.expect(operation)
    }
}

fn context() -> Value {
    Value::from([("department", Value::from("finance")), ("purpose", Value::from("payroll"))])
}
