//! A world with everything a host would otherwise have to keep for it: a lock, a clock, entropy and a journal.
//!
//! The bindings are thin faces of this type. It still reads no clock and draws no randomness: the host passes the time
//! of its own clock to every call, and entropy when the world is made.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError, RwLock},
};

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    access::Decision,
    attestation::Trust,
    call::{Answers, Call, Caller, Question},
    ciphertext::Envelope,
    clock::Clock,
    crypto::{CryptoError, CryptoProvider, opaque, random::Random},
    enclave::{self, Authority, Enclave},
    error::Error,
    http::{Asked, Request, Response},
    kms::{Kms, Outcome, Step},
    names::{AccountId, Region, uuid},
    state::{Change, SnapshotError},
    time::{Span, Time},
    wire::{self, Value},
};

/// The most changes that the journal keeps; older ones are forgotten.
pub const JOURNAL_LENGTH: usize = 100_000;

/// So often a decision may be overtaken by others before they have to wait for it; making an RSA key twice is enough.
const OVERTAKEN: u8 = 1;

/// The account of callers that name none.
pub const DEFAULT_ACCOUNT: &str = "111122223333";

/// The Region of calls that name none.
pub const DEFAULT_REGION: &str = "us-east-1";

/// How a world begins.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Makes everything random reproducible to the byte. For tests alone: whoever knows the seed knows every key.
    pub seed: Option<Vec<u8>>,
    /// Freezes the clock at this instant; without it the clock runs with the host's.
    pub now: Option<Time>,
    /// The account of callers that name none.
    pub account: Option<AccountId>,
    /// Whose attestation documents are believed; AWS's by default.
    pub trust: Trust,
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

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        Self::new(&answer.reply, &answer.request_id)
    }
}

/// One change in the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Counts changes from 1.
    pub number: u64,
    /// When the change was applied, by the world's clock.
    pub time: Time,
    /// The operation that caused it; `None` where time alone did.
    pub operation: Option<String>,
    /// The change.
    pub change: Change,
}

/// A world of KMS for one process.
pub struct World {
    kms: RwLock<Kms>,
    host: Mutex<Host>,
    account: AccountId,
}

/// What stands beside the state.
struct Host {
    clock: Clock,
    random: Random,
    /// What the test root of simulated enclaves is made from.
    authority: [u8; 32],
    seeded: bool,
    journal: VecDeque<Entry>,
    changes: u64,
}

/// What a snapshot keeps beside the state.
#[derive(Serialize, Deserialize)]
struct Kept {
    clock: Clock,
    entropy: [u8; 32],
    authority: [u8; 32],
    roots: Vec<ByteBuf>,
    seeded: bool,
    account: AccountId,
}

impl World {
    /// A world in memory. `entropy` comes from the host's random source; a seed takes its place.
    pub fn new(options: Options, provider: CryptoProvider, entropy: [u8; 32]) -> Self {
        let seeded = options.seed.is_some();
        let entropy = options.seed.map_or(entropy, |seed| Sha256::digest(&seed).into());
        let provider = if seeded { provider.reproducible() } else { provider };
        let clock = options.now.map_or_else(Clock::default, Clock::Frozen);
        let account = options.account.or_else(|| AccountId::parse(DEFAULT_ACCOUNT));
        let host = Host::new(clock, Random::from_entropy(&entropy), seeded);
        let mut kms = Kms::new(provider);
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
        self.begin_http(request, host).map_or_else(|refusal| *refusal, |call| self.finish(&call).into())
    }

    /// Prepares a call, for a host that wants to answer questions: see [`World::step`].
    ///
    /// # Errors
    /// The answer, when `caller` or `region` cannot be read.
    pub fn begin(
        &self,
        operation: &str,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        host: Time,
    ) -> Result<Call, Box<Answer>> {
        let asked = self.asked(operation, input, region, caller);
        asked.map(|asked| self.prepare(asked, host)).map_err(|error| Box::new(self.refuse(error)))
    }

    /// Prepares the call that an HTTP request makes, for a host that wants to answer questions.
    ///
    /// # Errors
    /// The response, when the request makes no call.
    pub fn begin_http(&self, request: &Request, host: Time) -> Result<Call, Box<Response>> {
        if request.method == "GET" {
            return Err(Box::new(Response::greeting()));
        }
        let asked = request.read(self.account);
        asked.map(|asked| self.prepare(asked, host)).map_err(|error| Box::new(self.refuse(error).into()))
    }

    fn asked(&self, operation: &str, input: Value, region: Option<&str>, caller: Option<&str>) -> Result<Asked, Error> {
        let region = region.unwrap_or(DEFAULT_REGION);
        let region = Region::parse(region).ok_or_else(|| Error::combination(&format!("'{region}' is not a Region")))?;
        let caller = match caller {
            Some(text) => Caller::parse(text).ok_or_else(|| {
                Error::combination(&format!("'{text}' is neither an account id nor the ARN of a principal"))
            })?,
            None => Caller::root(self.account),
        };
        Ok(Asked { operation: operation.to_owned(), input, caller, region })
    }

    fn refuse(&self, error: Error) -> Answer {
        let request_id = uuid(lock(&self.host).random.array());
        Answer { reply: Err(error), request_id, reasons: Vec::new() }
    }

    fn prepare(&self, asked: Asked, host: Time) -> Call {
        let Asked { operation, input, caller, region } = asked;
        let (now, entropy) = {
            let mut host_state = lock(&self.host);
            (host_state.clock.now(host), host_state.random.array())
        };
        Call { operation, input, caller, region, now, entropy, answers: Answers::NeverAsk }
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
            lock(&self.host).enter(due, now, None);
        }
    }

    /// Applies the changes of a call, unless the state has moved on since it was decided.
    ///
    /// The journal is written before the state is let go: its order is that in which changes were applied.
    fn commit(&self, kms: &mut Kms, outcome: &Outcome, call: &Call) -> bool {
        let fresh = kms.apply(outcome.basis, &outcome.changes).is_ok();
        if fresh {
            lock(&self.host).enter(outcome.changes.clone(), call.now, Some(&call.operation));
        }
        fresh
    }

    /// The world's time.
    pub fn now(&self, host: Time) -> Time {
        lock(&self.host).clock.now(host)
    }

    /// Changes the clock, then settles what has fallen due.
    fn turn(&self, host: Time, change: impl FnOnce(&mut Clock)) {
        let now = {
            let mut host_state = lock(&self.host);
            change(&mut host_state.clock);
            host_state.clock.now(host)
        };
        self.settle(now);
    }

    /// Sets the clock.
    pub fn set_time(&self, time: Time, host: Time) {
        self.turn(host, |clock| clock.set(time, host));
    }

    /// Moves the clock forward.
    pub fn advance(&self, span: Span, host: Time) {
        self.turn(host, |clock| clock.advance(span, host));
    }

    /// Stops the clock.
    pub fn freeze(&self, host: Time) {
        self.turn(host, |clock| clock.freeze(host));
    }

    /// Whether the clock stands.
    pub fn is_frozen(&self) -> bool {
        lock(&self.host).clock.is_frozen()
    }

    /// Lets the clock run on.
    pub fn resume(&self, host: Time) {
        self.turn(host, |clock| clock.resume(host));
    }

    /// When something falls due next.
    pub fn next_deadline(&self) -> Option<Time> {
        self.read().next_deadline()
    }

    /// A second world that begins as this one is now, and shares nothing with it from then on.
    ///
    /// A seeded world stays reproducible; any other mixes in `entropy`.
    #[must_use]
    pub fn fork(&self, entropy: [u8; 32]) -> Self {
        let (kms, mut host) = (self.read().fork(), lock(&self.host));
        let entropy = host.next_entropy(entropy);
        let mut fork = Host::new(host.clock, Random::from_entropy(&entropy), host.seeded);
        fork.authority = host.authority;
        drop(host);
        Self::with(kms, fork, Some(self.account))
    }

    /// Writes the world as bytes, secrets sealed under `root_key`.
    ///
    /// # Errors
    /// Never for a world that this library has built.
    pub fn snapshot(&self, root_key: &[u8; 32], entropy: [u8; 32]) -> Result<Vec<u8>, SnapshotError> {
        let kms = self.read().fork();
        let mut host = lock(&self.host);
        let kept = Kept {
            clock: host.clock,
            entropy: host.next_entropy(entropy),
            authority: host.authority,
            roots: kms.trust().roots().map(ByteBuf::from).collect(),
            seeded: host.seeded,
            account: self.account,
        };
        let nonce = host.random.array();
        drop(host);
        let mut bytes = Zeroizing::new(Vec::new());
        ciborium::into_writer(&kept, &mut *bytes).map_err(|_| SnapshotError::Format)?;
        kms.snapshot(root_key, nonce, &bytes)
    }

    /// Reads a snapshot. A seeded world goes on where it was; any other mixes in `entropy`.
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are no snapshot or the root key does not open it.
    pub fn restore(
        bytes: &[u8],
        root_key: &[u8; 32],
        provider: CryptoProvider,
        entropy: [u8; 32],
    ) -> Result<Self, SnapshotError> {
        let (mut kms, kept) = Kms::restore(bytes, root_key, provider)?;
        let kept: Kept = ciborium::from_reader(Zeroizing::new(kept).as_slice()).map_err(|_| SnapshotError::Format)?;
        let mut host = Host::new(kept.clock, Random::from_entropy(&kept.entropy), kept.seeded);
        host.random = Random::from_entropy(&host.next_entropy(entropy));
        host.authority = kept.authority;
        let roots = kept.roots.iter().map(|root| root.as_slice());
        kms.set_trust(Trust::roots_of(roots).map_err(|_| SnapshotError::Format)?);
        Ok(Self::with(kms, host, Some(kept.account)))
    }

    /// Starts a simulated enclave. From the first one on, the world also believes the documents under a test root of
    /// its own, whose key nobody else has.
    ///
    /// # Errors
    /// [`CryptoError`] when there is no RSA key of the length that `spec` names.
    pub fn enclave(&self, spec: enclave::Spec) -> Result<Enclave, CryptoError> {
        self.start(|authority, provider, entropy| Enclave::start(spec, authority, provider, entropy))
    }

    /// The same with an RSA key that the host has generated: PKCS #8 in DER.
    ///
    /// # Errors
    /// [`CryptoError`] when it is no RSA key of the length that `spec` names.
    pub fn enclave_with(&self, spec: enclave::Spec, key: Zeroizing<Vec<u8>>) -> Result<Enclave, CryptoError> {
        self.start(|authority, provider, entropy| Enclave::with_key(spec, key, authority, provider, entropy))
    }

    fn start(
        &self,
        enclave: impl FnOnce(Authority, &CryptoProvider, &[u8; 32]) -> Result<Enclave, CryptoError>,
    ) -> Result<Enclave, CryptoError> {
        let (authority, entropy) = {
            let mut host = lock(&self.host);
            (host.authority, host.random.array())
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
        let keys = kms.state().keys_of(&description.material_id).map(|arn| Value::from(arn.to_string()));
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
        lock(&self.host).journal.iter().filter(|entry| entry.number > after).cloned().collect()
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Kms> {
        self.kms.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Kms> {
        self.kms.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A panic in another thread leaves no half-made state: changes are applied whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host {
    fn new(clock: Clock, random: Random, seeded: bool) -> Self {
        let authority = random.stream("attestation authority").array();
        Self { clock, random, authority, seeded, journal: VecDeque::new(), changes: 0 }
    }

    /// The entropy of a world that goes out from this one.
    fn next_entropy(&mut self, fresh: [u8; 32]) -> [u8; 32] {
        let own: [u8; 32] = self.random.array();
        if self.seeded { own } else { Sha256::digest([own, fresh].concat()).into() }
    }

    fn enter(&mut self, changes: Vec<Change>, time: Time, operation: Option<&str>) {
        for change in changes {
            self.changes += 1;
            let operation = operation.map(ToOwned::to_owned);
            self.journal.push_back(Entry { number: self.changes, time, operation, change });
        }
        let excess = self.journal.len().saturating_sub(JOURNAL_LENGTH);
        self.journal.drain(..excess);
    }
}

impl Entry {
    /// The entry as a value: `number`, `time`, `operation`, `table`, `key` and `row`. Secrets are never part of it.
    pub fn to_value(&self) -> Value {
        let change = serde_json::to_vec(&self.change).ok().and_then(|text| wire::from_json(&text).ok());
        let mut members = vec![
            ("number".to_owned(), Value::Int(i64::try_from(self.number).unwrap_or(i64::MAX))),
            ("time".to_owned(), Value::Time(self.time)),
            ("operation".to_owned(), self.operation.as_deref().map_or(Value::Null, Value::from)),
        ];
        if let Some(Value::Map(change)) = change {
            members.extend(change);
        }
        Value::Map(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{call, error::Exception, shapes::KeySpec};

    const START: Time = Time::from_millis(1_800_000_000_000);

    fn world() -> World {
        let options = Options { seed: Some(b"test".to_vec()), now: Some(START), ..Options::default() };
        World::new(options, CryptoProvider::default(), [0; 32])
    }

    fn call(world: &World, operation: &str, input: Value) -> Result<Value, Error> {
        world.call(operation, input, None, None, Time::default()).reply
    }

    fn text(value: &Value, path: &[&str]) -> String {
        let found = path.iter().try_fold(value, |value, name| value.member(name));
        found.and_then(Value::as_text).expect("a text").to_owned()
    }

    fn new_key(world: &World) -> String {
        let reply = call(world, "CreateKey", Value::Map(Vec::new())).expect("a key");
        text(&reply, &["KeyMetadata", "KeyId"])
    }

    fn encrypt(world: &World, key: &str) -> Result<Value, Error> {
        let input = [("KeyId", Value::from(key)), ("Plaintext", Value::Blob(b"hello".to_vec()))];
        call(world, "Encrypt", Value::from(input))
    }

    fn decrypt(world: &World, blob: &Value) -> Result<Value, Error> {
        call(world, "Decrypt", Value::from([("CiphertextBlob", blob.clone())]))
    }

    #[test]
    fn what_is_encrypted_is_decrypted() {
        let world = world();
        let sealed = encrypt(&world, &new_key(&world)).expect("a ciphertext");
        let opened = decrypt(&world, sealed.member("CiphertextBlob").expect("a blob")).expect("a plaintext");
        assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&b"hello"[..]));
    }

    #[test]
    fn seven_days_after_its_deletion_was_scheduled_a_key_is_gone() {
        let world = world();
        let key = new_key(&world);
        let sealed = encrypt(&world, &key).expect("a ciphertext");
        let window = [("KeyId", Value::from(key.as_str())), ("PendingWindowInDays", Value::Int(7))];
        call(&world, "ScheduleKeyDeletion", Value::from(window)).expect("a deletion date");
        world.advance(Span::from_days(7), Time::default());
        for refused in [encrypt(&world, &key), decrypt(&world, sealed.member("CiphertextBlob").expect("a blob"))] {
            assert_eq!(refused.expect_err("a refusal").exception, Exception::NotFoundException);
        }
        assert!(world.changes(0).iter().any(|entry| entry.operation.is_none()));
    }

    #[test]
    fn a_seeded_world_repeats_itself() {
        let replies = || {
            let world = world();
            let key = new_key(&world);
            let reply = encrypt(&world, &key).expect("a ciphertext");
            (key, reply)
        };
        assert_eq!(replies(), replies());
    }

    #[test]
    fn forks_go_their_own_ways() {
        let world = world();
        let fork = world.fork([0; 32]);
        let (here, there) = (new_key(&world), new_key(&fork));
        assert_ne!(here, there);
        assert!(encrypt(&world, &here).is_ok() && encrypt(&fork, &here).is_err());
    }

    #[test]
    fn a_snapshot_opens_with_its_root_key_alone() {
        let world = world();
        let sealed = encrypt(&world, &new_key(&world)).expect("a ciphertext");
        let bytes = world.snapshot(&[7; 32], [1; 32]).expect("a snapshot");
        let wrong = World::restore(&bytes, &[8; 32], CryptoProvider::default(), [2; 32]);
        assert_eq!(wrong.err(), Some(SnapshotError::RootKey));
        let again = World::restore(&bytes, &[7; 32], CryptoProvider::default(), [2; 32]).expect("a world");
        assert!(decrypt(&again, sealed.member("CiphertextBlob").expect("a blob")).is_ok());
    }

    #[test]
    fn the_journal_has_the_order_in_which_changes_were_applied() {
        let world = world();
        let key = new_key(&world);
        let describe = |text: &str| {
            let input = [("KeyId", Value::from(key.as_str())), ("Description", Value::from(text))];
            call(&world, "UpdateKeyDescription", Value::from(input)).expect("a description");
        };
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || (0..50).for_each(|turn| describe(&format!("{thread} {turn}"))));
            }
        });
        let mut replayed = Kms::default();
        let changes: Vec<Change> = world.changes(0).into_iter().map(|entry| entry.change).collect();
        replayed.replay(&changes);
        let rows = |kms: &Kms| kms.state().rows().map(|row| format!("{row:?}")).collect::<Vec<_>>();
        assert_eq!(rows(&replayed), rows(&world.read()));
    }

    /// The step of a call for a new RSA key, once the host has answered with these bytes.
    fn rsa_key_from(world: &World, answer: Option<&[u8]>) -> Progress {
        let input = [("KeySpec", Value::from("RSA_2048")), ("KeyUsage", Value::from("SIGN_VERIFY"))];
        let call = world.begin("CreateKey", Value::from(input), None, None, Time::default());
        let mut call = call.expect("the caller and the Region are read");
        call.answers = world.answers();
        if let (Answers::Given(answers), Some(bytes)) = (&mut call.answers, answer) {
            answers.push(call::Answer::GeneratedKey(bytes.to_vec().into()));
        }
        world.step(&call)
    }

    #[test]
    fn an_answer_that_is_no_key_of_the_spec_is_refused_and_changes_nothing() {
        let options = Options { now: Some(START), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        assert!(matches!(rsa_key_from(&world, None), Progress::Ask(Question::GenerateKey(KeySpec::Rsa2048))));
        let mut random = Random::from_entropy(&[3; 32]);
        let longer = CryptoProvider::default().rsa.generate(3072, &mut random).expect("a key");
        for foreign in [&b"garbage"[..], b"", &longer] {
            let Progress::Done(answer) = rsa_key_from(&world, Some(foreign)) else { panic!("asked twice") };
            let error = answer.reply.expect_err("a refusal");
            assert_eq!(error.exception, Exception::KMSInternalException);
            assert_eq!(error.message.as_deref(), Some(FOREIGN));
        }
        assert_eq!(world.changes(0).len(), 0);
    }

    const FOREIGN: &str = "The host was asked to generate a key, but its answer is no RSA_2048 key";

    #[test]
    fn a_seeded_world_never_asks() {
        assert!(matches!(rsa_key_from(&world(), None), Progress::Done(answer) if answer.reply.is_ok()));
    }

    #[test]
    fn an_http_request_is_answered() {
        let world = world();
        let authorization = "AWS4-HMAC-SHA256 Credential=000000000001/20261122/eu-west-1/kms/aws4_request, Signature=0";
        let headers = [("X-Amz-Target", "TrentService.CreateKey"), ("Authorization", authorization)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = Request { method: "POST".to_owned(), headers, body: b"{}".to_vec() };
        let response = world.http(&request, Time::default());
        let body = String::from_utf8(response.body).expect("text");
        assert_eq!(response.status, 200, "{body}");
        assert!(body.contains("arn:aws:kms:eu-west-1:000000000001:key/"), "{body}");
    }
}
