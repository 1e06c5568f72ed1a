//! JSON as its author wrote it: members keep their order and duplicates, so that the parser can refuse them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::malformed::{Malformed, Problem};

/// A policy needs eight levels: document, statements, statement, condition, operator, key, list, value.
const MAX_DEPTH: usize = 16;

/// One JSON value.
#[derive(Clone, Debug)]
pub(super) enum Json {
    /// `null`
    Null,
    /// A string, or a number or boolean in its text form (IAM compares text forms).
    Scalar {
        /// The text.
        text: String,
        /// Whether the text stood in quotation marks.
        quoted: bool,
    },
    /// An array.
    List(Vec<Json>),
    /// An object, duplicates included.
    Members(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text.
    pub(super) fn parse(text: &str) -> Result<Self, Malformed> {
        // From bytes, as all other JSON is read: reading text has code of its own.
        let mut reader = serde_json::Deserializer::from_slice(text.as_bytes());
        let json = Depth(MAX_DEPTH).deserialize(&mut reader);
        json.and_then(|json| reader.end().map(|()| json)).map_err(|error| Malformed::here(problem(&error)))
    }
}

/// [`Depth`] is the only source of data errors: every JSON value is a [`Json`].
fn problem(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Data => Problem::TooDeep { line, column },
        Category::Io | Category::Syntax | Category::Eof => Problem::Syntax { line, column },
    }
}

/// How many more levels may be opened.
#[derive(Clone, Copy)]
struct Depth(usize);

impl Depth {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        let left = self.0.checked_sub(1);
        left.map(Self).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Json, D::Error> {
        reader.deserialize_any(self)
    }
}

fn unquoted(value: impl fmt::Display) -> Json {
    Json::Scalar { text: value.to_string(), quoted: false }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(unquoted(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(unquoted(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(unquoted(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Json::Null, unquoted))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Scalar { text: value.to_owned(), quoted: true })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let inner = self.deeper::<A::Error>()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let inner = self.deeper::<A::Error>()?;
        let mut members = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            members.push((name, entries.next_value_seed(inner)?));
        }
        Ok(Json::Members(members))
    }
}
