//! Whether a reply has the shape that its table says.

use pocket_kms::{
    Value,
    wire::{Length, Table},
};

/// Compares a value with its table; on a difference says where and what.
pub(crate) fn conforms(value: &Value, table: &Table, at: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{at}: {value:?} is {what}"));
    match (table, value) {
        (Table::Text { length, pattern, .. }, Value::Text(text)) => {
            if pattern.is_some_and(|pattern| !(pattern.matches)(text)) {
                return wrong("not of the pattern");
            }
            if within(*length, text.chars().count()) { Ok(()) } else { wrong("of another length") }
        }
        (Table::Choice { values, .. }, Value::Text(text)) if values.contains(&text.as_str()) => Ok(()),
        (Table::Blob { length, sensitive: true, .. }, Value::Secret(bytes)) if within(*length, bytes.len()) => Ok(()),
        (Table::Blob { length, sensitive: false, .. }, Value::Blob(bytes)) if within(*length, bytes.len()) => Ok(()),
        (Table::Number { range, .. }, Value::Int(number)) if within_range(*range, *number) => Ok(()),
        (Table::Flag { .. }, Value::Bool(_)) | (Table::Timestamp { .. }, Value::Time(_)) => Ok(()),
        (Table::List { length, of, .. }, Value::List(values)) => {
            if !within(*length, values.len()) {
                return wrong("of another length");
            }
            values.iter().try_for_each(|value| conforms(value, of, at))
        }
        (Table::Map { value: of, .. }, Value::Map(members)) => {
            members.iter().try_for_each(|(name, value)| conforms(value, of, &format!("{at}.{name}")))
        }
        (Table::Structure { members: known, .. }, Value::Map(members)) => {
            if let Some(missing) = known.iter().find(|member| member.required && value.member(member.name).is_none()) {
                return wrong(&format!("without {}", missing.name));
            }
            members.iter().try_for_each(|(name, value)| {
                let member = known.iter().find(|member| member.name == name);
                let member = member.ok_or_else(|| format!("{at} has no member {name}"))?;
                conforms(value, member.table, &format!("{at}.{name}"))
            })
        }
        _ => wrong(&format!("no {}", table.name())),
    }
}

fn within(length: Length, count: usize) -> bool {
    within_range(length, i64::try_from(count).unwrap_or(i64::MAX))
}

fn within_range(range: Length, number: i64) -> bool {
    range.min.is_none_or(|min| number >= min) && range.max.is_none_or(|max| number <= max)
}
