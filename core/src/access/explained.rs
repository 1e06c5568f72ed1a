//! The explanation of a call: whether authorization lets it through, and how each of its checks is decided.

use super::Decision;
use crate::{error::Error, wire::Value};

/// Who may do what a call is about, and why.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Explained {
    /// Whether authorization lets the call through.
    pub allowed: bool,
    /// The exception that the call meets before it is performed: that of authorization, or another one, such as that of a
    /// key that is disabled.
    pub error: Option<Error>,
    /// How each check was decided: one that allows, where the call wants to know.
    pub decisions: Vec<Decision>,
    /// What happened at every step, as data, where the call is to tell it; see
    /// [`Trail::course`](crate::kms::Trail::course). Nothing is performed, so that the last steps are not reached.
    pub course: Value,
}

impl Explained {
    /// The same as data: `allowed`, `error` (`code` and `message`, or null), `decisions` and `course`.
    pub fn to_value(&self) -> Value {
        let error = self.error.as_ref().map_or(Value::Null, |error| {
            let message = error.message.as_deref().map_or(Value::Null, Value::from);
            Value::from([("code", Value::from(error.exception.name())), ("message", message)])
        });
        let decisions = Value::List(self.decisions.iter().map(Decision::to_value).collect());
        let course = self.course.clone();
        Value::from([
            ("allowed", Value::Bool(self.allowed)),
            ("error", error),
            ("decisions", decisions),
            ("course", course),
        ])
    }
}
