//! What the lists of a world tell of a call.

use crate::{
    call::Call,
    ids::Uuid,
    kms::Outcome,
    time::Time,
    wire::{Members, Value},
};

/// A call, as the lists of denials and of faults that have acted tell of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Called {
    /// The time of the call.
    pub time: Time,
    /// The operation's wire name.
    pub operation: &'static str,
    /// The id of the request.
    pub request_id: Uuid,
    /// The revision of the state that the call has found.
    pub basis: u64,
    /// The ARN of the caller.
    pub caller: String,
}

impl Called {
    /// What is told of a call; nothing of a call of no operation.
    pub(super) fn of(outcome: &Outcome, call: &Call) -> Option<Self> {
        Some(Self {
            time: call.now,
            operation: outcome.trail.operation?.name,
            request_id: outcome.ids.request,
            basis: outcome.basis,
            caller: call.caller.arn(call.region),
        })
    }

    /// `number`, which is its place in its list, `time`, `operation`, `request_id`, `basis` (the number of the last change
    /// before it) and `caller`.
    pub(super) fn members(&self, number: u64) -> Members {
        let Self { time, operation, request_id, basis, caller } = self;
        vec![
            ("number".into(), Value::count(number)),
            ("time".into(), Value::Time(*time)),
            ("operation".into(), Value::from(*operation)),
            ("request_id".into(), Value::from(request_id.to_string())),
            ("basis".into(), Value::count(*basis)),
            ("caller".into(), Value::from(caller.as_str())),
        ]
    }
}
