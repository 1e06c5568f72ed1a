//! Structures that hosts pass: their members by one table, in the words of every language.

use crate::{
    error::Error,
    time::Time,
    wire::{Members, Value},
};

use super::refused;

/// The longest text of a member, in bytes.
pub(super) const LONGEST: usize = 2048;

/// The most members of a list: services in a row, tags of a principal, policies of a session.
pub(super) const MOST: usize = 50;

/// How one member is read.
pub(super) type Fact<T> = fn(&mut T, &Argument<'_>) -> Result<(), Error>;

/// Reads the members of a structure by its table.
pub(super) fn read<T>(
    structure: &str,
    members: &Members,
    table: &[(&'static str, Fact<T>)],
    to: &mut T,
) -> Result<(), Error> {
    let mut seen = Vec::with_capacity(members.len());
    for (name, value) in members {
        let row = table.iter().find(|(row, _)| *row == name || camel(row) == **name);
        let (row, fact) = row.ok_or_else(|| refused(&format!("{structure} has no '{name}': {}", listed(table))))?;
        if seen.contains(row) {
            return Err(refused(&format!("{structure} says {row} twice")));
        }
        seen.push(row);
        if *value != Value::Null {
            fact(to, &Argument { name, value })?;
        }
    }
    Ok(())
}

/// The names of a table, as a clause.
pub(super) fn listed<T>(table: &[(&str, T)]) -> String {
    let names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    format!("its members are {}", names.join(", "))
}

/// A name as JavaScript writes it: `source_ip` is `sourceIp`.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name + letters.as_str()
    })
}

/// A member that is there.
pub(super) struct Argument<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
}

impl Argument<'_> {
    pub(super) fn wrong(&self, what: &str) -> Error {
        refused(&format!("{} must be {what}", self.name))
    }

    pub(super) fn str(&self) -> Result<&str, Error> {
        let text = self.value.as_text().ok_or_else(|| self.wrong("text"))?;
        match text.len() {
            1..=LONGEST => Ok(text),
            _ => Err(self.wrong("a text of 1 to 2048 bytes")),
        }
    }

    pub(super) fn text(&self) -> Result<String, Error> {
        self.str().map(ToOwned::to_owned)
    }

    pub(super) fn flag(&self) -> Result<bool, Error> {
        match self.value {
            Value::Bool(flag) => Ok(*flag),
            _ => Err(self.wrong("true or false")),
        }
    }

    pub(super) fn time(&self) -> Result<Time, Error> {
        self.value.as_time().ok_or_else(|| self.wrong("an instant"))
    }
}
