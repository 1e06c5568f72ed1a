//! The records that a world keeps, in chunks with an index by key that forks and readers share.

use std::{collections::VecDeque, sync::Arc};

use super::{AuditOptions, sets::Sets};
use crate::{
    audit::{
        Record,
        alarms::Alarms,
        any_record::AnyRecord,
        filter::{Filter, KeyName, mark_of},
        imported::Imported,
        metrics::Metrics,
    },
    order::sorted,
    state::State,
    time::Time,
};

/// How many records a chunk holds: a place in it is one byte.
const CHUNK: usize = 256;

/// The newest records of a world. They have numbers, from 1.
#[derive(Clone)]
pub(in crate::world) struct Recorder {
    chunks: VecDeque<Arc<Chunk>>,
    pub(super) kept: usize,
    /// The number of the newest record.
    made: u64,
    /// The number of the newest record when the world began again: older ones were not dropped.
    begun: u64,
    /// What trail files have brought.
    pub(super) imported: Sets,
    /// What the metrics were told.
    pub(super) metrics: Metrics,
    /// The alarms over both.
    pub(super) alarms: Alarms,
}

/// Records that follow one another.
#[derive(Clone, Default)]
struct Chunk {
    /// The number of the first one.
    first: u64,
    records: Vec<Entry>,
    /// Once it is full: the places of the records of each key, by the marks of the keys.
    index: Box<[(u32, u8)]>,
}

/// A record that is kept.
#[derive(Clone)]
enum Entry {
    /// One that this world has made.
    Own(Record),
    /// One that a snapshot has brought.
    Brought(Arc<Imported>),
}

impl Entry {
    fn told(&self) -> AnyRecord<'_> {
        match self {
            Self::Own(record) => AnyRecord::Own(record),
            Self::Brought(record) => AnyRecord::Imported(record),
        }
    }
}

/// What a reader has taken out of a recorder.
pub(super) struct KeptRecords {
    chunks: Vec<Arc<Chunk>>,
    /// The number of the oldest record that is kept.
    pub(super) oldest: u64,
    /// The number of the newest one.
    pub(super) newest: u64,
    /// How many were dropped.
    pub(super) dropped: u64,
}

/// Which records are read, and from which end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// Those behind this number.
    pub(super) after: u64,
    /// Those before this number.
    pub(super) before: u64,
    pub(super) newest_first: bool,
}

impl Span {
    /// All, oldest first.
    pub(super) const ALL: Self = Self { after: 0, before: u64::MAX, newest_first: false };
}

impl Recorder {
    /// One that keeps records as the options say.
    pub(in crate::world) fn new(options: AuditOptions) -> Self {
        let (chunks, imported) = (VecDeque::new(), Sets::default());
        let (metrics, alarms) = (Metrics::default(), Alarms::default());
        Self { chunks, kept: options.kept, made: 0, begun: 0, imported, metrics, alarms }
    }

    /// One that has forgotten everything but how many there were.
    pub(in crate::world) fn emptied(&self) -> Self {
        let (chunks, imported) = (VecDeque::new(), Sets::default());
        let (metrics, alarms) = (Metrics::default(), Alarms::default());
        let Self { kept, made, .. } = *self;
        Self { chunks, kept, made, begun: made, imported, metrics, alarms }
    }

    /// Forgets what was recorded after an instant, and how alarms have changed.
    pub(in crate::world) fn until(&mut self, now: Time) {
        self.metrics.until(now);
        self.alarms.until(now);
        while let Some(chunk) = self.chunks.back_mut() {
            let is_later = |entry: &Entry| entry.told().time() > now;
            if !chunk.records.last().is_some_and(is_later) {
                break;
            }
            let chunk = Arc::make_mut(chunk);
            while chunk.records.pop_if(|entry| is_later(entry)).is_some() {}
            (chunk.index, self.made) = (Box::default(), chunk.last());
            if chunk.records.is_empty() {
                self.chunks.pop_back();
            }
        }
    }

    /// Begins with records that a snapshot has brought, of which the last one has the number `made`.
    pub(in crate::world) fn bring(&mut self, made: u64, records: Vec<Imported>) {
        self.made = made.saturating_sub(records.len() as u64);
        self.begun = self.made;
        for record in records {
            self.push(Entry::Brought(Arc::new(record)));
        }
        self.drop_oldest();
    }

    /// The number of the newest record, and the records that are kept as JSON text, oldest first.
    pub(in crate::world) fn texts(&self) -> (u64, Vec<String>) {
        let kept = self.read();
        let mut texts = Vec::new();
        kept.search(&Filter::default(), Span::ALL, &mut |_, told| {
            texts.push(told.to_json());
            true
        });
        (self.made, texts)
    }

    /// Begins with a state that somebody else has made.
    pub(in crate::world) fn begin(&mut self, state: &State) {
        if self.kept > 0 {
            self.metrics.begin(state);
        }
    }

    /// Whether any record is kept.
    pub(in crate::world) const fn is_on(&self) -> bool {
        self.kept > 0
    }

    /// Counts records that nobody made: no reader gets their numbers.
    pub(in crate::world) const fn skip(&mut self, count: u64) {
        self.made += count;
    }

    pub(in crate::world) fn enter(&mut self, records: Vec<Record>) {
        if !self.is_on() {
            return;
        }
        for mut record in records {
            if let Some(Entry::Own(before)) = self.chunks.back().and_then(|chunk| chunk.records.last()) {
                record.share(before);
            }
            self.push(Entry::Own(record));
        }
        self.drop_oldest();
    }

    fn push(&mut self, entry: Entry) {
        self.made += 1;
        let goes_on = |chunk: &Arc<Chunk>| chunk.records.len() < CHUNK && chunk.last() + 1 == self.made;
        if !self.chunks.back().is_some_and(goes_on) {
            let records = Vec::with_capacity(CHUNK / 16);
            self.chunks.push_back(Arc::new(Chunk { first: self.made, records, index: Box::default() }));
        }
        if let Some(chunk) = self.chunks.back_mut() {
            Arc::make_mut(chunk).push(entry);
        }
    }

    /// Keeps records as the options say from now on.
    pub(super) fn keep(&mut self, options: AuditOptions) {
        self.kept = options.kept;
        self.drop_oldest();
    }

    fn drop_oldest(&mut self) {
        let oldest = self.oldest();
        while self.chunks.front().is_some_and(|chunk| chunk.last() < oldest) {
            self.chunks.pop_front();
        }
    }

    /// The number of the oldest record that is kept: one behind the newest where none is.
    fn oldest(&self) -> u64 {
        let most = self.made.saturating_sub(u64::try_from(self.kept).unwrap_or(u64::MAX)) + 1;
        self.chunks.front().map_or(self.made + 1, |chunk| chunk.first.max(most))
    }

    /// Goes on with what another one has recorded, which began where this one ends.
    pub(in crate::world) fn follow(&mut self, other: &Self) {
        for entry in other.chunks.iter().flat_map(|chunk| &chunk.records) {
            self.push(entry.clone());
        }
        self.drop_oldest();
        self.metrics.absorb(&other.metrics);
    }

    /// What is kept, to be read without holding up those who record.
    pub(super) fn read(&self) -> KeptRecords {
        let oldest = self.oldest();
        let chunks = self.chunks.iter().cloned().collect();
        KeptRecords { chunks, oldest, newest: self.made, dropped: oldest - 1 - self.begun.min(oldest - 1) }
    }
}

impl Chunk {
    fn push(&mut self, entry: Entry) {
        self.records.push(entry);
        if self.records.len() < CHUNK {
            return;
        }
        let mut index = Vec::with_capacity(CHUNK);
        for (place, entry) in (0..=u8::MAX).zip(&self.records) {
            entry.told().has_key(&mut |key| {
                index.push((mark_of(&key.id), place));
                false
            });
        }
        let mut index = sorted(index, Ord::cmp);
        index.dedup();
        self.index = index.into_boxed_slice();
    }

    /// The number of the last record.
    fn last(&self) -> u64 {
        (self.first + self.records.len() as u64).saturating_sub(1)
    }

    /// The places where records of one of these keys can stand, in order.
    fn places(&self, marks: Option<&[u32]>) -> Vec<u8> {
        let Some(marks) = marks.filter(|_| self.records.len() == CHUNK) else {
            return (0..=u8::MAX).zip(&self.records).map(|(place, _)| place).collect();
        };
        let mut places = Vec::new();
        for mark in marks {
            let first = self.index.partition_point(|(of, _)| of < mark);
            let entries = self.index.get(first..).unwrap_or_default();
            places.extend(entries.iter().take_while(|(of, _)| of == mark).map(|(_, place)| *place));
        }
        let mut places = sorted(places, Ord::cmp);
        places.dedup();
        places
    }
}

impl KeptRecords {
    /// Gives `take` the records that are meant, with their numbers, until it wants no more.
    pub(super) fn search<'k>(&'k self, filter: &Filter, span: Span, take: &mut dyn FnMut(u64, AnyRecord<'k>) -> bool) {
        let marks: Option<Vec<u32>> = filter.keys().map(|keys| keys.iter().filter_map(KeyName::mark).collect());
        let (after, before) = (span.after.max(self.oldest.saturating_sub(1)), span.before);
        let first = self.chunks.partition_point(|chunk| chunk.last() <= after);
        let behind = self.chunks.partition_point(|chunk| chunk.first < before);
        let Some(chunks) = self.chunks.get(first..behind) else { return };
        let mut search = |chunk: &'k Chunk| {
            let places = chunk.places(marks.as_deref());
            let mut visit = |place: &u8| {
                let number = chunk.first + u64::from(*place);
                let entry = chunk.records.get(usize::from(*place)).filter(|_| number > after && number < before);
                let told = entry.map(Entry::told).filter(|told| filter.matches(*told));
                told.is_none_or(|told| take(number, told))
            };
            if span.newest_first { places.iter().rev().all(&mut visit) } else { places.iter().all(&mut visit) }
        };
        if span.newest_first {
            chunks.iter().rev().all(|chunk| search(chunk));
        } else {
            chunks.iter().all(|chunk| search(chunk));
        }
    }
}
