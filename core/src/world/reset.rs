//! A world that begins again.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    World,
    entropy::{Seed, mixed},
    history::History,
    host::Host,
    journal::Journal,
    lock,
};
use crate::{attestation::Trust, clock::Clock};

/// How a world began, and begins again.
#[derive(Clone)]
pub(super) struct Beginning {
    /// The seed of a seeded world.
    pub(super) seed: Option<Seed>,
    pub(super) clock: Clock,
    pub(super) trust: Trust,
    pub(super) explain: bool,
}

impl World {
    /// Begins again: without keys, with the clock and the seed that the world was made with. Its account and its
    /// cryptography stay; its faults go, and its history begins anew. A world without a seed mixes in `entropy`.
    ///
    /// Changes are counted on: whoever reads the journal learns that something was missed, and a decision that was taken
    /// before is taken again.
    pub fn reset(&self, entropy: impl Into<Zeroizing<[u8; 32]>>) {
        let Beginning { seed, clock, trust, explain } = self.beginning.clone();
        let seeded = seed.is_some();
        let mut kms = self.write();
        let mut host = lock(&self.host);
        let seed = seed.unwrap_or_else(|| mixed(&host.entropy.derived("reset"), &entropy.into()));
        *host = Host { explain, audit: host.audit, answerable: host.answerable, ..Host::new(clock, seed, seeded) };
        let empty = kms.anew(trust);
        let empty = Arc::new(empty);
        if let Some(kept) = self.keeps() {
            let mut kept = lock(kept);
            kept.begin(if let Clock::Frozen(now) = clock { Some(now) } else { None });
            kept.trust(&self.beginning.trust);
        }
        let mut journal = lock(&self.journal);
        let history = History::new(journal.history.length());
        let recorder = journal.recorder.emptied();
        *journal = Journal::new(empty.state().revision(), history, recorder);
        if let Clock::Frozen(now) = clock {
            journal.history.keep(now, &empty);
        }
        *kms = empty;
    }
}
