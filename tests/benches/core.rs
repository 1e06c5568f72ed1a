//! Measures the core: what a decision costs beside the cryptography in it, and what it costs in a large world.

mod measure;
#[path = "measure/memory.rs"]
mod memory;

use std::{
    cell::Cell,
    hint::black_box,
    time::{Duration, Instant},
};

use measure::{Measure, alternately};
use memory::resident;
use pocket_kms::{
    Call, Caller, CryptoProvider, Kms, Options, Region, Span, Step, Time, Value, World, crypto::cipher::Aead,
    names::AccountId, world::JOURNAL_LENGTH,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const PLAINTEXT: [u8; 1024] = [7; 1024];
/// As many keys as an account may have in a Region.
const MANY: u32 = 100_000;
const FEW: u32 = 10;
/// Of a key id, in characters.
const ID_LENGTH: usize = 36;
/// What the bench itself keeps of each key.
const KIB_OF_ID: f64 = 36.0 / 1024.0;

fn main() {
    decision();
    let world = unrecorded();
    fill_journal(&world);
    let before = resident();
    let many = Keys::of(world, MANY);
    if let (Some(before), Some(after)) = (before, resident()) {
        let each = (after - before) / f64::from(MANY);
        let (what, ours) = ("Memory for each of 100,000 symmetric keys", each - KIB_OF_ID);
        Measure { what, ours, unit: "KiB", at_most: Some(1.1), ..Measure::default() }.print();
    }
    let few = Keys::of(unrecorded(), FEW);
    for operation in ["Encrypt", "DescribeKey"] {
        let (ours, theirs) = alternately(|| many.call(operation, FEW), || few.call(operation, FEW));
        beside(&format!("{operation} under 10 keys of 100,000"), ours, "of 10", theirs, Some(1.3));
        let (ours, theirs) = alternately(|| many.call(operation, MANY), || few.call(operation, FEW));
        // Most of it is waiting for memory that nobody has touched for long.
        beside(&format!("{operation} under 100,000 keys in turn"), ours, "10 keys in turn", theirs, None);
    }
    let (ours, _) = alternately(|| drop(black_box(many.world.fork([0; 32]))), || ());
    Measure { what: "fork() of 100,000 keys", ours, unit: "µs", at_most: Some(20.0), ..Measure::default() }.print();
    drop(many);
    // Behind the measures of a large world: while what this leaves free is given back to the system, others would wait.
    creation();
    due();
    pool();
}

/// A world that records no calls: what telling costs is measured for itself.
fn unrecorded() -> World {
    let mut options = Options::default();
    options.audit.kept = 0;
    World::new(options, CryptoProvider::default(), [9; 32])
}

/// Changes that fill the journal of a world, which keeps the same number of them however many keys there are: in another Region,
/// for an account may have no more keys in one than are measured.
fn fill_journal(world: &World) {
    let call =
        |operation: &str, input| world.call(operation, input, Some("eu-west-1"), None, NOW).reply.expect(operation);
    let id = key_id(&call("CreateKey", Value::Map(Vec::new())));
    for turn in 0..2 * JOURNAL_LENGTH {
        let operation = if turn % 2 == 0 { "DisableKey" } else { "EnableKey" };
        call(operation, input(operation, &id));
    }
}

fn beside(what: &str, ours: f64, beside: &str, theirs: f64, at_most: Option<f64>) {
    Measure { what, ours, unit: "µs", beside, theirs: Some(theirs), at_most }.print();
}

/// 100,000 keys whose waiting period ends in one instant: all of it, and how long others wait for it at most.
fn due() {
    let mut kms = Kms::default();
    for _ in 0..MANY {
        let Step::Done(made) = kms.call(&call("CreateKey", Value::Map(Vec::new()))) else { return };
        let id = key_id(&made.reply.expect("a key"));
        let input = [("KeyId", Value::from(id.as_str())), ("PendingWindowInDays", Value::Int(7))];
        drop(kms.call(&call("ScheduleKeyDeletion", Value::from(input))));
    }
    let (mut all, mut longest) = (Duration::ZERO, Duration::ZERO);
    loop {
        let began = Instant::now();
        let settled = kms.settle_and_tell(NOW.after(Span::from_days(7)), 500, false);
        if settled.happened.is_empty() {
            break;
        }
        let took = began.elapsed();
        (all, longest) = (all + took, longest.max(took));
    }
    let millis = |took: Duration| took.as_secs_f64() * 1e3;
    let measure = |what, ours, at_most| Measure { what, ours, unit: "ms", at_most, ..Measure::default() }.print();
    measure("100,000 keys fall due at once", millis(all), Some(500.0));
    measure("the longest that one of its steps takes", millis(longest), Some(10.0));
}

/// A decision beside the sealing of the same bytes.
fn decision() {
    let mut kms = Kms::default();
    let Step::Done(made) = kms.call(&call("CreateKey", Value::Map(Vec::new()))) else { return };
    let encrypt = call("Encrypt", input("Encrypt", &key_id(&made.reply.expect("a key")))).unrecorded();
    let seal = || {
        let cipher = CryptoProvider::default().cipher;
        let mut buffer = PLAINTEXT;
        black_box(cipher.seal(Aead::Aes256Gcm, &[1; 32], &[2; 12], b"context", black_box(&mut buffer))).is_ok()
    };
    let (ours, theirs) = alternately(|| drop(black_box(kms.decide(&encrypt))), || assert!(seal()));
    let budget = "1.5 times sealing the same bytes, and 3.5 µs";
    beside("decide Encrypt of 1 KiB", ours, budget, 1.5 * theirs + 3.5, Some(1.0));
}

/// A symmetric key, made in a world that already has some.
fn creation() {
    let world = unrecorded();
    let make = || assert!(world.call("CreateKey", Value::Map(Vec::new()), None, None, NOW).reply.is_ok());
    let (ours, _) = alternately(make, || ());
    Measure { what: "CreateKey symmetric", ours, unit: "µs", at_most: Some(15.0), ..Measure::default() }.print();
}

/// RSA keys of the insecure pool.
fn pool() {
    let options = Options { insecure_key_pool: true, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [9; 32]);
    for spec in ["RSA_2048", "RSA_4096"] {
        let input = Value::from([("KeySpec", Value::from(spec)), ("KeyUsage", Value::from("SIGN_VERIFY"))]);
        let make = || assert!(world.call("CreateKey", input.clone(), None, None, NOW).reply.is_ok());
        let (what, ours) = (&format!("CreateKey {spec} from the insecure key pool"), alternately(make, || ()).0);
        Measure { what, ours, unit: "µs", at_most: Some(1000.0), ..Measure::default() }.print();
    }
}

fn call(operation: &str, input: Value) -> Call {
    Call::new(
        operation,
        input,
        Caller::root(AccountId::parse("111122223333").expect("an account")),
        Region::parse("us-east-1").expect("a Region"),
        NOW,
        [5; 32],
    )
}

fn input(operation: &str, key: &str) -> Value {
    match operation {
        "Encrypt" => Value::from([("KeyId", Value::from(key)), ("Plaintext", Value::Blob(PLAINTEXT.to_vec()))]),
        _ => Value::from([("KeyId", Value::from(key))]),
    }
}

fn key_id(reply: &Value) -> String {
    let id = reply.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId"));
    id.and_then(Value::as_text).expect("a key id").to_owned()
}

/// A world with keys.
struct Keys {
    world: World,
    /// One behind the other: how the bench finds an id is not part of what it measures.
    ids: String,
    next: Cell<usize>,
}

impl Keys {
    fn of(world: World, count: u32) -> Self {
        let make = || world.call("CreateKey", Value::Map(Vec::new()), None, None, NOW).reply.expect("a key");
        let mut ids = String::with_capacity(count as usize * ID_LENGTH);
        (0..count).for_each(|_| ids += &key_id(&make()));
        Self { world, ids, next: Cell::new(0) }
    }

    /// A call under the next of `turns` keys, which lie far apart.
    fn call(&self, operation: &str, turns: u32) {
        let turn = (self.next.get() + 1) % turns as usize;
        self.next.set(turn);
        let start = turn * 7919 * ID_LENGTH % self.ids.len();
        let id = &self.ids[start..start + ID_LENGTH];
        let answer = self.world.call(operation, input(operation, id), None, None, NOW);
        assert!(black_box(answer).reply.is_ok());
    }
}
