//! The rows of aliases and accounts, and how policies stand in JSON.

use std::sync::Arc;

use serde::Serialize;

use super::stored::{Stored, later, member, stored};
use crate::{
    names::{KeyId, Partition},
    policy::{Kind, PolicyRow},
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

impl Stored for PolicyRow {
    fn stored(value: &Value) -> Option<Self> {
        let bound: Vec<(String, String)> = later(value, "bound")?;
        let kind: Option<String> = later(value, "kind")?;
        let kind = kind.map_or(Some(Kind::ResourcePolicy), |name| Kind::parse(&name))?;
        Self::read(member(value, "text")?, kind, &bound).ok()
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
    fn a_policy_is_stored_with_its_kind() {
        let text = r#"{"Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}"#;
        for kind in Kind::ALL.iter().copied().filter(|kind| !kind.names_principals()) {
            let policy = PolicyRow::parse(text.to_owned(), kind).unwrap();
            let again: PolicyRow = from_json(&serde_json::to_vec(&policy).unwrap()).unwrap();
            assert!(again == policy && again.kind() == kind);
        }
    }

    #[test]
    fn a_policy_that_was_accepted_once_is_read_whatever_is_accepted_today() {
        let text = text("arn:aws:iam::111122223333:user/ann", "kms:*").replace("Allow", "Permit");
        assert!(PolicyRow::parse(text.clone(), Kind::ResourcePolicy).is_err());
        assert_eq!(PolicyRow::read(text.clone(), Kind::ResourcePolicy, &[]).unwrap().text(), text);
    }
}
