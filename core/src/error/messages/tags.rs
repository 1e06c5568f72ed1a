//! Sentences about tags.

use crate::error::{Error, Exception};

impl Error {
    /// Two tags of one request have the same key. The sentence is AWS's (messages.md).
    pub(crate) fn duplicate_tags() -> Self {
        Self::new(Exception::TagException, "Duplicate tag keys")
    }

    /// A tag key with the prefix of AWS's own tags. The sentence is AWS's (recorded by LocalStack, PR #12142).
    pub(crate) fn reserved_tag() -> Self {
        Self::new(Exception::TagException, "Tags beginning with aws: are reserved")
    }

    /// More than 50 tags for one key (P1-239). The sentence is AWS's (recorded by LocalStack, PR #12142).
    pub(crate) fn too_many_tags() -> Self {
        Self::new(Exception::TagException, "Too many tags")
    }

    /// A tag with a character that tags do not have. The sentence is AWS's (OBS-1).
    pub(crate) fn invalid_tag() -> Self {
        Self::new(Exception::TagException, "Invalid tag")
    }
}
