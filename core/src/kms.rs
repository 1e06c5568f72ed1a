//! The path of a call: ten steps, one function.

mod authorize;
mod course;
mod health;
mod owner;
mod recording;
mod stores;

pub use course::Stage;
pub use stores::StoresSetup;

use std::{cell::RefCell, fmt, mem, sync::Arc};

use zeroize::Zeroizing;

use crate::{
    access::{Checked, Decision, Explained},
    attestation::{Attestation, Trust},
    audit::{self, Record, metrics},
    call::{ActingFault, Call, Moment, Question, Stop},
    crypto::{CryptoProvider, random::Random},
    error::Error,
    external::{Exchange, ProxyTraffic},
    ids::Ids,
    lags::Lag,
    names::{AliasArn, GrantName, KeyArn, KeyRef, KeyStoreName},
    operations::{
        self, Cost, Execution, FurtherChecks, Gate, Operation, Recipient, Request, Resolver, StoreFacts, Subject,
        faulted, schedule,
    },
    proxy::ProxyLine,
    state::{Bucket, Change, Draft, Due, Happened, Mark, Marks, Meters, State},
    time::Time,
    wire::{Seen, Typed, Value},
};

/// A world of KMS: all accounts, Regions and partitions of one simulated AWS.
#[derive(Clone)]
pub struct Kms {
    state: State,
    meters: Meters,
    provider: CryptoProvider,
    trust: Trust,
}

impl fmt::Debug for Kms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Kms");
        shown.field("revision", &self.state.revision()).field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// The result of a decision.
#[derive(Debug)]
pub enum Step {
    /// The call is decided.
    Done(Box<Outcome>),
    /// The host must answer first; then it decides the same call again with the answer in it.
    Ask(Question),
}

/// Everything that follows from a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The reply, or the exception.
    pub reply: Result<Value, Error>,
    /// What changes; nothing when the call is refused.
    pub changes: Vec<Change>,
    /// What the meters are to know. Marks are not changes: they move no revision, and they are taken in even when the
    /// call is refused, if their kind says so.
    pub marks: Marks,
    /// The revision of the state that the decision has seen.
    pub basis: u64,
    /// The ids by which AWS would name the call.
    pub ids: Ids,
    /// How far the call came, and what was found on the way.
    pub trail: Box<Trail>,
    /// What is told of the call, to each account that is told, and of what it has caused; nothing when nobody wants to know.
    pub records: Vec<Record>,
    /// What the metrics are told of the call, also of one that is refused (CKS-391); nothing when nobody wants to know.
    pub points: Vec<metrics::Point>,
    /// The state with the changes in it, if the decision has looked at it.
    after: Option<Box<State>>,
}

/// How far a call came, and what was found on the way: what records are made of. It is there for refused calls, too.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Trail {
    /// The step that the call came to: the one that refused it, where it was refused.
    pub stage: Stage,
    /// Whether the call has taken what its world draws next, as every call does but one that only looks and leaves nothing
    /// behind. What a refused call has taken is gone, too.
    pub drew: bool,
    /// What happened at every step, as data, where the call was to tell it ([`Call::traced`]).
    pub course: Option<Box<Value>>,
    /// The operation; `None` when the API has none of that name.
    pub operation: Option<&'static Operation>,
    /// The operation that may be meant, where the API has none of that name.
    pub meant: Option<&'static str>,
    /// The keys that the call is about, as far as they were resolved.
    pub subjects: Vec<Subject>,
    /// How the checks were decided: a denial always, what was allowed when somebody wants to know.
    pub decisions: Vec<Decision>,
    /// Whether every check has let the call through. Records of other calls show neither parameters nor keys (AUD-84).
    pub authorized: bool,
    /// The attestation document of the request, when it is valid (P6-113).
    pub attestation: Option<Box<Attestation>>,
    /// What had fallen due before the call and was settled with it, because its host had not settled it yet.
    pub due: Vec<Happened>,
    /// The rotation that the key had missed and that the call has let happen (LIF-119).
    pub caught_up: Option<Box<Happened>>,
    /// The custom key stores that the call is about, as they were before it.
    pub stores: Vec<StoreFacts>,
    /// The requests to proxies of external key stores, and what became of them.
    pub exchanges: Vec<Exchange>,
    /// What simulated proxies were asked, for their logs.
    pub(crate) proxied: Vec<Arc<ProxyLine>>,
    /// The fault that took the place of the answer, or delayed it.
    pub fault: Option<Box<ActingFault>>,
    /// What the call leaves at the meters, even when it is refused: what it costs of the request quotas, and what proxies
    /// have been asked.
    charges: Vec<Mark>,
    /// The grants whose tokens the request has.
    tokens: Vec<GrantName>,
    /// What authorization was asked, and what that came to, for a call that is recorded.
    checks: Vec<Checked>,
    /// What records show of the request.
    shown: Option<audit::ShownRequest>,
    /// What is told besides the call itself.
    besides: recording::OtherRecords,
    /// What the call counts for of the request quotas, when somebody wants to know.
    costs: Vec<Cost>,
    /// The key store whose own quota has refused the call.
    throttled: Option<KeyStoreName>,
}

impl Trail {
    /// Why a call was refused, as far as AWS does not tell it: a sentence for each check that failed, and how all of them
    /// were decided, as data; and what the proxy of an external key store gave as its reason, which AWS writes to the logs of
    /// the account alone (CKS-106); and which operation may be meant. Both are empty where there is nothing of this.
    pub fn denial(&self) -> (Vec<String>, Vec<Value>) {
        let denied = self.decisions.iter().filter(|decision| !decision.allowed());
        let mut reasons: Vec<String> = denied.map(ToString::to_string).collect();
        let told = if reasons.is_empty() { &[] } else { &self.decisions[..] };
        let said = self.exchanges.iter().filter_map(|exchange| exchange.said.as_deref());
        reasons.extend(said.map(|said| ["the external key store proxy says: ", said].concat()));
        reasons.extend(self.meant.map(|name| ["did you mean ", name, "?"].concat()));
        (reasons, told.iter().map(Decision::to_value).collect())
    }

    /// Keeps that a call has come to its end, and the rotation that it has let happen.
    fn end(&mut self, done: bool, caught_up: Option<Box<Happened>>) {
        if done {
            (self.stage, self.caught_up) = (Stage::Record, caught_up);
        }
    }

    /// Keeps what a handler has asked by itself, and what proxies were asked. When it is refused, what was asked before is
    /// told with it.
    fn add(&mut self, further: FurtherChecks, earlier: Vec<Decision>, traffic: ProxyTraffic) {
        let ProxyTraffic { exchanges, marks, lines } = traffic;
        (self.exchanges, self.proxied) = (exchanges, lines);
        self.charges.extend(marks);
        if further.refused && self.decisions.is_empty() {
            self.decisions = earlier;
        }
        self.decisions.extend(further.decisions);
        self.subjects.extend(further.subjects);
        self.authorized &= !further.refused;
        if further.refused {
            self.stage = Stage::Decision;
        }
        self.checks.extend(further.checks);
    }
}

/// What a call is decided for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To perform it.
    Decide,
    /// To say whether its caller may do it.
    Explain,
}

/// The result of a draft: its changes, and the state with them in it, if there is one already.
type Recorded = (Vec<Change>, Option<Box<State>>);

/// What time has brought.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settled {
    /// What fell due, each thing at its own instant; nothing when all is settled.
    pub happened: Vec<Happened>,
    /// What has changed by it.
    pub changes: Vec<Change>,
    /// What is told of it.
    pub records: Vec<Record>,
    /// How many records were left out of it, because a key has rotated too often for each rotation to be of interest.
    pub left_out: u64,
    /// The revision that the state had before.
    pub basis: u64,
}

/// The changes were decided on a state that is not this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the state has changed since the call was decided: decide it again")
    }
}

impl std::error::Error for Stale {}

/// Performs an operation, and notes what is told of what came of it.
fn performed(
    request: Box<dyn Request>,
    execution: &mut Execution<'_>,
    stores: &mut [StoreFacts],
    besides: &mut recording::OtherRecords,
) -> Result<Value, Stop> {
    let reply = request.perform(execution)?;
    execution.end_of_dry_run()?;
    operations::note_made_key(stores, execution.operation, &reply, &execution.draft);
    besides.note_rotations(execution);
    Ok(reply)
}

impl Default for Kms {
    fn default() -> Self {
        Self::new(CryptoProvider::default())
    }
}

impl Kms {
    /// An empty world.
    pub fn new(provider: CryptoProvider) -> Self {
        Self { state: State::default(), meters: Meters::default(), provider, trust: Trust::default() }
    }

    /// Decides a call. Nothing changes: the outcome says what would.
    ///
    /// What has fallen due by the call's own time is settled within the decision. A host that does not settle it before
    /// (see [`Kms::settle`]) pays for that at every call, and what was settled with a refused call is dropped with it.
    pub fn decide(&self, call: &Call) -> Step {
        let ids = Ids::of(&call.entropy);
        // It is large, and goes on to the reply: it is made where it stays.
        let mut trail = Box::new(Trail { drew: call.draw.is_some(), fault: call.fault.clone(), ..Trail::default() });
        let met = Self::met_before(call, &mut trail);
        let (reply, (changes, after)) = match met.unwrap_or_else(|| self.steps(call, &mut trail, Purpose::Decide)) {
            Ok((reply, recorded)) => (Ok(reply), recorded),
            Err(Stop::Refuse(error)) => (Err(error), (Vec::new(), None)),
            Err(Stop::Ask(question)) => return Step::Ask(question),
        };
        let (is_done, has_effect) = (reply.is_ok(), !changes.is_empty());
        let marks = if is_done { Self::uses(call, &trail, &ids) } else { Marks::default() };
        let reply = Self::met_after(call, reply);
        let marks = marks.and(mem::take(&mut trail.charges));
        let records =
            if call.audit { self.records(call, &mut trail, &reply, &ids, is_done, has_effect) } else { Vec::new() };
        let points = if call.audit { self.points(call, &trail, reply.is_ok()) } else { Vec::new() };
        if call.traced {
            let ended = course::Ended { reply: reply.as_ref(), changes: &changes, records: &records, ids: Some(&ids) };
            trail.course = Some(Box::new(self.course(call, &trail, &ended)));
        }
        Step::Done(Box::new(Outcome {
            reply,
            changes,
            marks,
            basis: self.state.revision(),
            ids,
            trail,
            records,
            points,
            after,
        }))
    }

    /// Says who may do what a call is about. Nothing is performed and nothing changes.
    ///
    /// It says as much as the call wants to know: why somebody is denied always, why somebody is allowed where it is
    /// [explained](Call::explained), and the course where it is [traced](Call::traced).
    pub fn explain(&self, call: &Call) -> Explained {
        let mut trail = Trail::default();
        let steps = self.steps(call, &mut trail, Purpose::Explain);
        let error = match steps {
            Err(Stop::Refuse(error)) => Some(error),
            Ok(_) | Err(Stop::Ask(_)) => None,
        };
        let reply = error.as_ref().map_or(Ok(&Value::Null), Err);
        let ended = course::Ended { reply, changes: &[], records: &[], ids: None };
        let course = if call.traced { self.course(call, &trail, &ended) } else { Value::Null };
        Explained { allowed: trail.authorized, error, decisions: trail.decisions, course }
    }

    /// The answer of a fault that lets nothing be decided.
    fn met_before(call: &Call, trail: &mut Trail) -> Option<Result<(Value, Recorded), Stop>> {
        let fault = call.fault.as_ref().filter(|fault| fault.moment == Moment::Before)?;
        let error = faulted::answer(fault, call)?;
        trail.operation = Operation::find(&call.operation).ok();
        Some(Err(error.into()))
    }

    /// The reply, or what a fault puts into its place once everything is decided.
    fn met_after(call: &Call, reply: Result<Value, Error>) -> Result<Value, Error> {
        let fault = call.fault.as_ref().filter(|fault| fault.moment == Moment::After);
        let Some(error) = fault.and_then(|fault| faulted::answer(fault, call)) else { return reply };
        // A lost answer may hold secrets.
        drop(reply.map(Zeroizing::new));
        Err(error)
    }

    /// The keys that a call is about, as far as they exist; none for a call that will be refused before they are asked.
    pub(crate) fn keys_of(&self, call: &Call) -> Vec<KeyArn> {
        let subjects = || {
            let operation = Operation::find(&call.operation).ok()?;
            call.input.admit().ok()?;
            let draft = Draft::new(&self.state);
            operation.read(&call.input).ok()?.subjects(&Resolver::new(operation, call, &draft, &self.provider)).ok()
        };
        let found = subjects().unwrap_or_default().into_iter().filter(|subject| subject.row.is_some());
        found.map(|subject| subject.arn).collect()
    }

    /// Whether a key has this name, in its own account and Region.
    pub(crate) fn is_named(&self, key: &KeyArn, name: &KeyRef) -> bool {
        let has_alias = |alias: &AliasArn| {
            let at_home = (alias.account, alias.region) == (key.account, key.region);
            at_home && self.state.aliases.get(alias).is_some_and(|row| row.target == key.id)
        };
        match name {
            KeyRef::Id(id) => *id == key.id,
            KeyRef::Arn(arn) => arn == key,
            KeyRef::AliasName(name) => {
                has_alias(&AliasArn { account: key.account, region: key.region, name: name.clone() })
            }
            KeyRef::AliasArn(alias) => has_alias(alias),
        }
    }

    /// The marks of a successful cryptographic operation: one for each of its keys (LIF-337 to LIF-340).
    fn uses(call: &Call, trail: &Trail, ids: &Ids) -> Marks {
        let Some(operation) = trail.operation.and_then(Operation::tracked) else { return Marks::default() };
        let owners = trail.subjects.iter().map(|subject| subject.arn.account);
        let told_to_several = audit::is_told_to_several(call, owners);
        let mark = |subject: &Subject| {
            let event = ids.event_for(subject.arn.account, told_to_several);
            Mark::last_use(subject.arn, operation, call.now, ids.request, event)
        };
        let mut marks = trail.subjects.iter().map(mark);
        marks.next().map_or_else(Marks::default, |one| Marks::of(one, marks.next()))
    }

    /// The ten steps of a request. Their order is observable behaviour of AWS: cases pin it. Who only asks who may do what
    /// pays nothing, and comes no further than to what answers that.
    fn steps(&self, call: &Call, trail: &mut Trail, purpose: Purpose) -> Result<(Value, Recorded), Stop> {
        // 1. Find the row of the operation.
        let operation = Operation::find(&call.operation);
        let operation = operation.inspect_err(|_| trail.meant = Operation::meant(&call.operation))?;
        (trail.operation, trail.stage) = (Some(operation), Stage::Shape);
        // 2. Check the shape of the request: its size and depth, then all violations at once.
        call.input.admit()?;
        let request = operation.read(&call.input)?;
        let random = Random::from_entropy(&call.entropy);
        // 3. Settle what has fallen due by the call's own time.
        let mut draft = Draft::new(&self.state);
        (trail.stage, trail.due) = (Stage::Due, trail.besides.settle(call, &mut draft));
        let made = operations::make_first_used(operation, request.typed(), call, &mut draft, &random, &self.provider)?;
        trail.besides.note_made(made, call, &draft);
        draft.begin_call(call.now);
        // 4. Resolve the keys that the request names; what is on an account is closed to a caller without one.
        Self::check_account(operation, request.typed(), call, &draft, trail)?;
        let resolver = Resolver::new(operation, call, &draft, &self.provider);
        trail.subjects = request.subjects(&resolver)?;
        trail.stores = operations::store_facts(operation, request.typed(), call, &trail.subjects, draft.state());
        // The call is paid from here on, whatever becomes of it (LIF-332).
        if purpose == Purpose::Decide {
            self.charge(operation, request.typed(), call, draft.state(), trail)?;
        }
        trail.stage = Stage::Decision;
        trail.tokens = operations::tokens(request.typed(), &resolver)?;
        // 5. Authorize: one check for each key, with what the caller attests to.
        let recipient = Recipient::of(request.typed(), call.now, &self.trust, &self.provider);
        trail.attestation = recipient.attestation().cloned().map(Box::new);
        let earlier = self.authorize(operation, request.typed(), call, draft.state(), trail)?;
        trail.shown = call.audit.then(|| audit::ShownRequest::of(operation, request.typed()));
        // 6. Gate by role, origin, key usage and key state.
        let ends_here = purpose == Purpose::Explain && !operation.asks_later();
        let is_due = |gate| gate == Gate::First || ends_here && gate == Gate::ByHandler;
        for subject in trail.subjects.iter().filter(|subject| is_due(subject.gate)) {
            operations::gate(operation, subject, draft.state(), call.now)?;
        }
        trail.stage = Stage::Performance;
        if ends_here {
            return Ok((Value::Null, (Vec::new(), None)));
        }
        // 7. A dry run ends inside of the handler, once it has checked its parameters;
        // 8. perform: the family's handler, which may stop with a question.
        let dry_run = matches!(request.typed().member("DryRun"), Some(Seen::Flag(true)));
        let (provider, meters, subjects) = (&self.provider, &self.meters, &trail.subjects[..]);
        let mut execution = Execution {
            call,
            operation,
            provider,
            meters,
            draft,
            random,
            subjects,
            recipient,
            dry_run,
            caught_up: None,
            completed: None,
            further: FurtherChecks::default(),
            traffic: RefCell::default(),
        };
        let reply = performed(request, &mut execution, &mut trail.stores, &mut trail.besides);
        // 9. Record: the draft holds the list of changes.
        let Execution { draft, further, caught_up, traffic, .. } = execution;
        let recorded = reply.map(|reply| (reply, draft.finish()));
        trail.end(recorded.is_ok(), caught_up);
        trail.add(further, earlier, traffic.into_inner());
        recorded
    }

    /// What the call costs; all of it, or nothing when a bucket cannot pay (LIF-329).
    fn charge(
        &self,
        operation: &Operation,
        request: &dyn Typed,
        call: &Call,
        state: &State,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        trail.stage = Stage::Quotas;
        let is_counted = call.audit || !state.settings.is_empty();
        let costs = if is_counted { operations::costs(operation, request, call, &trail.subjects) } else { Vec::new() };
        let charges = operations::charges(operation, request, call, &trail.subjects, state, &costs);
        if self.admits(&charges) {
            (trail.costs, trail.charges) = (costs, charges);
            return Ok(());
        }
        let mut refused = charges.iter().filter(|charge| !self.meters.admit(charge));
        trail.throttled = refused.find_map(|charge| match charge {
            Mark::Requests { key: Bucket::KeyStore(store), .. } => Some(*store),
            _ => None,
        });
        Err(Error::throttled())
    }

    /// Applies changes that were decided on this very state.
    ///
    /// # Errors
    /// [`Stale`] when the state has moved on since; the call must be decided again.
    pub fn apply(&mut self, basis: u64, changes: &[Change]) -> Result<(), Stale> {
        if basis != self.state.revision() {
            return Err(Stale);
        }
        self.replay(changes);
        Ok(())
    }

    /// Whether marks that were decided on can still be taken in: of two calls that were decided at once, request quotas may
    /// admit one alone. A host that does not ask admits both.
    pub fn admits(&self, marks: &[Mark]) -> bool {
        marks.iter().all(|mark| self.meters.admit(mark))
    }

    /// Takes in marks; those of keys that are gone in the meantime are dropped. No revision moves, so that decisions that
    /// were taken before stay good.
    pub fn mark(&mut self, marks: &[Mark]) {
        let lag = self.state.lag(Lag::LastUsage);
        for mark in marks.iter().filter(|mark| self.state.has_marked(mark)) {
            self.meters.mark(mark, lag);
        }
    }

    /// Takes over the state that a decision has come to: the same as to apply its changes, without doing it twice. Where the
    /// decision has made none, the changes are applied to the state where it is.
    ///
    /// # Errors
    /// [`Stale`] when the state has moved on since; the call must be decided again.
    pub(crate) fn adopt(&mut self, outcome: &mut Outcome) -> Result<(), Stale> {
        if outcome.basis != self.state.revision() {
            return Err(Stale);
        }
        self.take_over(&outcome.changes, outcome.after.take());
        Ok(())
    }

    /// Takes over the state that a draft has come to, or applies its changes, where nobody has looked at that state.
    fn take_over(&mut self, changes: &[Change], after: Option<Box<State>>) {
        let Some(after) = after else { return self.replay(changes) };
        for change in changes {
            self.meters.follow(&self.state, change);
        }
        self.state = *after;
    }

    /// Decides a call and applies what follows from it, after what has fallen due before it.
    pub fn call(&mut self, call: &Call) -> Step {
        let due = self.due(call.now);
        self.replay(&due);
        let step = self.decide(call);
        if let Step::Done(outcome) = &step {
            self.replay(&outcome.changes);
            self.mark(&outcome.marks);
        }
        step
    }

    /// Applies changes from a journal, whatever state they were decided on.
    pub fn replay(&mut self, changes: &[Change]) {
        for change in changes {
            self.meters.follow(&self.state, change);
            self.state.apply(change);
        }
    }

    /// What time brings: the changes that have fallen due by `now` and are not applied yet.
    pub fn due(&self, now: Time) -> Vec<Change> {
        let mut draft = Draft::new(&self.state);
        schedule::settle(&mut draft, now, usize::MAX, &mut |_, _| {});
        draft.finish().0
    }

    /// Applies what has fallen due by `now`, in the order in which it did, but no more than `at_most` things: a host that
    /// holds a lock meanwhile holds it for a moment, and comes back for the rest.
    ///
    /// It asks nobody and needs no entropy: one step or many lead to the same state.
    pub fn settle(&mut self, now: Time, at_most: usize) -> Settled {
        self.settle_and_tell(now, at_most, true)
    }

    /// The same; records are made where somebody wants to know.
    pub fn settle_and_tell(&mut self, now: Time, at_most: usize, told: bool) -> Settled {
        let basis = self.state.revision();
        let nothing = State::default();
        let mut draft = Draft::in_place(mem::take(&mut self.state), &nothing);
        let (mut records, mut left_out) = (Vec::new(), 0);
        let happened = schedule::settle(&mut draft, now, at_most, &mut |happened, state| {
            if told {
                left_out += u64::from(audit::of_happened(happened, state, &mut records));
            }
        });
        let (changes, after) = draft.finish();
        self.state = after.map_or_else(State::default, |after| *after);
        for happened in &happened {
            if let Due::Deletion(key) = &happened.what {
                self.meters.forget(key);
            }
        }
        Settled { happened, changes, records, left_out, basis }
    }

    /// When something falls due next.
    pub fn next_deadline(&self) -> Option<Time> {
        schedule::next_deadline(&self.state)
    }

    /// The state, to be read.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The meters, to be read.
    pub const fn meters(&self) -> &Meters {
        &self.meters
    }

    /// The cryptography in use.
    pub const fn provider(&self) -> &CryptoProvider {
        &self.provider
    }

    /// Sets the cryptography to use from now on; like the trust, it is not a part of the state.
    pub const fn set_provider(&mut self, provider: CryptoProvider) {
        self.provider = provider;
    }

    /// Whose attestation documents are believed.
    pub const fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Sets whose attestation documents are believed; without it, those under the root of AWS. It is not a part of the
    /// state: a host that forks keeps it, one that restores a snapshot sets it again.
    pub fn set_trust(&mut self, trust: Trust) {
        self.trust = trust;
    }
}
