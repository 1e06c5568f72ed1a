//! The journal of a world: what has changed it, call by call, as far back as it is kept. No secret is in it.

use std::sync::Arc;

use super::{World, lock, log::Log};
use crate::{
    ids::Uuid,
    state::{Change, Happened, Mark, Meters},
    time::Time,
    wire::{self, Members, Value},
};

/// At least so many of the newest entries are kept; older ones are forgotten.
pub const JOURNAL_LENGTH: usize = 10_000;

/// At least so many of the newest marks are kept: every use of a key leaves one.
pub const MARKS_LENGTH: usize = 10_000;

/// What one call has changed, one instant at which something fell due, or settings that were made together.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The revision of the state before: the first of the changes is the one with the number behind it.
    pub basis: u64,
    /// When it happened, by the world's clock.
    pub time: Time,
    /// What caused it.
    pub cause: Cause,
    /// The changes in the order in which they were applied, in their open form: rows without their secrets. Applied to
    /// an empty state, those of all entries give every row, and none of the secrets.
    pub changes: Vec<Change>,
}

/// What causes changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// A call.
    Call {
        /// The operation's wire name.
        operation: &'static str,
        /// The id of the request.
        request_id: Uuid,
    },
    /// Time alone: this fell due.
    Due(Happened),
    /// The owner of the world, who has set something.
    Setting,
}

/// What a reader of the journal gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Changes {
    /// The number of the oldest change that is kept. A reader who wanted older ones has missed them.
    pub oldest: u64,
    /// The entries, oldest first.
    pub entries: Vec<Arc<Entry>>,
}

/// What a reader of marks gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Marked {
    /// The number of the oldest mark that is kept. Marks are counted for themselves, from 1.
    pub oldest: u64,
    /// The marks with their numbers, oldest first.
    pub marks: Vec<(u64, Mark)>,
}

/// The newest entries.
pub(super) struct Journal {
    /// The number of the first change that is not in the journal's past: one behind the state's revision at its start.
    first: u64,
    entries: Log<Arc<Entry>>,
    marks: Log<(u64, Mark)>,
    marked: u64,
}

impl Journal {
    /// The journal of a world that begins with a state of this revision.
    pub(super) const fn new(revision: u64) -> Self {
        Self { first: revision + 1, entries: Log::new(JOURNAL_LENGTH), marks: Log::new(MARKS_LENGTH), marked: 0 }
    }

    pub(super) fn enter(&mut self, basis: u64, time: Time, cause: Cause, changes: &[Change]) {
        if !changes.is_empty() {
            let changes = changes.iter().map(Change::open).collect();
            self.entries.push(Arc::new(Entry { basis, time, cause, changes }));
        }
    }

    pub(super) fn enter_marks(&mut self, marks: &[Mark]) {
        for mark in marks.iter().filter(|mark| mark.rules().journaled) {
            self.marked += 1;
            self.marks.push((self.marked, *mark));
        }
    }
}

/// What has happened.
impl World {
    /// The journal: what has changed the world, oldest first, behind the change with the number `after`. Changes have
    /// the numbers of the revisions to which they lead; an entry that only partly lies behind `after` is there whole.
    pub fn changes(&self, after: u64) -> Changes {
        let (oldest, chunks) = {
            let journal = lock(&self.journal);
            let oldest = journal.entries.oldest().map_or(journal.first, |entry| entry.basis + 1);
            (oldest, journal.entries.since(|entry| entry.last() > after))
        };
        let entries = chunks.iter().flat_map(|chunk| chunk.iter()).filter(|entry| entry.last() > after);
        Changes { oldest, entries: entries.cloned().collect() }
    }
}

impl World {
    /// The journal's other list: what was marked, behind the mark with the number `after`.
    pub fn marks(&self, after: u64) -> Marked {
        let (oldest, chunks) = {
            let journal = lock(&self.journal);
            let oldest = journal.marks.oldest().map_or(1, |(number, _)| *number);
            (oldest, journal.marks.since(|(number, _)| *number > after))
        };
        let marks = chunks.iter().flat_map(|chunk| chunk.iter()).filter(|(number, _)| *number > after);
        Marked { oldest, marks: marks.copied().collect() }
    }

    /// The meters as they are now.
    pub fn meters(&self) -> Meters {
        self.seen().meters().clone()
    }
}

impl Changes {
    /// Each change behind the one with the number `after` as a value: `number`, `time`, `operation` (null where no
    /// call was the cause), `table`, `key` and `row`.
    pub fn to_values(&self, after: u64) -> Vec<Value> {
        let rows = self.entries.iter().flat_map(|entry| entry.rows());
        rows.filter(|(number, _, _)| *number > after)
            .map(|(number, entry, change)| entry.value(number, change))
            .collect()
    }
}

impl Entry {
    /// The number of the last change.
    fn last(&self) -> u64 {
        self.basis + self.changes.len() as u64
    }

    fn rows(&self) -> impl Iterator<Item = (u64, &Self, &Change)> {
        (self.basis + 1..).zip(&self.changes).map(move |(number, change)| (number, self, change))
    }

    fn value(&self, number: u64, change: &Change) -> Value {
        let operation = match self.cause {
            Cause::Call { operation, .. } => Value::from(operation),
            Cause::Due(_) | Cause::Setting => Value::Null,
        };
        let mut members: Members = vec![
            ("number".into(), Value::Int(i64::try_from(number).unwrap_or(i64::MAX))),
            ("time".into(), Value::Time(self.time)),
            ("operation".into(), operation),
        ];
        let change = serde_json::to_vec(change).ok().and_then(|text| wire::from_json(&text).ok());
        if let Some(Value::Map(change)) = change {
            members.extend(change);
        }
        Value::Map(members)
    }
}
