//! EventBridge: which events follow from the records that a world keeps.

use super::super::World;
use crate::{
    audit::{Event, RuleState},
    error::Error,
    names::{AccountId, Region},
    state::FormValue,
    time::Time,
    wire::Value,
};

/// The most records that one answer looks at, unless somebody asks for more.
const USUAL: u32 = 1000;

/// What is asked for.
struct Wanted {
    after: u64,
    limit: usize,
    rule: RuleState,
    account: Option<AccountId>,
    region: Option<Region>,
    repeated: bool,
}

impl Wanted {
    fn read(question: &Value) -> Result<Self, Error> {
        let said = FormValue::named("question", question);
        let names = ["question", "after", "limit", "rule_state", "account", "region", "repeat_deletions"];
        let [_, after, limit, rule, account, region, repeated] = said.structure(names)?;
        let after = match after {
            Value::Null => 0,
            Value::Int(number) => u64::try_from(*number).map_err(|_| said.within("after", after).must_be(NUMBER))?,
            _ => return Err(said.within("after", after).must_be(NUMBER)),
        };
        let limit = said.within("limit", limit).maybe_number(u32::MAX)?.unwrap_or(USUAL).max(1);
        let rule = said.within("ruleState", rule);
        let state = |word| RuleState::parse(word).ok_or_else(|| rule.must_be(STATE));
        let account = said.within("account", account);
        let region = said.within("region", region);
        Ok(Self {
            after,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            rule: rule.maybe_text(STATE)?.map(state).transpose()?.unwrap_or_default(),
            account: account.is_there().then(|| account.account()).transpose()?,
            region: region.is_there().then(|| region.region()).transpose()?,
            repeated: said.within("repeatDeletions", repeated).maybe_flag()?.unwrap_or(false),
        })
    }
}

const NUMBER: &str = "the number of a record";
const STATE: &str = "ENABLED or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

impl World {
    /// The events of EventBridge that follow from records.
    pub(super) fn told_events(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let wanted = Wanted::read(question)?;
        let found = self.records(wanted.after);
        let (mut events, mut next) = (Vec::new(), wanted.after);
        for (number, record) in found.records.iter().take(wanted.limit) {
            next = *number;
            let is_meant = wanted.account.is_none_or(|account| account == record.account())
                && wanted.region.is_none_or(|region| region == record.region());
            if is_meant {
                let all = Event::of(record, wanted.rule, wanted.repeated);
                events.extend(all.iter().map(Event::to_value));
            }
        }
        Ok(Value::from([
            ("events", Value::List(events)),
            ("next", Value::count(next)),
            ("more", Value::Bool(found.records.len() > wanted.limit)),
            ("oldest", Value::count(found.oldest)),
            ("dropped", Value::count(found.dropped)),
        ]))
    }
}
