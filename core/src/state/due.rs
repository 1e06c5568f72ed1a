//! What falls due, whatever its subject.

use serde::Serialize;

use super::keys::{KeyRow, LineageId};
use crate::{material::MaterialId, names::KeyArn, time::Time};

/// Something that falls due at an instant of its own.
///
/// The order of the variants is the order at one instant (LIF-66); among equals, that of account, Region and key id
/// decides. A new kind is a variant in its place, a deadline in `deadlines` or its like, and an arm of
/// `schedule::settle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Due {
    /// The waiting period of a key ends, and the key is deleted (P2-112).
    Deletion(KeyArn),
    /// Imported key material of a key expires (P4-346).
    Expiry(KeyArn, MaterialId),
}

/// Something that fell due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Happened {
    /// Its own instant, whenever somebody came to look.
    pub at: Time,
    /// What it was.
    pub what: Due,
}

/// Everything about a key, in all its Regions, that falls due.
pub(super) fn deadlines(id: LineageId, row: &KeyRow) -> impl Iterator<Item = (Time, Due)> + '_ {
    row.regions.iter().flat_map(move |key| {
        let arn = id.in_region(key.region);
        let deletion = key.deletion.and_then(|deletion| deletion.date).map(|date| (date, Due::Deletion(arn)));
        let expiry = key.imports.iter().filter_map(move |import| Some((import.until?, Due::Expiry(arn, import.id))));
        deletion.into_iter().chain(expiry)
    })
}
