//! Simulated AWS CloudHSM clusters: what KMS finds when a key store, or a key in one, needs its cluster.
//!
//! While no cluster is registered and the world is not strict, every cluster is as KMS wishes (*trust* mode, CKS-319).
//! Every function here is asked with the account, the Region and the id of the cluster that a key store names.

mod actions;
mod configuration;
mod connection;
mod form;
mod material;
mod register;
mod shown;
mod users;

pub(crate) use actions::act;
pub(crate) use connection::{Verdict, connect, disconnect};
pub(crate) use form::Entry;
pub(crate) use material::{can_generate_random, can_use, key_deleted, key_made};
pub(crate) use register::register;
pub(crate) use shown::{AN_ID, registered};

use std::sync::Arc;

use crate::{
    error::Error,
    names::{AccountId, ClusterId, Region},
    state::{Change, ClusterRow, ClusterState, Draft, State},
};

/// How many requests a second a cluster does for KMS that others keep busy (CKS-372; AWS does not say how many: a
/// decision).
pub(crate) const BUSY: u64 = 10;

/// What KMS finds where it looks for a cluster.
enum Found<'a> {
    /// Nobody has said anything of clusters: it is as it should be.
    Trusted,
    /// The cluster.
    Cluster(&'a ClusterRow),
    /// There is none.
    Missing,
}

/// Looks for a cluster of an account in a Region.
fn find(state: &State, account: AccountId, region: Region, id: ClusterId) -> Found<'_> {
    if state.clusters.is_empty() && !state.has_strict_key_stores() {
        return Found::Trusted;
    }
    let row = state.clusters.get(&id).filter(|row| (row.account, row.region) == (account, region));
    row.filter(|row| row.state != ClusterState::Deleted).map_or(Found::Missing, |row| Found::Cluster(row))
}

/// Whether two clusters are one, or come from one backup. The lineage of a cluster that is gone is still known.
fn share_backups(state: &State, one: ClusterId, other: ClusterId) -> bool {
    let lineage = |id| state.clusters.get(&id).map(|row| &row.lineage);
    one == other || lineage(one).is_some_and(|of| lineage(other) == Some(of))
}

/// Records a cluster as it is after `edit`.
fn edit(draft: &mut Draft<'_>, id: ClusterId, edit: impl FnOnce(&mut ClusterRow)) {
    if let Some(row) = draft.state().clusters.get(&id) {
        let mut row = ClusterRow::clone(row);
        edit(&mut row);
        draft.record(Change::Clusters { key: id, row: Some(Arc::new(row)) });
    }
}

/// Whether a new key store can have a cluster: CKS-256 to CKS-260 in their order. `taken` are the clusters of the other
/// key stores of the account and Region.
///
/// # Errors
/// The exception of the first rule that is broken.
pub(crate) fn check_new(
    state: &State,
    account: AccountId,
    region: Region,
    id: ClusterId,
    anchor: &str,
    taken: &[ClusterId],
) -> Result<(), Error> {
    let found = usable(state, account, region, id)?;
    free(state, id, taken)?;
    let Some(row) = found else { return Ok(()) };
    if row.trust_anchor.as_ref().is_some_and(|own| !configuration::is_same_certificate(own, anchor)) {
        return Err(Error::trust_anchor(id));
    }
    configuration::check(id, row, true)
}

/// Whether a key store can have a cluster that is not its `former` one (CKS-274). `taken` as for [`check_new`].
///
/// # Errors
/// The exception of the first rule that is broken.
pub(crate) fn check_replacement(
    state: &State,
    account: AccountId,
    region: Region,
    id: ClusterId,
    former: ClusterId,
    taken: &[ClusterId],
) -> Result<(), Error> {
    let found = usable(state, account, region, id)?;
    if !share_backups(state, id, former) {
        return Err(Error::cluster_not_related(id, former));
    }
    free(state, id, taken)?;
    found.map_or(Ok(()), |row| configuration::check(id, row, true))
}

/// A cluster that is there and active; nothing in trust mode.
fn usable(state: &State, account: AccountId, region: Region, id: ClusterId) -> Result<Option<&ClusterRow>, Error> {
    let row = match find(state, account, region, id) {
        Found::Trusted => return Ok(None),
        Found::Missing => return Err(Error::no_cluster(id)),
        Found::Cluster(row) => row,
    };
    if row.kms_fault {
        return Err(Error::cluster_internal(id));
    }
    configuration::check_active(id, row)?;
    Ok(Some(row))
}

/// Checks that neither the cluster nor a relative of it serves another key store.
fn free(state: &State, id: ClusterId, taken: &[ClusterId]) -> Result<(), Error> {
    let other = taken.iter().find(|other| share_backups(state, id, **other));
    other.map_or(Ok(()), |other| Err(Error::cluster_in_use(id, *other)))
}

/// Whether a key can be made in the cluster of a key store that is connected (CKS-297, and the column CreateKey of the
/// table of faults).
///
/// # Errors
/// `CloudHsmClusterInvalidConfigurationException`, or `KMSInternalException` where KMS cannot work on the cluster.
pub(crate) fn can_create_key(state: &State, account: AccountId, region: Region, id: ClusterId) -> Result<(), Error> {
    let row = match find(state, account, region, id) {
        Found::Trusted => return Ok(()),
        Found::Missing => return Err(Error::cluster_configuration(id, "to exist: it was deleted")),
        Found::Cluster(row) => row,
    };
    if row.state != ClusterState::Active {
        return Err(Error::cluster_configuration(id, &format!("to be ACTIVE: it is {}", row.state.as_str())));
    }
    configuration::check(id, row, true)?;
    if !row.network || row.kms_fault || row.kmsuser.locked {
        return Err(Error::cluster_internal(id));
    }
    if row.sessions { Ok(()) } else { Err(Error::no_session(id)) }
}

/// How many requests a second a cluster does for KMS, where others keep it busy (CKS-372).
pub(crate) fn busy_rate(state: &State, id: ClusterId) -> Option<u64> {
    state.clusters.get(&id).filter(|row| row.busy).map(|_| BUSY)
}
