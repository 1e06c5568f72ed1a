//! What a document says once its functions are computed: values whose texts may have holes for the ids of keys.

use std::collections::BTreeMap;

use pocket_kms::Value;

use crate::{
    ids::pieces,
    problem::Place,
    text::{Content, Member, Node},
};

/// Ids of keys that exist, and the steps that make keys in their place.
pub(crate) type Ids = BTreeMap<String, String>;

/// A text, as parts: what is known, and ids of keys that do not exist yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Text(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Plain(String),
    /// The id of the key that the step of this name creates.
    KeyId(String),
}

/// A computed value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Number(Box<str>),
    Text(Text),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(if text.is_empty() { Vec::new() } else { vec![Part::Plain(text)] })
    }
}

impl Text {
    /// The id of the key that a step creates.
    pub(crate) fn key_id(step: &str) -> Self {
        Self(vec![Part::KeyId(step.to_owned())])
    }

    /// The text, where all of it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        match &self.0[..] {
            [] => Some(""),
            [Part::Plain(text)] => Some(text),
            _ => None,
        }
    }

    /// The steps whose keys are named in the text.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::KeyId(step) => Some(step.as_str()),
            Part::Plain(_) => None,
        })
    }

    /// The text with something in the place of every id.
    pub(crate) fn filled(&self, id: &str) -> String {
        let part = |part: &Part| match part {
            Part::Plain(text) => text.clone(),
            Part::KeyId(_) => id.to_owned(),
        };
        self.0.iter().map(part).collect()
    }

    /// How many bytes of it are known.
    pub(crate) fn len(&self) -> usize {
        let length = |part: &Part| match part {
            Part::Plain(text) => text.len(),
            Part::KeyId(_) => 36,
        };
        self.0.iter().map(length).sum()
    }

    pub(crate) fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Plain(last)) => last.push_str(text),
            _ => self.0.push(Part::Plain(text.to_owned())),
        }
    }

    pub(crate) fn append(&mut self, other: &Self) {
        for part in &other.0 {
            match part {
                Part::Plain(text) => self.push(text),
                id @ Part::KeyId(_) => self.0.push(id.clone()),
            }
        }
    }

    /// The pieces between the places where `by` stands. Ids of keys have none of what people split at but hyphens, at
    /// which nobody can split what is not known.
    pub(crate) fn split(&self, by: &str) -> Vec<Self> {
        let mut pieces = vec![Self::default()];
        for part in &self.0 {
            match part {
                Part::Plain(text) => {
                    for (place, piece) in text.split(by).enumerate() {
                        if place > 0 {
                            pieces.push(Self::default());
                        }
                        if let Some(last) = pieces.last_mut() {
                            last.push(piece);
                        }
                    }
                }
                id @ Part::KeyId(_) => {
                    if let Some(last) = pieces.last_mut() {
                        last.0.push(id.clone());
                    }
                }
            }
        }
        pieces
    }

    /// The text with each of these texts replaced by the id of a key.
    pub(crate) fn with_ids(&self, ids: &Ids) -> Self {
        let mut text = Self::default();
        for part in &self.0 {
            match part {
                Part::Plain(plain) => put_with_ids(&mut text, plain, ids),
                id @ Part::KeyId(_) => text.0.push(id.clone()),
            }
        }
        text
    }

    /// The text as a recipe has it.
    pub(crate) fn to_value(&self) -> Value {
        let part = |part: &Part| match part {
            Part::Plain(text) => Value::from(text.as_str()),
            Part::KeyId(step) => {
                let way = [step.as_str(), "KeyMetadata", "KeyId"].map(Value::from);
                Value::from([("$from", Value::List(way.into()))])
            }
        };
        match &self.0[..] {
            [] => Value::from(""),
            [one] => part(one),
            parts => Value::from([("$text", Value::List(parts.iter().map(part).collect()))]),
        }
    }
}

/// Puts a text behind another one, with the steps of keys in the place of their ids.
fn put_with_ids(text: &mut Text, plain: &str, ids: &Ids) {
    for piece in pieces(plain, |id| ids.get(id)) {
        match piece {
            Ok(plain) => text.push(plain),
            Err(step) => text.0.push(Part::KeyId(step.clone())),
        }
    }
}

impl Data {
    /// A value as it stands in a file.
    pub(crate) fn of(node: &Node) -> Self {
        match &node.content {
            Content::Null => Self::Null,
            Content::Bool(flag) => Self::Bool(*flag),
            Content::Number(number) => Self::Number(number.clone()),
            Content::Text(text) => Self::Text(Text::from(text.as_str())),
            Content::List(elements) => Self::List(elements.iter().map(Self::of).collect()),
            Content::Map(members) => {
                Self::Map(members.iter().map(|member| (member.name.clone(), Self::of(&member.node))).collect())
            }
        }
    }

    /// The value as one of a file, without places, and with something in the place of every id.
    pub(crate) fn to_node(&self, id: &str) -> Node {
        let content = match self {
            Self::Null => Content::Null,
            Self::Bool(flag) => Content::Bool(*flag),
            Self::Number(number) => Content::Number(number.clone()),
            Self::Text(text) => Content::Text(text.filled(id)),
            Self::List(elements) => Content::List(elements.iter().map(|element| element.to_node(id)).collect()),
            Self::Map(members) => {
                let member = |(name, value): &(String, Self)| {
                    let (name, place, node) = (name.clone(), Place::default(), value.to_node(id));
                    Member { name, place, node }
                };
                Content::Map(members.iter().map(member).collect())
            }
        };
        Node::new(Place::default(), content)
    }

    /// A text, also one that is written as a number or a truth.
    pub(crate) fn to_text(&self) -> Option<Text> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(Text::from(&**number)),
            Self::Bool(flag) => Some(Text::from(if *flag { "true" } else { "false" })),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// A text that is known.
    pub(crate) fn known(&self) -> Option<String> {
        self.to_text()?.known().map(str::to_owned)
    }

    /// A truth, also one that is written as a text.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self.known()?.as_str() {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// A whole number, also one that is written as a text.
    pub(crate) fn whole(&self) -> Option<i64> {
        self.known()?.parse().ok()
    }

    /// The member `name` of a map, unless it is null.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let found = self.members().iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value).filter(|value| **value != Self::Null)
    }

    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Map(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list; anything else but null is a list of itself.
    pub(crate) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            Self::Null => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// The JSON text of the value.
    pub(crate) fn to_json(&self) -> Text {
        let mut text = Text::default();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut Text) {
        match self {
            Self::Null => text.push("null"),
            Self::Bool(flag) => text.push(if *flag { "true" } else { "false" }),
            Self::Number(number) => text.push(number),
            Self::Text(own) => {
                text.push("\"");
                for part in &own.0 {
                    match part {
                        Part::Plain(plain) => text.push(&quoted(plain)),
                        id @ Part::KeyId(_) => text.0.push(id.clone()),
                    }
                }
                text.push("\"");
            }
            Self::List(elements) => {
                text.push("[");
                for (place, element) in elements.iter().enumerate() {
                    text.push(if place > 0 { "," } else { "" });
                    element.write(text);
                }
                text.push("]");
            }
            Self::Map(members) => {
                text.push("{");
                for (place, (name, value)) in members.iter().enumerate() {
                    text.push(if place > 0 { ",\"" } else { "\"" });
                    text.push(&quoted(name));
                    text.push("\":");
                    value.write(text);
                }
                text.push("}");
            }
        }
    }

    /// The value with each of these texts replaced by the id of a key.
    pub(crate) fn with_ids(&self, ids: &Ids) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.with_ids(ids)),
            Self::List(elements) => Self::List(elements.iter().map(|element| element.with_ids(ids)).collect()),
            Self::Map(members) => {
                Self::Map(members.iter().map(|(name, value)| (name.clone(), value.with_ids(ids))).collect())
            }
            scalar => scalar.clone(),
        }
    }

    /// The value as a recipe has it.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(number) => number.parse().map_or_else(|_| Value::from(&**number), Value::Int),
            Self::Text(text) => text.to_value(),
            Self::List(elements) => Value::List(elements.iter().map(Self::to_value).collect()),
            Self::Map(members) => members.iter().map(|(name, value)| (name.clone(), value.to_value())).collect(),
        }
    }
}

/// A text as it stands between the quotes of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.pop();
    quoted.split_off(1.min(quoted.len()))
}
