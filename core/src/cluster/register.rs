//! Clusters that are registered become changes of a draft.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{configuration, edit, form::Entry};
use crate::{
    error::Error,
    material::MaterialId,
    names::{BackupId, ClusterId, KeyArn, KeyStoreName},
    order::sorted,
    state::{
        BackupRow, Change, ClusterKeyName, ClusterKeyRow, ClusterRow, ClusterState, Connection, Draft, FormValue,
        KeyStoreRow, Kmsuser, LineageId, Secret, SecretName,
    },
    time::Time,
    wire::SecretBytes,
};

/// How many clusters a world knows at most, deleted ones among them.
const MOST_CLUSTERS: usize = 500;

/// How many backups of one cluster are kept.
const MOST_BACKUPS: usize = 100;

/// Records a cluster in place of the one of this id, which keeps its keys, and the password of `kmsuser` unless there is
/// another; without an entry the cluster is deleted.
///
/// # Errors
/// `ValidationException` when there is no such cluster to delete, or another account has it.
pub(crate) fn register(
    draft: &mut Draft<'_>,
    said: &FormValue<'_>,
    id: ClusterId,
    entry: Option<Entry>,
    now: Time,
) -> Result<(), Error> {
    let known = draft.state().clusters.get(&id).filter(|row| row.state != ClusterState::Deleted).cloned();
    let Some(Entry { mut row, password, has_lineage }) = entry else {
        known.ok_or_else(|| said.wrong("is not registered, and cannot be removed"))?;
        delete(draft, id, now);
        return Ok(());
    };
    row.created = now;
    if let Some(known) = known {
        if (known.account, known.region) != (row.account, row.region) {
            let problem = format!("is a cluster of {} in {}: remove it first", known.account, known.region);
            return Err(said.wrong(problem));
        }
        row.created = known.created;
        row.kmsuser.logged_in = known.kmsuser.logged_in;
        if !has_lineage {
            row.lineage.clone_from(&known.lineage);
        }
        row.trust_anchor = row.trust_anchor.or_else(|| known.trust_anchor.clone());
    }
    let account = row.account;
    let was_trusted = !draft.state().clusters.contains_key(&id);
    if was_trusted {
        has_room(draft, said)?;
    }
    draft.record(Change::Clusters { key: id, row: Some(Arc::new(row)) });
    if let Some(password) = password {
        put_password(draft, id, LineageId::of_account(account), &password);
    }
    if was_trusted {
        take_over(draft, id);
    }
    Ok(())
}

/// Refuses a cluster more than there can be.
pub(super) fn has_room(draft: &Draft<'_>, said: &FormValue<'_>) -> Result<(), Error> {
    let count = draft.state().clusters.iter().count();
    if count < MOST_CLUSTERS {
        Ok(())
    } else {
        Err(said.wrong(format!("there are {count} clusters: there can be no more")))
    }
}

/// Puts into a cluster what was in it while it was trusted: the keys of the key store over it, and the login of KMS.
fn take_over(draft: &mut Draft<'_>, id: ClusterId) {
    let state = draft.state();
    let Some(row) = state.clusters.get(&id) else { return };
    let is_over = |store: &KeyStoreRow| store.cloud_hsm().is_some_and(|made| made.cluster == id);
    let at_home = |name: &KeyStoreName| (name.account, name.region) == (row.account, row.region);
    let Some((name, store)) = state.key_stores.iter().find(|(name, store)| at_home(name) && is_over(store)) else {
        return;
    };
    let logged_in = matches!(store.connection, Connection::Connected | Connection::Connecting { error: None, .. });
    let name = *name;
    let keys = state.keys.iter().filter(|(lineage, _)| lineage.account == name.account);
    let keys = keys.filter_map(|(lineage, _)| {
        let arn = lineage.in_region(name.region);
        let key = state.key(&arn)?;
        let is_in_store = state.store_of(&key).is_some_and(|(of, _)| of == name);
        Some((ClusterKeyName::new(id, key.current().filter(|_| is_in_store)?), arn))
    });
    let keys = sorted(keys.collect(), |(one, _): &(ClusterKeyName, _), (other, _)| one.cmp(other));
    for (key, label) in keys {
        draft.record(Change::ClusterKeys { key, row: Some(Arc::new(ClusterKeyRow::new(label))) });
    }
    edit(draft, id, |row| row.kmsuser.logged_in = logged_in);
}

/// Records the password of `kmsuser`.
pub(super) fn put_password(draft: &mut Draft<'_>, id: ClusterId, owner: LineageId, password: &SecretBytes) {
    draft.put_secret(SecretName::Kmsuser(id), owner, Secret::from_bytes(password));
}

/// Deletes a cluster with its HSMs, keys and users. What is left is a last backup, as CloudHSM makes one of every cluster
/// that is deleted, and what the cluster had in common with others.
pub(super) fn delete(draft: &mut Draft<'_>, id: ClusterId, now: Time) {
    let has_hsm = draft.state().clusters.get(&id).is_some_and(|row| configuration::active(row).next().is_some());
    if has_hsm {
        back_up(draft, id, now);
    }
    for (name, _) in keys_of(draft, id) {
        draft.record(Change::ClusterKeys { key: name, row: None });
    }
    draft.destroy(SecretName::Kmsuser(id));
    edit(draft, id, |row| {
        row.state = ClusterState::Deleted;
        row.hsms.clear();
        row.kmsuser = Kmsuser::default();
    });
}

/// The keys in a cluster.
pub(super) fn keys_of(draft: &Draft<'_>, id: ClusterId) -> Vec<(ClusterKeyName, KeyArn)> {
    let first = ClusterKeyName::new(id, MaterialId([0; 32]));
    let rows = draft.state().cluster_keys.range(first..).take_while(|(name, _)| name.cluster == id);
    rows.map(|(name, row)| (*name, row.label)).collect()
}

/// Makes a backup of a cluster: its users and keys as they are. The oldest ones are forgotten from a number on.
pub(super) fn back_up(draft: &mut Draft<'_>, id: ClusterId, now: Time) -> Option<BackupId> {
    let row = ClusterRow::clone(draft.state().clusters.get(&id)?);
    let backup = backup_id(draft, id, now);
    let keys = keys_of(draft, id).into_iter().map(|(name, label)| (name.material, label)).collect();
    let owner = LineageId::of_account(row.account);
    let made = BackupRow::of(id, &row, keys, now);
    draft.record(Change::Backups { key: backup, row: Some(Arc::new(made)) });
    if let Some(secret) = draft.state().secret(&SecretName::Kmsuser(id)).cloned() {
        draft.put_secret(SecretName::BackupKmsuser(backup), owner, secret);
    }
    let mut own: Vec<(Time, BackupId)> =
        draft.state().backups.iter().filter(|(_, row)| row.cluster == id).map(|(of, row)| (row.created, *of)).collect();
    while own.len() > MOST_BACKUPS {
        let oldest = own.iter().copied().filter(|(_, of)| *of != backup).min();
        let Some((_, oldest)) = oldest else { break };
        remove_backup(draft, oldest);
        own.retain(|(_, of)| *of != oldest);
    }
    Some(backup)
}

/// Records that a backup is gone.
pub(super) fn remove_backup(draft: &mut Draft<'_>, backup: BackupId) {
    draft.destroy(SecretName::BackupKmsuser(backup));
    draft.record(Change::Backups { key: backup, row: None });
}

/// An id that no backup has: it follows from the cluster and the time, so that a journal gives it again.
fn backup_id(draft: &Draft<'_>, id: ClusterId, now: Time) -> BackupId {
    let ids = (0_u64..).map(|number| BackupId::new(bytes("backup", id.as_str(), now, number)));
    let is_free = |backup: &BackupId| {
        let state = draft.state();
        !state.backups.contains_key(backup) && !state.secrets.contains_key(&SecretName::BackupKmsuser(*backup))
    };
    let mut ids = ids.filter(is_free);
    ids.next().unwrap_or_else(|| BackupId::new([0; 11]))
}

/// An id that no cluster has, for one that is restored.
pub(super) fn cluster_id(draft: &Draft<'_>, backup: BackupId, now: Time) -> ClusterId {
    let ids = (0_u64..).map(|number| ClusterId::new(bytes("cluster", backup.as_str(), now, number)));
    let mut ids = ids.filter(|id| !draft.state().clusters.contains_key(id));
    ids.next().unwrap_or_else(|| ClusterId::new([0; 11]))
}

fn bytes(kind: &str, of: &str, now: Time, number: u64) -> [u8; 11] {
    let digest = Sha256::digest(format!("pocket-kms {kind} {of} {} {number}", now.millis()));
    let mut bytes = [0; 11];
    bytes.copy_from_slice(&digest[..11]);
    bytes
}
