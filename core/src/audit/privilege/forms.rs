//! The least privilege of somebody: as an identity policy, as statements of key policies, or as grants.

use std::collections::BTreeMap;

use super::{
    Conditions, Who,
    denied::denials,
    grants::{Granted, grants},
    needs::{Need, Needs, Use, needs, own, uses},
    statements::{Line, document, statements},
};
use crate::{
    access::{Action, Decider, Layer, Resource},
    audit::Record,
    names::KeyArn,
    order::map,
    shapes::KeySpec,
    state::State,
    time::Time,
    wire::{Members, Value},
};

/// What is to allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A policy of the principal; where a key is another account's, statements of that key's policy, too.
    Identity,
    /// Statements of the policies of keys; what those cannot allow stands in an identity policy.
    KeyPolicy,
    /// Grants; what those cannot allow stands in an identity policy.
    Grant,
}

impl Form {
    /// The forms, as a question names them.
    pub(crate) const NAMES: [&'static str; 3] = ["identity", "key policy", "grant"];

    /// The form of a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "identity" => Some(Self::Identity),
            "key policy" | "key_policy" | "keyPolicy" => Some(Self::KeyPolicy),
            "grant" => Some(Self::Grant),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::KeyPolicy => "key policy",
            Self::Grant => "grant",
        }
    }

    /// Whether something else than what has this form has allowed a use, and goes on to allow it.
    fn leaves_out(self, used: &Use<'_>) -> bool {
        match self {
            Self::Identity => !used.is_by_identity() || !used.is_by_policies(),
            Self::KeyPolicy => !used.is_by_policies(),
            // Who may retire a grant by the grant itself needs nothing else.
            Self::Grant => used.checked.action == Action::RetireGrant && used.by_grant().is_some(),
        }
    }
}

/// What is asked.
pub(crate) struct Least<'a> {
    pub(crate) who: &'a Who,
    pub(crate) form: Form,
    pub(crate) conditions: Conditions,
    /// Whether it is to allow what was denied, too.
    pub(crate) with_denied: bool,
    pub(crate) state: &'a State,
}

/// What was found.
pub(crate) struct Found {
    /// The identity policy; `None` where none is needed.
    pub(crate) policy: Option<Value>,
    /// Statements of the policies of keys.
    pub(crate) key_policies: BTreeMap<KeyArn, Vec<Value>>,
    /// Grants, as CreateGrant takes them.
    pub(crate) grants: Vec<Value>,
    told: Members,
}

impl Least<'_> {
    /// The least privilege by which the recorded calls come to what they came to.
    pub(crate) fn of(&self, records: &[Record]) -> Found {
        let is_symmetric = |key: KeyArn| self.state.key(&key).is_some_and(|key| key.spec == KeySpec::SymmetricDefault);
        let wanted = |used: &Use<'_>| if used.is_allowed() { !self.form.leaves_out(used) } else { self.with_denied };
        let records = own(records, self.who);
        let all = needs(uses(&records).filter(wanted), is_symmetric);
        let elsewhere = uses(&records).filter(|used| used.is_allowed() && self.form.leaves_out(used));
        let elsewhere = elsewhere_told(elsewhere, &all);
        let (mut identity, mut keys, mut granted) = (Vec::new(), BTreeMap::new(), Granted::default());
        for ((action, named), need) in &all {
            self.place(*action, named, need, &mut identity, &mut keys, &mut granted);
        }
        uncovered(&mut identity);
        let principal = self.principal();
        let key_policies = map(keys.into_iter().map(|(key, lines)| (key, statements(&lines, Some(&principal)))));
        let policy = (!identity.is_empty()).then(|| document(statements(&identity, None)));
        let mut told = self.told(&all, records.len());
        told.push(("allowedElsewhere".into(), elsewhere));
        told.push(("denied".into(), denials(&records)));
        Found { policy, key_policies, grants: grants(self.who, granted), told }
    }

    /// Puts a need where it belongs.
    fn place(
        &self,
        action: Action,
        named: &str,
        need: &Need,
        identity: &mut Vec<Line>,
        keys: &mut BTreeMap<KeyArn, Vec<Line>>,
        granted: &mut Granted,
    ) {
        let Resource::Key(key) = need.resource else {
            return identity.push(self.line(action, named, need));
        };
        let is_foreign = self.who.account().is_some_and(|own| own != key.account);
        let row = self.state.key(&key);
        if self.form == Form::Grant && !self.who.is_service() && granted.take(action, key, row.as_ref(), need) {
            return;
        }
        let is_service = self.who.is_service();
        // Of another account's key both must allow, unless a grant stands for the policy of the key.
        let by_key_policy = match action {
            Action::RetireGrant => false,
            _ if is_foreign => need.by_key_policy,
            _ => is_service || self.form == Form::KeyPolicy,
        };
        let by_identity = !is_service && (is_foreign || !by_key_policy);
        if by_key_policy {
            keys.entry(key).or_default().push(self.line(action, "*", need));
        }
        if by_identity {
            identity.push(self.line(action, named, need));
        }
    }

    fn line(&self, action: Action, resource: &str, need: &Need) -> Line {
        let account = self.who.account().map(|account| account.to_string());
        let condition = self.conditions.of(action, need, account.as_deref());
        Line { action, resource: resource.to_owned(), condition }
    }

    /// The principal as key policies name it.
    fn principal(&self) -> Value {
        let kind = if self.who.is_service() { "Service" } else { "AWS" };
        Value::from([(kind, Value::from(self.who.name.as_str()))])
    }

    fn told(&self, needs: &Needs, calls: usize) -> Members {
        let times = |pick: fn(&Need) -> Time, last: bool| {
            let times = needs.values().map(pick);
            let found = if last { times.max() } else { times.min() };
            found.map_or(Value::Null, |time| Value::from(time.to_string()))
        };
        vec![
            ("version".into(), Value::Int(1)),
            ("principal".into(), Value::from(self.who.name.as_str())),
            ("form".into(), Value::from(self.form.name())),
            ("calls".into(), Value::count(calls)),
            ("from".into(), times(|need| need.first, false)),
            ("to".into(), times(|need| need.last, true)),
            ("notes".into(), Value::List(self.notes(needs).into_iter().map(Value::from).collect())),
        ]
    }

    /// What the answer does not say by itself.
    fn notes(&self, needs: &Needs) -> Vec<&'static str> {
        let mut notes = Vec::new();
        if self.who.is_root() && !needs.is_empty() {
            notes.push("No identity policy binds a root user: the policy says what another principal would need.");
        }
        if self.who.is_session() && self.form == Form::Identity {
            notes.push("A session has no policies of its own: attach the policy to its role, or pass it when the session is opened.");
        }
        if self.with_denied {
            notes.push("What was denied showed neither its encryption context nor what else it asked for: no condition follows from it.");
        }
        if self.form == Form::KeyPolicy && self.who.is_root() && !needs.is_empty() {
            notes.push("A statement that names a root user lets the identity policies of the whole account decide.");
        }
        notes
    }
}

/// What something else has allowed, each action and resource once, as far as no policy or grant is written for it.
fn elsewhere_told<'r>(uses: impl Iterator<Item = Use<'r>>, written: &Needs) -> Value {
    let mut told: BTreeMap<(Action, String), Value> = BTreeMap::new();
    for used in uses {
        let at = (used.checked.action, used.named());
        if written.contains_key(&at) || told.contains_key(&at) {
            continue;
        }
        let by = match used.checked.grant {
            Some(_) => Decider::Layer(Layer::Grants),
            None => used.checked.by,
        };
        let value = Value::named(&mut [
            ("action", Some(Value::from(at.0.as_str()))),
            ("resource", Some(Value::from(at.1.as_str()))),
            ("by", Some(Value::from(by.name()))),
            ("grantId", used.checked.grant.map(|grant| Value::from(grant.to_string()))),
        ]);
        told.insert(at, value);
    }
    Value::List(told.into_values().collect())
}

impl Found {
    /// The answer to `least_privilege`.
    pub(crate) fn into_value(self, inventory: Option<Value>) -> Value {
        let policies = self.key_policies.into_iter().map(|(key, statements)| {
            Value::from([("key", Value::from(key.to_string())), ("statements", Value::List(statements))])
        });
        let mut members = self.told;
        members.push(("policy".into(), self.policy.unwrap_or_default()));
        members.push(("keyPolicies".into(), Value::List(policies.collect())));
        members.push(("grants".into(), Value::List(self.grants)));
        members.extend(inventory.map(|inventory| ("inventory".into(), inventory)));
        Value::Map(members)
    }
}

/// Leaves out what a line for many resources allows already, as one for the tags of a key that is yet to be made does for
/// the tags of each key of its account and Region.
fn uncovered(lines: &mut Vec<Line>) {
    let stem = |line: &Line| line.resource.strip_suffix('*').filter(|_| line.condition.is_none()).map(str::to_owned);
    let covering: Vec<(Action, String)> = lines.iter().filter_map(|line| Some((line.action, stem(line)?))).collect();
    let covers = |line: &Line| covering.iter().any(|(of, stem)| *of == line.action && line.resource.starts_with(stem));
    lines.retain(|line| stem(line).is_some() || !covers(line));
}
