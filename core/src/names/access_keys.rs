//! The ids of access keys.

use std::fmt;

use serde::{Serialize, Serializer};

use super::AccountId;

/// The most characters of an id.
const LONGEST: usize = 32;

/// The id of an access key, such as `AKIAIOSFODNN7EXAMPLE`: letters, digits and underscores.
///
/// IAM's own have 20 characters, and its model allows 16 to 128. Here are 1 to 32 (a decision): tests sign with ids such
/// as `test`, and every name of a secret has room for one. Twelve digits are an account, and no id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessKeyId {
    // Bytes of zero behind the text keep the order that of the texts.
    bytes: [u8; LONGEST],
    length: u8,
}

impl AccessKeyId {
    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_word || text.is_empty() || AccountId::parse(text).is_some() {
            return None;
        }
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: u8::try_from(text.len()).ok()? })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // It was read from text.
        self.bytes.get(..usize::from(self.length)).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Whether it is one of temporary credentials, which are nothing without their session token.
    pub fn is_temporary(&self) -> bool {
        self.as_str().starts_with("ASIA")
    }
}

impl fmt::Display for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccessKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for AccessKeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_of_at_most_32_letters_in_the_order_of_their_texts() {
        for text in ["a", "AKIAIOSFODNN7EXAMPLE", "test_1", &"A".repeat(32)] {
            assert_eq!(AccessKeyId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "111122223333", "arn:aws:iam::111122223333:root", "s3.amazonaws.com", "a b", "é", &"A".repeat(33)]
        {
            assert_eq!(AccessKeyId::parse(text), None, "{text}");
        }
        let ids = ["A", "AA", "AB", "B"].map(AccessKeyId::parse);
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
