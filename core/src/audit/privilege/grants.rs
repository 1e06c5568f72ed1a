//! Grants that allow what was needed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Who,
    needs::{Contexts, Need, has_context},
};
use crate::{
    access::Action,
    names::KeyArn,
    operations::can_be_granted,
    order::map,
    shapes::GrantOperation,
    state::{ContextConstraint, Key},
    wire::Value,
};

/// The most pairs of a constraint, and the longest name or value, in characters (P2-385).
const MOST_PAIRS: usize = 8;
const LONGEST: usize = 384;

/// The operations of grants, by key and by the constraint that all of their requests met.
#[derive(Default)]
pub(super) struct Granted(BTreeMap<KeyArn, BTreeMap<Option<Constraint>, BTreeSet<&'static str>>>);

/// A constraint on encryption contexts: its name, and its pairs.
type Constraint = (&'static str, BTreeMap<String, String>);

impl Granted {
    /// Takes a need that a grant can meet. A grant for CreateGrant would have to allow what its children may do, and one
    /// for RetireGrant retires nothing but itself: both are left to policies.
    pub(super) fn take(&mut self, action: Action, key: KeyArn, row: Option<&Key>, need: &Need) -> bool {
        let operation = GrantOperation::parse(action.name());
        let operation =
            operation.filter(|one| !matches!(one, GrantOperation::CreateGrant | GrantOperation::RetireGrant));
        let suits = |operation: &GrantOperation| row.is_some_and(|row| can_be_granted(*operation, row));
        let Some(operation) = operation.filter(suits) else { return false };
        let constraint = if has_context(action) { constraint(&need.contexts) } else { None };
        self.0.entry(key).or_default().entry(constraint).or_default().insert(operation.as_str());
        true
    }
}

/// The constraint that all of the contexts meet.
fn constraint(contexts: &Contexts) -> Option<Constraint> {
    let fits = |text: &String| text.chars().count() <= LONGEST;
    let pairs = contexts.constant.iter().filter(|(name, value)| fits(name) && fits(value));
    let pairs = map(pairs.take(MOST_PAIRS).map(|(name, value)| (name.clone(), value.clone())));
    let is_all = contexts.few_names().is_some_and(|names| names.iter().eq(pairs.keys()));
    let kind = if is_all { ContextConstraint::EQUALS } else { ContextConstraint::SUBSET };
    (!pairs.is_empty()).then_some((kind, pairs))
}

/// The grants as CreateGrant takes them. No constraint counts for DescribeKey, so that it needs no grant of its own.
pub(super) fn grants(who: &Who, granted: Granted) -> Vec<Value> {
    const DESCRIBE: &str = GrantOperation::DescribeKey.as_str();
    let mut grants = Vec::new();
    for (key, mut by_constraint) in granted.0 {
        let describes =
            by_constraint.get(&None).is_some_and(|operations| operations.len() == 1 && operations.contains(DESCRIBE));
        if describes && by_constraint.len() > 1 {
            by_constraint.remove(&None);
            by_constraint.first_entry().map(|mut first| first.get_mut().insert(DESCRIBE));
        }
        for (constraint, operations) in by_constraint {
            let operations = operations.into_iter().map(Value::from).collect();
            let constraint = constraint.map(|(kind, pairs)| {
                let pairs: Value = pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
                Value::from([(kind, pairs)])
            });
            grants.push(Value::named(&mut [
                ("KeyId", Some(Value::from(key.to_string()))),
                ("GranteePrincipal", Some(Value::from(who.name.as_str()))),
                ("Operations", Some(Value::List(operations))),
                ("Constraints", constraint),
            ]));
        }
    }
    grants
}
