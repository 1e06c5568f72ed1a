//! A snapshot: every row as the change that puts it, the secrets sealed under a root key of the host's.
//!
//! ```text
//! one line   JSON       the format and the revision
//! lines      JSON       one change each: {"table", "key", "row"}
//! lines      JSON       one mark each: {"meter", "key", "row"}
//! one line   empty
//! 32 bytes   seal       a MAC over all of the content, from which the key of the next part is derived
//! the rest   JSON       secrets and what the host wants kept with them, in AES-256-GCM; all before is associated data
//! 16 bytes   tag
//! ```
//!
//! Reading it is folding it: a snapshot is the shortest journal of its state. The key of the sealed part follows from
//! the content, so that a snapshot draws nothing, equal worlds have equal snapshots, and no two contents ever share a
//! key and a nonce.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use super::{
    meters::{Mark, Meters},
    secrets::Sealed,
    stored::{Stored, from_json, stored},
    tables::{Change, State, TABLES},
    upgrade,
};
use crate::{
    crypto::{
        CryptoProvider,
        cipher::{Aead, NONCE_LENGTH, TAG_LENGTH},
        hash::Hash,
    },
    lags::Lag,
    wire::{Base64, SecretBytes},
};

/// Names the format and its version.
const FORMAT: &str = "pocket-kms snapshot 2";
/// How the first line begins in every version.
const EVERY_VERSION: &[u8] = br#"{"format":"pocket-kms snapshot "#;

/// Separates the purposes of the root key.
const SEAL_LABEL: &[u8] = b"pocket-kms snapshot 2 seal\0";
const KEY_LABEL: &[u8] = b"pocket-kms snapshot 2 key\0";

/// The line of a mark begins so.
const MARK: &[u8] = br#"{"meter":"#;

const SEAL_LENGTH: usize = 32;

/// Each key seals one content alone.
const NONCE: [u8; NONCE_LENGTH] = [0; NONCE_LENGTH];

/// What the sealed part takes in JSON besides its entries.
const FRAME: usize = 64;

/// Why bytes are not a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The bytes are not a snapshot, or not all of one.
    Format,
    /// The snapshot is of a later version.
    Newer,
    /// The root key is wrong, or the bytes have been changed.
    RootKey,
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "the bytes are not a snapshot of pocket-kms, or not all of one",
            Self::Newer => "the snapshot is of a newer version of pocket-kms than this one: open it with that version",
            Self::RootKey => "the snapshot does not open: the root key is wrong, or the bytes have been changed",
        })
    }
}

impl std::error::Error for SnapshotError {}

#[derive(Serialize)]
struct Header {
    format: String,
    revision: u64,
}

/// The sealed part as it is written.
#[derive(Serialize)]
struct Lane<'a> {
    secrets: Secrets<'a>,
    host: Base64,
}

struct Secrets<'a>(&'a State);

impl Serialize for Secrets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.secrets.sorted().into_iter().map(|(name, row)| Sealed::new(name, row)))
    }
}

/// The sealed part as it is read.
struct Opened {
    secrets: Vec<Sealed>,
    host: Base64,
}

stored! {
    Header { format, revision }
    Opened { secrets, host }
}

/// Writes a snapshot; `host` is sealed with the secrets.
///
/// # Errors
/// Never for a state that this library has built.
pub(crate) fn snapshot(
    state: &State,
    meters: &Meters,
    root_key: &[u8; 32],
    host: &[u8],
) -> Result<Vec<u8>, SnapshotError> {
    let mut bytes = Vec::new();
    write_line(&Header { format: FORMAT.to_owned(), revision: state.revision() }, &mut bytes)?;
    for (table, _) in TABLES.iter().enumerate().filter(|(_, rules)| rules.saved && !rules.sealed) {
        for change in state.rows_of(table) {
            write_line(&change, &mut bytes)?;
        }
    }
    for mark in meters.rows().iter().filter(|mark| mark.rules().saved) {
        write_line(mark, &mut bytes)?;
    }
    bytes.push(b'\n');
    // With room from the start: growing leaves copies behind.
    let length: usize = state.secrets.iter().map(|(_, row)| Sealed::length(row)).sum();
    let mut lane = SecretBytes::new(Vec::with_capacity(length + Base64::length(host.len()) + FRAME));
    let content = Lane { secrets: Secrets(state), host: Base64::from(host) };
    serde_json::to_writer(&mut *lane, &content).map_err(|_| SnapshotError::Format)?;
    let digest = Hash::Sha256.digest(&bytes);
    let seal = derived(root_key, &[SEAL_LABEL, digest.as_ref(), &lane])?;
    let key = derived(root_key, &[KEY_LABEL, &*seal])?;
    let cipher = CryptoProvider::default().cipher;
    let tag = cipher.seal(Aead::Aes256Gcm, &*key, &NONCE, &bytes, &mut lane).map_err(|_| SnapshotError::Format)?;
    bytes.extend_from_slice(&[&seal[..], &lane, &tag].concat());
    Ok(bytes)
}

/// Reads a snapshot of any version and gives back the state and what the host had added.
///
/// # Errors
/// [`SnapshotError`]; the bytes may be anything.
pub(crate) fn restore(bytes: &[u8], root_key: &[u8; 32]) -> Result<(State, Meters, SecretBytes), SnapshotError> {
    if upgrade::is_version_1(bytes) {
        let (state, host) = upgrade::from_version_1(bytes, root_key)?;
        return Ok((state, Meters::default(), host));
    }
    // Nothing but its beginning is read before it is known to be as it was written.
    if !bytes.starts_with(format!(r#"{{"format":"{FORMAT}","#).as_bytes()) {
        return Err(if bytes.starts_with(EVERY_VERSION) { SnapshotError::Newer } else { SnapshotError::Format });
    }
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").ok_or(SnapshotError::Format)? + 2;
    let (open, rest) = bytes.split_at(end);
    let (seal, rest) = rest.split_first_chunk::<SEAL_LENGTH>().ok_or(SnapshotError::Format)?;
    let (sealed, tag) = rest.split_last_chunk::<TAG_LENGTH>().ok_or(SnapshotError::Format)?;
    let key = derived(root_key, &[KEY_LABEL, seal])?;
    let mut lane = SecretBytes::new(sealed.to_vec());
    let cipher = CryptoProvider::default().cipher;
    let opened = cipher.open(Aead::Aes256Gcm, &*key, &NONCE, open, &mut lane, tag);
    opened.map_err(|_| SnapshotError::RootKey)?;
    let mut lines = open.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let header: Header = read(lines.next().unwrap_or_default())?;
    let Opened { secrets, host } = read(&lane)?;
    let (mut state, mut meters) = (State::default(), Meters::default());
    for line in lines {
        if line.starts_with(MARK) {
            meters.mark(&read::<Mark>(line)?, state.lag(Lag::LastUsage));
        } else {
            state.apply(&read::<Change>(line)?);
        }
    }
    for (name, row) in secrets.into_iter().map(Sealed::open) {
        state.apply(&Change::Secrets { key: name, row: Some(Arc::new(row)) });
    }
    Ok((state.at_revision(header.revision), meters, host.0))
}

/// A key or a MAC under the root key.
fn derived(root_key: &[u8; 32], parts: &[&[u8]]) -> Result<Zeroizing<[u8; SEAL_LENGTH]>, SnapshotError> {
    let mut derived = Zeroizing::new([0; SEAL_LENGTH]);
    let made = CryptoProvider::default().mac.hmac(Hash::Sha256, root_key, parts, &mut *derived);
    made.map(|()| derived).map_err(|_| SnapshotError::Format)
}

fn write_line<T: Serialize>(value: &T, bytes: &mut Vec<u8>) -> Result<(), SnapshotError> {
    serde_json::to_writer(&mut *bytes, value).map_err(|_| SnapshotError::Format)?;
    bytes.push(b'\n');
    Ok(())
}

pub(super) fn read<T: Stored>(bytes: &[u8]) -> Result<T, SnapshotError> {
    from_json(bytes).ok_or(SnapshotError::Format)
}
