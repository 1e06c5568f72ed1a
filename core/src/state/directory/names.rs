//! The names of principals: unique in an account whatever their path, and compared without case.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    names::{AccountId, Partition},
    state::stored::Stored,
    text::fields,
    wire::Value,
};

/// What kind of principal a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PrincipalType {
    /// An IAM user.
    User,
    /// A role.
    Role,
    /// A group of users. Policies never name one as a principal.
    Group,
}

impl PrincipalType {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::User, Self::Role, Self::Group];

    /// The kind as ARNs name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Role => "role",
            Self::Group => "group",
        }
    }

    /// How unique ids of the kind begin (IAM User Guide, "Unique identifiers").
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Role => "AROA",
            Self::Group => "AGPA",
        }
    }
}

/// The name of a principal, by which no other of its kind in the account goes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrincipalName {
    pub(super) account: AccountId,
    pub(super) partition: Partition,
    pub(super) kind: PrincipalType,
    /// In lower case: IAM compares names without case.
    name: Box<str>,
}

impl PrincipalName {
    /// The name of a principal; the path before it does not matter, nor its case.
    pub fn new(partition: Partition, account: AccountId, kind: PrincipalType, name: &str) -> Self {
        let name = name.rsplit('/').next().unwrap_or(name);
        Self { account, partition, kind, name: name.to_ascii_lowercase().into() }
    }

    /// Reads the ARN of a user, a role or a group, and gives its path and name as they stand: `/team/` and `Alice`.
    pub fn parse(arn: &str) -> Option<(Self, &str, &str)> {
        let ["arn", partition, "iam", "", account, resource] = fields(arn)? else { return None };
        let (kind, rest) = resource.split_at_checked(resource.find('/')?)?;
        let kind = PrincipalType::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let (path, name) = rest.split_at_checked(rest.rfind('/')? + 1)?;
        if name.is_empty() {
            return None;
        }
        Some((Self::new(Partition::parse(partition)?, AccountId::parse(account)?, kind, name), path, name))
    }

    /// Its account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The partition of its account.
    pub const fn partition(&self) -> Partition {
        self.partition
    }

    /// What it is the name of.
    pub const fn kind(&self) -> PrincipalType {
        self.kind
    }

    /// The principal's ARN.
    pub fn arn(&self, path: &str, name: &str) -> String {
        let (partition, account) = (self.partition.as_str(), self.account.text());
        ["arn:", partition, ":iam::", account.as_str(), ":", self.kind.as_str(), path, name].concat()
    }
}

impl fmt::Display for PrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn("/", &self.name))
    }
}

impl fmt::Debug for PrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PrincipalName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Stored for PrincipalName {
    fn stored(value: &Value) -> Option<Self> {
        Self::parse(value.as_text()?).map(|(name, _, _)| name)
    }
}
