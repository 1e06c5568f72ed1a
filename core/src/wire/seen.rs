//! Typed requests as their readers see them: by the names of members that the operation has, and no others.

use std::collections::BTreeMap;

use super::Shape;
use crate::time::Time;

/// One value of a typed request.
#[derive(Clone)]
pub enum Seen<'a> {
    /// Text, or one of the values of an enumeration.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A truth value.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// An instant, whatever form the host gave it in.
    Time(Time),
    /// Values in order.
    List(Vec<Seen<'a>>),
    /// Texts by name.
    Pairs(&'a BTreeMap<String, String>),
    /// A structure with members of its own.
    Structure(&'a dyn Typed),
}

/// A structure that has passed its shape.
///
/// Whatever is decided about a request is decided from this view: a member that the caller added, and that the
/// structure does not have, is not in it.
pub trait Typed {
    /// The member with this name on the wire; `None` where the request leaves it out or the structure has none such.
    fn member(&self, name: &str) -> Option<Seen<'_>>;
}

impl<'a> Seen<'a> {
    /// The text, if this is text.
    pub(crate) const fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list that `S` describes.
    pub(crate) fn list<S: Shape>(values: &'a [S::Rust]) -> Self {
        Self::List(values.iter().map(S::see).collect())
    }
}
