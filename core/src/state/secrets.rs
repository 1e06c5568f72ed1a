//! Secrets by name: everything that only the sealed lane of a snapshot may carry, in one table.
//!
//! A new kind of secret (an access key, the credentials of a proxy, the password of a cluster) is a variant of
//! [`SecretName`] whose members say whose it is, and bytes in a [`Secret`]; storing, sealing, forgetting and telling an
//! account's secrets apart follow from that. Variants are declared in the order of their coming: it is the order of
//! the table.

use std::fmt;

use serde::Serialize;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{
    State,
    keys::LineageId,
    stored::{Stored, member, only},
};
use crate::{
    algorithms::MaterialKind,
    crypto::random::Random,
    material::{Material, MaterialId, Scheduled},
    names::{AccessKeyId, BackupId, ClusterId, KeyArn, KeyStoreName, Partition, Region},
    wire::{Base64, Value},
};

/// How long secrets are that are used as keys of a MAC or a cipher.
const KEY_LENGTH: usize = 32;

/// Names one secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SecretName {
    /// Key material, as one Region holds it: a replica may lack what its primary key has, and keep what that loses.
    Material(MaterialId, Region),
    /// Seals the import tokens of a key.
    ImportTokens(KeyArn),
    /// Names what is imported into related keys, so that the names of two secrets do not tell which is which.
    ImportNames(LineageId),
    /// The material of every scheduled rotation follows from it, so that time needs no entropy (LIF-409). A key has one
    /// for each schedule by which it ever rotated; the number tells them apart, and its last bits tell the partition.
    RotationSeed(LineageId, u32),
    /// Signs requests.
    AccessKey(AccessKeyId),
    /// Seals the grant tokens of a Region, whoever owns the keys: a token alone says which key it is about.
    GrantTokens(Region),
    /// What a custom key store shows to what is behind it: the password of `kmsuser`, or the secret access key of the
    /// credential that signs what a proxy is asked, as the text that it is (CKS-38).
    KeyStore(KeyStoreName),
    /// The password of `kmsuser` as the customer gave it last: KMS sets another one when it connects (CKS-282), but a
    /// store is known by this one (CKS-253).
    KeyStorePassword(KeyStoreName),
    /// The password of the user `kmsuser` of a cluster.
    Kmsuser(ClusterId),
    /// The password that the user `kmsuser` has in a backup.
    BackupKmsuser(BackupId),
    /// What a simulated proxy of external key stores has: the secret access key of a credential, or a version of an external
    /// key. The first number is the proxy's; 0 stands for all that nobody has registered.
    Proxy(u32, u32),
}

/// A secret and its owner. Its serialised form, like its `Debug` form, leaves the secret out.
///
/// The row stays when the secret goes: what it has encrypted can still be told from noise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SecretRow {
    /// The key or the related keys that it belongs to; of an access key, a key store and a user of a cluster, the account
    /// alone; of what seals grant tokens, nobody's.
    pub owner: LineageId,
    /// The secret; `None` once it has been destroyed.
    #[serde(skip)]
    pub secret: Option<Secret>,
}

impl Stored for SecretRow {
    /// The open form of a change has no secret; reading one from it would destroy what it stands for.
    fn stored(_: &Value) -> Option<Self> {
        None
    }
}

impl Stored for SecretName {
    fn stored(value: &Value) -> Option<Self> {
        let Value::Map(members) = value else { return None };
        let [(kind, name)] = &members[..] else { return None };
        Some(match &**kind {
            "material" => <(_, _)>::stored(name).map(|(id, region)| Self::Material(id, region))?,
            "import_tokens" => Self::ImportTokens(Stored::stored(name)?),
            "import_names" => Self::ImportNames(Stored::stored(name)?),
            "rotation_seed" => <(_, _)>::stored(name).map(|(key, number)| Self::RotationSeed(key, number))?,
            "access_key" => Self::AccessKey(Stored::stored(name)?),
            "grant_tokens" => Self::GrantTokens(Stored::stored(name)?),
            "key_store" => Self::KeyStore(Stored::stored(name)?),
            "key_store_password" => Self::KeyStorePassword(Stored::stored(name)?),
            "kmsuser" => Self::Kmsuser(Stored::stored(name)?),
            "backup_kmsuser" => Self::BackupKmsuser(Stored::stored(name)?),
            "proxy" => <(_, _)>::stored(name).map(|(proxy, number)| Self::Proxy(proxy, number))?,
            _ => return None,
        })
    }
}

impl Stored for Sealed {
    fn stored(value: &Value) -> Option<Self> {
        only(value, &["name", "owner", "kind", "bytes"])?;
        Some(Self {
            name: member(value, "name")?,
            owner: member(value, "owner")?,
            kind: member(value, "kind")?,
            bytes: member(value, "bytes")?,
        })
    }
}

/// Secret bytes, which are wiped when they are dropped.
#[derive(Clone)]
#[non_exhaustive]
pub enum Secret {
    /// Key material.
    Material(Material),
    /// Bytes that this library alone uses.
    Bytes(Zeroizing<Box<[u8]>>),
}

impl Secret {
    /// A new secret that is used as the key of a MAC or a cipher.
    pub(crate) fn random(random: &mut Random) -> Self {
        Self::from_bytes(&random.secret(KEY_LENGTH))
    }

    /// Bytes that this library alone uses.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self::Bytes(Zeroizing::new(bytes.into()))
    }

    /// The secret bytes themselves. A dangerous door: nothing that comes out of it may be printed.
    pub fn expose(&self) -> &[u8] {
        match self {
            Self::Material(material) => material.expose(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Whether the secret is these bytes, in constant time.
    pub(crate) fn is(&self, bytes: &[u8]) -> bool {
        self.expose().ct_eq(bytes).into()
    }

    fn kind(&self) -> Option<MaterialKind> {
        match self {
            Self::Material(material) => Some(material.kind()),
            Self::Bytes(_) => None,
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl PartialEq for Secret {
    /// In constant time for secrets of one kind.
    fn eq(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.expose().ct_eq(other.expose()).into()
    }
}

impl Eq for Secret {}

/// One secret in the sealed lane.
#[derive(Serialize)]
pub(super) struct Sealed {
    name: SecretName,
    owner: LineageId,
    /// What key material is; nothing for other secrets.
    kind: Option<MaterialKind>,
    /// The bytes; nothing once the secret has been destroyed.
    bytes: Option<Base64>,
}

impl Sealed {
    /// More than one takes in JSON besides its secret bytes.
    const LONGEST: usize = 512;

    pub(super) fn new(name: SecretName, row: &SecretRow) -> Self {
        let secret = row.secret.as_ref();
        let bytes = secret.map(|secret| Base64::from(secret.expose()));
        Self { name, owner: row.owner, kind: secret.and_then(Secret::kind), bytes }
    }

    /// The secret as it was.
    pub(super) fn open(self) -> (SecretName, SecretRow) {
        let secret = self.bytes.map(|bytes| match self.kind {
            Some(kind) => Secret::Material(Material::from_bytes(kind, bytes.0)),
            None => Secret::from_bytes(&bytes.0),
        });
        (self.name, SecretRow { owner: self.owner, secret })
    }

    /// An upper bound of the bytes in JSON.
    pub(super) fn length(row: &SecretRow) -> usize {
        Self::LONGEST + row.secret.as_ref().map_or(0, |secret| Base64::length(secret.expose().len()))
    }
}

/// What the state knows of secrets.
impl State {
    /// A secret, unless it has been destroyed.
    pub(crate) fn secret(&self, name: &SecretName) -> Option<&Secret> {
        self.secrets.get(name)?.secret.as_ref()
    }

    /// Key material as a Region holds it.
    pub(crate) fn material(&self, id: MaterialId, region: Region) -> Option<&Material> {
        match self.secret(&SecretName::Material(id, region))? {
            Secret::Material(material) => Some(material),
            Secret::Bytes(_) => None,
        }
    }

    /// Whose key material of this name is or was, and whether a Region still holds it.
    pub(crate) fn holders(&self, id: MaterialId) -> Option<Holders> {
        let mut rows = self.secrets.of(id);
        let Some((region, first)) = rows.next() else { return self.holders_of_scheduled(id) };
        let is_held = first.secret.is_some() || rows.any(|(_, row)| row.secret.is_some());
        Some(Holders { owner: first.owner, partition: region.partition(), is_held })
    }

    /// Whose schedule has made key material of this name: the secret from which it follows outlives neither the key nor
    /// its own name.
    fn holders_of_scheduled(&self, id: MaterialId) -> Option<Holders> {
        // To read the name backwards takes four hashes.
        let Scheduled { account, key, seed, .. } = self.index.has_schedules.then(|| id.as_scheduled())??;
        let owner = LineageId { account, id: key };
        let is_held = self.secrets.get(&SecretName::RotationSeed(owner, seed))?.secret.is_some();
        let is_there = || self.keys.get(&owner).is_some_and(|row| row.versions.get(id, owner).is_some());
        let partition = Partition::of_marked(seed)?;
        (!is_held || is_there()).then_some(Holders { owner, partition, is_held })
    }

    /// The same, looked for first in the Region where it most likely is: one step instead of a walk.
    pub(crate) fn holders_near(&self, id: MaterialId, region: Region) -> Option<Holders> {
        match self.secrets.get(&SecretName::Material(id, region)) {
            Some(row) if row.secret.is_some() => {
                Some(Holders { owner: row.owner, partition: region.partition(), is_held: true })
            }
            _ => self.holders(id),
        }
    }

    /// The keys that have this material: one, or one in each Region of related multi-Region keys.
    pub(crate) fn keys_of(&self, id: MaterialId) -> impl Iterator<Item = KeyArn> + '_ {
        let owner = self.holders(id).map(|holders| holders.owner);
        let row = owner.and_then(|owner| Some((owner, self.keys.get(&owner)?)));
        let row = row.filter(|(owner, row)| row.versions.get(id, *owner).is_some());
        row.into_iter().flat_map(|(owner, row)| row.regions.iter().map(move |key| owner.in_region(key.region)))
    }
}

/// Who has or had key material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holders {
    /// The key or the related keys.
    pub(crate) owner: LineageId,
    /// The partition of their Regions. In another one, the account of this number is somebody else's.
    pub(crate) partition: Partition,
    /// Whether at least one of them still holds it.
    pub(crate) is_held: bool,
}
