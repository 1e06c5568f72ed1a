//! What the owner of a cluster does with the user `kmsuser`, and as it (CKS-314, CKS-318).

use super::{connection::log_in, edit, form::read_password, register::put_password};
use crate::{
    error::Error,
    names::ClusterId,
    state::{ClusterRow, Draft, FormValue, Kmsuser, LineageId, SecretName},
    wire::SecretBytes,
};

/// Refuses what cannot be while KMS is logged in (CKS-318).
fn not_while_connected(said: &FormValue<'_>, row: &ClusterRow) -> Result<(), Error> {
    let is_free = !row.kmsuser.logged_in;
    let problem = "KMS is logged in as kmsuser: disconnect the key store first";
    if is_free { Ok(()) } else { Err(said.wrong(problem)) }
}

fn has_user(said: &FormValue<'_>, row: &ClusterRow) -> Result<(), Error> {
    let is_there = row.hsms.iter().any(|hsm| hsm.kmsuser);
    if is_there { Ok(()) } else { Err(said.wrong("the cluster has no user kmsuser: make one with createUser")) }
}

/// The password that an action sets.
fn new_password(said: &FormValue<'_>) -> Result<SecretBytes, Error> {
    let [_, password] = said.structure(["do", "password"])?;
    read_password(&said.within("password", password))
}

/// Makes the user on all HSMs.
pub(super) fn create_user(
    draft: &mut Draft<'_>,
    id: ClusterId,
    said: &FormValue<'_>,
    row: &ClusterRow,
) -> Result<(), Error> {
    let password = new_password(said)?;
    if !row.hsms.is_empty() && row.hsms.iter().all(|hsm| hsm.kmsuser) {
        return Err(said.wrong("the cluster has the user kmsuser: changePassword gives another password"));
    }
    put_password(draft, id, LineageId::of_account(row.account), &password);
    on_all_hsms(draft, id, true, Kmsuser::default());
    Ok(())
}

/// Deletes the user from all HSMs.
pub(super) fn delete_user(
    draft: &mut Draft<'_>,
    id: ClusterId,
    said: &FormValue<'_>,
    row: &ClusterRow,
) -> Result<(), Error> {
    said.structure(["do"])?;
    has_user(said, row)?;
    draft.destroy(SecretName::Kmsuser(id));
    on_all_hsms(draft, id, false, Kmsuser { logged_in: row.kmsuser.logged_in, ..Kmsuser::default() });
    Ok(())
}

/// Puts the user on all HSMs, or takes it from them.
fn on_all_hsms(draft: &mut Draft<'_>, id: ClusterId, is_there: bool, kmsuser: Kmsuser) {
    edit(draft, id, |row| {
        row.kmsuser = kmsuser;
        for hsm in &mut row.hsms {
            hsm.kmsuser = is_there;
        }
    });
}

/// Gives the user another password, which also lets it in again.
pub(super) fn change_password(
    draft: &mut Draft<'_>,
    id: ClusterId,
    said: &FormValue<'_>,
    row: &ClusterRow,
) -> Result<(), Error> {
    let password = new_password(said)?;
    not_while_connected(said, row)?;
    has_user(said, row)?;
    put_password(draft, id, LineageId::of_account(row.account), &password);
    edit(draft, id, |row| (row.kmsuser.locked, row.kmsuser.failed_logins) = (false, 0));
    Ok(())
}

/// Logs in as `kmsuser` with some tool. A wrong password is counted; without one it is the right one.
pub(super) fn log_in_elsewhere(
    draft: &mut Draft<'_>,
    id: ClusterId,
    said: &FormValue<'_>,
    row: &ClusterRow,
) -> Result<(), Error> {
    let [_, password] = said.structure(["do", "password"])?;
    let password = said.within("password", password);
    let password = password.is_there().then(|| read_password(&password)).transpose()?;
    not_while_connected(said, row)?;
    has_user(said, row)?;
    if row.kmsuser.locked {
        return Err(said.wrong("kmsuser is locked out: changePassword lets it in again"));
    }
    if password.is_none_or(|password| log_in(draft, id, &password)) {
        edit(draft, id, |row| row.kmsuser.logged_in_elsewhere = true);
    }
    Ok(())
}
