//! What a call is made of: who calls, where, when, with what input, entropy and answers.

mod answers;
mod documents;
mod fault;
mod proxy;

use std::{fmt, mem, sync::Arc};

pub use answers::{Answerable, Answers, HostAnswer, Question, Unanswered};
pub(crate) use documents::Documents;
pub use fault::{ActingFault, Effect, Fault, FaultKind, FaultQuestion, Moment, Principal};
pub use proxy::{
    ProxyAnswer, ProxyCertificate, ProxyOperation, ProxyRequest, ProxyResponse, Reach, Reliability, TlsFault,
    Unreachable, Waiting,
};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    caller::{Caller, Origin},
    error::Error,
    names::Region,
    time::Time,
    wire::Value,
};

/// One call of one operation. The same call decided on the same state gives the same step.
///
/// It holds plaintexts, and the entropy from which keys are made: both are wiped when it is dropped, and neither is
/// ever printed.
#[derive(Clone)]
#[non_exhaustive]
pub struct Call {
    /// The operation's wire name, such as `Encrypt`.
    pub operation: String,
    /// The request.
    pub input: Value,
    /// Who calls.
    pub caller: Caller,
    /// Where the call comes from.
    pub origin: Origin,
    /// The Region in which the call arrives.
    pub region: Region,
    /// When the call arrives.
    pub now: Time,
    /// 32 random bytes from which everything random in the decision is drawn.
    pub entropy: [u8; 32],
    /// What the host can be asked, and what it has answered so far.
    pub answers: Answers,
    /// Whether the outcome also says why the caller was allowed; it always says why the caller was denied. The reply and
    /// the changes are the same.
    pub explain: bool,
    /// Whether the trail also tells what happened at every step; it does not by default. The reply and the changes are the
    /// same.
    pub traced: bool,
    /// The fault that the call meets.
    pub fault: Option<Box<ActingFault>>,
    /// The id of the newest rule that the call may meet, as long as the host has yet to say which it meets.
    pub(crate) rules: Option<u64>,
    /// Policies that speak in the place of those that are installed, for a call that is explained alone.
    pub(crate) documents: Option<Arc<Documents>>,
    /// How reliable the proxies that the call asks have been lately, if the host knows; by default as the world's settings
    /// say.
    pub reliability: Option<Reliability>,
    /// Whether the outcome has the records of the call, too; it has by default. The reply and the changes are the same.
    pub audit: bool,
    /// How the call is recorded, where anything is.
    pub recording: Recording,
    /// Which draw of its world's chain the entropy is; none for a call that only looks, or that no world has prepared.
    pub(crate) draw: Option<u64>,
    /// The world's time, where the world has verified the caller's signature by it: the answer shows it.
    pub(crate) date: Option<Time>,
}

/// How calls are recorded otherwise than AWS records them unasked; by default not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recording {
    /// Whether a call through a VPC endpoint gives a network activity event, too (AUD-100).
    pub network_activity: bool,
    /// Whether owners of keys see the full identity of callers of other accounts, which AWS does not show them (AUD-240).
    pub full_foreign_identity: bool,
    /// Whether calls that were throttled are left out (AUD-96).
    pub without_throttled: bool,
}

impl Call {
    /// A plain call of a host that the core never asks.
    pub fn new(
        operation: impl Into<String>,
        input: Value,
        caller: Caller,
        region: Region,
        now: Time,
        entropy: [u8; 32],
    ) -> Self {
        let (operation, input, origin) = (operation.into(), Zeroizing::new(input), Origin::default());
        Self::of(Incoming { operation, input, caller, origin, region }, now, entropy)
    }

    /// The call that somebody has sent, without answers to questions.
    pub(crate) fn of(incoming: Incoming, now: Time, entropy: [u8; 32]) -> Self {
        let Incoming { operation, mut input, caller, origin, region } = incoming;
        let (input, answers) = (mem::take(&mut *input), Answers::default());
        let (explain, traced, fault, rules) = (false, false, None, None);
        let (documents, reliability, audit, recording, draw) = (None, None, true, Recording::default(), None);
        let date = None;
        Self {
            operation,
            input,
            caller,
            origin,
            region,
            now,
            entropy,
            answers,
            explain,
            traced,
            fault,
            rules,
            documents,
            reliability,
            audit,
            recording,
            draw,
            date,
        }
    }

    /// The same call from somewhere.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The same call of somebody who wants to know why it was allowed.
    #[must_use]
    pub const fn explained(mut self) -> Self {
        self.explain = true;
        self
    }

    /// The same call of somebody who wants to know what happened at every step, and why.
    #[must_use]
    pub const fn traced(mut self) -> Self {
        (self.explain, self.traced) = (true, true);
        self
    }

    /// The same call, of which nothing is recorded.
    #[must_use]
    pub const fn unrecorded(mut self) -> Self {
        self.audit = false;
        self
    }

    /// The same call, recorded like this.
    #[must_use]
    pub const fn recording(mut self, recording: Recording) -> Self {
        self.recording = recording;
        self
    }

    /// The same call, by these policies.
    #[must_use]
    pub(crate) fn with_documents(mut self, documents: Arc<Documents>) -> Self {
        self.documents = Some(documents);
        self
    }

    /// The same call, which meets a fault.
    #[must_use]
    pub fn with_fault(mut self, fault: ActingFault) -> Self {
        self.fault = Some(Box::new(fault));
        self
    }

    /// The same call, whose proxies have been so reliable lately.
    #[must_use]
    pub const fn with_reliability(mut self, reliability: Reliability) -> Self {
        self.reliability = Some(reliability);
        self
    }

    /// The same call of a host that has these answers.
    #[must_use]
    pub fn with_answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.entropy.zeroize();
        self.input.zeroize();
    }
}

impl fmt::Debug for Call {
    /// Of the request it says only the names of the members: in JSON, a plaintext is a text like any other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            input,
            caller,
            origin,
            region,
            now,
            answers,
            explain,
            traced,
            fault,
            documents,
            reliability,
            audit,
            recording,
            entropy: _,
            rules: _,
            draw: _,
            date: _,
        } = self;
        let members: Vec<&str> = match input {
            Value::Map(members) => members.iter().map(|(name, _)| &**name).collect(),
            _ => Vec::new(),
        };
        let mut shown = f.debug_struct("Call");
        shown.field("operation", operation).field("members", &members).field("caller", caller).field("origin", origin);
        shown
            .field("region", region)
            .field("now", now)
            .field("answers", answers)
            .field("explain", explain)
            .field("traced", traced)
            .field("fault", fault)
            .field("documents", documents)
            .field("reliability", reliability)
            .field("audit", audit)
            .field("recording", recording)
            .finish_non_exhaustive()
    }
}

/// What a host has been asked to call, before the call has a time and entropy.
pub(crate) struct Incoming {
    pub(crate) operation: String,
    /// Wiped when it is dropped: a call that is refused leaves nothing of it behind.
    pub(crate) input: Zeroizing<Value>,
    pub(crate) caller: Caller,
    pub(crate) origin: Origin,
    pub(crate) region: Region,
}

/// Why a decision stops before its reply.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    /// The call is refused.
    Refuse(Error),
    /// The host must answer first; then the same call is decided again from its start.
    Ask(Question),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refuse(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::AccountId;

    #[test]
    fn a_call_is_printed_without_entropy_and_without_what_it_carries() {
        let input = Value::from([("Plaintext", Value::from("c2VjcmV0")), ("KeyId", Value::from("alias/a"))]);
        let (caller, region) = (Caller::root(AccountId::ZERO), Region::parse("us-west-2").expect("a Region"));
        let call = Call::new("Encrypt", input, caller, region, Time::default(), [0xe7; 32]);
        let shown = format!("{call:?}");
        assert!(shown.contains("Encrypt") && shown.contains("\"Plaintext\", \"KeyId\""), "{shown}");
        assert!(!shown.contains("c2VjcmV0") && !shown.contains("231") && !shown.contains("e7"), "{shown}");
    }

    #[test]
    fn wiping_a_value_leaves_nothing_of_texts_and_bytes() {
        let inner = Value::List(vec![Value::from("text"), Value::Secret(vec![7].into()), Value::Int(5)]);
        let mut value = Value::from([("A", Value::Blob(vec![1, 2])), ("B", inner)]);
        value.zeroize();
        assert_eq!(value, Value::Null);
    }

    #[test]
    fn wiping_a_value_of_any_depth_needs_no_stack() {
        let mut value = Value::from("secret");
        for _ in 0..1_000_000 {
            value = Value::List(vec![Value::Map(vec![("A".into(), value)])]);
        }
        value.zeroize();
        assert_eq!(value, Value::Null);
    }
}
