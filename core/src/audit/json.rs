//! JSON text, written member by member: a record keeps text, because most records are never read.

use std::{fmt, io::Write};

use crate::{
    time::Time,
    wire::{Seen, Table, Typed, Value},
};

/// The longest structure of a record in bytes; a longer one is left out (AUD-52).
const LONGEST: usize = 100 * 1024;

/// What most requests need in bytes.
const USUAL: usize = 256;

/// A structure that is being written. Names of the API begin with a small letter in it (AUD-109).
pub(super) struct Json(Vec<u8>);

impl Json {
    /// An empty structure, for as much as most requests need.
    pub(super) fn new() -> Self {
        Self::with_capacity(USUAL)
    }

    /// An empty structure for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut text = Vec::with_capacity(bytes);
        text.push(b'{');
        Self(text)
    }

    /// The structure; `None` where nothing stands in it (AUD-115), or too much.
    pub(super) fn finish(mut self) -> Option<Box<str>> {
        if self.0.len() == 1 || self.0.len() >= LONGEST {
            return None;
        }
        self.0.push(b'}');
        String::from_utf8(self.0).ok().map(String::into_boxed_str)
    }

    /// Begins a member, which is named as in the API.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.separate();
        let Self(text) = self;
        text.push(b'"');
        let at = text.len();
        text.extend_from_slice(name.as_bytes());
        text[at..].first_mut().into_iter().for_each(u8::make_ascii_lowercase);
        text.extend_from_slice(b"\":");
        self
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) {
        // Writing a text to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.0, text);
    }

    /// A structure of texts.
    pub(super) fn texts(&mut self, members: &[(String, String)]) {
        self.plain("{");
        for (name, text) in members {
            self.name(name).text(text);
        }
        self.plain("}");
    }

    /// A name that needs no escapes, such as an id or the ARN of a key.
    pub(super) fn id(&mut self, id: &dyn fmt::Display) {
        // Writing to memory cannot fail.
        let _ = write!(self.0, "\"{id}\"");
    }

    /// What stands in JSON as it is written here.
    fn plain(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A truth value.
    pub(super) fn flag(&mut self, flag: bool) {
        self.plain(if flag { "true" } else { "false" });
    }

    /// A whole number.
    pub(super) fn number(&mut self, number: i64) {
        self.plain(&number.to_string());
    }

    /// An instant, as dates inside of members are written (AUD-111).
    fn time(&mut self, time: Time) {
        self.text(&time.in_words());
    }

    /// A member of a request, of the type that the table says. A structure without members is left out (AUD-21).
    pub(super) fn member(&mut self, name: &str, seen: &Seen<'_>, table: &Table) {
        if !is_empty(seen, table) {
            self.name(name).seen(seen, table);
        }
    }

    fn seen(&mut self, seen: &Seen<'_>, table: &Table) {
        match (seen, table) {
            (Seen::Text(text), _) => self.text(text),
            (Seen::Flag(flag), _) => self.flag(*flag),
            (Seen::Number(number), _) => self.number(*number),
            (Seen::Time(time), _) => self.time(*time),
            (Seen::Pairs(pairs), _) => {
                self.plain("{");
                for (name, text) in *pairs {
                    self.separate();
                    self.text(name);
                    self.plain(":");
                    self.text(text);
                }
                self.plain("}");
            }
            (Seen::List(values), Table::List { of, .. }) => {
                self.plain("[");
                for value in values {
                    self.separate();
                    self.seen(value, of);
                }
                self.plain("]");
            }
            (Seen::Structure(structure), Table::Structure { .. }) => self.structure(*structure, table),
            // Bytes are never shown (AUD-112).
            _ => self.plain("null"),
        }
    }

    fn structure(&mut self, structure: &dyn Typed, table: &Table) {
        let Table::Structure { members, .. } = table else { return };
        self.plain("{");
        for member in *members {
            if let Some(seen) = structure.member(member.name) {
                self.member(member.name, &seen, member.table);
            }
        }
        self.plain("}");
    }

    /// A member of a reply; a map in it is a structure.
    pub(super) fn value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Bool(flag) => self.flag(*flag),
            Value::Int(number) => self.number(*number),
            Value::Time(time) => self.time(*time),
            Value::List(values) => {
                self.plain("[");
                for value in values {
                    self.separate();
                    self.value(value);
                }
                self.plain("]");
            }
            Value::Map(members) => {
                self.plain("{");
                for (name, value) in members {
                    self.name(name).value(value);
                }
                self.plain("}");
            }
            // No reply has a fraction, and bytes are never shown.
            Value::Null | Value::Float(_) | Value::Blob(_) | Value::Secret(_) => self.plain("null"),
        }
    }

    /// Separates what comes from what is there: a text ends with its quotation mark, so that a brace begins something.
    fn separate(&mut self) {
        if !matches!(self.0.last(), Some(b'{' | b'[')) {
            self.0.push(b',');
        }
    }
}

/// Whether a structure or a map has nothing in it.
fn is_empty(seen: &Seen<'_>, table: &Table) -> bool {
    match (seen, table) {
        (Seen::Pairs(pairs), _) => pairs.is_empty(),
        (Seen::Structure(structure), Table::Structure { members, .. }) => members
            .iter()
            .all(|member| structure.member(member.name).is_none_or(|inner| is_empty(&inner, member.table))),
        _ => false,
    }
}
