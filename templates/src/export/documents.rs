//! Documents in which ids of keys become references.

use pocket_kms::{Value, wire::Members};

/// A document with each text replaced by what `write` makes of it, and each name where that is a text.
pub(super) fn rewritten(document: &Value, write: &impl Fn(&str) -> Value) -> Value {
    match document {
        Value::Text(text) => write(text),
        Value::List(values) => Value::List(values.iter().map(|value| rewritten(value, write)).collect()),
        Value::Map(members) => {
            let named = |name: &str| match write(name) {
                Value::Text(text) => text.into(),
                _ => name.to_owned().into(),
            };
            let members: Members = members.iter().map(|(name, value)| (named(name), rewritten(value, write))).collect();
            Value::Map(members)
        }
        scalar => scalar.clone(),
    }
}
