//! A snapshot: every row as bytes, the secrets sealed under a root key of the host's.
//!
//! Layout: CBOR of a [`Header`] with the open rows in the clear, and one sealed part that holds key material and what
//! the host wants kept with it. The open part is bound to the sealed one as associated data.

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
        cipher::{Aead, TAG_LENGTH},
    },
    material::{Material, MaterialId},
    names::{AccountId, AliasArn, KeyArn, KeyId},
    time::Time,
};

/// Names the format and its version.
const FORMAT: &str = "pocket-kms snapshot 1";

/// More than an entry of the sealed part takes in CBOR besides its secret bytes, and than the tag after it.
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

#[derive(Serialize, Deserialize)]
struct Snapshot {
    format: String,
    nonce: [u8; 12],
    #[serde(with = "serde_bytes")]
    open: Vec<u8>,
    #[serde(with = "serde_bytes")]
    sealed: Vec<u8>,
}

/// The tables without secrets.
#[derive(Default, Serialize, Deserialize)]
struct Open {
    keys: Vec<(KeyArn, KeyRow)>,
    policies: Vec<(KeyArn, Policy)>,
    aliases: Vec<(AliasArn, AliasRow)>,
    accounts: Vec<(AccountId, AccountRow)>,
}

/// The secrets.
#[derive(Serialize, Deserialize)]
struct Sealed {
    materials: Vec<Secret>,
    #[serde(with = "wiped")]
    host: Zeroizing<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
struct Secret {
    id: MaterialId,
    account: AccountId,
    key: KeyId,
    created: Time,
    kind: Option<MaterialKind>,
    #[serde(with = "wiped")]
    bytes: Zeroizing<Vec<u8>>,
}

/// Bytes that are written as bytes, and wiped when they are dropped.
mod wiped {
    use serde::{Deserializer, Serializer};
    use zeroize::Zeroizing;

    pub(super) fn serialize<S: Serializer>(bytes: &Zeroizing<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(bytes.as_slice(), to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Zeroizing<Vec<u8>>, D::Error> {
        serde_bytes::deserialize::<Vec<u8>, D>(from).map(Zeroizing::new)
    }
}

/// Writes a snapshot; `nonce` must never be used twice with one root key, `host` is sealed with the secrets.
///
/// # Errors
/// Never for a state that this library has built.
pub fn snapshot(state: &State, root_key: &[u8; 32], nonce: [u8; 12], host: &[u8]) -> Result<Vec<u8>, SnapshotError> {
    let open = to_cbor(&open_rows(state), 0)?;
    let secrets = secrets(state, host);
    let mut sealed = to_cbor(&secrets, secrets.length())?;
    let cipher = CryptoProvider::default().cipher;
    let tag = cipher.seal(Aead::Aes256Gcm, root_key, &nonce, &open, &mut sealed).map_err(|_| SnapshotError::Format)?;
    let mut bytes = std::mem::take(&mut *sealed);
    bytes.extend_from_slice(&tag);
    let snapshot = Snapshot { format: FORMAT.to_owned(), nonce, open: std::mem::take(&mut *{ open }), sealed: bytes };
    to_cbor(&snapshot, 0).map(|mut bytes| std::mem::take(&mut *bytes))
}

/// Reads a snapshot and gives back the state and what the host had added.
///
/// # Errors
/// [`SnapshotError`]; the bytes may be anything.
pub fn restore(bytes: &[u8], root_key: &[u8; 32]) -> Result<(State, Vec<u8>), SnapshotError> {
    let snapshot: Snapshot = from_cbor(bytes)?;
    if snapshot.format != FORMAT {
        return Err(SnapshotError::Format);
    }
    let mut sealed = Zeroizing::new(snapshot.sealed);
    let length = sealed.len().checked_sub(TAG_LENGTH).ok_or(SnapshotError::Format)?;
    let tag: [u8; TAG_LENGTH] = sealed[length..].try_into().map_err(|_| SnapshotError::Format)?;
    sealed.truncate(length);
    let cipher = CryptoProvider::default().cipher;
    let opened = cipher.open(Aead::Aes256Gcm, root_key, &snapshot.nonce, &snapshot.open, &mut sealed, &tag);
    opened.map_err(|_| SnapshotError::RootKey)?;
    let (open, mut secrets): (Open, Sealed) = (from_cbor(&snapshot.open)?, from_cbor(&sealed)?);
    Ok((fold(open, secrets.materials), std::mem::take(&mut *secrets.host)))
}

fn open_rows(state: &State) -> Open {
    Open {
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
        bytes: Zeroizing::new(row.material.as_ref().map_or(&[][..], Material::expose).to_vec()),
    });
    Sealed { materials: materials.collect(), host: Zeroizing::new(host.to_vec()) }
}

/// Applies every row; keys that share the default policy of their account share it again.
fn fold(open: Open, secrets: Vec<Secret>) -> State {
    let mut state = State::default();
    for (key, row) in open.accounts {
        state.apply(&Change::Accounts { key, row: Some(Arc::new(row)) });
    }
    for (key, policy) in open.policies {
        let defaults = state.accounts.get(&key.account).map_or(&[][..], |row| row.default_policies.as_slice());
        let shared = defaults.iter().find(|default| default.text() == policy.text()).cloned();
        let row = shared.unwrap_or_else(|| Arc::new(policy));
        state.apply(&Change::Policies { key, row: Some(row) });
    }
    for (key, row) in open.keys {
        state.apply(&Change::Keys { key, row: Some(Arc::new(row)) });
    }
    for (key, row) in open.aliases {
        state.apply(&Change::Aliases { key, row: Some(Arc::new(row)) });
    }
    for Secret { id, account, key, created, kind, bytes } in secrets {
        let material = kind.map(|kind| Material::from_bytes(kind, bytes));
        state.apply(&Change::Materials {
            key: id,
            row: Some(Arc::new(MaterialRow { account, key, created, material })),
        });
    }
    state
}

impl Sealed {
    /// At most so many bytes in CBOR.
    fn length(&self) -> usize {
        let secrets = self.materials.iter().map(|secret| secret.bytes.len() + LONGEST_ENTRY);
        self.host.len() + LONGEST_ENTRY + secrets.sum::<usize>()
    }
}

/// With room for `capacity` bytes from the start: growing leaves copies behind.
fn to_cbor<T: Serialize>(value: &T, capacity: usize) -> Result<Zeroizing<Vec<u8>>, SnapshotError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    ciborium::into_writer(value, &mut *bytes).map_err(|_| SnapshotError::Format)?;
    Ok(bytes)
}

fn from_cbor<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, SnapshotError> {
    ciborium::from_reader(bytes).map_err(|_| SnapshotError::Format)
}
