//! A world on which a recipe is tried, and what becomes of the tried one when it has gone well.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::{
    super::{
        World,
        audit::Recorder,
        entropy::Entropy,
        faults::Faults,
        history::History,
        host::{Host, end_of_time},
        journal::Journal,
        lock,
    },
    so_far::Done,
    steps::Performed,
};
use crate::{
    call::Answerable,
    error::Error,
    kms::Kms,
    time::{Span, Time},
};

impl World {
    /// A world beside this one that goes on from `kms`. It has a journal of its own, and none of the faults.
    pub(super) fn trial(&self, kms: Arc<Kms>) -> (Option<u64>, Self) {
        let (draw, host) = {
            let mut host = lock(&self.host);
            let (draw, seed) = host.entropy.numbered();
            let trial = Host {
                clock: host.clock,
                entropy: Entropy::new(seed),
                authority: host.authority.clone(),
                seeded: host.seeded,
                explain: false,
                audit: host.audit,
                faults: Faults::default(),
                // Nobody steps through a recipe: its calls ask no host.
                answerable: Answerable::NOTHING,
            };
            (draw, trial)
        };
        let audit = host.audit;
        let journal = Journal::new(kms.state().revision(), History::new(0), Recorder::new(audit));
        let trial = Self {
            kms: RwLock::new(kms),
            host: Mutex::new(host),
            journal: Mutex::new(journal),
            account: self.account,
            beginning: self.beginning.clone(),
            kept: None,
        };
        (draw, trial)
    }

    /// Becomes what the trial has become: its state, what its journal tells, and the time that has passed in it.
    ///
    /// # Errors
    /// That of [`World::advance`], when somebody has moved the clock meanwhile; nothing is taken over then.
    pub(super) fn adopt(
        &self,
        kms: &mut Arc<Kms>,
        trial: Self,
        performed: &Performed,
        done: &Done<'_>,
        host_now: Time,
    ) -> Result<(), Error> {
        let after = trial.kms.into_inner().unwrap_or_else(PoisonError::into_inner);
        let tried = trial.journal.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (before, now) = {
            let mut host = lock(&self.host);
            let before = host.clock.now(host_now);
            if performed.passed > Span::default() && host.clock.advance(performed.passed, host_now).is_none() {
                return Err(end_of_time());
            }
            (before, host.clock.now(host_now))
        };
        self.keep(before, done);
        self.keep_passed(now);
        let mut journal = lock(&self.journal);
        journal.history.begin(now, kms);
        *kms = after;
        journal.follow(&tried);
        journal.history.keep(now, kms);
        Ok(())
    }
}
