//! The material of KMS keys in clusters: made, used and deleted.

use std::sync::Arc;

use super::{Found, configuration, find};
use crate::{
    error::{Error, Exception},
    material::MaterialId,
    names::{AccountId, ClusterId, KeyArn, Region},
    state::{Change, ClusterKeyName, ClusterKeyRow, Draft, State},
};

/// Whether the cluster of a connected key store can work with a key (CKS-309, and the column of use in the table of
/// faults).
///
/// # Errors
/// `KMSInvalidStateException`, or `KMSInternalException` where KMS itself fails.
pub(crate) fn can_use(state: &State, id: ClusterId, key: KeyArn, material: MaterialId) -> Result<(), Error> {
    let found = find(state, key.account, key.region, id);
    let is_known = matches!(found, Found::Cluster(_));
    works(found, id, Exception::KMSInvalidStateException)?;
    let is_there = !is_known || state.cluster_keys.contains_key(&ClusterKeyName::new(id, material));
    if is_there { Ok(()) } else { Err(Error::no_key_in_cluster(key, id)) }
}

/// Whether the cluster of a connected key store can generate random bytes.
///
/// # Errors
/// The API lists no `KMSInvalidStateException` here: what the use of a key answers with it is told as the state of the key
/// store (a decision). `KMSInternalException` where KMS itself fails.
pub(crate) fn can_generate_random(
    state: &State,
    account: AccountId,
    region: Region,
    id: ClusterId,
) -> Result<(), Error> {
    works(find(state, account, region, id), id, Exception::CustomKeyStoreInvalidStateException)
}

/// Whether KMS comes to a cluster with which it is connected, and can work in it.
fn works(found: Found<'_>, id: ClusterId, exception: Exception) -> Result<(), Error> {
    let row = match found {
        Found::Trusted => return Ok(()),
        Found::Missing => return Err(Error::cluster_unreachable(exception)),
        Found::Cluster(row) => row,
    };
    if !configuration::is_reachable(row) {
        return Err(Error::cluster_unreachable(exception));
    }
    if row.kmsuser.locked {
        return Err(Error::kmsuser_locked(exception));
    }
    if row.kms_fault {
        return Err(Error::cluster_internal(id));
    }
    if row.sessions { Ok(()) } else { Err(Error::no_session(id)) }
}

/// Records that a cluster holds the material of a KMS key from now on (CKS-302). One in trust mode keeps no list.
pub(crate) fn key_made(draft: &mut Draft<'_>, id: ClusterId, key: KeyArn, material: MaterialId) {
    if draft.state().clusters.contains_key(&id) {
        let row = Some(Arc::new(ClusterKeyRow::new(key)));
        draft.record(Change::ClusterKeys { key: ClusterKeyName::new(id, material), row });
    }
}

/// Deletes the material of a KMS key whose waiting period is over, as far as KMS comes: `is_connected` says whether the
/// key store was. Whether nothing is left in the cluster (CKS-308); backups keep what they have.
pub(crate) fn key_deleted(
    draft: &mut Draft<'_>,
    id: ClusterId,
    key: KeyArn,
    material: MaterialId,
    is_connected: bool,
) -> bool {
    let row = match find(draft.state(), key.account, key.region, id) {
        Found::Trusted => return is_connected,
        Found::Missing => return false,
        Found::Cluster(row) => row,
    };
    // Nobody has said what a fault of KMS does here: what fails when a key is used fails here, too (a decision).
    let works = works(Found::Cluster(row), id, Exception::KMSInvalidStateException).is_ok();
    if is_connected && works {
        draft.record(Change::ClusterKeys { key: ClusterKeyName::new(id, material), row: None });
    }
    is_connected && works
}
