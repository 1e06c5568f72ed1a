//! The history of events as CloudTrail's LookupEvents tells it.

use super::{history::Source, recorder::Span};
use crate::{
    arguments,
    audit::{
        filter::{Filter, Written},
        lookup::Lookup,
    },
    caller::Caller,
    error::Error,
    names::{AccountId, Region},
    state::FormValue,
    time::Time,
    wire::Value,
    world::{World, lock},
};

impl World {
    /// Answers LookupEvents of CloudTrail for an account in a Region: events of the last 90 days of the world's time, the
    /// newest first. `input` is its request, and the answer its response, both as their model has them. Nobody needs a
    /// permission for it (a decision).
    ///
    /// # Errors
    /// The exceptions of LookupEvents, with sentences of ours.
    pub fn lookup_events(
        &self,
        input: &Value,
        account: Option<AccountId>,
        region: Option<Region>,
        host_now: Time,
    ) -> Result<Value, Error> {
        input.admit()?;
        let now = self.now(host_now);
        drop(self.settled(now));
        let source = Source::Own(lock(&self.journal).recorder.read());
        self.looked_up(&source, input, account.unwrap_or(self.account), region.unwrap_or_default(), now)
    }

    /// Answers LookupEvents of a caller.
    pub(in crate::world) fn events_of(
        &self,
        input: &Value,
        caller: &Caller,
        region: Region,
        host_now: Time,
    ) -> Result<Value, Error> {
        if caller.is_service() {
            return Err(Error::lookup_of_nobody(&caller.arn(region)));
        }
        self.lookup_events(input, Some(caller.account), Some(region), host_now)
    }

    fn looked_up(
        &self,
        source: &Source,
        input: &Value,
        account: AccountId,
        region: Region,
        now: Time,
    ) -> Result<Value, Error> {
        let lookup = Lookup::read(input, account, region)?;
        let place =
            Value::from([("account", Value::from(account.to_string())), ("region", Value::from(region.to_string()))]);
        let filter = Filter::read(&FormValue::named("filter", &place), self.seen().state(), Written::Here)?;
        // What trail files have brought is as old as it is: its newest record is its now.
        let now = source.now().unwrap_or(now);
        let mut found = Vec::new();
        source.search(&filter, Span::ALL, &mut |number, told| {
            if lookup.reaches(number, told, now) {
                found.push((number, told));
            }
            true
        });
        Ok(lookup.answer(found))
    }

    /// The answer to `lookup`.
    pub(super) fn asked_for_events(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, of, input, account, region] = said.structure(["question", "of", "input", "account", "region"])?;
        let source = self.source(&said.within("of", of))?;
        let account = said.within("account", account);
        let account = if account.is_there() { account.account()? } else { self.account };
        let region = said.within("region", region).maybe_text("a Region")?.map(arguments::region).transpose()?;
        self.looked_up(&source, input, account, region.unwrap_or_default(), now)
    }
}
