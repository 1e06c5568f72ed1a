//! Statements that allow certain actions on certain resources, and nothing besides.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::Action,
    order::sorted,
    wire::{self, Members, Value},
};

/// One action on one resource, under a condition.
pub(super) struct Line {
    pub(super) action: Action,
    pub(super) resource: String,
    pub(super) condition: Option<Value>,
}

/// What a statement names: actions and resources, each with each.
type Named<'l> = (Vec<Action>, Vec<&'l str>);

/// The fewest statements that allow exactly these lines, of those that put together what has the same resources, or the
/// same actions. No line is in two of them, so that each action and each resource of a statement is needed.
pub(super) fn statements(lines: &[Line], principal: Option<&Value>) -> Vec<Value> {
    let mut by_condition: BTreeMap<Vec<u8>, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let text = line.condition.as_ref().map(wire::to_json).unwrap_or_default();
        by_condition.entry(text).or_default().push(line);
    }
    let mut all: Vec<(Named<'_>, Option<&Value>)> = Vec::new();
    for lines in by_condition.values() {
        let condition = lines.first().and_then(|line| line.condition.as_ref());
        all.extend(named(lines).into_iter().map(|named| (named, condition)));
    }
    sorted(all, |(one, _), (other, _)| one.cmp(other))
        .into_iter()
        .map(|(named, condition)| statement(&named, condition, principal))
        .collect()
}

/// The lines put together in the way that needs fewer statements.
fn named<'l>(lines: &[&'l Line]) -> Vec<Named<'l>> {
    let mut resources: BTreeMap<Action, BTreeSet<&str>> = BTreeMap::new();
    let mut actions: BTreeMap<&str, BTreeSet<Action>> = BTreeMap::new();
    for line in lines {
        resources.entry(line.action).or_default().insert(&line.resource);
        actions.entry(&line.resource).or_default().insert(line.action);
    }
    let mut by_resources: BTreeMap<BTreeSet<&str>, Vec<Action>> = BTreeMap::new();
    for (action, resources) in resources {
        by_resources.entry(resources).or_default().push(action);
    }
    let mut by_actions: BTreeMap<BTreeSet<Action>, Vec<&str>> = BTreeMap::new();
    for (resource, actions) in actions {
        by_actions.entry(actions).or_default().push(resource);
    }
    if by_resources.len() <= by_actions.len() {
        by_resources.into_iter().map(|(resources, actions)| (actions, resources.into_iter().collect())).collect()
    } else {
        by_actions.into_iter().map(|(actions, resources)| (actions.into_iter().collect(), resources)).collect()
    }
}

fn statement((actions, resources): &Named<'_>, condition: Option<&Value>, principal: Option<&Value>) -> Value {
    let actions = actions.iter().map(|action| Value::from(action.as_str())).collect();
    let resources = resources.iter().map(|resource| Value::from(*resource)).collect();
    let mut members: Members = vec![("Effect".into(), Value::from("Allow"))];
    members.extend(principal.map(|principal| ("Principal".into(), principal.clone())));
    members.push(("Action".into(), Value::List(actions)));
    members.push(("Resource".into(), Value::List(resources)));
    members.extend(condition.map(|condition| ("Condition".into(), condition.clone())));
    Value::Map(members)
}

/// A document of statements.
pub(super) fn document(statements: Vec<Value>) -> Value {
    Value::from([("Version", Value::from("2012-10-17")), ("Statement", Value::List(statements))])
}
