//! The tables, declared once: from each line come the map, the change, its application, and what walks all tables.

use std::{fmt, sync::Arc};

use foldhash::fast::FixedState;
use rpds::{HashTrieMapSync, RedBlackTreeMapSync as Sorted};
use serde::Serialize;

use super::{
    access_keys::AccessKeyRow,
    copies::Copies,
    directory::{EndpointRow, OrganizationRow, PrincipalName, PrincipalRow},
    few::Few,
    former::{FormerName, FormerRow},
    grants::GrantRow,
    index::Index,
    keys::{Key, KeyRow, LineageId},
    rows::{AccountRow, AliasRow},
    secrets::{SecretName, SecretRow},
    settings::{SettingName, SettingRow},
    stored::{Stored, from_json, member},
    stores::{
        BackupRow, ClusterKeyName, ClusterKeyRow, ClusterRow, EndpointServiceRow, ExternalKeyRow, KeyStoreRow, ProxyRow,
    },
};
use crate::{
    names::{
        AccessKeyId, AccountId, AliasArn, BackupId, ClusterId, ExternalKeyName, GrantName, KeyArn, KeyStoreName,
        ProxyName,
    },
    order::sorted,
    policy::PolicyRow,
    shapes::KeyState,
    time::Time,
    wire::Value,
};

/// A table without an order: among 100,000 rows one is found in three steps, where a sorted one takes seventeen.
type Hashed<K, V> = HashTrieMapSync<K, V, FixedState>;

/// What is done with the rows of a table. Every table declares all of it, so that nothing is forgotten for a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own, which every table answers")]
#[non_exhaustive]
pub struct TableRules {
    /// Its name in changes and snapshots.
    pub name: &'static str,
    /// Whether its rows hold secrets, which leave the process only in the sealed lane of a snapshot.
    pub sealed: bool,
    /// Whether a snapshot keeps its rows.
    pub saved: bool,
    /// Whether a fork begins with its rows.
    pub forked: bool,
    /// Whether history gives its rows back as they were.
    pub in_history: bool,
    /// Whether the journal tells its changes.
    pub journaled: bool,
}

macro_rules! tables {
    ($(
        $(#[$doc:meta])*
        $table:ident / $change:ident : $map:ident of $key:ty => $row:ty {
            sealed: $sealed:literal, saved: $saved:literal, forked: $forked:literal, in_history: $in_history:literal,
            journaled: $journaled:literal, account: |$name:pat_param, $its:pat_param| $account:expr
        }
    )+) => {
        /// What is declared of every table, in the order in which snapshots write them.
        pub const TABLES: &[TableRules] = &[$(TableRules {
            name: stringify!($table),
            sealed: $sealed,
            saved: $saved,
            forked: $forked,
            in_history: $in_history,
            journaled: $journaled,
        },)+];

        /// Everything that a world of KMS knows.
        #[derive(Clone, Default)]
        pub struct State {
            $($(#[$doc])* pub(crate) $table: $map<$key, Arc<$row>>,)+
            pub(super) index: Index,
            revision: u64,
        }

        /// One row put or removed. Applying a change twice is the same as applying it once.
        ///
        /// [`Change::from_json`] reads its serialised form back as it was, save for secrets, which are not part of it.
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

        /// Which row a change is about.
        #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Place<'a> {
            $($change(&'a $key),)+
        }

        impl Stored for Change {
            fn stored(value: &Value) -> Option<Self> {
                let table: String = member(value, "table")?;
                match table.as_str() {
                    $(stringify!($table) => Line::stored(value).map(|Line { key, row }| Self::$change { key, row }),)+
                    _ => None,
                }
            }
        }

        impl Change {
            /// Reads the JSON of a change; `None` for everything else, also for a change of a table of later versions.
            /// Secrets are not read from it: they come from the sealed part of a snapshot alone.
            pub fn from_json(json: &[u8]) -> Option<Self> {
                from_json(json)
            }

            /// What is declared of the table that is changed.
            pub const fn rules(&self) -> &'static TableRules {
                let place = self.table();
                &TABLES[place]
            }

            const fn table(&self) -> usize {
                enum Order { $($change,)+ }
                match self { $(Self::$change { .. } => Order::$change as usize,)+ }
            }

            /// The account whose names and secrets stand in the row; `None` for a row that is gone and whose name does
            /// not tell, and for a setting of several accounts.
            pub fn account(&self) -> Option<AccountId> {
                match self {
                    $(Self::$change { key, row } => {
                        let ($name, $its) = (key, row.as_deref());
                        $account
                    })+
                }
            }

            pub(super) fn place(&self) -> Place<'_> {
                match self { $(Self::$change { key, .. } => Place::$change(key),)+ }
            }
        }

        impl State {
            fn write(&mut self, change: &Change) {
                match change {
                    $(Change::$change { key, row: Some(row) } => { self.$table.insert_mut(key.clone(), Arc::clone(row)); })+
                    $(Change::$change { key, row: None } => { self.$table.remove_mut(key); })+
                }
            }

            /// Whether the row is already as a change would have it.
            pub(super) fn is_as(&self, change: &Change) -> bool {
                match change {
                    $(Change::$change { key, row } => self.$table.get(key) == row.as_ref(),)+
                }
            }

            /// Every row of one table, by its place among [`TABLES`], in no particular order.
            fn unsorted(&self, table: usize) -> Vec<Change> {
                enum Order { $($change,)+ }
                let mut changes = Vec::new();
                $(if table == Order::$change as usize {
                    for (key, row) in self.$table.iter() {
                        changes.push(Change::$change { key: key.clone(), row: Some(Arc::clone(row)) });
                    }
                })+
                changes
            }
        }
    };
}

/// What a change or a mark says besides the table or the meter.
pub(super) struct Line<K, R> {
    pub(super) key: K,
    pub(super) row: R,
}

impl<K: Stored, R: Stored> Stored for Line<K, R> {
    fn stored(value: &Value) -> Option<Self> {
        Some(Self { key: member(value, "key")?, row: member(value, "row")? })
    }
}

tables! {
    /// The policies of keys that were created without one.
    accounts / Accounts: Few of AccountId => AccountRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(*name)
    }
    /// The key policies that were given; every other key has the default one of its account.
    policies / Policies: Hashed of KeyArn => PolicyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account)
    }
    /// KMS keys without their secrets: related multi-Region keys are one row.
    keys / Keys: Hashed of LineageId => KeyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account)
    }
    /// Aliases.
    aliases / Aliases: Sorted of AliasArn => AliasRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account)
    }
    /// Secrets: the only table that holds any. The Regions that hold one key material stand together.
    secrets / Secrets: Copies of SecretName => SecretRow {
        sealed: true, saved: true, forked: true, in_history: true, journaled: true,
        account: |_, row| row.map(|row| row.owner.account)
    }
    /// What the owner of the world has set.
    settings / Settings: Few of SettingName => SettingRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| name.account()
    }
    /// Grants. The index has those of one key together.
    grants / Grants: Hashed of GrantName => GrantRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.key.account)
    }
    /// What others still see of things that have changed, in a world in which changes show late. Sorted, so that what is
    /// seen of one thing stands together.
    former / Former: Sorted of FormerName => FormerRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account())
    }
    /// Users, roles and groups. Sorted, so that those of one account stand together.
    principals / Principals: Sorted of PrincipalName => PrincipalRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account())
    }
    /// Managed policies by their ARNs: those that were registered, and those of AWS that are attached to somebody.
    managed_policies / ManagedPolicies: Few of Box<str> => PolicyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |arn, _| account_of(arn)
    }
    /// Organizations by their ids. Which one an account belongs to stands with the account.
    organizations / Organizations: Few of Box<str> => OrganizationRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true,
        account: |_, row| row.map(|row| row.management)
    }
    /// VPC endpoints by their ids.
    endpoints / Endpoints: Few of Box<str> => EndpointRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true,
        account: |_, row| row.and_then(|row| row.owner)
    }
    /// Access keys: whom each of them names. Their secrets are among all others.
    access_keys / AccessKeys: Sorted of AccessKeyId => AccessKeyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true,
        account: |_, row| row.and_then(AccessKeyRow::account)
    }
    /// Custom key stores.
    key_stores / KeyStores: Few of KeyStoreName => KeyStoreRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |name, _| Some(name.account)
    }
    /// Simulated AWS CloudHSM clusters.
    clusters / Clusters: Few of ClusterId => ClusterRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |_, row| row.map(|row| row.account)
    }
    /// The keys in clusters. Sorted, so that those of one cluster stand together.
    cluster_keys / ClusterKeys: Sorted of ClusterKeyName => ClusterKeyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true,
        account: |_, row| row.map(|row| row.label.account)
    }
    /// The backups of clusters.
    backups / Backups: Few of BackupId => BackupRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |_, row| row.map(|row| row.account)
    }
    /// Simulated VPC endpoint services by their names.
    endpoint_services / EndpointServices: Few of Box<str> => EndpointServiceRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |_, row| row.map(|row| row.owner)
    }
    /// Proxies of external key stores that are simulated; they belong to no account. Their secrets are among all others.
    proxies / Proxies: Few of ProxyName => ProxyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |_, _| None
    }
    /// The keys that these proxies show. Sorted, so that those of one proxy stand together.
    external_keys / ExternalKeys: Sorted of ExternalKeyName => ExternalKeyRow {
        sealed: false, saved: true, forked: true, in_history: true, journaled: true, account: |_, _| None
    }
}

/// The account in an ARN; those of AWS's own policies have none.
fn account_of(arn: &str) -> Option<AccountId> {
    arn.split(':').nth(4).and_then(AccountId::parse)
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Change {
    /// The change without its secret: what a journal may keep.
    pub(crate) fn open(&self) -> Self {
        match self {
            Self::Secrets { key, row: Some(row) } => {
                let row = SecretRow { secret: None, ..SecretRow::clone(row) };
                Self::Secrets { key: *key, row: Some(Arc::new(row)) }
            }
            change => change.clone(),
        }
    }
}

impl State {
    /// Applies one change and keeps the indexes true.
    pub(crate) fn apply(&mut self, change: &Change) {
        self.reindex(change);
        self.write(change);
        self.revision += 1;
    }

    /// Every row as the change that puts it, in no particular order: the fold of these changes is this state.
    pub fn rows(&self) -> impl Iterator<Item = Change> + '_ {
        (0..TABLES.len()).flat_map(|table| self.unsorted(table))
    }

    /// Every row of one table, by its place among [`TABLES`], in the order of their names.
    pub(super) fn rows_of(&self, table: usize) -> Vec<Change> {
        // A hashed table has another order on every machine.
        sorted(self.unsorted(table), |one, other| one.place().cmp(&other.place()))
    }

    /// The same state with changes in it.
    pub(super) fn with(mut self, changes: &[Change]) -> Self {
        for change in changes {
            self.apply(change);
        }
        self
    }

    /// A key of one Region.
    pub fn key(&self, arn: &KeyArn) -> Option<Key> {
        Key::of(self.keys.get(&LineageId::of(*arn))?, arn)
    }

    /// The state of a key at an instant (LIF-269, CKS-304).
    pub fn key_state(&self, arn: &KeyArn, now: Time) -> Option<KeyState> {
        self.key(arn).map(|key| self.state_of(&key, now))
    }

    /// The policy of a key: the one that was given, or the default one of its account.
    pub(crate) fn policy_of(&self, key: &KeyArn) -> Option<&Arc<PolicyRow>> {
        let default = || self.accounts.get(&key.account)?.default_policy(key.region.partition());
        self.policies.get(key).or_else(default)
    }

    /// How many changes have been applied so far.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The same state at another revision: a snapshot keeps it, and changes of one row count once.
    pub(crate) const fn at_revision(mut self, revision: u64) -> Self {
        self.turn_to(revision);
        self
    }

    /// Goes on from another revision.
    pub(super) const fn turn_to(&mut self, revision: u64) {
        self.revision = revision;
    }
}
