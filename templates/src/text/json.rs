//! JSON as a document.

use std::{collections::BTreeSet, fmt};

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    DEEPEST, MOST_NODES, MOST_TEXT,
    node::{Content, Member, Node},
    scalars, yaml,
};
use crate::problem::{Place, Problem};

/// Reads JSON text. Its places are those that the reader of YAML finds, for nearly all JSON is YAML; what is not is read
/// without places.
pub(super) fn read(file: &str, text: &str) -> Result<Node, Problem> {
    let syntax = |error: serde_json::Error| {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let place = Place { line: number(error.line()), column: number(error.column()) };
        let mut sentence = error.to_string();
        sentence.truncate(sentence.rfind(" at line ").unwrap_or(sentence.len()));
        Problem::at(file, place, "", format!("this is not JSON: {sentence}"))
    };
    // From bytes, as all other JSON is read: reading text has code of its own.
    let bytes = text.as_bytes();
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(syntax)?;
    yaml::read(file, text).or_else(|problem| {
        let mut size = Size::default();
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let node = Level { depth: 0, size: &mut size }.deserialize(&mut reader);
        // What both do not like is told by the one that knows the place.
        node.map_err(|_| problem)
    })
}

/// How much of a document has come.
#[derive(Default)]
struct Size {
    nodes: usize,
    length: usize,
}

struct Level<'s> {
    depth: usize,
    size: &'s mut Size,
}

impl Level<'_> {
    fn count<E: de::Error>(&mut self, length: usize) -> Result<(), E> {
        self.size.nodes += 1;
        self.size.length += length;
        if self.size.nodes > MOST_NODES || self.size.length > MOST_TEXT {
            return Err(E::custom(format_args!("the document has more than {MOST_NODES} values")));
        }
        Ok(())
    }

    fn deeper<E: de::Error>(&mut self) -> Result<Level<'_>, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom(format_args!("the document nests more than {DEEPEST} levels deep")));
        }
        Ok(Level { depth: self.depth + 1, size: self.size })
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self).map(|content| Node::new(Place::default(), content))
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(mut self) -> Result<Content, E> {
        self.count(0).map(|()| Content::Null)
    }

    fn visit_bool<E: de::Error>(mut self, flag: bool) -> Result<Content, E> {
        self.count(0).map(|()| Content::Bool(flag))
    }

    fn visit_i64<E: de::Error>(mut self, number: i64) -> Result<Content, E> {
        self.count(0).map(|()| Content::Number(number.to_string().into()))
    }

    fn visit_u64<E: de::Error>(mut self, number: u64) -> Result<Content, E> {
        self.count(0).map(|()| Content::Number(number.to_string().into()))
    }

    fn visit_f64<E: de::Error>(mut self, number: f64) -> Result<Content, E> {
        self.count(0).map(|()| Content::Number(scalars::fraction(number)))
    }

    fn visit_str<E: de::Error>(mut self, text: &str) -> Result<Content, E> {
        self.count(text.len()).map(|()| Content::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<Content, A::Error> {
        self.count(0)?;
        let mut nodes = Vec::new();
        while let Some(node) = access.next_element_seed(self.deeper()?)? {
            nodes.push(node);
        }
        Ok(Content::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Content, A::Error> {
        self.count(0)?;
        let (mut members, mut names) = (Vec::new(), BTreeSet::new());
        while let Some(name) = access.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(de::Error::custom(format_args!("{name:?} stands in a structure twice")));
            }
            let node = access.next_value_seed(self.deeper()?)?;
            members.push(Member { name, place: Place::default(), node });
        }
        Ok(Content::Map(members))
    }
}
