//! What is kept of one series: its values by the minute, coarser the older they are; and of a gauge, what it has shown from
//! when on.

use super::{points::Level, statistics::Values};
use crate::time::Time;

/// A minute in milliseconds.
pub(crate) const MINUTE: i64 = 60_000;

const DAY: i64 = 86_400_000;

/// How old values may be, and of how many minutes they are told then: those that are older than 455 days are gone
/// (GetMetricData of CloudWatch).
pub(super) const RETENTION: [(i64, i64); 3] = [(15 * DAY, 1), (63 * DAY, 5), (455 * DAY, 60)];

/// The most levels of one gauge that are kept.
const MOST_LEVELS: usize = 4096;

/// Some minutes, and the values that came in them.
#[derive(Clone, Debug)]
struct Bucket {
    /// The minute at which it begins, counted from the epoch.
    minute: i64,
    /// A value and how often it came: nearly always the only one.
    first: (u32, u32),
    /// The others.
    rest: Vec<(u32, u32)>,
}

/// What is kept of one series.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    buckets: Vec<Bucket>,
    levels: Vec<(Time, Level)>,
    /// How many values there ever were, and their sum.
    pub(super) total: (u64, u64),
    /// From this many buckets on, it is worthwhile to look for old ones.
    many: usize,
}

impl Bucket {
    fn values(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    fn add(&mut self, value: u32, times: u32) {
        if self.first.0 == value {
            self.first.1 = self.first.1.saturating_add(times);
            return;
        }
        match self.rest.iter_mut().find(|(of, _)| *of == value) {
            Some((_, count)) => *count = count.saturating_add(times),
            None => self.rest.push((value, times)),
        }
    }
}

impl Track {
    /// Takes in a value; gives by how many the buckets have grown.
    pub(super) fn number(&mut self, at: Time, value: u32) -> isize {
        self.total = (self.total.0 + 1, self.total.1 + u64::from(value));
        let before = self.buckets.len();
        self.put(at.millis().div_euclid(MINUTE), value, 1);
        if self.buckets.len() > self.many.max(64) {
            self.coarsen(at);
            self.many = self.buckets.len() * 2;
        }
        self.buckets.len().wrapping_sub(before).cast_signed()
    }

    fn put(&mut self, minute: i64, value: u32, times: u32) {
        let place = match self.buckets.last() {
            Some(last) if last.minute < minute => Err(self.buckets.len()),
            _ => self.buckets.binary_search_by_key(&minute, |bucket| bucket.minute),
        };
        match place {
            Ok(place) => self.buckets[place].add(value, times),
            Err(place) => self.buckets.insert(place, Bucket { minute, first: (value, times), rest: Vec::new() }),
        }
    }

    /// Puts together what is old, as CloudWatch does, and forgets what is too old.
    fn coarsen(&mut self, now: Time) {
        for bucket in std::mem::take(&mut self.buckets) {
            let age = now.millis() - bucket.minute * MINUTE;
            let Some((_, minutes)) = RETENTION.iter().find(|(oldest, _)| age <= *oldest) else { continue };
            let minute = bucket.minute - bucket.minute.rem_euclid(*minutes);
            for (value, times) in bucket.values() {
                self.put(minute, value, times);
            }
        }
    }

    /// Forgets the values before a minute; gives how many buckets have gone.
    pub(super) fn forget_before(&mut self, minute: i64) -> usize {
        let before = self.buckets.len();
        self.buckets.retain(|bucket| bucket.minute >= minute);
        before - self.buckets.len()
    }

    /// Takes in all that another one has told; gives by how many the buckets have grown.
    pub(super) fn absorb(&mut self, other: &Self) -> isize {
        let before = self.buckets.len();
        self.total = (self.total.0 + other.total.0, self.total.1 + other.total.1);
        for bucket in &other.buckets {
            bucket.values().for_each(|(value, times)| self.put(bucket.minute, value, times));
        }
        other.levels.iter().for_each(|(since, level)| self.level(*since, *level));
        self.buckets.len().wrapping_sub(before).cast_signed()
    }

    /// Forgets what came after an instant, to the minute; gives how many buckets have gone.
    pub(super) fn until(&mut self, now: Time) -> usize {
        let minute = now.millis().div_euclid(MINUTE);
        let gone = self.buckets.split_off(self.buckets.partition_point(|bucket| bucket.minute <= minute));
        for (value, times) in gone.iter().flat_map(Bucket::values) {
            self.total.0 -= u64::from(times).min(self.total.0);
            self.total.1 -= (u64::from(value) * u64::from(times)).min(self.total.1);
        }
        self.levels.retain(|(since, _)| *since <= now);
        gone.len()
    }

    /// Whether it has nothing to tell any more.
    pub(super) fn is_empty(&self) -> bool {
        self.buckets.is_empty() && self.shown() == Level::Gone
    }

    /// The minutes in which there are values.
    pub(super) fn minutes(&self) -> impl Iterator<Item = i64> + '_ {
        self.buckets.iter().map(|bucket| bucket.minute)
    }

    /// Shows a level from an instant on.
    pub(super) fn level(&mut self, at: Time, level: Level) {
        // Where a clock was turned back, what was to come does not.
        self.levels.retain(|(since, _)| *since < at || (*since == at && level == Level::Gone));
        if self.shown() != level {
            self.levels.push((at, level));
            let over = self.levels.len().saturating_sub(MOST_LEVELS);
            self.levels.drain(..over);
        }
    }

    /// What the gauge shows last.
    pub(super) fn shown(&self) -> Level {
        self.levels.last().map_or(Level::Gone, |(_, level)| *level)
    }

    /// The instants at which the gauge has changed, in their order.
    pub(super) fn changes(&self) -> impl Iterator<Item = Time> + '_ {
        self.levels.iter().map(|(since, _)| *since)
    }

    /// The values of the minutes from `from` on and before `to`, up to an instant.
    pub(super) fn gather(&self, (from, to): (i64, i64), now: Time, unit: i64, values: &mut Values) {
        let first = self.buckets.partition_point(|bucket| bucket.minute < from);
        for bucket in self.buckets.iter().skip(first).take_while(|bucket| bucket.minute < to) {
            bucket.values().for_each(|(value, times)| values.add(i64::from(value), u64::from(times)));
        }
        for (place, (since, level)) in self.levels.iter().enumerate() {
            let until = self.levels.get(place + 1).map_or(Time::LAST, |(next, _)| *next);
            sample(*since, until, *level, ((from, to), now, unit), values);
        }
    }

    /// When it told something last, not after `now`.
    pub(super) fn last(&self, now: Time) -> Option<Time> {
        let counted = self.buckets.last().map(|bucket| Time::from_millis(bucket.minute * MINUTE));
        let shown = self.levels.last().map(|(since, level)| if *level == Level::Gone { *since } else { now });
        counted.max(shown)
    }
}

/// What a level shows: at the instant from which on it is shown, and at the beginning of each minute after it.
fn sample(since: Time, until: Time, level: Level, range: ((i64, i64), Time, i64), values: &mut Values) {
    let ((from, to), now, unit) = range;
    let (begin, end) = (from.saturating_mul(MINUTE), to.saturating_mul(MINUTE).min(now.millis().saturating_add(1)));
    if level == Level::Gone || since.millis() >= end {
        return;
    }
    let mut at = since.millis();
    if at < begin {
        at = begin;
        if at >= until.millis() {
            return;
        }
    }
    while at < end && (at < until.millis() || at == since.millis()) {
        if let Some(value) = level.at(Time::from_millis(at), unit) {
            values.add(value, 1);
        }
        at = (at.div_euclid(MINUTE) + 1) * MINUTE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::metrics::Statistic;

    fn told(track: &Track, from: i64, to: i64) -> Option<f64> {
        let mut values = Values::default();
        track.gather((from, to), Time::LAST, 1000, &mut values);
        Statistic::Sum.of(&values)
    }

    #[test]
    fn old_values_are_told_of_longer_times_and_at_last_not_at_all() {
        let mut track = Track::default();
        for minute in 0..=455 * 1440 {
            track.number(Time::from_millis(minute * MINUTE), 1);
        }
        track.coarsen(Time::from_millis(455 * DAY));
        assert!(track.buckets.len() < 50_000, "{}", track.buckets.len());
        assert_eq!(told(&track, 0, 1_000_000), Some(455.0 * 1440.0 + 1.0));
        assert_eq!(track.total, (455 * 1440 + 1, 455 * 1440 + 1));
        track.coarsen(Time::from_millis(600 * DAY));
        assert_eq!(told(&track, 0, 145 * 1440), None);
    }

    #[test]
    fn a_gauge_shows_a_value_when_it_changes_and_at_each_minute() {
        let mut track = Track::default();
        track.level(Time::from_millis(30_000), Level::Until(Time::from_millis(200_000)));
        assert_eq!(told(&track, 0, 1), Some(170.0));
        assert_eq!(told(&track, 1, 3), Some(140.0 + 80.0));
        track.level(Time::from_millis(130_000), Level::Held(7));
        track.level(Time::from_millis(130_000), Level::Gone);
        assert_eq!(told(&track, 2, 3), Some(80.0 + 7.0));
        assert_eq!(told(&track, 3, 9), None);
    }

    #[test]
    fn a_clock_that_is_turned_back_takes_along_what_a_gauge_was_to_show() {
        let mut track = Track::default();
        track.level(Time::from_millis(0), Level::Held(1));
        track.level(Time::from_millis(500_000), Level::Held(2));
        track.level(Time::from_millis(100_000), Level::Held(3));
        assert_eq!(told(&track, 9, 10), Some(3.0));
    }
}
