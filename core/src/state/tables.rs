//! The tables, declared once: from each line come the map, the change and its application.

use std::{
    hash::{BuildHasherDefault, DefaultHasher},
    sync::Arc,
};

use rpds::{HashTrieMapSync, RedBlackTreeMapSync as Sorted};
use serde::Serialize;

use super::{
    index::Index,
    rows::{AccountRow, AliasRow, KeyRow, MaterialRow, Policy},
};
use crate::{
    material::MaterialId,
    names::{AccountId, AliasArn, KeyArn},
};

/// A table without an order: among 100,000 rows one is found in three steps, where a sorted one takes seventeen.
type Hashed<K, V> = HashTrieMapSync<K, V, BuildHasherDefault<DefaultHasher>>;

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident / $change:ident : $map:ident of $key:ty => $row:ty;)+) => {
        /// Everything that a world of KMS knows.
        #[derive(Clone, Default)]
        pub struct State {
            $($(#[$doc])* pub(crate) $table: $map<$key, Arc<$row>>,)+
            pub(super) index: Index,
            revision: u64,
        }

        /// One row put or removed. Applying a change twice is the same as applying it once.
        #[derive(Clone, Debug, Serialize)]
        #[serde(tag = "table", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Change {
            $($(#[$doc])* $change {
                /// The name of the row.
                key: $key,
                /// The row as it is from now on; `None` removes it.
                row: Option<Arc<$row>>,
            },)+
        }

        impl State {
            fn write(&mut self, change: &Change) {
                match change {
                    $(Change::$change { key, row: Some(row) } => { self.$table.insert_mut(key.clone(), Arc::clone(row)); })+
                    $(Change::$change { key, row: None } => { self.$table.remove_mut(key); })+
                }
            }

            /// Every row as the change that puts it, in no particular order: the fold of these changes is this state.
            pub fn rows(&self) -> impl Iterator<Item = Change> + '_ {
                std::iter::empty()
                    $(.chain(self.$table.iter().map(|(key, row)| Change::$change { key: key.clone(), row: Some(Arc::clone(row)) })))+
            }
        }
    };
}

tables! {
    /// KMS keys without their secrets.
    keys / Keys: Hashed of KeyArn => KeyRow;
    /// The key policies that were given; every other key has the default one of its account.
    policies / Policies: Hashed of KeyArn => Policy;
    /// Aliases.
    aliases / Aliases: Sorted of AliasArn => AliasRow;
    /// Accounts that own keys.
    accounts / Accounts: Hashed of AccountId => AccountRow;
    /// Key material: the only table that holds secrets.
    materials / Materials: Hashed of MaterialId => MaterialRow;
}

impl State {
    /// Applies one change and keeps the indexes true.
    pub(crate) fn apply(&mut self, change: &Change) {
        self.unindex(change);
        self.write(change);
        self.reindex(change);
        self.revision += 1;
    }

    /// The policy of a key: the one that was given, or the default one of its account.
    pub(crate) fn policy_of(&self, key: &KeyArn) -> Option<&Arc<Policy>> {
        let default = || self.accounts.get(&key.account)?.default_policy(key.region.partition());
        self.policies.get(key).or_else(default)
    }

    /// How many changes have been applied so far.
    pub const fn revision(&self) -> u64 {
        self.revision
    }
}
