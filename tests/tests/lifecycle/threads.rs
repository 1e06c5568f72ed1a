//! Eight threads on one key: every rotation is counted once, and the next one is one that somebody asked for.

use std::thread;

use pocket_kms::{CryptoProvider, Error, Exception, Options, Span, Time, Value, World};

use crate::{driver::member, model::DAY};

const NOW: Time = Time::from_millis(1_795_608_000_000);
const THREADS: usize = 8;

struct Shared {
    world: World,
    id: String,
}

impl Shared {
    fn new() -> Self {
        let options = Options { now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [5; 32]);
        let made = world.call("CreateKey", Value::Map(Vec::new()), None, None, NOW).reply.expect("a key");
        let id = member(member(&made, "KeyMetadata"), "KeyId").as_text().expect("an id").to_owned();
        Self { world, id }
    }

    fn call(&self, operation: &str, more: &[(&str, Value)]) -> Result<Value, Error> {
        let members = [("KeyId", Value::from(&*self.id))].into_iter().chain(more.iter().cloned());
        let input = members.map(|(name, value)| (name.to_owned(), value)).collect();
        self.world.call(operation, input, None, None, NOW).reply
    }

    /// What every thread does at once; the results of all of them.
    fn at_once<T: Send>(&self, act: impl Fn(&Self, usize) -> T + Sync) -> Vec<T> {
        thread::scope(|scope| {
            let act = &act;
            let threads: Vec<_> = (0..THREADS).map(|number| scope.spawn(move || act(self, number))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).collect()
        })
    }

    fn rotations(&self) -> Vec<Value> {
        let reply = self.call("ListKeyRotations", &[("Limit", Value::Int(1000))]).expect("a list");
        let Value::List(rotations) = member(&reply, "Rotations") else { panic!("no list: {reply:?}") };
        rotations.clone()
    }

    fn next_rotation(&self) -> (Value, Value) {
        let status = self.call("GetKeyRotationStatus", &[]).expect("a status");
        (member(&status, "RotationPeriodInDays").clone(), member(&status, "NextRotationDate").clone())
    }
}

fn days(count: i64) -> Value {
    Value::Time(Time::from_millis(NOW.millis() + count * DAY))
}

#[test]
fn eight_threads_rotate_a_key_on_demand_25_times_and_no_more() {
    let shared = Shared::new();
    let answers = shared.at_once(|shared, _| (0..6).map(|_| shared.call("RotateKeyOnDemand", &[])).collect::<Vec<_>>());
    let answers: Vec<_> = answers.into_iter().flatten().collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 25);
    let refused: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert_eq!(refused.len(), THREADS * 6 - 25);
    assert!(refused.iter().all(|error| error.exception == Exception::LimitExceededException), "{refused:?}");
    let rotations = shared.rotations();
    let mut ids: Vec<_> = rotations.iter().map(|entry| member(entry, "KeyMaterialId").as_text()).collect();
    assert_eq!(ids.len(), 25);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 25, "every rotation has a material of its own");
}

#[test]
fn the_next_rotation_is_the_last_that_anybody_has_asked_for() {
    let shared = Shared::new();
    let period = |number: usize| 90 + i64::try_from(number).expect("few threads");
    let enable = |shared: &Shared, number: usize| {
        shared.call("EnableKeyRotation", &[("RotationPeriodInDays", Value::Int(period(number)))]).expect("a schedule");
        // Whatever the others do, a period and its date belong together.
        let (period, next) = shared.next_rotation();
        let Value::Int(period) = period else { panic!("no period: {period:?}") };
        assert_eq!(next, days(period));
    };
    shared.at_once(enable);
    let (found, _) = shared.next_rotation();
    assert!((0..THREADS).any(|number| found == Value::Int(period(number))), "{found:?}");
}

#[test]
fn a_clock_that_eight_threads_turn_makes_each_rotation_once() {
    let shared = Shared::new();
    shared.call("EnableKeyRotation", &[("RotationPeriodInDays", Value::Int(90))]).expect("a schedule");
    let sealed = shared.at_once(|shared, _| {
        let turn = |_| {
            shared.world.advance(Span::from_days(30), NOW).expect("a time that the clock reaches");
            shared.call("Encrypt", &[("Plaintext", Value::Blob(vec![1]))]).expect("a ciphertext")
        };
        (0..15).map(turn).collect::<Vec<_>>()
    });
    // Eight times fifteen times 30 days are 40 periods.
    let rotations = shared.rotations();
    let found: Vec<_> = rotations.iter().map(|entry| member(entry, "RotationDate").clone()).collect();
    assert_eq!(found, (1..=40).map(|count| days(90 * count)).collect::<Vec<_>>());
    assert_eq!(shared.next_rotation(), (Value::Int(90), days(41 * 90)));
    for reply in sealed.iter().flatten() {
        let blob = ("CiphertextBlob", member(reply, "CiphertextBlob").clone());
        let opened = shared.call("Decrypt", &[blob]).expect("what every material has encrypted opens");
        assert_eq!(member(&opened, "Plaintext").as_bytes(), Some(&[1][..]));
    }
}
