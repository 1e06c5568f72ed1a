//! What a host would otherwise have to keep beside the state: the clock and the entropy.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    AuditOptions, World,
    entropy::{Entropy, Seed, mixed},
    faults::Faults,
    lock,
};
use crate::{
    call::Answerable,
    clock::Clock,
    crypto::random::Random,
    error::Error,
    time::{Span, Time},
};

/// What stands beside the state.
pub(super) struct Host {
    pub(super) clock: Clock,
    pub(super) entropy: Entropy,
    /// What the test root of simulated enclaves is made from.
    pub(super) authority: Seed,
    pub(super) seeded: bool,
    /// Whether replies tell why the caller was allowed.
    pub(super) explain: bool,
    pub(super) faults: Faults,
    /// What is told of calls.
    pub(super) audit: AuditOptions,
    /// What the host can be asked.
    pub(super) answerable: Answerable,
}

impl Host {
    pub(super) fn new(clock: Clock, seed: Seed, seeded: bool) -> Self {
        let authority = Zeroizing::new(Random::from_entropy(&seed).stream("attestation authority").array());
        let (entropy, faults, answerable) = (Entropy::new(seed), Faults::default(), Answerable::NOTHING);
        let audit = AuditOptions::default();
        Self { clock, entropy, authority, seeded, explain: false, faults, audit, answerable }
    }
}

/// What the host of a world answers.
impl World {
    /// Says which kinds of question the host answers from now on: see [`World::answers`]. Forks that are made later have the
    /// same host.
    pub fn host_answers(&self, can: Answerable) {
        lock(&self.host).answerable = can;
    }
}

/// The randomness of a world.
impl World {
    /// Mixes `entropy` into what is still to be drawn. A host calls this in a process that has begun as a copy of another
    /// one: without it both would draw the same keys and the same nonces. A seeded world goes on as its seed says.
    pub fn reseed(&self, entropy: impl Into<Zeroizing<[u8; 32]>>) {
        let mut host = lock(&self.host);
        if !host.seeded {
            host.entropy = Entropy::new(mixed(&host.entropy.derived("reseed"), &entropy.into()));
        }
    }
}

/// The refusal of a clock that would leave the year 9999.
pub(super) fn end_of_time() -> Error {
    Error::argument(&format!("the clock ends at {}: it cannot advance as far as that", Time::LAST))
}

/// The clock of a world.
impl World {
    /// The world's time.
    pub fn now(&self, host_now: Time) -> Time {
        lock(&self.host).clock.now(host_now)
    }

    /// Changes the clock, then settles what has fallen due. Seconds that come again have their requests again.
    fn change_clock<T>(&self, host_now: Time, change: impl FnOnce(&mut Clock) -> T) -> T {
        let (changed, before, now) = {
            let mut host = lock(&self.host);
            let before = host.clock.now(host_now);
            (change(&mut host.clock), before, host.clock.now(host_now))
        };
        if now < before {
            if let Some(kept) = self.keeps() {
                let mut kept = lock(kept);
                kept.reach(before);
                kept.reach(now);
            }
            Arc::make_mut(&mut self.write()).forget_requests();
        }
        drop(self.settled(now));
        changed
    }

    /// Sets the clock, forward or back.
    ///
    /// To set it back is harmless: what has happened stays. A key that was deleted does not come back, nor does material
    /// that has expired; a rotation that has happened neither goes away nor happens twice, and the next one stays due at
    /// its instant; whatever is to fall due does so when the clock comes to its instant. The last use of a key is the
    /// latest that it ever had. An import token is good until its own instant, and so may be good again. History counts
    /// what is changed then as of the latest instant that the world had seen.
    pub fn set_time(&self, time: Time, host_now: Time) {
        self.change_clock(host_now, |clock| clock.set(time, host_now));
    }

    /// Moves the clock forward.
    ///
    /// # Errors
    /// A `ValidationException` with a sentence of ours, when the clock would leave the year 9999; it stays where it is.
    pub fn advance(&self, span: Span, host_now: Time) -> Result<(), Error> {
        self.change_clock(host_now, |clock| clock.advance(span, host_now)).ok_or_else(end_of_time)
    }

    /// Stops the clock.
    pub fn freeze(&self, host_now: Time) {
        self.change_clock(host_now, |clock| clock.freeze(host_now));
    }

    /// Whether the clock stands.
    pub fn is_frozen(&self) -> bool {
        lock(&self.host).clock.is_frozen()
    }

    /// Lets the clock show what the host's shows.
    pub fn follow(&self, host_now: Time) {
        self.change_clock(host_now, |clock| *clock = Clock::default());
    }

    /// Lets the clock run on.
    pub fn resume(&self, host_now: Time) {
        self.change_clock(host_now, |clock| clock.resume(host_now));
    }
}
