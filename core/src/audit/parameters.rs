//! `requestParameters`: a request as a record shows it.

use crate::{
    operations::Operation,
    wire::{self, Members, Seen, Table, Typed, Value},
};

/// What a record shows of a request, as JSON text; `None` where nothing remains (AUD-115).
pub(super) fn of(operation: &Operation, request: &dyn Typed) -> Option<Box<str>> {
    let Table::Structure { members, .. } = operation.input else { return None };
    let shown = members.iter().filter_map(|member| {
        let value = value(&request.member(member.name)?)?;
        Some((lowered(member.name).into(), value))
    });
    let shown: Members = shown.collect();
    if shown.is_empty() {
        return None;
    }
    String::from_utf8(wire::to_json(&Value::Map(shown))).ok().map(String::into_boxed_str)
}

/// A value as it is shown; blobs never are (AUD-112).
fn value(seen: &Seen<'_>) -> Option<Value> {
    match seen {
        Seen::Text(text) => Some(Value::from(*text)),
        Seen::Flag(flag) => Some(Value::Bool(*flag)),
        Seen::Number(number) => Some(Value::Int(*number)),
        Seen::List(values) => Some(Value::List(values.iter().filter_map(value).collect())),
        Seen::Pairs(pairs) => {
            let pairs = pairs.iter().map(|(name, text)| (name.clone().into(), Value::from(text.as_str())));
            Some(Value::Map(pairs.collect()))
        }
        Seen::Bytes(_) | Seen::Time(_) | Seen::Structure(_) => None,
    }
}

/// A name of the API as records write it: its first letter is small (AUD-109).
fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
