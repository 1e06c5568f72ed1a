//! Snapshots of former versions, lifted to the rows of today: one function for each version.
//!
//! The structures here are the rows as a version wrote them. They never change; `tests/golden` holds a snapshot of each
//! version.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    keys::{Deletion, Import, KeyRow, LineageId, RegionalKey},
    rows::{AccountRow, AliasRow},
    secrets::{Secret, SecretName, SecretRow},
    snapshot::{SnapshotError, read},
    stored::{Stored, member, stored},
    tables::{Change, State},
    versions::{Since, Version},
};
use crate::{
    algorithms::MaterialKind,
    crypto::{
        CryptoProvider,
        cipher::{Aead, NONCE_LENGTH, TAG_LENGTH},
        hash::Hash,
    },
    material::{Material, MaterialId},
    names::{AccountId, AliasArn, KeyArn, KeyId, Partition, Region},
    order::map,
    policy::{Kind, PolicyRow},
    shapes::{KeyManagerType, KeySpec, KeyUsageType, OriginType},
    time::Time,
    wire::{Base64, SecretBytes, Value},
};

/// How a snapshot of version 1 begins: one line with every row but the secrets.
const VERSION_1: &[u8] = br#"{"format":"pocket-kms snapshot 1","#;

/// The first line of version 1.
struct Open1 {
    keys: Vec<(KeyArn, Key1)>,
    policies: Vec<(KeyArn, String)>,
    aliases: Vec<(AliasArn, AliasRow)>,
    accounts: Vec<(AccountId, Account1)>,
}

struct Key1 {
    created: Time,
    description: String,
    spec: KeySpec,
    usage: KeyUsageType,
    origin: OriginType,
    manager: KeyManagerType,
    multi_region: bool,
    enabled: bool,
    deletion: Option<Deletion1>,
    materials: Vec<Material1>,
    tags: Vec<(String, String)>,
}

struct Deletion1 {
    date: Time,
    window: i64,
}

struct Material1 {
    id: MaterialId,
    import: Option<Import1>,
}

struct Import1 {
    presence: Presence1,
    description: Option<Box<str>>,
}

enum Presence1 {
    Gone,
    Lasting,
    Until(Time),
}

impl Stored for Presence1 {
    fn stored(value: &Value) -> Option<Self> {
        match value.as_text() {
            Some("Gone") => Some(Self::Gone),
            Some("Lasting") => Some(Self::Lasting),
            _ => member(value, "Until").map(Self::Until),
        }
    }
}

struct Account1 {
    default_policies: Vec<(Partition, String)>,
}

/// The sealed part of version 1.
struct Sealed1 {
    materials: Vec<Secret1>,
    host: Base64,
}

struct Secret1 {
    id: MaterialId,
    account: AccountId,
    key: KeyId,
    kind: Option<MaterialKind>,
    bytes: Base64,
}

stored! {
    Open1 { keys, policies, aliases, accounts }
    Key1 { created, description, spec, usage, origin, manager, multi_region, enabled, deletion, materials, tags }
    Deletion1 { date, window }
    Material1 { id, import }
    Import1 { presence, description }
    Account1 { default_policies }
    Sealed1 { materials, host }
    Secret1 { id, account, key, kind, bytes }
}

/// Whether bytes are meant as a snapshot of version 1.
pub(super) fn is_version_1(bytes: &[u8]) -> bool {
    bytes.starts_with(VERSION_1)
}

/// Reads a snapshot of version 1: a line, a nonce, and the secrets in AES-256-GCM under the root key itself.
///
/// Its revision was not kept: it is the number of its rows.
pub(super) fn from_version_1(bytes: &[u8], root_key: &[u8; 32]) -> Result<(State, SecretBytes), SnapshotError> {
    let line = bytes.iter().position(|byte| *byte == b'\n').ok_or(SnapshotError::Format)? + 1;
    let (line, rest) = bytes.split_at(line);
    let (nonce, rest) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(SnapshotError::Format)?;
    let (sealed, tag) = rest.split_last_chunk::<TAG_LENGTH>().ok_or(SnapshotError::Format)?;
    let mut sealed = SecretBytes::new(sealed.to_vec());
    let cipher = CryptoProvider::default().cipher;
    let opened = cipher.open(Aead::Aes256Gcm, root_key, nonce, line, &mut sealed, tag);
    opened.map_err(|_| SnapshotError::RootKey)?;
    let (Open1 { keys, policies, aliases, accounts }, Sealed1 { materials, host }) = (read(line)?, read(&sealed)?);
    let mut state = State::default();
    let places = map(keys.iter().map(|(arn, _)| (LineageId::of(*arn), *arn)));
    for secret in materials {
        state.apply(&secret.lifted(&places)?);
    }
    for (key, Account1 { default_policies }) in accounts {
        let policy = |(partition, text)| Ok((partition, Arc::new(key_policy(text)?)));
        let default_policies = default_policies.into_iter().map(policy).collect::<Result<_, SnapshotError>>()?;
        state.apply(&Change::Accounts {
            key,
            row: Some(Arc::new(AccountRow { default_policies, ..AccountRow::default() })),
        });
    }
    for (key, text) in policies {
        state.apply(&Change::Policies { key, row: Some(Arc::new(key_policy(text)?)) });
    }
    for (arn, key) in keys {
        state.apply(&Change::Keys { key: LineageId::of(arn), row: Some(Arc::new(key.lifted(arn.region))) });
    }
    for (key, row) in aliases {
        state.apply(&Change::Aliases { key, row: Some(Arc::new(row)) });
    }
    Ok((state, host.0))
}

impl Key1 {
    /// Version 1 knew multi-Region keys as primary keys without replicas, and one material of each key (LIF-421).
    fn lifted(self, region: Region) -> KeyRow {
        let import = |material: &Material1| match material.import.as_ref()?.presence {
            Presence1::Gone => None,
            Presence1::Lasting => Some(Import { id: material.id, until: None }),
            Presence1::Until(end) => Some(Import { id: material.id, until: Some(end) }),
        };
        let regional = RegionalKey {
            region,
            created: self.created,
            description: self.description,
            enabled: self.enabled,
            deletion: self.deletion.map(|Deletion1 { date, window }| Deletion { window, date: Some(date) }),
            transition: None,
            imports: self.materials.iter().filter_map(import).collect(),
            tags: self.tags,
        };
        let version = |material: Material1| Version {
            id: material.id,
            since: Some(Since { at: self.created, by: None }),
            description: material.import.and_then(|import| import.description),
            public_key: None,
        };
        KeyRow {
            spec: self.spec,
            usage: self.usage,
            origin: self.origin,
            manager: self.manager,
            primary: self.multi_region.then_some(region),
            rotation: None,
            on_demand: 0,
            rotating: None,
            in_store: None,
            versions: self.materials.into_iter().map(version).collect(),
            regions: [regional].into(),
        }
    }
}

impl Secret1 {
    /// The secret under its name of today. Version 1 had one name for a material in all Regions, and made up a material
    /// for what seals import tokens.
    fn lifted(self, places: &BTreeMap<LineageId, KeyArn>) -> Result<Change, SnapshotError> {
        let Self { id, account, key, kind, bytes } = self;
        let owner = LineageId { account, id: key };
        let of = places.get(&owner).copied();
        // Of a key that is gone the Region is not known, and any will do: its name is all that there is.
        let region = of.map(|arn| arn.region).or_else(|| Region::parse("us-east-1")).ok_or(SnapshotError::Format)?;
        let tokens = of.filter(|arn| token_name(*arn) == id.0);
        let secret = kind.map(|kind| match tokens {
            Some(_) => Secret::from_bytes(&bytes.0),
            None => Secret::Material(Material::from_bytes(kind, bytes.0)),
        });
        let name = tokens.map_or(SecretName::Material(id, region), SecretName::ImportTokens);
        Ok(Change::Secrets { key: name, row: Some(Arc::new(SecretRow { owner, secret })) })
    }
}

/// The material by which version 1 knew what seals the import tokens of a key.
fn token_name(key: KeyArn) -> [u8; 32] {
    let digest = Hash::Sha256.digest(format!("pocket-kms import tokens of {key}").as_bytes());
    let mut name = [0; 32];
    name.copy_from_slice(digest.as_ref());
    name
}

/// A key policy as it was stored.
fn key_policy(text: String) -> Result<PolicyRow, SnapshotError> {
    PolicyRow::read(text, Kind::ResourcePolicy, &[]).map_err(|_| SnapshotError::Format)
}
