//! The records that a world keeps.

mod door;
mod metrics;

use super::{World, journal::Journal, lock, log::Log};
use crate::{
    audit::{Record, metrics::Metrics},
    call::Recording,
    state::State,
    time::Time,
};

/// How many records a world keeps that is told nothing else.
pub const RECORDS_LENGTH: usize = 10_000;

/// What is told of calls, and for how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditOptions {
    /// How many records are kept, the newest: 0 for none, `usize::MAX` for all.
    pub kept: usize,
    /// Whether calls that were throttled are recorded (AUD-96).
    pub throttled: bool,
    /// Whether calls through VPC endpoints give network activity events, too (AUD-100).
    pub network_activity: bool,
    /// Whether owners of keys see the full identity of callers of other accounts, which AWS does not show them (AUD-240).
    pub full_foreign_identity: bool,
    /// Whether snapshots have the records.
    pub in_snapshots: bool,
}

impl Default for AuditOptions {
    fn default() -> Self {
        Self {
            kept: RECORDS_LENGTH,
            throttled: true,
            network_activity: false,
            full_foreign_identity: false,
            in_snapshots: false,
        }
    }
}

/// What a reader of the records gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Records {
    /// The number of the oldest record that is kept. They are counted for themselves, from 1.
    pub oldest: u64,
    /// How many records were dropped, because no more are kept.
    pub dropped: u64,
    /// The records with their numbers, in the order in which they were made.
    pub records: Vec<(u64, Record)>,
}

impl AuditOptions {
    /// Whether anything is recorded at all.
    pub(super) const fn is_on(&self) -> bool {
        self.kept > 0
    }

    /// What is recorded of calls besides.
    pub(super) fn recording(&self) -> Recording {
        let mut recording = Recording::default();
        recording.network_activity = self.network_activity;
        recording.full_foreign_identity = self.full_foreign_identity;
        recording
    }
}

/// The records of a world.
#[derive(Clone)]
pub(super) struct Recorder {
    log: Log<(u64, Record)>,
    kept: usize,
    made: u64,
    /// What the metrics were told.
    metrics: Metrics,
}

impl Recorder {
    /// One that keeps the newest `kept` records.
    pub(super) fn new(kept: usize) -> Self {
        Self { log: Log::new(kept), kept, made: 0, metrics: Metrics::default() }
    }

    /// One that has forgotten everything but how many there were.
    pub(super) fn emptied(&self) -> Self {
        Self { made: self.made, ..Self::new(self.kept) }
    }

    /// Forgets what the metrics were told after an instant.
    pub(super) fn until(&mut self, now: Time) {
        self.metrics.until(now);
    }

    /// Begins with a state that somebody else has made.
    pub(super) fn begin(&mut self, state: &State) {
        if self.kept > 0 {
            self.metrics.begin(state);
        }
    }

    /// Whether any record is kept.
    pub(super) const fn is_on(&self) -> bool {
        self.kept > 0
    }

    /// Counts records that nobody made: no reader gets their numbers.
    pub(super) const fn skip(&mut self, count: u64) {
        self.made += count;
    }

    pub(super) fn enter(&mut self, records: Vec<Record>) {
        for record in records {
            self.made += 1;
            self.log.push((self.made, record));
        }
    }

    /// Goes on with what another one has recorded, which began where this one ends.
    pub(super) fn follow(&mut self, other: &Self) {
        for chunk in other.log.since(|_| true) {
            self.enter(chunk.iter().map(|(_, record)| record.clone()).collect());
        }
        self.metrics.absorb(&other.metrics);
    }
}

impl Journal {
    /// Keeps the records of a call, or of what fell due.
    pub(super) fn enter_records(&mut self, records: Vec<Record>) {
        self.recorder.enter(records);
    }
}

impl World {
    /// The records behind the one with the number `after`.
    pub fn records(&self, after: u64) -> Records {
        let (oldest, chunks) = {
            let journal = lock(&self.journal);
            let log = &journal.recorder.log;
            let oldest = log.oldest().map_or(journal.recorder.made + 1, |(number, _)| *number);
            (oldest, log.since(|(number, _)| *number > after))
        };
        let records = chunks.iter().flat_map(|chunk| chunk.iter()).filter(|(number, _)| *number > after);
        Records { oldest, dropped: oldest - 1, records: records.cloned().collect() }
    }

    /// What is told of calls, and for how long it is kept.
    pub fn audit_options(&self) -> AuditOptions {
        lock(&self.host).audit
    }
}
