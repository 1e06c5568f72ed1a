//! Sorting, once for all types: the library's own would stand in the module of a page again for each of them.

use std::{cmp::Ordering, collections::BTreeSet};

/// The items in order; equal ones keep the order that they had.
pub(crate) fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items[place].take()).collect()
}

/// A set of items. Each is put in by itself, because a set that is collected sorts its items first.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The places of items in the order of the items.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::{set, sorted};

    #[test]
    fn items_are_sorted_and_equal_ones_keep_their_order() {
        let items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let expected = [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')];
        assert_eq!(sorted(items, |one, other| one.0.cmp(&other.0)), expected);
        assert!(sorted(Vec::<u8>::new(), Ord::cmp).is_empty());
    }

    #[test]
    fn a_set_holds_each_item_once() {
        assert_eq!(set(['b', 'a', 'b']).into_iter().collect::<String>(), "ab");
    }
}
