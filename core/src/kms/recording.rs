//! The tenth step of a call: what is told of it.

use super::{Kms, Trail};
use crate::{
    audit::{self, MadeKey, Record, metrics},
    call::Call,
    error::{Error, Exception},
    ids::Ids,
    names::KeyArn,
    operations::{self, Execution, schedule},
    state::{Draft, Happened},
    wire::Value,
};

/// What is told besides a call, while it is decided: it needs the state as it was then. It is told when the call is done
/// alone, for what a refused call finds due stays due.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherRecords {
    /// What had fallen due before the call.
    before: Vec<Record>,
    /// The AWS managed keys that it was the first to use.
    made: Vec<MadeKey>,
    /// The rotations that it has let happen.
    after: Vec<Record>,
}

impl OtherRecords {
    /// Settles what has fallen due by the time of a call.
    pub(super) fn settle(&mut self, call: &Call, draft: &mut Draft<'_>) -> Vec<Happened> {
        schedule::settle(draft, call.now, usize::MAX, &mut |happened, state| {
            if call.audit {
                audit::of_happened(happened, state, &mut self.before);
            }
        })
    }

    /// Keeps what is to be told of keys that were made for the call.
    pub(super) fn note_made(&mut self, made: Vec<KeyArn>, call: &Call, draft: &Draft<'_>) {
        for key in made.into_iter().filter(|_| call.audit) {
            let state = draft.state();
            let policy = state.policy_of(&key).map(|policy| policy.text().to_owned());
            let metadata = operations::metadata_of(key, state, call.now);
            self.made.extend(policy.zip(metadata).map(|(policy, metadata)| MadeKey { key, policy, metadata }));
        }
    }

    /// Keeps what is to be told of rotations that the call has let happen (LIF-119).
    pub(super) fn note_rotations(&mut self, execution: &Execution<'_>) {
        if execution.call.audit {
            for happened in execution.caught_up.iter().chain(&execution.completed) {
                audit::of_happened(happened, execution.draft.state(), &mut self.after);
            }
        }
    }
}

impl Kms {
    /// What is told of a call: what had fallen due before it, then the call and what it has caused (AUD-191). A call of no
    /// operation is not a call (AUD-239).
    pub(super) fn records(
        &self,
        call: &Call,
        trail: &mut Trail,
        reply: &Result<Value, Error>,
        ids: &Ids,
        is_done: bool,
        changed: bool,
    ) -> Vec<Record> {
        let OtherRecords { before, made, after } = std::mem::take(&mut trail.besides);
        let told = |records: Vec<Record>| if is_done { records } else { Vec::new() };
        let mut records = told(before);
        let is_throttled = |error: &Error| error.exception == Exception::ThrottlingException;
        let left_out = call.recording.without_throttled && reply.as_ref().is_err_and(is_throttled);
        if let Some(operation) = trail.operation.filter(|_| !left_out) {
            let facts = audit::Facts {
                call,
                operation,
                state: &self.state,
                subjects: &trail.subjects,
                stores: &trail.stores,
                checks: &trail.checks,
                decisions: &trail.decisions,
                authorized: trail.authorized,
                attestation: trail.attestation.as_deref(),
                asked: trail.shown.take(),
                reply,
                changed: is_done && changed,
                made: if is_done { &made } else { &[] },
                ids,
            };
            audit::of_call(facts, &mut records);
        }
        records.extend(told(after));
        records
    }

    /// What the metrics are told of a call.
    pub(super) fn points(&self, call: &Call, trail: &Trail, done: bool) -> Vec<metrics::Point> {
        let Some(operation) = trail.operation else { return Vec::new() };
        metrics::of_call(&metrics::Facts {
            call,
            operation,
            subjects: &trail.subjects,
            done,
            costs: &trail.costs,
            throttled: trail.throttled,
            exchanges: &trail.exchanges,
            state: &self.state,
        })
    }
}
