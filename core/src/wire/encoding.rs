//! JSON text to values and back; the other encodings use the same traits of serde.

use std::{collections::BTreeSet, fmt, iter};

use base64::Engine;
use serde::{
    Serialize,
    de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor},
};

use super::{
    Value,
    base64_text::{Base64, base64},
    limits::{Depth, has_escapes},
};
use crate::error::Error;

/// Reads the body of a request. An empty body is an empty structure.
///
/// # Errors
/// `SerializationException` when the text is not JSON, repeats a member, or nests too deeply.
pub fn from_json(text: &[u8]) -> Result<Value, Error> {
    if text.is_empty() {
        return Ok(Value::Map(Vec::new()));
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Depth::OUTSIDE.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| Error::not_json(&error.to_string()))
}

/// Writes a reply as JSON text, blobs in base64, instants as seconds. Whoever takes it wipes it, when it holds a secret:
/// no other copy is left, because the text is written where it stays.
pub fn to_json(value: &Value) -> Vec<u8> {
    let mut text = Vec::with_capacity(value.longest_json());
    write(value, &mut text);
    text
}

/// An error of ours as one of the reader: its sentence, for the reader's caller names the exception.
fn told<E: de::Error>(error: Error) -> E {
    E::custom(error.message.unwrap_or_default())
}

impl<'de> de::Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Depth::OUTSIDE.deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the API")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers beyond i64 are out of every range of the API")]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Value::number(number).map_err(told)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Value, E> {
        Ok(Value::Blob(bytes.to_vec()))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Value, E> {
        Ok(Value::Blob(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let deeper = self.deeper().map_err(told)?;
        Value::list_of(iter::from_fn(|| access.next_element_seed(deeper).transpose()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let deeper = self.deeper().map_err(told)?;
        let mut seen = BTreeSet::new();
        Value::map_of(iter::from_fn(|| {
            let name = access.next_key::<String>().transpose()?;
            Some(name.and_then(|name| {
                if !seen.insert(name.clone()) {
                    return Err(de::Error::custom(format_args!("the member {name:?} stands twice")));
                }
                Ok((name, access.next_value_seed(deeper)?))
            }))
        }))
    }
}

/// Writes a value behind what is there.
///
/// Texts and punctuation are written here, and not by serde: it knows no text that has nothing to escape, and looks at every
/// letter by itself.
fn write(value: &Value, text: &mut Vec<u8>) {
    match value {
        Value::Null => scalar(&(), text),
        Value::Bool(flag) => scalar(flag, text),
        Value::Int(number) => scalar(number, text),
        Value::Float(number) => scalar(number, text),
        Value::Text(letters) => quoted(letters, text),
        Value::Blob(bytes) => blob(bytes, text),
        Value::Secret(bytes) => blob(bytes, text),
        Value::Time(time) => scalar(&time.seconds(), text),
        Value::List(values) => {
            text.push(b'[');
            for (place, value) in values.iter().enumerate() {
                separate(place, text);
                write(value, text);
            }
            text.push(b']');
        }
        Value::Map(members) => {
            text.push(b'{');
            for (place, (name, value)) in members.iter().enumerate() {
                separate(place, text);
                quoted(name, text);
                text.push(b':');
                write(value, text);
            }
            text.push(b'}');
        }
    }
}

/// A comma before every element but the first.
fn separate(place: usize, text: &mut Vec<u8>) {
    if place > 0 {
        text.push(b',');
    }
}

fn scalar(value: &impl Serialize, text: &mut Vec<u8>) {
    // Writing text and numbers to memory cannot fail.
    let _ = serde_json::to_writer(text, value);
}

fn quoted(letters: &str, text: &mut Vec<u8>) {
    if has_escapes(letters) {
        return scalar(&letters, text);
    }
    text.push(b'"');
    text.extend_from_slice(letters.as_bytes());
    text.push(b'"');
}

fn blob(bytes: &[u8], text: &mut Vec<u8>) {
    text.push(b'"');
    let start = text.len();
    text.resize(start + Base64::length(bytes.len()), 0);
    // There is just the room that the text needs.
    let _ = base64().encode_slice(bytes, &mut text[start..]);
    text.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{time::Time, wire::SecretBytes};

    #[test]
    fn a_value_is_written_as_json_in_the_room_that_it_needs_at_most() {
        let blobs = (0..4_u8).map(|length| Value::Blob((0..length).collect()));
        let value = Value::Map(vec![
            ("\"a\n".into(), Value::List(Vec::new())),
            ("none".into(), Value::Map(Vec::new())),
            ("blobs".into(), Value::List(blobs.collect())),
            ("secret".into(), Value::Secret(SecretBytes::new(vec![0xfb, 0xff, 0xfe]))),
            (
                "rest".into(),
                Value::List(vec![Value::Null, Value::Bool(true), Value::Int(-1), Value::Text("é\\".into())]),
            ),
            ("time".into(), Value::Time(Time::from_millis(1_500))),
        ]);
        let text = to_json(&value);
        let wanted = r#"{"\"a\n":[],"none":{},"blobs":["","AA==","AAE=","AAEC"],"secret":"+//+","rest":[null,true,-1,"é\\"],"time":1.5}"#;
        assert_eq!(std::str::from_utf8(&text), Ok(wanted));
        assert!(text.len() <= value.longest_json() && text.capacity() == value.longest_json());
    }
}
