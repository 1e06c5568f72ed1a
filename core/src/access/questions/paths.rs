//! By what somebody may do something, and what may still keep him from it.

use crate::{
    access::{
        Layer, Resource, Says,
        hearing::{AllHeard, Case, Hearing, POLICIES},
        speakers::Speakers,
    },
    policy::{Class, Condition, Doubt, Effect, Remaining, Request},
    state::{ContextConstraint, Voice},
    wire::{Members, Value},
};

/// How many values of a condition are shown, and how many grants and statements of one principal.
const MOST: usize = 20;

impl Case<'_> {
    /// The ways by which the caller may do it, where the doubt is for him.
    pub(super) fn paths(&mut self) -> Vec<Value> {
        if let Some(guess) = &mut self.hearing.guess {
            guess.doubt = Doubt::ForCaller;
        }
        let heard = self.hearing.hear_all();
        let mut paths = Vec::new();
        let identity = || self.hearing.left(Layer::Identity, Effect::Allow);
        match &self.check.resource {
            Resource::Key(_) => {
                let by_key = self.hearing.left(Layer::KeyPolicy, Effect::Allow);
                let reached = by_key.into_iter().map(|(name, left)| {
                    let class = if self.is_foreign() { Class::Delegation } else { left.class };
                    (name, left, class)
                });
                let reached: Vec<_> = reached.filter(|(.., class)| heard.lacks(*class).is_none()).collect();
                let delegating: Vec<&Remaining<'_>> =
                    reached.iter().filter(|(.., class)| *class == Class::Delegation).map(|(_, left, _)| left).collect();
                for (name, left, class) in &reached {
                    let own = *class != Class::Delegation;
                    // Where the account allows everything, the key policy is all there is to tell.
                    if own || self.hearing.is_silent_about_identities() {
                        paths.push(told("key policy", name, left));
                    }
                }
                if !delegating.is_empty() {
                    let with: Vec<Value> = delegating.iter().map(|left| told("key policy", "default", left)).collect();
                    for (name, left) in identity() {
                        paths.push(with_member(
                            told("identity policy", name, &left),
                            "with",
                            Value::List(with.clone()),
                        ));
                    }
                }
                self.granted(&heard, &mut paths);
            }
            _ => paths.extend(identity().iter().map(|(name, left)| told("identity policy", name, left))),
        }
        paths.truncate(MOST);
        paths
    }

    /// What may still keep the caller from it: denials that may apply, and what frames him under conditions.
    pub(super) fn limits(&self) -> Vec<Value> {
        let mut limits = Vec::new();
        for layer in POLICIES {
            let denials = self.hearing.left(layer, Effect::Deny);
            limits.extend(denials.iter().map(|(name, left)| limit(layer, name, left)));
            let frames = matches!(layer, Layer::ServiceControl | Layer::Endpoint | Layer::Boundary | Layer::Session);
            if frames {
                let allowing = self.hearing.left(layer, Effect::Allow);
                let under_conditions = allowing.iter().filter(|(_, left)| !left.is_certain);
                limits.extend(under_conditions.map(|(name, left)| limit(layer, name, left)));
            }
        }
        limits.truncate(MOST);
        limits
    }

    fn is_foreign(&self) -> bool {
        let caller = self.hearing.identity.caller;
        matches!(&self.check.resource, Resource::Key(arn) if !caller.is_service() && !caller.owns(arn.account))
    }

    fn granted(&self, heard: &AllHeard<'_>, paths: &mut Vec<Value>) {
        let Resource::Key(arn) = &self.check.resource else { return };
        let grants = self.grants(*arn);
        let reaching = grants.reaching().filter(|(.., class)| heard.lacks(*class).is_none());
        for (name, row, _) in reaching.take(MOST) {
            let constraints = grants.open_constraints(row, self.hearing.facts);
            let open = constraints.iter().any(|(_, holds)| holds.is_none());
            let conditions = row.context.as_ref().filter(|_| open).map(constrained).unwrap_or_default();
            paths.push(Value::from([
                ("by", Value::from("grant")),
                ("grantId", Value::from(name.id.to_string())),
                ("grantee", Value::from(&*row.grantee.name)),
                ("conditions", Value::List(conditions)),
            ]));
        }
    }
}

impl Hearing<'_> {
    /// The statements of a layer with an effect that may apply, and the names of their policies.
    pub(super) fn left(&self, layer: Layer, effect: Effect) -> Vec<(&str, Remaining<'_>)> {
        let speakers = self.speakers(layer);
        let voices: Vec<&Voice<'_>> = match speakers {
            Speakers::Nobody(..) => Vec::new(),
            Speakers::Together(voices) => voices.iter().collect(),
            Speakers::Levels(levels) | Speakers::Denying(levels) => levels.iter().flatten().collect(),
        };
        let mut left = Vec::new();
        for voice in voices {
            let is_silent =
                |request: &Request<'_>| self.guess.is_some_and(|guess| guess.sieves.is_silent(voice.policy, request));
            let remaining = self.ask(layer, |request| {
                if is_silent(request) { Vec::new() } else { voice.policy.document().remaining(request) }
            });
            let fitting = remaining.into_iter().filter(|one| one.statement.effect() == effect);
            left.extend(fitting.map(|one| (voice.name, one)));
        }
        left
    }

    /// Whether no identity policy speaks, because the account allows everything.
    fn is_silent_about_identities(&self) -> bool {
        matches!(self.speakers(Layer::Identity), Speakers::Nobody(Says::Allows, _))
    }
}

/// A statement that allows.
fn told(by: &'static str, policy: &str, left: &Remaining<'_>) -> Value {
    let by = [("by".into(), Value::from(by))];
    Value::Map(by.into_iter().chain(statement(policy, left)).collect())
}

/// A statement that limits.
fn limit(layer: Layer, policy: &str, left: &Remaining<'_>) -> Value {
    let effect = if left.statement.effect() == Effect::Deny { "Deny" } else { "Allow" };
    let first = [("layer".into(), Value::from(layer.name())), ("effect".into(), Value::from(effect))];
    Value::Map(first.into_iter().chain(statement(policy, left)).collect())
}

fn statement(policy: &str, left: &Remaining<'_>) -> Members {
    let place = Value::count(left.place);
    let mut members: Members = vec![("policy".into(), Value::from(policy)), ("statement".into(), place)];
    members.extend(left.statement.sid().map(|sid| ("sid".into(), Value::from(sid))));
    let conditions = left.conditions.iter().map(|condition| remaining(condition)).collect();
    members.push(("conditions".into(), Value::List(conditions)));
    members
}

/// A condition that remains.
fn remaining(condition: &Condition) -> Value {
    let values: Vec<&str> = condition.expected().collect();
    let shown = values.iter().take(MOST).map(|value| Value::from(*value)).collect();
    let members = [
        ("operator", Value::from(condition.operator().to_string())),
        ("key", Value::from(condition.key())),
        ("values", Value::List(shown)),
    ];
    match i64::try_from(values.len().saturating_sub(MOST)) {
        Ok(0) | Err(_) => Value::from(members),
        Ok(more) => with_member(Value::from(members), "moreValues", Value::Int(more)),
    }
}

/// The constraint of a grant as conditions.
fn constrained(context: &ContextConstraint) -> Vec<Value> {
    let pair = |(name, value): &(Box<str>, Box<str>)| {
        Value::from([
            ("operator", Value::from(context.kind())),
            ("key", Value::from(["kms:EncryptionContext:", name].concat())),
            ("values", Value::List(vec![Value::from(&**value)])),
        ])
    };
    context.pairs.iter().map(pair).collect()
}

fn with_member(value: Value, name: &'static str, member: Value) -> Value {
    match value {
        Value::Map(mut members) => {
            members.push((name.into(), member));
            Value::Map(members)
        }
        other => other,
    }
}
