//! The world's clock: it runs with the host's or is frozen, and moves when its owner sets it.
//!
//! It may be set back, and the host's own clock may fall back: both are harmless, since what has happened stays. See
//! [`World::set_time`](crate::World::set_time).

use serde::{Deserialize, Serialize};

use crate::time::{Span, Time};

/// Turns the host's time into the world's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Clock {
    /// It runs with the host's clock, ahead by this many milliseconds.
    Running(i64),
    /// It is frozen at this time.
    Frozen(Time),
}

impl Default for Clock {
    fn default() -> Self {
        Self::Running(0)
    }
}

impl Clock {
    /// The world's time when the host's clock shows `host_now`.
    pub(crate) const fn now(&self, host_now: Time) -> Time {
        match self {
            Self::Running(ahead) => Time::from_millis(host_now.millis().saturating_add(*ahead)),
            Self::Frozen(time) => *time,
        }
    }

    /// Sets the clock; it stays running or frozen.
    pub(crate) const fn set(&mut self, time: Time, host_now: Time) {
        *self = match self {
            Self::Running(_) => Self::Running(time.millis().saturating_sub(host_now.millis())),
            Self::Frozen(_) => Self::Frozen(time),
        };
    }

    /// Moves the clock forward; it stays running or frozen. `None` where it would leave the year 9999: then it stays
    /// where it is.
    pub(crate) fn advance(&mut self, span: Span, host_now: Time) -> Option<()> {
        let then = Time::within_years(self.now(host_now).millis().checked_add(span.millis())?)?;
        self.set(then, host_now);
        Some(())
    }

    /// Freezes the clock where it is.
    pub(crate) const fn freeze(&mut self, host_now: Time) {
        *self = Self::Frozen(self.now(host_now));
    }

    /// Lets the clock run on from where it is.
    pub(crate) const fn resume(&mut self, host_now: Time) {
        *self = Self::Running(self.now(host_now).millis().saturating_sub(host_now.millis()));
    }

    /// Whether the clock is frozen.
    pub(crate) const fn is_frozen(&self) -> bool {
        matches!(self, Self::Frozen(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: Time = Time::from_millis(1_000);
    const LATER: Time = Time::from_millis(1_500);

    #[test]
    fn a_running_clock_keeps_its_lead() {
        let mut clock = Clock::default();
        clock.advance(Span::from_days(1), HOST).expect("a day");
        assert_eq!(clock.now(LATER), LATER.after(Span::from_days(1)));
    }

    #[test]
    fn no_clock_leaves_the_year_9999() {
        for mut clock in [Clock::default(), Clock::Frozen(HOST)] {
            assert_eq!(clock.advance(Span::from_millis(Time::LAST.millis()), HOST), None);
            assert_eq!(clock.advance(Span::from_millis(i64::MAX), HOST), None);
            assert_eq!(clock.now(HOST), HOST);
            let rest = Span::from_millis(Time::LAST.millis() - HOST.millis());
            assert_eq!(clock.advance(rest, HOST), Some(()));
            assert_eq!(clock.now(LATER), Time::LAST);
        }
    }

    #[test]
    fn a_frozen_clock_moves_when_told_to_alone() {
        let mut clock = Clock::default();
        clock.freeze(HOST);
        assert_eq!(clock.now(LATER), HOST);
        clock.advance(Span::from_millis(7), LATER).expect("an instant");
        assert_eq!(clock.now(LATER), Time::from_millis(1_007));
        clock.resume(LATER);
        assert_eq!(clock.now(Time::from_millis(1_600)), Time::from_millis(1_107));
    }
}
