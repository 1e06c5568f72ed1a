//! What a host would otherwise have to keep beside the state: the clock, the entropy and the journal.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{World, journal::Journal, lock};
use crate::{
    clock::Clock,
    crypto::random::Random,
    time::{Span, Time},
};

/// What stands beside the state.
pub(super) struct Host {
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// What the test root of simulated enclaves is made from.
    pub(super) authority: Zeroizing<[u8; 32]>,
    pub(super) seeded: bool,
    pub(super) journal: Journal,
}

impl Host {
    pub(super) fn new(clock: Clock, random: Random, seeded: bool) -> Self {
        let authority = Zeroizing::new(random.stream("attestation authority").array());
        Self { clock, random, authority, seeded, journal: Journal::default() }
    }

    /// The entropy of a world that goes out from this one.
    pub(super) fn next_entropy(&mut self, fresh: [u8; 32]) -> [u8; 32] {
        let own: [u8; 32] = self.random.array();
        if self.seeded { own } else { Sha256::digest([own, fresh].concat()).into() }
    }
}

/// The clock of a world.
impl World {
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
}
