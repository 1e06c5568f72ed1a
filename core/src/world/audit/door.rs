//! The one door by which hosts ask what was recorded.

use super::super::World;
use crate::{error::Error, time::Time, wire::Value};

/// Every question, and who answers it.
const QUESTIONS: &[(&str, Answer)] = &[("records", World::recorded)];

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
