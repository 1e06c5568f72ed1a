//! The journal of a world: what has changed it, call by call, as far back as it is kept. No secret is in it.

use std::{mem, sync::Arc};

use super::{
    World, audit::Recorder, deadlines::named, denials::Denial, faults::Acted, history::History, lock, log::Log,
};
use crate::{
    call::Call,
    ids::Uuid,
    kms::Outcome,
    proxy::ProxyLine,
    state::{Change, Happened, Mark, Meters},
    time::Time,
    wire::{self, Members, Value},
};

/// At least this many of the newest entries are kept; older ones are forgotten.
pub const JOURNAL_LENGTH: usize = 10_000;

/// At least this many of the newest marks are kept: every use of a key leaves one.
pub const MARKS_LENGTH: usize = 10_000;

/// At least this many of the newest faults that have acted are kept.
pub const ACTED_LENGTH: usize = 10_000;

/// At least this many of the newest requests to proxies are kept.
pub const PROXIED_LENGTH: usize = 1000;

/// At least this many of the newest denials are kept: each may be long.
pub const DENIALS_LENGTH: usize = 250;

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
        /// The name of the fault that has taken the place of the answer, or has delayed it.
        fault: Option<&'static str>,
        /// The rotation that the key had missed and that the call has let happen (LIF-119).
        caught_up: Option<Happened>,
    },
    /// Time alone: this fell due.
    Due(Happened),
    /// The owner of the world, who has set something.
    Setting,
    /// The owner of the world, who has registered something in its directory.
    Registration,
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
    pub(super) acted: Log<(u64, Arc<Acted>)>,
    faults: u64,
    pub(super) denied: Log<(u64, Arc<Denial>)>,
    denials: u64,
    pub(super) proxied: Log<(u64, Arc<ProxyLine>)>,
    requests: u64,
    pub(super) recorder: Recorder,
    pub(super) history: History,
}

impl Journal {
    /// The journal of a world that begins with a state of this revision.
    pub(super) const fn new(revision: u64, history: History, recorder: Recorder) -> Self {
        Self {
            first: revision + 1,
            entries: Log::new(JOURNAL_LENGTH),
            marks: Log::new(MARKS_LENGTH),
            marked: 0,
            acted: Log::new(ACTED_LENGTH),
            faults: 0,
            denied: Log::new(DENIALS_LENGTH),
            denials: 0,
            proxied: Log::new(PROXIED_LENGTH),
            requests: 0,
            recorder,
            history,
        }
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

    /// Goes on with what another journal tells, which began where this one ends.
    pub(super) fn follow(&mut self, other: &Self) {
        for chunk in other.entries.since(|_| true) {
            chunk.iter().for_each(|entry| self.entries.push(Arc::clone(entry)));
        }
        for chunk in other.marks.since(|_| true) {
            for (_, mark) in chunk.iter() {
                self.marked += 1;
                self.marks.push((self.marked, *mark));
            }
        }
        self.recorder.follow(&other.recorder);
        for chunk in other.entries.since(|_| true) {
            chunk.iter().for_each(|entry| self.enter_points(Vec::new(), &entry.changes, entry.time));
        }
    }

    /// Whether a call that changes nothing leaves anything to be entered.
    pub(super) fn has_to_tell(outcome: &Outcome) -> bool {
        let Outcome { records, points, trail, .. } = outcome;
        !records.is_empty()
            || !points.is_empty()
            || trail.fault.is_some()
            || !trail.decisions.is_empty()
            || !trail.proxied.is_empty()
    }

    /// Enters what a call tells besides its changes.
    pub(super) fn enter_told(&mut self, outcome: &mut Outcome, call: &Call) {
        self.enter_proxied(&outcome.trail.proxied);
        self.enter_fault(outcome, call);
        self.enter_denial(outcome, call);
        self.enter_records(mem::take(&mut outcome.records));
        self.enter_points(mem::take(&mut outcome.points), &outcome.changes, call.now);
    }

    /// Enters the fault that a call has met, if it has met one.
    fn enter_fault(&mut self, outcome: &Outcome, call: &Call) {
        if let Some(acted) = Acted::of(outcome, call) {
            self.faults += 1;
            self.acted.push((self.faults, Arc::new(acted)));
        }
    }

    /// Enters that a call was denied, if it was.
    fn enter_denial(&mut self, outcome: &Outcome, call: &Call) {
        if let Some(denial) = Denial::of(outcome, call) {
            self.denials += 1;
            self.denied.push((self.denials, Arc::new(denial)));
        }
    }

    /// Enters what simulated proxies were asked.
    pub(super) fn enter_proxied(&mut self, lines: &[Arc<ProxyLine>]) {
        for line in lines {
            self.requests += 1;
            self.proxied.push((self.requests, Arc::clone(line)));
        }
    }

    /// What was marked up to an instant, as far as it is kept.
    pub(super) fn marked_until(&self, time: Time) -> Vec<Mark> {
        let chunks = self.marks.since(|_| true);
        let marks = chunks.iter().flat_map(|chunk| chunk.iter().map(|(_, mark)| *mark));
        marks.filter(|mark| mark.at() <= time).collect()
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
    /// call was the cause), `due` (what fell due, as in [`Changes::events`]; null where nothing did), `fault`
    /// (the name of the fault that the call has met, or null), `table`, `key` and `row`.
    pub fn to_values(&self, after: u64) -> Vec<Value> {
        let rows = self.entries.iter().flat_map(|entry| entry.rows());
        rows.filter(|(number, _, _)| *number > after)
            .map(|(number, entry, change)| entry.value(number, change))
            .collect()
    }
}

impl Changes {
    /// What fell due, behind the change with the number `after`, as values: `number` (of the first change), `time`,
    /// `kind`, and `subject`: the key's ARN, or a list that begins with it and goes on with the id of a key material.
    /// One that stands for a run of several has `times` and `every`, in milliseconds: the first was at `time`.
    pub fn events(&self, after: u64) -> Vec<Value> {
        let behind = self.entries.iter().filter(|entry| entry.basis >= after);
        let events = behind.filter_map(|entry| match &entry.cause {
            Cause::Due(happened) | Cause::Call { caught_up: Some(happened), .. } => Some((entry, happened)),
            Cause::Call { .. } | Cause::Setting | Cause::Registration => None,
        });
        events
            .map(|(entry, happened)| {
                let number = Value::count(entry.basis + 1);
                [("number", number), ("time", Value::Time(entry.time))].into_iter().chain(due(happened)).collect()
            })
            .collect()
    }
}

/// The kind and the subject of what fell due, and how often it did.
fn due(happened: &Happened) -> impl Iterator<Item = (&'static str, Value)> {
    let often = happened.times > 1;
    let run = [("times", Value::Int(i64::from(happened.times))), ("every", Value::Int(happened.every.millis()))];
    named(&happened.what).into_iter().chain(run.into_iter().filter(move |_| often))
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
        let (operation, request, due, fault) = match &self.cause {
            Cause::Call { operation, request_id, fault, caught_up } => {
                let due = caught_up.as_ref().map_or(Value::Null, |happened| due(happened).collect());
                (Value::from(*operation), Value::from(request_id.to_string()), due, *fault)
            }
            Cause::Due(happened) => (Value::Null, Value::Null, due(happened).collect(), None),
            Cause::Setting | Cause::Registration => (Value::Null, Value::Null, Value::Null, None),
        };
        let mut members: Members = vec![
            ("number".into(), Value::count(number)),
            ("time".into(), Value::Time(self.time)),
            ("operation".into(), operation),
            ("request_id".into(), request),
            ("due".into(), due),
            ("fault".into(), fault.map_or(Value::Null, Value::from)),
        ];
        let change = serde_json::to_vec(change).ok().and_then(|text| wire::from_json(&text).ok());
        if let Some(Value::Map(change)) = change {
            members.extend(change);
        }
        Value::Map(members)
    }
}
