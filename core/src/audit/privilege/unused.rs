//! What was granted to somebody and never needed (AUD-221).

use super::{
    Who,
    levels::level,
    needs::{Need, Needs, Use, needs, own, uses},
    parts::{Part, Parts},
};
use crate::{
    access::{Action, Decider, Layer},
    audit::Record,
    names::{GrantId, GrantName, KeyArn, Region},
    order::{map, sorted},
    policy::{Effect, PolicyRow, PrincipalEntry, Statement},
    shapes::GrantOperation,
    shapes::KeySpec,
    state::State,
    wire::{Members, Value},
};

/// The answer to `unused`.
///
/// A statement is needed where it may have allowed a check that no grant has allowed: conditions of which the records say
/// nothing speak for it.
pub(crate) fn unused(who: &Who, records: &[Record], state: &State) -> Value {
    let records = own(records, who);
    let is_symmetric = |key: KeyArn| state.key(&key).is_some_and(|key| key.spec == KeySpec::SymmetricDefault);
    let by = |wanted: fn(&Use<'_>) -> bool| {
        let allowed = uses(&records).filter(|used| used.is_allowed() && used.is_by_policies() && wanted(used));
        needs(allowed, is_symmetric)
    };
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime alone")]
    let by_identity = by(|used| used.is_by_identity());
    let by_key_policy = by(|used| matches!(used.checked.by, Decider::BothAccounts | Decider::Layer(Layer::KeyPolicy)));
    let standing = state.standing(&who.caller, Region::default());
    let mut policies = Vec::new();
    for voice in &standing.identity {
        let named = [("policy", Value::from(voice.name))];
        policies.extend(of_policy(voice.policy, "identity policies", &named, &by_identity, who, |_| true));
    }
    for key in state.all_keys(KeyArn::FIRST) {
        let Some(policy) = state.policy_of(&key) else { continue };
        let named = [("key", Value::from(key.to_string()))];
        let on_key = of_key(&by_key_policy, key);
        policies.extend(of_policy(policy, "key policy", &named, &on_key, who, |statement| names(statement, who)));
    }
    let all = needs(uses(&records).filter(Use::is_allowed), is_symmetric);
    Value::from([
        ("version", Value::Int(1)),
        ("principal", Value::from(who.name.as_str())),
        ("trusted", Value::Bool(standing.trusted)),
        ("statements", Value::List(policies)),
        ("grants", Value::List(grants(who, &records, state))),
        ("needed", Value::List(all.iter().map(|((action, resource), need)| needed(*action, resource, need)).collect())),
    ])
}

/// One need, as it is told.
fn needed(action: Action, resource: &str, need: &Need) -> Value {
    Value::from([
        ("action", Value::from(action.as_str())),
        ("resource", Value::from(resource)),
        ("times", Value::count(need.times)),
        ("last", Value::from(need.last.to_string())),
    ])
}

/// The needs on one key.
fn of_key(needs: &Needs, key: KeyArn) -> Needs {
    let named = key.to_string();
    map(needs.iter().filter(|((_, resource), _)| *resource == named).map(|(at, need)| (at.clone(), need.clone())))
}

/// Whether a statement names the principal itself, and not its account or everybody.
fn names(statement: &Statement, who: &Who) -> bool {
    statement.principals().iter().any(|entry| match entry {
        PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => entity.arn() == who.name,
        PrincipalEntry::Session(name) | PrincipalEntry::FederatedUser(name) | PrincipalEntry::Service(name) => {
            **name == *who.name
        }
        _ => false,
    })
}

/// The statements of a policy that allow something: what of each was needed, and what was not.
fn of_policy(
    policy: &PolicyRow,
    layer: &'static str,
    named: &[(&'static str, Value)],
    needs: &Needs,
    who: &Who,
    is_wanted: impl Fn(&Statement) -> bool,
) -> Vec<Value> {
    let parts = Parts::of(policy.text());
    let statements = policy.document().statements().iter().enumerate();
    let allowing = statements.filter(|(_, statement)| statement.effect() == Effect::Allow && is_wanted(statement));
    let told = allowing.filter_map(|(place, statement)| {
        let own = parts.statement(place)?;
        let used: Vec<Action> = own.whole().may_allow(needs, who);
        let mut members: Members = vec![("layer".into(), Value::from(layer))];
        members.extend(named.iter().map(|(name, value)| ((*name).into(), value.clone())));
        members.push(("statement".into(), Value::count(place)));
        members.extend(statement.sid().map(|sid| ("sid".into(), Value::from(sid))));
        members.push(("used".into(), Value::Bool(!used.is_empty())));
        members.push(("actions".into(), Value::List(own.actions().iter().map(|part| action(part, &used)).collect())));
        let unused = own.resources().into_iter().filter(|part| part.may_allow(needs, who).is_empty());
        members.push(("unusedResources".into(), Value::List(unused.map(|part| part.written()).collect())));
        Some(Value::Map(members))
    });
    told.collect()
}

/// An action of a statement as it is written, and what of that was needed; the rest by access level.
fn action(part: &Part, used: &[Action]) -> Value {
    // Of other services only what was needed is known.
    let known = Action::ALL.iter().chain(used.iter().filter(|action| !action.is_of_kms()));
    let covered: Vec<Action> = known.copied().filter(|action| part.covers(*action)).collect();
    let texts = |actions: &mut dyn Iterator<Item = Action>| {
        Value::List(actions.map(|action| Value::from(action.as_str())).collect())
    };
    let needed = texts(&mut covered.iter().copied().filter(|action| used.contains(action)));
    let mut unused = Members::new();
    for name in ["List", "Read", "Write", "Tagging", "Permissions management"] {
        let mut rest =
            covered.iter().copied().filter(|action| level(*action) == name && !used.contains(action)).peekable();
        if rest.peek().is_some() {
            unused.push((name.into(), texts(&mut rest)));
        }
    }
    Value::from([("action", part.written()), ("used", needed), ("unused", Value::Map(unused))])
}

/// The grants of which it is the grantee, and the operations of each that nothing else allowed.
fn grants(who: &Who, calls: &[&Record], state: &State) -> Vec<Value> {
    let by_grants: Vec<(GrantId, Action)> =
        uses(calls).filter(Use::is_allowed).filter_map(|used| Some((used.by_grant()?, used.checked.action))).collect();
    let told = |name: GrantName| {
        let row = state.grants.get(&name)?;
        let needed =
            |operation: &str| by_grants.iter().any(|(id, action)| *id == name.id && action.name() == operation);
        let of = |wanted: bool| {
            let operations = row.operations.iter().map(GrantOperation::as_str);
            Value::List(operations.filter(|operation| needed(operation) == wanted).map(Value::from).collect())
        };
        let used = by_grants.iter().any(|(id, _)| *id == name.id);
        Some(Value::from([
            ("key", Value::from(name.key.to_string())),
            ("grantId", Value::from(name.id.to_string())),
            ("used", Value::Bool(used)),
            ("needed", of(true)),
            ("unused", of(false)),
        ]))
    };
    let all = state.grants.iter().filter(|(_, row)| *row.grantee.name == *who.name).map(|(name, _)| *name);
    sorted(all.collect::<Vec<GrantName>>(), Ord::cmp).into_iter().filter_map(told).collect()
}
