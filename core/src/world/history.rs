//! History: a world as it was.

use std::{collections::VecDeque, fmt, sync::Arc};

use zeroize::Zeroizing;

use super::{World, lock};
use crate::{clock::Clock, kms::Kms, time::Time};

/// A number of revisions for hosts that only say that they want history.
pub const HISTORY_LENGTH: usize = 10_000;

/// The states that a world has had, as far back as they are kept.
pub(super) struct History {
    kept: VecDeque<KeptState>,
    /// How many are kept; none where history is off.
    length: usize,
}

/// A state that is kept. It shares everything with those beside it that did not change between them.
#[derive(Clone)]
struct KeptState {
    revision: u64,
    /// When the state began, by the world's clock.
    since: Time,
    /// The latest instant that any state up to this one has seen: it never falls, whatever becomes of the clock.
    reached: Time,
    kms: Arc<Kms>,
}

/// Why a world cannot be given as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoHistory {
    /// History is off.
    Off,
    /// The time lies before everything that is kept, which begins at this instant; `None` where nothing is kept yet.
    Before(Option<Time>),
    /// The revision is not kept; those around it are, as far as there are any.
    Revision {
        /// The one before it.
        before: Option<u64>,
        /// The one behind it.
        behind: Option<u64>,
    },
}

impl fmt::Display for NoHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("the world keeps no history: turn it on when the world is made"),
            Self::Before(None) | Self::Revision { before: None, behind: None } => {
                f.write_str("the history of the world has not begun yet")
            }
            Self::Before(Some(oldest)) => write!(f, "the history of the world begins at {oldest}"),
            Self::Revision { before: Some(one), behind: Some(other) } => {
                write!(f, "that revision is not kept, or lies within a call: {one} and {other} are the nearest ones")
            }
            Self::Revision { before: Some(one), behind: None } => {
                write!(f, "the world has not come to that revision: the newest one is {one}")
            }
            Self::Revision { before: None, behind: Some(other) } => {
                write!(f, "the oldest revision that is kept is {other}")
            }
        }
    }
}

impl std::error::Error for NoHistory {}

impl History {
    /// The history of a world, of this many states.
    pub(super) const fn new(length: usize) -> Self {
        Self { kept: VecDeque::new(), length }
    }

    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Keeps a state that has begun at an instant.
    pub(super) fn keep(&mut self, since: Time, kms: &Arc<Kms>) {
        if self.length == 0 {
            return;
        }
        let reached = self.kept.back().map_or(since, |last| last.reached.max(since));
        let revision = kms.state().revision();
        self.kept.push_back(KeptState { revision, since, reached, kms: Arc::clone(kms) });
        let excess = self.kept.len().saturating_sub(self.length);
        self.kept.drain(..excess);
    }

    /// Keeps the state that a change is about to end, where none is kept: it is the first that history knows of.
    pub(super) fn begin(&mut self, now: Time, kms: &Arc<Kms>) {
        if self.kept.is_empty() {
            self.keep(now, kms);
        }
    }

    /// The last state that was reached by an instant.
    fn at(&self, time: Time) -> Result<KeptState, NoHistory> {
        let behind = self.kept.partition_point(|kept| kept.reached <= time);
        let kept = behind.checked_sub(1).and_then(|last| self.kept.get(last)).cloned();
        let oldest = self.kept.front().map(|kept| kept.since);
        kept.ok_or(if self.length == 0 { NoHistory::Off } else { NoHistory::Before(oldest) })
    }

    /// The state of a revision.
    fn at_revision(&self, revision: u64) -> Result<KeptState, NoHistory> {
        if self.length == 0 {
            return Err(NoHistory::Off);
        }
        let behind = self.kept.partition_point(|kept| kept.revision <= revision);
        let before = behind.checked_sub(1).and_then(|last| self.kept.get(last));
        let number = |kept: Option<&KeptState>| kept.map(|kept| kept.revision);
        let missing = NoHistory::Revision { before: number(before), behind: number(self.kept.get(behind)) };
        before.filter(|kept| kept.revision == revision).cloned().ok_or(missing)
    }
}

/// History (LIF-403 to LIF-408).
///
/// A world keeps none unless it is asked to: *its history has the secrets of then*, those of keys that were deleted and of
/// material that has expired among them, for as long as it reaches. A world that must forget does without; then nothing
/// older than now can be had.
impl World {
    /// Keeps the last `states` states from now on, and forgets older ones at once; none turns history off. See
    /// [`Options::history`](super::Options::history).
    pub fn keep_history(&self, states: usize) {
        let mut journal = lock(&self.journal);
        let excess = journal.history.kept.len().saturating_sub(states);
        journal.history.kept.drain(..excess);
        journal.history.length = states;
    }

    /// A fork of the world as it was at an instant of its clock, with everything settled that had fallen due by then, or
    /// as it will be at a later one if nobody calls it until then: that needs no history. The clock of the fork stands
    /// still at that instant. `entropy` is that of [`World::fork`].
    ///
    /// The last use of its keys is that of then as far as the marks reach that the journal keeps.
    ///
    /// Where the clock was set back, instants count as of the latest that the world had seen: what has changed since
    /// stands behind it.
    ///
    /// # Errors
    /// [`NoHistory`] for an instant before the oldest state that is kept.
    pub fn at(&self, time: Time, host_now: Time, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Result<Self, NoHistory> {
        self.seen_at(time, self.now(host_now), entropy.into())
    }

    /// The same, at an instant of the world's own clock.
    pub(super) fn seen_at(&self, time: Time, now: Time, entropy: Zeroizing<[u8; 32]>) -> Result<Self, NoHistory> {
        let seen = self.settled(now);
        let mut kms = if time < now {
            let journal = lock(&self.journal);
            let mut kms = journal.history.at(time)?.kms.fork();
            kms.mark(&journal.marked_until(time));
            kms
        } else {
            seen.fork()
        };
        kms.set_trust(seen.trust().clone());
        let fork = self.forked(kms, Some(Clock::Frozen(time)), entropy);
        drop(fork.settled(time));
        Ok(fork)
    }

    /// A fork of the world as it was right after a change, by its number: the last one of a call, or of what fell due at
    /// one instant. The clock of the fork stands still at that instant.
    ///
    /// # Errors
    /// [`NoHistory`] when the state is not kept, or never was.
    pub fn at_revision(&self, revision: u64, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Result<Self, NoHistory> {
        let kept = lock(&self.journal).history.at_revision(revision)?;
        let mut kms = kept.kms.fork();
        kms.set_trust(self.seen().trust().clone());
        Ok(self.forked(kms, Some(Clock::Frozen(kept.since)), entropy))
    }
}
