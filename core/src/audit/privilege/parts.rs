//! Parts of statements, asked by themselves: what of what was needed each of them may allow.

use super::{
    Who,
    needs::{Need, Needs},
};
use crate::{
    access::Action,
    policy::{Facts, Kind, Number, Open, PolicyRow, Principal, PrincipalKind, Request, Values, folded},
    wire::{self, Members, Value},
};

/// A policy as it is written.
pub(super) struct Parts(Vec<Value>);

/// A statement as it is written.
pub(super) struct Written<'p>(&'p Members);

/// A part of a statement, as a policy that principals bear.
pub(super) struct Part {
    written: Value,
    policy: Option<PolicyRow>,
}

impl Parts {
    pub(super) fn of(text: &str) -> Self {
        let document = wire::from_json(text.as_bytes()).unwrap_or_default();
        Self(match document.member("Statement") {
            Some(Value::List(statements)) => statements.clone(),
            Some(statement) => vec![statement.clone()],
            None => Vec::new(),
        })
    }

    pub(super) fn statement(&self, place: usize) -> Option<Written<'_>> {
        match self.0.get(place)? {
            Value::Map(members) => Some(Written(members)),
            _ => None,
        }
    }
}

impl Written<'_> {
    /// All of it.
    pub(super) fn whole(&self) -> Part {
        self.part(Value::Null, |_, value| Some(value.clone()))
    }

    /// One part for each of its actions, whatever they are on.
    pub(super) fn actions(&self) -> Vec<Part> {
        let part = |(member, one): (&'static str, Value)| {
            self.part(one.clone(), |name, value| match name {
                "Resource" | "NotResource" | "Condition" => None,
                name if name == member => Some(one.clone()),
                _ => Some(value.clone()),
            })
        };
        self.each(["Action", "NotAction"]).into_iter().map(part).collect()
    }

    /// One part for each of its resources, with all of its actions.
    pub(super) fn resources(&self) -> Vec<Part> {
        let part = |(member, one): (&'static str, Value)| {
            self.part(one.clone(), |name, value| Some(if name == member { one.clone() } else { value.clone() }))
        };
        self.each(["Resource", "NotResource"]).into_iter().map(part).collect()
    }

    /// The values of a member; of one that says what it is not, all of them together.
    fn each(&self, names: [&'static str; 2]) -> Vec<(&'static str, Value)> {
        let found = |wanted: &str| self.0.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        match (found(names[0]), found(names[1])) {
            (Some(Value::List(values)), _) => values.into_iter().map(|value| (names[0], value)).collect(),
            (Some(value), _) => vec![(names[0], value)],
            (None, Some(value)) => vec![(names[1], value)],
            (None, None) => Vec::new(),
        }
    }

    /// A policy of those members that are kept. Without a resource, it is for all; it names nobody.
    fn part(&self, written: Value, keep: impl Fn(&str, &Value) -> Option<Value>) -> Part {
        let kept = self.0.iter().filter(|(name, _)| name != "Principal" && name != "NotPrincipal");
        let kept = kept.filter_map(|(name, value)| Some((name.clone(), keep(name, value)?)));
        let mut members: Members = kept.collect();
        if !members.iter().any(|(name, _)| name == "Resource" || name == "NotResource") {
            members.push(("Resource".into(), Value::from("*")));
        }
        let document = Value::from([
            ("Version", Value::from("2012-10-17")),
            ("Statement", Value::List(vec![Value::Map(members)])),
        ]);
        let text = String::from_utf8(wire::to_json(&document)).unwrap_or_default();
        Part { written, policy: PolicyRow::parse(text, Kind::IdentityPolicy).ok() }
    }
}

impl Part {
    /// The part as it is written.
    pub(super) fn written(&self) -> Value {
        self.written.clone()
    }

    /// Whether it is about an action, on whatever it may be.
    pub(super) fn covers(&self, action: Action) -> bool {
        self.asked(action.as_str(), "arn:aws:kms:us-east-1:111122223333:key/any", &Unknown, None)
    }

    /// The actions among those that were needed that it may have allowed.
    pub(super) fn may_allow(&self, needs: &Needs, who: &Who) -> Vec<Action> {
        let allowed = needs.iter().filter(|((action, _), need)| {
            self.asked(action.as_str(), &need.resource.to_string(), &Shown(need), Some(who))
        });
        let mut actions: Vec<Action> = allowed.map(|((action, _), _)| *action).collect();
        actions.dedup();
        actions
    }

    fn asked(&self, action: &str, resource: &str, facts: &dyn Facts, who: Option<&Who>) -> bool {
        let Some(policy) = &self.policy else { return false };
        let arn = who.map_or("", |who| &who.name);
        let principal = Principal { kind: PrincipalKind::User, account: "", arn, unique_id: None, bounded: false };
        let request = Request { principal: &principal, action, resource, facts };
        !policy.document().remaining(&request).is_empty()
    }
}

/// Nothing is known: every condition may hold.
struct Unknown;

impl Facts for Unknown {
    fn value(&self, _key: &str) -> Option<Values<'_>> {
        None
    }

    fn open(&self, _key: &str) -> Option<Open<'_>> {
        Some(OPEN)
    }
}

/// What may be anything.
const OPEN: Open<'static> = Open { always: false, number: Number::Any, truth: false, range: None };

/// What records show of the requests of a need, as far as it was alike in all of them.
struct Shown<'n>(&'n Need);

impl Shown<'_> {
    /// The pair of a condition key that all requests had, if they all had one.
    fn pair(&self, key: &str) -> Option<&str> {
        let name = key.strip_prefix("kms:encryptioncontext:")?;
        let mut pairs = self.0.contexts.constant.iter().filter(|(own, _)| folded(own) == name);
        pairs.next().map(|(_, value)| value.as_str()).filter(|_| pairs.next().is_none())
    }

    /// The only service that forwarded the session.
    fn via(&self) -> Option<&str> {
        match self.0.via.first() {
            Some(Some(service)) if self.0.via.len() == 1 => Some(service),
            _ => None,
        }
    }

    /// Whether no request came through a service.
    fn is_direct(&self) -> bool {
        self.0.via.len() == 1 && self.0.via.contains(&None)
    }
}

impl Facts for Shown<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        match key {
            "kms:viaservice" => self.via().map(Values::one),
            _ => self.pair(key).map(Values::one),
        }
    }

    fn open(&self, key: &str) -> Option<Open<'_>> {
        let is_closed = key == "kms:viaservice" && self.is_direct();
        (!is_closed && self.value(key).is_none()).then_some(OPEN)
    }
}
