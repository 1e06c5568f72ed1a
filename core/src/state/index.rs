//! What can be derived from the tables, kept true by every change: deadlines, aliases by key, keys by place and in order.

use std::ops::Bound;

use rpds::RedBlackTreeMapSync as Map;

use super::{
    due::{self, Due},
    keys::{KeyRow, LineageId},
    tables::{Change, State},
};
use crate::{
    names::{AccountId, AliasArn, AliasName, KeyArn, KeyId, Region},
    time::Time,
};

/// The derived maps.
#[derive(Clone, Default)]
pub(super) struct Index {
    /// The keys of each account and Region. An account has few Regions and a Region many keys: an id alone is half as
    /// long as an ARN.
    keys: Map<(AccountId, Region), Map<KeyId, ()>>,
    due: Map<(Time, Due), ()>,
    aliases: Map<(KeyArn, AliasName), ()>,
}

impl State {
    /// Keeps the indexes true; the row that a change replaces is still there.
    pub(super) fn reindex(&mut self, change: &Change) {
        match change {
            Change::Keys { key, row } => {
                let former = self.keys.get(key).cloned();
                self.index.keys_changed(*key, former.as_deref(), row.as_deref());
            }
            Change::Aliases { key, row } => {
                let target = |id| KeyArn { account: key.account, region: key.region, id };
                if let Some(former) = self.aliases.get(key) {
                    self.index.aliases.remove_mut(&(target(former.target), key.name.clone()));
                }
                if let Some(row) = row {
                    self.index.aliases.insert_mut((target(row.target), key.name.clone()), ());
                }
            }
            _ => {}
        }
    }
}

impl Index {
    /// Most changes of a key touch neither its Regions nor its deadlines, and cost two comparisons here.
    fn keys_changed(&mut self, id: LineageId, former: Option<&KeyRow>, row: Option<&KeyRow>) {
        let regions = |row: Option<&KeyRow>| -> Vec<Region> {
            row.into_iter().flat_map(|row| &row.regions).map(|key| key.region).collect()
        };
        let deadlines = |row: Option<&KeyRow>| -> Vec<(Time, Due)> {
            row.into_iter().flat_map(|row| due::deadlines(id, row)).collect()
        };
        let (before, after) = (regions(former), regions(row));
        for region in before.iter().filter(|region| !after.contains(region)) {
            self.place(id, *region, |keys| {
                keys.remove_mut(&id.id);
            });
        }
        for region in after.iter().filter(|region| !before.contains(region)) {
            self.place(id, *region, |keys| keys.insert_mut(id.id, ()));
        }
        let (before, after) = (deadlines(former), deadlines(row));
        for gone in before.iter().filter(|due| !after.contains(due)) {
            self.due.remove_mut(gone);
        }
        for new in after.into_iter().filter(|due| !before.contains(due)) {
            self.due.insert_mut(new, ());
        }
    }

    /// Changes the keys of a place where they are: beside a second reference to them, every change would copy its path.
    fn place(&mut self, id: LineageId, region: Region, change: impl FnOnce(&mut Map<KeyId, ()>)) {
        let place = (id.account, region);
        if !self.keys.contains_key(&place) {
            self.keys.insert_mut(place, Map::default());
        }
        if let Some(keys) = self.keys.get_mut(&place) {
            change(keys);
        }
    }
}

/// What the indexes answer.
impl State {
    /// How many keys an account has in a Region, in every state (P5-501).
    pub(crate) fn key_count(&self, account: AccountId, region: Region) -> usize {
        self.index.keys.get(&(account, region)).map_or(0, Map::size)
    }

    /// The keys in an account and Region behind one of them, sorted.
    pub(crate) fn keys_in(&self, first: KeyArn) -> impl Iterator<Item = KeyArn> + '_ {
        let keys = self.index.keys.get(&(first.account, first.region));
        let behind = keys.map(|keys| keys.range((Bound::Excluded(first.id), Bound::Unbounded)));
        behind.into_iter().flatten().map(move |(id, ())| KeyArn { id: *id, ..first })
    }

    /// The names of the aliases of a key, sorted.
    pub(crate) fn aliases_of(&self, key: KeyArn) -> impl Iterator<Item = &AliasName> {
        let first = (key, AliasName::first());
        self.index
            .aliases
            .range(first..)
            .map(|((target, name), ())| (target, name))
            .take_while(move |(target, _)| **target == key)
            .map(|(_, name)| name)
    }

    /// The names of the aliases in an account and Region behind one of them, sorted.
    pub(crate) fn aliases_in(&self, first: &AliasArn) -> impl Iterator<Item = &AliasName> {
        let (account, region) = (first.account, first.region);
        let behind = self.aliases.range((Bound::Excluded(first.clone()), Bound::Unbounded)).map(|(arn, _)| arn);
        behind.take_while(move |arn| (arn.account, arn.region) == (account, region)).map(|arn| &arn.name)
    }

    /// What falls due first.
    pub(crate) fn first_due(&self) -> Option<(Time, Due)> {
        self.index.due.first().map(|(due, ())| *due)
    }
}
