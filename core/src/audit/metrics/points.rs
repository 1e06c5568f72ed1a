//! What one call, or one health check, tells to the metrics.

use std::sync::Arc;

use super::series::{ProxiedOperation, Series, StoreKind};
use crate::{
    call::{Call, ProxyOperation},
    external::{Exchange, HEALTH_CHECK},
    names::KeyStoreName,
    operations::{Cost, Operation, Subject},
    state::{KeyStoreRow, State},
    time::Time,
    wire::Value,
};

/// One value of a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub(super) series: Series,
    pub(super) at: Time,
    pub(super) reading: Reading,
}

/// What a point says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A number: it is one of many.
    Number(u32),
    /// A gauge shows this from now on.
    Level(Level),
}

/// What a gauge shows from minute to minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The same.
    Held(i64),
    /// How long it is until an instant.
    Until(Time),
    /// How long ago an instant is.
    Since(Time),
    /// Nothing.
    Gone,
}

/// What of a call the metrics are made of.
pub(crate) struct Facts<'a> {
    pub(crate) call: &'a Call,
    pub(crate) operation: &'static Operation,
    pub(crate) subjects: &'a [Subject],
    /// Whether the call has done what it was to do.
    pub(crate) done: bool,
    /// What it counts for, of which request quotas.
    pub(crate) costs: &'a [Cost],
    /// The key store whose quota has refused it.
    pub(crate) throttled: Option<KeyStoreName>,
    /// The requests to proxies.
    pub(crate) exchanges: &'a [Exchange],
    /// The state that the call has found.
    pub(crate) state: &'a State,
}

impl Point {
    pub(crate) const fn count(series: Series, at: Time, number: u32) -> Self {
        Self { series, at, reading: Reading::Number(number) }
    }

    pub(crate) const fn level(series: Series, at: Time, level: Level) -> Self {
        Self { series, at, reading: Reading::Level(level) }
    }

    /// The value in the unit of the metric; `None` where a gauge ends.
    pub(crate) fn value(&self) -> Option<i64> {
        match self.reading {
            Reading::Number(number) => Some(i64::from(number)),
            Reading::Level(level) => level.at(self.at, self.series.unit_millis()),
        }
    }

    /// The point as bindings show it: `namespace`, `name`, `account`, `region`, `dimensions`, `time`, `value` and `unit`.
    pub fn to_value(&self) -> Value {
        let Value::Map(mut members) = self.series.to_value() else { return Value::Null };
        members.push(("time".into(), Value::Time(self.at)));
        members.push(("value".into(), self.value().map_or(Value::Null, Value::Int)));
        members.push(("unit".into(), self.series.metric().unit.into()));
        Value::Map(members)
    }
}

impl Level {
    /// What it shows at an instant, in units of this many milliseconds, rounded down.
    pub(super) fn at(self, now: Time, unit: i64) -> Option<i64> {
        match self {
            Self::Held(number) => Some(number),
            Self::Until(end) => Some((end.millis() - now.millis()).div_euclid(unit)),
            Self::Since(start) => Some((now.millis() - start.millis()).div_euclid(unit)),
            Self::Gone => None,
        }
    }
}

impl Series {
    /// How it is named: `namespace`, `name`, `account`, `region` and `dimensions`, names and values in their order.
    pub(crate) fn to_value(&self) -> Value {
        let (metric, (account, region)) = (self.metric(), self.place());
        let dimensions = self.dimensions().into_iter().map(|(name, value)| (name, Value::from(value)));
        Value::from([
            ("namespace", metric.namespace.into()),
            ("name", metric.name.into()),
            ("account", account.to_string().into()),
            ("region", region.as_str().into()),
            ("dimensions", dimensions.collect()),
        ])
    }

    /// The milliseconds of a unit of a gauge that counts time.
    pub(super) const fn unit_millis(&self) -> i64 {
        match self {
            Self::Certificate(..) | Self::Credential(_) => 86_400_000,
            _ => 1000,
        }
    }
}

/// The points of a call.
pub(crate) fn of_call(facts: &Facts<'_>) -> Vec<Point> {
    let Facts { call, operation, subjects, costs, exchanges, state, .. } = facts;
    let mut points = Vec::with_capacity(2);
    for cost in *costs {
        let series = Series::Calls(cost.account, cost.region, cost.quota);
        points.push(Point::count(series, call.now, cost.requests));
    }
    if facts.done && operation.is_cryptographic() {
        used(&mut points, operation, subjects, call.now);
    }
    if let Some(store) = facts.throttled
        && let Some(row) = state.key_store(&store)
    {
        points.push(Point::count(Series::Throttled(store, kind(row), operation.name), call.now, 1));
    }
    for exchange in *exchanges {
        of_exchange(&mut points, exchange, state, call.now);
    }
    points
}

/// A successful use: of one key, or of two, of which each owner is told once (AUD-193).
fn used(points: &mut Vec<Point>, operation: &Operation, subjects: &[Subject], now: Time) {
    match subjects {
        [from, to, ..] => {
            points.push(Point::count(Series::ReEncrypted(from.arn.account, from.arn, to.arn), now, 1));
            if to.arn.account != from.arn.account {
                points.push(Point::count(Series::ReEncrypted(to.arn.account, from.arn, to.arn), now, 1));
            }
        }
        [key] => points.push(Point::count(Series::Used(operation.name, key.arn), now, 1)),
        [] => {}
    }
}

/// The points of a request to a proxy (CKS-380 to CKS-387).
pub(crate) fn of_exchange(points: &mut Vec<Point>, exchange: &Exchange, state: &State, now: Time) {
    let (store, asked) = (exchange.store, ProxiedOperation::new(exchange.kms_operation, exchange.proxy_operation));
    if !exchange.counted {
        return;
    }
    points.push(Point::count(Series::Errors(store, asked, exchange.retryable, exchange.outcome), now, 1));
    points.push(Point::count(Series::Latency(store, asked), now, exchange.millis));
    if let Some(managers) = exchange.managers {
        let states =
            [("Active", managers.active), ("Degraded", managers.degraded), ("Unavailable", managers.unavailable)];
        for (name, number) in states {
            points.push(Point::level(Series::Managers(store, name), now, Level::Held(i64::from(number))));
        }
    }
    let of_health = exchange.proxy_operation == ProxyOperation::GetHealthStatus;
    if let Some(certificate) = exchange.certificate.as_ref().filter(|_| of_health) {
        let series = Series::Certificate(store, Arc::from(certificate.subject.as_str()));
        points.push(Point::level(series, now, Level::Until(certificate.not_after)));
    }
    let given = state.key_store(&store).and_then(KeyStoreRow::external).map(|made| made.credential_given);
    if let Some(given) = given.filter(|_| exchange.kms_operation == HEALTH_CHECK) {
        points.push(Point::level(Series::Credential(store), now, Level::Since(given)));
    }
}

const fn kind(row: &KeyStoreRow) -> StoreKind {
    if row.external().is_some() { StoreKind::External } else { StoreKind::CloudHsm }
}
