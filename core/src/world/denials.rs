//! Whom a world has denied something, and why; and who may do what, without doing it.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{World, called::Called, lock};
use crate::{
    access::{Decision, Explained},
    call::{Call, Incoming},
    caller::Sender,
    error::Error,
    kms::Outcome,
    time::Time,
    wire::Value,
};

/// A call that authorization has refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Denial {
    /// The call.
    pub call: Called,
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
            Ok(incoming) => {
                let now = lock(&self.host).clock.now(host_now);
                // Nothing that is drawn is used: what the call would make is dropped.
                self.seen().explain(&Call::of(incoming, now, [0; 32]).traced())
            }
            Err(error) => Explained { allowed: false, error: Some(error), decisions: Vec::new(), course: Value::Null },
        }
    }
}

impl Denial {
    /// What is told of a call that authorization has refused.
    pub(super) fn of(outcome: &Outcome, call: &Call) -> Option<Self> {
        let (error, decisions) = (outcome.reply.as_ref().err()?, &outcome.trail.decisions);
        if decisions.iter().all(Decision::allowed) {
            return None;
        }
        let (message, decisions) = (error.message.clone(), decisions.clone());
        Some(Self { call: Called::of(outcome, call)?, message, decisions })
    }

    fn value(&self, number: u64) -> Value {
        let mut members = self.call.members(number);
        members.push(("message".into(), self.message.as_deref().map_or(Value::Null, Value::from)));
        members.push(("decisions".into(), Value::List(self.decisions.iter().map(Decision::to_value).collect())));
        Value::Map(members)
    }
}

impl Denials {
    /// Each as a value: `number`, `time`, `operation`, `request_id`, `basis` (the number of the last change before it),
    /// `caller`, `message` and `decisions`, in the form of [`Decision::to_value`].
    pub fn to_values(&self) -> Vec<Value> {
        self.denials.iter().map(|(number, denial)| denial.value(*number)).collect()
    }
}
