//! A request from outside that is let through: looked for among values that the policies themselves name, and heard as it is.

use std::{collections::BTreeMap, net::IpAddr};

use super::{exposure::Outsider, guessed::Stands, request::Imaginary, scene::Scene};
use crate::{
    access::{
        Action, Layer, Resource,
        condition_keys::{ConditionKind, find},
        hearing::{Case, POLICIES},
    },
    policy::{Condition, Context, Doubt, Effect, Facts, Range, Values, folded, instant},
    text::is_arn,
    wire::Value,
};

/// How many requests are heard for one question, and how many steps are taken to find them.
const MOST_HEARD: u32 = 200;
const MOST_STEPS: u32 = 20_000;

/// A search for one question.
#[derive(Default)]
pub(super) struct Search {
    heard: u32,
    steps: u32,
}

/// What one way of being allowed asks of a request, and what must not happen in it.
struct Wishes<'d> {
    /// Conditions that must hold.
    required: Vec<&'d Condition>,
    /// The encryption context that a grant asks for, and the resource.
    facts: Vec<(String, String)>,
    /// Of each list, one condition must fail.
    denials: Vec<Vec<&'d Condition>>,
}

/// Values by the names of condition keys, in lower case; `None` where the request does not have the key.
pub(super) type Chosen = BTreeMap<String, (String, Option<String>)>;

impl Search {
    /// A request of an outsider that is let through.
    pub(super) fn witness(&mut self, scene: &Scene<'_>, outsider: &Outsider<'_>) -> Option<Value> {
        scene.hear(&outsider.caller, outsider.stands, |case| {
            case.allows(Doubt::ForCaller);
            let (all, facts) = (ways(case), case.hearing.facts);
            all.into_iter().find_map(|wishes| {
                let mut attempt =
                    Attempt { search: self, scene, outsider, facts, wishes: &wishes, chosen: BTreeMap::new() };
                attempt.begin()
            })
        })
    }
}

/// Every way by which the caller may be allowed.
fn ways<'c>(case: &'c Case<'_>) -> Vec<Wishes<'c>> {
    let conditions = |layer, effect| -> Vec<Vec<&'c Condition>> {
        case.hearing.left(layer, effect).into_iter().map(|(_, left)| left.conditions).collect()
    };
    let denials: Vec<Vec<&Condition>> =
        POLICIES.into_iter().flat_map(|layer| conditions(layer, Effect::Deny)).collect();
    let by_key = conditions(Layer::KeyPolicy, Effect::Allow).into_iter();
    let mut ways: Vec<Wishes<'_>> =
        by_key.map(|required| Wishes { required, facts: Vec::new(), denials: denials.clone() }).collect();
    let Resource::Key(arn) = &case.check.resource else { return ways };
    for (_, row, _) in case.grants(*arn).reaching() {
        let pairs = row.context.iter().flat_map(|context| &context.pairs);
        let mut facts: Vec<(String, String)> =
            pairs.map(|(name, value)| (format!("kms:EncryptionContext:{name}"), value.to_string())).collect();
        // A new grant gives no more than its parent.
        if case.check.action == Action::CreateGrant {
            let operation = row.operations.iter().next();
            facts =
                operation.map(|one| ("kms:GrantOperations".to_owned(), one.as_str().to_owned())).into_iter().collect();
        }
        facts.extend(row.source_arn.iter().map(|arn| ("aws:SourceArn".to_owned(), arn.to_string())));
        ways.push(Wishes { required: Vec::new(), facts, denials: denials.clone() });
    }
    ways
}

/// One way, tried.
struct Attempt<'t, 'd, 's> {
    search: &'t mut Search,
    scene: &'t Scene<'s>,
    outsider: &'t Outsider<'s>,
    facts: &'t dyn Facts,
    wishes: &'t Wishes<'d>,
    chosen: Chosen,
}

impl Attempt<'_, '_, '_> {
    fn begin(&mut self) -> Option<Value> {
        let wishes = self.wishes;
        for (name, value) in &wishes.facts {
            let key = folded(name).into_owned();
            // A grant asks for an encryption context where the operation has one.
            if self.facts.open(&key).is_some() {
                self.chosen.insert(key, (name.clone(), Some(value.clone())));
            }
        }
        let wanted: Vec<(&Condition, bool)> = wishes.required.iter().map(|condition| (*condition, true)).collect();
        for condition in &wishes.required {
            if self.is_to_be_said(condition) || !condition.holds_for(&self.context()) {
                let choice = self.choices(condition, &wanted).into_iter().next()?;
                self.choose(condition, choice);
            }
        }
        self.go_on(&wanted, 0)
    }

    /// Lets a condition fail in each denial from a place on, and hears the request then.
    fn go_on(&mut self, wanted: &[(&Condition, bool)], place: usize) -> Option<Value> {
        self.search.steps += 1;
        if self.search.steps > MOST_STEPS || self.search.heard > MOST_HEARD {
            return None;
        }
        let wishes = self.wishes;
        let Some(denial) = wishes.denials.get(place) else { return self.heard() };
        for condition in denial {
            let mut wanted = wanted.to_vec();
            wanted.push((condition, false));
            if !condition.holds_for(&self.context()) {
                if let Some(found) = self.go_on(&wanted, place + 1) {
                    return Some(found);
                }
                continue;
            }
            let before = self.chosen.clone();
            for choice in self.choices(condition, &wanted) {
                self.choose(condition, choice);
                if let Some(found) = self.go_on(&wanted, place + 1) {
                    return Some(found);
                }
                self.chosen.clone_from(&before);
            }
        }
        None
    }

    /// Whether every request has the condition's key, and this one has no value of it yet.
    fn is_to_be_said(&self, condition: &Condition) -> bool {
        let key = folded(condition.key());
        !self.chosen.contains_key(&*key) && self.facts.open(&key).is_some_and(|open| open.always)
    }

    fn choose(&mut self, condition: &Condition, choice: Option<String>) {
        self.chosen.insert(folded(condition.key()).into_owned(), (condition.key().to_owned(), choice));
    }

    /// The values of a condition's key with which all that is wanted of it comes true.
    fn choices(&self, condition: &Condition, wanted: &[(&Condition, bool)]) -> Vec<Option<String>> {
        let key = folded(condition.key()).into_owned();
        let Some(open) = self.facts.open(&key) else { return Vec::new() };
        if self.wishes.facts.iter().any(|(name, _)| folded(name) == key) {
            return Vec::new();
        }
        let about = |other: &&(&Condition, bool)| other.0.key().eq_ignore_ascii_case(condition.key());
        let about: Vec<&(&Condition, bool)> = wanted.iter().filter(about).collect();
        let samples = about.iter().flat_map(|(other, _)| other.samples());
        let kind = find(&key).map_or(ConditionKind::String, |(row, _)| row.kind);
        let can_be = |value: &String| is_of(kind, value) && open.range.is_none_or(|range| range.reaches(value, true));
        let own = is_account(&key).then(|| self.outsider.caller.account.to_string());
        let more = own.into_iter().chain(some(kind).map(str::to_owned));
        let choice = open.range.map_or(&[][..], Range::values).iter().map(|value| (*value).to_owned());
        let values = samples.chain(more).chain(choice).filter(can_be).map(Some);
        let absent = (!open.always).then_some(None);
        let fits = |choice: &Option<String>| {
            let mut chosen = self.chosen.clone();
            chosen.insert(key.clone(), (condition.key().to_owned(), choice.clone()));
            let context = context_of(&chosen, self.facts);
            about.iter().all(|(other, holds)| other.holds_for(&context) == *holds)
        };
        absent.into_iter().chain(values).filter(fits).take(4).collect()
    }

    fn context(&self) -> Whole<'_> {
        context_of(&self.chosen, self.facts)
    }

    /// The request as it would be made, if it is let through.
    fn heard(&mut self) -> Option<Value> {
        self.search.heard += 1;
        let request = Imaginary::of(&self.chosen, self.scene, self.outsider)?;
        let scene = request.scene(self.scene);
        let is_allowed = scene.hear(&request.caller, Stands::Itself, |case| case.allows(Doubt::AgainstCaller));
        is_allowed.then(|| request.told(self.scene.action))
    }
}

/// Whether a text is a value of a kind.
fn is_of(kind: ConditionKind, text: &str) -> bool {
    match kind {
        ConditionKind::String => true,
        ConditionKind::Arn => is_arn(text),
        ConditionKind::Bool => matches!(text, "true" | "false"),
        ConditionKind::IpAddress => text.parse::<IpAddr>().is_ok(),
        ConditionKind::Numeric => text.parse::<i64>().is_ok(),
        ConditionKind::Date => instant(text).is_some(),
    }
}

/// A value of a kind, for conditions that ask only whether there is one.
const fn some(kind: ConditionKind) -> Option<&'static str> {
    match kind {
        ConditionKind::String | ConditionKind::Bool => None,
        ConditionKind::Arn => Some("arn:aws:sns:us-east-1:123456789012:pocket-kms-witness"),
        ConditionKind::IpAddress => Some("198.51.100.7"),
        ConditionKind::Numeric => Some("1"),
        ConditionKind::Date => Some("2000-01-01T00:00:00Z"),
    }
}

fn is_account(key: &str) -> bool {
    matches!(key, "kms:calleraccount" | "aws:principalaccount" | "aws:sourceaccount")
}

/// What was chosen, and what is known.
struct Whole<'a> {
    chosen: Context,
    known: &'a dyn Facts,
}

fn context_of<'a>(chosen: &Chosen, known: &'a dyn Facts) -> Whole<'a> {
    let mut context = Context::new();
    for (name, value) in chosen.values() {
        let Some(value) = value else { continue };
        let many = find(&folded(name)).is_some_and(|(row, _)| row.multivalued);
        context.insert(name, if many { Values::many([value.clone()]) } else { Values::one(value.clone()) });
    }
    Whole { chosen: context, known }
}

impl Facts for Whole<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        self.chosen.value(key).or_else(|| self.known.value(key))
    }
}
