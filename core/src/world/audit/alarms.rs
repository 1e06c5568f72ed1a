//! The alarms of a world: hosts put them, and are told when they change.

use super::{
    super::{World, lock},
    recorder::{KeptRecords, Span},
};
use crate::{
    audit::{
        alarms::{Alarm, Eyes, MOST_ALARMS, Source, Threshold},
        metrics::{MINUTE, Metrics, Statistic, View},
    },
    error::Error,
    kms::Kms,
    names::Region,
    order::sorted,
    state::FormValue,
    time::Time,
    wire::Value,
};

/// What an alarm sees of metrics.
struct OfMetrics<'a> {
    view: View<'a>,
    statistic: Statistic,
    now: Time,
    threshold: f64,
}

/// What an alarm sees of records: the minute of each that is meant, in order.
struct OfRecords {
    minutes: Vec<i64>,
    threshold: f64,
}

impl Eyes for OfMetrics<'_> {
    fn value(&self, range: (i64, i64)) -> Option<f64> {
        self.view.datum(self.statistic, range, self.now)
    }

    fn told(&self) -> Vec<i64> {
        self.view.told()
    }

    fn threshold(&self) -> f64 {
        self.threshold
    }
}

impl Eyes for OfRecords {
    #[expect(clippy::cast_precision_loss, reason = "a count of records")]
    fn value(&self, (from, to): (i64, i64)) -> Option<f64> {
        let before = |minute: i64| self.minutes.partition_point(|of| *of < minute);
        let count = before(to) - before(from);
        (count > 0).then_some(count as f64)
    }

    fn told(&self) -> Vec<i64> {
        let mut minutes = self.minutes.clone();
        minutes.dedup();
        minutes
    }

    fn threshold(&self) -> f64 {
        self.threshold
    }
}

impl World {
    /// Answers `alarms`: puts and removes, judges up to now, and tells.
    pub(super) fn watched_alarms(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let whole = FormValue::named("question", question);
        let [_, put, remove, after] = whole.structure(["question", "put", "remove", "after"])?;
        let one_or_list = |value: &Value| match value {
            Value::List(values) => values.clone(),
            Value::Null => Vec::new(),
            other => vec![other.clone()],
        };
        let kms = self.settled(now);
        let home = (self.account, Region::default());
        let put = one_or_list(put);
        let said = |value| Alarm::read(&whole.within("put", value), kms.state(), home);
        let put = put.iter().map(said).collect::<Result<Vec<_>, Error>>()?;
        let remove = one_or_list(remove);
        let removed = whole.within("remove", &Value::Null);
        let remove = remove.iter().map(|name| name.as_text().ok_or_else(|| removed.must_be("names of alarms")));
        let remove = remove.collect::<Result<Vec<_>, Error>>()?;
        let after = match after {
            Value::Null => 0,
            Value::Int(number) if *number >= 0 => number.unsigned_abs(),
            other => return Err(whole.within("after", other).must_be("the number of a change")),
        };
        let mut journal = lock(&self.journal);
        let recorder = &mut journal.recorder;
        // What was is judged by the alarms that were.
        let (metrics, kept) = (recorder.metrics.clone(), recorder.read());
        let eyes =
            |alarm: &Alarm| eyes(alarm, &metrics, &kept, &|threshold| number(threshold, alarm.period, &kms), now);
        recorder.alarms.judge(now, &eyes);
        if let Some(name) = remove.into_iter().find(|name| !recorder.alarms.remove(name)) {
            let shown: String = name.chars().filter(|sign| !sign.is_control()).take(100).collect();
            return Err(removed.wrong(["there is no alarm '", &shown, "'"].concat()));
        }
        for alarm in put {
            if !recorder.alarms.put(alarm, now) {
                let most = MOST_ALARMS.to_string();
                return Err(whole.within("put", &Value::Null).wrong(["there are ", &most, " alarms already"].concat()));
            }
        }
        recorder.alarms.judge(now, &eyes);
        Ok(recorder.alarms.to_value(after))
    }
}

/// What a threshold is in numbers, with periods of this many minutes.
#[expect(clippy::cast_precision_loss, reason = "thresholds are doubles")]
fn number(threshold: Threshold, period: i64, kms: &Kms) -> f64 {
    match threshold {
        Threshold::Number(number) => number,
        Threshold::Share(share, quota, account, region) => {
            let a_second = kms.state().request_quota(quota, account, region) as f64 / 1000.0;
            share / 100.0 * a_second * 60.0 * period as f64
        }
    }
}

/// What an alarm looks at.
fn eyes<'a>(
    alarm: &Alarm,
    metrics: &'a Metrics,
    kept: &KeptRecords,
    number: &dyn Fn(Threshold) -> f64,
    now: Time,
) -> Box<dyn Eyes + 'a> {
    let threshold = number(alarm.threshold);
    match &alarm.source {
        Source::Metrics(wanted, statistic) => {
            Box::new(OfMetrics { view: metrics.view(wanted), statistic: *statistic, now, threshold })
        }
        Source::Records(filter) => {
            let mut minutes = Vec::new();
            kept.search(filter, Span::ALL, &mut |_, told| {
                minutes.push(told.time().millis().div_euclid(MINUTE));
                true
            });
            Box::new(OfRecords { minutes: sorted(minutes, Ord::cmp), threshold })
        }
    }
}
