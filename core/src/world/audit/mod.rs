//! The records that a world keeps.

mod alarms;
mod assertions;
mod contexts;
mod diff;
mod door;
mod events;
mod exchange;
mod history;
mod input;
mod lookup;
mod matching;
mod metrics;
mod monitoring;
mod options;
mod privilege;
mod recorder;
mod sets;

pub(super) use contexts::Recorded;
pub(super) use recorder::Recorder;
use recorder::Span;

use super::{World, journal::Journal, lock};
use crate::{
    audit::{Record, any_record::AnyRecord, filter::Filter},
    call::Recording,
};

/// How many records a world keeps that is told nothing else.
pub const RECORDS_LENGTH: usize = 10_000;

/// What is told of calls, and for how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
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

    /// How calls are recorded.
    pub(super) const fn recording(&self) -> Recording {
        let Self { throttled, network_activity, full_foreign_identity, .. } = *self;
        Recording { network_activity, full_foreign_identity, without_throttled: !throttled }
    }
}

impl Journal {
    /// Keeps the records of a call, or of what fell due.
    pub(super) fn enter_records(&mut self, records: Vec<Record>) {
        self.recorder.enter(records);
    }
}

impl World {
    /// The records behind the one with the number `after` that this world has made. Those that a snapshot has brought are
    /// told by [`World::audit`] alone.
    pub fn records(&self, after: u64) -> Records {
        let kept = lock(&self.journal).recorder.read();
        let mut records = Vec::new();
        kept.search(&Filter::default(), Span { after, ..Span::ALL }, &mut |number, told| {
            if let AnyRecord::Own(record) = told {
                records.push((number, record.clone()));
            }
            true
        });
        Records { oldest: kept.oldest, dropped: kept.dropped, records }
    }

    /// What is told of calls, and for how long it is kept.
    pub fn audit_options(&self) -> AuditOptions {
        lock(&self.host).audit
    }
}
