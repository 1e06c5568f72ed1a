//! Policies, statement by statement.

use crate::{
    order::sorted,
    wire::{self, Members, Value},
};

/// A statement that has changed: its `Sid`, or its number from 0; what it was, and what it is.
type Changed = (String, Option<Value>, Option<Value>);

/// A statement as it is written.
struct Written {
    place: usize,
    statement: Value,
    /// The form in which statements that say the same are equal.
    plain: Value,
}

/// The statements that two documents do not have in common. Those of one `Sid` are one statement that has changed; an
/// element that is a list says the same in every order, and one value says the same as a list of it.
pub(super) fn changed(before: &Value, after: &Value) -> Vec<Changed> {
    let mut new = all(after);
    let mut gone = Vec::new();
    for old in all(before) {
        match new.iter().position(|other| other.plain == old.plain) {
            Some(found) => _ = new.remove(found),
            None => gone.push(old),
        }
    }
    let mut changed = Vec::new();
    for old in gone {
        let counterpart = new.iter().position(|other| old.sid().is_some() && other.sid() == old.sid());
        let now = counterpart.map(|found| new.remove(found).statement);
        changed.push((old.name(), Some(old.statement), now));
    }
    changed.extend(new.into_iter().map(|new| (new.name(), None, Some(new.statement))));
    changed
}

impl Written {
    fn sid(&self) -> Option<&str> {
        self.statement.member("Sid").and_then(Value::as_text).filter(|sid| !sid.is_empty())
    }

    fn name(&self) -> String {
        self.sid().map_or_else(|| self.place.to_string(), str::to_owned)
    }
}

/// The statements of a document.
fn all(document: &Value) -> Vec<Written> {
    let statements = match document.member("Statement") {
        Some(Value::List(statements)) => statements.clone(),
        Some(statement) => vec![statement.clone()],
        None => Vec::new(),
    };
    let numbered = statements.into_iter().enumerate();
    numbered.map(|(place, statement)| Written { place, plain: plain(&statement, 0), statement }).collect()
}

/// A statement in which members and the values of lists are sorted, and every value is a list.
fn plain(value: &Value, depth: usize) -> Value {
    const DEEPEST: usize = 8;
    match value {
        Value::Map(members) if depth < DEEPEST => {
            let members: Members =
                members.iter().map(|(name, value)| (name.clone(), plain(value, depth + 1))).collect();
            Value::Map(sorted(members, |(one, _), (other, _)| one.cmp(other)))
        }
        Value::List(values) => {
            let values = values.iter().map(|value| (wire::to_json(value), value)).collect();
            let mut values: Vec<(Vec<u8>, &Value)> = sorted(values, |(one, _), (other, _)| one.cmp(other));
            values.dedup();
            Value::List(values.into_iter().map(|(_, value)| value.clone()).collect())
        }
        scalar => Value::List(vec![scalar.clone()]),
    }
}
