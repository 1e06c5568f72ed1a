//! The meter of what the proxies of external key stores were asked: how reliable they have been lately, and when they were
//! last asked how they are (CKS-156, CKS-167).

use serde::Serialize;

use super::{meters::Mark, tables::State};
use crate::{names::KeyStoreName, time::Time};

use rpds::RedBlackTreeMapSync as Sorted;

/// How long a request counts, in milliseconds: five minutes (CKS-155).
const WINDOW: i64 = 300_000;

/// The length of the spans in which requests are counted, in milliseconds.
const PIECE: i64 = 10_000;

/// From this many requests on, a share says something (CKS-156).
const ENOUGH: u64 = 20;

/// How many of a hundred requests must not have failed.
const RELIABLE: u64 = 99;

/// From one health check to the next, in milliseconds (CKS-167).
const BETWEEN_CHECKS: i64 = 300_000;

/// One request to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "a mark is what it is")]
pub struct ProxyUse {
    /// When the call arrived that made it.
    pub at: Time,
    /// Whether it ended in an error that may go away when it is tried again.
    pub failed: bool,
    /// Whether it was a health check that no call has made.
    pub check: bool,
}

/// What has been asked of one proxy.
#[derive(Clone, Debug)]
struct Level {
    last: ProxyUse,
    checked: Option<Time>,
    /// The number of each piece that is not forgotten, its requests, and those of them that failed.
    pieces: Vec<(i64, u32, u32)>,
}

/// What has been asked of all proxies.
#[derive(Clone, Debug, Default)]
pub(super) struct ProxyReliability {
    levels: Sorted<KeyStoreName, Level>,
}

impl Level {
    fn take(&mut self, one: ProxyUse) {
        self.last = one;
        if one.check {
            self.checked = self.checked.max(Some(one.at));
        }
        let (piece, failed) = (one.at.millis().div_euclid(PIECE), u32::from(one.failed));
        self.pieces.retain(|(of, _, _)| of.abs_diff(piece) <= WINDOW.unsigned_abs() / PIECE.unsigned_abs());
        match self.pieces.iter_mut().find(|(of, _, _)| *of == piece) {
            Some((_, all, bad)) => (*all, *bad) = (all.saturating_add(1), bad.saturating_add(failed)),
            None => self.pieces.push((piece, 1, failed)),
        }
    }

    fn is_reliable(&self, now: Time) -> bool {
        let (from, to) = ((now.millis() - WINDOW).div_euclid(PIECE), now.millis().div_euclid(PIECE));
        let lately = self.pieces.iter().filter(|(piece, _, _)| (from..=to).contains(piece));
        let (all, bad) =
            lately.fold((0, 0), |(all, bad), (_, more, worse)| (all + u64::from(*more), bad + u64::from(*worse)));
        all >= ENOUGH && (all - bad) * 100 >= RELIABLE * all
    }
}

impl ProxyReliability {
    /// Takes a request in.
    pub(super) fn take(&mut self, store: KeyStoreName, one: ProxyUse) {
        let mut level = match self.levels.get(&store) {
            Some(level) => level.clone(),
            None => Level { last: one, checked: None, pieces: Vec::new() },
        };
        level.take(one);
        self.levels.insert_mut(store, level);
    }

    /// Forgets a store that is gone.
    pub(super) fn forget(&mut self, store: &KeyStoreName) {
        self.levels.remove_mut(store);
    }

    /// The last request of each store.
    pub(super) fn rows(&self) -> impl Iterator<Item = Mark> + '_ {
        self.levels.iter().map(|(store, level)| Mark::ProxyRequests { key: *store, row: level.last })
    }

    /// Whether a proxy has been reliable in the last five minutes; where nobody knows, it has not.
    pub(super) fn is_reliable(&self, store: &KeyStoreName, now: Time) -> bool {
        self.levels.get(store).is_some_and(|level| level.is_reliable(now))
    }

    /// When a store was last asked how it is, by no call.
    pub(super) fn checked(&self, store: &KeyStoreName) -> Option<Time> {
        self.levels.get(store)?.checked
    }
}

/// What the state knows of health checks.
impl State {
    /// The external key stores that are connected and have not been checked for five minutes.
    pub(crate) fn due_checks<'a>(
        &'a self,
        checked: impl Fn(&KeyStoreName) -> Option<Time> + 'a,
        now: Time,
    ) -> impl Iterator<Item = KeyStoreName> + 'a {
        let is_due = move |store: &KeyStoreName| {
            checked(store).is_none_or(|last| now.millis() - last.millis() >= BETWEEN_CHECKS)
        };
        let stores = self.key_stores.iter().filter(move |(_, row)| row.external().is_some() && row.is_connected(now));
        stores.map(|(name, _)| *name).filter(is_due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> KeyStoreName {
        KeyStoreName::parse("111122223333/us-east-1/cks-1234567890abcdef0").expect("a name")
    }

    fn of_uses(uses: impl IntoIterator<Item = (i64, bool)>) -> ProxyReliability {
        let mut asked = ProxyReliability::default();
        for (at, failed) in uses {
            asked.take(store(), ProxyUse { at: Time::from_millis(at), failed, check: false });
        }
        asked
    }

    #[test]
    fn a_proxy_is_reliable_when_99_of_100_requests_were_well_in_five_minutes_and_20_were_made() {
        let reliable = |asked: &ProxyReliability, now| asked.is_reliable(&store(), Time::from_millis(now));
        assert!(!reliable(&ProxyReliability::default(), 0));
        assert!(!reliable(&of_uses((0..19).map(|at| (at, false))), 19));
        assert!(reliable(&of_uses((0..20).map(|at| (at, false))), 20));
        assert!(!reliable(&of_uses((0..20).map(|at| (at, at == 7))), 20));
        assert!(reliable(&of_uses((0..100).map(|at| (at, at == 7))), 100));
        assert!(!reliable(&of_uses((0..100).map(|at| (at, at == 7 || at == 8))), 100));
        let once = of_uses((0..20).map(|at| (at, false)));
        assert_eq!((reliable(&once, 300_000), reliable(&once, 310_000)), (true, false));
    }

    #[test]
    fn what_is_counted_does_not_grow() {
        let all = of_uses((0..100_000).map(|at| (at * 1000, false)));
        assert!(all.levels.get(&store()).expect("a level").pieces.len() <= 31);
    }
}
