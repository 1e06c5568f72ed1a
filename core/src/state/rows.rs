//! The rows of aliases, accounts and key policies.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

use super::stored::{Stored, later, member, stored};
use crate::{
    names::{KeyId, Partition},
    policy::{Document, Kind, Malformed},
    time::Time,
    wire::Value,
};

/// An alias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AliasRow {
    /// The key in the same account and Region that the alias names.
    pub target: KeyId,
    /// When the alias was created.
    pub created: Time,
    /// When the alias last changed its key.
    pub updated: Time,
}

/// An account that owns keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AccountRow {
    /// The policy of keys that were created without one, for each partition in which the account has keys.
    pub default_policies: Vec<(Partition, Arc<PolicyRow>)>,
    /// The partitions in which principals were registered in the account, and how many of them were removed since: there
    /// the account is not in trust mode any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registered: Vec<(Partition, u64)>,
    /// The id of the organization to which the account belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Box<str>>,
}

impl AccountRow {
    /// How many principals of the account were removed in a partition; `None` where none were ever registered.
    pub(super) fn removed(&self, partition: Partition) -> Option<u64> {
        self.registered.iter().find(|(of, _)| *of == partition).map(|(_, count)| *count)
    }

    /// The policy of the account's keys in a partition that were created without one.
    pub fn default_policy(&self, partition: Partition) -> Option<&Arc<PolicyRow>> {
        self.default_policies.iter().find(|(of, _)| *of == partition).map(|(_, policy)| policy)
    }
}

/// A policy: its text as it was given, what it is attached to, the unique ids of its principals, and its compiled form.
#[derive(Clone)]
pub struct PolicyRow {
    text: String,
    kind: Kind,
    document: Document,
}

/// What of a policy is written down: its text, its kind unless it is the policy of a resource, and the unique ids of the
/// principals in it that were bound to one when it was stored, for a successor of the same name is somebody else.
#[derive(Serialize)]
struct Written<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bound: Vec<(&'a str, &'a str)>,
}

impl PolicyRow {
    /// Reads a policy of a kind.
    ///
    /// # Errors
    /// When the text is not a well-formed policy of this kind.
    pub fn parse(text: String, kind: Kind) -> Result<Self, Malformed> {
        let document = Document::parse(&text, kind)?;
        Ok(Self { text, kind, document })
    }

    /// Reads a policy that was accepted before, whatever is accepted today, and binds its principals to the unique ids
    /// that they had.
    ///
    /// # Errors
    /// When the text never was a policy.
    pub(super) fn read(text: String, kind: Kind, bound: &[(String, String)]) -> Result<Self, Malformed> {
        let document = Document::parse_stored(&text, kind)?;
        let own = |arn: &str| bound.iter().find(|(of, _)| of == arn).map(|(_, id)| id.clone());
        Ok(Self { text, kind, document }.bound_to(own))
    }

    /// The same policy, its users and roles bound to the unique ids that they have now.
    #[must_use]
    pub(crate) fn bound_to(mut self, unique_id: impl FnMut(&str) -> Option<String>) -> Self {
        self.document.bind(unique_id);
        self
    }

    /// What it is attached to.
    pub const fn kind(&self) -> Kind {
        self.kind
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
        (&self.text, self.kind) == (&other.text, other.kind) && self.document.bound() == other.document.bound()
    }
}

impl Eq for PolicyRow {}

impl fmt::Debug for PolicyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyRow").field(&self.text).finish()
    }
}

impl Serialize for PolicyRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = (self.kind != Kind::ResourcePolicy).then(|| word(self.kind));
        Written { text: &self.text, kind, bound: self.document.bound() }.serialize(serializer)
    }
}

impl Stored for PolicyRow {
    fn stored(value: &Value) -> Option<Self> {
        let bound: Vec<(String, String)> = later(value, "bound")?;
        let kind: Option<String> = later(value, "kind")?;
        let named = |word_of: String| KINDS.into_iter().find(|kind| word(*kind) == word_of);
        let kind = kind.map_or(Some(Kind::ResourcePolicy), named)?;
        Self::read(member(value, "text")?, kind, &bound).ok()
    }
}

/// All kinds of policies.
const KINDS: [Kind; 6] = [
    Kind::ResourcePolicy,
    Kind::IdentityPolicy,
    Kind::SessionPolicy,
    Kind::ServiceControlPolicy,
    Kind::ResourceControlPolicy,
    Kind::EndpointPolicy,
];

/// The word for a kind of policy that is written down.
const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::ResourcePolicy => "resource",
        Kind::IdentityPolicy => "identity",
        Kind::SessionPolicy => "session",
        Kind::ServiceControlPolicy => "service-control",
        Kind::ResourceControlPolicy => "resource-control",
        Kind::EndpointPolicy => "endpoint",
    }
}

stored! {
    AliasRow { target, created, updated }
    AccountRow { default_policies; later registered, organization }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::stored::from_json;

    fn text(principal: &str, action: &str) -> String {
        format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"{action}","Resource":"*"}}}}"#
        )
    }

    #[test]
    fn a_policy_is_stored_with_the_unique_ids_of_its_principals() {
        let (arn, id) = ("arn:aws:iam::111122223333:user/ann", "AIDAEXAMPLE");
        let bound = [(arn.to_owned(), id.to_owned())];
        let policy = PolicyRow::read(text(arn, "kms:*"), Kind::ResourcePolicy, &bound).unwrap();
        let again: PolicyRow = from_json(&serde_json::to_vec(&policy).unwrap()).unwrap();
        assert_eq!(again.document().bound(), [(arn, id)]);
        assert!(again == policy && again != PolicyRow::parse(text(arn, "kms:*"), Kind::ResourcePolicy).unwrap());
    }

    #[test]
    fn a_policy_that_was_accepted_once_is_read_whatever_is_accepted_today() {
        let text = text("arn:aws:iam::111122223333:user/ann", "kms:*").replace("Allow", "Permit");
        assert!(PolicyRow::parse(text.clone(), Kind::ResourcePolicy).is_err());
        assert_eq!(PolicyRow::read(text.clone(), Kind::ResourcePolicy, &[]).unwrap().text(), text);
    }
}
