//! Evaluates a request: the verdict of a document, and the reasons for it.

use std::sync::Arc;

use super::condition::Condition;
use super::document::{Document, Effect, Principals, Scope, Statement};
use super::facts::Facts;
use super::pattern::Pattern;
use super::principal::{Class, Principal, spares, strongest};
use super::weighing::Weighing;

/// The question that a document answers: may this caller do this?
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The caller.
    pub principal: &'a Principal<'a>,
    /// The action, with its service: `kms:Decrypt`.
    pub action: &'a str,
    /// The ARN of the resource.
    pub resource: &'a str,
    /// The request context.
    pub facts: &'a dyn Facts,
}

/// What a document says about a request.
///
/// Statements count from 0 in the order of the text; of several with the same effect, the verdict names the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// No statement applies.
    #[default]
    Silent,
    /// A statement allows.
    Allowed {
        /// The first statement that allows by the strongest class.
        statement: usize,
        /// The strongest class; [`Class::Direct`] in documents that do not name principals.
        class: Class,
    },
    /// A statement denies, whatever others allow.
    Denied {
        /// The first statement that denies.
        statement: usize,
    },
}

impl Verdict {
    /// Whether a statement denies.
    pub const fn denies(self) -> bool {
        matches!(self, Self::Denied { .. })
    }

    /// The strongest class by which a statement allows, if none denies.
    pub const fn allows(self) -> Option<Class> {
        match self {
            Self::Allowed { class, .. } => Some(class),
            Self::Silent | Self::Denied { .. } => None,
        }
    }

    /// The statement that decides.
    pub const fn statement(self) -> Option<usize> {
        match self {
            Self::Silent => None,
            Self::Allowed { statement, .. } | Self::Denied { statement } => Some(statement),
        }
    }

    /// The verdict once another statement applies.
    pub(super) fn weigh(self, statement: usize, effect: Effect, class: Class) -> Self {
        match (self, effect) {
            (Self::Denied { .. }, _) => self,
            (_, Effect::Deny) => Self::Denied { statement },
            (Self::Allowed { class: stronger, .. }, Effect::Allow) if stronger >= class => self,
            (_, Effect::Allow) => Self::Allowed { statement, class },
        }
    }
}

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// What [`Document::evaluate`] says about the same request.
    pub verdict: Verdict,
    /// One entry for every statement, in the order of the text.
    pub findings: Vec<Finding>,
}

/// How one statement met a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The statement, counted from 0.
    pub statement: usize,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// What it does when it applies.
    pub effect: Effect,
    /// Whether it applied, or the first element that kept it from applying.
    pub outcome: Outcome,
}

/// Whether a statement applied. Elements are tried in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is about another action.
    Action,
    /// It is about another resource.
    Resource,
    /// It is about another principal.
    Principal,
    /// A condition does not hold.
    Condition {
        /// The operator, such as `StringEquals`.
        operator: String,
        /// The condition key, as the policy writes it.
        key: String,
        /// The values that the policy expects, as it writes them.
        expected: Vec<String>,
        /// The values in the request; `None` where the request has no such key. All findings share one list.
        actual: Option<Arc<[String]>>,
    },
    /// It applied, and by this class.
    Applied(Class),
}

/// The element that keeps a statement from applying.
enum Mismatch<'a> {
    Action,
    Resource,
    Principal,
    Condition(&'a Condition),
}

impl Document {
    /// What this document says about a request.
    pub fn evaluate(&self, request: &Request<'_>) -> Verdict {
        self.weigh(request, &Weighing::new(request.facts))
    }

    /// How many steps [`Document::evaluate`] takes for a request: comparisons, characters, and 64 places of long texts.
    ///
    /// The number depends on nothing but the document and the request, so that a test can tell how the work grows.
    pub fn steps(&self, request: &Request<'_>) -> u64 {
        let weighing = Weighing::new(request.facts);
        self.weigh(request, &weighing);
        weighing.steps.get()
    }

    fn weigh<'a>(&'a self, request: &Request<'a>, weighing: &Weighing<'a>) -> Verdict {
        let mut verdict = Verdict::Silent;
        for (index, statement) in self.statements.iter().enumerate() {
            if let Some(class) = statement.applies(request, weighing) {
                verdict = verdict.weigh(index, statement.effect, class);
            }
            if verdict.denies() {
                break;
            }
        }
        verdict
    }

    /// What this document says about a request, and why.
    pub fn explain(&self, request: &Request<'_>) -> Explanation {
        let weighing = Weighing::new(request.facts);
        let mut verdict = Verdict::Silent;
        let mut findings = Vec::with_capacity(self.statements.len());
        for (index, statement) in self.statements.iter().enumerate() {
            let met = statement.meet(request, &weighing);
            if let Ok(class) = met {
                verdict = verdict.weigh(index, statement.effect, class);
            }
            findings.push(Finding {
                statement: index,
                sid: statement.sid().map(Into::into),
                effect: statement.effect,
                outcome: met.map_or_else(|mismatch| mismatch.outcome(&weighing), Outcome::Applied),
            });
        }
        Explanation { verdict, findings }
    }
}

impl Statement {
    /// The class by which the statement applies, if it does. Most statements are about somebody else, and a principal is
    /// compared sooner than a dozen actions.
    fn applies<'a>(&'a self, request: &Request<'a>, weighing: &Weighing<'a>) -> Option<Class> {
        let class = self.class(request, weighing)?;
        let is_about = self.has_action(request, weighing) && self.has_resource(request, weighing);
        (is_about && self.failing(weighing).is_none()).then_some(class)
    }

    /// The same, or the first element that keeps it from applying, in the order in which they are told.
    fn meet<'a>(&'a self, request: &Request<'a>, weighing: &Weighing<'a>) -> Result<Class, Mismatch<'a>> {
        if !self.has_action(request, weighing) {
            return Err(Mismatch::Action);
        }
        if !self.has_resource(request, weighing) {
            return Err(Mismatch::Resource);
        }
        let class = self.class(request, weighing).ok_or(Mismatch::Principal)?;
        self.failing(weighing).map_or(Ok(class), |condition| Err(Mismatch::Condition(condition)))
    }

    fn has_action<'a>(&self, request: &Request<'a>, weighing: &Weighing<'a>) -> bool {
        self.actions.covers(|patterns| weighing.action_matches(patterns, request.action))
    }

    fn has_resource<'a>(&self, request: &Request<'a>, weighing: &Weighing<'a>) -> bool {
        self.resources.covers(|patterns| weighing.resource_matches(patterns, request.resource))
    }

    fn class<'a>(&self, request: &Request<'a>, weighing: &Weighing<'a>) -> Option<Class> {
        weighing.steps.add(self.principals().len());
        self.principals.includes(request.principal)
    }

    /// The first condition that does not hold.
    fn failing<'a>(&'a self, weighing: &Weighing<'a>) -> Option<&'a Condition> {
        self.conditions.iter().find(|condition| !condition.holds(weighing))
    }
}

impl Principals {
    pub(super) fn includes(&self, caller: &Principal<'_>) -> Option<Class> {
        match self {
            Self::Bearer => Some(Class::Direct),
            Self::Named(entries) => strongest(entries, caller),
            Self::Others(entries) => (!spares(entries, caller)).then_some(Class::Direct),
        }
    }
}

impl Scope {
    pub(super) fn covers(&self, any_matches: impl FnOnce(&[Pattern]) -> bool) -> bool {
        match self {
            Self::Nothing => false,
            Self::Of(patterns) => any_matches(patterns),
            Self::AllBut(patterns) => !any_matches(patterns),
        }
    }
}

impl<'a> Mismatch<'a> {
    fn outcome(&self, weighing: &Weighing<'a>) -> Outcome {
        match self {
            Self::Action => Outcome::Action,
            Self::Resource => Outcome::Resource,
            Self::Principal => Outcome::Principal,
            Self::Condition(condition) => Outcome::Condition {
                operator: condition.operator().to_string(),
                key: condition.key().to_owned(),
                expected: condition.expected().map(Into::into).collect(),
                actual: condition.actual(weighing).shown(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Kind;
    use super::super::facts::Context;
    use super::super::principal::PrincipalKind;
    use super::*;

    const BOB: Principal<'_> = Principal {
        kind: PrincipalKind::User,
        account: "111122223333",
        arn: "arn:aws:iam::111122223333:user/bob",
        unique_id: Some("AIDABBBBBBBBBBEXAMPLE"),
        bounded: false,
    };

    fn document(statements: &str) -> Document {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        Document::parse(&text, Kind::ResourcePolicy).expect("a document")
    }

    fn read(facts: &dyn Facts) -> Request<'_> {
        Request { principal: &BOB, action: "a:Read", resource: "arn:aws:a:::home/bob", facts }
    }

    fn verdict(statements: &str) -> Verdict {
        document(statements).evaluate(&read(&()))
    }

    const BY_ACCOUNT: &str = r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"a:*","Resource":"*"}"#;
    const BY_NAME: &str =
        r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},"Action":"*","Resource":"*"}"#;
    const DENY: &str = r#"{"Effect":"Deny","Principal":"*","Action":"a:R*","Resource":"*"}"#;

    #[test]
    fn of_several_allows_the_strongest_class_counts() {
        let delegated = Verdict::Allowed { statement: 0, class: Class::Delegation };
        assert_eq!(verdict(BY_ACCOUNT), delegated);
        let direct = |statement| Verdict::Allowed { statement, class: Class::Direct };
        assert_eq!(verdict(&[BY_ACCOUNT, BY_NAME, BY_NAME].join(",")), direct(1));
        assert_eq!(verdict(&[BY_NAME, BY_ACCOUNT].join(",")), direct(0));
    }

    #[test]
    fn an_explicit_deny_beats_every_allow() {
        assert_eq!(verdict(&[BY_NAME, DENY, DENY].join(",")), Verdict::Denied { statement: 1 });
        assert_eq!(verdict(&[DENY, BY_NAME].join(",")), Verdict::Denied { statement: 0 });
    }

    #[test]
    fn a_statement_without_actions_or_resources_is_inert() {
        assert_eq!(verdict(r#"{"Effect":"Allow","Principal":"*","Resource":"*"}"#), Verdict::Silent);
        assert_eq!(verdict(r#"{"Effect":"Deny","Principal":"*","Action":"*"}"#), Verdict::Silent);
    }

    #[test]
    fn the_not_elements_stand_for_everything_else() {
        let not = |action: &str, resource: &str| {
            verdict(&format!(
                r#"{{"Effect":"Deny","Principal":"*","NotAction":"{action}","NotResource":"{resource}"}}"#
            ))
        };
        assert!(not("a:Write", "arn:aws:a:::home/eve").denies());
        assert!(!not("a:read", "arn:aws:a:::home/eve").denies());
        assert!(!not("a:Write", "arn:aws:a:::*").denies());
        assert!(!not("a:Write", "*").denies());
    }

    #[test]
    fn a_resource_with_a_variable_without_value_matches_nothing() {
        let with = |element: &str| {
            format!(
                r#"{{"Effect":"Deny","Principal":"*","Action":"*","{element}":"arn:aws:a:::home/${{aws:username}}"}}"#
            )
        };
        assert!(!verdict(&with("Resource")).denies() && verdict(&with("NotResource")).denies());
        let bob = Context::new().with("aws:username", "bob");
        assert!(document(&with("Resource")).evaluate(&read(&bob)).denies());
    }

    #[test]
    fn a_bound_document_knows_its_principals_by_their_unique_ids() {
        let mut policy = document(BY_NAME);
        policy.bind(|_| Some("AIDAOOOOOOOOOOEXAMPLE".into()));
        assert_eq!(policy.evaluate(&read(&())), Verdict::Silent);
        assert_eq!(policy.bound(), [("arn:aws:iam::111122223333:user/bob", "AIDAOOOOOOOOOOEXAMPLE")]);
        policy.bind(|_| Some("AIDABBBBBBBBBBEXAMPLE".into()));
        assert!(policy.evaluate(&read(&())).allows().is_some());
    }

    #[test]
    fn an_explanation_names_the_first_element_that_keeps_a_statement_from_applying() {
        let statements = [
            r#"{"Sid":"A","Effect":"Deny","Principal":"*","Action":"a:Write","Resource":"*"}"#,
            r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"arn:aws:a:::x"}"#,
            r#"{"Effect":"Deny","Principal":{"Service":"a.b"},"Action":"*","Resource":"*"}"#,
            r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"a:B":true},"StringLike":{"a:N":["x*","y"]}}}"#,
            BY_ACCOUNT,
        ];
        let facts = Context::new().with("a:n", "z");
        let explanation = document(&statements.join(",")).explain(&read(&facts));
        let condition = Outcome::Condition {
            operator: "StringLike".into(),
            key: "a:N".into(),
            expected: vec!["x*".into(), "y".into()],
            actual: Some(["z".into()].into()),
        };
        let expected =
            [Outcome::Action, Outcome::Resource, Outcome::Principal, condition, Outcome::Applied(Class::Delegation)];
        let outcomes: Vec<Outcome> = explanation.findings.iter().map(|finding| finding.outcome.clone()).collect();
        assert_eq!(outcomes, expected);
        assert_eq!(explanation.findings[0].sid.as_deref(), Some("A"));
        assert_eq!(explanation.verdict, Verdict::Allowed { statement: 4, class: Class::Delegation });
    }

    #[test]
    fn an_explanation_goes_on_behind_a_deny() {
        let explanation = document(&[DENY, BY_NAME].join(",")).explain(&read(&()));
        assert_eq!(explanation.verdict, Verdict::Denied { statement: 0 });
        assert_eq!(explanation.findings[1].outcome, Outcome::Applied(Class::Direct));
    }

    #[test]
    fn facts_are_asked_only_for_keys_that_a_reached_condition_mentions() {
        struct Never;
        impl Facts for Never {
            fn value(&self, key: &str) -> Option<super::super::facts::Values<'_>> {
                panic!("asked for {key}");
            }
        }
        let other =
            r#"{"Effect":"Allow","Principal":"*","Action":"a:Write","Resource":"*","Condition":{"Bool":{"a:b":true}}}"#;
        assert!(document(&[BY_NAME, other].join(",")).evaluate(&read(&Never)).allows().is_some());
    }
}
