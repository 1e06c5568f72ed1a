//! Filter patterns of CloudWatch Logs, tried on records.

use super::recorder::Span;
use crate::{audit::pattern::Pattern, error::Error, state::FormValue, time::Time, wire::Value, world::World};

/// The most records that are told of those that match.
const MOST: u32 = 10_000;

/// The most records that a question brings along.
const MOST_BROUGHT: usize = 10_000;

impl World {
    /// The answer to `matches`.
    pub(super) fn matching(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, pattern, filter, of, limit, records] =
            said.structure(["question", "pattern", "filter", "of", "limit", "records"])?;
        let at = said.within("pattern", pattern);
        let text = match pattern {
            // An empty pattern is one: it matches everything.
            Value::Text(text) => text.as_str(),
            _ => return Err(at.must_be("a filter pattern of CloudWatch Logs, such as { $.eventName = \"Decrypt\" }")),
        };
        let pattern = Pattern::read(text).map_err(|problem| at.wrong(problem))?;
        let limit = said.within("limit", limit).maybe_number(MOST)?.unwrap_or(MOST) as usize;
        let (mut tested, mut count, mut numbers, mut found) = (0_u64, 0_u64, Vec::new(), Vec::new());
        let mut take = |number: u64, record: Value| {
            tested += 1;
            if pattern.matches(&record) {
                count += 1;
                if numbers.len() < limit {
                    numbers.push(Value::count(number));
                    found.push(record);
                }
            }
        };
        let brought = said.within("records", records);
        if brought.is_there() {
            let records = brought.list("a list of records", MOST_BROUGHT)?;
            (1..).zip(records).for_each(|(number, record)| take(number, record.clone()));
        } else {
            let source = self.source(&said.within("of", of))?;
            let filter = self.filter_of(&FormValue::named("filter", filter), &source)?;
            source.search(&filter, Span::ALL, &mut |number, told| {
                take(number, told.to_value());
                true
            });
        }
        Ok(Value::from([
            ("count", Value::count(count)),
            ("tested", Value::count(tested)),
            ("numbers", Value::List(numbers)),
            ("records", Value::List(found)),
        ]))
    }
}
