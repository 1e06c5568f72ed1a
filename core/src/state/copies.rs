//! The table of secrets as a map: key materials are found by the hash of their names, every other secret in order.
//!
//! There are as many materials as keys. In a sorted map of 100,000 each would be seventeen steps away, nearly every one of
//! which waits for memory; the hash of its name leads there in three.

use std::{iter, ops::RangeInclusive, sync::Arc};

use foldhash::fast::FixedState;
use rpds::{HashTrieMapSync, RedBlackTreeMapSync};

use super::secrets::SecretName;
use crate::{material::MaterialId, names::Region, order::sorted};

/// Rows by the names of secrets. The Regions that hold one key material stand together.
#[derive(Clone)]
pub(crate) struct Copies<K: Ord, V> {
    materials: HashTrieMapSync<MaterialId, Held<V>, FixedState>,
    others: RedBlackTreeMapSync<K, V>,
    /// How many rows the materials have.
    copies: usize,
}

/// The rows of one key material, one for each Region that holds it.
#[derive(Clone)]
enum Held<V> {
    /// Nearly every material has one.
    One(Region, V),
    /// In the order of the Regions.
    Several(Arc<[(Region, V)]>),
}

impl<V: Clone> Held<V> {
    fn iter(&self) -> impl Iterator<Item = (Region, &V)> {
        let (one, several) = match self {
            Self::One(region, row) => (Some((*region, row)), &[][..]),
            Self::Several(rows) => (None, &rows[..]),
        };
        one.into_iter().chain(several.iter().map(|(region, row)| (*region, row)))
    }

    /// Rows in the order of their Regions.
    fn of(rows: Vec<(Region, V)>) -> Self {
        match <[_; 1]>::try_from(rows) {
            Ok([(region, row)]) => Self::One(region, row),
            Err(rows) => Self::Several(rows.into()),
        }
    }

    /// The rows of all Regions but one.
    fn without(&self, region: Region) -> Vec<(Region, V)> {
        self.iter().filter(|(other, _)| *other != region).map(|(other, row)| (other, row.clone())).collect()
    }

    /// Puts the row of a Region, and says whether it had none.
    fn put(&mut self, region: Region, row: V) -> bool {
        match self {
            // In its place: to put it in anew would take memory, and give some back.
            Self::One(of, held) if *of == region => {
                *held = row;
                false
            }
            _ => {
                let before = self.iter().count();
                let mut rows = self.without(region);
                rows.insert(rows.partition_point(|(other, _)| *other < region), (region, row));
                let is_new = rows.len() > before;
                *self = Self::of(rows);
                is_new
            }
        }
    }
}

impl<V> Default for Copies<SecretName, V> {
    fn default() -> Self {
        Self { materials: HashTrieMapSync::default(), others: RedBlackTreeMapSync::default(), copies: 0 }
    }
}

impl<V: Clone> Copies<SecretName, V> {
    /// How many names there are.
    pub(crate) fn size(&self) -> usize {
        self.copies + self.others.size()
    }

    pub(crate) fn get(&self, name: &SecretName) -> Option<&V> {
        match name {
            SecretName::Material(id, region) => self.of(*id).find(|(other, _)| other == region).map(|(_, row)| row),
            _ => self.others.get(name),
        }
    }

    pub(crate) fn contains_key(&self, name: &SecretName) -> bool {
        self.get(name).is_some()
    }

    /// The rows of a key material in the order of their Regions.
    pub(crate) fn of(&self, id: MaterialId) -> impl Iterator<Item = (Region, &V)> {
        self.materials.get(&id).into_iter().flat_map(Held::iter)
    }

    /// Names in order, of which none is a material's.
    pub(crate) fn others(&self, names: RangeInclusive<SecretName>) -> impl Iterator<Item = &SecretName> {
        self.others.range(names).map(|(name, _)| name)
    }

    /// The rows in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SecretName, &V)> {
        let materials = self.materials.iter().flat_map(|(id, held)| iter::repeat(*id).zip(held.iter()));
        let materials = materials.map(|(id, (region, row))| (SecretName::Material(id, region), row));
        materials.chain(self.others.iter().map(|(name, row)| (*name, row)))
    }

    /// The rows in the order of their names.
    pub(crate) fn sorted(&self) -> Vec<(SecretName, &V)> {
        sorted(self.iter().collect(), |(one, _), (other, _)| one.cmp(other))
    }

    pub(crate) fn insert_mut(&mut self, name: SecretName, row: V) {
        let SecretName::Material(id, region) = name else { return self.others.insert_mut(name, row) };
        let is_new = if let Some(held) = self.materials.get_mut(&id) {
            held.put(region, row)
        } else {
            self.materials.insert_mut(id, Held::One(region, row));
            true
        };
        self.copies += usize::from(is_new);
    }

    pub(crate) fn remove_mut(&mut self, name: &SecretName) {
        let SecretName::Material(id, region) = name else {
            self.others.remove_mut(name);
            return;
        };
        let Some(held) = self.materials.get(id) else { return };
        let left = held.without(*region);
        self.copies -= held.iter().count() - left.len();
        if left.is_empty() {
            self.materials.remove_mut(id);
        } else {
            self.materials.insert_mut(*id, Held::of(left));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<SecretName> {
        let regions = ["us-east-1", "eu-west-1", "ap-south-1"].map(|name| Region::parse(name).unwrap());
        let material = |id: u8| regions.map(|region| SecretName::Material(MaterialId([id; 32]), region));
        let proxies = [2, 1].map(|number| SecretName::Proxy(number, 1));
        material(1).into_iter().chain(material(2)).chain(proxies).collect()
    }

    fn all() -> Copies<SecretName, usize> {
        let mut all = Copies::default();
        names().into_iter().enumerate().for_each(|(row, name)| all.insert_mut(name, row));
        all
    }

    #[test]
    fn each_name_has_the_row_that_it_got_last() {
        let mut all = all();
        for (row, name) in names().into_iter().enumerate() {
            assert_eq!(all.get(&name), Some(&row));
            all.insert_mut(name, row + 100);
            assert_eq!((all.get(&name), all.size()), (Some(&(row + 100)), names().len()));
        }
    }

    #[test]
    fn what_is_removed_is_gone_and_the_rest_stays() {
        let mut left = all();
        for (gone, name) in names().into_iter().enumerate() {
            left.remove_mut(&name);
            left.remove_mut(&name);
            assert_eq!((left.contains_key(&name), left.size()), (false, names().len() - gone - 1));
            assert!(names()[gone + 1..].iter().all(|name| left.contains_key(name)));
        }
        assert_eq!(left.iter().count(), 0);
    }

    #[test]
    fn a_copy_keeps_what_the_other_changes() {
        let copy = all();
        let mut changed = copy.clone();
        for name in names() {
            changed.remove_mut(&name);
        }
        assert!(names().iter().enumerate().all(|(row, name)| copy.get(name) == Some(&row)));
    }

    #[test]
    fn rows_are_told_in_the_order_of_their_names() {
        let expected = sorted(names(), Ord::cmp);
        assert!(all().sorted().into_iter().map(|(name, _)| name).eq(expected));
        let regions: Vec<_> = all().of(MaterialId([1; 32])).map(|(region, _)| region.to_string()).collect();
        assert_eq!(regions, ["ap-south-1", "eu-west-1", "us-east-1"]);
        let proxies = SecretName::Proxy(0, 0)..=SecretName::Proxy(u32::MAX, u32::MAX);
        assert!(all().others(proxies).eq(&[SecretName::Proxy(1, 1), SecretName::Proxy(2, 1)]));
    }
}
