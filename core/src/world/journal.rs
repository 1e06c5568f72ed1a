//! The journal of a world: every change since it began, as far back as it is kept.

use std::collections::VecDeque;

use crate::{
    state::Change,
    time::Time,
    wire::{self, Members, Value},
};

/// The most changes that the journal keeps; older ones are forgotten.
pub const JOURNAL_LENGTH: usize = 100_000;

/// One change in the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Counts changes from 1.
    pub number: u64,
    /// When the change was applied, by the world's clock.
    pub time: Time,
    /// The operation that caused it; `None` where time alone did.
    pub operation: Option<String>,
    /// The change.
    pub change: Change,
}

/// The newest changes, and how many there have been.
#[derive(Default)]
pub(super) struct Journal {
    entries: VecDeque<Entry>,
    count: u64,
}

impl Journal {
    pub(super) fn enter(&mut self, changes: Vec<Change>, time: Time, operation: Option<&str>) {
        for change in changes {
            self.count += 1;
            let operation = operation.map(ToOwned::to_owned);
            self.entries.push_back(Entry { number: self.count, time, operation, change });
        }
        let excess = self.entries.len().saturating_sub(JOURNAL_LENGTH);
        self.entries.drain(..excess);
    }

    /// The entries behind the one with this number.
    pub(super) fn after(&self, number: u64) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.number > number).cloned().collect()
    }
}

impl Entry {
    /// The entry as a value: `number`, `time`, `operation`, `table`, `key` and `row`. Secrets are never part of it.
    pub fn to_value(&self) -> Value {
        let change = serde_json::to_vec(&self.change).ok().and_then(|text| wire::from_json(&text).ok());
        let mut members: Members = vec![
            ("number".into(), Value::Int(i64::try_from(self.number).unwrap_or(i64::MAX))),
            ("time".into(), Value::Time(self.time)),
            ("operation".into(), self.operation.as_deref().map_or(Value::Null, Value::from)),
        ];
        if let Some(Value::Map(change)) = change {
            members.extend(change);
        }
        Value::Map(members)
    }
}
