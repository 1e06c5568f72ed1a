//! `resources`: the keys and aliases that an action has reached.

use super::{Facts, Resource};
use crate::{access, wire::Value};

/// What the call has reached; nothing when it was not let through (AUD-84).
pub(super) fn of(facts: &Facts<'_>) -> Box<[Resource]> {
    let keys = facts.subjects.iter().filter(|_| facts.authorized);
    keys.map(|subject| Resource { account: subject.arn.account, arn: access::Resource::Key(subject.arn) }).collect()
}

/// The list as records show it; an empty one is left out (AUD-39).
pub(super) fn to_value(resources: &[Resource]) -> Option<Value> {
    if resources.is_empty() {
        return None;
    }
    let shown = resources.iter().map(|resource| {
        Value::from([
            ("accountId", Value::from(resource.account.to_string())),
            ("type", Value::from("AWS::KMS::Key")),
            ("ARN", Value::from(resource.arn.to_string())),
        ])
    });
    Some(Value::List(shown.collect()))
}
