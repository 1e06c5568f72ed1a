//! The names of grants.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{KeyArn, as_text};
use crate::text::hex;

/// The id of a grant: 32 bytes, written as 64 hexadecimal digits (P2-364).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantId([u8; 32]);

impl GrantId {
    /// An id before every other, to begin a range with.
    pub(crate) const FIRST: Self = Self([0; 32]);

    /// The id that these random bytes make.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// How the id begins: ids that begin alike stand together in the order of ids.
    pub(crate) const fn beginning(&self) -> u16 {
        u16::from_be_bytes([self.0[0], self.0[1]]) >> 4
    }

    /// Reads 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }
}

impl fmt::Display for GrantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(&self.0, f)
    }
}

as_text!(GrantId);

/// The full name of a grant: grants of two keys may not share an id, but nobody promises it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantName {
    /// The key, in its Region: related multi-Region keys share no grants (P4-116).
    pub key: KeyArn,
    /// The id of the grant.
    pub id: GrantId,
}

impl GrantName {
    /// Reads `<key ARN> <grant id>`.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, id) = text.split_once(' ')?;
        Some(Self { key: KeyArn::parse(key)?, id: GrantId::parse(id)? })
    }
}

impl fmt::Display for GrantName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.id)
    }
}

as_text!(GrantName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_named_by_its_key_and_its_id() {
        let id = "0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60";
        let key = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let text = format!("{key} {id}");
        assert_eq!(GrantName::parse(&text).map(|name| name.to_string()), Some(text));
        for text in ["", id, key, &format!("{id} {key}"), &format!("{key} {}", id.to_uppercase())] {
            assert_eq!(GrantName::parse(text), None, "{text}");
        }
    }
}
