//! Reading values against their tables, noting every violated constraint by the path of its member.

use std::collections::BTreeMap;

use super::{
    Seen, Shape, Value, base64_text,
    table::{Length, Pattern, Table},
    value::Members,
};
use crate::{
    error::{Error, Violation},
    time::Time,
};

/// The most violations that one refusal names; a request can hold thousands.
const MAX_VIOLATIONS: usize = 20;

/// The most characters of a value that a refusal repeats.
const MAX_SHOWN_CHARS: usize = 1024;

/// The most steps of a path: the deepest is that of a member of a structure in a list.
const DEEPEST: usize = 8;

/// Keeps the path to the value being read, and why it cannot be read.
///
/// A value that cannot be read is `None`, and what is wrong with it stands here: were it an error, every member of every
/// structure would have code of its own to drop those before it.
#[derive(Debug, Default)]
pub struct Reader<'v> {
    path: [Option<Step<'v>>; DEEPEST],
    depth: usize,
    /// The first value of another kind than its member's, such as a number where text is wanted.
    unlike: Option<Error>,
    violations: Vec<Violation>,
}

#[derive(Debug)]
enum Step<'v> {
    Member(&'static str),
    Element(usize),
    Key,
    Entry(&'v str),
}

impl<'v> Reader<'v> {
    /// What has been read, or why it cannot be.
    ///
    /// # Errors
    /// `SerializationException` when a value is of another kind than its member's, or else `ValidationException` that
    /// names all violations.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Error> {
        match (self.unlike, read) {
            (Some(error), _) => Err(error),
            (None, Some(read)) if self.violations.is_empty() => Ok(read),
            _ => Err(Error::violations(&self.violations)),
        }
    }

    /// The members of a structure or map.
    pub(crate) fn members<'a>(&mut self, value: &'a Value) -> Option<&'a Members> {
        match value {
            Value::Map(members) => Some(members),
            other => self.unlike(other, "a structure"),
        }
    }

    /// Reads the elements of a list.
    pub(crate) fn elements<S: Shape>(&mut self, value: &'v Value, length: Length) -> Option<Vec<S::Rust>> {
        let Value::List(values) = value else {
            return self.unlike(value, "a list");
        };
        let fits = self.check(length, Size::Length(values.len()), || None);
        let mut read = Some(Vec::with_capacity(values.len()));
        for (at, value) in values.iter().enumerate() {
            let element = self.inside(Step::Element(at + 1), |reader| S::read(value, reader));
            read = with(read, element);
        }
        read.filter(|_| fits)
    }

    /// Reads the entries of a map.
    pub(crate) fn entries<K: Shape<Rust = String>, V: Shape<Rust = String>>(
        &mut self,
        value: &'v Value,
    ) -> Option<BTreeMap<String, String>> {
        let mut read = Some(BTreeMap::new());
        for (key, value) in self.members(value)? {
            let name = self.inside(Step::Key, |reader| reader.key(key, K::TABLE));
            let entry = self.inside(Step::Entry(key), |reader| V::read(value, reader));
            read = read.zip(name.zip(entry)).map(|(mut all, (name, entry))| {
                all.insert(name, entry);
                all
            });
        }
        read
    }

    /// Reads the key of an entry, which is text in every encoding.
    fn key(&mut self, key: &str, table: &Table) -> Option<String> {
        match *table {
            Table::Text { length, pattern, sensitive, .. } => self.characters(key, length, pattern, sensitive),
            _ => None,
        }
    }

    /// Reads text of a length in characters, of a pattern.
    pub(crate) fn text(
        &mut self,
        value: &Value,
        length: Length,
        pattern: Option<Pattern>,
        sensitive: bool,
    ) -> Option<String> {
        match value {
            Value::Text(text) => self.characters(text, length, pattern, sensitive),
            other => self.unlike(other, "a string"),
        }
    }

    fn characters(&mut self, text: &str, length: Length, pattern: Option<Pattern>, sensitive: bool) -> Option<String> {
        let shown = || (!sensitive).then(|| clipped(text));
        // Every character is at least one byte, so short texts need no counting.
        let count = if length.max.is_some_and(|max| size_of_value(text.len()) <= max) && length.min.unwrap_or(0) <= 1 {
            text.len().min(1)
        } else {
            text.chars().count()
        };
        let mut fits = self.check(length, Size::Length(count), shown);
        // A length from 0 and an expression that asks for a character contradict each other: the description of key material
        // may be empty, which clears it (LIF-22, LIF-152).
        let is_empty = text.is_empty() && length.min == Some(0);
        if let Some(pattern) = pattern.filter(|pattern| !is_empty && !(pattern.matches)(text)) {
            self.note(shown(), format!("Member must satisfy regular expression pattern: {}", pattern.published));
            fits = false;
        }
        fits.then(|| text.to_owned())
    }

    /// Reads one of a set of values and gives its place in the set. `named` is the set that a refusal names, which for a
    /// few members of AWS's is another one.
    pub(crate) fn choice(
        &mut self,
        value: &Value,
        values: &'static [&'static str],
        named: &'static [&'static str],
    ) -> Option<usize> {
        let Value::Text(text) = value else {
            return self.unlike(value, "a string");
        };
        let found = values.iter().position(|allowed| *allowed == text.as_str());
        if found.is_none() {
            let set = named.join(", ");
            self.note(Some(clipped(text)), format!("Member must satisfy enum value set: [{set}]"));
        }
        found
    }

    /// Reads bytes, from base64 where the encoding has no bytes.
    pub(crate) fn bytes<B: From<Vec<u8>>>(&mut self, value: &Value, length: Length) -> Option<B> {
        let bytes = match value {
            Value::Text(text) => {
                let Ok(bytes) = base64_text::decode(text) else {
                    let error = Error::not_base64(&self.at());
                    return self.fail(error);
                };
                return self.fits(length, &bytes).then(|| B::from(bytes.into_vec()));
            }
            other => other.as_bytes(),
        };
        let Some(bytes) = bytes else {
            return self.unlike(value, "a blob");
        };
        self.fits(length, bytes).then(|| B::from(bytes.to_vec()))
    }

    fn fits(&mut self, length: Length, bytes: &[u8]) -> bool {
        self.check(length, Size::Length(bytes.len()), || None)
    }

    /// Reads a whole number.
    pub(crate) fn number(&mut self, value: &Value, range: Length) -> Option<i64> {
        let number = match value {
            Value::Int(number) => Some(*number),
            Value::Float(number) => whole(*number),
            other => return self.unlike(other, "a number"),
        };
        let Some(number) = number else {
            return self.unlike(value, "a whole number");
        };
        let fits = self.check(range, Size::Value(number), || Some(number.to_string()));
        fits.then_some(number)
    }

    /// Reads a truth value.
    pub(crate) fn flag(&mut self, value: &Value) -> Option<bool> {
        match value {
            Value::Bool(flag) => Some(*flag),
            other => self.unlike(other, "a boolean"),
        }
    }

    /// Reads an instant: a number of seconds, or an instant of the host's own type.
    pub(crate) fn timestamp(&mut self, value: &Value) -> Option<Time> {
        value.as_time().or_else(|| self.unlike(value, "a timestamp within the years 1 to 9999"))
    }

    /// Notes that a required member is missing. For sensitive members the message omits `null`.
    fn missing(&mut self, table: &Table) {
        let value = if table.is_sensitive() { "Value" } else { "Value null" };
        self.push(value.to_owned(), "Member must not be null".to_owned());
    }

    /// Checks a size and notes what it violates.
    fn check(&mut self, range: Length, size: Size, shown: impl Fn() -> Option<String>) -> bool {
        let (what, size) = match size {
            Size::Length(length) => ("length", size_of_value(length)),
            Size::Value(value) => ("value", value),
        };
        if let Some(max) = range.max.filter(|max| size > *max) {
            self.note(shown(), format!("Member must have {what} less than or equal to {max}"));
            return false;
        }
        if let Some(min) = range.min.filter(|min| size < *min) {
            self.note(shown(), format!("Member must have {what} greater than or equal to {min}"));
            return false;
        }
        true
    }

    fn note(&mut self, value: Option<String>, constraint: String) {
        self.push(value.map_or_else(|| "Value".to_owned(), |value| format!("Value '{value}'")), constraint);
    }

    fn push(&mut self, value: String, constraint: String) {
        if self.violations.len() < MAX_VIOLATIONS {
            let at = self.at();
            self.violations.push(Violation { at, value, constraint });
        }
    }

    fn inside<T>(&mut self, step: Step<'v>, read: impl FnOnce(&mut Self) -> T) -> T {
        // The shapes of the API are less deep than the path is long.
        if let Some(place) = self.path.get_mut(self.depth) {
            *place = Some(step);
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn unlike<T>(&mut self, value: &Value, wanted: &str) -> Option<T> {
        let error = Error::wrong_kind(&self.at(), value.kind(), wanted);
        self.fail(error)
    }

    fn fail<T>(&mut self, error: Error) -> Option<T> {
        self.unlike.get_or_insert(error);
        None
    }

    /// The path in AWS's form: members in camelCase, elements as `1.member`, map values as `key.value`.
    fn at(&self) -> String {
        let steps = self.path.iter().take(self.depth).flatten().map(|step| match step {
            Step::Member(name) => camel_case(name),
            Step::Element(at) => format!("{at}.member"),
            Step::Key => "key".to_owned(),
            Step::Entry(key) => format!("{}.value", clipped(key)),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

/// The values read so far and one more, as long as all of them could be read.
fn with<T>(all: Option<Vec<T>>, one: Option<T>) -> Option<Vec<T>> {
    all.zip(one).map(|(mut all, one)| {
        all.push(one);
        all
    })
}

/// What is held against a range.
enum Size {
    Length(usize),
    Value(i64),
}

/// `KeyId` as `keyId`, `XksKeyId` as `xksKeyId`.
fn camel_case(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN_CHARS) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// A length as the tables count.
fn size_of_value(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// A float without a fraction as an integer.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "checked by casting back"
)]
fn whole(number: f64) -> Option<i64> {
    let integer = number as i64;
    (number.is_finite() && integer as f64 == number).then_some(integer)
}

/// Whether a member must be present.
pub(crate) trait Occurrence<S: Shape> {
    /// What the member is in Rust.
    type Rust;
    /// Whether the model requires the member.
    const REQUIRED: bool;
    /// Whether the member is always written.
    const CERTAIN: bool = true;
    /// Reads the member; `None` when the reader was told why it cannot be read.
    fn read<'v>(members: &'v Members, name: &'static str, reader: &mut Reader<'v>) -> Option<Self::Rust>;
    /// The member as whoever decides about the request sees it; `None` when it is absent.
    fn see(rust: &Self::Rust) -> Option<Seen<'_>>;
    /// Writes the member; `None` leaves it out.
    fn write(rust: Self::Rust) -> Option<Value>;
}

/// The member must be present.
pub(crate) struct Required;

/// The member may be absent.
pub(crate) struct Optional;

impl<S: Shape> Occurrence<S> for Required {
    type Rust = S::Rust;
    const REQUIRED: bool = true;

    fn read<'v>(members: &'v Members, name: &'static str, reader: &mut Reader<'v>) -> Option<Self::Rust> {
        reader.inside(Step::Member(name), |reader| {
            if let Some(value) = given(members, name) {
                return S::read(value, reader);
            }
            reader.missing(S::TABLE);
            None
        })
    }

    fn see(rust: &Self::Rust) -> Option<Seen<'_>> {
        Some(S::see(rust))
    }

    fn write(rust: Self::Rust) -> Option<Value> {
        Some(S::write(rust))
    }
}

impl<S: Shape> Occurrence<S> for Optional {
    type Rust = Option<S::Rust>;
    const REQUIRED: bool = false;
    const CERTAIN: bool = false;

    fn read<'v>(members: &'v Members, name: &'static str, reader: &mut Reader<'v>) -> Option<Self::Rust> {
        reader.inside(Step::Member(name), |reader| match given(members, name) {
            Some(value) => S::read(value, reader).map(Some),
            None => Some(None),
        })
    }

    fn see(rust: &Self::Rust) -> Option<Seen<'_>> {
        rust.as_ref().map(S::see)
    }

    fn write(rust: Self::Rust) -> Option<Value> {
        rust.map(S::write)
    }
}

/// The member of a reply that is always there, although the model requires no member of a reply.
pub(crate) struct Always;

impl<S: Shape> Occurrence<S> for Always {
    type Rust = S::Rust;
    const REQUIRED: bool = false;

    fn read<'v>(members: &'v Members, name: &'static str, reader: &mut Reader<'v>) -> Option<Self::Rust> {
        <Required as Occurrence<S>>::read(members, name, reader)
    }

    fn see(rust: &Self::Rust) -> Option<Seen<'_>> {
        Some(S::see(rust))
    }

    fn write(rust: Self::Rust) -> Option<Value> {
        Some(S::write(rust))
    }
}

/// A member; `null` counts as absent.
fn given<'a>(members: &'a Members, name: &str) -> Option<&'a Value> {
    let (_, value) = members.iter().find(|(key, _)| key == name)?;
    (*value != Value::Null).then_some(value)
}
