//! What is wrong with a file, and where.

use std::fmt;

use pocket_kms::Value;

/// A place in a file: line and column, counted from 1. Where nobody knows, both are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// Why a file cannot be read. Nothing of it has been loaded then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the file, as it was given.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// The way through the document, such as `Resources.Key.Properties`; empty where the file is not a document.
    pub path: String,
    /// What is wrong.
    pub sentence: String,
}

/// Something that was left out, or taken as given, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The name of the file.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What it is about: the way through the document.
    pub path: String,
    /// Why.
    pub why: String,
}

impl Problem {
    /// A problem of a whole file.
    pub(crate) fn of(file: &str, sentence: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: Place::default(), path: String::new(), sentence: sentence.into() }
    }

    /// A problem at a place.
    pub(crate) fn at(file: &str, place: Place, path: &str, sentence: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place, path: path.to_owned(), sentence: sentence.into() }
    }

    /// The problem as a value: `file`, `line`, `column`, `path`, `sentence`, and `message`, which has all of them.
    pub fn to_value(&self) -> Value {
        let members = placed(&self.file, self.place, &self.path);
        let rest = [("sentence", Value::from(self.sentence.as_str())), ("message", Value::from(self.to_string()))];
        members.into_iter().chain(rest).collect()
    }
}

impl Remark {
    /// The remark as a value: `file`, `line`, `column`, `path` and `why`.
    pub fn to_value(&self) -> Value {
        let members = placed(&self.file, self.place, &self.path);
        members.into_iter().chain([("why", Value::from(self.why.as_str()))]).collect()
    }
}

fn placed(file: &str, place: Place, path: &str) -> [(&'static str, Value); 4] {
    let number = |number: u32| if number == 0 { Value::Null } else { Value::Int(i64::from(number)) };
    [
        ("file", Value::from(file)),
        ("line", number(place.line)),
        ("column", number(place.column)),
        ("path", Value::from(path)),
    ]
}

impl fmt::Display for Problem {
    /// `file:line:column: path: sentence`, with what there is of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.place.line > 0 {
            write!(f, ":{}:{}", self.place.line, self.place.column)?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.sentence)
    }
}

impl std::error::Error for Problem {}
