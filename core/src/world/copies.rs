//! Worlds that begin as another one is: forks, and snapshots that are read again.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    AuditOptions, World,
    audit::Recorder,
    entropy::{Entropy, Seed, mixed},
    faults::Faults,
    host::Host,
    lock, provider_for,
    recipe::RecipeSoFar,
    reset::Beginning,
    seed_of,
};
use crate::{
    attestation::Trust,
    audit::imported::Brought,
    call::Answerable,
    clock::Clock,
    crypto::{CryptoProvider, insecure_key_pool::InsecureKeyPool},
    kms::Kms,
    names::AccountId,
    state::SnapshotError,
    wire::{self, Base64, SecretBytes},
};

/// What a snapshot keeps beside the state.
#[derive(Serialize, Deserialize)]
struct HostState {
    clock: Clock,
    entropy: Base64,
    /// The chain of those who look, of a seeded world. Older snapshots have none: theirs begins anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    looks: Option<Base64>,
    /// How many have been drawn of the other one, where the recipe is kept, and the recipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipe: Option<(u64, RecipeSoFar)>,
    authority: Base64,
    roots: Vec<Base64>,
    seeded: bool,
    insecure_key_pool: Option<InsecureKeyPool>,
    account: AccountId,
    /// What is told of calls, as JSON text, and what was recorded, where snapshots are to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recorded: Option<(u64, Vec<String>)>,
}

impl World {
    /// A second world that begins as this one is now, and shares nothing with it from then on. Nothing moves in this
    /// one: it goes on as if it had not been forked.
    ///
    /// The randomness of a fork of a seeded world follows from what its parent has drawn so far: two forks of one moment
    /// do the same when they are asked the same, and make other keys than their parent does. Any other world mixes in
    /// `entropy`.
    #[must_use]
    pub fn fork(&self, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Self {
        self.forked(self.seen().fork(), None, entropy)
    }

    /// The recipe of a fork, if this world keeps its own.
    fn forked_recipe(&self, past: bool) -> Option<RecipeSoFar> {
        let mut kept = lock(self.keeps()?).clone();
        if past {
            kept.end("it is a fork of another one as that was at an earlier time");
        } else {
            kept.fork(lock(&self.host).entropy.drawn());
        }
        Some(kept)
    }

    /// A fork with another state or clock than those of now. It has none of the faults of this world (LIF-407), and its
    /// history begins with it.
    pub(super) fn forked(&self, kms: Kms, clock: Option<Clock>, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Self {
        let kept = self.forked_recipe(clock.is_some());
        let fork = {
            let host = lock(&self.host);
            let own = host.entropy.derived("fork");
            let seed = if host.seeded { own } else { mixed(&own, &entropy.into()) };
            Host {
                clock: clock.unwrap_or(host.clock),
                entropy: Entropy::new(seed),
                authority: host.authority.clone(),
                seeded: host.seeded,
                explain: host.explain,
                audit: host.audit,
                faults: Faults::default(),
                answerable: host.answerable,
            }
        };
        let (history, mut recorder) = {
            let journal = lock(&self.journal);
            (journal.history.length(), journal.recorder.clone())
        };
        if let Some(Clock::Frozen(now)) = clock {
            recorder.until(now);
        }
        Self::with(kms, fork, self.account, self.beginning.clone(), history, recorder, kept)
    }

    /// Writes the world as bytes, secrets sealed under `root_key`; with its records, if [`AuditOptions::in_snapshots`] says
    /// so. It draws nothing: the seal follows from the content.
    ///
    /// # Errors
    /// Never for a world that this library has built.
    pub fn snapshot(&self, root_key: &[u8; 32]) -> Result<Vec<u8>, SnapshotError> {
        let kms = self.seen();
        let audit = self.audit_options();
        let recorded = audit.in_snapshots.then(|| lock(&self.journal).recorder.texts());
        let audit = audit.in_snapshots.then(|| wire::to_json(&audit.to_value()));
        let recipe = self.keeps().map(|kept| lock(kept).clone());
        let room = (16 << 10) + recipe.as_ref().map_or(0, |recipe| Base64::length(recipe.length()));
        let kept = {
            let host = lock(&self.host);
            // A seeded world goes on as if nothing had been. What any other is still to draw nobody else shall know.
            let (link, looks) = host.entropy.links();
            let seed = if host.seeded { link.clone() } else { host.entropy.derived("snapshot") };
            HostState {
                clock: host.clock,
                entropy: Base64::from(&seed[..]),
                looks: host.seeded.then(|| Base64::from(&looks[..])),
                recipe: recipe.map(|recipe| (host.entropy.drawn(), recipe)),
                authority: Base64::from(&host.authority[..]),
                roots: kms.trust().roots().map(Base64::from).collect(),
                seeded: host.seeded,
                insecure_key_pool: kms.provider().insecure_key_pool,
                account: self.account,
                audit: audit.and_then(|text| String::from_utf8(text).ok()),
                recorded,
            }
        };
        // Growing would leave copies of what is secret behind.
        let mut bytes = SecretBytes::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *bytes, &kept).map_err(|_| SnapshotError::Format)?;
        kms.snapshot(root_key, &bytes)
    }

    /// Reads a snapshot. A seeded world goes on where it was, and draws what it would have drawn without the snapshot;
    /// any other mixes in `entropy`. It keeps no history: see [`World::keep_history`].
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are not a snapshot or the root key does not open it.
    pub fn restore(
        bytes: &[u8],
        root_key: &[u8; 32],
        provider: CryptoProvider,
        entropy: impl Into<Zeroizing<[u8; 32]>>,
    ) -> Result<Self, SnapshotError> {
        let (mut kms, kept) = Kms::restore(bytes, root_key, provider)?;
        let kept: HostState = serde_json::from_slice(&kept).map_err(|_| SnapshotError::Format)?;
        kms.set_provider(provider_for(provider, kept.seeded, kept.insecure_key_pool));
        let own = seed(&kept.entropy)?;
        let (drawn, recipe) = kept.recipe.map_or((0, None), |(drawn, recipe)| (drawn, Some(recipe)));
        let entropy = match &kept.looks {
            Some(looks) if kept.seeded => Entropy::resumed(own, seed(looks)?, drawn),
            None if kept.seeded => Entropy::new(own),
            _ => Entropy::new(mixed(&own, &entropy.into())),
        };
        let host = Host {
            clock: kept.clock,
            entropy,
            authority: seed(&kept.authority)?,
            seeded: kept.seeded,
            explain: false,
            audit: kept.audit.as_deref().map_or(Ok(AuditOptions::default()), audit)?,
            faults: Faults::default(),
            answerable: Answerable::NOTHING,
        };
        // The seed and the first time are kept with a recipe alone: any other world begins again from where it is.
        let (first, clock) = match recipe.as_ref().map(RecipeSoFar::beginning) {
            Some((seed, began)) => (Some(seed_of(seed)), began.map_or(kept.clock, Clock::Frozen)),
            None => (kept.seeded.then(|| host.entropy.derived("reset")), kept.clock),
        };
        let beginning = Beginning { seed: first, clock, trust: Trust::default(), explain: false };
        let roots = kept.roots.iter().map(|root| root.0.as_slice());
        kms.set_trust(Trust::roots_of(roots).map_err(|_| SnapshotError::Format)?);
        let mut recorder = Recorder::new(host.audit);
        recorder.begin(kms.state());
        if let Some((made, texts)) = &kept.recorded {
            recorder.bring(*made, Brought::read_own(texts).map_err(|_| SnapshotError::Format)?);
        }
        Ok(Self::with(kms, host, kept.account, beginning, 0, recorder, recipe))
    }
}

fn audit(text: &str) -> Result<AuditOptions, SnapshotError> {
    let options = wire::from_json(text.as_bytes()).map_err(|_| SnapshotError::Format)?;
    AuditOptions::default().with(&options).map_err(|_| SnapshotError::Format)
}

fn seed(kept: &Base64) -> Result<Seed, SnapshotError> {
    kept.0.as_slice().try_into().map(Zeroizing::new).map_err(|_| SnapshotError::Format)
}
