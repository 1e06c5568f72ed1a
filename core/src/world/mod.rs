//! A world with everything a host would otherwise have to keep for it: a lock, a clock, entropy and a journal.
//!
//! The bindings are thin faces of this type. It still reads no clock and draws no randomness: the host passes the time
//! of its own clock to every call, and entropy when the world is made.

mod audit;
mod called;
mod client;
mod copies;
mod deadlines;
mod denials;
mod directory;
mod enclaves;
mod entropy;
mod faults;
mod health;
mod history;
mod host;
mod incoming;
mod inspection;
mod inventory;
mod journal;
mod log;
mod looking;
mod proxies;
mod questions;
mod quotas;
mod recipe;
mod reset;
mod sessions;
mod settings;
mod stores;

pub use audit::{AuditOptions, RECORDS_LENGTH, Records};
pub use called::Called;
pub use client::{Client, HostClock};
pub use deadlines::Deadline;
pub use denials::{Denial, Denials};
pub use faults::{Acted, ActedFaults, MOST_FAULTS};
pub use health::{HealthCheck, HealthStep};
pub use history::{HISTORY_LENGTH, NoHistory};
pub use journal::{
    ACTED_LENGTH, Cause, Changes, DENIALS_LENGTH, Entry, JOURNAL_LENGTH, MARKS_LENGTH, Marked, PROXIED_LENGTH,
};
pub use recipe::RECIPE_LENGTH;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard},
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    access::Decision,
    attestation::Trust,
    call::{ActingFault, Answers, Call, Effect, Incoming, Question, Stop},
    caller::Sender,
    clock::Clock,
    crypto::{CryptoProvider, insecure_key_pool::InsecureKeyPool, random::Random},
    error::{Error, Exception},
    http::{Dispatched, Known, Request, Response},
    ids::{Ids, Uuid},
    kms::{Kms, Outcome, Settled, Step, Trail},
    names::AccountId,
    time::Time,
    wire::{SecretBytes, Value},
};
use audit::Recorder;
use entropy::Seed;
use history::History;
use host::Host;
use journal::Journal;
use recipe::RecipeSoFar;
use reset::Beginning;

/// So often a decision may be overtaken by others before they have to wait for it; making an RSA key twice is enough.
const OPTIMISTIC_TRIES: u8 = 1;

/// How many things that fall due at one instant are settled before others can call: a millisecond or two.
const SETTLED_AT_ONCE: usize = 256;

/// The account of callers that name none.
pub const DEFAULT_ACCOUNT: &str = "111122223333";

/// How a world begins.
#[derive(Clone, Default)]
pub struct Options {
    /// Makes everything random reproducible to the byte. For tests alone: whoever knows the seed knows every key.
    pub seed: Option<SecretBytes>,
    /// Freezes the clock at this instant; without it the clock runs with the host's.
    pub now: Option<Time>,
    /// The account of callers that name none.
    pub account: Option<AccountId>,
    /// Whose attestation documents are believed; AWS's by default.
    pub trust: Trust,
    /// Takes RSA keys from a pool whose primes everybody knows, in microseconds. For tests alone.
    pub insecure_key_pool: bool,
    /// Tells with every reply also why the caller was allowed; why it was denied is told always.
    pub explain: bool,
    /// How many states the world keeps to be looked at again ([`World::at`]); none by default, because history keeps the
    /// secrets of keys that were deleted and of material that has expired. [`HISTORY_LENGTH`] is a number for most.
    pub history: usize,
    /// What is told of calls, and for how long it is kept: the newest 10,000 records, unless you say otherwise.
    pub audit: AuditOptions,
    /// Keeps what is done to a seeded world, so that [`World::recipe`] gives it: every plaintext and every password that was
    /// said stays in memory for that, and calls are decided one at a time.
    pub recipe: bool,
}

impl fmt::Debug for Options {
    /// Says whether there is a seed, and not which: every key of the world follows from it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, now, account, trust, insecure_key_pool, explain, history, audit, recipe } = self;
        let mut shown = f.debug_struct("Options");
        shown.field("seed", &seed.as_ref().map(|_| "..")).field("now", now).field("account", account);
        shown.field("trust", trust).field("insecure_key_pool", insecure_key_pool).field("explain", explain);
        shown.field("history", history).field("audit", audit).field("recipe", recipe).finish()
    }
}

/// A reply, or an exception, with what was found on the way to it. The reply is a value, or a type of [`crate::api`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply<T = Value> {
    /// The reply, or the exception.
    pub reply: Result<T, Error>,
    /// The id by which AWS would name the request.
    pub request_id: Uuid,
    /// How far the call came, and why the caller was denied.
    pub trail: Box<Trail>,
    /// The world's time, where the world has verified a signature by it: the sender has to go on signing by that clock.
    pub(crate) date: Option<Time>,
}

/// What a seeded world begins with.
fn seed_of(seed: &[u8]) -> Seed {
    Zeroizing::new(Sha256::digest(seed).into())
}

/// The provider for a world: a seeded one does without capabilities that draw their own randomness.
fn provider_for(provider: CryptoProvider, seeded: bool, insecure_key_pool: Option<InsecureKeyPool>) -> CryptoProvider {
    let provider = if seeded { provider.reproducible() } else { provider };
    CryptoProvider { insecure_key_pool, ..provider }
}

/// How far a step has come.
#[derive(Debug)]
pub enum Progress {
    /// The call is decided and applied.
    Done(Reply),
    /// The host must answer first.
    Ask(Question),
}

impl Progress {
    fn done(outcome: Outcome) -> Self {
        let Outcome { reply, ids, trail, .. } = outcome;
        Self::Done(Reply { reply, request_id: ids.request, trail, date: None })
    }
}

impl<T> Reply<T> {
    /// The fault that has taken the place of the answer, or is to delay it: a host keeps the answer back for its `delay`.
    ///
    /// Where nothing of HTTP reaches the caller, an effect that is not an exception becomes an error of the host's own.
    pub fn fault(&self) -> Option<&ActingFault> {
        self.trail.fault.as_deref()
    }
}

impl Reply {
    /// The reply, or the exception, as data, with all that was found on the way: `reply` and `error` (`code`, `message` and
    /// `reasons`; one of both is null), `requestId`, `decisions`, `drew` ([`Trail::drew`]), and `course` for a call that is
    /// [`traced`](Call::traced). The code is null where nothing of KMS reaches the caller.
    pub fn traced(self) -> Value {
        let effect = self.fault().map(|fault| fault.kind.effect());
        let is_answered = !matches!(effect, Some(Effect::Status(_) | Effect::Reset));
        let Self { reply, request_id, trail, .. } = self;
        let (reasons, _) = trail.denial();
        let (reply, error) = match reply {
            Ok(Value::Null) => (Value::Map(Vec::new()), Value::Null),
            Ok(reply) => (reply, Value::Null),
            Err(error) => {
                let code = if is_answered { error.exception.name().into() } else { Value::Null };
                let message = error.message.map_or(Value::Null, Value::from);
                let reasons = Value::List(reasons.into_iter().map(Value::Text).collect());
                (Value::Null, Value::from([("code", code), ("message", message), ("reasons", reasons)]))
            }
        };
        Value::from([
            ("reply", reply),
            ("error", error),
            ("requestId", request_id.to_string().into()),
            ("decisions", Value::List(trail.decisions.iter().map(Decision::to_value).collect())),
            ("drew", trail.drew.into()),
            ("course", trail.course.map_or(Value::Null, |course| *course)),
        ])
    }

    /// The reply as an HTTP response; the time is that of the host's clock.
    pub fn response(&self, host_now: Time) -> Response {
        let host_now = self.date.unwrap_or(host_now);
        let response = Response::new(&self.reply, &self.request_id.to_string(), host_now);
        let response = if self.reply.is_err() { response.with_reasons(&self.trail.decisions) } else { response };
        match self.fault() {
            Some(fault) => response.with_fault(fault, host_now),
            None => response,
        }
    }
}

/// A world of KMS for one process.
pub struct World {
    kms: RwLock<Arc<Kms>>,
    host: Mutex<Host>,
    journal: Mutex<Journal>,
    account: AccountId,
    beginning: Beginning,
    kept: Option<Mutex<RecipeSoFar>>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kms = self.seen();
        let mut shown = f.debug_struct("World");
        shown.field("account", &self.account).field("provider", kms.provider()).finish_non_exhaustive()
    }
}

impl World {
    /// A world in memory. `entropy` comes from the host's random source; a seed takes its place.
    pub fn new(options: Options, provider: CryptoProvider, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Self {
        let given = options.seed.as_ref().map(|seed| seed_of(seed));
        let seeded = given.is_some();
        let seed = given.clone().unwrap_or_else(|| entropy.into());
        let clock = options.now.map_or_else(Clock::default, Clock::Frozen);
        let account = options.account.or_else(|| AccountId::parse(DEFAULT_ACCOUNT)).unwrap_or(AccountId::ZERO);
        let random = Random::from_entropy(&seed);
        let pool = options.insecure_key_pool.then(|| InsecureKeyPool::new(&mut random.stream("insecure key pool")));
        let mut host = Host::new(clock, seed, seeded);
        host.explain = options.explain;
        let mut kms = Kms::new(provider_for(provider, seeded, pool));
        kms.set_trust(options.trust.clone());
        let beginning = Beginning { seed: given, clock, trust: options.trust, explain: options.explain };
        host.audit = options.audit;
        let recorder = Recorder::new(options.audit);
        let seed = options.seed.filter(|_| options.recipe);
        let mut kept = seed.map(|seed| RecipeSoFar::new(&seed, options.insecure_key_pool, options.now));
        if let Some(kept) = &mut kept {
            kept.trust(&beginning.trust);
        }
        Self::with(kms, host, account, beginning, options.history, recorder, kept)
    }

    fn with(
        kms: Kms,
        host: Host,
        account: AccountId,
        beginning: Beginning,
        history: usize,
        recorder: Recorder,
        kept: Option<RecipeSoFar>,
    ) -> Self {
        let kms = Arc::new(kms);
        let mut journal = Journal::new(kms.state().revision(), History::new(history), recorder);
        if let Clock::Frozen(now) = host.clock {
            journal.history.keep(now, &kms);
        }
        let (kms, host, journal, kept) =
            (RwLock::new(kms), Mutex::new(host), Mutex::new(journal), kept.map(Mutex::new));
        Self { kms, host, journal, account, beginning, kept }
    }

    /// The account of callers that name none.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Makes a call. `caller` is an ARN or an account id, `host_now` the time of the host's clock.
    pub fn call(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        host_now: Time,
    ) -> Reply {
        self.answered(self.incoming_of(operation, input, region, caller), host_now)
    }

    /// Makes a call of a sender; see [`arguments::sender`](crate::arguments::sender) for what bindings say of one.
    pub fn call_from(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        sender: &Sender,
        host_now: Time,
    ) -> Reply {
        self.answered(self.incoming(operation, Zeroizing::new(input), region, sender), host_now)
    }

    /// Answers an HTTP request.
    pub fn http(&self, request: &Request, host_now: Time) -> Response {
        let call = self.begin_http(request, host_now);
        call.map_or_else(|refusal| *refusal, |call| self.finish(&call).response(host_now))
    }

    /// Prepares a call, for a host that wants to answer questions: see [`World::step`].
    ///
    /// # Errors
    /// The answer, when `caller` or `region` cannot be read, or `input` is too long or nests too deeply.
    pub fn begin(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        host_now: Time,
    ) -> Result<Call, Box<Reply>> {
        self.prepared(self.incoming_of(operation, input, region, caller), host_now)
    }

    /// The same as [`World::begin`] for a call of a sender.
    ///
    /// # Errors
    /// The answer, when the caller cannot call the Region, `region` cannot be read, or `input` is too long or nests too
    /// deeply.
    pub fn begin_from(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        sender: &Sender,
        host_now: Time,
    ) -> Result<Call, Box<Reply>> {
        self.prepared(self.incoming(operation, Zeroizing::new(input), region, sender), host_now)
    }

    /// What comes of what has come in. A call is large: it is made where it is decided.
    fn answered(&self, incoming: Result<Incoming, Error>, host_now: Time) -> Reply {
        match incoming {
            Ok(incoming) => self.finish(&self.prepare(incoming, host_now)),
            Err(error) => self.refuse(error),
        }
    }

    fn prepared(&self, incoming: Result<Incoming, Error>, host_now: Time) -> Result<Call, Box<Reply>> {
        incoming.map(|incoming| self.prepare(incoming, host_now)).map_err(|error| Box::new(self.refuse(error)))
    }

    /// Prepares the call that an HTTP request makes, for a host that wants to answer questions.
    ///
    /// # Errors
    /// The response, when the request makes no call.
    pub fn begin_http(&self, request: &Request, host_now: Time) -> Result<Call, Box<Response>> {
        if let Some(greeting) = Response::to_browser(request, host_now) {
            return Err(Box::new(greeting));
        }
        let (seen, now) = (self.seen(), self.now(host_now));
        let known = Known { account: self.account, kms: &seen, now };
        let asked = request.dispatched(&known);
        // Clients that correct their clock by the date of an answer are to sign by the world's, where that is asked of them.
        let signed_by = request.is_verified(&known).then_some(now);
        let date = signed_by.unwrap_or(host_now);
        drop(seen);
        let request_id = || self.id_without_call().to_string();
        Err(Box::new(match asked {
            Ok(Dispatched::Call(incoming)) => {
                let mut call = self.prepare(*incoming, host_now);
                call.date = signed_by;
                return Ok(call);
            }
            Ok(Dispatched::Identity(identity)) => identity.response(&request_id(), date),
            Ok(Dispatched::Events(asked)) => {
                let events = self.events_of(&asked.input, &asked.caller, asked.region, host_now);
                Response::new(&events, &request_id(), date)
            }
            Ok(Dispatched::Session(asked)) => self.session(request, &asked, host_now, date),
            Ok(Dispatched::Monitoring(asked)) => asked.response(&self.monitor(&asked, host_now), &request_id(), date),
            Err(error) if error.exception == Exception::InvalidSignatureException => {
                request.refusal(error, &request_id(), now)
            }
            Err(error) => request.refusal(error, &request_id(), date),
        }))
    }

    /// Refuses what makes no call.
    fn refuse(&self, error: Error) -> Reply {
        Reply { reply: Err(error), request_id: self.id_without_call(), trail: Box::default(), date: None }
    }

    /// The id of a request that makes no call. It has one as any request.
    fn id_without_call(&self) -> Uuid {
        Ids::of(&lock(&self.host).entropy.look()).request
    }

    fn prepare(&self, incoming: Incoming, host_now: Time) -> Call {
        let (now, draw, entropy, explain, faultless, audit) = {
            let mut host = lock(&self.host);
            let looks = looking::only_looks(&incoming.operation);
            let (draw, entropy) = if looks { (None, host.entropy.look()) } else { host.entropy.numbered() };
            (host.clock.now(host_now), draw, entropy, host.explain, host.faults.is_empty(), host.audit)
        };
        // A call is large: it is told what it is where it stands, rather than moved each time.
        let mut call = Call::of(incoming, now, *entropy);
        (call.draw, call.explain, call.audit) = (draw, explain, audit.is_on());
        if call.audit {
            call.recording = audit.recording();
        }
        if faultless { call } else { self.meeting(call) }
    }

    /// The answers that a host which can give some puts into a new call: none yet. A seeded world asks for no keys, because
    /// its own follow from its seed; it may still ask proxies (CKS-163).
    pub fn answers(&self) -> Answers {
        let host = lock(&self.host);
        Answers::of(host.answerable.keys(host.answerable.keys && !host.seeded))
    }

    /// Decides and applies a call that never asks.
    pub fn finish(&self, call: &Call) -> Reply {
        // A host that is never asked says of no fault that it applies.
        let progress = if call.rules.is_some() { self.step(&mut call.clone()) } else { self.decided(call) };
        match progress {
            Progress::Done(reply) => reply,
            Progress::Ask(_) => self.refuse(Error::internal("a host that is never asked was asked")),
        }
    }

    /// Decides a call as far as it goes, and applies what follows from it.
    ///
    /// A decision holds no lock, so that a slow one (a large RSA key) keeps nobody waiting; one that finds the state
    /// changed is taken again. Where the call's [`Answers`] say that its host can answer, the world may ask: the host adds
    /// its answer and takes the step again. What the host has said of faults ends in the call itself.
    pub fn step(&self, call: &mut Call) -> Progress {
        match self.meet(call) {
            Ok(()) => self.decided(call),
            Err(Stop::Ask(question)) => Progress::Ask(question),
            Err(Stop::Refuse(error)) => Progress::Done(self.refuse(error)),
        }
    }

    fn decided(&self, call: &Call) -> Progress {
        let mut progress = if call.draw.is_none() { self.look(call) } else { self.take(call) };
        if let Progress::Done(reply) = &mut progress {
            reply.date = call.date;
        }
        progress
    }

    fn take(&self, call: &Call) -> Progress {
        // A recipe tells of calls in the order in which they were decided.
        if self.kept.is_some() {
            return self.step_alone(call);
        }
        for _ in 0..OPTIMISTIC_TRIES {
            // What was seen is let go before anything is committed: the state then has one owner, and moves in place.
            let step = self.settled(call.now).decide(call);
            match step {
                Step::Ask(question) => return Progress::Ask(question),
                Step::Done(mut outcome) if outcome.changes.is_empty() && outcome.marks.is_empty() => {
                    self.tell(&mut outcome, call);
                    return Progress::done(*outcome);
                }
                Step::Done(mut outcome) => {
                    if self.commit(&mut self.write(), &mut outcome, call) {
                        return Progress::done(*outcome);
                    }
                }
            }
        }
        self.step_alone(call)
    }

    /// Enters what a call that changes nothing tells.
    fn tell(&self, outcome: &mut Outcome, call: &Call) {
        if Journal::has_to_tell(outcome) {
            lock(&self.journal).enter_told(outcome, call);
        }
    }

    /// Decides and applies while nobody else can: quick calls would overtake a slow one for ever.
    fn step_alone(&self, call: &Call) -> Progress {
        drop(self.settled(call.now));
        let mut kms = self.write();
        match kms.decide(call) {
            Step::Ask(question) => Progress::Ask(question),
            Step::Done(mut outcome) => {
                self.commit(&mut kms, &mut outcome, call);
                self.keep_call(call, &outcome);
                Progress::done(*outcome)
            }
        }
    }

    /// The world as it is once everything is settled that has fallen due by `now`.
    fn settled(&self, now: Time) -> Arc<Kms> {
        loop {
            let seen = self.seen();
            if seen.next_deadline().is_none_or(|deadline| deadline > now) {
                return seen;
            }
            drop(seen);
            self.settle_some(now);
        }
    }

    /// Settles some of what has fallen due by `now`, each thing at its own instant, so that others can call in between.
    fn settle_some(&self, now: Time) {
        let mut kms = self.write();
        for _ in 0..SETTLED_AT_ONCE {
            let Some(deadline) = kms.next_deadline().filter(|deadline| *deadline <= now) else { return };
            let told = {
                let mut journal = lock(&self.journal);
                journal.history.begin(deadline, &kms);
                journal.recorder.is_on()
            };
            let settled = Arc::make_mut(&mut kms).settle_and_tell(now, 1, told);
            let Settled { happened, changes, records, left_out, basis } = settled;
            let Some(happened) = happened.first() else { return };
            let mut journal = lock(&self.journal);
            journal.enter(basis, happened.at, Cause::Due(*happened), &changes);
            journal.recorder.skip(left_out);
            journal.enter_records(records);
            journal.enter_points(Vec::new(), &changes, happened.last());
            journal.history.keep(happened.last(), &kms);
        }
    }

    /// Takes over what a call has changed, unless the state has moved on since it was decided, and what it has marked.
    ///
    /// The journal is written before the state is let go: its order is that in which changes were applied.
    fn commit(&self, kms: &mut Arc<Kms>, outcome: &mut Outcome, call: &Call) -> bool {
        let changes = !outcome.changes.is_empty();
        if !kms.admits(&outcome.marks) || (changes && outcome.basis != kms.state().revision()) {
            return false;
        }
        if changes {
            lock(&self.journal).history.begin(call.now, kms);
        }
        let now = Arc::make_mut(kms);
        if changes && now.adopt(outcome).is_err() {
            return false;
        }
        now.mark(&outcome.marks);
        let mut journal = lock(&self.journal);
        if let Some(operation) = outcome.trail.operation {
            let fault = outcome.trail.fault.as_ref().map(|fault| fault.kind.name());
            let (request_id, caught_up) = (outcome.ids.request, outcome.trail.caught_up.as_deref().copied());
            let cause = Cause::Call { operation: operation.name, request_id, fault, caught_up };
            journal.enter(outcome.basis, call.now, cause, &outcome.changes);
        }
        journal.enter_marks(&outcome.marks);
        journal.enter_told(outcome, call);
        if changes {
            journal.history.keep(call.now, kms);
        }
        true
    }

    /// When something falls due next.
    pub fn next_deadline(&self) -> Option<Time> {
        self.seen().next_deadline()
    }

    /// The world as it is now: a reference, taken under a lock that is let go at once.
    fn seen(&self) -> Arc<Kms> {
        Arc::clone(&self.kms.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self) -> RwLockWriteGuard<'_, Arc<Kms>> {
        self.kms.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A panic in another thread leaves no half-made state: a decision, which runs the host's cryptography, holds no lock, and
/// to apply changes does not panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod access_keys;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod lags;
#[cfg(test)]
mod tests;
