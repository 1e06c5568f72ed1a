//! The ids of AWS CloudHSM clusters and of their backups.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{as_text, in_place};

/// How many characters stand behind the kind of thing.
const LENGTHS: std::ops::RangeInclusive<usize> = 11..=16;

/// The id of an AWS CloudHSM cluster, such as `cluster-2ab3cdefghi` (CKS-313).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId([u8; 24]);

in_place!(ClusterId, 24);

impl ClusterId {
    /// Reads `cluster-[2-7a-zA-Z]{11,16}`, the pattern of the API model.
    pub fn parse(text: &str) -> Option<Self> {
        is_id(text, "cluster-").then(|| Self::padded(text))
    }

    /// The id that random bytes give.
    pub(crate) fn new(random: [u8; 11]) -> Self {
        Self::padded(&id("cluster-", random))
    }
}

/// The id of a backup of a cluster, such as `backup-2ab3cdefghi`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackupId([u8; 23]);

in_place!(BackupId, 23);

impl BackupId {
    /// Reads `backup-[2-7a-zA-Z]{11,16}`, the pattern of CloudHSM's API.
    pub fn parse(text: &str) -> Option<Self> {
        is_id(text, "backup-").then(|| Self::padded(text))
    }

    /// The id that random bytes give.
    pub(crate) fn new(random: [u8; 11]) -> Self {
        Self::padded(&id("backup-", random))
    }
}

fn is_id(text: &str, kind: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'2'..=b'7');
    text.strip_prefix(kind).is_some_and(|id| LENGTHS.contains(&id.len()) && id.bytes().all(is_character))
}

/// An id of lower-case letters and digits, five bits of each byte.
fn id(kind: &str, random: [u8; 11]) -> String {
    const CHARACTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    let character = |byte: u8| char::from(CHARACTERS[usize::from(byte % 32)]);
    kind.chars().chain(random.into_iter().map(character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_characters_of_the_model_and_eleven_to_sixteen_of_them() {
        for text in ["cluster-2ab3cdefghi", "cluster-ABCDEFGHIJKLMNOP"] {
            assert_eq!(ClusterId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "cluster-",
            "cluster-1a23b4cdefg",
            "cluster-2ab3cdefgh",
            "cluster-ABCDEFGHIJKLMNOPQ",
            "backup-2ab3cdefghi",
        ] {
            assert_eq!(ClusterId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn ids_from_random_bytes_are_ids() {
        for byte in 0..=255 {
            let (cluster, backup) = (ClusterId::new([byte; 11]), BackupId::new([byte; 11]));
            assert_eq!(ClusterId::parse(cluster.as_str()), Some(cluster));
            assert_eq!(BackupId::parse(backup.as_str()), Some(backup));
        }
    }
}
