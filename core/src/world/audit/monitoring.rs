//! CloudWatch at the served address, as far as SDKs ask for metrics: ListMetrics, GetMetricData and GetMetricStatistics
//! (AUD-204). An account is told of its own metrics, in the Region of the endpoint.

use super::{super::World, input::In, metrics::RECENT};
use crate::{
    audit::metrics::{METRICS, MINUTE, Metrics, Query, STATISTICS, Series, Statistic, Wanted},
    error::Error,
    http::{Answer, Fault, Monitored},
    time::Time,
    wire::{Members, Value},
};

/// The most metrics of one answer (ListMetrics).
const MOST_METRICS: usize = 500;

/// The most queries of one request, and the most periods of one answer (GetMetricData).
const MOST_QUERIES: usize = 500;
const MOST_DATA: i64 = 100_800;

/// The most periods of one answer (GetMetricStatistics).
const MOST_POINTS: u16 = 1440;

/// The most dimensions of a metric.
const MOST_DIMENSIONS: usize = 30;

/// The operations, and who answers them.
const OPERATIONS: &[(&str, Operation)] = &[
    ("ListMetrics", World::list_metrics),
    ("GetMetricData", World::told_data),
    ("GetMetricStatistics", World::told_statistics),
];

type Operation = fn(&World, &Monitored, Time) -> Answer;

impl World {
    /// Answers a request for CloudWatch.
    pub(in crate::world) fn monitor(&self, asked: &Monitored, host_now: Time) -> Answer {
        let operation = OPERATIONS.iter().find(|(name, _)| *name == asked.operation);
        let Some((_, operation)) = operation else {
            let known: Vec<&str> = OPERATIONS.iter().map(|(name, _)| *name).collect();
            return Err((Fault::Unknown, Error::no_monitoring_operation(&asked.operation, &known)));
        };
        operation(self, asked, self.now(host_now))
    }

    fn list_metrics(&self, asked: &Monitored, now: Time) -> Answer {
        let input = In::whole(&asked.input);
        let mut wanted = wanted(asked);
        wanted.namespace = input.text("Namespace")?.map(str::to_owned);
        wanted.name = input.text("MetricName")?.map(str::to_owned);
        for filter in input.list("Dimensions", 10)? {
            let name = filter.needed("Name")?.to_owned();
            wanted.dimensions.push((name, filter.text("Value")?.map(str::to_owned)));
        }
        let recent = match input.text("RecentlyActive")? {
            None => None,
            Some("PT3H") => Some(RECENT),
            Some(_) => return Err(input.wrong("RecentlyActive", "PT3H")),
        };
        let skipped = input.token()?;
        let metrics = self.metrics(now);
        let listed = metrics.list(&wanted, recent, now);
        let more = listed.len() > skipped.saturating_add(MOST_METRICS);
        let page = listed.into_iter().skip(skipped).take(MOST_METRICS).map(metric).collect();
        let token = more.then(|| (skipped + MOST_METRICS).to_string().into());
        Ok(Value::named(&mut [("Metrics", Some(Value::List(page))), ("NextToken", token)]))
    }

    fn told_data(&self, asked: &Monitored, now: Time) -> Answer {
        let input = In::whole(&asked.input);
        let (from, to) = range(&input, now)?;
        let ascending = match input.text("ScanBy")? {
            None | Some("TimestampDescending") => false,
            Some("TimestampAscending") => true,
            Some(_) => return Err(input.wrong("ScanBy", "TimestampDescending or TimestampAscending")),
        };
        let most = input.number("MaxDatapoints", MOST_DATA)?.unwrap_or(MOST_DATA);
        let skipped = input.token()?;
        let queries = input.list("MetricDataQueries", MOST_QUERIES)?;
        if queries.is_empty() {
            return Err(input.missing("MetricDataQueries"));
        }
        let queries =
            queries.iter().map(|query| DataQuery::read(query, asked, (from, to))).collect::<Result<Vec<_>, _>>()?;
        let twice =
            queries.iter().enumerate().find(|(at, query)| queries.iter().take(*at).any(|one| one.id == query.id));
        if let Some((_, query)) = twice {
            return Err((Fault::Value, Error::query_id_twice(&query.id)));
        }
        let page = Page { skipped, most: usize::try_from(most).unwrap_or_default(), ascending };
        Ok(page.of(&queries, &self.metrics(now), now))
    }

    fn told_statistics(&self, asked: &Monitored, now: Time) -> Answer {
        let input = In::whole(&asked.input);
        let mut wanted = wanted(asked);
        named(&input, &mut wanted)?;
        let (from, to) = range(&input, now)?;
        let period = period(&input)?;
        let count = ((to - from).max(0) + period - 1) / period;
        if count > i64::from(MOST_POINTS) {
            return Err((Fault::Combination, Error::too_many_datapoints(count, i64::from(MOST_POINTS))));
        }
        let read = |name: &'static str| {
            let texts = input.texts(name, 10)?;
            let read = |text: &str| Statistic::parse(text).map(|found| (text.to_owned(), found));
            let found = texts.into_iter().map(|text| read(text).ok_or_else(|| input.wrong(name, STATISTICS)));
            found.collect::<Result<Vec<_>, (Fault, Error)>>()
        };
        let (plain, extended) = (read("Statistics")?, read("ExtendedStatistics")?);
        if plain.is_empty() && extended.is_empty() {
            return Err((Fault::Combination, Error::no_statistics()));
        }
        let metrics = self.metrics(now);
        let label = wanted.name.clone().unwrap_or_default();
        let unit = unit(&label);
        let is_other = input.text("Unit")?.is_some_and(|asked| asked != unit);
        let query = Query { wanted, statistic: Statistic::SampleCount, period, from, to };
        let periods = if is_other { Vec::new() } else { metrics.data(&query, now, usize::from(MOST_POINTS)) };
        let view = metrics.view(&query.wanted);
        let point = |(time, _): (Time, f64)| {
            let minute = time.millis().div_euclid(MINUTE);
            let of = |statistic| view.datum(statistic, (minute, minute + period), now);
            let told = |list: &[(String, Statistic)]| -> Members {
                let told =
                    list.iter().filter_map(|(name, found)| Some((name.clone().into(), Value::Float(of(*found)?))));
                told.collect()
            };
            let mut members: Members = vec![("Timestamp".into(), Value::Time(time))];
            members.extend(told(&plain));
            members.push(("Unit".into(), unit.into()));
            if !extended.is_empty() {
                members.push(("ExtendedStatistics".into(), Value::Map(told(&extended))));
            }
            Value::Map(members)
        };
        let points = periods.into_iter().map(point).collect();
        Ok(Value::from([("Label", label.into()), ("Datapoints", Value::List(points))]))
    }
}

/// One query of GetMetricData.
struct DataQuery {
    id: String,
    label: String,
    query: Query,
    /// Whether another unit is asked for than the metric has.
    nothing: bool,
    told: bool,
}

/// A part of all the periods that are asked for.
struct Page {
    skipped: usize,
    most: usize,
    ascending: bool,
}

impl DataQuery {
    fn read(input: &In<'_>, asked: &Monitored, (from, to): (i64, i64)) -> Result<Self, (Fault, Error)> {
        let id = input.needed("Id")?.to_owned();
        if input.text("Expression")?.is_some() {
            return Err((Fault::Value, Error::no_expressions(&id)));
        }
        let stat = input.structure("MetricStat")?.ok_or_else(|| input.missing("MetricStat"))?;
        let metric = stat.structure("Metric")?.ok_or_else(|| stat.missing("Metric"))?;
        let mut wanted = wanted(asked);
        named(&metric, &mut wanted)?;
        let name = stat.needed("Stat")?;
        let statistic = Statistic::parse(name).ok_or_else(|| stat.wrong("Stat", STATISTICS))?;
        let period = period(&stat)?;
        let label = input.text("Label")?.map_or_else(|| wanted.name.clone().unwrap_or_default(), str::to_owned);
        let is_told = unit(wanted.name.as_deref().unwrap_or_default());
        let nothing = stat.text("Unit")?.is_some_and(|unit| unit != is_told);
        let told = input.flag("ReturnData")?.unwrap_or(true);
        Ok(Self { id, label, query: Query { wanted, statistic, period, from, to }, nothing, told })
    }
}

impl Page {
    /// The results of the queries in this part. The first one names all queries, also those that have found nothing.
    fn of(&self, queries: &[DataQuery], metrics: &Metrics, now: Time) -> Value {
        let (mut skip, mut room, mut left) = (self.skipped, self.most, false);
        let mut results = Vec::new();
        for asked in queries.iter().filter(|asked| asked.told) {
            let all = skip.saturating_add(room).saturating_add(1);
            // The newest of all are the last that are found.
            let whole = if self.ascending { all } else { usize::MAX };
            let mut data = if asked.nothing { Vec::new() } else { metrics.data(&asked.query, now, whole) };
            if !self.ascending {
                data.reverse();
            }
            let passed = skip.min(data.len());
            skip -= passed;
            data.drain(..passed);
            let rest = data.len() > room;
            data.truncate(room);
            room -= data.len();
            left |= rest;
            if data.is_empty() && self.skipped > 0 {
                continue;
            }
            let (times, values) =
                data.into_iter().map(|(time, value)| (Value::Time(time), Value::Float(value))).unzip();
            results.push(Value::from([
                ("Id", asked.id.as_str().into()),
                ("Label", asked.label.as_str().into()),
                ("Timestamps", Value::List(times)),
                ("Values", Value::List(values)),
                ("StatusCode", if rest { "PartialData" } else { "Complete" }.into()),
            ]));
        }
        let token = left.then(|| (self.skipped + self.most).to_string().into());
        Value::named(&mut [
            ("MetricDataResults", Some(Value::List(results))),
            ("NextToken", token),
            ("Messages", Some(Value::List(Vec::new()))),
        ])
    }
}

/// All metrics that one who asks may see.
fn wanted(asked: &Monitored) -> Wanted {
    Wanted { account: Some(asked.caller.account), region: Some(asked.region), ..Wanted::default() }
}

/// One metric, by its name and all of its dimensions.
fn named(input: &In<'_>, wanted: &mut Wanted) -> Result<(), (Fault, Error)> {
    wanted.namespace = Some(input.needed("Namespace")?.to_owned());
    wanted.name = Some(input.needed("MetricName")?.to_owned());
    wanted.exactly = true;
    for dimension in input.list("Dimensions", MOST_DIMENSIONS)? {
        wanted.dimensions.push((dimension.needed("Name")?.to_owned(), Some(dimension.needed("Value")?.to_owned())));
    }
    Ok(())
}

/// The minutes of `StartTime` and `EndTime`. The longer a beginning is past, the more it is rounded down.
fn range(input: &In<'_>, now: Time) -> Result<(i64, i64), (Fault, Error)> {
    let (from, to) = (input.time("StartTime")?, input.time("EndTime")?);
    if from >= to {
        return Err((Fault::Combination, Error::start_before_end()));
    }
    let minute = from.millis().div_euclid(MINUTE);
    let step = match now.millis().saturating_sub(from.millis()) / (MINUTE * 1440) {
        ..15 => 1,
        15..63 => 5,
        _ => 60,
    };
    let end = to.millis().div_euclid(MINUTE) + i64::from(to.millis().rem_euclid(MINUTE) > 0);
    Ok((minute - minute.rem_euclid(step), end))
}

/// A period in minutes. Metrics of KMS have no finer ones; one that is asked for is a minute (a decision).
fn period(input: &In<'_>) -> Result<i64, (Fault, Error)> {
    let what = "1, 5, 10, 20, 30, or a multiple of 60, at most 39312000";
    let seconds = input.number("Period", 39_312_000)?.ok_or_else(|| input.missing("Period"))?;
    match seconds {
        1 | 5 | 10 | 20 | 30 => Ok(1),
        _ if seconds > 0 && seconds % 60 == 0 => Ok(seconds / 60),
        _ => Err(input.wrong("Period", what)),
    }
}

/// The unit of a metric.
fn unit(name: &str) -> &'static str {
    METRICS.iter().find(|metric| metric.name == name).map_or("None", |metric| metric.unit)
}

/// A metric as ListMetrics names it.
fn metric(series: &Series) -> Value {
    let dimension =
        |(name, value): (&'static str, String)| Value::from([("Name", name.into()), ("Value", value.into())]);
    Value::from([
        ("Namespace", series.metric().namespace.into()),
        ("MetricName", series.metric().name.into()),
        ("Dimensions", Value::List(series.dimensions().into_iter().map(dimension).collect())),
    ])
}
