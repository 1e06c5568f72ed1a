//! Records that trail files have brought into a world, to be asked the same questions.

use std::{collections::BTreeMap, mem, sync::Arc};

use crate::{audit::imported::Imported, order::sorted};

/// The most records that a world holds of trail files, in all sets.
pub(super) const MOST: usize = 1_000_000;

/// The sets by their names.
#[derive(Clone, Default)]
pub(super) struct Sets(BTreeMap<String, Arc<Vec<Imported>>>);

impl Sets {
    /// The records of a set.
    pub(super) fn get(&self, name: &str) -> Option<Arc<Vec<Imported>>> {
        self.0.get(name).cloned()
    }

    /// Adds records to a set, unless there are too many then; gives how many the set has.
    pub(super) fn add(&mut self, name: &str, records: Vec<Imported>) -> Option<usize> {
        let all: usize = self.0.values().map(|set| set.len()).sum();
        if all + records.len() > MOST {
            return None;
        }
        let set = self.0.entry(name.to_owned()).or_default();
        let mut all = Arc::unwrap_or_clone(mem::take(set));
        all.extend(records);
        *set = Arc::new(sorted(all, |one, other| one.time.cmp(&other.time)));
        Some(set.len())
    }

    /// Forgets a set.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }
}
