//! What the tests of records share: worlds, calls, and records as data.

use pocket_kms::{Time, Value, World};

/// An instant in January 2027.
pub(crate) const NOW: Time = Time::from_millis(1_800_000_000_000);

/// Makes a call as the root user of the world's account.
pub(crate) fn call(world: &World, operation: &str, input: Value) -> Value {
    world.call(operation, input, None, None, NOW).reply.expect(operation)
}

/// Makes a key; gives back its ARN.
pub(crate) fn key(world: &World, members: &[(&'static str, Value)]) -> String {
    let input: Value = members.iter().map(|(name, value)| (*name, value.clone())).collect();
    text(&call(world, "CreateKey", input), &["KeyMetadata", "Arn"]).to_owned()
}

/// All records of a world, in the order in which they were made.
pub(crate) fn records(world: &World) -> Vec<Value> {
    world.records(0).records.iter().map(|(_, record)| record.to_value()).collect()
}

/// The records of one name.
pub(crate) fn named<'r>(records: &'r [Value], name: &str) -> Vec<&'r Value> {
    records.iter().filter(|record| text(record, &["eventName"]) == name).collect()
}

/// A text somewhere in a record.
#[track_caller]
pub(crate) fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("{path:?} in {value:?}"))
}
