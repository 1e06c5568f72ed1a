//! Reading values against their tables, noting every violated constraint by the path of its member.

use std::collections::BTreeMap;

use super::{
    Checked, SecretBytes, Value, base64_text,
    table::{Length, Member, Pattern, Table},
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
/// It reads by the tables alone, so that its code stands once and not in every type of the API.
#[derive(Debug, Default)]
struct Reader<'v> {
    path: [Option<Step<'v>>; DEEPEST],
    depth: usize,
    /// The first value whose kind is not its member's, such as a number where text is wanted.
    unlike: Option<Error>,
    violations: Vec<Violation>,
    /// Whether lengths, ranges and patterns do not matter.
    is_reply: bool,
}

#[derive(Debug)]
enum Step<'v> {
    Member(&'static str),
    Element(usize),
    Key,
    Entry(&'v str),
}

/// Checks a value against its table.
///
/// # Errors
/// `SerializationException` when the kind of a value is not its member's, or else `ValidationException` that names all
/// violations.
pub(super) fn check(value: &Value, table: &'static Table) -> Result<Checked, Error> {
    Reader::default().whole(value, table)
}

/// Reads a reply, whose members need not be what those of a request must: a grant without a name is listed with an empty
/// one, which no grant can be given.
///
/// # Errors
/// As above, but for lengths, ranges and patterns.
pub(super) fn reply(value: &Value, table: &'static Table) -> Result<Checked, Error> {
    Reader { is_reply: true, ..Reader::default() }.whole(value, table)
}

impl<'v> Reader<'v> {
    /// Reads a value, or says why it cannot be read.
    fn whole(mut self, value: &'v Value, table: &'static Table) -> Result<Checked, Error> {
        let read = self.read(value, table);
        match (self.unlike, read) {
            (Some(error), _) => Err(error),
            (None, Some(read)) if self.violations.is_empty() => Ok(read),
            _ => Err(Error::violations(&self.violations)),
        }
    }

    /// Reads a value; `None` when it cannot be read, which stands in the reader then. The tables of the API bound the depth.
    fn read(&mut self, value: &'v Value, table: &'static Table) -> Option<Checked> {
        match *table {
            Table::Text { length, pattern, sensitive, scalars, .. } => {
                let scalar = scalar(value).filter(|_| scalars);
                let text = scalar.or_else(|| self.text(value, length, pattern, sensitive))?;
                Some(Checked::Text(text.into()))
            }
            Table::Choice { values, unpublished, named, .. } => self.choice(value, [values, unpublished], named),
            Table::Blob { length, .. } => self.bytes(value, length),
            Table::Number { range, .. } => self.number(value, range).map(Checked::Number),
            Table::Flag { .. } => self.flag(value).map(Checked::Flag),
            Table::Timestamp { .. } => self.timestamp(value).map(Checked::Time),
            Table::List { length, of, .. } => self.elements(value, length, of),
            Table::Map { key, value: of, .. } => self.entries(value, key, of),
            Table::Structure { members, .. } => self.structure(value, members),
        }
    }

    /// Reads the members of a structure, in the order of its table.
    fn structure(&mut self, value: &'v Value, table: &'static [Member]) -> Option<Checked> {
        let Value::Map(given) = value else {
            return self.unlike(value, "a structure");
        };
        let mut read = Some(Vec::with_capacity(table.len()));
        for member in table {
            let value = self.inside(Step::Member(member.name), |reader| reader.member(given, member));
            read = with(read, value);
        }
        read.map(Checked::Members)
    }

    /// Reads one member; `null` counts as absent.
    fn member(&mut self, given: &'v Members, member: &'static Member) -> Option<Checked> {
        let value = given.iter().find(|(name, _)| name == member.name).map(|(_, value)| value);
        match value.filter(|value| **value != Value::Null) {
            Some(value) => self.read(value, member.table),
            None if member.certain => self.missing(member.table),
            None => Some(Checked::Absent),
        }
    }

    /// Reads the elements of a list.
    fn elements(&mut self, value: &'v Value, length: Length, of: &'static Table) -> Option<Checked> {
        let Value::List(values) = value else {
            return self.unlike(value, "a list");
        };
        let fits = self.check(length, Size::Length(values.len()), || None);
        let mut read = Some(Vec::with_capacity(values.len()));
        for (at, value) in values.iter().enumerate() {
            let element = self.inside(Step::Element(at + 1), |reader| reader.read(value, of));
            read = with(read, element);
        }
        read.filter(|_| fits).map(Checked::List)
    }

    /// Reads the entries of a map.
    fn entries(&mut self, value: &'v Value, key: &'static Table, of: &'static Table) -> Option<Checked> {
        let Value::Map(entries) = value else {
            return self.unlike(value, "a structure");
        };
        let mut read = Some(BTreeMap::new());
        for (name, value) in entries {
            let key = self.inside(Step::Key, |reader| reader.key(name, key));
            let entry = self.inside(Step::Entry(name), |reader| reader.read(value, of));
            read = read.zip(key.zip(entry)).map(|(mut all, (key, entry))| {
                all.insert(key, entry.text());
                all
            });
        }
        read.map(Checked::Pairs)
    }

    /// Reads the key of an entry, which is text in every encoding.
    fn key(&mut self, key: &str, table: &Table) -> Option<String> {
        match *table {
            Table::Text { length, pattern, sensitive, .. } => self.characters(key, length, pattern, sensitive),
            _ => None,
        }
    }

    /// Reads text of a length in characters, of a pattern.
    fn text(&mut self, value: &Value, length: Length, pattern: Option<Pattern>, sensitive: bool) -> Option<String> {
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
        let is_asked = !is_empty && !self.is_reply;
        if let Some(pattern) = pattern.filter(|pattern| is_asked && !(pattern.matches)(text)) {
            self.note(shown(), format!("Member must satisfy regular expression pattern: {}", pattern.published));
            fits = false;
        }
        fits.then(|| text.to_owned())
    }

    /// Reads one of two sets of values: those that the model publishes, and those that AWS takes besides. `named` is the set
    /// that a refusal names, which for a few members of AWS's is another one.
    fn choice(
        &mut self,
        value: &Value,
        [published, unpublished]: [&[&str]; 2],
        named: &'static [&'static str],
    ) -> Option<Checked> {
        let Value::Text(text) = value else {
            return self.unlike(value, "a string");
        };
        let found = published.iter().chain(unpublished).position(|allowed| *allowed == text.as_str());
        if found.is_none() {
            let set = named.join(", ");
            self.note(Some(clipped(text)), format!("Member must satisfy enum value set: [{set}]"));
        }
        found.map(Checked::Choice)
    }

    /// Reads bytes, from base64 where the encoding has no bytes.
    fn bytes(&mut self, value: &Value, length: Length) -> Option<Checked> {
        let bytes = match value {
            Value::Text(text) => base64_text::decode(text).map_err(|_| Error::not_base64(&self.at())),
            other => other.as_bytes().map(Into::into).ok_or_else(|| self.other_kind(other, "a blob")),
        };
        let bytes: SecretBytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => return self.fail(error),
        };
        let fits = self.check(length, Size::Length(bytes.len()), || None);
        fits.then_some(Checked::Bytes(bytes))
    }

    /// Reads a whole number.
    fn number(&mut self, value: &Value, range: Length) -> Option<i64> {
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
    fn flag(&mut self, value: &Value) -> Option<bool> {
        match value {
            Value::Bool(flag) => Some(*flag),
            other => self.unlike(other, "a boolean"),
        }
    }

    /// Reads an instant: a number of seconds, or an instant of the host's own type.
    fn timestamp(&mut self, value: &Value) -> Option<Time> {
        value.as_time().or_else(|| self.unlike(value, "a timestamp within the years 1 to 9999"))
    }

    /// Notes that a required member is missing. For sensitive members the message omits `null`.
    fn missing(&mut self, table: &Table) -> Option<Checked> {
        let value = if table.is_sensitive() { "Value" } else { "Value null" };
        self.push(value.to_owned(), "Member must not be null".to_owned());
        None
    }

    /// Checks a size and notes what it violates.
    fn check(&mut self, range: Length, size: Size, shown: impl Fn() -> Option<String>) -> bool {
        if self.is_reply {
            return true;
        }
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
        self.fail(self.other_kind(value, wanted))
    }

    /// The kind of the value is not its member's.
    fn other_kind(&self, value: &Value, wanted: &str) -> Error {
        Error::wrong_kind(&self.at(), value.kind(), wanted)
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

/// The text of a number or a truth value.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) if number.is_finite() => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
