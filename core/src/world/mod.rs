//! A world with everything a host would otherwise have to keep for it: a lock, a clock, entropy and a journal.
//!
//! The bindings are thin faces of this type. It still reads no clock and draws no randomness: the host passes the time
//! of its own clock to every call, and entropy when the world is made.

mod copies;
mod host;
mod journal;

pub use journal::{Entry, JOURNAL_LENGTH};

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    access::Decision,
    arguments,
    attestation::Trust,
    call::{Answers, Call, Incoming, Question},
    caller::Caller,
    ciphertext::Envelope,
    clock::Clock,
    crypto::{CryptoProvider, insecure_key_pool::InsecureKeyPool, opaque, random::Random},
    enclave::{self, Authority, Enclave, Failure},
    error::Error,
    http::{Known, Request, Response},
    kms::{Kms, Outcome, Step},
    names::{AccountId, uuid},
    time::Time,
    wire::{SecretBytes, Value},
};
use host::Host;

/// So often a decision may be overtaken by others before they have to wait for it; making an RSA key twice is enough.
const OVERTAKEN: u8 = 1;

/// The account of callers that name none.
pub const DEFAULT_ACCOUNT: &str = "111122223333";

/// The Region of calls that name none.
pub const DEFAULT_REGION: &str = "us-east-1";

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
}

impl fmt::Debug for Options {
    /// Says whether there is a seed, and not which: every key of the world follows from it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, now, account, trust, insecure_key_pool } = self;
        let mut shown = f.debug_struct("Options");
        shown.field("seed", &seed.as_ref().map(|_| "..")).field("now", now).field("account", account);
        shown.field("trust", trust).field("insecure_key_pool", insecure_key_pool).finish()
    }
}

/// A reply, or an exception with the reasons for it.
#[derive(Debug)]
pub struct Answer {
    /// The reply, or the exception.
    pub reply: Result<Value, Error>,
    /// The id by which AWS would name the request.
    pub request_id: String,
    /// Why the caller was denied.
    pub reasons: Vec<Decision>,
}

/// The provider for a world: a seeded one does without capabilities that draw their own randomness.
fn suited(provider: CryptoProvider, seeded: bool, insecure_key_pool: Option<InsecureKeyPool>) -> CryptoProvider {
    let provider = if seeded { provider.reproducible() } else { provider };
    CryptoProvider { insecure_key_pool, ..provider }
}

/// How far a step has come.
#[derive(Debug)]
pub enum Progress {
    /// The call is decided and applied.
    Done(Box<Answer>),
    /// The host must answer first.
    Ask(Question),
}

impl Progress {
    fn done(outcome: Outcome) -> Self {
        let Outcome { reply, request_id, reasons, .. } = outcome;
        Self::Done(Box::new(Answer { reply, request_id, reasons }))
    }
}

impl Answer {
    /// The answer as an HTTP response; the time is that of the host's clock.
    pub fn response(&self, host_now: Time) -> Response {
        Response::new(&self.reply, &self.request_id, host_now)
    }
}

/// A world of KMS for one process.
pub struct World {
    kms: RwLock<Kms>,
    host: Mutex<Host>,
    account: AccountId,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kms = self.read();
        let mut shown = f.debug_struct("World");
        shown.field("account", &self.account).field("provider", kms.provider()).finish_non_exhaustive()
    }
}

impl World {
    /// A world in memory. `entropy` comes from the host's random source; a seed takes its place.
    pub fn new(options: Options, provider: CryptoProvider, entropy: [u8; 32]) -> Self {
        let seeded = options.seed.is_some();
        let entropy = options.seed.map_or(entropy, |seed| Sha256::digest(&*seed).into());
        let clock = options.now.map_or_else(Clock::default, Clock::Frozen);
        let account = options.account.or_else(|| AccountId::parse(DEFAULT_ACCOUNT));
        let host = Host::new(clock, Random::from_entropy(&entropy), seeded);
        let pool =
            options.insecure_key_pool.then(|| InsecureKeyPool::new(&mut host.random.stream("insecure key pool")));
        let mut kms = Kms::new(suited(provider, seeded, pool));
        kms.set_trust(options.trust);
        Self::with(kms, host, account)
    }

    fn with(kms: Kms, host: Host, account: Option<AccountId>) -> Self {
        let account = account.unwrap_or(AccountId::ZERO);
        Self { kms: RwLock::new(kms), host: Mutex::new(host), account }
    }

    /// The account of callers that name none.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Makes a call. `caller` is an ARN or an account id, `host` the time of the host's clock.
    pub fn call(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        host: Time,
    ) -> Answer {
        self.begin(operation, input, region, caller, host).map_or_else(|refusal| *refusal, |call| self.finish(&call))
    }

    /// Answers an HTTP request.
    pub fn http(&self, request: &Request, host: Time) -> Response {
        self.begin_http(request, host).map_or_else(|refusal| *refusal, |call| self.finish(&call).response(host))
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
        host: Time,
    ) -> Result<Call, Box<Answer>> {
        let incoming = self.incoming(operation, Zeroizing::new(input), region, caller);
        incoming.map(|incoming| self.prepare(incoming, host)).map_err(|error| Box::new(self.refuse(error)))
    }

    /// Prepares the call that an HTTP request makes, for a host that wants to answer questions.
    ///
    /// # Errors
    /// The response, when the request makes no call.
    pub fn begin_http(&self, request: &Request, host: Time) -> Result<Call, Box<Response>> {
        if let Some(greeting) = Response::to_browser(request, host) {
            return Err(Box::new(greeting));
        }
        let incoming = request.read(&Known { account: self.account });
        incoming
            .map(|incoming| self.prepare(incoming, host))
            .map_err(|error| Box::new(self.refuse(error).response(host)))
    }

    fn incoming(
        &self,
        operation: &str,
        input: Zeroizing<Value>,
        region: Option<&str>,
        caller: Option<&str>,
    ) -> Result<Incoming, Error> {
        input.admit()?;
        let region = arguments::region(region.unwrap_or(DEFAULT_REGION))?;
        let caller = caller.map_or_else(|| Ok(Caller::root(self.account)), |text| arguments::caller(text, region))?;
        Ok(Incoming { operation: operation.to_owned(), input, caller, region })
    }

    fn refuse(&self, error: Error) -> Answer {
        let request_id = uuid(lock(&self.host).random.array());
        Answer { reply: Err(error), request_id, reasons: Vec::new() }
    }

    fn prepare(&self, incoming: Incoming, host: Time) -> Call {
        let Incoming { operation, mut input, caller, region } = incoming;
        let input = std::mem::take(&mut *input);
        let (now, entropy) = {
            let mut host_state = lock(&self.host);
            (host_state.clock.now(host), host_state.random.array())
        };
        Call::new(operation, input, caller, region, now, entropy)
    }

    /// The answers that a host which can give some puts into a new call: none yet. A seeded world never asks, because
    /// its keys follow from its seed.
    pub fn answers(&self) -> Answers {
        if lock(&self.host).seeded { Answers::NeverAsk } else { Answers::Given(Vec::new()) }
    }

    /// Decides and applies a call that never asks.
    pub fn finish(&self, call: &Call) -> Answer {
        match self.step(call) {
            Progress::Done(answer) => *answer,
            Progress::Ask(_) => self.refuse(Error::internal("a host that is never asked was asked")),
        }
    }

    /// Decides a call as far as it goes, and applies what follows from it.
    ///
    /// A decision holds no lock, so that a slow one (a large RSA key) keeps nobody waiting; one that finds the state
    /// changed is taken again. When the call's answers are [`Answers::Given`], the world may ask: the host adds its
    /// answer and takes the step again.
    pub fn step(&self, call: &Call) -> Progress {
        self.settle(call.now);
        for _ in 0..OVERTAKEN {
            let step = {
                let seen = self.read().fork();
                seen.decide(call)
            };
            match step {
                Step::Ask(question) => return Progress::Ask(question),
                Step::Done(outcome) if outcome.changes.is_empty() => return Progress::done(*outcome),
                Step::Done(outcome) if self.commit(&mut self.write(), &outcome, call) => {
                    return Progress::done(*outcome);
                }
                Step::Done(_) => {}
            }
        }
        self.step_alone(call)
    }

    /// Decides and applies while nobody else can: quick calls would overtake a slow one for ever.
    fn step_alone(&self, call: &Call) -> Progress {
        let mut kms = self.write();
        match kms.decide(call) {
            Step::Ask(question) => Progress::Ask(question),
            Step::Done(outcome) => {
                self.commit(&mut kms, &outcome, call);
                Progress::done(*outcome)
            }
        }
    }

    /// Applies what has fallen due.
    fn settle(&self, now: Time) {
        if self.read().next_deadline().is_some_and(|deadline| deadline <= now) {
            let mut kms = self.write();
            let due = kms.due(now);
            kms.replay(&due);
            lock(&self.host).journal.enter(due, now, None);
        }
    }

    /// Applies the changes of a call, unless the state has moved on since it was decided.
    ///
    /// The journal is written before the state is let go: its order is that in which changes were applied.
    fn commit(&self, kms: &mut Kms, outcome: &Outcome, call: &Call) -> bool {
        let fresh = kms.apply(outcome.basis, &outcome.changes).is_ok();
        if fresh {
            lock(&self.host).journal.enter(outcome.changes.clone(), call.now, Some(&call.operation));
        }
        fresh
    }

    /// When something falls due next.
    pub fn next_deadline(&self) -> Option<Time> {
        self.read().next_deadline()
    }

    /// Starts a simulated enclave. From the first one on, the world also believes the documents under a test root of
    /// its own, whose key nobody else has.
    ///
    /// # Errors
    /// [`Failure`] when there is no RSA key of the length that `spec` names.
    pub fn enclave(&self, spec: enclave::Spec) -> Result<Enclave, Failure> {
        self.start(|authority, provider, entropy| Enclave::start(spec, authority, provider, entropy))
    }

    /// The same with an RSA key that the host has generated: PKCS #8 in DER.
    ///
    /// # Errors
    /// [`Failure`] when it is not an RSA key of the length that `spec` names.
    pub fn enclave_with(&self, spec: enclave::Spec, key: SecretBytes) -> Result<Enclave, Failure> {
        self.start(|authority, provider, entropy| Enclave::with_key(spec, key, authority, provider, entropy))
    }

    fn start(
        &self,
        enclave: impl FnOnce(Authority, &CryptoProvider, &[u8; 32]) -> Result<Enclave, Failure>,
    ) -> Result<Enclave, Failure> {
        let (authority, entropy) = {
            let mut host = lock(&self.host);
            (host.authority.clone(), host.random.array())
        };
        let provider = *self.read().provider();
        let authority = Authority::new(&provider, &authority)?;
        let mut kms = self.write();
        let trust = kms.trust().clone().and(authority.root()).map_err(opaque)?;
        kms.set_trust(trust);
        drop(kms);
        enclave(authority, &provider, &entropy)
    }

    /// Says what a symmetric ciphertext blob says about itself, without decrypting it: `Format`, `Maker`,
    /// `KeyMaterialId`, `Algorithm`, `Length` and `PlaintextLength`, and as `KeyIds` the keys of this world that have
    /// that material. `None` when the blob has no envelope, as those of asymmetric keys.
    pub fn inspect(&self, blob: &[u8]) -> Option<Value> {
        let description = Envelope::parse(blob).ok()?.describe();
        let kms = self.read();
        let keys = kms.state().keys_of(description.material_id).map(|arn| Value::from(arn.to_string()));
        let length = |length| i64::try_from(length).map_or(Value::Null, Value::Int);
        Some(Value::from([
            ("Format", Value::Int(i64::from(description.version))),
            ("Maker", Value::from(description.maker.as_str())),
            ("KeyMaterialId", Value::from(description.material_id.to_string())),
            ("KeyIds", Value::List(keys.collect())),
            ("Algorithm", Value::from(description.aead.as_str())),
            ("Length", length(description.length)),
            ("PlaintextLength", length(description.plaintext_length)),
        ]))
    }

    /// The journal: every change since the world began, oldest first, behind the one with the number `after`.
    pub fn changes(&self, after: u64) -> Vec<Entry> {
        lock(&self.host).journal.after(after)
    }

    fn read(&self) -> RwLockReadGuard<'_, Kms> {
        self.kms.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Kms> {
        self.kms.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A panic in another thread leaves no half-made state: changes are applied whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
