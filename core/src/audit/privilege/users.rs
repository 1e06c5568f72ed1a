//! Who uses a key, with what, and by what they may (AUD-222); and who could not, were it deleted (AUD-223).

use std::collections::{BTreeMap, BTreeSet};

use super::needs::{Use, calls};
use crate::{
    access::{Decider, Layer, Resource},
    audit::Record,
    error::Error,
    names::KeyArn,
    operations::{Operation, Reaction},
    shapes::KeyState,
    state::{LineageId, State},
    time::Time,
    wire::{Members, Value},
};

/// The most values of a kind that are told of somebody.
const MOST: usize = 20;

/// Somebody who has used a key.
#[derive(Default)]
struct User {
    span: Span,
    refused: i64,
    operations: BTreeMap<&'static str, Span>,
    sessions: Few,
    names: BTreeMap<String, Few>,
    via: Few,
    by: Few,
    materials: Few,
}

/// How often something happened, and when.
#[derive(Clone, Copy, Default)]
struct Span {
    times: i64,
    first: Option<Time>,
    last: Option<Time>,
}

/// A few values of many.
#[derive(Default)]
struct Few {
    values: BTreeSet<String>,
    more: bool,
}

/// What becomes of a key, if only for a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    Disabled,
    PendingDeletion,
    Deleted,
}

impl Loss {
    /// What may become of a key, as a question names it.
    pub(crate) const NAMES: [&'static str; 3] = ["pending deletion", "disabled", "deleted"];

    /// What has this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "pending deletion" => Some(Self::PendingDeletion),
            "disabled" => Some(Self::Disabled),
            "deleted" => Some(Self::Deleted),
            _ => None,
        }
    }

    /// Why a call that was about the key would fail; `None` where it would not: what has made the key needs none, and
    /// UpdateAlias takes the alias from a key in any state (P2-206).
    fn refusal(self, record: &Record, key: KeyArn) -> Option<Error> {
        let is_shown = record.resources().iter().any(|resource| resource.arn == Resource::Key(key));
        if record.name() == "CreateKey" || (record.name() == "UpdateAlias" && !is_shown && self != Self::Deleted) {
            return None;
        }
        let operation = Operation::find(record.name()).ok()?;
        let reaction = |state| operation.states.reaction_to(state);
        match self {
            Self::Disabled if reaction(KeyState::Disabled) == Reaction::Disabled => Some(Error::disabled(key)),
            Self::PendingDeletion if reaction(KeyState::PendingDeletion) == Reaction::PendingDeletion => {
                Some(Error::state(key, "pending deletion"))
            }
            Self::Deleted => Some(Error::no_key(key, &key.id.to_string())),
            _ => None,
        }
    }
}

/// The calls that were about a key, and their checks on it.
fn on_key(records: &[Record], key: KeyArn) -> impl Iterator<Item = (&Record, Vec<Use<'_>>)> {
    calls(records).filter_map(move |record| {
        let on_it = |resource: &Resource| *resource == Resource::Key(key);
        let checks = record.checks().iter().filter(|checked| on_it(&checked.resource));
        let checks: Vec<Use<'_>> = checks.map(|checked| Use { record, checked }).collect();
        let reached = record.resources().iter().any(|resource| on_it(&resource.arn));
        (reached || !checks.is_empty()).then_some((record, checks))
    })
}

/// Whoever has acted, as policies name them: of a session, its role.
fn named(record: &Record) -> String {
    record.identity().principal_arn().unwrap_or_else(|| "AWS Internal".to_owned())
}

/// The answer to `users_of`.
pub(crate) fn users(key: KeyArn, records: &[Record]) -> Value {
    let mut users: BTreeMap<String, User> = BTreeMap::new();
    for (record, checks) in on_key(records, key) {
        users.entry(named(record)).or_default().add(record, &checks);
    }
    let users = users.into_iter().map(|(principal, user)| user.told(principal)).collect();
    Value::from([("version", Value::Int(1)), ("key", Value::from(key.to_string())), ("users", Value::List(users))])
}

/// The answer to `dry_deletion`: whose recorded calls would have failed.
pub(crate) fn dry_deletion(key: KeyArn, loss: Loss, records: &[Record], state: &State) -> Value {
    let mut failing: BTreeMap<String, BTreeMap<&'static str, (Span, Error)>> = BTreeMap::new();
    let mut unaffected: i64 = 0;
    for (record, _) in on_key(records, key).filter(|(record, _)| record.error().is_none()) {
        let Some(error) = loss.refusal(record, key) else {
            unaffected += 1;
            continue;
        };
        let own = failing.entry(named(record)).or_default();
        own.entry(record.name()).or_insert((Span::default(), error)).0.add(record.time());
    }
    let is_safe = failing.is_empty();
    let callers = failing.into_iter().map(|(principal, operations)| {
        let operations = operations.into_iter().map(|(operation, (span, error))| {
            let mut members: Members = vec![("operation".into(), Value::from(operation))];
            members.extend(span.told());
            members.push(("error".into(), Value::from(error.exception.name())));
            members.push(("message".into(), error.message.map_or(Value::Null, Value::from)));
            Value::Map(members)
        });
        Value::from([("principal", Value::from(principal)), ("operations", Value::List(operations.collect()))])
    });
    Value::from([
        ("version", Value::Int(1)),
        ("key", Value::from(key.to_string())),
        ("safe", Value::Bool(is_safe)),
        ("callers", Value::List(callers.collect())),
        ("unaffected", Value::Int(unaffected)),
        ("lost", lost(key, state)),
    ])
}

/// What a deleted key takes along: its aliases and grants; a primary key waits until its replicas are gone.
fn lost(key: KeyArn, state: &State) -> Value {
    let aliases = state.aliases_of(key).map(|name| Value::from(name.as_str())).collect();
    let row = state.key(&key);
    let is_primary = row.as_ref().is_some_and(|row| row.is_multi_region() && !row.is_replica());
    let lineage = LineageId::of(key);
    let related = row.iter().flat_map(|row| row.regions.iter()).filter(|own| is_primary && own.region != key.region);
    let replicas = related.map(|own| Value::from(lineage.in_region(own.region).to_string())).collect();
    Value::from([
        ("aliases", Value::List(aliases)),
        ("grants", Value::count(state.grant_count(&key))),
        ("replicas", Value::List(replicas)),
    ])
}

impl User {
    fn add(&mut self, record: &Record, checks: &[Use<'_>]) {
        self.span.add(record.time());
        self.operations.entry(record.name()).or_default().add(record.time());
        self.refused += i64::from(record.error().is_some());
        if let Some(arn) = record.identity().arn().filter(|arn| arn.contains(":assumed-role/")) {
            self.sessions.add(arn);
        }
        for used in checks {
            for (name, value) in used.context() {
                self.names.entry(name).or_default().add(value);
            }
            self.via.extend(used.via());
            if used.is_allowed() {
                self.by.add(match (used.checked.by, used.checked.grant) {
                    (Decider::Layer(Layer::Grants), Some(grant)) => format!("grant {grant}"),
                    (by, _) => by.name().to_owned(),
                });
            }
        }
        let additional = record.additional().unwrap_or_default();
        for name in ["keyMaterialId", "sourceKeyMaterialId", "destinationKeyMaterialId"] {
            self.materials.extend(additional.member(name).and_then(Value::as_text).map(str::to_owned));
        }
    }

    fn told(self, principal: String) -> Value {
        let operations = self.operations.into_iter().map(|(operation, span)| {
            let first: Members = vec![("operation".into(), Value::from(operation))];
            Value::Map(first.into_iter().chain(span.told()).collect())
        });
        let contexts: Members = self.names.into_iter().map(|(name, few)| (name.into(), few.told())).collect();
        let mut members: Members = vec![("principal".into(), Value::from(principal))];
        members.extend(self.span.told());
        members.push(("refused".into(), Value::Int(self.refused)));
        members.push(("operations".into(), Value::List(operations.collect())));
        members.push(("contexts".into(), Value::Map(contexts)));
        for (name, few) in
            [("sessions", self.sessions), ("via", self.via), ("by", self.by), ("materials", self.materials)]
        {
            members.push((name.into(), few.told()));
        }
        Value::Map(members)
    }
}

impl Span {
    fn add(&mut self, time: Time) {
        self.times += 1;
        self.first = Some(self.first.map_or(time, |first| first.min(time)));
        self.last = Some(self.last.map_or(time, |last| last.max(time)));
    }

    fn told(self) -> Members {
        let time = |time: Option<Time>| time.map_or(Value::Null, |time| Value::from(time.to_string()));
        let (first, last) = (time(self.first), time(self.last));
        vec![("times".into(), Value::Int(self.times)), ("first".into(), first), ("last".into(), last)]
    }
}

impl Few {
    fn add(&mut self, value: String) {
        if self.values.len() < MOST || self.values.contains(&value) {
            self.values.insert(value);
        } else {
            self.more = true;
        }
    }

    fn extend(&mut self, value: Option<String>) {
        if let Some(value) = value {
            self.add(value);
        }
    }

    /// The values, and an ellipsis where there are more.
    fn told(self) -> Value {
        let rest = self.more.then(|| Value::from("..."));
        Value::List(self.values.into_iter().map(Value::from).chain(rest).collect())
    }
}
