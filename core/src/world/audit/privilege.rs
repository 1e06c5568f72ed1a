//! What recorded calls needed, and what was granted and never needed: questions of a world.

use crate::{
    audit::{
        Record,
        privilege::{Conditions, Form, Least, Who},
    },
    error::Error,
    state::Said,
    time::Time,
    wire::Value,
    world::World,
};

/// What a principal is.
const PRINCIPAL: &str = "an account, the ARN of a principal, or the name of a service";

impl World {
    /// The answer to `least_privilege`.
    pub(super) fn least_privilege(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = Said::named("question", question);
        let [_, principal, form, conditions, denied, from, to] =
            said.structure(["question", "principal", "form", "conditions", "denied", "from", "to"])?;
        let who = Who::parse(said.within("principal", principal).text(PRINCIPAL)?)?;
        let form = said.within("form", form);
        let what = Form::NAMES.join(", ");
        let read = match form.maybe_text(&what)? {
            Some(name) => Form::parse(name).ok_or_else(|| form.must_be(&what))?,
            None => Form::Identity,
        };
        let conditions = Conditions::read(&said.within("conditions", conditions))?;
        let with_denied = said.within("denied", denied).maybe_flag()?.unwrap_or(false);
        let records = self.recorded_within(&said.within("from", from), &said.within("to", to))?;
        let seen = self.seen();
        let least = Least { who: &who, form: read, conditions, with_denied, state: seen.state() };
        Ok(least.of(&records).into_value())
    }

    /// The records from an instant to another.
    fn recorded_within(&self, from: &Said<'_>, to: &Said<'_>) -> Result<Vec<Record>, Error> {
        let (from, to) = (moment(from)?, moment(to)?);
        let is_within = |time: Time| from.is_none_or(|from| from <= time) && to.is_none_or(|to| time <= to);
        let records = self.records(0).records.into_iter().map(|(_, record)| record);
        Ok(records.filter(|record| is_within(record.time())).collect())
    }
}

/// An instant, if one is said.
fn moment(said: &Said<'_>) -> Result<Option<Time>, Error> {
    const WHAT: &str = "an instant: a number of seconds, or a text such as 2026-01-01T00:00:00Z";
    let read = match said.value {
        Value::Null => return Ok(None),
        Value::Text(text) => crate::arguments::moment(text).ok(),
        value => value.as_time(),
    };
    read.map(Some).ok_or_else(|| said.must_be(WHAT))
}
