//! A scene as a recipe: steps in an order in which each can be done.
//!
//! Principals come first, without their policies, so that key policies may name them, and at the end once more with all that
//! they have, so that their policies may name the keys. In between, every key has the default policy: the account does with
//! it whatever the files say. Who deploys is not known, so that nobody is asked whether he locks himself out.

use std::collections::BTreeSet;

use pocket_kms::Value;

use super::{At, Key, Kind, ManagedPolicy, Principal, Replica, Scene};
use crate::data::Text;

/// How many bytes of a form are registered in one step: a form of the directory has a MiB at most.
const ROOM: usize = 200_000;

impl Scene {
    /// The recipe, which gives what everything is called.
    pub(super) fn recipe(&self) -> Value {
        let mut steps = Vec::new();
        self.exist(&mut steps);
        self.keys.iter().for_each(|key| steps.push(created(key)));
        self.keys.iter().for_each(|key| steps.extend(rotated(key)));
        self.replicas.iter().for_each(|replica| steps.push(replicated(replica)));
        self.name_and_grant(&mut steps);
        self.keys.iter().for_each(|key| {
            steps.extend(finished(&key.at, &Text::key_id(&key.step), key.policy.as_ref(), key.enabled));
        });
        for replica in &self.replicas {
            steps.extend(finished(&replica.at, &replica.id, replica.policy.as_ref(), replica.enabled));
        }
        self.have(&mut steps);
        let names = self.names.iter().map(|name| {
            let what = [("kind", Value::from(name.kind.as_str())), ("is", name.what.to_value())];
            (name.name.clone(), Value::from(what))
        });
        Value::from([("version", Value::Int(1)), ("steps", Value::List(steps)), ("give", names.collect())])
    }

    /// Everybody exists, and has nothing.
    fn exist(&self, steps: &mut Vec<Value>) {
        let bare = self.principals.iter().map(|principal| (principal.arn.clone(), Value::Map(Vec::new())));
        register(steps, "principals", bare, true);
    }

    fn name_and_grant(&self, steps: &mut Vec<Value>) {
        for alias in &self.aliases {
            let input = [("AliasName", Value::from(alias.name.as_str())), ("TargetKeyId", alias.target.to_value())];
            steps.push(call(None, "CreateAlias", Value::from(input), &alias.at));
        }
        for grant in &self.grants {
            steps.push(call(None, "CreateGrant", grant.input.to_value(), &grant.at));
        }
    }

    /// Everybody has what the files say.
    fn have(&self, steps: &mut Vec<Value>) {
        let policies = self.policies.iter().map(|ManagedPolicy { arn, document }| (arn.clone(), document.to_value()));
        register(steps, "policies", policies, false);
        // Users come last: they are in groups.
        for kinds in [&[Kind::Group][..], &[Kind::Role, Kind::User]] {
            let those =
                self.principals.iter().filter(|principal| kinds.contains(&principal.kind) && !principal.is_bare());
            register(steps, "principals", those.map(|principal| (principal.arn.clone(), having(principal))), false);
        }
        let organizations = self.organizations.iter().map(|(id, form)| (id.clone(), form.to_value()));
        register(steps, "organizations", organizations, false);
    }

    /// The steps that create keys.
    pub(super) fn made(&self) -> BTreeSet<&str> {
        pocket_kms::order::set(self.keys.iter().map(|key| key.step.as_str()))
    }
}

impl Principal {
    /// Whether there is nothing to say but that it exists.
    fn is_bare(&self) -> bool {
        let lists =
            self.policies.is_empty() && self.managed.is_empty() && self.groups.is_empty() && self.tags.is_empty();
        lists && self.boundary.is_none() && self.trust.is_none() && self.longest_session.is_none()
    }
}

/// Registers entries of a kind, in as many steps as it takes.
fn register(steps: &mut Vec<Value>, kind: &'static str, entries: impl Iterator<Item = (String, Value)>, keep: bool) {
    let (mut some, mut length) = (Vec::new(), 0);
    let step = |entries: Vec<(String, Value)>| {
        let form = Value::from([(kind, entries.into_iter().collect())]);
        let keep = keep.then_some(("keep", Value::Bool(true)));
        [("register", form)].into_iter().chain(keep).collect()
    };
    for (name, entry) in entries {
        length += name.len() + pocket_kms::wire::to_json(&entry).len();
        some.push((name, entry));
        if length > ROOM {
            steps.push(step(std::mem::take(&mut some)));
            length = 0;
        }
    }
    if !some.is_empty() {
        steps.push(step(some));
    }
}

/// A call of the account in which something stands.
fn call(name: Option<&str>, operation: &str, input: Value, at: &At) -> Value {
    let members = [
        ("as", name.map_or(Value::Null, Value::from)),
        ("call", Value::from(operation)),
        ("input", input),
        ("caller", Value::from(format!("arn:{}:iam::{}:root", at.partition, at.account))),
        ("region", Value::from(at.region.as_str())),
    ];
    members.into_iter().filter(|(_, value)| *value != Value::Null).collect()
}

fn tags(tags: &[(String, Text)]) -> Value {
    let tag = |(key, value): &(String, Text)| {
        Value::from([("TagKey", Value::from(key.as_str())), ("TagValue", value.to_value())])
    };
    Value::List(tags.iter().map(tag).collect())
}

fn created(key: &Key) -> Value {
    let mut input: Vec<(&'static str, Value)> =
        key.input.iter().map(|(name, value)| (*name, value.to_value())).collect();
    if !key.tags.is_empty() {
        input.push(("Tags", tags(&key.tags)));
    }
    call(Some(&key.step), "CreateKey", input.into_iter().collect(), &key.at)
}

fn rotated(key: &Key) -> Option<Value> {
    let rotation = key.rotation?;
    let mut input = vec![("KeyId", Text::key_id(&key.step).to_value())];
    input.extend(rotation.days.map(|days| ("RotationPeriodInDays", Value::Int(days))));
    Some(call(None, "EnableKeyRotation", input.into_iter().collect(), &key.at))
}

fn replicated(replica: &Replica) -> Value {
    let mut input = vec![("KeyId", replica.id.to_value()), ("ReplicaRegion", Value::from(replica.at.region.as_str()))];
    input.extend(replica.description.as_ref().map(|text| ("Description", text.to_value())));
    if !replica.tags.is_empty() {
        input.push(("Tags", tags(&replica.tags)));
    }
    call(None, "ReplicateKey", input.into_iter().collect(), &replica.primary)
}

/// What is said of a key once all else is done with it.
fn finished(at: &At, id: &Text, policy: Option<&Text>, enabled: bool) -> Vec<Value> {
    let mut steps = Vec::new();
    if let Some(policy) = policy {
        let input = [
            ("KeyId", id.to_value()),
            ("Policy", policy.to_value()),
            ("BypassPolicyLockoutSafetyCheck", Value::Bool(true)),
        ];
        // Disabling comes before it: the policy may not let the account do that any more.
        steps.push(call(None, "PutKeyPolicy", Value::from(input), at));
    }
    if !enabled {
        steps.insert(0, call(None, "DisableKey", Value::from([("KeyId", id.to_value())]), at));
    }
    steps
}

/// A number of seconds; what is not one is text, which the directory refuses in its own words.
fn seconds(text: &str) -> Value {
    text.parse().map_or_else(|_| Value::from(text), Value::Int)
}

/// What a principal has, in the form of the directory.
fn having(principal: &Principal) -> Value {
    let texts = |texts: &[String]| Value::List(texts.iter().map(|text| Value::from(text.as_str())).collect());
    let policies = principal.policies.iter().map(|(name, document)| (name.clone(), document.to_value()));
    let tags = principal.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    let members = [
        ("policies", policies.collect()),
        ("managedPolicies", texts(&principal.managed)),
        ("permissionsBoundary", principal.boundary.as_deref().map_or(Value::Null, Value::from)),
        ("groups", texts(&principal.groups)),
        ("tags", tags.collect()),
        ("trustPolicy", principal.trust.as_ref().map_or(Value::Null, Text::to_value)),
        ("maxSessionDuration", principal.longest_session.as_deref().map_or(Value::Null, seconds)),
    ];
    let is_there = |value: &Value| match value {
        Value::Map(members) => !members.is_empty(),
        Value::List(values) => !values.is_empty(),
        value => *value != Value::Null,
    };
    members.into_iter().filter(|(_, value)| is_there(value)).collect()
}
