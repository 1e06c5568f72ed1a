//! What is told of calls, set while a world runs.

use super::AuditOptions;
use crate::{
    error::Error,
    state::FormValue,
    wire::Value,
    world::{World, lock},
};

impl AuditOptions {
    /// These options with what a host says instead: a structure of `kept` (a number, also as text, `all` or `none`), `throttled`,
    /// `network_activity`, `full_foreign_identity` and `in_snapshots` (true or false), whose names may also be written as
    /// JavaScript does.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that says what there is.
    pub fn with(self, options: &Value) -> Result<Self, Error> {
        let said = FormValue::named("audit", options);
        let [kept, throttled, network_activity, full_foreign_identity, in_snapshots] =
            said.structure(["kept", "throttled", "network_activity", "full_foreign_identity", "in_snapshots"])?;
        let flag = |name: &'static str, value: &Value, otherwise: bool| {
            said.within(name, value).maybe_flag().map(|flag| flag.unwrap_or(otherwise))
        };
        let at = said.within("kept", kept);
        let number = match kept {
            Value::Null => Some(self.kept),
            Value::Int(number) => usize::try_from(*number).ok(),
            Value::Text(text) => kept_by(text),
            _ => None,
        };
        let kept = number.ok_or_else(|| at.must_be("how many records are kept, all or none"))?;
        Ok(Self {
            kept,
            throttled: flag("throttled", throttled, self.throttled)?,
            network_activity: flag("network_activity", network_activity, self.network_activity)?,
            full_foreign_identity: flag("full_foreign_identity", full_foreign_identity, self.full_foreign_identity)?,
            in_snapshots: flag("in_snapshots", in_snapshots, self.in_snapshots)?,
        })
    }

    /// The options in the form in which they are set.
    pub fn to_value(self) -> Value {
        let kept = match self.kept {
            usize::MAX => Value::from("all"),
            0 => Value::from("none"),
            kept => Value::count(kept),
        };
        Value::from([
            ("kept", kept),
            ("throttled", Value::Bool(self.throttled)),
            ("network_activity", Value::Bool(self.network_activity)),
            ("full_foreign_identity", Value::Bool(self.full_foreign_identity)),
            ("in_snapshots", Value::Bool(self.in_snapshots)),
        ])
    }
}

/// How many records a text says: command lines write a number, too.
fn kept_by(text: &str) -> Option<usize> {
    match text {
        "all" => Some(usize::MAX),
        "none" => Some(0),
        digits => digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit())),
    }
}

impl World {
    /// Sets what is told of calls from now on, in the form of [`AuditOptions::with`]; what is not said stays. Records beyond
    /// those that are to be kept are dropped at once.
    ///
    /// # Errors
    /// Those of [`AuditOptions::with`]; nothing is set then.
    pub fn set_audit(&self, options: &Value) -> Result<(), Error> {
        let mut host = lock(&self.host);
        host.audit = host.audit.with(options)?;
        let options = host.audit;
        drop(host);
        lock(&self.journal).recorder.keep(options);
        Ok(())
    }
}
