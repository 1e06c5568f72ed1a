//! The one door by which hosts ask what was recorded.

use super::super::World;
use crate::{error::Error, time::Time, wire::Value};

/// Every question, and who answers it.
const QUESTIONS: &[(&str, Answer)] = &[
    ("records", World::recorded),
    ("metrics", World::listed_metrics),
    ("metric_data", World::told_metric_data),
    ("open_metrics", World::told_open_metrics),
];

/// Answers a question at the world's time.
type Answer = fn(&World, &Value, Time) -> Result<Value, Error>;

impl World {
    /// Answers a question about what was recorded. Nothing changes: no clock, no key, no quota, no randomness.
    ///
    /// A question is a structure with `question` and these members, of which names may also be written as Python does
    /// (`read_only`):
    ///
    /// | `question` | members |
    /// | --- | --- |
    /// | `records` | `after`: the number of a record; the answer has `records`, each a record as CloudTrail writes it, `next`, the number of the last one, and `dropped`, how many are not kept any more |
    ///
    /// | `metrics` | `namespace`, `name`, `dimensions` (a structure; null stands for any value), `account`, `region`: which metrics are meant; `recently_active`: only those of the last three hours, in place of two weeks. The answer has `metrics`, each with these members |
    /// | `metric_data` | the same, and `statistic` (`Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p99`), `period` in seconds (60), `from` (three hours ago) and `to` (now). The answer has `data`, periods that have values, each with `time` and `value`: of all metrics that are meant together, or with `each` as a member of each of them in `metrics` |
    /// | `open_metrics` | nothing: the answer has the `text` and its `media_type` |
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place of what is wrong.
    pub fn audit(&self, question: &Value, host_now: Time) -> Result<Value, Error> {
        question.admit()?;
        let named = question.member("question").and_then(Value::as_text);
        let answer = QUESTIONS.iter().find(|(name, _)| Some(*name) == named).map(|(_, answer)| answer);
        let known = || QUESTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let answer = answer.ok_or_else(|| Error::no_such_audit_question(named, &known()))?;
        answer(self, question, self.now(host_now))
    }

    fn recorded(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let after = match question.member("after") {
            Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(0),
            _ => 0,
        };
        let found = self.records(after);
        let counted = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let next = found.records.last().map_or(after, |(number, _)| *number);
        let records = found.records.iter().map(|(_, record)| record.to_value()).collect();
        Ok(Value::from([
            ("records", Value::List(records)),
            ("next", counted(next)),
            ("dropped", counted(found.dropped)),
        ]))
    }
}
