//! The path of a call: ten steps, one function.

use std::{fmt, mem};

use crate::{
    access::{self, Action, Check, Decision},
    attestation::{Attestation, Trust},
    call::{Call, Stop},
    crypto::{CryptoProvider, random::Random},
    error::Error,
    names::uuid,
    operations::{self, Execution, Operation, Reach, Recipient, Resolver, Subject, schedule},
    state::{self, Change, Draft, Happened, SnapshotError, State},
    time::Time,
    wire::{SecretBytes, Typed, Value},
};

/// A world of KMS: all accounts, Regions and partitions of one simulated AWS.
#[derive(Clone)]
pub struct Kms {
    state: State,
    provider: CryptoProvider,
    trust: Trust,
}

impl fmt::Debug for Kms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Kms");
        shown.field("revision", &self.state.revision()).field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// What a decision comes to.
#[derive(Debug)]
pub enum Step {
    /// The call is decided.
    Done(Box<Outcome>),
    /// The host must answer first; then the same call is to be decided again with the answer in it.
    Ask(crate::call::Question),
}

/// Everything that follows from a call.
#[derive(Debug)]
pub struct Outcome {
    /// The reply, or the exception.
    pub reply: Result<Value, Error>,
    /// What changes; nothing when the call is refused.
    pub changes: Vec<Change>,
    /// The revision of the state that the decision has seen.
    pub basis: u64,
    /// The id by which AWS would name the request.
    pub request_id: String,
    /// Why the caller was denied.
    pub reasons: Vec<Decision>,
    /// The attestation document of the request, when it is valid; audit records tell of it (P6-113).
    pub attestation: Option<Attestation>,
}

/// What is trail about a call, besides its reply.
#[derive(Default)]
struct Trail {
    reasons: Vec<Decision>,
    attestation: Option<Attestation>,
}

/// What time has brought.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settled {
    /// What fell due, each thing at its own instant; nothing when all is settled.
    pub happened: Vec<Happened>,
    /// What has changed by it.
    pub changes: Vec<Change>,
    /// The revision that the state had before.
    pub basis: u64,
}

/// The changes were decided on another state than this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

impl Default for Kms {
    fn default() -> Self {
        Self::new(CryptoProvider::default())
    }
}

impl Kms {
    /// An empty world.
    pub fn new(provider: CryptoProvider) -> Self {
        Self { state: State::default(), provider, trust: Trust::default() }
    }

    /// Decides a call. Nothing changes: the outcome says what would.
    pub fn decide(&self, call: &Call) -> Step {
        let mut random = Random::from_entropy(&call.entropy);
        let request_id = uuid(random.array());
        let mut trail = Trail::default();
        let (reply, changes) = match self.steps(call, random, &mut trail) {
            Ok((reply, changes)) => (Ok(reply), changes),
            Err(Stop::Refuse(error)) => (Err(error), Vec::new()),
            Err(Stop::Ask(question)) => return Step::Ask(question),
        };
        let Trail { reasons, attestation } = trail;
        Step::Done(Box::new(Outcome { reply, changes, basis: self.state.revision(), request_id, reasons, attestation }))
    }

    /// The ten steps of a request. Their order is observable behaviour of AWS: cases pin it.
    fn steps(&self, call: &Call, random: Random, trail: &mut Trail) -> Result<(Value, Vec<Change>), Stop> {
        // 1. Find the row of the operation.
        let operation = Operation::find(&call.operation)?;
        // 2. Check the shape of the request: its size and depth, then all violations at once.
        call.input.admit()?;
        let request = operation.read(&call.input)?;
        // 3. Settle what has fallen due by the call's own time.
        let mut draft = Draft::new(&self.state);
        schedule::settle(&mut draft, call.now, usize::MAX);
        // 4. Resolve the keys that the request names.
        let subjects = request.subjects(&Resolver::new(operation, call, &draft))?;
        // 5. Authorize: one check for each key, with what the caller attests to.
        let recipient = Recipient::of(operation, call, &self.trust, &self.provider);
        trail.attestation = recipient.attestation().cloned();
        Self::authorize(operation, request.typed(), &subjects, call, &draft, trail)?;
        // 6. Gate by key state and key usage.
        for subject in &subjects {
            operations::gate(operation, subject, draft.state(), call.now)?;
        }
        // 7. A dry run ends inside of the handler, once it has checked its parameters;
        // 8. perform: the family's handler, which may stop with a question.
        let mut execution = Execution::new(operation, call, &self.provider, draft, random, subjects, recipient);
        let reply = request.perform(&mut execution)?;
        execution.end_of_dry_run()?;
        // 9. Record: the draft holds the list of changes.
        Ok((reply, execution.draft.finish().0))
    }

    fn authorize(
        operation: &Operation,
        request: &dyn Typed,
        subjects: &[Subject],
        call: &Call,
        draft: &Draft<'_>,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        let on_same_key = match subjects {
            [from, to] if from.action == Action::ReEncryptFrom => Some(from.arn == to.arn),
            _ => None,
        };
        for subject in subjects.iter().filter(|subject| subject.action.is_on_key()) {
            let check = Check {
                action: subject.action,
                request,
                arn: subject.arn,
                key: subject.row.as_deref(),
                policy: subject.row.as_ref().and_then(|_| draft.state().policy_of(&subject.arn)).map(AsRef::as_ref),
                alias: subject.alias.as_ref(),
                by_ciphertext: subject.by_ciphertext,
                on_same_key,
                crosses_accounts: operation.reach == Reach::AnyAccount,
                attestation: trail.attestation.as_ref(),
            };
            if let Err(denial) = access::authorize(&check, call) {
                let (error, decision) = *denial;
                trail.reasons.push(decision);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Applies changes that were decided on this very state.
    ///
    /// # Errors
    /// [`Stale`] when the state has moved on since; the call must be decided again.
    pub fn apply(&mut self, basis: u64, changes: &[Change]) -> Result<(), Stale> {
        if basis != self.state.revision() {
            return Err(Stale);
        }
        for change in changes {
            self.state.apply(change);
        }
        Ok(())
    }

    /// Decides a call and applies what follows from it, after what has fallen due before it.
    pub fn call(&mut self, call: &Call) -> Step {
        let due = self.due(call.now);
        self.replay(&due);
        let step = self.decide(call);
        if let Step::Done(outcome) = &step {
            self.replay(&outcome.changes);
        }
        step
    }

    /// Applies changes from a journal, whatever state they were decided on.
    pub fn replay(&mut self, changes: &[Change]) {
        for change in changes {
            self.state.apply(change);
        }
    }

    /// What time brings: the changes that have fallen due by `now` and are not applied yet.
    pub fn due(&self, now: Time) -> Vec<Change> {
        let mut draft = Draft::new(&self.state);
        schedule::settle(&mut draft, now, usize::MAX);
        draft.finish().0
    }

    /// Applies what has fallen due by `now`, in the order in which it did, but no more than `at_most` things: a host that
    /// holds a lock meanwhile holds it for a moment, and comes back for the rest.
    ///
    /// It asks nobody and needs no entropy: in one step or in many, the state comes to the same.
    pub fn settle(&mut self, now: Time, at_most: usize) -> Settled {
        let basis = self.state.revision();
        let nothing = State::default();
        let mut draft = Draft::in_place(mem::take(&mut self.state), &nothing);
        let happened = schedule::settle(&mut draft, now, at_most);
        let (changes, after) = draft.finish();
        self.state = after.unwrap_or_default();
        Settled { happened, changes, basis }
    }

    /// When something falls due next.
    pub fn next_deadline(&self) -> Option<Time> {
        schedule::next_deadline(&self.state)
    }

    /// A second world that begins as this one is now; it costs a few reference counts.
    #[must_use]
    pub fn fork(&self) -> Self {
        self.clone()
    }

    /// The state, to be read.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The cryptography in use.
    pub const fn provider(&self) -> &CryptoProvider {
        &self.provider
    }

    /// Sets the cryptography to use from now on; like the trust, it is no part of the state.
    pub const fn set_provider(&mut self, provider: CryptoProvider) {
        self.provider = provider;
    }

    /// Whose attestation documents are believed.
    pub const fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Sets whose attestation documents are believed; without it, those under the root of AWS. It is no part of the
    /// state: a host that forks keeps it, one that restores a snapshot sets it again.
    pub fn set_trust(&mut self, trust: Trust) {
        self.trust = trust;
    }

    /// Writes the world as bytes, secrets and `host` sealed under `root_key`.
    ///
    /// # Errors
    /// Never for a world that this library has built.
    pub fn snapshot(&self, root_key: &[u8; 32], host: &[u8]) -> Result<Vec<u8>, SnapshotError> {
        state::snapshot(&self.state, root_key, host)
    }

    /// Reads a snapshot, and what the host had sealed with it.
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are no snapshot or the root key does not open it.
    pub fn restore(
        bytes: &[u8],
        root_key: &[u8; 32],
        provider: CryptoProvider,
    ) -> Result<(Self, SecretBytes), SnapshotError> {
        let (state, host) = state::restore(bytes, root_key)?;
        Ok((Self { state, provider, trust: Trust::default() }, host))
    }
}
