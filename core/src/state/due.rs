//! What falls due, whatever its subject.

use serde::Serialize;

use super::keys::{KeyRow, LineageId, Transition};
use crate::{
    lags::Lag,
    material::MaterialId,
    names::{ClusterId, KeyArn, KeyStoreId, KeyStoreName},
    time::{Span, Time},
};

/// Something that falls due at an instant of its own.
///
/// The order of the variants is the order at one instant (LIF-66); among equals, that of account, Region and key id
/// decides. A new kind is a variant in its place, a deadline in `deadlines` or its like, and an arm of
/// `schedule::settle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Due {
    /// A change shows that this lag has hidden (LIF-354). The row that goes tells of what.
    Visible(Lag),
    /// A custom key store is connected, fails to connect, or is disconnected (CKS-228).
    Connection(KeyStoreName),
    /// A replica is made, or the role of a key has changed (LIF-210, LIF-224).
    Ready(KeyArn),
    /// A rotation that was asked for is complete (LIF-112).
    OnDemandRotation(KeyArn),
    /// The waiting period of a key ends, and the key is deleted (P2-112).
    Deletion(KeyArn),
    /// Imported key material of a key expires (P4-346).
    Expiry(KeyArn, MaterialId),
    /// A key, and its replicas with it, rotates by its schedule (LIF-52).
    Rotation(KeyArn),
}

/// Something that fell due, once or several times at equal distances.
///
/// Years may pass before somebody looks, so that an unbroken run of rotations of one key is one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Happened {
    /// Its own instant, whenever somebody came to look; the first one of several.
    pub at: Time,
    /// What it was.
    pub what: Due,
    /// How often it happened: once, save for rotations.
    pub times: u32,
    /// From one time to the next.
    pub every: Span,
    /// Of the deletion of a key in an AWS CloudHSM key store, what became of the key in the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backing_key: Option<BackingKey>,
}

/// What became of a key in a cluster when the waiting period of its KMS key was over (CKS-308, CKS-404).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackingKey {
    /// The key store.
    pub store: KeyStoreId,
    /// Its cluster.
    pub cluster: ClusterId,
    /// The material of the key; [`backing_key_id`](super::backing_key_id) tells its id in the cluster.
    pub material: MaterialId,
    /// Whether KMS came to the cluster and deleted it; otherwise it is left as an orphan.
    pub deleted: bool,
}

impl BackingKey {
    /// A key in a cluster that is to be deleted.
    pub(crate) const fn new(store: KeyStoreId, cluster: ClusterId, material: MaterialId) -> Self {
        Self { store, cluster, material, deleted: false }
    }
}

impl Happened {
    /// What happened once.
    pub(crate) const fn once(at: Time, what: Due) -> Self {
        Self { at, what, times: 1, every: Span::from_millis(0), backing_key: None }
    }

    /// The instant of the last time.
    pub fn last(&self) -> Time {
        let before = i64::from(self.times.saturating_sub(1));
        self.at.after(Span::from_millis(self.every.millis().saturating_mul(before)))
    }
}

/// Everything about a key, in all its Regions, that falls due.
pub(super) fn deadlines(id: LineageId, row: &KeyRow) -> impl Iterator<Item = (Time, Due)> + '_ {
    let own = row.regions.iter().flat_map(move |key| {
        let arn = id.in_region(key.region);
        let deletion = key.deletion.and_then(|deletion| deletion.date).map(|date| (date, Due::Deletion(arn)));
        let expiry = key.imports.iter().filter_map(move |import| Some((import.until?, Due::Expiry(arn, import.id))));
        let ready = key.transition.map(|transition| (transition.until(), Due::Ready(arn)));
        ready.into_iter().chain(deletion).chain(expiry)
    });
    own.chain(rotations(id, row))
}

/// The rotations of a key, which are its primary key's: the one that was asked for, which waits for replicas that are
/// being made (LIF-244), and the one that is due by its schedule. A key that is disabled or waits for its deletion does not
/// rotate (LIF-55, LIF-59), and one whose Regions are not all ready rotates when they are (LIF-64, LIF-65).
fn rotations(id: LineageId, row: &KeyRow) -> impl Iterator<Item = (Time, Due)> + use<> {
    let home = row.home();
    let made = row.regions.iter().filter_map(|key| match key.transition {
        Some(Transition::Creating(until)) => Some(until),
        _ => None,
    });
    let asked = home.zip(row.rotating.as_deref()).map(|(home, rotating)| {
        (made.fold(rotating.until, Time::max), Due::OnDemandRotation(id.in_region(home.region)))
    });
    let rotates = home.filter(|home| home.enabled && home.deletion.is_none());
    let scheduled = rotates.zip(row.rotation.as_deref()).filter(|(_, rotation)| rotation.due < Time::LAST).map(
        |(home, rotation)| {
            let ready = row.regions.iter().filter_map(|key| key.transition).map(Transition::until);
            (ready.fold(rotation.due.after(rotation.late), Time::max), Due::Rotation(id.in_region(home.region)))
        },
    );
    asked.into_iter().chain(scheduled)
}
