//! Whom a world has denied something, and why; and who may do what, without doing it.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{World, lock};
use crate::{
    access::{Decision, Explained},
    call::{Call, Incoming},
    caller::Sender,
    error::Error,
    ids::Uuid,
    kms::Outcome,
    time::Time,
    wire::{Members, Value},
};

/// A call that authorization has refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Denial {
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
    /// AWS's sentence.
    pub message: Option<String>,
    /// How each check of the call was decided.
    pub decisions: Vec<Decision>,
}

/// What a reader of the list gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Denials {
    /// The number of the oldest denial that is kept. They are counted for themselves, from 1.
    pub oldest: u64,
    /// The denials with their numbers, oldest first.
    pub denials: Vec<(u64, Arc<Denial>)>,
}

/// Denials are kept as long as there are few; no journal tells of them, because they change nothing.
impl World {
    /// The denials behind the one with the number `after`.
    pub fn denials(&self, after: u64) -> Denials {
        let (oldest, chunks) = {
            let journal = lock(&self.journal);
            let oldest = journal.denied.oldest().map_or(1, |(number, _)| *number);
            (oldest, journal.denied.since(|(number, _)| *number > after))
        };
        let denials = chunks.iter().flat_map(|chunk| chunk.iter()).filter(|(number, _)| *number > after);
        Denials { oldest, denials: denials.cloned().collect() }
    }

    /// Says whether a caller may make a call, and why, as [`World::call`] would decide it now. Nothing is performed, and
    /// nothing changes: no clock, no key, no quota, no randomness.
    pub fn explain(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        host_now: Time,
    ) -> Explained {
        self.explained(self.incoming_of(operation, input, region, caller), host_now)
    }

    /// The same as [`World::explain`] for a call of a sender.
    pub fn explain_from(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        sender: &Sender,
        host_now: Time,
    ) -> Explained {
        self.explained(self.incoming(operation, Zeroizing::new(input), region, sender), host_now)
    }

    fn explained(&self, incoming: Result<Incoming, Error>, host_now: Time) -> Explained {
        match incoming {
            Ok(Incoming { operation, mut input, caller, origin, region }) => {
                let now = lock(&self.host).clock.now(host_now);
                // Nothing that is drawn is used: what the call would make is dropped.
                let call = Call::new(operation, std::mem::take(&mut *input), caller, region, now, [0; 32]);
                self.seen().explain(&call.with_origin(origin).traced())
            }
            Err(error) => Explained { allowed: false, error: Some(error), decisions: Vec::new(), course: Value::Null },
        }
    }
}

impl Denial {
    /// What is told of a call that authorization has refused.
    pub(super) fn of(outcome: &Outcome, call: &Call) -> Option<Self> {
        let (error, operation) = (outcome.reply.as_ref().err()?, outcome.trail.operation?);
        let decisions = &outcome.trail.decisions;
        decisions.iter().any(|decision| !decision.allowed()).then(|| Self {
            time: call.now,
            operation: operation.name,
            request_id: outcome.ids.request,
            basis: outcome.basis,
            caller: call.caller.arn(call.region),
            message: error.message.clone(),
            decisions: decisions.clone(),
        })
    }
}

impl Denials {
    /// Each as a value: `number`, `time`, `operation`, `request_id`, `basis` (the number of the last change before it),
    /// `caller`, `message` and `decisions`, in the form of [`Decision::to_value`].
    pub fn to_values(&self) -> Vec<Value> {
        self.denials.iter().map(|(number, denial)| denial.value(*number)).collect()
    }
}

impl Denial {
    fn value(&self, number: u64) -> Value {
        let counted = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let Self { time, operation, request_id, basis, caller, message, decisions } = self;
        let members: Members = vec![
            ("number".into(), counted(number)),
            ("time".into(), Value::Time(*time)),
            ("operation".into(), Value::from(*operation)),
            ("request_id".into(), Value::from(request_id.to_string())),
            ("basis".into(), counted(*basis)),
            ("caller".into(), Value::from(caller.as_str())),
            ("message".into(), message.as_deref().map_or(Value::Null, Value::from)),
            ("decisions".into(), Value::List(decisions.iter().map(Decision::to_value).collect())),
        ];
        Value::Map(members)
    }
}
