//! What the values of a case stand for: references to earlier replies, bytes, repetitions.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{Time, Value, wire};

/// When every case begins: 2026-01-01T00:00:00Z.
pub(crate) const START: Time = Time::from_millis(1_767_225_600_000);

/// Milliseconds in a day.
const DAY: f64 = 86_400_000.0;

/// The replies that later steps refer to.
pub(crate) type Replies = BTreeMap<String, Value>;

/// The name and argument of an object that stands for another value.
pub(crate) fn directive(value: &Value) -> Option<(&str, &Value)> {
    match value {
        Value::Map(members) => match &members[..] {
            [(name, argument)] => name.strip_prefix('$').map(|name| (name, argument)),
            _ => None,
        },
        _ => None,
    }
}

/// What a value of a case stands for.
pub(crate) fn evaluate(value: &Value, replies: &Replies) -> Result<Value, String> {
    if let Some((name, argument)) = directive(value) {
        return direct(name, argument, replies);
    }
    Ok(match value {
        Value::Text(text) => Value::Text(filled(text, replies)?),
        Value::List(values) => Value::List(all(values, replies)?),
        Value::Map(members) => {
            let pairs =
                members.iter().map(|(name, value)| Ok((filled(name, replies)?.into(), evaluate(value, replies)?)));
            Value::Map(pairs.collect::<Result<_, String>>()?)
        }
        other => other.clone(),
    })
}

fn direct(name: &str, argument: &Value, replies: &Replies) -> Result<Value, String> {
    let argument = match name {
        "from" => return found(argument.as_text().ok_or("$from takes a path")?, replies).cloned(),
        _ => evaluate(argument, replies)?,
    };
    match (name, argument) {
        ("bytes", Value::Text(text)) => Ok(Value::Blob(text.into_bytes())),
        ("base64", Value::Text(text)) => {
            BASE64_STANDARD.decode(text).map(Value::Blob).map_err(|error| error.to_string())
        }
        ("repeat", Value::List(parts)) => match &parts[..] {
            [Value::Text(text), Value::Int(count)] => {
                Ok(Value::Text(text.repeat(usize::try_from(*count).unwrap_or(0))))
            }
            _ => Err("$repeat takes a text and a count".to_owned()),
        },
        ("join", Value::List(parts)) => joined(parts),
        ("json", value) => Ok(Value::Text(String::from_utf8_lossy(&wire::to_json(&value)).into_owned())),
        ("days", days) => instant(&days),
        (name, argument) => Err(format!("${name} does not take {argument:?}")),
    }
}

fn all(values: &[Value], replies: &Replies) -> Result<Vec<Value>, String> {
    values.iter().map(|value| evaluate(value, replies)).collect()
}

fn joined(parts: Vec<Value>) -> Result<Value, String> {
    if parts.iter().all(|part| part.as_text().is_some()) {
        return Ok(Value::Text(parts.iter().filter_map(Value::as_text).collect()));
    }
    let bytes: Option<Vec<&[u8]>> = parts.iter().map(Value::as_bytes).collect();
    bytes.map(|bytes| Value::Blob(bytes.concat())).ok_or_else(|| format!("$join takes texts or bytes, not {parts:?}"))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "days of a case are few")]
fn instant(days: &Value) -> Result<Value, String> {
    let days = match days {
        Value::Int(days) => *days as f64,
        Value::Float(days) => *days,
        other => return Err(format!("$days takes a number, not {other:?}")),
    };
    Ok(Value::Time(Time::from_millis(START.millis() + (days * DAY) as i64)))
}

/// A text with its references replaced.
fn filled(text: &str, replies: &Replies) -> Result<String, String> {
    let mut parts = text.split("${");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if filled.ends_with('$') {
            filled.push('{');
            filled.push_str(part);
            continue;
        }
        let (path, rest) = part.split_once('}').ok_or_else(|| format!("a reference does not end: {text}"))?;
        match found(path, replies)? {
            Value::Text(text) => filled.push_str(text),
            Value::Int(number) => filled.push_str(&number.to_string()),
            other => return Err(format!("{path} is not text: {other:?}")),
        }
        filled.push_str(rest);
    }
    Ok(filled)
}

/// What stands on a path of an earlier reply.
fn found<'a>(path: &str, replies: &'a Replies) -> Result<&'a Value, String> {
    let mut names = path.split('.');
    let first = names.next().and_then(|name| replies.get(name));
    let found = names.try_fold(first, |value, name| {
        let value = match value? {
            Value::List(values) => values.get(name.parse::<usize>().ok()?),
            other => other.member(name),
        };
        value.map(Some)
    });
    found.flatten().ok_or_else(|| format!("nothing stands at {path}"))
}
