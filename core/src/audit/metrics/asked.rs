//! How hosts ask for metrics: structures whose members are named as in Python or in JavaScript.

use super::{
    query::{Query, Wanted},
    series::METRICS,
    statistics::{STATISTICS, Statistic},
    track::MINUTE,
};
use crate::{arguments, error::Error, state::FormValue, time::Time, wire::Value};

/// How far back data is told where nothing is said: three hours, in minutes.
const LATELY: i64 = 180;

/// The longest period, in seconds: CloudWatch keeps nothing longer than 455 days.
const LONGEST: u32 = 455 * 86_400;

/// The most dimensions of a metric.
const MOST: usize = 30;

/// The members that say which metrics are meant.
pub(crate) struct Meant<'a> {
    pub(crate) account: &'a Value,
    pub(crate) region: &'a Value,
    pub(crate) namespace: &'a Value,
    pub(crate) name: &'a Value,
    /// What the member is called that says the name.
    pub(crate) named: &'static str,
    pub(crate) dimensions: &'a Value,
}

impl Wanted {
    /// Reads which metrics are meant: `account`, `region`, `namespace`, `name`, and `dimensions`, a structure of values by
    /// names; null stands for any value.
    pub(crate) fn read(whole: &FormValue<'_>, meant: &Meant<'_>) -> Result<Self, Error> {
        let within = |step, value| whole.within(step, value);
        let (account, region) = (whole.within("account", meant.account), whole.within("region", meant.region));
        let known = |what: fn(&super::series::Metric) -> &'static str, said: &FormValue<'_>| {
            let Some(text) = said.maybe_text("a text")? else { return Ok(None) };
            if METRICS.iter().any(|metric| what(metric) == text) {
                return Ok(Some(text.to_owned()));
            }
            let mut all: Vec<&str> = METRICS.iter().map(what).collect();
            all.dedup();
            Err(said.wrong(format!("is not known: there are {}", all.join(", "))))
        };
        let namespace = known(|metric| metric.namespace, &within("namespace", meant.namespace))?;
        let name = known(|metric| metric.name, &within(meant.named, meant.name))?;
        let said = within("dimensions", meant.dimensions);
        let members = said.members("a structure of names and values, such as {\"KeyId\": \"...\"}")?;
        if members.len() > MOST {
            return Err(said.wrong(format!("has more than {MOST} members")));
        }
        let dimension = |(name, value): &(crate::wire::Name, Value)| {
            let value = said.within(name, value).maybe_text("a text, or null for any value")?;
            Ok((name.to_string(), value.map(str::to_owned)))
        };
        let dimensions = members.iter().map(dimension).collect::<Result<_, Error>>()?;
        let account = if account.is_there() { Some(account.account()?) } else { None };
        let region = if region.is_there() { Some(region.region()?) } else { None };
        Ok(Self { account, region, namespace, name, dimensions, exactly: false })
    }

    /// The statistic that says most of what is meant.
    fn usual(&self) -> Statistic {
        let metric = METRICS.iter().find(|metric| self.name.as_deref() == Some(metric.name));
        metric.and_then(|metric| Statistic::parse(metric.statistic)).unwrap_or(Statistic::Sum)
    }
}

impl Query {
    /// Reads a question for data: `statistic`, `period` in seconds, `from` and `to`, beside what is meant.
    pub(crate) fn read(
        whole: &FormValue<'_>,
        wanted: Wanted,
        [statistic, period, from, to]: [&Value; 4],
        now: Time,
    ) -> Result<Self, Error> {
        let statistic = read_statistic(&whole.within("statistic", statistic))?.unwrap_or_else(|| wanted.usual());
        let period = read_period(&whole.within("period", period))?.unwrap_or(1);
        let to = instant(&whole.within("to", to))?;
        let to = to.map_or(now.millis() + 1, Time::millis);
        let to = to.div_euclid(MINUTE) + i64::from(to.rem_euclid(MINUTE) > 0);
        let from = instant(&whole.within("from", from))?;
        let from = from.map_or(to - LATELY.max(period), |from| from.millis().div_euclid(MINUTE));
        Ok(Self { wanted, statistic, period, from, to })
    }
}

/// A statistic, if one is named.
pub(crate) fn read_statistic(said: &FormValue<'_>) -> Result<Option<Statistic>, Error> {
    let Some(text) = said.maybe_text("the name of a statistic")? else { return Ok(None) };
    Statistic::parse(text).map(Some).ok_or_else(|| said.must_be(STATISTICS))
}

/// The minutes of a period that is said in seconds.
pub(crate) fn read_period(said: &FormValue<'_>) -> Result<Option<i64>, Error> {
    let Some(seconds) = said.maybe_number(LONGEST)? else { return Ok(None) };
    if seconds == 0 || seconds % 60 != 0 {
        return Err(said.must_be("a number of seconds that is a multiple of 60"));
    }
    Ok(Some(i64::from(seconds / 60)))
}

/// An instant, as a time, as seconds since the epoch or as text.
pub(crate) fn instant(said: &FormValue<'_>) -> Result<Option<Time>, Error> {
    match said.value {
        Value::Null => Ok(None),
        Value::Text(text) => arguments::moment(text).map(Some),
        other => other.as_time().map(Some).ok_or_else(|| said.must_be("an instant, such as 2030-01-01T00:00:00Z")),
    }
}
