//! Marks and meters: what follows from plain use, beside the state and without moving its revision.
//!
//! A change says what the world is from now on, and two of them cannot be swapped. A mark says that something has been
//! used: marks commute, so that calls which only use keys never make each other's decisions stale. *A refused call
//! records no change; marks are not changes*: each kind of mark says itself whether a refused call leaves it.

use std::ops::Deref;

use foldhash::fast::FixedState;
use rpds::HashTrieMapSync;
use serde::Serialize;

use super::{
    few,
    keys::LineageId,
    reliability::{ProxyReliability, ProxyUse},
    requests::{Bucket, Charge, Requests},
    stored::{Stored, from_json, member, only},
    stores::ProxyFault,
    tables::{Change, Line, State, TableRules},
    uses::Uses,
};
use crate::{
    ids::Uuid,
    names::{AccountId, KeyArn, KeyStoreName},
    order::sorted,
    shapes::KeyLastUsageTrackingOperation,
    time::{Span, Time},
    wire::Value,
};

/// What is declared of every meter, in the form of [`TABLES`](super::TABLES).
pub const METERS: &[TableRules] = &[LAST_USES, REQUESTS, PROXY_REQUESTS, PROXY_FAULTS];

const LAST_USES: TableRules =
    TableRules { name: "last_uses", sealed: false, saved: true, forked: true, in_history: true, journaled: true };

/// What requests were made belongs to no past and to no future (LIF-336).
const REQUESTS: TableRules =
    TableRules { name: "requests", sealed: false, saved: false, forked: false, in_history: false, journaled: false };

/// How reliable a proxy was belongs to no past either.
const PROXY_REQUESTS: TableRules = TableRules { name: "proxy_requests", ..REQUESTS };

/// A fault that has hit as often as it should does not hit again in a world that goes on (CKS-181).
const PROXY_FAULTS: TableRules =
    TableRules { name: "proxy_faults", sealed: false, saved: true, forked: true, in_history: true, journaled: true };

/// One thing that a meter is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "meter", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mark {
    /// A key was used. Only calls that succeed leave it: no refusal and no dry run does (LIF-338).
    LastUses {
        /// The key.
        key: KeyArn,
        /// Its use.
        row: LastUse,
    },
    /// A call was paid. Every call that request quotas let through leaves it, whatever becomes of it; one that is
    /// throttled costs nothing (LIF-332).
    Requests {
        /// Out of what.
        key: Bucket,
        /// How much.
        row: Charge,
    },
    /// The proxy of an external key store was asked. Every call that asked leaves it, whatever becomes of it (CKS-164).
    ProxyRequests {
        /// The store.
        key: KeyStoreName,
        /// The request.
        row: ProxyUse,
    },
    /// A fault of a proxy that hits a limited number of requests has hit one. A request leaves it, whatever becomes of the call.
    ProxyFaults {
        /// The number of the proxy, and that of the fault among its own.
        key: (u32, u32),
        /// The request.
        row: Hit,
    },
}

/// A request that a fault of a proxy has hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// Which one it was, from 1.
    pub nth: u32,
    /// When it was.
    pub at: Time,
}

impl Stored for Hit {
    fn stored(value: &Value) -> Option<Self> {
        only(value, &["nth", "at"])?;
        Some(Self { nth: member(value, "nth")?, at: member(value, "at")? })
    }
}

/// The last use of a key in a cryptographic operation (LIF-337 to LIF-344).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LastUse {
    /// The operation.
    pub operation: KeyLastUsageTrackingOperation,
    /// When it was.
    pub at: Time,
    /// The id of the request (AUD-11).
    pub request_id: Uuid,
    /// The id of the event that the owner of the key sees (AUD-12).
    pub event_id: Uuid,
}

impl Stored for LastUse {
    fn stored(value: &Value) -> Option<Self> {
        only(value, &["operation", "at", "request_id", "event_id"])?;
        Some(Self {
            operation: member(value, "operation")?,
            at: member(value, "at")?,
            request_id: member(value, "request_id")?,
            event_id: member(value, "event_id")?,
        })
    }
}

impl Stored for Mark {
    fn stored(value: &Value) -> Option<Self> {
        let meter: String = member(value, "meter")?;
        match meter.as_str() {
            name if name == LAST_USES.name => Line::stored(value).map(|Line { key, row }| Self::LastUses { key, row }),
            name if name == PROXY_FAULTS.name => {
                Line::stored(value).map(|Line { key, row }| Self::ProxyFaults { key, row })
            }
            _ => None,
        }
    }
}

impl Mark {
    /// Reads the JSON of a mark; `None` for everything else, also for a mark of a meter of later versions, and of one that
    /// is never written down.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        from_json(json)
    }

    /// The last use of a key.
    pub(crate) const fn last_use(
        key: KeyArn,
        operation: KeyLastUsageTrackingOperation,
        at: Time,
        request_id: Uuid,
        event_id: Uuid,
    ) -> Self {
        Self::LastUses { key, row: LastUse { operation, at, request_id, event_id } }
    }

    /// A fault of a proxy has hit a request.
    pub(crate) const fn proxy_fault(key: (u32, u32), nth: u32, at: Time) -> Self {
        Self::ProxyFaults { key, row: Hit { nth, at } }
    }

    /// What is declared of the meter.
    pub const fn rules(&self) -> &'static TableRules {
        match self {
            Self::LastUses { .. } => &LAST_USES,
            Self::Requests { .. } => &REQUESTS,
            Self::ProxyRequests { .. } => &PROXY_REQUESTS,
            Self::ProxyFaults { .. } => &PROXY_FAULTS,
        }
    }

    /// When it was left.
    pub const fn at(&self) -> Time {
        match self {
            Self::LastUses { row, .. } => row.at,
            Self::Requests { row, .. } => row.at,
            Self::ProxyRequests { row, .. } => row.at,
            Self::ProxyFaults { row, .. } => row.at,
        }
    }

    /// The account whose use it tells of; a proxy belongs to none.
    pub const fn account(&self) -> AccountId {
        match self {
            Self::LastUses { key, .. } => key.account,
            Self::Requests { key, .. } => key.account(),
            Self::ProxyRequests { key, .. } => key.account,
            Self::ProxyFaults { .. } => AccountId::ZERO,
        }
    }
}

/// The marks of one call. Those of its keys cost no allocation: nearly every call leaves one.
#[derive(Clone, Debug, Default)]
pub struct Marks(Few);

#[derive(Clone, Debug, Default)]
enum Few {
    #[default]
    None,
    One([Mark; 1]),
    Two([Mark; 2]),
    More(Vec<Mark>),
}

impl Marks {
    /// The marks of two keys, or of one that is meant twice.
    pub(crate) fn of(one: Mark, other: Option<Mark>) -> Self {
        Self(other.filter(|other| *other != one).map_or(Few::One([one]), |other| Few::Two([one, other])))
    }

    /// The same marks and these.
    pub(crate) fn and(self, mut more: Vec<Mark>) -> Self {
        if more.is_empty() {
            return self;
        }
        more.extend_from_slice(&self);
        Self(Few::More(more))
    }
}

impl Deref for Marks {
    type Target = [Mark];

    fn deref(&self) -> &[Mark] {
        match &self.0 {
            Few::None => &[],
            Few::One(marks) => marks,
            Few::Two(marks) => marks,
            Few::More(marks) => marks,
        }
    }
}

/// What has been marked.
#[derive(Clone, Debug, Default)]
pub struct Meters {
    last_uses: HashTrieMapSync<KeyArn, Uses, FixedState>,
    requests: Requests,
    reliability: ProxyReliability,
    proxy_faults: few::Few<(u32, u32), Hit>,
}

impl Meters {
    /// The last use of a key; `None` when it has never been used, or is gone.
    pub fn last_use(&self, key: &KeyArn) -> Option<&LastUse> {
        self.last_uses.get(key).map(|uses| &uses.last)
    }

    /// The last use of a key that shows at an instant, where uses show after `lag` (LIF-346).
    pub(crate) fn shown_use(&self, key: &KeyArn, now: Time, lag: Span) -> Option<&LastUse> {
        self.last_uses.get(key)?.seen(now, lag)
    }

    /// How many requests a quota has admitted in its window at an instant, if it is `thousandths` of a request per second.
    pub fn used(&self, bucket: &Bucket, at: Time, thousandths: u64) -> u64 {
        self.requests.used(bucket, at, thousandths)
    }

    /// Every row of every meter as the mark that leaves it, in the order of their names.
    pub fn rows(&self) -> Vec<Mark> {
        // A hashed table has another order on every machine.
        let rows = sorted(self.last_uses.iter().collect(), |(one, _), (other, _)| one.cmp(other));
        let rows = rows.into_iter().flat_map(|(key, uses)| uses.all().map(|row| Mark::LastUses { key: *key, row }));
        let hits = self.proxy_faults.iter().map(|(key, row)| Mark::ProxyFaults { key: *key, row: *row });
        rows.chain(self.requests.rows()).chain(self.reliability.rows()).chain(hits).collect()
    }

    /// Whether a mark can still be taken in: a call that was decided while others made theirs may find a bucket full.
    pub(crate) fn admit(&self, mark: &Mark) -> bool {
        match mark {
            Mark::LastUses { .. } | Mark::ProxyRequests { .. } => true,
            Mark::Requests { key, row } => self.requests.admit(key, row),
            Mark::ProxyFaults { key, row } => row.nth > self.proxy_faults(*key),
        }
    }

    /// Takes a mark in: the latest use stands, and of several at one instant the one that is marked last. It shows after
    /// `lag`.
    pub(crate) fn mark(&mut self, mark: &Mark, lag: Span) {
        match mark {
            Mark::LastUses { key, row } => match self.last_uses.get_mut(key) {
                Some(uses) => uses.take(*row, lag),
                None => self.last_uses.insert_mut(*key, Uses::new(*row)),
            },
            Mark::Requests { key, row } => self.requests.take(key, row),
            Mark::ProxyRequests { key, row } => self.reliability.take(*key, *row),
            // The number of a request says how many there were: however often it is told, it counts once.
            Mark::ProxyFaults { key, row } => {
                if row.nth > self.proxy_faults(*key) {
                    self.proxy_faults.insert_mut(*key, *row);
                }
            }
        }
    }

    /// Whether the proxy of a store has been reliable lately (CKS-155).
    pub(crate) fn is_reliable(&self, store: &KeyStoreName, now: Time) -> bool {
        self.reliability.is_reliable(store, now)
    }

    /// When the proxy of a store was last asked how it is, by no call.
    pub(crate) fn checked(&self, store: &KeyStoreName) -> Option<Time> {
        self.reliability.checked(store)
    }

    /// How many requests a fault of a proxy has hit.
    pub fn proxy_faults(&self, fault: (u32, u32)) -> u32 {
        self.proxy_faults.get(&fault).map_or(0, |hit| hit.nth)
    }

    /// Forgets all requests.
    pub(crate) fn forget_requests(&mut self) {
        (self.requests, self.reliability) = (Requests::default(), ProxyReliability::default());
    }

    /// Forgets the keys and the faults that a change of this state removes.
    pub(crate) fn follow(&mut self, before: &State, change: &Change) {
        if let Change::KeyStores { key, row: None } = change {
            self.reliability.forget(key);
        }
        if let Change::Proxies { key, row } = change
            && let Some(old) = before.proxy(key)
        {
            let kept: &[ProxyFault] = row.as_ref().map_or(&[], |row| &row.faults);
            for fault in old.faults.iter().filter(|fault| kept.iter().all(|kept| kept.id != fault.id)) {
                self.proxy_faults.remove_mut(&(old.number, fault.id));
            }
        }
        if let Change::Keys { key: lineage, row } = change
            && let Some(old) = before.keys.get(lineage)
        {
            for region in old.regions.iter().map(|key| key.region) {
                if !row.as_ref().is_some_and(|row| row.regions.iter().any(|key| key.region == region)) {
                    self.forget(&lineage.in_region(region));
                }
            }
        }
    }

    /// Forgets a key that is gone. Where nothing is known of any, its name is not hashed for nothing.
    pub(crate) fn forget(&mut self, key: &KeyArn) {
        if !self.last_uses.is_empty() {
            self.last_uses.remove_mut(key);
        }
        self.requests.forget(key);
    }
}

impl State {
    /// Whether there is still something to mark: a call that is decided while its key is deleted marks nothing.
    pub(crate) fn has_marked(&self, mark: &Mark) -> bool {
        match mark {
            Mark::LastUses { key, .. } | Mark::Requests { key: Bucket::HotKey(key), .. } => {
                let row = self.keys.get(&LineageId::of(*key));
                row.is_some_and(|row| row.regions.iter().any(|of| of.region == key.region))
            }
            Mark::ProxyRequests { key, .. } => self.key_stores.contains_key(key),
            Mark::Requests { .. } | Mark::ProxyFaults { .. } => true,
        }
    }
}
