//! The meter of requests: how full the buckets are out of which calls are paid (LIF-322 to LIF-336).

use std::fmt;

use foldhash::fast::FixedState;
use rpds::HashTrieMapSync;
use serde::{Serialize, Serializer};

use super::meters::Mark;
use crate::{
    names::{AccountId, KeyArn, KeyStoreName, Region},
    order::sorted,
    quotas::RequestQuota,
    time::Time,
};

/// The longest window: that of the least quota, a thousandth of a request per second.
const LONGEST_WINDOW: i64 = 1_000_000;

/// How many buckets are kept, however old they are.
const FEW: usize = 4096;

/// How many changes of one key may come at once (LIF-334).
const BURST: i64 = 10;

/// From then on, one of its changes may come this many milliseconds after another (LIF-334).
const PAUSE: i64 = 500;

/// What is counted for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Bucket {
    /// The requests of an account in a Region that one quota counts.
    Quota(RequestQuota, AccountId, Region),
    /// The changes of a key.
    HotKey(KeyArn),
    /// The cryptographic operations in a custom key store, of the callers of all accounts (CKS-157).
    KeyStore(KeyStoreName),
    /// The requests that a proxy answers, by its number.
    Proxy(u32),
}

/// What a call takes out of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Charge {
    /// When the call arrived.
    pub at: Time,
    /// How many requests it counts for.
    pub requests: u32,
    /// The quota that it found, in thousandths of a request per second. A hot key has none.
    pub quota: u64,
}

/// How full a bucket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    /// When its window began; of a hot key, when its last change is forgotten.
    from: i64,
    /// How many requests the window has seen.
    requests: u64,
    /// The charge that has filled it so far.
    last: Charge,
}

/// All buckets that are not empty, and some that are again.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    levels: HashTrieMapSync<Bucket, Level, FixedState>,
    /// From this size on, it is worth while to look for empty buckets.
    many: usize,
}

impl Bucket {
    /// The account whose requests it counts, or whose key or key store; a proxy belongs to none.
    pub const fn account(&self) -> AccountId {
        match self {
            Self::Quota(_, account, _) => *account,
            Self::HotKey(arn) => arn.account,
            Self::KeyStore(store) => store.account,
            Self::Proxy(_) => AccountId::ZERO,
        }
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quota(quota, account, region) => write!(f, "{}@{account}/{region}", quota.id()),
            Self::HotKey(arn) => write!(f, "{arn}"),
            Self::KeyStore(store) => write!(f, "{store}"),
            Self::Proxy(number) => write!(f, "proxy {number}"),
        }
    }
}

impl Serialize for Bucket {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The window of a quota at an instant: its beginning, and how many requests it admits.
///
/// A quota of q admits q requests in each whole second, one of 2.5 two and three in turn (LIF-323). Below 1, it admits one
/// in each window of 1/q seconds, counted from the epoch (LIF-324).
fn window(at: Time, quota: u64) -> (i64, u64) {
    let (at, rate) = (at.millis(), i64::try_from(quota).unwrap_or(i64::MAX));
    if (1..1000).contains(&rate) {
        let length = LONGEST_WINDOW / rate;
        return (at - at.rem_euclid(length), 1);
    }
    let second = at.div_euclid(1000);
    let fraction = |second: i64| (rate % 1000 * second).div_euclid(1000);
    let admitted = rate / 1000 + fraction(second + 1) - fraction(second);
    (second * 1000, u64::try_from(admitted).unwrap_or_default())
}

impl Requests {
    /// How full a bucket is behind a charge; `None` when it has no room for it.
    fn behind(&self, bucket: &Bucket, charge: &Charge) -> Option<Level> {
        let level = self.levels.get(bucket);
        if matches!(bucket, Bucket::HotKey(_)) {
            let at = charge.at.millis();
            let from = level.map_or(at, |level| level.from.max(at)) + PAUSE;
            return (from - at <= BURST * PAUSE).then_some(Level { from, requests: 0, last: *charge });
        }
        let (from, most) = window(charge.at, charge.quota);
        let before = match level {
            // A charge that is taken in late finds a later window, and leaves it as it is.
            Some(level) if level.from > from => return Some(*level),
            Some(level) if level.from == from => level.requests,
            _ => 0,
        };
        let requests = before + u64::from(charge.requests);
        (requests <= most).then_some(Level { from, requests, last: *charge })
    }

    /// Whether a bucket has room for a charge.
    pub(super) fn admit(&self, bucket: &Bucket, charge: &Charge) -> bool {
        self.behind(bucket, charge).is_some()
    }

    /// Takes a charge in.
    pub(super) fn take(&mut self, bucket: &Bucket, charge: &Charge) {
        let Some(level) = self.behind(bucket, charge) else { return };
        self.levels.insert_mut(*bucket, level);
        if self.levels.size() > self.many.max(FEW) {
            self.forget_before(charge.at.millis().saturating_sub(LONGEST_WINDOW));
        }
    }

    fn forget_before(&mut self, time: i64) {
        let old: Vec<Bucket> =
            self.levels.iter().filter(|(_, level)| level.from < time).map(|(bucket, _)| *bucket).collect();
        for bucket in &old {
            self.levels.remove_mut(bucket);
        }
        self.many = self.levels.size() * 2;
    }

    /// Forgets a key that is gone.
    pub(super) fn forget(&mut self, key: &KeyArn) {
        if !self.levels.is_empty() {
            self.levels.remove_mut(&Bucket::HotKey(*key));
        }
    }

    /// How many requests a quota has admitted in its window at an instant.
    pub(super) fn used(&self, bucket: &Bucket, at: Time, quota: u64) -> u64 {
        let (from, _) = window(at, quota);
        self.levels.get(bucket).filter(|level| level.from == from).map_or(0, |level| level.requests)
    }

    /// The last charge of each bucket, in the order of their names.
    pub(super) fn rows(&self) -> impl Iterator<Item = Mark> {
        let levels = sorted(self.levels.iter().collect(), |(one, _), (other, _)| one.cmp(other));
        let rows = levels.into_iter().map(|(bucket, level)| Mark::Requests { key: *bucket, row: level.last });
        rows.collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(account: u32) -> Bucket {
        let account = AccountId::parse(&format!("{account:012}")).expect("an account");
        Bucket::Quota(RequestQuota::parse("CreateKey").expect("a quota"), account, Region::default())
    }

    /// How many of the requests that arrive at these instants are admitted.
    fn admitted(bucket: &Bucket, quota: u64, instants: impl IntoIterator<Item = i64>) -> usize {
        let mut meter = Requests::default();
        let admits = |at: &i64| {
            let charge = Charge { at: Time::from_millis(*at), requests: 1, quota };
            let fits = meter.admit(bucket, &charge);
            meter.take(bucket, &charge);
            fits
        };
        instants.into_iter().filter(admits).count()
    }

    #[test]
    fn a_quota_admits_its_number_in_each_whole_second() {
        assert_eq!(admitted(&bucket(1), 5000, [0, 0, 10, 999, 999, 999]), 5);
        assert_eq!(admitted(&bucket(1), 5000, (0..20).map(|place| 500 + place * 100)), 15);
        assert_eq!(admitted(&bucket(1), 0, [0, 1000]), 0);
        // Before the epoch, too.
        assert_eq!(admitted(&bucket(1), 1000, [-1000, -1, 0]), 2);
    }

    #[test]
    fn a_fraction_is_given_in_full() {
        // Two, three, two, three.
        assert_eq!(admitted(&bucket(1), 2500, (0..400).map(|place| place * 10)), 10);
        // One in four seconds.
        assert_eq!(admitted(&bucket(1), 250, (0..12).map(|second| second * 1000)), 3);
        assert_eq!(admitted(&bucket(1), 250, [3999, 4000, 7999, 8000]), 3);
        assert_eq!(admitted(&bucket(1), 1, [0, 999_999, 1_000_000]), 2);
    }

    #[test]
    fn a_hot_key_takes_ten_changes_at_once_and_two_in_each_second_behind_them() {
        let key = KeyArn::parse("arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        let bucket = Bucket::HotKey(key.expect("a key"));
        assert_eq!(admitted(&bucket, 0, [0; 11]), 10);
        assert_eq!(admitted(&bucket, 0, [[0; 10], [499; 10]].concat()), 10);
        assert_eq!(admitted(&bucket, 0, [[0; 10], [1000; 10]].concat()), 12);
        assert_eq!(admitted(&bucket, 0, [[0; 10], [60_000; 10]].concat()), 20);
    }

    #[test]
    fn buckets_that_are_empty_again_are_forgotten() {
        let mut meter = Requests::default();
        for number in 0..20_000 {
            let at = Time::from_millis(i64::from(number) * 1000);
            meter.take(&bucket(number), &Charge { at, requests: 1, quota: 5000 });
        }
        assert!(meter.levels.size() <= 2 * FEW, "{}", meter.levels.size());
    }
}
