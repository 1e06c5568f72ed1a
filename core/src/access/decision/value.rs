//! Decisions as data: one form for every language, counted by versions.

use super::{Deciding, Decision, GrantFinding, GrantOutcome, LayerFinding, PolicyFinding};
use crate::{
    policy::{Class, Effect, Finding, Outcome},
    wire::{Name, Value},
};

/// The version of the form. An additional member does not make a new version; a missing member, or another meaning, does.
pub const DECISION_VERSION: i64 = 1;

/// How many values of a condition are shown, and how many characters of each.
const MAX_VALUES: usize = 20;
const MAX_CHARS: usize = 1000;

/// How much of a decision is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All of it.
    Whole,
    /// Without the text.
    Statements,
    /// Without the text, and without the statements that are about something else.
    NearMisses,
    /// What each layer says, and none of its statements.
    Layers,
}

impl Decision {
    /// The decision as data. Long values and lists are cut, and it is said of how many values.
    pub fn to_value(&self) -> Value {
        self.detailed(Detail::Whole)
    }

    /// As much of it as somebody has room for.
    pub(crate) fn detailed(&self, detail: Detail) -> Value {
        let grants = if detail == Detail::Layers { &[] } else { &self.grants[..] };
        let untold = self.more_grants + self.grants.len() - grants.len();
        let mut members = vec![
            member("version", DECISION_VERSION),
            member("action", self.action.as_str()),
            member("resource", self.resource.to_string()),
            member("ruling", self.ruling.name()),
            member("decidedBy", self.decided_by.name()),
            member("deciding", self.deciding().map_or(Value::Null, Deciding::to_value)),
            ("layers".into(), Value::List(self.layers.iter().map(|layer| layer.to_value(detail)).collect())),
            ("grants".into(), Value::List(grants.iter().map(GrantFinding::to_value).collect())),
        ];
        if untold > 0 {
            members.push(member("moreGrants", Value::count(untold)));
        }
        if detail == Detail::Whole {
            members.push(member("text", self.to_string()));
        }
        Value::Map(members)
    }
}

impl Deciding<'_> {
    fn to_value(self) -> Value {
        match self {
            Self::Grant(grant) => Value::Map(vec![member("grantId", grant.grant.as_str())]),
            Self::Statement(policy, finding) => {
                let policy = member("policy", policy.policy.as_str());
                Value::Map([policy].into_iter().chain(named(finding)).collect())
            }
        }
    }
}

impl LayerFinding {
    fn to_value(&self, detail: Detail) -> Value {
        let because = self.because.map(|because| member("because", because));
        let policies = if detail == Detail::Layers { &[] } else { &self.policies[..] };
        let policies = policies.iter().map(|policy| policy.to_value(detail)).collect();
        let policies = ("policies".into(), Value::List(policies));
        let said = [member("layer", self.layer.name()), member("says", self.says.name())];
        Value::Map(said.into_iter().chain(because).chain([policies]).collect())
    }
}

impl PolicyFinding {
    fn to_value(&self, detail: Detail) -> Value {
        let level = self.level.map(|level| member("level", Value::count(level)));
        let is_near = |finding: &&Finding| matches!(finding.outcome, Outcome::Applied(_) | Outcome::Condition { .. });
        let findings = self.findings.iter().filter(|finding| detail != Detail::NearMisses || is_near(finding));
        let statements = ("statements".into(), Value::List(findings.map(statement).collect()));
        Value::Map([member("policy", self.policy.as_str())].into_iter().chain(level).chain([statements]).collect())
    }
}

impl GrantFinding {
    fn to_value(&self) -> Value {
        let mut members = vec![member("grantId", self.grant.as_str()), member("outcome", self.outcome.name())];
        match self.outcome {
            GrantOutcome::Constraint(name) => members.push(member("constraint", name)),
            GrantOutcome::Applied(class) => members.push(member("class", class_name(class))),
            _ => {}
        }
        Value::Map(members)
    }
}

impl GrantOutcome {
    /// The outcome as explanations name it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Grantee => "grantee",
            Self::Constraint(_) => "constraint",
            Self::NotVisibleYet => "not visible yet",
            Self::Applied(_) => "applied",
        }
    }
}

/// A statement, by its place and name.
fn named(finding: &Finding) -> impl Iterator<Item = (Name, Value)> {
    let sid = finding.sid.as_deref().map(|sid| member("sid", sid));
    [member("statement", Value::count(finding.statement))].into_iter().chain(sid)
}

fn statement(finding: &Finding) -> Value {
    let mut members: Vec<(Name, Value)> = named(finding).collect();
    members.push(member("effect", if finding.effect == Effect::Allow { "Allow" } else { "Deny" }));
    let outcome = match &finding.outcome {
        Outcome::Action => "action",
        Outcome::Resource => "resource",
        Outcome::Principal => "principal",
        Outcome::Condition { .. } => "condition",
        Outcome::Applied(_) => "applied",
    };
    members.push(member("outcome", outcome));
    match &finding.outcome {
        Outcome::Applied(class) => members.push(member("class", class_name(*class))),
        Outcome::Condition { operator, key, expected, actual } => {
            members.extend([member("operator", operator.as_str()), member("key", cut(key))]);
            listed("expected", "moreExpected", Some(expected), &mut members);
            listed("actual", "moreActual", actual.as_deref(), &mut members);
        }
        Outcome::Action | Outcome::Resource | Outcome::Principal => {}
    }
    Value::Map(members)
}

/// A list of values; null where there is none.
fn listed(name: &'static str, more: &'static str, values: Option<&[String]>, members: &mut Vec<(Name, Value)>) {
    let shown = |values: &[String]| values.iter().take(MAX_VALUES).map(|value| Value::from(cut(value))).collect();
    members.push((name.into(), values.map_or(Value::Null, |values| Value::List(shown(values)))));
    match values.map_or(0, <[String]>::len).saturating_sub(MAX_VALUES) {
        0 => {}
        untold => members.push(member(more, Value::count(untold))),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => text[..end].to_owned() + "...",
        None => text.to_owned(),
    }
}

const fn class_name(class: Class) -> &'static str {
    match class {
        Class::Direct => "direct",
        Class::Indirect => "indirect",
        Class::Delegation => "delegation",
    }
}

fn member(name: &'static str, value: impl Into<Value>) -> (Name, Value) {
    (name.into(), value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Action, Decider, Layer, Resource, Ruling, Says},
        names::KeyArn,
    };

    /// A decision by a statement whose condition has very many long values, and by one that applied.
    fn decision() -> Decision {
        let key = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let condition = Outcome::Condition {
            operator: "StringEquals".into(),
            key: "aws:username".into(),
            expected: (0..10_000).map(|number| format!("{number}{}", "\u{1f511}".repeat(2000))).collect(),
            actual: None,
        };
        let finding = |statement, outcome| Finding { statement, sid: None, effect: Effect::Deny, outcome };
        let findings = vec![
            finding(0, condition),
            finding(1, Outcome::Action),
            Finding { sid: Some("Never".into()), ..finding(2, Outcome::Applied(Class::Direct)) },
        ];
        let policy = PolicyFinding { policy: "default".into(), level: None, findings };
        let layer = LayerFinding { layer: Layer::KeyPolicy, says: Says::Denies, because: None, policies: vec![policy] };
        let grant = |id: &str| GrantFinding { grant: id.into(), outcome: GrantOutcome::Constraint("SourceArn") };
        Decision {
            action: Action::Encrypt,
            resource: Resource::Key(KeyArn::parse(key).expect("an ARN")),
            ruling: Ruling::Denied,
            decided_by: Decider::Layer(Layer::KeyPolicy),
            layers: vec![layer],
            grants: vec![grant("a"), grant("b")],
            more_grants: 3,
        }
    }

    fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
        path.iter().fold(value, |value, step| match (value, step.parse::<usize>()) {
            (Value::List(items), Ok(place)) => &items[place],
            _ => value.member(step).unwrap_or_else(|| panic!("{step} in {value:?}")),
        })
    }

    #[test]
    fn a_decision_is_told_with_its_version_and_long_lists_are_cut() {
        let told = decision().to_value();
        assert_eq!(at(&told, &["version"]), &Value::Int(DECISION_VERSION));
        assert_eq!(at(&told, &["deciding", "sid"]).as_text(), Some("Never"));
        assert_eq!(at(&told, &["grants", "1", "constraint"]).as_text(), Some("SourceArn"));
        assert_eq!(at(&told, &["moreGrants"]), &Value::Int(3));
        let statements = at(&told, &["layers", "0", "policies", "0", "statements"]);
        assert_eq!(at(statements, &["2", "class"]).as_text(), Some("direct"));
        let condition = at(statements, &["0"]);
        assert_eq!((at(condition, &["moreExpected"]), at(condition, &["actual"])), (&Value::Int(9980), &Value::Null));
        let shown = at(condition, &["expected", "19"]).as_text().expect("a text");
        assert!(shown.starts_with("19") && shown.ends_with("...") && shown.chars().count() == MAX_CHARS + 3);
    }

    #[test]
    fn less_is_told_where_there_is_less_room() {
        let told = |detail| decision().detailed(detail);
        assert!(told(Detail::Statements).member("text").is_none());
        let near = told(Detail::NearMisses);
        let Value::List(statements) = at(&near, &["layers", "0", "policies", "0", "statements"]) else {
            panic!("{near:?}")
        };
        assert_eq!(statements.len(), 2);
        let layers = told(Detail::Layers);
        assert_eq!(at(&layers, &["layers", "0", "policies"]), &Value::List(Vec::new()));
        assert_eq!(
            (at(&layers, &["grants"]), at(&layers, &["moreGrants"])),
            (&Value::List(Vec::new()), &Value::Int(5))
        );
        assert_eq!(at(&layers, &["deciding", "statement"]), &Value::Int(2));
    }
}
