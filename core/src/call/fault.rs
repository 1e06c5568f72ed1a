//! Faults: what a call can be made to answer when its host asks for it (section 9 of lifecycle.md).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::Call;
use crate::{
    caller::{Caller, CallerKind},
    error::Exception,
    names::{AccountId, KeyArn, KeyRef, Region},
    time::{Span, Time},
    wire::Value,
};

/// What a caller meets instead of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// An exception of KMS.
    Exception(Exception),
    /// A response without a body, as from something between the caller and KMS.
    Status(u16),
    /// No response at all: the connection breaks.
    Reset,
    /// Nothing else: the answer comes, only later.
    Wait,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal => $effect:expr;)+) => {
        /// The kinds of faults.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FaultKind { $($(#[$doc])* $kind,)+ }

        impl FaultKind {
            /// All of them, as section 9.2 of lifecycle.md lists them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The name by which a host asks for it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What the caller meets.
            pub const fn effect(self) -> Effect {
                match self { $(Self::$kind => $effect,)+ }
            }
        }
    };
}

kinds! {
    /// Too many requests (LIF-378).
    Throttled = "throttled" => Effect::Exception(Exception::ThrottlingException);
    /// A quota of the operation is reached (LIF-379).
    LimitExceeded = "limit-exceeded" => Effect::Exception(Exception::LimitExceededException);
    /// An internal failure (LIF-380).
    Internal = "internal" => Effect::Exception(Exception::KMSInternalException);
    /// Something behind KMS did not answer in time (LIF-381).
    DependencyTimeout = "dependency-timeout" => Effect::Exception(Exception::DependencyTimeoutException);
    /// The key cannot be reached (LIF-382).
    KeyUnavailable = "key-unavailable" => Effect::Exception(Exception::KeyUnavailableException);
    /// The key is being created (LIF-383).
    Creating = "creating" => Effect::Exception(Exception::KMSInvalidStateException);
    /// The key is being updated (LIF-384).
    Updating = "updating" => Effect::Exception(Exception::KMSInvalidStateException);
    /// The key waits for its material (LIF-385).
    PendingImport = "pending-import" => Effect::Exception(Exception::KMSInvalidStateException);
    /// The key waits for its deletion (LIF-386).
    PendingDeletion = "pending-deletion" => Effect::Exception(Exception::KMSInvalidStateException);
    /// The key is disabled (LIF-387).
    Disabled = "disabled" => Effect::Exception(Exception::DisabledException);
    /// The key is not there yet (LIF-388).
    NotFound = "not-found" => Effect::Exception(Exception::NotFoundException);
    /// A policy or a grant has not spread yet (LIF-389).
    AccessDenied = "access-denied" => Effect::Exception(Exception::AccessDeniedException);
    /// An automatic rotation is near (LIF-390).
    Conflict = "conflict" => Effect::Exception(Exception::ConflictException);
    /// The credentials of the caller have expired (LIF-391).
    ExpiredCredentials = "expired-credentials" => Effect::Exception(Exception::ExpiredTokenException);
    /// HTTP 503 (LIF-392).
    ServiceUnavailable = "service-unavailable" => Effect::Status(503);
    /// HTTP 502 (LIF-393).
    BadGateway = "bad-gateway" => Effect::Status(502);
    /// HTTP 429 (LIF-394).
    TooManyRequests = "too-many-requests" => Effect::Status(429);
    /// The connection breaks (LIF-395).
    ConnectionReset = "connection-reset" => Effect::Reset;
    /// The answer comes late, and is the right one.
    Slow = "slow" => Effect::Wait;
}

impl FaultKind {
    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|kind| kind.name() == name).copied()
    }

    /// Whether its sentence names a key: it acts on calls whose key is found, and on no others.
    pub(crate) const fn names_key(self) -> bool {
        matches!(
            self,
            Self::Creating
                | Self::Updating
                | Self::PendingImport
                | Self::PendingDeletion
                | Self::Disabled
                | Self::NotFound
        )
    }
}

/// When a fault takes the place of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// Before anything is decided: nothing changes (LIF-371).
    #[default]
    Before,
    /// After the call was decided and applied: its answer is lost (LIF-372).
    After,
}

impl Moment {
    /// The name by which a host says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// A rule: which calls are to meet which fault, and how often. What is left open holds for every call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fault {
    /// What the caller meets.
    pub kind: FaultKind,
    /// When it takes the place of the answer.
    pub moment: Moment,
    /// What the response tells the caller to wait, in its header `x-amz-retry-after` (LIF-400).
    pub retry_after: Option<Span>,
    /// How long the host keeps the answer back.
    pub delay: Span,
    /// The wire names of the operations; none for all that can answer the fault.
    pub operations: Vec<String>,
    /// A key that the call is about, in any of the four forms. An id or the name of an alias means that of any account
    /// and Region.
    pub key: Option<KeyRef>,
    /// The account of the caller.
    pub account: Option<AccountId>,
    /// The Region that is called.
    pub region: Option<Region>,
    /// The caller; the ARN of a role means all of its sessions.
    pub caller: Option<Principal>,
    /// How many calls meet the fault, at most.
    pub count: Option<u64>,
    /// Only every nth call that fits meets it.
    pub every: Option<u64>,
    /// How probably a call that fits meets it, from 0 to 1. The call's entropy decides (LIF-373).
    pub probability: Option<f64>,
    /// From this instant of the world's clock on.
    pub from: Option<Time>,
    /// Until this instant, and not at it.
    pub until: Option<Time>,
    /// The number by which the host knows a predicate of its own: of each call that fits, it is asked whether the fault
    /// applies ([`Question::Fault`](super::Question::Fault)).
    pub when: Option<u64>,
}

impl Fault {
    /// A fault that every call meets.
    pub const fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            moment: Moment::Before,
            retry_after: None,
            delay: Span::from_millis(0),
            operations: Vec::new(),
            key: None,
            account: None,
            region: None,
            caller: None,
            count: None,
            every: None,
            probability: None,
            from: None,
            until: None,
            when: None,
        }
    }
}

/// A call of which the host is asked whether a fault applies to it.
///
/// It holds what the request holds, and is never printed with it.
#[derive(Clone)]
#[non_exhaustive]
pub struct FaultQuestion {
    /// The id of the rule.
    pub rule: u64,
    /// The number by which the host knows its predicate.
    pub predicate: u64,
    operation: String,
    key: Option<KeyArn>,
    caller: String,
    region: Region,
    time: Time,
    input: Zeroizing<Value>,
}

impl FaultQuestion {
    pub(crate) fn of(rule: u64, predicate: u64, call: &Call, key: Option<KeyArn>) -> Self {
        let (operation, caller) = (call.operation.clone(), call.caller.arn(call.region));
        let input = Zeroizing::new(as_json(&call.input));
        Self { rule, predicate, operation, key, caller, region: call.region, time: call.now, input }
    }

    /// What the predicate is told: `operation`, `key` (the ARN of the key that the call is about, or null), `caller` (an
    /// ARN), `region`, `time`, and the request as `input`, as JSON has it: blobs are texts in base64, instants are seconds.
    /// So it is the same through every door. Whoever takes it wipes it.
    pub fn to_value(&self) -> Value {
        Value::from([
            ("operation", Value::from(self.operation.as_str())),
            ("key", self.key.map_or(Value::Null, |key| Value::from(key.to_string()))),
            ("caller", Value::from(self.caller.as_str())),
            ("region", Value::from(self.region.as_str())),
            ("time", Value::Time(self.time)),
            ("input", Value::clone(&self.input)),
        ])
    }
}

/// One call is asked about each rule once.
impl PartialEq for FaultQuestion {
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule
    }
}

impl Eq for FaultQuestion {}

impl fmt::Debug for FaultQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("FaultQuestion");
        shown.field("rule", &self.rule).field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// A value as JSON has it.
fn as_json(value: &Value) -> Value {
    match value {
        Value::Blob(bytes) => Value::Text(STANDARD.encode(bytes)),
        Value::Secret(bytes) => Value::Text(STANDARD.encode(&**bytes)),
        Value::Time(time) => Value::Float(time.seconds()),
        Value::List(values) => Value::List(values.iter().map(as_json).collect()),
        Value::Map(members) => members.iter().map(|(name, value)| (name.clone(), as_json(value))).collect(),
        plain => plain.clone(),
    }
}

/// A caller whom a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    caller: Caller,
    /// As the host wrote it.
    text: String,
}

impl Principal {
    /// Reads what [`Caller::parse`] reads.
    pub fn parse(text: &str) -> Option<Self> {
        Caller::parse(text).map(|caller| Self { caller, text: text.to_owned() })
    }

    /// As the host wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this caller of a Region is meant.
    pub(crate) fn is(&self, caller: &Caller, region: Region) -> bool {
        match (&self.caller.kind, &caller.kind) {
            (CallerKind::Role { role, .. }, CallerKind::Role { session, .. }) if self.text.contains(":role/") => {
                let of_role = CallerKind::Role { role: role.clone(), session: session.clone() };
                Caller { kind: of_role, ..self.caller.clone() }.arn(region) == caller.arn(region)
            }
            _ => self.caller.arn(region) == caller.arn(region),
        }
    }
}

/// A fault that acts on a call. A call that carries one meets it again wherever it is decided, without the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActingFault {
    /// The id of the rule.
    pub rule: u64,
    /// What the caller meets.
    pub kind: FaultKind,
    /// When it takes the place of the answer.
    pub moment: Moment,
    /// What the response tells the caller to wait.
    pub retry_after: Option<Span>,
    /// How long the host keeps the answer back.
    pub delay: Span,
    /// The key of the call, as far as it was found.
    pub key: Option<KeyArn>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_means_its_sessions_and_a_session_itself() {
        let region = Region::default();
        let session =
            |name: &str| Caller::parse(&format!("arn:aws:sts::111122223333:assumed-role/R/{name}")).expect("a session");
        let is = |text: &str, caller: &Caller| Principal::parse(text).expect("a caller").is(caller, region);
        assert!(is("arn:aws:iam::111122223333:role/x/R", &session("one")));
        assert!(!is("arn:aws:iam::111122223333:role/S", &session("one")));
        assert!(!is("arn:aws:iam::444455556666:role/R", &session("one")));
        assert!(is("arn:aws:sts::111122223333:assumed-role/R/one", &session("one")));
        assert!(!is("arn:aws:sts::111122223333:assumed-role/R/one", &session("two")));
        assert!(is("111122223333", &Caller::parse("arn:aws:iam::111122223333:root").expect("a caller")));
    }

    #[test]
    fn faults_are_read_by_their_names() {
        for kind in FaultKind::ALL {
            assert_eq!(FaultKind::parse(kind.name()), Some(*kind));
        }
        assert_eq!(FaultKind::parse("throttle"), None);
    }
}
