//! What the owner of a cluster does with it (CKS-317), by name and as data.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    configuration, edit,
    form::{A_ZONE, MOST_HSMS, fill, healthy},
    register::{back_up, cluster_id, delete, has_room, keys_of, put_password, remove_backup},
    shown::described,
    users::{change_password, create_user, delete_user, log_in_elsewhere},
};
use crate::{
    error::Error,
    names::{BackupId, ClusterId},
    state::{
        BackupRow, Change, ClusterKeyName, ClusterKeyRow, ClusterRow, ClusterState, Draft, FormValue, Hsm, HsmState,
        Kmsuser, LineageId, SecretName,
    },
    time::Time,
    wire::Value,
};

/// Acts on a cluster, and says what became of it.
///
/// # Errors
/// `ValidationException` with a sentence of ours, when the action cannot be read, or the cluster does not let it happen.
pub(crate) fn act(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>, now: Time) -> Result<Value, Error> {
    let named = said.within("do", said.value.member("do").unwrap_or(&Value::Null));
    let verb = named.text(ACTIONS)?;
    let row = draft.state().clusters.get(&id).map(|row| ClusterRow::clone(row));
    // A backup outlives its cluster.
    if row.is_some() && matches!(verb, "restore" | "deleteBackup" | "describe") {
        return outlasting(draft, id, verb, said, now);
    }
    let row = row.filter(|row| row.state != ClusterState::Deleted);
    let row = row.ok_or_else(|| said.wrong(format!("there is no cluster {id}: register it first")))?;
    match verb {
        "set" => set(draft, id, said)?,
        "initialize" => move_on(draft, id, said, ClusterState::Uninitialized, ClusterState::Initialized)?,
        "activate" => move_on(draft, id, said, ClusterState::Initialized, ClusterState::Active)?,
        "delete" => {
            said.structure(["do"])?;
            delete(draft, id, now);
        }
        "addHsm" => add_hsm(draft, id, said, &row)?,
        "removeHsm" => remove_hsm(draft, id, said, &row)?,
        "createUser" => create_user(draft, id, said, &row)?,
        "deleteUser" => delete_user(draft, id, said, &row)?,
        "changePassword" => change_password(draft, id, said, &row)?,
        "lock" => {
            said.structure(["do"])?;
            edit(draft, id, |row| row.kmsuser.locked = true);
        }
        "logIn" => log_in_elsewhere(draft, id, said, &row)?,
        "logOut" => {
            said.structure(["do"])?;
            edit(draft, id, |row| row.kmsuser.logged_in_elsewhere = false);
        }
        "deleteKey" => delete_key(draft, id, said)?,
        "backUp" => {
            said.structure(["do"])?;
            if configuration::active(&row).next().is_none() {
                return Err(said.wrong("needs an active HSM: CloudHSM makes backups of HSMs"));
            }
            let backup = back_up(draft, id, now);
            let told = backup.map_or(Value::Null, |backup| Value::from(backup.as_str()));
            return Ok(described(draft.state(), id, &[("backup", told)]));
        }
        _ => return Err(named.must_be(ACTIONS)),
    }
    Ok(described(draft.state(), id, &[]))
}

/// All actions.
const ACTIONS: &str = "one of set, initialize, activate, delete, addHsm, removeHsm, createUser, deleteUser, changePassword, \
                       lock, logIn, logOut, deleteKey, backUp, restore, deleteBackup, describe";

/// What can also be done where the cluster is gone.
fn outlasting(
    draft: &mut Draft<'_>,
    id: ClusterId,
    verb: &str,
    said: &FormValue<'_>,
    now: Time,
) -> Result<Value, Error> {
    match verb {
        "restore" => restore(draft, id, said, now),
        "deleteBackup" => {
            let [_, backup] = said.structure(["do", "backup"])?;
            let (backup, _) = backup_of(draft, id, &said.within("backup", backup))?;
            remove_backup(draft, backup);
            Ok(described(draft.state(), id, &[]))
        }
        _ => {
            said.structure(["do"])?;
            Ok(described(draft.state(), id, &[]))
        }
    }
}

/// The backup of a cluster that is named, or the newest one.
fn backup_of(draft: &Draft<'_>, id: ClusterId, said: &FormValue<'_>) -> Result<(BackupId, Arc<BackupRow>), Error> {
    let own = draft.state().backups.iter().filter(|(_, row)| row.cluster == id);
    let named = said.maybe_text("the id of a backup")?;
    let found = match named {
        Some(name) => own.into_iter().find(|(backup, _)| backup.as_str() == name),
        None => own.into_iter().max_by_key(|(backup, row)| (row.created, **backup)),
    };
    let found = found.map(|(backup, row)| (*backup, Arc::clone(row)));
    found.ok_or_else(|| said.wrong(format!("is not a backup of {id}: make one with backUp")))
}

/// Makes a cluster from a backup (CKS-316): the same certificate, users and keys, another id and its own subnets.
fn restore(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>, now: Time) -> Result<Value, Error> {
    let [_, backup, cluster, members] = said.structure(["do", "backup", "cluster", "members"])?;
    let (backup, made) = backup_of(draft, id, &said.within("backup", backup))?;
    let cluster = said.within("cluster", cluster);
    let new = match cluster.maybe_text("the id of a cluster")? {
        Some(text) => ClusterId::parse(text).ok_or_else(|| cluster.must_be(super::AN_ID))?,
        None => cluster_id(draft, backup, now),
    };
    if draft.state().clusters.contains_key(&new) {
        return Err(cluster.wrong("there is such a cluster already"));
    }
    has_room(draft, said)?;
    let mut row = healthy(new, made.account, made.region);
    for hsm in &mut row.hsms {
        hsm.kmsuser = made.kmsuser;
    }
    let kmsuser = Kmsuser { second_factor: made.second_factor, ..Kmsuser::default() };
    row = ClusterRow {
        lineage: made.lineage.clone(),
        trust_anchor: made.trust_anchor.clone(),
        kmsuser,
        created: now,
        ..row
    };
    let password = fill(&said.within("members", members), &mut row, true)?;
    let owner = LineageId::of_account(row.account);
    draft.record(Change::Clusters { key: new, row: Some(Arc::new(row)) });
    for (material, label) in &made.keys {
        let row = Some(Arc::new(ClusterKeyRow::new(*label)));
        draft.record(Change::ClusterKeys { key: ClusterKeyName::new(new, *material), row });
    }
    let carried = draft.state().secret(&SecretName::BackupKmsuser(backup)).cloned();
    match (password, carried) {
        (Some(password), _) => put_password(draft, new, owner, &password),
        (None, Some(secret)) => draft.put_secret(SecretName::Kmsuser(new), owner, secret),
        (None, None) => {}
    }
    Ok(described(draft.state(), new, &[]))
}

/// Breaks or mends parts of the cluster: those that are said.
fn set(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>) -> Result<(), Error> {
    let Value::Map(members) = said.value else { return Ok(()) };
    let rest = members.iter().filter(|(name, _)| name != "do").cloned().collect();
    let rest = Zeroizing::new(Value::Map(rest));
    let said = FormValue::whole("the action", &rest);
    let Some(mut row) = draft.state().clusters.get(&id).map(|row| ClusterRow::clone(row)) else { return Ok(()) };
    let password = fill(&said, &mut row, false)?;
    let owner = LineageId::of_account(row.account);
    draft.record(Change::Clusters { key: id, row: Some(Arc::new(row)) });
    if let Some(password) = password {
        put_password(draft, id, owner, &password);
    }
    Ok(())
}

/// From one state to the next.
fn move_on(
    draft: &mut Draft<'_>,
    id: ClusterId,
    said: &FormValue<'_>,
    from: ClusterState,
    to: ClusterState,
) -> Result<(), Error> {
    said.structure(["do"])?;
    let state = draft.state().clusters.get(&id).map(|row| row.state);
    if state != Some(from) {
        let state = state.map_or("gone", ClusterState::as_str);
        return Err(said.wrong(format!("the cluster must be {} for that: it is {state}", from.as_str())));
    }
    edit(draft, id, |row| row.state = to);
    Ok(())
}

fn add_hsm(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>, row: &ClusterRow) -> Result<(), Error> {
    let [_, zone] = said.structure(["do", "zone"])?;
    let named = said.within("zone", zone);
    // Without a zone, the one that has the fewest.
    let count = |zone: &str| configuration::active(row).filter(|hsm| *hsm.zone == *zone).count();
    let emptiest = || row.subnets.iter().map(|subnet| &*subnet.zone).min_by_key(|zone| count(zone));
    let zone = named.maybe_text(A_ZONE)?.or_else(emptiest);
    let zone = zone.filter(|zone| row.subnets.iter().any(|subnet| *subnet.zone == **zone && !subnet.deleted));
    let zone = zone.ok_or_else(|| named.wrong("must be the Availability Zone of a subnet of the cluster"))?;
    if row.hsms.len() >= MOST_HSMS {
        return Err(said.wrong(format!("the cluster has {} HSMs: there can be no more", row.hsms.len())));
    }
    // A new HSM gets the users and keys of the others.
    let kmsuser = row.hsms.is_empty() || row.hsms.iter().any(|hsm| hsm.kmsuser);
    let hsm = Hsm { zone: zone.into(), state: HsmState::Active, kmsuser };
    edit(draft, id, |row| row.hsms.push(hsm));
    Ok(())
}

fn remove_hsm(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>, row: &ClusterRow) -> Result<(), Error> {
    let [_, zone] = said.structure(["do", "zone"])?;
    let named = said.within("zone", zone);
    let zone = named.maybe_text(A_ZONE)?;
    let place = row.hsms.iter().rposition(|hsm| zone.is_none_or(|zone| *hsm.zone == *zone));
    let place = place.ok_or_else(|| named.wrong("the cluster has no such HSM"))?;
    edit(draft, id, |row| drop(row.hsms.remove(place)));
    Ok(())
}

/// Deletes a key in the cluster, which is named by its id there, or by the ARN of its KMS key.
fn delete_key(draft: &mut Draft<'_>, id: ClusterId, said: &FormValue<'_>) -> Result<(), Error> {
    let [_, key] = said.structure(["do", "key"])?;
    let said = said.within("key", key);
    let named = said.text("the ARN of a KMS key, or the id of the key in the cluster")?;
    let keys = keys_of(draft, id).into_iter();
    let mut found =
        keys.filter(|(name, label)| name.backing_key_id() == named || label.to_string() == named).peekable();
    if found.peek().is_none() {
        return Err(said.wrong("the cluster has no such key"));
    }
    for (name, _) in found {
        draft.record(Change::ClusterKeys { key: name, row: None });
    }
    Ok(())
}
