//! Whether a reply holds what a case expects of it.

use pocket_kms::{Value, wire};

use crate::values::{Replies, directive, evaluate};

/// Compares; on a difference says where and what.
pub(crate) fn matches(expected: &Value, actual: Option<&Value>, at: &str, replies: &Replies) -> Result<(), String> {
    if let Some((name, argument)) = directive(expected)
        && let Some(result) = matcher(name, argument, actual, at, replies)
    {
        return result;
    }
    match (expected, actual) {
        (Value::Map(members), Some(Value::Map(_))) if directive(expected).is_none() => {
            let actual = actual.unwrap_or(&Value::Null);
            members
                .iter()
                .try_for_each(|(name, value)| matches(value, actual.member(name), &format!("{at}.{name}"), replies))
        }
        (Value::List(all), Some(Value::List(values))) if all.len() == values.len() => {
            let mut pairs = all.iter().zip(values).enumerate();
            pairs.try_for_each(|(place, (one, value))| matches(one, Some(value), &format!("{at}.{place}"), replies))
        }
        _ => {
            let expected = evaluate(expected, replies)?;
            let equal = actual.is_some_and(|actual| equal(&expected, actual));
            if equal { Ok(()) } else { differs(at, &expected, actual) }
        }
    }
}

/// The objects that match more than one value; `None` for those that stand for a value.
fn matcher(
    name: &str,
    argument: &Value,
    actual: Option<&Value>,
    at: &str,
    replies: &Replies,
) -> Option<Result<(), String>> {
    let evaluated = || evaluate(argument, replies);
    let holds = match name {
        "any" => actual.is_some(),
        "absent" => actual.is_none(),
        "length" => actual.and_then(length).is_some_and(|length| *argument == Value::Int(length)),
        "prefix" => match evaluated() {
            Ok(prefix) => {
                actual.and_then(Value::as_text).is_some_and(|text| text.starts_with(prefix.as_text().unwrap_or("\0")))
            }
            Err(error) => return Some(Err(error)),
        },
        "contains" => match evaluated() {
            Ok(part) => {
                actual.and_then(Value::as_text).is_some_and(|text| text.contains(part.as_text().unwrap_or("\0")))
            }
            Err(error) => return Some(Err(error)),
        },
        "not" => actual.is_some() && matches(argument, actual, at, replies).is_err(),
        "json" => match evaluated() {
            Ok(value) => {
                actual.and_then(Value::as_text).and_then(|text| wire::from_json(text.as_bytes()).ok()) == Some(value)
            }
            Err(error) => return Some(Err(error)),
        },
        "some" => match actual {
            Some(Value::List(values)) => values.iter().any(|value| matches(argument, Some(value), at, replies).is_ok()),
            _ => false,
        },
        "exactly" => return Some(exactly(argument, actual, at, replies)),
        _ => return None,
    };
    Some(if holds { Ok(()) } else { Err(format!("{at}: expected ${name} {argument:?}, found {actual:?}")) })
}

fn exactly(expected: &Value, actual: Option<&Value>, at: &str, replies: &Replies) -> Result<(), String> {
    matches(expected, actual, at, replies)?;
    let (Value::Map(wanted), Some(Value::Map(found))) = (expected, actual) else {
        return Err(format!("{at}: $exactly takes an object"));
    };
    let more: Vec<_> = found.iter().filter(|(name, _)| !wanted.iter().any(|(known, _)| known == name)).collect();
    if more.is_empty() { Ok(()) } else { Err(format!("{at}: not expected: {more:?}")) }
}

fn length(value: &Value) -> Option<i64> {
    let length = match value {
        Value::Text(text) => text.chars().count(),
        Value::List(values) => values.len(),
        other => other.as_bytes()?.len(),
    };
    i64::try_from(length).ok()
}

fn equal(expected: &Value, actual: &Value) -> bool {
    match expected.as_bytes() {
        Some(bytes) => actual.as_bytes() == Some(bytes),
        None => expected == actual,
    }
}

fn differs(at: &str, expected: &Value, actual: Option<&Value>) -> Result<(), String> {
    let actual = actual.map_or("nothing".to_owned(), |actual| format!("{actual:?}"));
    Err(format!("{at}: expected {expected:?}, found {actual}"))
}
