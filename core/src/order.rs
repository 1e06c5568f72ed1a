//! Sorting, once for all types: the library's own would stand in the module of a page again for each of them.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// The items in order; equal ones keep the order that they had.
pub fn sorted<T>(mut items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places(items.len(), &|one, other| compare(&items[one], &items[other]));
    arrange(places, &mut |one, other| items.swap(one, other));
    items
}

/// A map of items. Each is put in by itself, because a map that is collected sorts its items first.
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}

/// A set of items. Each is put in by itself, because a set that is collected sorts its items first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
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

/// Exchanges items until each place has the one of the place that is said. What is to be exchanged goes round in circles.
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for first in 0..places.len() {
        let mut place = first;
        loop {
            let next = std::mem::replace(&mut places[place], place);
            if next == first {
                break;
            }
            swap(place, next);
            place = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{map, set, sorted};

    #[test]
    fn items_are_sorted_and_equal_ones_keep_their_order() {
        let items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let expected = [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')];
        assert_eq!(sorted(items, |one, other| one.0.cmp(&other.0)), expected);
        assert!(sorted(Vec::<u8>::new(), Ord::cmp).is_empty());
    }

    #[test]
    fn every_order_of_few_items_is_sorted() {
        for seed in 0..5_usize.pow(5) {
            let items: Vec<usize> = (0..5).map(|place| seed / 5_usize.pow(place) % 5).collect();
            let mut expected: Vec<(usize, usize)> =
                items.iter().copied().enumerate().map(|(place, item)| (item, place)).collect();
            expected.sort_unstable();
            let items = items.into_iter().enumerate().map(|(place, item)| (item, place)).collect();
            assert_eq!(sorted(items, |one: &(usize, usize), other| one.0.cmp(&other.0)), expected);
        }
    }

    #[test]
    fn a_map_keeps_the_last_of_a_name() {
        assert!(map([('b', 1), ('a', 2), ('b', 3)]).into_iter().eq([('a', 2), ('b', 3)]));
    }

    #[test]
    fn a_set_holds_each_item_once() {
        assert_eq!(set(['b', 'a', 'b']).into_iter().collect::<String>(), "ab");
    }
}
