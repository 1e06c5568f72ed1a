//! A snapshot: every row as bytes, the secrets sealed under a root key of the host's.
//!
//! ```text
//! one line   JSON       the format, and the rows without secrets
//! 12 bytes   nonce
//! the rest   JSON       key material and what the host wants kept with it, sealed with AES-256-GCM; the line, with its
//!                       end, is associated data
//! 16 bytes   tag
//! ```

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    rows::{AccountRow, AliasRow, KeyRow, MaterialRow, Policy},
    tables::{Change, State},
};
use crate::{
    algorithms::MaterialKind,
    crypto::{
        CryptoProvider,
        cipher::{Aead, NONCE_LENGTH, TAG_LENGTH},
    },
    material::{Material, MaterialId},
    names::{AccountId, AliasArn, KeyArn, KeyId},
    time::Time,
    wire::Base64,
};

/// Names the format and its version.
const FORMAT: &str = "pocket-kms snapshot 1";

/// More than an entry of the sealed part takes in JSON besides its secret bytes.
const LONGEST_ENTRY: usize = 512;

/// Why bytes are no snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The bytes are no snapshot, or one of another version.
    Format,
    /// The root key is wrong, or the bytes have been changed.
    RootKey,
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "the bytes are not a snapshot of this version of pocket-kms",
            Self::RootKey => "the snapshot does not open: the root key is wrong, or the bytes have been changed",
        })
    }
}

impl std::error::Error for SnapshotError {}

/// The tables without secrets.
#[derive(Serialize, Deserialize)]
struct Open {
    format: String,
    keys: Vec<(KeyArn, KeyRow)>,
    policies: Vec<(KeyArn, Policy)>,
    aliases: Vec<(AliasArn, AliasRow)>,
    accounts: Vec<(AccountId, AccountRow)>,
}

/// The secrets.
#[derive(Serialize, Deserialize)]
struct Sealed {
    materials: Vec<Secret>,
    host: Base64,
}

#[derive(Serialize, Deserialize)]
struct Secret {
    id: MaterialId,
    account: AccountId,
    key: KeyId,
    created: Time,
    kind: Option<MaterialKind>,
    bytes: Base64,
}

/// Writes a snapshot; `nonce` must never be used twice with one root key, `host` is sealed with the secrets.
///
/// # Errors
/// Never for a state that this library has built.
pub fn snapshot(state: &State, root_key: &[u8; 32], nonce: [u8; 12], host: &[u8]) -> Result<Vec<u8>, SnapshotError> {
    let mut bytes = Vec::new();
    write(&open_rows(state), &mut bytes)?;
    bytes.push(b'\n');
    let secrets = secrets(state, host);
    // With room from the start: growing leaves copies behind.
    let mut sealed = Zeroizing::new(Vec::with_capacity(secrets.length()));
    write(&secrets, &mut sealed)?;
    let cipher = CryptoProvider::default().cipher;
    let tag = cipher.seal(Aead::Aes256Gcm, root_key, &nonce, &bytes, &mut sealed).map_err(|_| SnapshotError::Format)?;
    bytes.extend_from_slice(&[&nonce[..], &sealed, &tag].concat());
    Ok(bytes)
}

/// Reads a snapshot and gives back the state and what the host had added.
///
/// # Errors
/// [`SnapshotError`]; the bytes may be anything.
pub fn restore(bytes: &[u8], root_key: &[u8; 32]) -> Result<(State, Zeroizing<Vec<u8>>), SnapshotError> {
    let line = bytes.iter().position(|byte| *byte == b'\n').ok_or(SnapshotError::Format)? + 1;
    let (line, rest) = bytes.split_at(line);
    let (nonce, rest) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(SnapshotError::Format)?;
    let (sealed, tag) = rest.split_last_chunk::<TAG_LENGTH>().ok_or(SnapshotError::Format)?;
    // Nothing but its beginning is read before it is known to be as it was written.
    if !line.starts_with(format!(r#"{{"format":"{FORMAT}","#).as_bytes()) {
        return Err(SnapshotError::Format);
    }
    let mut sealed = Zeroizing::new(sealed.to_vec());
    let cipher = CryptoProvider::default().cipher;
    let opened = cipher.open(Aead::Aes256Gcm, root_key, nonce, line, &mut sealed, tag);
    opened.map_err(|_| SnapshotError::RootKey)?;
    let (open, Sealed { materials, host }) = (read(line)?, read(&sealed)?);
    Ok((fold(open, materials), host.0))
}

fn open_rows(state: &State) -> Open {
    Open {
        format: FORMAT.to_owned(),
        keys: sorted(state.keys.iter()),
        policies: sorted(state.policies.iter()),
        aliases: sorted(state.aliases.iter()),
        accounts: sorted(state.accounts.iter()),
    }
}

/// Copies of rows in the order of their names: the tables' own is not the same on every machine.
fn sorted<'a, K: Ord + Clone + 'a, R: Clone + 'a>(rows: impl Iterator<Item = (&'a K, &'a Arc<R>)>) -> Vec<(K, R)> {
    let mut rows: Vec<_> = rows.map(|(key, row)| (key.clone(), R::clone(row))).collect();
    rows.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    rows
}

fn secrets(state: &State, host: &[u8]) -> Sealed {
    let materials = sorted(state.materials.iter()).into_iter().map(|(id, row)| Secret {
        id,
        account: row.account,
        key: row.key,
        created: row.created,
        kind: row.material.as_ref().map(Material::kind),
        bytes: Base64::from(row.material.as_ref().map_or(&[][..], Material::expose)),
    });
    Sealed { materials: materials.collect(), host: Base64::from(host) }
}

/// Applies every row.
fn fold(open: Open, secrets: Vec<Secret>) -> State {
    let mut state = State::default();
    for (key, row) in open.accounts {
        state.apply(&Change::Accounts { key, row: Some(Arc::new(row)) });
    }
    for (key, policy) in open.policies {
        state.apply(&Change::Policies { key, row: Some(Arc::new(policy)) });
    }
    for (key, row) in open.keys {
        state.apply(&Change::Keys { key, row: Some(Arc::new(row)) });
    }
    for (key, row) in open.aliases {
        state.apply(&Change::Aliases { key, row: Some(Arc::new(row)) });
    }
    for Secret { id, account, key, created, kind, bytes } in secrets {
        let material = kind.map(|kind| Material::from_bytes(kind, bytes.0));
        state.apply(&Change::Materials {
            key: id,
            row: Some(Arc::new(MaterialRow { account, key, created, material })),
        });
    }
    state
}

impl Sealed {
    /// At most so many bytes in JSON.
    fn length(&self) -> usize {
        let secrets = self.materials.iter().map(|secret| &secret.bytes).chain([&self.host]);
        secrets.map(|bytes| Base64::length(bytes.0.len()) + LONGEST_ENTRY).sum()
    }
}

fn write<T: Serialize>(value: &T, bytes: &mut Vec<u8>) -> Result<(), SnapshotError> {
    serde_json::to_writer(bytes, value).map_err(|_| SnapshotError::Format)
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, SnapshotError> {
    serde_json::from_slice(bytes).map_err(|_| SnapshotError::Format)
}
