//! JSON text to values and back; the other encodings use the same traits of serde.

use std::{collections::BTreeSet, fmt, iter};

use base64::{display::Base64Display, prelude::BASE64_STANDARD};
use serde::{
    Serialize, Serializer,
    de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor},
    ser::{SerializeMap, SerializeSeq},
};

use super::{Value, limits::Depth};
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
    // Writing a tree of text and numbers to memory cannot fail.
    let _ = serde_json::to_writer(&mut text, &Json(value));
    text
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
        Value::number(number).map_err(E::custom)
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
        let deeper = self.deeper().map_err(de::Error::custom)?;
        Value::list_of(iter::from_fn(|| access.next_element_seed(deeper).transpose()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let deeper = self.deeper().map_err(de::Error::custom)?;
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

/// A value as JSON writes it.
struct Json<'a>(&'a Value);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Blob(bytes) => serializer.collect_str(&Base64Display::new(bytes, &BASE64_STANDARD)),
            Value::Secret(bytes) => serializer.collect_str(&Base64Display::new(bytes, &BASE64_STANDARD)),
            Value::Time(time) => serializer.serialize_f64(time.seconds()),
            Value::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Json(value))?;
                }
                list.end()
            }
            Value::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, &Json(value))?;
                }
                map.end()
            }
        }
    }
}
