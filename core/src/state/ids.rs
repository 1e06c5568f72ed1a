//! Sets of random ids, in the order of the ids.

use std::sync::Arc;

use rpds::RedBlackTreeMapSync as Map;

use crate::names::{GrantId, KeyId};

/// An id that is mostly random.
pub(super) trait Id: Copy + Ord {
    /// How an id begins: ids that begin alike stand together in the order of ids.
    type Beginning: Copy + Ord;

    /// How this id begins.
    fn beginning(&self) -> Self::Beginning;
}

impl Id for KeyId {
    type Beginning = (bool, u16);

    fn beginning(&self) -> (bool, u16) {
        KeyId::beginning(self)
    }
}

impl Id for GrantId {
    type Beginning = u16;

    fn beginning(&self) -> u16 {
        GrantId::beginning(self)
    }
}

/// Ids in their order: those that begin alike stand in one list, of which 100,000 ids fill four thousand. A map of ids would
/// take several times the memory, and longer paths through it.
#[derive(Clone)]
pub(super) struct Ids<T: Id> {
    lists: Map<T::Beginning, Arc<[T]>>,
    count: usize,
}

impl<T: Id> Default for Ids<T> {
    fn default() -> Self {
        Self { lists: Map::new_sync(), count: 0 }
    }
}

impl<T: Id> Ids<T> {
    /// Takes an id in; whether it was not there.
    pub(super) fn insert(&mut self, id: T) -> bool {
        if let Some(list) = self.lists.get_mut(&id.beginning()) {
            let Err(place) = list.binary_search(&id) else { return false };
            *list = list[..place].iter().chain([&id]).chain(&list[place..]).copied().collect();
        } else {
            self.lists.insert_mut(id.beginning(), [id].into());
        }
        self.count += 1;
        true
    }

    /// Takes an id out; whether it was there.
    pub(super) fn remove(&mut self, id: T) -> bool {
        let Some(list) = self.lists.get_mut(&id.beginning()) else { return false };
        let Ok(place) = list.binary_search(&id) else { return false };
        if list.len() > 1 {
            *list = list[..place].iter().chain(&list[place + 1..]).copied().collect();
        } else {
            self.lists.remove_mut(&id.beginning());
        }
        self.count -= 1;
        true
    }

    pub(super) const fn len(&self) -> usize {
        self.count
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.lists.values().flat_map(|list| list.iter().copied())
    }

    /// The last one.
    pub(super) fn last(&self) -> Option<T> {
        self.lists.last()?.1.last().copied()
    }

    /// The ids behind this one.
    pub(super) fn behind(&self, first: T) -> impl Iterator<Item = T> + '_ {
        let lists = self.lists.range(first.beginning()..);
        lists.flat_map(|(_, list)| list.iter().copied()).skip_while(move |id| *id <= first)
    }
}
