//! `responseElements`: a reply as a record shows it.

use super::{Facts, operations};
use crate::wire::{self, Value};

/// What a record shows of a reply, as JSON text; `None` for every operation that only reads, and for every refusal.
pub(super) fn of(facts: &Facts<'_>) -> Option<Box<str>> {
    if facts.reply.is_err() || operations::is_read_only(facts.operation) {
        return None;
    }
    let key = facts.subjects.first()?.arn.to_string();
    let shown = Value::from([("keyId", Value::from(key))]);
    String::from_utf8(wire::to_json(&shown)).ok().map(String::into_boxed_str)
}
