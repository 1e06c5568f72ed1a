//! What others still see of something that has changed, in a world in which changes show late.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

use super::{
    grants::GrantRow,
    keys::KeyRow,
    stored::{Stored, member},
};
use crate::{
    lags::Lag,
    material::MaterialId,
    names::{AccountId, AliasArn, GrantName, KeyArn, KeyId},
    policy::PolicyRow,
    time::Time,
    wire::Value,
};

/// Names what a lag hides of something, until an instant: those of one thing stand together in the order of their
/// instants, and the first of them is what others see.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct FormerName {
    /// The lag.
    pub lag: Lag,
    /// What has changed.
    pub of: Subject,
    /// When the change shows.
    pub until: Time,
}

/// What changes and shows late.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A key.
    Key(KeyArn),
    /// An alias.
    Alias(AliasArn),
    /// A grant.
    Grant(GrantName),
}

/// What others see instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FormerRow {
    /// Nothing: it is new.
    Absent,
    /// The key as it was; the lag says which part of it.
    Key(Arc<KeyRow>),
    /// The policy of the key.
    Policy(Arc<PolicyRow>),
    /// The key of the alias.
    Target(KeyId),
    /// The current key material of the key.
    Material(MaterialId),
    /// The grant, which has ended.
    Grant(Arc<GrantRow>),
}

impl FormerName {
    /// The account of what has changed.
    pub const fn account(&self) -> AccountId {
        match &self.of {
            Subject::Key(key) => key.account,
            Subject::Alias(alias) => alias.account,
            Subject::Grant(grant) => grant.key.account,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (lag, rest) = text.split_once(' ')?;
        let (until, of) = rest.split_once(' ')?;
        let alias = || AliasArn::parse(of).map(Subject::Alias);
        let grant = || GrantName::parse(of).map(Subject::Grant);
        Some(Self {
            lag: Lag::parse(lag)?,
            of: KeyArn::parse(of).map(Subject::Key).or_else(alias).or_else(grant)?,
            until: Time::from_millis(until.parse().ok()?),
        })
    }
}

impl fmt::Display for FormerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.lag.id(), self.until.millis())?;
        match &self.of {
            Subject::Key(key) => key.fmt(f),
            Subject::Alias(alias) => alias.fmt(f),
            Subject::Grant(grant) => grant.fmt(f),
        }
    }
}

impl fmt::Debug for FormerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for FormerName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Stored for FormerName {
    fn stored(value: &Value) -> Option<Self> {
        Self::parse(value.as_text()?)
    }
}

impl Stored for FormerRow {
    fn stored(value: &Value) -> Option<Self> {
        let Value::Map(members) = value else { return (value.as_text()? == "absent").then_some(Self::Absent) };
        let [(kind, _)] = &members[..] else { return None };
        match &**kind {
            "key" => member(value, kind).map(Self::Key),
            "policy" => member(value, kind).map(Self::Policy),
            "target" => member(value, kind).map(Self::Target),
            "material" => member(value, kind).map(Self::Material),
            "grant" => member(value, kind).map(Self::Grant),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Kind;
    use crate::state::stored::from_json;

    #[test]
    fn what_is_hidden_is_read_as_it_is_written() {
        let policy = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}"#;
        for row in [
            FormerRow::Absent,
            FormerRow::Policy(Arc::new(PolicyRow::parse(policy.to_owned(), Kind::ResourcePolicy).unwrap())),
            FormerRow::Target(KeyId::FIRST),
            FormerRow::Material(MaterialId([7; 32])),
        ] {
            assert_eq!(from_json::<FormerRow>(&serde_json::to_vec(&row).unwrap()), Some(row));
        }
        assert_eq!(from_json::<FormerRow>(br#"{"former":1}"#), None);
        for of in ["key/1234abcd-12ab-34cd-56ef-1234567890ab", "alias/a/b"] {
            let text = format!("alias-target 5 arn:aws:kms:us-east-1:111122223333:{of}");
            assert_eq!(FormerName::parse(&text).unwrap().to_string(), text);
        }
        assert_eq!(FormerName::parse("new-key 5 alias/a"), None);
    }
}
