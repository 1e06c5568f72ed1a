//! One value of a request or a reply, whatever encoding it came in.

use std::{borrow::Cow, fmt, mem};

use zeroize::Zeroize;

use super::secret::{SecretBytes, wipe};
use crate::time::Time;

/// The members of a structure or map, in the order in which they stand.
pub type Members = Vec<(Name, Value)>;

/// The name of a member; the library's own names cost no allocation.
pub type Name = Cow<'static, str>;

/// A value of any encoding.
#[derive(Clone, Default, PartialEq)]
pub enum Value {
    /// Absent, or JSON's `null`.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text; in JSON also a blob in base64.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// Bytes that are erased when dropped, and never printed.
    Secret(SecretBytes),
    /// An instant; in JSON a number of seconds.
    Time(Time),
    /// Values in order.
    List(Vec<Value>),
    /// Named values in order.
    Map(Members),
}

impl Value {
    /// The member `name` of a map.
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A structure of the members that are there; the array is emptied.
    pub(crate) fn named(members: &mut [(&'static str, Option<Self>)]) -> Self {
        // Replies are wide, and most of their members are not there.
        let mut map = Members::with_capacity(members.iter().filter(|(_, value)| value.is_some()).count());
        for (name, value) in members {
            if let Some(value) = value.take() {
                map.push((Name::Borrowed(name), value));
            }
        }
        Self::Map(map)
    }

    /// How many there are, or the number by which something is counted. What is beyond 63 bits is the greatest number.
    pub fn count(number: impl TryInto<i64>) -> Self {
        Self::Int(number.try_into().unwrap_or(i64::MAX))
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The instant, if this is one or a number of seconds within the years 0001 to 9999.
    #[expect(clippy::cast_precision_loss, reason = "seconds beyond 53 bits lie beyond these years")]
    pub(crate) fn as_time(&self) -> Option<Time> {
        match self {
            Self::Time(time) => Some(*time),
            Self::Int(seconds) => Time::from_seconds(*seconds as f64),
            Self::Float(seconds) => Time::from_seconds(*seconds),
            _ => None,
        }
    }

    /// The bytes, if this is a blob or a secret.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Blob(bytes) => Some(bytes),
            Self::Secret(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// What kind of value this is, in the words of an error message.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::Blob(_) | Self::Secret(_) => "a blob",
            Self::Time(_) => "a timestamp",
            Self::List(_) => "a list",
            Self::Map(_) => "a structure",
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Blob(bytes) => write!(f, "<{} bytes>", bytes.len()),
            Self::Secret(bytes) => write!(f, "<{} secret bytes>", bytes.len()),
            Self::Time(time) => write!(f, "{time}"),
            Self::List(values) => f.debug_list().entries(values).finish(),
            Self::Map(members) => f.debug_map().entries(members.iter().map(|(k, v)| (k, v))).finish(),
        }
    }
}

impl Zeroize for Value {
    /// Wipes texts and bytes wherever they stand in the value, and leaves null. It does not recurse: a host may have
    /// built a value of any depth.
    fn zeroize(&mut self) {
        let mut inner = Vec::new();
        let mut next = Some(mem::take(self));
        while let Some(value) = next {
            match value {
                Self::List(values) => values.into_iter().for_each(|value| value.wipe_or_keep(&mut inner)),
                Self::Map(members) => members.into_iter().for_each(|(_, value)| value.wipe_or_keep(&mut inner)),
                scalar => scalar.wipe_or_keep(&mut inner),
            }
            next = inner.pop();
        }
    }
}

impl Value {
    /// Collects the elements of a list. Where one is refused, those before it are wiped.
    ///
    /// # Errors
    /// What `values` gives.
    pub fn list_of<E>(values: impl Iterator<Item = Result<Self, E>>) -> Result<Self, E> {
        let mut list = Vec::with_capacity(values.size_hint().0.min(64));
        for value in values {
            match value {
                Ok(value) => list.push(value),
                Err(error) => {
                    Self::List(list).zeroize();
                    return Err(error);
                }
            }
        }
        Ok(Self::List(list))
    }

    /// Collects the members of a structure. Where one is refused, those before it are wiped.
    ///
    /// # Errors
    /// What `members` gives.
    pub fn map_of<E>(members: impl Iterator<Item = Result<(String, Self), E>>) -> Result<Self, E> {
        let mut map = Members::with_capacity(members.size_hint().0.min(64));
        for member in members {
            match member {
                Ok((name, value)) => map.push((name.into(), value)),
                Err(error) => {
                    Self::Map(map).zeroize();
                    return Err(error);
                }
            }
        }
        Ok(Self::Map(map))
    }

    /// Wipes a scalar; keeps a list or map for later.
    fn wipe_or_keep(self, later: &mut Vec<Self>) {
        match self {
            Self::Text(text) => wipe(text.into_bytes()),
            Self::Blob(bytes) => wipe(bytes),
            Self::Secret(bytes) => drop(bytes),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::Time(_) => {}
            Self::List(_) | Self::Map(_) => later.push(self),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl<N: Into<Name>> FromIterator<(N, Self)> for Value {
    fn from_iter<I: IntoIterator<Item = (N, Self)>>(members: I) -> Self {
        Self::Map(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<const N: usize> From<[(&'static str, Self); N]> for Value {
    fn from(members: [(&'static str, Self); N]) -> Self {
        Self::from_iter(members)
    }
}
