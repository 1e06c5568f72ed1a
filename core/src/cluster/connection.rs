//! KMS connects a key store with its cluster, and leaves it.

use subtle::ConstantTimeEq;

use super::{Found, configuration, edit, find};
use crate::{
    crypto::random::Random,
    error::Error,
    names::{AccountId, ClusterId, Region},
    shapes::ConnectionErrorCodeType as Code,
    state::{ClusterRow, Draft, LineageId, Secret, SecretName},
    wire::SecretBytes,
};

/// The failed login that locks a user out (CKS-283).
pub(super) const LOCKING: u32 = 5;

/// How long the passwords are that KMS gives to `kmsuser` (CKS-282).
const PASSWORD_LENGTH: usize = 32;

/// What comes of an attempt to connect.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// KMS is logged in, and the password of `kmsuser` is this one from now on; of a cluster in trust mode, the one that
    /// was given.
    Connected(Option<SecretBytes>),
    /// It could not.
    Failed(Code),
}

/// Connects: finds the cluster, logs in with the password that the key store has, and changes it (CKS-280 to CKS-283). A
/// login that fails is counted.
///
/// # Errors
/// What KMS sees at once: then nothing has begun.
pub(crate) fn connect(
    draft: &mut Draft<'_>,
    account: AccountId,
    region: Region,
    id: ClusterId,
    password: &[u8],
    random: &Random,
) -> Result<Verdict, Error> {
    let row = match find(draft.state(), account, region, id) {
        Found::Trusted => return Ok(Verdict::Connected(None)),
        Found::Missing => return Ok(Verdict::Failed(Code::ClusterNotFound)),
        Found::Cluster(row) => row,
    };
    configuration::check_active(id, row)?;
    configuration::check(id, row, false)?;
    if let Some(code) = hindrance(row) {
        return Ok(Verdict::Failed(code));
    }
    if !log_in(draft, id, password) {
        return Ok(Verdict::Failed(Code::InvalidCredentials));
    }
    let own = new_password(&mut random.stream(&format!("kmsuser of {id}")));
    draft.put_secret(SecretName::Kmsuser(id), LineageId::of_account(account), Secret::from_bytes(&own));
    edit(draft, id, |row| row.kmsuser.logged_in = true);
    Ok(Verdict::Connected(Some(own)))
}

/// What keeps KMS from trying a password (CKS-281, in its order).
fn hindrance(row: &ClusterRow) -> Option<Code> {
    let user = &row.kmsuser;
    let hindrances = [
        (row.subnets.iter().any(|subnet| subnet.deleted), Code::SubnetNotFound),
        (row.subnets.iter().any(|subnet| subnet.free_addresses == 0), Code::InsufficientFreeAddressesInSubnet),
        (configuration::active(row).next().is_none(), Code::InsufficientCloudhsmHsms),
        (!row.network, Code::NetworkErrors),
        (row.kms_fault, Code::InternalError),
        (configuration::active(row).any(|hsm| !hsm.kmsuser), Code::UserNotFound),
        (user.locked, Code::UserLockedOut),
        (user.logged_in_elsewhere, Code::UserLoggedIn),
        (user.second_factor, Code::InvalidCredentials),
    ];
    hindrances.into_iter().find_map(|(is_there, code)| is_there.then_some(code))
}

/// Tries a password, and counts how that went.
pub(super) fn log_in(draft: &mut Draft<'_>, id: ClusterId, password: &[u8]) -> bool {
    let own = draft.state().secret(&SecretName::Kmsuser(id));
    let is_right = own.is_none_or(|own| own.expose().ct_eq(password).into());
    edit(draft, id, |row| {
        let user = &mut row.kmsuser;
        user.failed_logins = if is_right { 0 } else { user.failed_logins + 1 };
        user.locked |= user.failed_logins >= LOCKING;
    });
    is_right
}

/// Letters and digits, each as likely as any other.
fn new_password(random: &mut Random) -> SecretBytes {
    const CHARACTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut password = SecretBytes::new(Vec::with_capacity(PASSWORD_LENGTH));
    while password.len() < PASSWORD_LENGTH {
        let [byte] = random.array();
        if byte < 248 {
            password.push(CHARACTERS[usize::from(byte % 62)]);
        }
    }
    password
}

/// Logs out (CKS-285).
pub(crate) fn disconnect(draft: &mut Draft<'_>, id: ClusterId) {
    edit(draft, id, |row| row.kmsuser.logged_in = false);
}
