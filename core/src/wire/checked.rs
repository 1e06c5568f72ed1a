//! Values that have passed their tables, on their way into the types of Rust.

use std::collections::BTreeMap;

use super::{SecretBytes, SecretText, Seen, Shape, Value};
use crate::time::Time;

/// A value that has passed its table, and is of the kind that the table says.
///
/// Taking it into Rust cannot fail, so that no type of the API has code for that: whoever takes another kind than that of
/// its own table gets what is empty.
#[derive(Debug, Default)]
pub enum Checked {
    /// A member that the request leaves out.
    #[default]
    Absent,
    /// Text; wiped if nobody takes it, for it may be a secret.
    Text(SecretText),
    /// The place of a value among those of its enumeration.
    Choice(usize),
    /// Bytes.
    Bytes(SecretBytes),
    /// A whole number.
    Number(i64),
    /// A truth value.
    Flag(bool),
    /// An instant.
    Time(Time),
    /// The elements of a list.
    List(Vec<Self>),
    /// The entries of a map.
    Pairs(BTreeMap<String, String>),
    /// The members of a structure, in the order of its table.
    Members(Vec<Self>),
}

impl Checked {
    /// The text.
    pub(crate) fn text(self) -> String {
        if let Self::Text(text) = self { text.into_string() } else { String::new() }
    }

    /// The value of an enumeration; `None` beyond its published ones.
    pub(crate) fn choice<T: Copy>(&self, values: &[T]) -> Option<T> {
        let Self::Choice(place) = self else { return None };
        values.get(*place).copied()
    }

    /// The bytes.
    pub(crate) fn bytes<B: From<Vec<u8>>>(self) -> B {
        B::from(if let Self::Bytes(bytes) = self { bytes.into_vec() } else { Vec::new() })
    }

    /// The number.
    pub(crate) const fn number(&self) -> i64 {
        if let Self::Number(number) = self { *number } else { 0 }
    }

    /// The truth value.
    pub(crate) const fn flag(&self) -> bool {
        matches!(self, Self::Flag(true))
    }

    /// The instant.
    pub(crate) fn time(&self) -> Time {
        if let Self::Time(time) = self { *time } else { Time::default() }
    }

    /// The elements of a list.
    pub(crate) fn list<S: Shape>(self) -> Vec<S::Rust> {
        let Self::List(values) = self else { return Vec::new() };
        values.into_iter().map(S::take).collect()
    }

    /// The entries of a map.
    pub(crate) fn pairs(self) -> BTreeMap<String, String> {
        if let Self::Pairs(pairs) = self { pairs } else { BTreeMap::new() }
    }

    /// The members of a structure.
    pub(crate) fn members(self) -> MembersInOrder {
        MembersInOrder(if let Self::Members(members) = self { members } else { Vec::new() }.into_iter())
    }
}

/// The members of a structure, one after the other.
pub(crate) struct MembersInOrder(std::vec::IntoIter<Checked>);

impl MembersInOrder {
    /// The next member; absent behind the last one.
    fn next(&mut self) -> Checked {
        self.0.next().unwrap_or_default()
    }
}

/// Whether a member must be present.
pub(crate) trait Occurrence<S: Shape> {
    /// What the member is in Rust.
    type Rust;
    /// Whether the model requires the member.
    const REQUIRED: bool;
    /// Whether the member is always written.
    const CERTAIN: bool = true;
    /// Takes the next member.
    fn take(members: &mut MembersInOrder) -> Self::Rust;
    /// The member as whoever decides about the request sees it; `None` when it is absent.
    fn see(rust: &Self::Rust) -> Option<Seen<'_>>;
    /// Writes the member; `None` leaves it out.
    fn write(rust: Self::Rust) -> Option<Value>;
}

/// The member must be present.
pub(crate) struct Required;

/// The member may be absent.
pub(crate) struct Optional;

/// The member of a reply that is always there, although the model requires no member of a reply.
pub(crate) struct Always;

impl<S: Shape> Occurrence<S> for Required {
    type Rust = S::Rust;
    const REQUIRED: bool = true;

    fn take(members: &mut MembersInOrder) -> Self::Rust {
        S::take(members.next())
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

    fn take(members: &mut MembersInOrder) -> Self::Rust {
        match members.next() {
            Checked::Absent => None,
            value => Some(S::take(value)),
        }
    }

    fn see(rust: &Self::Rust) -> Option<Seen<'_>> {
        rust.as_ref().map(S::see)
    }

    fn write(rust: Self::Rust) -> Option<Value> {
        rust.map(S::write)
    }
}

impl<S: Shape> Occurrence<S> for Always {
    type Rust = S::Rust;
    const REQUIRED: bool = false;

    fn take(members: &mut MembersInOrder) -> Self::Rust {
        <Required as Occurrence<S>>::take(members)
    }

    fn see(rust: &Self::Rust) -> Option<Seen<'_>> {
        Some(S::see(rust))
    }

    fn write(rust: Self::Rust) -> Option<Value> {
        Some(S::write(rust))
    }
}
