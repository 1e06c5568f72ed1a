//! What an alarm is about: read from a structure, on its own or on the ground of a ready-made one.

use super::{
    recipes::{About, RECIPES, Recipe},
    state::Missing,
};
use crate::{
    audit::{
        filter::{Filter, Written},
        metrics::{METRICS, Meant, STATISTICS, Statistic, Wanted, read_period, read_statistic, resource},
    },
    error::Error,
    names::{AccountId, Region},
    quotas::RequestQuota,
    state::{FormValue, State},
    wire::Value,
};

/// The longest time that an alarm looks back, in minutes: a week, or a day with periods of less than an hour
/// (PutMetricAlarm).
const WEEK: i64 = 7 * 1440;
const DAY: i64 = 1440;

/// How an alarm compares.
const COMPARISONS: [&str; 4] =
    ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

/// An alarm.
#[derive(Clone, Debug)]
pub(crate) struct Alarm {
    pub(crate) name: String,
    pub(crate) source: Source,
    /// In minutes.
    pub(crate) period: i64,
    /// How many data points are looked at, and how many of them must be beyond.
    pub(crate) points: (u32, u32),
    pub(crate) threshold: Threshold,
    comparison: &'static str,
    pub(crate) missing: Missing,
    /// As it was put, to be told again.
    form: Value,
}

/// Where data points come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// A statistic of metrics, taken together.
    Metrics(Wanted, Statistic),
    /// How many records are meant.
    Records(Box<Filter>),
}

/// What data points are compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Threshold {
    Number(f64),
    /// A percentage of what a request quota of an account admits in a period.
    Share(f64, RequestQuota, AccountId, Region),
}

/// What is said of an alarm, by the names of the members.
struct Form<'a> {
    whole: &'a FormValue<'a>,
    recipe: Option<&'static Recipe>,
    values: [&'a Value; 19],
}

const MEMBERS: [&str; 19] = [
    "name",
    "recipe",
    "description",
    "account",
    "region",
    "namespace",
    "metric",
    "dimensions",
    "statistic",
    "period",
    "evaluation_periods",
    "datapoints_to_alarm",
    "threshold",
    "comparison",
    "treat_missing_data",
    "filter",
    "key",
    "store",
    "quota",
];

impl Alarm {
    /// Reads an alarm. Where nothing is said of the account and the Region, those of the world are meant by shares of quotas,
    /// and all by everything else.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place of what is wrong.
    pub(crate) fn read(whole: &FormValue<'_>, state: &State, home: (AccountId, Region)) -> Result<Self, Error> {
        let values = whole.structure(MEMBERS)?;
        let recipe = recipe(&whole.within("recipe", values[1]))?;
        let form = Form { whole, recipe, values };
        let name = form.at(0).maybe_text("a name")?.or(recipe.map(|recipe| recipe.name));
        let name = name.ok_or_else(|| form.at(0).must_be("a name"))?.to_owned();
        let (source, threshold) = form.source(state, home)?;
        let period = read_period(&form.at(9))?.or(recipe.map(|recipe| recipe.period)).unwrap_or(1);
        let needed = form.at(10).maybe_number(10_080)?.unwrap_or(1).max(1);
        let to_alarm = form.at(11).maybe_number(needed)?.unwrap_or(needed).max(1);
        let back = period.saturating_mul(i64::from(needed));
        if back > if period < 60 { DAY } else { WEEK } {
            return Err(form.at(9).wrong(
                "times evaluationPeriods is more than a week, or than a day with periods of less than an hour",
            ));
        }
        let comparison = form.at(13).maybe_text("a comparison")?.or(recipe.map(|recipe| recipe.comparison));
        let comparison = comparison.and_then(|named| COMPARISONS.into_iter().find(|known| *known == named));
        let comparison = comparison.ok_or_else(|| form.at(13).must_be(&COMPARISONS.join(" or ")))?;
        let missing = match form.at(14).maybe_text("a text")? {
            None => recipe.map_or(Missing::Nothing, |recipe| recipe.missing),
            Some(text) => {
                Missing::parse(text).ok_or_else(|| form.at(14).must_be("missing, ignore, breaching or notBreaching"))?
            }
        };
        form.at(2).maybe_text("a text")?;
        let points = (needed, to_alarm);
        Ok(Self { name, source, period, points, threshold, comparison, missing, form: whole.value.clone() })
    }

    /// Whether a value is beyond a threshold.
    pub(crate) fn is_beyond(&self, value: f64, threshold: f64) -> bool {
        match self.comparison {
            "GreaterThanOrEqualToThreshold" => value >= threshold,
            "GreaterThanThreshold" => value > threshold,
            "LessThanThreshold" => value < threshold,
            _ => value <= threshold,
        }
    }

    /// How it compares, in words.
    pub(crate) fn compares(&self) -> &'static str {
        match self.comparison {
            "GreaterThanOrEqualToThreshold" => "at least",
            "GreaterThanThreshold" => "greater than",
            "LessThanThreshold" => "less than",
            _ => "at most",
        }
    }

    /// How it was put.
    pub(crate) const fn form(&self) -> &Value {
        &self.form
    }
}

fn recipe(said: &FormValue<'_>) -> Result<Option<&'static Recipe>, Error> {
    let Some(name) = said.maybe_text("the name of a ready-made alarm")? else { return Ok(None) };
    let found = RECIPES.iter().find(|recipe| recipe.name == name);
    let known = || RECIPES.iter().map(|recipe| recipe.name).collect::<Vec<_>>().join(", ");
    found.map(Some).ok_or_else(|| said.wrong(["is not known: there are ", &known()].concat()))
}

impl Form<'_> {
    fn at(&self, place: usize) -> FormValue<'_> {
        let name = MEMBERS.get(place).copied().unwrap_or_default();
        self.whole.within(name, self.values.get(place).copied().unwrap_or(&Value::Null))
    }

    fn source(&self, state: &State, home: (AccountId, Region)) -> Result<(Source, Threshold), Error> {
        let threshold = self.threshold()?;
        let about = self.recipe.map(|recipe| recipe.about);
        if let Some(About::Pattern(pattern)) = about {
            let filter = Value::from([("pattern", pattern.into())]);
            let filter = Filter::read(&FormValue::named("filter", &filter), state, Written::Here)?;
            return Ok((Source::Records(Box::new(filter)), Threshold::Number(threshold)));
        }
        if self.at(15).is_there() {
            let filter = Filter::read(&self.at(15), state, Written::Here)?;
            return Ok((Source::Records(Box::new(filter)), Threshold::Number(threshold)));
        }
        let (account, region) = (self.at(3), self.at(4));
        if matches!(about, Some(About::Quota)) {
            let account = if account.is_there() { account.account()? } else { home.0 };
            let region = if region.is_there() { region.region()? } else { home.1 };
            let quota = self.quota()?;
            let wanted = Wanted {
                account: Some(account),
                region: Some(region),
                name: Some("CallCount".to_owned()),
                dimensions: vec![("Resource".to_owned(), Some(resource(quota.id())))],
                ..Wanted::default()
            };
            let share = Threshold::Share(threshold, quota, account, region);
            return Ok((Source::Metrics(wanted, Statistic::Sum), share));
        }
        let mut wanted = Wanted::read(self.whole, &self.meant())?;
        if let Some(About::Metric(name, narrowed)) = about {
            wanted.name = Some(name.to_owned());
            wanted.dimensions.extend(narrowed.map(|(name, value)| (name.to_owned(), Some(value.to_owned()))));
        }
        for (place, dimension) in [(16, "KeyId"), (17, "CustomKeyStoreId")] {
            let value = self.at(place).maybe_text("an id")?;
            wanted.dimensions.extend(value.map(|value| (dimension.to_owned(), Some(value.to_owned()))));
        }
        if wanted.name.is_none() {
            return Err(self.at(6).must_be("the name of a metric, or say recipe or filter"));
        }
        let usual = METRICS.iter().find(|metric| wanted.name.as_deref() == Some(metric.name));
        let usual = self.recipe.map(|recipe| recipe.statistic).or(usual.map(|metric| metric.statistic));
        let statistic = read_statistic(&self.at(8))?.or(usual.and_then(Statistic::parse));
        let statistic = statistic.ok_or_else(|| self.at(8).must_be(STATISTICS))?;
        Ok((Source::Metrics(wanted, statistic), Threshold::Number(threshold)))
    }

    fn meant(&self) -> Meant<'_> {
        let [_, _, _, account, region, namespace, name, dimensions, ..] = self.values;
        Meant { account, region, namespace, name, named: "metric", dimensions }
    }

    #[expect(clippy::cast_precision_loss, reason = "thresholds are doubles")]
    fn threshold(&self) -> Result<f64, Error> {
        let said = self.at(12);
        let number = match said.value {
            Value::Null => self.recipe.map(|recipe| recipe.threshold),
            Value::Int(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            _ => None,
        };
        number.filter(|number| number.is_finite()).ok_or_else(|| said.must_be("a number"))
    }

    /// The quota that is named, by our name of it or by that of the usage metric.
    fn quota(&self) -> Result<RequestQuota, Error> {
        let what = "the name of a request quota, such as symmetric or CreateKey";
        let name = self.at(18).text(what)?;
        let quota = RequestQuota::all().find(|quota| quota.id() == name || resource(quota.id()) == name);
        quota.ok_or_else(|| self.at(18).must_be(what))
    }
}
