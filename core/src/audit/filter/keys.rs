//! The names of keys in a filter.

use std::fmt;

use crate::{
    names::{AccountId, AliasArn, KeyArn, KeyId, KeyRef, Region},
    state::State,
};

/// A key as a filter means it.
#[derive(Clone, Debug)]
pub(crate) enum KeyName {
    /// Every key of this id: of a multi-Region key, all that are related.
    Id(KeyId),
    /// A key.
    Arn(KeyArn),
    /// An alias that belongs to no key now: records that have used it are meant.
    Alias(String),
}

impl KeyName {
    /// The keys that a name means: an alias means the key to which it belongs now.
    pub(super) fn of(name: &KeyRef, state: &State, account: Option<AccountId>, region: Option<Region>) -> Vec<Self> {
        let here = |arn: &AliasArn| {
            account.is_none_or(|account| arn.account == account) && region.is_none_or(|region| arn.region == region)
        };
        let targets: Vec<Self> = match name {
            KeyRef::Id(id) => return vec![Self::Id(*id)],
            KeyRef::Arn(arn) => return vec![Self::Arn(*arn)],
            KeyRef::AliasArn(alias) => {
                let row = state.aliases.get(alias);
                row.map(|row| Self::in_place_of(alias, row.target)).into_iter().collect()
            }
            KeyRef::AliasName(name) => {
                let all = state.aliases.iter().filter(|(arn, _)| arn.name == *name && here(arn));
                all.map(|(arn, row)| Self::in_place_of(arn, row.target)).collect()
            }
        };
        if targets.is_empty() { vec![Self::Alias(name.to_string())] } else { targets }
    }

    fn in_place_of(alias: &AliasArn, id: KeyId) -> Self {
        Self::Arn(KeyArn { account: alias.account, region: alias.region, id })
    }

    /// Whether this names a key.
    pub(super) fn fits(&self, key: &KeyArn) -> bool {
        match self {
            Self::Id(id) => key.id == *id,
            Self::Arn(arn) => key == arn,
            Self::Alias(_) => false,
        }
    }

    /// Whether an index knows the key.
    pub(super) const fn is_marked(&self) -> bool {
        !matches!(self, Self::Alias(_))
    }

    /// The mark under which an index has the key.
    pub(crate) fn mark(&self) -> Option<u32> {
        match self {
            Self::Id(id) => Some(mark_of(id)),
            Self::Arn(arn) => Some(mark_of(&arn.id)),
            Self::Alias(_) => None,
        }
    }
}

/// The mark of a key in an index: some of the random bits of its id. Keys with the same mark are told apart later.
pub(crate) fn mark_of(id: &KeyId) -> u32 {
    let (_, bytes) = id.parts();
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Arn(arn) => arn.fmt(f),
            Self::Alias(name) => f.write_str(name),
        }
    }
}
