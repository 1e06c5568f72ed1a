//! What has changed between two inventories: keys, policies by statement, grants, aliases, and whatever else a world has.

mod keys;
mod statements;
mod text;

pub(crate) use keys::default_statement;

use std::collections::BTreeSet;

use crate::{
    order::set,
    wire::{self, Members, Value},
};

/// One change.
#[derive(Clone, Debug)]
struct Change {
    /// What it is of, from the member of the inventory to the very thing: `keys`, an ARN, `description`.
    path: Vec<String>,
    /// What was there; nothing where something was added.
    before: Option<Value>,
    /// What is there now; nothing where something was removed.
    after: Option<Value>,
}

/// How keys of two inventories are told to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Same {
    /// By their ARNs: the inventories are of one world at two moments.
    Arn,
    /// By their ARNs, and those that have no counterpart by an alias that both have: the inventories are of two worlds.
    ArnOrAlias,
}

/// The changes that lead from one inventory to another: `same`, `changes` and `text`.
pub(crate) fn diff(before: &Value, after: &Value, same: Same) -> Value {
    let mut changes = Changes::default();
    changes.keys(before, after, same);
    for member in ["keyStores", "directory", "stores", "settings"] {
        changes.values(&[member], before.member(member), after.member(member));
    }
    let changes = changes.0;
    let text = text::told(&changes);
    Value::from([
        ("version", Value::Int(1)),
        ("same", Value::Bool(changes.is_empty())),
        ("changes", Value::List(changes.iter().map(Change::to_value).collect())),
        ("text", Value::from(text)),
    ])
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn put(&mut self, path: &[&str], before: Option<&Value>, after: Option<&Value>) {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        self.0.push(Change { path, before: before.cloned(), after: after.cloned() });
    }

    /// What has changed of a value, whatever it is.
    fn values(&mut self, path: &[&str], before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        if let (Some(old), Some(new)) = (before.and_then(document), after.and_then(document)) {
            return self.statements(path, &old, &new);
        }
        let nothing = Value::Map(Members::new());
        // A table that was not there at all is told by what is in it.
        let is_table = matches!(path, [_] | ["directory" | "stores", _]);
        match (before, after) {
            (Some(old @ Value::Map(_)), Some(new @ Value::Map(_))) => self.members(path, old, new),
            (None, Some(new @ Value::Map(_))) if is_table => self.members(path, &nothing, new),
            (Some(old @ Value::Map(_)), None) if is_table => self.members(path, old, &nothing),
            (Some(Value::List(old)), Some(Value::List(new))) => self.lists(path, old, new),
            _ => self.put(path, before, after),
        }
    }

    fn members(&mut self, path: &[&str], before: &Value, after: &Value) {
        for member in names(&[before, after]) {
            let path = [path, &[&*member]].concat();
            self.values(&path, before.member(&member), after.member(&member));
        }
    }

    /// What a list has that the other has not; their order does not matter.
    fn lists(&mut self, path: &[&str], before: &[Value], after: &[Value]) {
        let mut left: Vec<&Value> = after.iter().collect();
        for old in before {
            match left.iter().position(|new| *new == old) {
                Some(place) => _ = left.swap_remove(place),
                None => self.put(path, Some(old), None),
            }
        }
        for new in left {
            self.put(path, None, Some(new));
        }
    }

    /// What has changed of a policy, statement by statement.
    fn statements(&mut self, path: &[&str], before: &Value, after: &Value) {
        for (name, old, new) in statements::changed(before, after) {
            self.put(&[path, &["Statement", &name]].concat(), old.as_ref(), new.as_ref());
        }
        for member in ["Version", "Id"] {
            if before.member(member) != after.member(member) {
                self.put(&[path, &[member]].concat(), before.member(member), after.member(member));
            }
        }
    }
}

/// The names of the members that any of them has.
fn names(maps: &[&Value]) -> BTreeSet<String> {
    let members = maps.iter().flat_map(|map| match map {
        Value::Map(members) => members.as_slice(),
        _ => &[],
    });
    set(members.map(|(name, _)| name.to_string()))
}

/// A policy document, as a structure or as JSON text.
fn document(value: &Value) -> Option<Value> {
    let read = match value {
        Value::Text(text) if text.trim_start().starts_with('{') => wire::from_json(text.as_bytes()).ok()?,
        Value::Map(_) => value.clone(),
        _ => return None,
    };
    read.member("Statement").is_some().then_some(read)
}

impl Change {
    /// What kind of thing has changed.
    fn of(&self) -> &'static str {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            [.., "Statement", _] => "policy statement",
            ["keys", _] => "key",
            ["keys", _, "aliases"] => "alias",
            ["keys", _, "grants"] => "grant",
            ["keys", _, "tags", ..] => "tag",
            ["keys", ..] => "key member",
            ["directory", "principals", _] => "principal",
            ["directory", "principals", ..] => "principal member",
            ["directory", ..] => "directory",
            ["settings", ..] => "setting",
            ["keyStores", _] => "key store",
            ["keyStores", ..] => "key store member",
            _ => "store",
        }
    }

    const fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        }
    }

    fn to_value(&self) -> Value {
        let path = self.path.iter().map(|step| Value::from(step.as_str())).collect();
        Value::named(&mut [
            ("change", Some(Value::from(self.kind()))),
            ("of", Some(Value::from(self.of()))),
            ("subject", self.path.get(self.subject()).map(|step| Value::from(step.as_str()))),
            ("path", Some(Value::List(path))),
            ("before", self.before.clone()),
            ("after", self.after.clone()),
        ])
    }

    /// The place in the path of what it is of: a key, a principal, a setting.
    fn subject(&self) -> usize {
        let is_deep = self.path.first().is_some_and(|first| first == "directory" || first == "stores");
        if is_deep { 2 } else { 1 }.min(self.path.len().saturating_sub(1))
    }
}
