//! The rows of aliases, accounts and key policies.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    names::{KeyId, Partition},
    policy::{Document, Kind, Malformed},
    time::Time,
};

/// An alias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasRow {
    /// The key in the same account and Region that the alias names.
    pub target: KeyId,
    /// When the alias was created.
    pub created: Time,
    /// When the alias last changed its key.
    pub updated: Time,
}

/// An account that owns keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The policy of keys that were created without one, for each partition in which the account has keys.
    pub default_policies: Vec<(Partition, Arc<PolicyRow>)>,
}

impl AccountRow {
    /// The policy of the account's keys in a partition that were created without one.
    pub fn default_policy(&self, partition: Partition) -> Option<&Arc<PolicyRow>> {
        self.default_policies.iter().find(|(of, _)| *of == partition).map(|(_, policy)| policy)
    }
}

/// A key policy: its text as it was given, the unique ids of its principals, and its compiled form.
#[derive(Clone)]
pub struct PolicyRow {
    text: String,
    /// The principals that were bound to a unique id when the policy was stored: a successor of the same name is
    /// somebody else.
    bound: Vec<(String, String)>,
    document: Document,
}

/// What of a policy is written down; the compiled form follows from it.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    bound: Cow<'a, [(String, String)]>,
}

impl PolicyRow {
    /// Reads a key policy.
    ///
    /// # Errors
    /// When the text is not a well-formed resource policy.
    pub fn parse(text: String) -> Result<Self, Malformed> {
        let document = Document::parse(&text, Kind::ResourcePolicy)?;
        Ok(Self { text, bound: Vec::new(), document })
    }

    /// Reads a key policy that was accepted before, perhaps by an older version, and the unique ids that its principals
    /// were bound to.
    ///
    /// # Errors
    /// When the text was never a resource policy.
    pub(super) fn stored(text: String, bound: Vec<(String, String)>) -> Result<Self, Malformed> {
        let document = Document::parse_stored(&text, Kind::ResourcePolicy)?;
        Ok(Self { text, bound: Vec::new(), document }.bound_to(bound))
    }

    /// The same policy, whose principals are from now on those of these ARNs and unique ids alone.
    #[must_use]
    pub fn bound_to(mut self, bound: Vec<(String, String)>) -> Self {
        let unique_id = |arn: &str| bound.iter().find(|(of, _)| of == arn).map(|(_, id)| id.clone());
        self.document.bind(unique_id);
        Self { bound, ..self }
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same policy with its text laid out anew.
    ///
    /// The rewriting must not change what the text means.
    #[must_use]
    pub(crate) fn rewritten(self, rewrite: impl Fn(&str) -> Option<String>) -> Self {
        let text = rewrite(&self.text).unwrap_or_else(|| self.text.clone());
        Self { text, ..self }
    }

    /// The compiled form.
    pub const fn document(&self) -> &Document {
        &self.document
    }
}

impl PartialEq for PolicyRow {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.bound) == (&other.text, &other.bound)
    }
}

impl Eq for PolicyRow {}

impl fmt::Debug for PolicyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyRow").field(&self.text).field(&self.bound).finish()
    }
}

impl Serialize for PolicyRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { text: Cow::from(&self.text), bound: Cow::from(&self.bound) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PolicyRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { text, bound } = Written::deserialize(deserializer)?;
        let policy = Self::stored(text.into_owned(), bound.into_owned());
        policy.map_err(|_| D::Error::custom("a stored key policy is malformed"))
    }
}
