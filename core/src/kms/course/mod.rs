//! The course of a call: what happened at every step, in order, as data for whoever wants to learn from it.
//!
//! It is told once the call is decided, from what the call has left behind: nobody pays for it who does not ask.

mod bytes;
mod keys;
mod performed;

use super::{Kms, Trail};
use crate::{
    audit::Record,
    call::{Call, Moment},
    crypto::random::Random,
    error::Error,
    ids::Ids,
    operations::{self, Gate, Operation, Request},
    policy::PolicyRow,
    state::{Change, Draft, State},
    wire::{Name, Table, Value},
};

/// The version of the form. A member more is not a new version; a member less, or another meaning, is one.
const VERSION: i64 = 1;

/// How many things of a kind are shown, and how many characters of each text that the caller has chosen.
const MOST: usize = 50;
const MOST_CHARACTERS: usize = 200;

/// The steps of a call, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stage {
    /// The operation is found.
    #[default]
    Operation,
    /// The request has the shape of the operation.
    Shape,
    /// What had fallen due is settled.
    Due,
    /// The keys are found that the request names.
    Keys,
    /// The request quotas admit the call.
    Quotas,
    /// Authorization lets the caller through.
    Decision,
    /// Role, origin, usage and state of the keys allow the operation.
    State,
    /// The operation is performed: cryptography, or what it is to change.
    Performance,
    /// What has changed is taken over.
    Changes,
    /// What happened is recorded.
    Record,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Operation,
        Self::Shape,
        Self::Due,
        Self::Keys,
        Self::Quotas,
        Self::Decision,
        Self::State,
        Self::Performance,
        Self::Changes,
        Self::Record,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Shape => "shape",
            Self::Due => "due",
            Self::Keys => "keys",
            Self::Quotas => "quotas",
            Self::Decision => "decision",
            Self::State => "state",
            Self::Performance => "performance",
            Self::Changes => "changes",
            Self::Record => "record",
        }
    }
}

/// How a call has ended.
pub(super) struct Ended<'a> {
    pub(super) reply: Result<&'a Value, &'a Error>,
    pub(super) changes: &'a [Change],
    pub(super) records: &'a [Record],
    /// `None` for a call that was only explained.
    pub(super) ids: Option<&'a Ids>,
}

/// What a course is told from.
struct CourseWriter<'a> {
    kms: &'a Kms,
    call: &'a Call,
    trail: &'a Trail,
    ended: &'a Ended<'a>,
    operation: Option<&'static Operation>,
    /// The request, where it has the shape of the operation.
    request: Option<Box<dyn Request>>,
    /// The state that the call has seen, in which everything that was due is settled.
    state: &'a State,
    /// The AWS managed keys that it was the first to use.
    made: Vec<String>,
    stage: Stage,
}

impl Kms {
    /// What happened at every step of a call: `version`, `operation`, `requestId` and `time`, `fault` where one has met the
    /// call, and `steps`: each with `step`, `fate` (`passed`, `refused` or `not reached`) and its facts. No secret is in it.
    pub(super) fn course(&self, call: &Call, trail: &Trail, ended: &Ended<'_>) -> Value {
        let operation = trail.operation;
        let request = operation.filter(|_| trail.stage > Stage::Shape).and_then(|row| row.read(&call.input).ok());
        // The third step is taken again: the same call finds the same due.
        let mut draft = Draft::new(&self.state);
        let mut made = Vec::new();
        if let (Some(operation), Some(request)) = (operation, &request) {
            let random = Random::from_entropy(&call.entropy);
            operations::schedule::settle(&mut draft, call.now, usize::MAX, &mut |_, _| {});
            let first =
                operations::make_first_used(operation, request.typed(), call, &mut draft, &random, &self.provider);
            made.extend(first.unwrap_or_default().iter().map(ToString::to_string));
        }
        let state = draft.state();
        let told = CourseWriter { kms: self, call, trail, ended, operation, request, state, made, stage: trail.stage };
        told.course()
    }
}

impl CourseWriter<'_> {
    fn course(mut self) -> Value {
        self.stage = self.stopped();
        let fault = self.call.fault.as_ref().map(|fault| {
            let moment = if fault.moment == Moment::Before { "before" } else { "after" };
            Value::from([("kind", Value::from(fault.kind.name())), ("moment", moment.into())])
        });
        let steps = Stage::ALL.into_iter().map(|stage| self.step(stage)).collect();
        Value::named(&mut [
            ("version", Some(Value::Int(VERSION))),
            ("operation", Some(short(&self.call.operation))),
            ("requestId", Some(self.ended.ids.map_or(Value::Null, |ids| ids.request.to_string().into()))),
            ("time", Some(Value::Time(self.call.now))),
            ("fault", fault),
            ("steps", Some(Value::List(steps))),
        ])
    }

    /// Where the call has stopped. What a handler asks of a key that it comes to later belongs to the state of keys.
    fn stopped(&self) -> Stage {
        let Err(error) = self.ended.reply else { return self.stage };
        let later = self.trail.subjects.iter().filter(|subject| subject.gate == Gate::ByHandler);
        let is_gate = |subject| {
            let Some(operation) = self.operation else { return false };
            operations::gate(operation, subject, self.state, self.call.now)
                .is_err_and(|refused| (refused.exception, &refused.message) == (error.exception, &error.message))
        };
        if self.stage == Stage::Performance && later.into_iter().any(is_gate) { Stage::State } else { self.stage }
    }

    fn step(&self, stage: Stage) -> Value {
        let fate = self.fate(stage);
        let mut members =
            vec![(Name::Borrowed("step"), Value::from(stage.name())), (Name::Borrowed("fate"), Value::from(fate))];
        if fate != "not reached"
            && let Value::Map(facts) = self.facts(stage)
        {
            members.extend(facts);
        }
        Value::Map(members)
    }

    fn fate(&self, stage: Stage) -> &'static str {
        let is_performed = self.stage == Stage::Record;
        match stage {
            // Refused calls are recorded, too.
            Stage::Record if self.ended.records.is_empty() => "not reached",
            Stage::Record => "passed",
            _ if self.is_met_before() => "not reached",
            // Whoever has no account is refused before anybody looks for keys.
            Stage::Keys | Stage::Quotas if self.is_without_account() => "not reached",
            _ if is_performed || stage < self.stage => "passed",
            _ if stage == self.stage && self.ended.reply.is_err() => "refused",
            _ => "not reached",
        }
    }

    /// Whether a fault let nothing be decided.
    fn is_met_before(&self) -> bool {
        let fault = self.call.fault.as_ref();
        fault.is_some_and(|fault| fault.moment == Moment::Before)
            && (self.stage, self.operation.is_some()) == (Stage::Operation, true)
    }

    fn is_without_account(&self) -> bool {
        let Trail { subjects, authorized, .. } = self.trail;
        self.call.caller.is_service() && subjects.is_empty() && self.stage == Stage::Decision && !authorized
    }

    fn facts(&self, stage: Stage) -> Value {
        match stage {
            Stage::Operation => self.found(),
            Stage::Shape => self.shape(),
            Stage::Due => self.due(),
            Stage::Keys => self.keys(),
            Stage::Quotas => self.quotas(),
            Stage::Decision => self.decision(),
            Stage::State => self.states(),
            Stage::Performance => self.performance(),
            Stage::Changes => self.changes(),
            Stage::Record => self.records(),
        }
    }

    /// The operation, and the action that its caller needs.
    fn found(&self) -> Value {
        let Some(operation) = self.operation else { return Value::Null };
        Value::from([("action", Value::from(operation.action.to_string()))])
    }

    /// Which members of the request were read, and which were ignored because the operation has none of that name.
    fn shape(&self) -> Value {
        let (Some(operation), Value::Map(given)) = (self.operation, &self.call.input) else { return Value::Null };
        let Table::Structure { members, .. } = operation.input else { return Value::Null };
        let is_known = |name: &str| members.iter().any(|member| member.name == name);
        let given = || given.iter().filter(|(_, value)| *value != Value::Null);
        let read = given().filter(|(name, _)| is_known(name)).map(|(name, _)| Value::from(&**name)).collect();
        let ignored = given().filter(|(name, _)| !is_known(name)).map(|(name, _)| short(name));
        let mut facts = vec![(Name::Borrowed("read"), Value::List(read))];
        facts.extend(some("ignored", ignored));
        Value::Map(facts)
    }

    /// How much had fallen due, and which AWS managed keys the call was the first to use.
    fn due(&self) -> Value {
        let made = self.made.iter().map(|key| Value::from(key.as_str())).collect();
        Value::from([("settled", Value::count(self.trail.due.len())), ("made", Value::List(made))])
    }

    /// What the call costs of the request quotas, and whether anybody counts.
    fn quotas(&self) -> Value {
        let costs = self.trail.costs.iter().map(|cost| {
            Value::from([
                ("quota", Value::from(cost.quota.id())),
                ("account", cost.account.to_string().into()),
                ("region", cost.region.to_string().into()),
                ("requests", Value::Int(cost.requests.into())),
            ])
        });
        let (account, region) = (self.call.caller.account, self.call.region);
        let counted = self.state.counts_requests(account, region);
        let throttled = self.trail.throttled.map(|store| store.to_string().into());
        let costs = Value::List(costs.collect());
        Value::named(&mut [
            ("costs", Some(costs)),
            ("enforced", Some(Value::Bool(counted))),
            ("throttledBy", throttled),
        ])
    }

    /// What authorization was asked with. How it has decided is told by the decisions.
    fn decision(&self) -> Value {
        let pcrs = self.trail.attestation.is_some();
        let keys = self.trail.subjects.iter().filter(|subject| {
            let rules = self.state.deciding_policy(&subject.arn).map(PolicyRow::text);
            rules != self.state.policy_of(&subject.arn).map(|policy| policy.text())
        });
        let mut facts = vec![
            (Name::Borrowed("authorized"), Value::Bool(self.trail.authorized)),
            (Name::Borrowed("checks"), Value::count(self.trail.decisions.len())),
            (Name::Borrowed("grantTokens"), Value::count(self.trail.tokens.len())),
            (Name::Borrowed("attested"), Value::Bool(pcrs)),
        ];
        facts.extend(some("formerPolicyOf", keys.map(|subject| subject.arn.to_string().into())));
        Value::Map(facts)
    }
}

/// A list and how many of it are not told; nothing where it is empty.
fn some(name: &'static str, values: impl Iterator<Item = Value>) -> Vec<(Name, Value)> {
    let all: Vec<Value> = values.collect();
    let more = all.len().saturating_sub(MOST);
    if all.is_empty() {
        return Vec::new();
    }
    let mut members = vec![(Name::Borrowed(name), Value::List(all.into_iter().take(MOST).collect()))];
    if more > 0 {
        let (first, rest) = name.split_at(1);
        members.push((Name::Owned(["more", &first.to_ascii_uppercase(), rest].concat()), Value::count(more)));
    }
    members
}

/// As much of a text as is told.
fn short(text: &str) -> Value {
    Value::from(text.chars().take(MOST_CHARACTERS).collect::<String>())
}
