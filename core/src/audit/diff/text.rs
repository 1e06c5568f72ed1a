//! Changes as a text that people read: what has changed, and below it how.

use std::fmt::Write;

use super::Change;
use crate::wire::{self, Value};

/// The changes as text, a line for each; nothing where there are none.
pub(super) fn told(changes: &[Change]) -> String {
    let (mut text, mut subject) = (String::new(), "");
    for change in changes {
        let place = change.subject();
        let own = change.path.get(place).map_or("", String::as_str);
        let rest = change.path.get(place + 1..).unwrap_or_default().join(".");
        if rest.is_empty() {
            let _ = writeln!(text, "{} {} {own}{}", mark(change), change.of(), shown(change));
            subject = "";
            continue;
        }
        if own != subject {
            text += own;
            text.push('\n');
            subject = own;
        }
        let _ = writeln!(text, "  {} {rest}: {}", mark(change), values(change));
    }
    text
}

fn mark(change: &Change) -> char {
    match change.kind() {
        "added" => '+',
        "removed" => '-',
        _ => '~',
    }
}

/// What is shown of something that is there as a whole, or is not.
fn shown(change: &Change) -> String {
    let value = change.after.as_ref().or(change.before.as_ref());
    match (change.of(), value.and_then(|value| value.member("aliases"))) {
        ("key", Some(Value::List(aliases))) if !aliases.is_empty() => {
            let names: Vec<&str> = aliases.iter().filter_map(Value::as_text).collect();
            format!(" ({})", names.join(", "))
        }
        ("key" | "principal", _) => String::new(),
        _ => format!(": {}", values(change)),
    }
}

fn values(change: &Change) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} -> {}", json(before), json(after)),
        (one, other) => one.as_ref().or(other.as_ref()).map(json).unwrap_or_default(),
    }
}

fn json(value: &Value) -> String {
    String::from_utf8(wire::to_json(value)).unwrap_or_default()
}
