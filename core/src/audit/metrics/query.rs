//! What is asked of metrics: which there are, and what they have told period by period.

use super::{
    series::Series,
    statistics::{Statistic, Values},
    store::Metrics,
    track::{MINUTE, RETENTION, Track},
};
use crate::{
    names::{AccountId, Region},
    order::sorted,
    time::Time,
};

/// How long a metric is listed after it has told something last: two weeks (ListMetrics).
const LISTED: i64 = 14 * 24 * 60;

/// Which series are meant. What is not said may be anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) account: Option<AccountId>,
    pub(crate) region: Option<Region>,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
    /// Names of dimensions that must be there, with a value or any.
    pub(crate) dimensions: Vec<(String, Option<String>)>,
    /// Whether there may be no other dimensions.
    pub(crate) exactly: bool,
}

/// A question about the values of some series, taken together.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) wanted: Wanted,
    pub(crate) statistic: Statistic,
    /// In minutes, at least one.
    pub(crate) period: i64,
    /// The minute at which the first period begins.
    pub(crate) from: i64,
    /// The minute before which the last one begins.
    pub(crate) to: i64,
}

/// The beginning of a period, and the statistic of its values.
pub(crate) type Datum = (Time, f64);

impl Wanted {
    /// Whether a series is meant.
    pub(crate) fn means(&self, series: &Series) -> bool {
        let (account, region) = series.place();
        let metric = series.metric();
        let here =
            self.account.is_none_or(|wanted| wanted == account) && self.region.is_none_or(|wanted| wanted == region);
        let named = self.namespace.as_ref().is_none_or(|wanted| wanted == metric.namespace)
            && self.name.as_ref().is_none_or(|wanted| wanted == metric.name);
        if !here || !named {
            return false;
        }
        if self.dimensions.is_empty() && !self.exactly {
            return true;
        }
        let own = series.dimensions();
        let has = |(name, value): &(String, Option<String>)| {
            own.iter().any(|(of, is)| of == name && value.as_ref().is_none_or(|value| value == is))
        };
        (!self.exactly || own.len() == self.dimensions.len()) && self.dimensions.iter().all(has)
    }
}

impl Metrics {
    /// The series that have told something in the `minutes` before an instant, in the order of their names; those of two
    /// weeks where nothing is said.
    pub(crate) fn list(&self, wanted: &Wanted, minutes: Option<i64>, now: Time) -> Vec<&Series> {
        let since = Time::from_millis(now.millis().saturating_sub(minutes.unwrap_or(LISTED).saturating_mul(MINUTE)));
        let all = self.sorted().into_iter().filter(|(series, _)| wanted.means(series));
        all.filter(|(_, track)| track.last(now).is_some_and(|last| last >= since)).map(|(series, _)| series).collect()
    }

    /// What some series have told together, period by period, the oldest first; `most` periods that have values at most.
    /// Periods are counted from the beginning of the first one, and those are left out whose values CloudWatch would not
    /// have any more.
    pub(crate) fn data(&self, query: &Query, now: Time, most: usize) -> Vec<Datum> {
        query.data_of(&self.meant(&query.wanted), now, most)
    }

    /// What each of them has told by itself, in the order of their names: of `apart` series, and `most` periods of all.
    pub(crate) fn each(&self, query: &Query, now: Time, apart: usize, mut most: usize) -> Vec<(&Series, Vec<Datum>)> {
        let meant = sorted(self.meant(&query.wanted), |(one, _), (other, _)| one.cmp(other));
        let tell = |(series, track): (_, _)| {
            let data = query.data_of(&[(series, track)], now, most);
            most = most.saturating_sub(data.len());
            (series, data)
        };
        meant.into_iter().take(apart).map(tell).collect()
    }

    /// The series that are meant, to be looked at often.
    pub(crate) fn view(&self, wanted: &Wanted) -> View<'_> {
        View(self.meant(wanted))
    }

    fn meant(&self, wanted: &Wanted) -> Vec<(&Series, &Track)> {
        self.tracks.iter().filter(|(series, _)| wanted.means(series)).collect()
    }
}

/// Some series, taken together.
pub(crate) struct View<'a>(Vec<(&'a Series, &'a Track)>);

impl View<'_> {
    /// The statistic of their values from one minute to another.
    pub(crate) fn datum(&self, statistic: Statistic, range: (i64, i64), now: Time) -> Option<f64> {
        self::statistic(&self.0, statistic, range, now)
    }

    /// The minutes in which they have told something, or gauges have changed, in their order.
    pub(crate) fn told(&self) -> Vec<i64> {
        let mut minutes = Vec::new();
        for (_, track) in &self.0 {
            minutes.extend(track.minutes());
            minutes.extend(track.changes().map(|at| at.millis().div_euclid(MINUTE)));
        }
        let mut minutes = sorted(minutes, Ord::cmp);
        minutes.dedup();
        minutes
    }
}

impl Query {
    fn data_of(&self, tracks: &[(&Series, &Track)], now: Time, most: usize) -> Vec<Datum> {
        let present = now.millis().div_euclid(MINUTE);
        let oldest = present - RETENTION.last().map_or(0, |(age, _)| age / MINUTE);
        // The first period that can have anything.
        let skipped = oldest.saturating_sub(self.from).max(0).div_euclid(self.period);
        let mut from = self.from.saturating_add(skipped.saturating_mul(self.period));
        let mut data = Vec::new();
        while from < self.to && from <= present && data.len() < most {
            let to = from.saturating_add(self.period);
            let age = (present - from) * MINUTE;
            let finest = RETENTION.iter().find(|(oldest, _)| age <= *oldest);
            if finest.is_some_and(|(_, minutes)| self.period % minutes == 0)
                && let Some(value) = statistic(tracks, self.statistic, (from, to), now)
            {
                data.push((Time::from_millis(from * MINUTE), value));
            }
            from = to;
        }
        data
    }
}

fn statistic(tracks: &[(&Series, &Track)], of: Statistic, range: (i64, i64), now: Time) -> Option<f64> {
    let mut values = Values::default();
    for (series, track) in tracks {
        track.gather(range, now, series.unit_millis(), &mut values);
    }
    of.of(&values)
}
