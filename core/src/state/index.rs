//! What can be derived from the tables, kept true by every change: deadlines, aliases by key, keys by place and in order.

use std::ops::Bound;

use rpds::RedBlackTreeMapSync as Map;

use super::tables::{Change, State};
use crate::{
    material::MaterialId,
    names::{AccountId, AliasArn, AliasName, KeyArn, Region},
    time::Time,
};

/// The derived maps.
#[derive(Clone, Default)]
pub(super) struct Index {
    keys: Map<KeyArn, ()>,
    deadlines: Map<(Time, KeyArn), ()>,
    aliases: Map<(KeyArn, AliasName), ()>,
    counts: Map<(AccountId, Region), usize>,
}

impl State {
    /// Forgets what the row that a change replaces had put into the indexes.
    pub(super) fn unindex(&mut self, change: &Change) {
        match change {
            Change::Keys { key, .. } => {
                if let Some(row) = self.keys.get(key) {
                    for deadline in row.deadlines() {
                        self.index.deadlines.remove_mut(&(deadline, *key));
                    }
                    self.index.keys.remove_mut(key);
                    self.count(*key, |count| count.saturating_sub(1));
                }
            }
            Change::Aliases { key, .. } => {
                if let Some(row) = self.aliases.get(key) {
                    let target = KeyArn { account: key.account, region: key.region, id: row.target };
                    self.index.aliases.remove_mut(&(target, key.name.clone()));
                }
            }
            _ => {}
        }
    }

    /// Enters what the row of a change means for the indexes.
    pub(super) fn reindex(&mut self, change: &Change) {
        match change {
            Change::Keys { key, row: Some(row) } => {
                for deadline in row.deadlines() {
                    self.index.deadlines.insert_mut((deadline, *key), ());
                }
                self.index.keys.insert_mut(*key, ());
                self.count(*key, |count| count + 1);
            }
            Change::Aliases { key, row: Some(row) } => {
                let target = KeyArn { account: key.account, region: key.region, id: row.target };
                self.index.aliases.insert_mut((target, key.name.clone()), ());
            }
            _ => {}
        }
    }

    fn count(&mut self, key: KeyArn, change: impl Fn(usize) -> usize) {
        let place = (key.account, key.region);
        let count = change(self.key_count(key.account, key.region));
        self.index.counts.insert_mut(place, count);
    }

    /// How many keys an account has in a Region, in every state (P5-501).
    pub(crate) fn key_count(&self, account: AccountId, region: Region) -> usize {
        self.index.counts.get(&(account, region)).copied().unwrap_or(0)
    }

    /// The keys in an account and Region behind one of them, sorted.
    pub(crate) fn keys_in(&self, first: KeyArn) -> impl Iterator<Item = &KeyArn> {
        let behind = self.index.keys.range((Bound::Excluded(first), Bound::Unbounded)).map(|(arn, ())| arn);
        behind.take_while(move |arn| (arn.account, arn.region) == (first.account, first.region))
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

    /// The keys that have this material: one, or one in each Region of related multi-Region keys.
    pub(crate) fn keys_of(&self, material: &MaterialId) -> impl Iterator<Item = KeyArn> + '_ {
        let owner = self.materials.get(material).map(|row| (row.account, row.key));
        let places = owner.into_iter().flat_map(|(account, id)| {
            let regions = self.index.counts.keys().filter(move |(of, _)| *of == account);
            regions.map(move |(_, region)| KeyArn { account, region: *region, id })
        });
        places.filter(|arn| self.keys.contains_key(arn))
    }

    /// The earliest deadline and the key that it concerns.
    pub(crate) fn first_deadline(&self) -> Option<(Time, KeyArn)> {
        self.index.deadlines.first().map(|(deadline, ())| *deadline)
    }
}
