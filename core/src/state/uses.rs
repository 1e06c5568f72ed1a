//! What is known of the use of one key: its last use, and what others see while that does not show yet.

use std::sync::Arc;

use super::meters::LastUse;
use crate::time::{Span, Time};

/// The uses of one key.
#[derive(Clone, Debug)]
pub(super) struct Uses {
    pub(super) last: LastUse,
    /// Earlier ones, in a world in which a use shows late.
    before: Option<Arc<Before>>,
}

/// Uses before the last one. Of those that no longer count and do not show yet, only the first is kept: a key that is in
/// use without end shows none that is older than twice the lag.
#[derive(Debug)]
struct Before {
    shown: Option<LastUse>,
    next: Option<LastUse>,
}

impl Uses {
    /// Those of a key that is used for the first time.
    pub(super) const fn new(last: LastUse) -> Self {
        Self { last, before: None }
    }

    /// Takes in one more use, in a world in which it shows after `lag`. Uses come in their order; one that comes too late
    /// does not count.
    pub(super) fn take(&mut self, used: LastUse, lag: Span) {
        if self.last.at > used.at {
            return;
        }
        self.before = (lag.millis() > 0).then(|| Arc::new(self.overtaken(used.at, lag)));
        self.last = used;
    }

    /// What others see when a use at this instant becomes the last one.
    fn overtaken(&self, by: Time, lag: Span) -> Before {
        let is_seen = |used: &LastUse| used.at.after(lag) <= by;
        let (shown, next) = self.before.as_ref().map_or((None, None), |before| (before.shown, before.next));
        if is_seen(&self.last) {
            return Before { shown: Some(self.last), next: None };
        }
        match next {
            None => Before { shown, next: Some(self.last) },
            Some(next) if is_seen(&next) => Before { shown: Some(next), next: Some(self.last) },
            Some(next) => Before { shown, next: Some(next) },
        }
    }

    /// The use that others see.
    pub(super) fn seen(&self, now: Time, lag: Span) -> Option<&LastUse> {
        let is_seen = |used: &&LastUse| used.at.after(lag) <= now;
        let before = self.before.as_ref().filter(|_| lag.millis() > 0);
        let next = || before.and_then(|before| before.next.as_ref().filter(is_seen));
        let shown = || before.and_then(|before| before.shown.as_ref());
        Some(&self.last).filter(|used| lag.millis() == 0 || is_seen(used)).or_else(next).or_else(shown)
    }

    /// All that are known, in their order: taken in again, they say the same.
    pub(super) fn all(&self) -> impl Iterator<Item = LastUse> {
        let before = self.before.iter().flat_map(|before| [before.shown, before.next]).flatten();
        before.chain([self.last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Ids, shapes::KeyLastUsageTrackingOperation};

    const LAG: Span = Span::from_millis(100);

    fn used(at: i64) -> LastUse {
        let ids = Ids::of(&[7; 32]);
        let (request_id, event_id) = (ids.request, ids.event);
        LastUse { operation: KeyLastUsageTrackingOperation::Encrypt, at: Time::from_millis(at), request_id, event_id }
    }

    fn uses(instants: &[i64], lag: Span) -> Uses {
        let mut uses = Uses::new(used(instants[0]));
        instants[1..].iter().for_each(|at| uses.take(used(*at), lag));
        uses
    }

    fn seen(uses: &Uses, now: i64, lag: Span) -> Option<i64> {
        uses.seen(Time::from_millis(now), lag).map(|used| used.at.millis())
    }

    #[test]
    fn a_use_shows_when_its_time_has_come_and_not_before() {
        let uses = uses(&[0, 500, 520], LAG);
        for (now, shown) in [(520, Some(0)), (599, Some(0)), (600, Some(500)), (619, Some(500)), (620, Some(520))] {
            assert_eq!(seen(&uses, now, LAG), shown, "at {now}");
        }
        assert_eq!(seen(&self::uses(&[0], LAG), 99, LAG), None);
        assert_eq!(seen(&self::uses(&[0, 500, 520], Span::from_millis(0)), 520, Span::from_millis(0)), Some(520));
    }

    #[test]
    fn a_key_that_is_in_use_without_end_shows_a_use_that_is_not_older_than_twice_the_lag() {
        let mut uses = Uses::new(used(0));
        for at in (7..5000).step_by(7) {
            uses.take(used(at), LAG);
            let shown = seen(&uses, at, LAG).unwrap_or_default();
            assert!(at - shown <= 2 * LAG.millis() + 7 && (shown == 0 || shown + LAG.millis() <= at), "{at}: {shown}");
        }
    }

    #[test]
    fn uses_that_are_taken_in_again_say_the_same() {
        for instants in [&[0, 10, 20, 130, 140, 260][..], &[0, 500, 510, 520], &[0, 10], &[3]] {
            let first = uses(instants, LAG);
            let all: Vec<i64> = first.all().map(|used| used.at.millis()).collect();
            let again = uses(&all, LAG);
            for now in instants[instants.len() - 1]..1000 {
                assert_eq!(seen(&again, now, LAG), seen(&first, now, LAG), "{instants:?} at {now}");
            }
        }
    }
}
