//! What a document says about a request that nobody has made yet: where the context is open, a condition may hold and may
//! fail, and whoever asks decides for whom the doubt speaks.

use super::{
    condition::Condition,
    document::{Document, Effect, Principals, Scope, Statement},
    evaluate::{Request, Verdict},
    pattern::Pattern,
    principal::Class,
    weighing::Weighing,
};

/// What a condition key may have in a request that nobody has made yet.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    /// Whether every request has the key.
    pub always: bool,
    /// How many values it has.
    pub number: Number,
    /// Whether its values are `true` and `false`.
    pub truth: bool,
    /// The values that it can have, where not every text is one.
    pub range: Option<&'a dyn Range>,
}

/// How many values a condition key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// One.
    One,
    /// Several, or none.
    Many,
    /// One or several: nobody knows the key.
    Any,
}

/// The values that a condition key can have.
pub trait Range {
    /// Whether a value can begin with a text; `whole`: whether the text can be a value as it is. In doubt it can.
    fn reaches(&self, start: &str, whole: bool) -> bool;

    /// All of the values, where they are few.
    fn values(&self) -> &[&'static str] {
        &[]
    }
}

/// For whom speaks what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// For the caller: what may allow allows, and what may not deny does not.
    ForCaller,
    /// Against the caller.
    AgainstCaller,
}

/// Whether something may be, and may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance {
    pub(super) holds: bool,
    pub(super) fails: bool,
}

impl Chance {
    const EITHER: Self = Self { holds: true, fails: true };

    const fn certain(holds: bool) -> Self {
        Self { holds, fails: !holds }
    }

    const fn or(self, other: Self) -> Self {
        Self { holds: self.holds || other.holds, fails: self.fails || other.fails }
    }

    const fn not(self) -> Self {
        Self { holds: self.fails, fails: self.holds }
    }
}

/// A statement that may apply to a request.
#[derive(Clone, Debug)]
pub(crate) struct Remaining<'a> {
    /// Its place in the document.
    pub(crate) place: usize,
    /// The statement.
    pub(crate) statement: &'a Statement,
    /// How it reaches the caller.
    pub(crate) class: Class,
    /// The conditions of which nobody knows whether they hold; the others do.
    pub(crate) conditions: Vec<&'a Condition>,
    /// Whether it applies whatever the request turns out to be.
    pub(crate) is_certain: bool,
}

/// What of a document is left for an action on a resource, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sieve {
    /// It says the same to everybody.
    Settled(Verdict),
    /// It must be asked.
    Open,
}

impl Document {
    /// What the document says, where what is not known speaks for somebody; without a doubt, [`Document::evaluate`].
    pub(crate) fn judge(&self, request: &Request<'_>, doubt: Option<Doubt>) -> Verdict {
        let Some(doubt) = doubt else { return self.evaluate(request) };
        let weighing = Weighing::new(request.facts);
        let mut verdict = Verdict::Silent;
        for (place, statement) in self.statements.iter().enumerate() {
            let Some((class, chance)) = statement.chance(request, &weighing) else { continue };
            let is_doubted = (statement.effect == Effect::Deny) == (doubt == Doubt::ForCaller);
            if chance.holds && !(is_doubted && chance.fails) {
                verdict = verdict.weigh(place, statement.effect, class);
            }
            if verdict.denies() {
                break;
            }
        }
        verdict
    }

    /// The statements that may apply, and the conditions that remain of each.
    pub(crate) fn remaining<'d>(&'d self, request: &Request<'_>) -> Vec<Remaining<'d>> {
        let weighing = Weighing::new(request.facts);
        let numbered = self.statements.iter().enumerate();
        let left = numbered.filter_map(|(place, statement)| {
            let (class, chance) = statement.chance(request, &weighing).filter(|(_, chance)| chance.holds)?;
            let conditions = statement.conditions.iter().filter(|condition| condition.chance(&weighing).fails);
            let conditions = conditions.collect();
            Some(Remaining { place, statement, class, conditions, is_certain: !chance.fails })
        });
        left.collect()
    }

    /// Whether a statement may allow an action on a resource to somebody.
    pub(crate) fn may_allow(&self, action: &str, resource: &str) -> bool {
        let weighing = Weighing::new(&());
        let mut allowing = self.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        allowing.any(|statement| {
            statement.actions.covers(|patterns| weighing.action_matches(patterns, action))
                && (statement.resources.patterns().iter().any(Pattern::has_variables)
                    || statement.resources.covers(|patterns| weighing.resource_matches(patterns, resource)))
        })
    }

    /// What is left for an action on a resource: documents that principals bear say the same to all of them, unless a
    /// condition or a policy variable asks who they are.
    pub(crate) fn sieve(&self, action: &str, resource: &str) -> Sieve {
        let weighing = Weighing::new(&());
        let mut verdict = Verdict::Silent;
        for (place, statement) in self.statements.iter().enumerate() {
            if !statement.actions.covers(|patterns| weighing.action_matches(patterns, action)) {
                continue;
            }
            let bears = matches!(statement.principals, Principals::Bearer);
            let varies = statement.resources.patterns().iter().any(Pattern::has_variables);
            if !varies && !statement.resources.covers(|patterns| weighing.resource_matches(patterns, resource)) {
                continue;
            }
            if !bears || varies || !statement.conditions.is_empty() {
                return Sieve::Open;
            }
            verdict = verdict.weigh(place, statement.effect, Class::Direct);
        }
        Sieve::Settled(verdict)
    }
}

impl Statement {
    /// By which class the statement reaches the caller, and whether it applies; `None` where it is about something else.
    fn chance<'a>(&'a self, request: &Request<'a>, weighing: &Weighing<'a>) -> Option<(Class, Chance)> {
        if !self.actions.covers(|patterns| weighing.action_matches(patterns, request.action)) {
            return None;
        }
        let resources = self.resources.chance(request.resource, weighing);
        let class = self.principals.includes(request.principal).filter(|_| resources.holds)?;
        let conditions = self.conditions.iter().map(|condition| condition.chance(weighing));
        let all = conditions
            .fold(resources, |all, one| Chance { holds: all.holds && one.holds, fails: all.fails || one.fails });
        Some((class, all))
    }
}

impl Scope {
    fn patterns(&self) -> &[Pattern] {
        match self {
            Self::Nothing => &[],
            Self::Of(patterns) | Self::AllBut(patterns) => patterns,
        }
    }

    fn chance(&self, resource: &str, weighing: &Weighing<'_>) -> Chance {
        let open = |pattern: &&Pattern| pattern.is_open(weighing.facts);
        if !self.patterns().iter().any(|pattern| open(&pattern)) {
            return Chance::certain(self.covers(|patterns| weighing.resource_matches(patterns, resource)));
        }
        let mut known = self.patterns().iter().filter(|pattern| !open(pattern));
        let is_matched = known.any(|pattern| pattern.matches(resource, weighing));
        let matched = if is_matched { Chance::certain(true) } else { Chance::EITHER };
        if matches!(self, Self::AllBut(_)) { matched.not() } else { matched }
    }
}

impl Condition {
    /// Whether the condition may hold, and may fail.
    pub(super) fn chance<'a>(&'a self, weighing: &Weighing<'a>) -> Chance {
        let varies = self.patterns().iter().any(|pattern| pattern.is_open(weighing.facts));
        match weighing.facts.open(self.name()) {
            Some(open) => self.chance_of(&open),
            None if varies => Chance::EITHER,
            None => Chance::certain(self.holds(weighing)),
        }
    }

    /// What becomes of the condition over all that its key may have.
    fn chance_of(&self, open: &Open<'_>) -> Chance {
        let operator = self.operator();
        let present = match (self.null_for(false), operator.set, open.number) {
            (Some(holds), ..) => Chance::certain(holds),
            // A multivalued key needs a set operator even when it has only one value.
            (None, None, Number::Many) => Chance::certain(false),
            (None, None, Number::Any) => self.one_value(open).or(Chance::certain(false)),
            (None, ..) => self.one_value(open),
        };
        let absent = || Chance::certain(self.null_for(true).unwrap_or_else(|| self.holds_for_none()));
        if open.always { present } else { present.or(absent()) }
    }

    /// Whether some value satisfies the comparison, and some does not.
    fn one_value(&self, open: &Open<'_>) -> Chance {
        let compared = match self.patterns() {
            // Numbers, dates, addresses and bytes: there is always one that differs.
            [] => Chance { holds: self.has_constants(), fails: true },
            patterns if patterns.iter().any(Pattern::has_variables) => Chance::EITHER,
            patterns if open.truth => {
                let matched = ["true", "false"].map(|value| patterns.iter().any(|pattern| pattern.equals(value)));
                Chance { holds: matched.contains(&true), fails: matched.contains(&false) }
            }
            patterns => Chance {
                holds: patterns.iter().any(|pattern| {
                    let (start, whole) = pattern.start();
                    open.range.is_none_or(|range| range.reaches(start, whole))
                }),
                fails: !self.compares_texts() || !patterns.iter().any(Pattern::is_everything),
            },
        };
        if !self.operator().comparison.negated() {
            return compared;
        }
        match self.patterns() {
            // A value of another type satisfies neither a comparison nor its negation.
            [] => Chance { holds: self.is_comparable(), fails: true },
            _ => compared.not(),
        }
    }
}
