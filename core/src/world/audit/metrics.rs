//! The metrics of a world: what its calls and its time tell, and who asks for it.

use super::super::{World, journal::Journal, lock};
use crate::{
    audit::metrics::{Datum, MEDIA_TYPE, Meant, Metrics, Point, Query, Series, Wanted},
    error::Error,
    state::{Change, FormValue},
    time::Time,
    wire::Value,
};

/// The most periods that one answer tells (GetMetricData).
pub(in crate::world) const MOST_DATA: usize = 100_800;

/// The most metrics of one answer whose data is told apart (GetMetricData).
const MOST_APART: usize = 500;

/// What ListMetrics calls recent: three hours, in minutes.
pub(in crate::world) const RECENT: i64 = 180;

impl Journal {
    /// Takes in what the metrics are told at an instant, by a call or by the time.
    pub(in crate::world) fn enter_points(&mut self, points: Vec<Point>, changes: &[Change], at: Time) {
        if self.recorder.is_on() {
            let metrics = &mut self.recorder.metrics;
            metrics.take(points);
            metrics.follow(changes, at);
        }
    }
}

impl World {
    /// The metrics as they are once everything has happened that has fallen due by an instant. They are shared with the
    /// world until one of both goes on.
    pub(in crate::world) fn metrics(&self, now: Time) -> Metrics {
        drop(self.settled(now));
        lock(&self.journal).recorder.metrics.clone()
    }

    /// What all metrics have come to, in the text form of OpenMetrics 1.0.
    pub fn open_metrics(&self, host_now: Time) -> String {
        let now = self.now(host_now);
        self.metrics(now).open_metrics(now)
    }

    /// Answers `open_metrics`.
    pub(super) fn told_open_metrics(&self, question: &Value, now: Time) -> Result<Value, Error> {
        FormValue::named("question", question).structure(["question"])?;
        let text = self.metrics(now).open_metrics(now);
        Ok(Value::from([("mediaType", MEDIA_TYPE.into()), ("text", text.into())]))
    }

    /// Answers `metrics`.
    pub(super) fn listed_metrics(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let whole = FormValue::named("question", question);
        let [_, account, region, namespace, name, dimensions, recent] =
            whole.structure(["question", "account", "region", "namespace", "name", "dimensions", "recently_active"])?;
        let wanted = Wanted::read(&whole, &Meant { account, region, namespace, name, named: "name", dimensions })?;
        let recent = whole.within("recentlyActive", recent).maybe_flag()? == Some(true);
        let metrics = self.metrics(now);
        let listed = metrics.list(&wanted, recent.then_some(RECENT), now);
        let listed = listed.into_iter().map(Series::to_value).collect();
        Ok(Value::from([("metrics", Value::List(listed)), ("dropped", Value::count(metrics.dropped()))]))
    }

    /// Answers `metric_data`.
    pub(super) fn told_metric_data(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let whole = FormValue::named("question", question);
        let [_, account, region, namespace, name, dimensions, statistic, period, from, to, each] =
            whole.structure([
                "question",
                "account",
                "region",
                "namespace",
                "name",
                "dimensions",
                "statistic",
                "period",
                "from",
                "to",
                "each",
            ])?;
        let wanted = Wanted::read(&whole, &Meant { account, region, namespace, name, named: "name", dimensions })?;
        let query = Query::read(&whole, wanted, [statistic, period, from, to], now)?;
        let each = whole.within("each", each).maybe_flag()? == Some(true);
        let metrics = self.metrics(now);
        if !each {
            return Ok(Value::from([("data", data(metrics.data(&query, now, MOST_DATA)))]));
        }
        let tell = |(series, found): (&Series, Vec<Datum>)| {
            let Value::Map(mut members) = series.to_value() else { return Value::Null };
            members.push(("unit".into(), series.metric().unit.into()));
            members.push(("data".into(), data(found)));
            Value::Map(members)
        };
        let told = metrics.each(&query, now, MOST_APART, MOST_DATA).into_iter().map(tell).collect();
        Ok(Value::from([("metrics", Value::List(told))]))
    }
}

/// Periods and their values.
fn data(data: Vec<Datum>) -> Value {
    let datum = |(time, value)| Value::from([("time", Value::Time(time)), ("value", Value::Float(value))]);
    Value::List(data.into_iter().map(datum).collect())
}
