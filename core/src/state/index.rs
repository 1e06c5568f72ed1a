//! What can be derived from the tables, kept true by every change: deadlines, aliases by key, keys by place and in order.

use std::{iter, ops::Bound};

use rpds::RedBlackTreeMapSync as Map;
use smallvec::SmallVec;

use super::{
    due::{self, Due},
    former::{FormerName, FormerRow, Subject},
    grants::GrantIndex,
    ids::Ids,
    keys::{KeyRow, LineageId, RegionalKey},
    secrets::SecretName,
    stores::KeyStoreRow,
    tables::{Change, State},
};
use crate::{
    names::{AccountId, AliasArn, AliasName, KeyArn, KeyId, KeyStoreName, Partition, Region},
    shapes::KeyManagerType,
    time::Time,
};

/// The derived maps.
#[derive(Clone, Default)]
pub(super) struct Index {
    /// The keys of each account and Region.
    keys: Map<(AccountId, Region), Keys>,
    due: Map<(Time, Due), ()>,
    /// What shows, and when.
    hidden: Map<(Time, FormerName), ()>,
    aliases: Map<(KeyArn, AliasName), ()>,
    pub(super) grants: GrantIndex,
    /// Whether a key has ever had a schedule.
    pub(super) has_schedules: bool,
    /// The keys in custom key stores, by the keys behind them.
    in_stores: Map<(KeyStoreName, Box<str>), KeyId>,
}

/// The keys of an account in a Region.
#[derive(Clone, Default)]
struct Keys {
    ids: Ids<KeyId>,
    /// How many of them are customer managed.
    count: usize,
}

impl Keys {
    fn insert(&mut self, id: KeyId, is_customers: bool) {
        if self.ids.insert(id) {
            self.count += usize::from(is_customers);
        }
    }

    fn remove(&mut self, id: KeyId, is_customers: bool) {
        if self.ids.remove(id) {
            self.count -= usize::from(is_customers);
        }
    }
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
            Change::Grants { key, row } => {
                let former = self.grants.get(key).cloned();
                self.index.grants.changed(*key, former.as_deref(), row.as_deref());
                match (&former, row) {
                    (_, Some(row)) => self.index.grants.reaches(*key, row),
                    (Some(former), None) => self.index.grants.ends(*key, former),
                    (None, None) => {}
                }
            }
            Change::Secrets { key: SecretName::RotationSeed(..), .. } => self.index.has_schedules = true,
            Change::KeyStores { key, row } => {
                let until = |row: &KeyStoreRow| row.connection.until().map(|until| (until, Due::Connection(*key)));
                if let Some(former) = self.key_stores.get(key).and_then(|row| until(row)) {
                    self.index.due.remove_mut(&former);
                }
                if let Some(new) = row.as_deref().and_then(until) {
                    self.index.due.insert_mut(new, ());
                }
            }
            Change::Former { key, row } => {
                self.ended_changed(key, row.as_deref());
                let place = (key.until, key.clone());
                match row {
                    Some(_) => self.index.hidden.insert_mut(place, ()),
                    None => drop(self.index.hidden.remove_mut(&place)),
                }
            }
            _ => {}
        }
    }
}

impl State {
    /// Keeps grants in the index that have ended and are not known to have.
    fn ended_changed(&mut self, name: &FormerName, row: Option<&FormerRow>) {
        let Subject::Grant(grant) = name.of else { return };
        match (row, self.former.get(name).cloned().as_deref()) {
            (Some(FormerRow::Grant(row)), _) => self.index.grants.reaches(grant, row),
            (None, Some(FormerRow::Grant(former))) if !self.grants.contains_key(&grant) => {
                self.index.grants.ends(grant, former);
            }
            _ => {}
        }
    }
}

impl Index {
    /// Most changes of a key touch neither its Regions nor its deadlines, and cost two comparisons here.
    fn keys_changed<'a>(&mut self, id: LineageId, former: Option<&'a KeyRow>, row: Option<&'a KeyRow>) {
        let beside = |row: Option<&'a KeyRow>, other: Option<&'a KeyRow>| {
            let is_there = move |key: &RegionalKey| {
                other.is_some_and(|other| other.regions.iter().any(|its| its.region == key.region))
            };
            let own = row.into_iter().flat_map(|row| &row.regions);
            own.filter(move |key| !is_there(key)).map(|key| key.region)
        };
        let deadlines = |row: Option<&KeyRow>| -> SmallVec<[(Time, Due); 1]> {
            row.into_iter().flat_map(|row| due::deadlines(id, row)).collect()
        };
        let is_customers = former.or(row).is_some_and(|row| row.manager == KeyManagerType::Customer);
        for gone in beside(former, row) {
            self.place(id, gone, |keys| keys.remove(id.id, is_customers));
        }
        for new in beside(row, former) {
            self.place(id, new, |keys| keys.insert(id.id, is_customers));
        }
        // A key stays in its store, over the same key behind it, until it is deleted.
        match (former.and_then(|row| in_store(id, row)), row.and_then(|row| in_store(id, row))) {
            (None, Some(place)) => self.in_stores.insert_mut(place, id.id),
            (Some(place), None) => drop(self.in_stores.remove_mut(&place)),
            _ => {}
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
    fn place(&mut self, id: LineageId, region: Region, change: impl FnOnce(&mut Keys)) {
        let place = (id.account, region);
        if !self.keys.contains_key(&place) {
            self.keys.insert_mut(place, Keys::default());
        }
        if let Some(keys) = self.keys.get_mut(&place) {
            change(keys);
        }
    }
}

/// The custom key store that a key is in, and the key behind it.
fn in_store(id: LineageId, row: &KeyRow) -> Option<(KeyStoreName, Box<str>)> {
    let (key, own) = row.in_store.as_ref().zip(row.regions.first())?;
    Some((KeyStoreName { account: id.account, region: own.region, id: key.store }, key.backing.clone()))
}

/// What the indexes answer.
impl State {
    /// The key of a custom key store over this key behind it.
    pub fn key_over(&self, store: KeyStoreName, backing: &str) -> Option<KeyArn> {
        let id = self.index.in_stores.get(&(store, backing.into()))?;
        Some(KeyArn { account: store.account, region: store.region, id: *id })
    }

    /// The keys in a custom key store, in every state, each with the key behind it.
    pub fn keys_in_store(&self, store: KeyStoreName) -> impl Iterator<Item = (&str, KeyArn)> {
        let behind = self.index.in_stores.range((store, Box::default())..);
        let behind = behind.take_while(move |((of, _), _)| *of == store);
        behind.map(move |((_, backing), id)| {
            (&**backing, KeyArn { account: store.account, region: store.region, id: *id })
        })
    }

    /// How many customer managed keys an account has in a Region, in every state (P5-501).
    pub(crate) fn key_count(&self, account: AccountId, region: Region) -> usize {
        self.index.keys.get(&(account, region)).map_or(0, |keys| keys.count)
    }

    /// The keys in an account and Region behind one of them, sorted.
    pub(crate) fn keys_in(&self, first: KeyArn) -> impl Iterator<Item = KeyArn> + '_ {
        let keys = self.index.keys.get(&(first.account, first.region));
        let behind = keys.into_iter().flat_map(move |keys| keys.ids.behind(first.id));
        behind.map(move |id| KeyArn { id, ..first })
    }

    /// Whether an account has multi-Region keys in the Regions of a partition.
    pub(crate) fn has_multi_region_keys(&self, account: AccountId, partition: Partition) -> bool {
        let places = self.index.keys.range((account, Region::FIRST)..).take_while(|((owner, _), _)| *owner == account);
        // Their ids stand behind those of all others.
        let last = |keys: &Keys| keys.ids.last().is_some_and(|id| id.is_multi_region());
        places.filter(|((_, region), _)| region.partition() == partition).any(|(_, keys)| last(keys))
    }

    /// All keys behind one of them, by account and Region.
    pub(crate) fn all_keys(&self, behind: KeyArn) -> impl Iterator<Item = KeyArn> + '_ {
        let places = self.index.keys.range((behind.account, behind.region)..);
        places.flat_map(move |(&(account, region), keys)| {
            let is_first = (account, region) == (behind.account, behind.region);
            let first = if is_first { behind.id } else { KeyId::FIRST };
            keys.ids.behind(first).map(move |id| KeyArn { account, region, id })
        })
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

    /// The customer managed key of an account and Region that has the most aliases, and how many it has (P5-502).
    pub(crate) fn most_aliases(&self, account: AccountId, region: Region) -> Option<(KeyArn, usize)> {
        let first = (KeyArn { account, region, id: KeyId::FIRST }, AliasName::first());
        let keys = self.index.aliases.range(first..).map(|((key, _), ())| *key);
        let keys = keys.take_while(|key| (key.account, key.region) == (account, region));
        let is_customers = |key: &KeyArn| {
            self.keys.get(&LineageId::of(*key)).is_some_and(|row| row.manager == KeyManagerType::Customer)
        };
        let (mut most, mut last) = (None, None);
        for key in keys.filter(is_customers) {
            let count = last.filter(|(before, _)| *before == key).map_or(1, |(_, count)| count + 1);
            last = Some((key, count));
            most = most.filter(|(_, greatest)| *greatest >= count).or(last);
        }
        most
    }

    /// The names of the aliases in an account and Region behind one of them, sorted.
    pub(crate) fn aliases_in(&self, first: &AliasArn) -> impl Iterator<Item = &AliasName> {
        let (account, region) = (first.account, first.region);
        let behind = self.aliases.range((Bound::Excluded(first.clone()), Bound::Unbounded)).map(|(arn, _)| arn);
        behind.take_while(move |arn| (arn.account, arn.region) == (account, region)).map(|arn| &arn.name)
    }

    /// What falls due first.
    pub(crate) fn first_due(&self) -> Option<(Time, Due)> {
        let due = self.index.due.first().map(|(due, ())| *due);
        let shows = self.first_hidden().map(|name| (name.until, Due::Visible(name.lag)));
        due.into_iter().chain(shows).min()
    }

    /// Everything that falls due, in the order in which it does as things stand.
    pub fn deadlines(&self) -> impl Iterator<Item = (Time, Due)> + '_ {
        let mut due = self.all_due().peekable();
        let shows = self.index.hidden.keys().map(|(at, name)| (*at, Due::Visible(name.lag)));
        let mut shows = shows.peekable();
        iter::from_fn(move || match (due.peek(), shows.peek()) {
            (Some(one), Some(other)) if other < one => shows.next(),
            (Some(_), _) => due.next(),
            (None, _) => shows.next(),
        })
    }

    /// Everything that falls due, save for what shows then.
    pub(crate) fn all_due(&self) -> impl Iterator<Item = (Time, Due)> + '_ {
        self.index.due.keys().copied()
    }

    /// What shows first.
    pub(crate) fn first_hidden(&self) -> Option<&FormerName> {
        self.index.hidden.first().map(|((_, name), ())| name)
    }
}
