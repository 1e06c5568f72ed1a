//! All that is kept of metrics. Forks share it until one of them goes on.

use foldhash::fast::FixedState;
use rpds::HashTrieMapSync;

use super::{
    gauges::Gauges,
    points::{Level, Point, Reading},
    series::{Nature, Series},
    track::Track,
};
use crate::{order::sorted, time::Time};

/// The most series that are kept.
pub(crate) const MOST_SERIES: usize = 100_000;

/// The most buckets of values that are kept, of all series together.
pub(crate) const MOST_BUCKETS: usize = 500_000;

/// What is kept of all series.
#[derive(Clone, Default)]
pub(crate) struct Metrics {
    pub(super) tracks: HashTrieMapSync<Series, Track, FixedState>,
    /// Which gauges show something.
    pub(super) gauges: Gauges,
    buckets: usize,
    dropped: u64,
}

impl Metrics {
    /// Takes in the points of a call.
    pub(crate) fn take(&mut self, points: Vec<Point>) {
        for point in points {
            match point.reading {
                Reading::Number(number) => {
                    let grown = self.change(point.series, |track| track.number(point.at, number));
                    self.buckets = self.buckets.saturating_add_signed(grown);
                }
                Reading::Level(level) => self.show(point.series, point.at, level),
            }
        }
        if self.tracks.size() > MOST_SERIES || self.buckets > MOST_BUCKETS {
            self.drop_oldest();
        }
    }

    /// A gauge shows something from an instant on, or nothing any more.
    pub(super) fn show(&mut self, series: Series, at: Time, level: Level) {
        self.gauges.note(&series, level);
        if level != Level::Gone || self.tracks.contains_key(&series) {
            self.change(series, |track| track.level(at, level));
        }
    }

    fn change<T>(&mut self, series: Series, act: impl FnOnce(&mut Track) -> T) -> T {
        if let Some(track) = self.tracks.get_mut(&series) {
            return act(track);
        }
        let mut track = Track::default();
        let told = act(&mut track);
        self.tracks.insert_mut(series, track);
        told
    }

    /// How many values are not kept any more because there were too many.
    pub(crate) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Forgets the older half of all values, and the series that have none then.
    fn drop_oldest(&mut self) {
        let minutes = self.tracks.values().flat_map(Track::minutes).collect();
        let minutes = sorted(minutes, Ord::cmp);
        let Some(middle) = minutes.get(minutes.len() / 2).copied() else { return };
        let names: Vec<Series> = self.tracks.keys().cloned().collect();
        for series in names {
            let Some(track) = self.tracks.get_mut(&series) else { continue };
            let gone = track.forget_before(middle);
            self.buckets = self.buckets.saturating_sub(gone);
            self.dropped = self.dropped.saturating_add(gone as u64);
            if track.is_empty() {
                self.tracks.remove_mut(&series);
            }
        }
    }

    /// Takes in all that others have told.
    pub(crate) fn absorb(&mut self, other: &Self) {
        for (series, track) in &other.tracks {
            let grown = self.change(series.clone(), |own| own.absorb(track));
            self.buckets = self.buckets.saturating_add_signed(grown);
            if series.metric().nature == Nature::Gauge {
                self.gauges.note(series, track.shown());
            }
        }
    }

    /// Forgets what came after an instant, to the minute.
    pub(crate) fn until(&mut self, now: Time) {
        let names: Vec<Series> = self.tracks.keys().cloned().collect();
        for series in names {
            let Some(track) = self.tracks.get_mut(&series) else { continue };
            self.buckets = self.buckets.saturating_sub(track.until(now));
            let (shown, is_empty) = (track.shown(), track.is_empty());
            if series.metric().nature == Nature::Gauge {
                self.gauges.note(&series, shown);
            }
            if is_empty {
                self.tracks.remove_mut(&series);
            }
        }
    }

    /// All series in the order of their names.
    pub(super) fn sorted(&self) -> Vec<(&Series, &Track)> {
        sorted(self.tracks.iter().collect(), |(one, _), (other, _)| one.cmp(other))
    }
}
