//! Where an operation is performed: the call, its draft of the state, the keys it is about, and its randomness.

use std::cell::RefCell;

use super::{
    Operation, Recipient,
    keys::offered,
    resolve::Subject,
    states::{gate, gate_state},
};
use crate::{
    access::{self, Action, Answer, Check, Checked, Decision, Identity, Resource},
    algorithms::{self, Family, Row},
    call::{Call, HostAnswer, Question, Stop},
    crypto::{CryptoError, CryptoProvider, random::Random},
    error::Error,
    external::{Asker, ProxyTraffic},
    ids::Ids,
    material::{Material, MaterialId, Scheduled},
    names::KeyArn,
    state::{Draft, Happened, Key, Meters, RegionalKey, SecretName, State},
    wire::{SecretBytes, Typed},
};

/// The last bytes of the public key of every RSA key that KMS makes: the exponent 65537 in DER.
const PUBLIC_EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// Everything that a handler works with. A handler records changes in the draft and mutates nothing else.
pub(crate) struct Execution<'a> {
    /// The call.
    pub(crate) call: &'a Call,
    /// The row of the operation.
    pub(crate) operation: &'static Operation,
    /// The cryptography to use.
    pub(crate) provider: &'a CryptoProvider,
    /// What follows from plain use.
    pub(crate) meters: &'a Meters,
    /// The state as this call sees it.
    pub(crate) draft: Draft<'a>,
    /// The generator that the call's entropy seeds.
    pub(crate) random: Random,
    /// The keys that the call is about, in the order in which they are checked.
    pub(crate) subjects: &'a [Subject],
    /// Who is to read the answer, if not the caller.
    pub(crate) recipient: Recipient,
    /// Whether the call only asks what would happen.
    pub(crate) dry_run: bool,
    /// What the call has let happen that was due already (LIF-119).
    pub(crate) caught_up: Option<Box<Happened>>,
    /// The rotation that the call has asked for and that was complete at once.
    pub(crate) completed: Option<Box<Happened>>,
    /// The checks that the handler has made by itself.
    pub(crate) further: FurtherChecks,
    /// The requests to proxies, and what has become of them.
    pub(crate) traffic: RefCell<ProxyTraffic>,
}

/// The checks that follow those of the keys that a request names: a handler asks them once it knows what they are on.
#[derive(Default)]
pub(crate) struct FurtherChecks {
    /// How they were decided, as far as a trail tells it.
    pub(crate) decisions: Vec<Decision>,
    /// The keys that they were on and that the caller may use.
    pub(crate) subjects: Vec<Subject>,
    /// What was asked, for a call that is recorded.
    pub(crate) checks: Vec<Checked>,
    /// Whether one of them has refused the call.
    pub(crate) refused: bool,
}

impl FurtherChecks {
    /// Keeps what a check has come to.
    fn note(&mut self, answer: Answer) -> Result<(), Error> {
        let refused = answer.map(|decision| self.decisions.extend(decision));
        refused.map_err(|denial| {
            let (error, decision) = *denial;
            self.decisions.push(decision);
            self.refused = true;
            error
        })
    }
}

impl Execution<'_> {
    /// The key that the call is about.
    pub(crate) fn subject(&self) -> Result<Subject, Error> {
        self.nth_subject(0)
    }

    /// One of several keys that the call is about.
    pub(crate) fn nth_subject(&self, place: usize) -> Result<Subject, Error> {
        self.subjects.get(place).cloned().ok_or_else(|| Error::internal("the operation names no key"))
    }

    /// Ends a dry run: everything has been checked, nothing has been done (P3-315).
    pub(crate) fn end_of_dry_run(&self) -> Result<(), Error> {
        if self.dry_run { Err(Error::dry_run()) } else { Ok(()) }
    }

    /// Who asks the proxies of external key stores for this call.
    pub(crate) fn asker(&self) -> Asker<'_> {
        Asker {
            call: self.call,
            kms_operation: self.operation.name,
            request_id: Ids::of(&self.call.entropy).request,
            state: self.draft.state(),
            meters: self.meters,
            provider: self.provider,
            random: &self.random,
            traffic: &self.traffic,
        }
    }

    /// Asks the origin, usage and state of a key that is left to the handler.
    pub(crate) fn gate(&self, subject: &Subject) -> Result<(), Error> {
        gate(self.operation, subject, self.draft.state(), self.call.now)
    }

    /// Asks the state of a key that is left to the handler.
    pub(crate) fn gate_state(&self, subject: &Subject) -> Result<(), Error> {
        gate_state(self.operation, subject, self.draft.state(), self.call.now)
    }

    /// Asks the policy of one more key, in its own Region, for the operation's action.
    pub(crate) fn authorize(&mut self, subject: &Subject, request: &dyn Typed) -> Result<(), Error> {
        let state = self.draft.state();
        let check = subject.check(self.operation, request, state);
        let identity = Identity::of_call(self.call, state);
        let answer = access::authorize(&check, &identity, self.call, state, &mut self.further.checks);
        self.further.note(answer)?;
        self.further.subjects.push(subject.clone());
        Ok(())
    }

    /// Asks the caller's account for what it takes to make the replica of a key in another Region. It is known already
    /// what that key will be.
    pub(crate) fn authorize_replica(
        &mut self,
        action: Action,
        resource: Resource,
        request: &dyn Typed,
    ) -> Result<(), Error> {
        let key = self.subject()?.row;
        let check = Check { key: key.as_deref(), ..Check::without_key(action, request, resource) };
        let state = self.draft.state();
        let identity = Identity::of_call(self.call, state);
        let answer = access::authorize(&check, &identity, self.call, state, &mut self.further.checks);
        self.further.note(answer)
    }

    /// Checks that a key has the algorithm that a request names, of whatever kind.
    pub(crate) fn check_algorithm(&self, key: &Key, algorithm: &str) -> Result<(), Error> {
        let has = offered(key.spec, self)?.algorithms(key.usage).is_some_and(|all| all.has(algorithm));
        if has { Ok(()) } else { Err(Error::algorithm(algorithm, key.spec)) }
    }

    /// The current key material of a key.
    pub(crate) fn current(&self, key: &Key) -> Result<(MaterialId, Material), Error> {
        let current = key.current().ok_or_else(|| Error::internal("a usable key has no material"))?;
        Ok((current, self.material(current, key)?))
    }

    /// Key material that a usable key is known to hold.
    pub(crate) fn material(&self, id: MaterialId, key: &Key) -> Result<Material, Error> {
        let held = held(id, key, self.draft.state(), self.provider);
        held.ok_or_else(|| Error::internal("key material is lost"))
    }

    /// New material of a KMS key; the host may be asked to generate it.
    pub(crate) fn new_material(&mut self, arn: KeyArn, row: &Row) -> Result<Material, Stop> {
        match (&self.provider.insecure_key_pool, row.material.family()) {
            (Some(pool), Family::Rsa(bits)) => {
                // Names of secrets are never forgotten: no two keys of a world find the same number of them.
                let place = self.draft.state().secrets.size() as u64;
                let made = pool.rsa(bits, place).map(|bytes| Material::from_bytes(row.material, bytes));
                Ok(made.map_err(|_| Error::internal("the pool has no such key"))?)
            }
            _ => self.new_key_pair(arn, row),
        }
    }

    /// A new key pair for use outside of KMS; the host may be asked to generate it.
    pub(crate) fn new_key_pair(&mut self, arn: KeyArn, row: &Row) -> Result<Material, Stop> {
        self.generated(&["key material ", &arn.text()].concat(), row)
    }

    /// A new key pair under which key material for a key is wrapped; the host may be asked to generate it.
    pub(crate) fn new_wrapping_key(&mut self, arn: KeyArn, row: &Row) -> Result<Material, Stop> {
        self.generated(&["wrapping key ", &arn.text()].concat(), row)
    }

    /// Material from the call's randomness, or from the host's answer.
    fn generated(&self, label: &str, row: &Row) -> Result<Material, Stop> {
        if self.is_slow(row)
            && let Ok(HostAnswer::GeneratedKey(bytes)) = self.call.answers.to(Question::GenerateKey(row.spec))?
        {
            let made = self.generated_by_host(row, bytes.clone());
            return Ok(made.map_err(|_| Error::foreign_key(row.spec.as_str()))?);
        }
        let made = Material::generate(row.material, self.provider, &mut self.random.stream(label));
        Ok(made.map_err(|_| Error::internal("a key could not be generated"))?)
    }

    /// An RSA key that the host has generated.
    fn generated_by_host(&self, row: &Row, bytes: SecretBytes) -> Result<Material, CryptoError> {
        let made = Material::import(row.material, bytes, self.provider)?;
        let public = made.public_key_der(self.provider)?;
        if public.ends_with(&PUBLIC_EXPONENT) { Ok(made) } else { Err(CryptoError) }
    }

    /// Whether a host that can be asked may well know a faster way.
    fn is_slow(&self, row: &Row) -> bool {
        row.is_slow_to_generate() && self.provider.insecure_key_pool.is_none()
    }

    /// Lets the rotation happen that the key has missed (LIF-57, LIF-61).
    pub(crate) fn catch_up(&mut self) -> Result<(), Stop> {
        let arn = self.subject()?.arn;
        self.caught_up = self.draft.catch_up(arn, self.call.now).map(Box::new);
        Ok(())
    }

    /// Records what a key has of its own as it is after `edit`.
    pub(crate) fn edit(&mut self, edit: impl FnOnce(&mut RegionalKey)) -> Result<(), Stop> {
        let arn = self.subject()?.arn;
        self.draft.edit_key(arn, edit);
        Ok(())
    }
}

/// Key material as a key holds it, if it does. What a schedule has made is computed when it is wanted.
pub(crate) fn held(id: MaterialId, key: &Key, state: &State, provider: &CryptoProvider) -> Option<Material> {
    let region = key.own().region;
    if let Some(material) = state.material(id, region) {
        return Some(material.clone());
    }
    let Scheduled { seed, .. } = id.as_scheduled()?;
    let secret = state.secret(&SecretName::RotationSeed(key.lineage(), seed))?;
    let kind = algorithms::row(key.spec, region.partition())?.material;
    Material::scheduled(kind, secret.expose(), &id, provider).ok()
}
