//! A sorted map for tables of few rows.

use std::{borrow::Borrow, sync::Arc};

/// Rows in the order of their names, in one vector that a fork shares until either side changes it. To change one copies
/// all of them, so it is for what a host registers by the dozen; in the module of a page it takes a tenth of what a tree
/// does.
#[derive(Clone, Debug)]
pub(crate) struct Few<K, V> {
    rows: Arc<Vec<(K, V)>>,
}

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self { rows: Arc::default() }
    }
}

impl<K: Ord + Clone, V: Clone> Few<K, V> {
    /// Where a row stands, or would stand.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.rows.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }

    pub(crate) fn entry<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.rows.get(place).map(|(key, row)| (key, row))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|(_, row)| row)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in the order of their names.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows.iter().map(|(key, row)| (key, row))
    }

    pub(crate) fn insert_mut(&mut self, key: K, row: V) {
        let place = self.place(&key);
        let rows = Arc::make_mut(&mut self.rows);
        match place {
            Ok(place) => rows[place].1 = row,
            Err(place) => rows.insert(place, (key, row)),
        }
    }

    pub(crate) fn remove_mut(&mut self, key: &K) -> bool {
        let place = self.place(key);
        place.map(|place| Arc::make_mut(&mut self.rows).remove(place)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn rows_stand_in_order_and_each_name_once() {
        let mut few = Few::default();
        for (key, row) in [("c", 1), ("a", 2), ("b", 3), ("a", 4)] {
            few.insert_mut(key, row);
        }
        assert!(few.iter().eq([(&"a", &4), (&"b", &3), (&"c", &1)]));
        assert!(few.remove_mut(&"b") && !few.remove_mut(&"b") && !few.contains_key("b"));
        assert!(few.iter().eq([(&"a", &4), (&"c", &1)]));
    }

    #[test]
    fn a_copy_keeps_what_the_other_changes() {
        let mut few = Few::default();
        few.insert_mut(1, "one");
        let copy = few.clone();
        few.insert_mut(2, "two");
        few.remove_mut(&1);
        assert!(copy.iter().eq([(&1, &"one")]) && few.iter().eq([(&2, &"two")]));
    }
}
