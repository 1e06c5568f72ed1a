//! What recorded calls needed, and what was granted and never needed: questions of a world.

use crate::{
    arguments,
    audit::{
        Record,
        privilege::{Conditions, Expected, Form, Least, Loss, Who, dry_deletion, findings, unused, users},
    },
    error::Error,
    names::{KeyArn, Region},
    state::FormValue,
    time::Time,
    wire::Value,
    world::World,
};

/// What a principal is.
const PRINCIPAL: &str = "an account, the ARN of a principal, or the name of a service";

/// What a key is.
const KEY: &str = "a key: its id, its ARN, or the name or the ARN of an alias";

/// The most Regions and VPC endpoints that are expected.
const MOST: usize = 100;

impl World {
    /// The answer to `least_privilege`.
    pub(super) fn least_privilege(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, principal, form, conditions, denied, filter, inventory] =
            said.structure(["question", "principal", "form", "conditions", "denied", "filter", "inventory"])?;
        let who = Who::parse(said.within("principal", principal).text(PRINCIPAL)?)?;
        let form = said.within("form", form);
        let what = Form::NAMES.join(", ");
        let read = match form.maybe_text(&what)? {
            Some(name) => Form::parse(name).ok_or_else(|| form.must_be(&what))?,
            None => Form::Identity,
        };
        let conditions = Conditions::read(&said.within("conditions", conditions))?;
        let with_denied = said.within("denied", denied).maybe_flag()?.unwrap_or(false);
        let wants_inventory = said.within("inventory", inventory).maybe_flag()?.unwrap_or(false);
        let records = self.meant(filter)?;
        let seen = self.seen();
        let least = Least { who: &who, form: read, conditions, with_denied, state: seen.state() };
        let found = least.of(&records);
        let all = wants_inventory.then(|| self.inventory_at(now));
        let inventory = all.map(|all| found.inventory(&who, &all));
        Ok(found.into_value(inventory))
    }

    /// The answer to `unused`.
    pub(super) fn unused(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, principal, filter] = said.structure(["question", "principal", "filter"])?;
        let who = Who::parse(said.within("principal", principal).text(PRINCIPAL)?)?;
        Ok(unused(&who, &self.meant(filter)?, self.seen().state()))
    }

    /// The answer to `users_of`.
    pub(super) fn users_of(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, key, account, region, filter] = said.structure(["question", "key", "account", "region", "filter"])?;
        let key =
            self.key_asked(&said.within("key", key), &said.within("account", account), &said.within("region", region))?;
        Ok(users(key, &self.meant(filter)?))
    }

    /// The answer to `dry_deletion`.
    pub(super) fn dry_deletion(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, key, account, region, filter, state] =
            said.structure(["question", "key", "account", "region", "filter", "state"])?;
        let key =
            self.key_asked(&said.within("key", key), &said.within("account", account), &said.within("region", region))?;
        let state = said.within("state", state);
        let what = Loss::NAMES.join(", ");
        let loss = match state.maybe_text(&what)? {
            Some(name) => Loss::parse(name).ok_or_else(|| state.must_be(&what))?,
            None => Loss::PendingDeletion,
        };
        Ok(dry_deletion(key, loss, &self.meant(filter)?, self.seen().state()))
    }

    /// The answer to `findings`.
    pub(super) fn told_findings(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, regions, endpoints, filter] = said.structure(["question", "regions", "endpoints", "filter"])?;
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime alone")]
        let regions = each(&said.within("regions", regions), "a list of Regions", |said| said.region())?;
        let what = "a list of ids of VPC endpoints";
        let endpoints = each(&said.within("endpoints", endpoints), what, |said| Ok(said.text(what)?.to_owned()))?;
        Ok(findings(&self.meant(filter)?, &Expected { regions, endpoints }, self.seen().state()))
    }

    /// The records of the world that a filter means; without one, all of them.
    fn meant(&self, filter: &Value) -> Result<Vec<Record>, Error> {
        let source = self.source(&FormValue::named("of", &Value::Null))?;
        let filter = self.filter_of(&FormValue::named("filter", filter), &source)?;
        Ok(self.found(&filter).into_iter().map(|(_, record)| record).collect())
    }

    /// The ARN of the key that is asked about; it may be gone already.
    fn key_asked(&self, key: &FormValue<'_>, account: &FormValue<'_>, region: &FormValue<'_>) -> Result<KeyArn, Error> {
        let account = if account.is_there() { account.account()? } else { self.account };
        let region = if region.is_there() { region.region()? } else { Region::default() };
        let named = key.text(KEY)?;
        let arn = self.seen().state().key_named(named, account, region);
        arn.ok_or_else(|| Error::no_key_to_ask(named))
    }
}

/// The elements of a list.
fn each<T>(
    said: &FormValue<'_>,
    what: &str,
    read: impl Fn(&FormValue<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let values = said.list(what, MOST)?.iter().enumerate();
    values.map(|(place, value)| read(&said.within(&format!("[{place}]"), value))).collect()
}

/// An instant, if one is said.
pub(super) fn moment(said: &FormValue<'_>) -> Result<Option<Time>, Error> {
    const WHAT: &str = "an instant: a number of seconds, or a text such as 2026-01-01T00:00:00Z";
    let read = match said.value {
        Value::Null => return Ok(None),
        Value::Text(text) => arguments::moment(text).ok(),
        value => value.as_time(),
    };
    read.map(Some).ok_or_else(|| said.must_be(WHAT))
}
