//! Faults on demand: rules that make chosen calls of a world fail, and the list of those that did.

use std::sync::Arc;

use super::{World, called::Called, lock, recipe::Done};
use crate::{
    call::{ActingFault, Call, Effect, Fault, FaultQuestion, HostAnswer, Question, Stop, Unanswered},
    crypto::random::Random,
    error::Error,
    kms::{Kms, Outcome},
    names::KeyArn,
    operations::Operation,
    time::Span,
    wire::Value,
};

/// The most rules that a world has at once.
pub const MOST_FAULTS: usize = 1000;

/// Separates what decides about faults from everything else that is drawn from the entropy of a call.
const STREAM: &str = "faults";

/// The rules of a world. Neither snapshots nor forks have them: who asks for a fault asks one world for it.
#[derive(Default)]
pub(super) struct Faults {
    rules: Vec<Rule>,
    last: u64,
}

/// A rule, and what it has come to.
struct Rule {
    id: u64,
    fault: Fault,
    /// How many calls have fitted.
    fitted: u64,
    /// How many of them met the fault.
    acted: u64,
}

/// A fault that has acted. No entry of the journal tells of one that has let nothing change, so that this list tells of
/// all.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Acted {
    /// The call.
    pub call: Called,
    /// The fault.
    pub fault: ActingFault,
}

/// What a reader of the list gets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActedFaults {
    /// The number of the oldest fault that is kept. They are counted for themselves, from 1.
    pub oldest: u64,
    /// The faults with their numbers, oldest first.
    pub acted: Vec<(u64, Arc<Acted>)>,
}

impl Faults {
    pub(super) const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether a rule counts the call.
    fn count(&self, call: &Call, keys: &[KeyArn], kms: &Kms) -> bool {
        let Ok(operation) = Operation::find(&call.operation) else { return false };
        self.rules.iter().any(|rule| rule.fits(call, operation, rule.meant(keys, kms)))
    }

    /// Whether the host may have to say what the call meets.
    fn asks(&self, call: &Call, keys: &[KeyArn], kms: &Kms) -> bool {
        let Ok(operation) = Operation::find(&call.operation) else { return false };
        let asks = |rule: &Rule| rule.fault.when.is_some() && rule.fits(call, operation, rule.meant(keys, kms));
        self.rules.iter().any(asks)
    }

    /// The fault of the first rule that fits a call, applies and triggers (LIF-370). `keys` are those that the call is about.
    ///
    /// Nothing is counted before the host has answered everything: the call may never come back.
    fn meet(&mut self, call: &Call, keys: &[KeyArn], kms: &Kms) -> Result<Option<ActingFault>, Stop> {
        let Ok(operation) = Operation::find(&call.operation) else { return Ok(None) };
        let (mut counted, mut met) = (Vec::new(), None);
        for (place, rule) in self.rules.iter().enumerate() {
            let key = rule.meant(keys, kms);
            let is_newer = call.rules.is_some_and(|newest| newest < rule.id);
            if is_newer || !rule.fits(call, operation, key) || !rule.applies(call, key)? {
                continue;
            }
            counted.push(place);
            if rule.triggers(call) {
                met = Some((place, rule.acting(key)));
                break;
            }
        }
        for (place, rule) in self.rules.iter_mut().enumerate() {
            rule.fitted = rule.fitted.saturating_add(u64::from(counted.contains(&place)));
            rule.acted = rule.acted.saturating_add(u64::from(met.as_ref().is_some_and(|(acts, _)| *acts == place)));
        }
        Ok(met.map(|(_, fault)| fault))
    }
}

impl Rule {
    const fn acting(&self, key: Option<KeyArn>) -> ActingFault {
        let Fault { kind, moment, retry_after, delay, .. } = self.fault;
        ActingFault { rule: self.id, kind, moment, retry_after, delay, key }
    }

    /// Whether the host says that the fault applies to a call that fits; without a predicate it does.
    fn applies(&self, call: &Call, key: Option<KeyArn>) -> Result<bool, Stop> {
        let Some(predicate) = self.fault.when else { return Ok(true) };
        let question = Question::Fault(Box::new(FaultQuestion::of(self.id, predicate, call, key)));
        match call.answers.to(question)? {
            Ok(HostAnswer::Fault(applies)) => Ok(*applies),
            Err(Unanswered::Failed) => Err(Error::predicate_failed().into()),
            Ok(_) | Err(Unanswered::Declined) => Ok(false),
        }
    }

    /// The key of a call that the rule means: any where it names none.
    fn meant(&self, keys: &[KeyArn], kms: &Kms) -> Option<KeyArn> {
        let is_meant = |key: &&KeyArn| self.fault.key.as_ref().is_none_or(|name| kms.is_named(key, name));
        keys.iter().find(is_meant).copied()
    }

    /// Whether a call fits, whose key is the one that is meant, if there is one.
    fn fits(&self, call: &Call, operation: &Operation, key: Option<KeyArn>) -> bool {
        let fault = &self.fault;
        let named = fault.operations.is_empty() || fault.operations.iter().any(|name| name == operation.name);
        let wants_key = fault.key.is_some() || fault.kind.names_key();
        named
            && operation.offers(fault.kind)
            && (key.is_some() || !wants_key)
            && fault.account.is_none_or(|account| call.caller.owns(account))
            && fault.region.is_none_or(|region| region == call.region)
            && fault.caller.as_ref().is_none_or(|caller| caller.is(&call.caller, call.region))
            && fault.from.is_none_or(|from| from <= call.now)
            && fault.until.is_none_or(|until| call.now < until)
    }

    /// Whether one more call that fits meets the fault: every condition that the rule has must hold.
    fn triggers(&self, call: &Call) -> bool {
        let (fault, fitted) = (&self.fault, self.fitted.saturating_add(1));
        fault.count.is_none_or(|count| self.acted < count)
            && fault.every.is_none_or(|every| fitted.is_multiple_of(every))
            && fault.probability.is_none_or(|probability| self.drawn(call) < probability)
    }

    /// A number from 0 to 1, and not 1, that follows from the call's entropy and the rule alone: one rule more or less
    /// moves no other, and nothing else that is drawn.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn drawn(&self, call: &Call) -> f64 {
        let mut random = Random::from_entropy(&call.entropy).stream(STREAM).numbered(self.id);
        (u64::from_le_bytes(random.array()) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// What was asked for.
    fn said(&self) -> Value {
        let Value::Map(mut members) = self.value() else { return Value::Null };
        members.retain(|(name, _)| !matches!(&**name, "id" | "fitted" | "acted"));
        Value::Map(members)
    }

    /// What was asked for, without what was left open, and the counters.
    fn value(&self) -> Value {
        let fault = &self.fault;
        let text = |text: &str| Value::from(text);
        let operations = fault.operations.iter().map(|name| text(name)).collect();
        let between = [fault.from, fault.until];
        let has_bounds = between.iter().any(Option::is_some);
        let between = between.into_iter().map(|time| time.map_or(Value::Null, Value::Time)).collect();
        let said = [
            ("id", Some(Value::count(self.id))),
            ("fault", Some(text(fault.kind.name()))),
            ("moment", Some(text(fault.moment.name()))),
            ("operation", (!fault.operations.is_empty()).then_some(Value::List(operations))),
            ("key", fault.key.as_ref().map(|key| Value::from(key.to_string()))),
            ("account", fault.account.map(|account| Value::from(account.to_string()))),
            ("region", fault.region.map(|region| text(region.as_str()))),
            ("caller", fault.caller.as_ref().map(|caller| text(caller.as_str()))),
            ("count", fault.count.map(Value::count)),
            ("every", fault.every.map(Value::count)),
            ("probability", fault.probability.map(Value::Float)),
            ("between", has_bounds.then_some(Value::List(between))),
            ("retry_after", fault.retry_after.map(|span| Value::Int(span.millis()))),
            ("delay", (fault.delay > Span::default()).then_some(Value::Int(fault.delay.millis()))),
            ("when", fault.when.is_some().then_some(Value::Bool(true))),
            ("fitted", Some(Value::count(self.fitted))),
            ("acted", Some(Value::count(self.acted))),
        ];
        said.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Faults on demand. A world has none unless somebody asks for one; see [`crate::arguments::fault`].
impl World {
    /// Makes calls that fit meet a fault, until the rule is removed. The first rule that fits and triggers wins. Gives
    /// the id of the rule.
    ///
    /// A call that is already on its way meets no fault of a rule that comes later.
    ///
    /// # Errors
    /// A `ValidationException` with a sentence of ours, when there is no such operation, when it never answers with that
    /// exception (LIF-376), when there are [`MOST_FAULTS`] rules, or when the fault has a predicate ([`Fault::when`]) and
    /// the host does not decide about faults ([`World::host_answers`]).
    pub fn add_fault(&self, fault: Fault) -> Result<u64, Error> {
        let said = Rule { id: 0, fault: fault.clone(), fitted: 0, acted: 0 }.said();
        let asks = fault.when.is_some();
        let id = self.obey(fault)?;
        if asks {
            self.keep_no_more("a function decided about a fault, which a recipe cannot tell");
        } else {
            self.keep_undated(&Done(None, &[("fault", &said)]));
        }
        Ok(id)
    }

    fn obey(&self, fault: Fault) -> Result<u64, Error> {
        for name in &fault.operations {
            let operation = Operation::find(name)
                .map_err(|_| Error::argument(&format!("there is no operation '{name}': write it like Encrypt")))?;
            if !operation.offers(fault.kind)
                && let Effect::Exception(exception) = fault.kind.effect()
            {
                let (fault, exception) = (fault.kind.name(), exception.name());
                let sentence = format!("{name} never answers with {exception}, and so it has no fault {fault}");
                return Err(Error::argument(&sentence));
            }
        }
        let mut host = lock(&self.host);
        if fault.when.is_some() && !host.answerable.faults {
            return Err(Error::fault_needs_host());
        }
        if host.faults.rules.len() >= MOST_FAULTS {
            return Err(Error::argument(&format!("there are {MOST_FAULTS} faults already: remove some")));
        }
        host.faults.last += 1;
        let id = host.faults.last;
        host.faults.rules.push(Rule { id, fault, fitted: 0, acted: 0 });
        Ok(id)
    }

    /// Removes a rule; says whether there was one.
    pub fn remove_fault(&self, id: u64) -> bool {
        let mut host = lock(&self.host);
        let before = host.faults.rules.len();
        host.faults.rules.retain(|rule| rule.id != id);
        let removed = host.faults.rules.len() < before;
        drop(host);
        if removed {
            let id = Value::count(id);
            self.keep_undated(&Done(None, &[("removeFault", &id)]));
        }
        removed
    }

    /// The rules in their order, as values: what [`crate::arguments::fault`] reads, with `id`, how many calls have
    /// `fitted`, and how many of them the fault has `acted` on; `when` is true where the host is asked.
    pub fn faults(&self) -> Vec<Value> {
        lock(&self.host).faults.rules.iter().map(Rule::value).collect()
    }

    /// The faults that have acted behind the one with the number `after`.
    pub fn acted_faults(&self, after: u64) -> ActedFaults {
        let (oldest, chunks) = {
            let journal = lock(&self.journal);
            let oldest = journal.acted.oldest().map_or(1, |(number, _)| *number);
            (oldest, journal.acted.since(|(number, _)| *number > after))
        };
        let acted = chunks.iter().flat_map(|chunk| chunk.iter()).filter(|(number, _)| *number > after);
        ActedFaults { oldest, acted: acted.cloned().collect() }
    }

    /// The call, with the fault that it meets; where the host may have to say which, its first step asks.
    pub(super) fn meeting(&self, mut call: Call) -> Call {
        let kms = self.settled(call.now);
        let keys = kms.keys_of(&call);
        let mut host = lock(&self.host);
        if call.draw.is_none() && host.faults.count(&call, &keys, &kms) {
            // A look that is counted leaves something behind.
            let (draw, entropy) = host.entropy.numbered();
            (call.draw, call.entropy) = (draw, *entropy);
        }
        if host.faults.asks(&call, &keys, &kms) {
            call.rules = Some(host.faults.last);
            return call;
        }
        let fault = host.faults.meet(&call, &keys, &kms).unwrap_or_default();
        drop(host);
        match fault {
            Some(fault) => call.with_fault(fault),
            None => call,
        }
    }

    /// Finds the fault that a call meets, where the host had to say which, as soon as it has answered. The lock is let go
    /// before the host is asked: what decides may itself call the world.
    pub(super) fn meet(&self, call: &mut Call) -> Result<(), Stop> {
        if call.rules.is_none() {
            return Ok(());
        }
        let kms = self.settled(call.now);
        let keys = kms.keys_of(call);
        let fault = lock(&self.host).faults.meet(call, &keys, &kms)?;
        (call.rules, call.fault) = (None, fault.map(Box::new));
        Ok(())
    }
}

impl Acted {
    /// What is told of a fault that acted on a call.
    pub(super) fn of(outcome: &Outcome, call: &Call) -> Option<Self> {
        let fault = outcome.trail.fault.as_deref()?.clone();
        Some(Self { call: Called::of(outcome, call)?, fault })
    }

    fn value(&self, number: u64) -> Value {
        let (fault, mut members) = (&self.fault, self.call.members(number));
        members.push(("key".into(), fault.key.map_or(Value::Null, |key| Value::from(key.to_string()))));
        members.push(("fault".into(), Value::from(fault.kind.name())));
        members.push(("moment".into(), Value::from(fault.moment.name())));
        members.push(("rule".into(), Value::count(fault.rule)));
        Value::Map(members)
    }
}

impl ActedFaults {
    /// Each as a value: `number`, `time`, `operation`, `request_id`, `basis` (the number of the last change before it),
    /// `caller`, `key` (null where none was found), `fault`, `moment` and `rule`, the id of the rule.
    pub fn to_values(&self) -> Vec<Value> {
        self.acted.iter().map(|(number, acted)| acted.value(*number)).collect()
    }
}
