//! What a world does besides calls: faults on demand, history, and a clock that goes anywhere.

mod clock;
mod faults;
mod history;
mod inspection;
mod predicates;
mod time;

use pocket_kms::{CryptoProvider, Error, Options, Span, Time, Value, World};

/// Noon of 2026-11-25 in UTC.
pub(crate) const T0: Time = Time::from_millis(1_795_608_000_000);

/// A day.
pub(crate) const DAY: Span = Span::from_days(1);

/// A world of a seed whose clock stands at T0, and which keeps this many states.
pub(crate) fn world(seed: &str, history: usize) -> World {
    let seed = Some(seed.as_bytes().to_vec().into());
    World::new(Options { seed, now: Some(T0), history, ..Options::default() }, CryptoProvider::default(), [0; 32])
}

pub(crate) fn call(world: &World, operation: &str, input: Value) -> Result<Value, Error> {
    world.call(operation, input, None, None, T0).reply
}

pub(crate) fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("{path:?} in {value:?}"))
}

pub(crate) fn key(world: &World) -> String {
    let made = call(world, "CreateKey", Value::from([])).expect("a key");
    text(&made, &["KeyMetadata", "KeyId"]).to_owned()
}

/// A request with a key, and nothing else.
pub(crate) fn on(key: &str) -> Value {
    Value::from([("KeyId", Value::from(key))])
}

pub(crate) fn encrypt(world: &World, key: &str) -> Result<Value, Error> {
    let input = [("KeyId", Value::from(key)), ("Plaintext", Value::Blob(b"hello".to_vec()))];
    call(world, "Encrypt", Value::from(input))
}

pub(crate) fn decrypt(world: &World, sealed: &Value) -> Result<Value, Error> {
    let blob = sealed.member("CiphertextBlob").expect("a blob").clone();
    call(world, "Decrypt", Value::from([("CiphertextBlob", blob)]))
}

pub(crate) fn delete(world: &World, key: &str, days: i64) {
    let window = [("KeyId", Value::from(key)), ("PendingWindowInDays", Value::Int(days))];
    call(world, "ScheduleKeyDeletion", Value::from(window)).expect("a deletion date");
}

pub(crate) fn advance(world: &World, days: i64) {
    world.advance(Span::from_days(days), T0).expect("a time that the clock reaches");
}

/// Everything that a world tells of its rows and marks.
pub(crate) fn told(world: &World) -> Vec<String> {
    let rows = world.changes(0).to_values(0).into_iter().map(|row| format!("{row:?}"));
    rows.chain(world.marks(0).marks.iter().map(|mark| format!("{mark:?}"))).collect()
}
