//! The row of a KMS key: what related multi-Region keys share stands once, and beside it what each Region's key has of
//! its own (LIF-187 to LIF-192).
//!
//! Both live in one row, so that nothing shared can differ between Regions and no Region can have two keys of one
//! lineage. A single-Region key is a lineage with one key.

use std::{fmt, ops::Deref, sync::Arc};

use serde::{Serialize, Serializer};

use super::stored::stored;
use crate::{
    material::MaterialId,
    names::{AccountId, KeyArn, KeyId, Region},
    shapes::{KeyManagerType, KeySpec, KeyState, KeyUsageType, OriginType, RotationType},
    time::Time,
    wire::Base64,
};

/// Names a lineage: a key, or a multi-Region primary key with its replicas. They have one key id in one account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineageId {
    /// The account that owns the keys.
    pub account: AccountId,
    /// The id that they share.
    pub id: KeyId,
}

impl LineageId {
    /// The lineage of a key.
    pub const fn of(key: KeyArn) -> Self {
        Self { account: key.account, id: key.id }
    }

    /// The key of the lineage in a Region, whether or not there is one.
    pub const fn in_region(self, region: Region) -> KeyArn {
        KeyArn { account: self.account, region, id: self.id }
    }

    /// Reads `<account>:key/<id>`, the last part of an ARN.
    pub fn parse(text: &str) -> Option<Self> {
        let (account, id) = text.split_once(":key/")?;
        Some(Self { account: AccountId::parse(account)?, id: KeyId::parse(id)? })
    }
}

impl fmt::Display for LineageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:key/{}", self.account, self.id)
    }
}

impl fmt::Debug for LineageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for LineageId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A KMS key in all its Regions, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KeyRow {
    /// What kind of key material the key has.
    pub spec: KeySpec,
    /// What the key may be used for.
    pub usage: KeyUsageType,
    /// Where the key material comes from.
    pub origin: OriginType,
    /// Whether the customer or an AWS service manages the key.
    pub manager: KeyManagerType,
    /// The Region of the primary key; `None` for a single-Region key.
    pub primary: Option<Region>,
    /// When the key material rotates by itself; only the primary key changes it (LIF-189).
    pub rotation: Option<Rotation>,
    /// The key materials, in the order in which they came.
    pub versions: Vec<Version>,
    /// What is each key's own, in the order in which the keys were created (LIF-194); never empty.
    pub regions: Vec<RegionalKey>,
}

impl KeyRow {
    /// The current version: the last that has become current.
    pub fn current(&self) -> Option<&Version> {
        self.permanent().next_back()
    }

    /// The versions that are or were current; they never leave the key again (LIF-127).
    pub fn permanent(&self) -> impl DoubleEndedIterator<Item = &Version> {
        self.versions.iter().filter(|version| version.since.is_some())
    }

    /// The version of this name.
    pub fn version(&self, id: MaterialId) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// Whether the key is one of several related keys, or may become one.
    pub const fn is_multi_region(&self) -> bool {
        self.primary.is_some()
    }

    /// Gives back the room that its lists have to grow: rows live long, and there are many.
    pub(super) fn shrink_to_fit(&mut self) {
        self.versions.shrink_to_fit();
        self.regions.shrink_to_fit();
        for key in &mut self.regions {
            key.imports.shrink_to_fit();
            key.tags.shrink_to_fit();
        }
    }

    /// The key of a Region, to be changed.
    pub(crate) fn region_mut(&mut self, region: Region) -> Option<&mut RegionalKey> {
        self.regions.iter_mut().find(|key| key.region == region)
    }
}

/// A schedule of rotation: all that drives automatic rotation (LIF-45 to LIF-66).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rotation {
    /// From one rotation to the next, in days.
    pub period: i64,
    /// When the next rotation is due; it may lie in the past while the key is disabled (LIF-54).
    pub due: Time,
}

/// One key material of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Version {
    /// Its name.
    pub id: MaterialId,
    /// Since when, and by what, it has been current; `None` for imported material that waits for a rotation (LIF-121).
    pub since: Option<Since>,
    /// What its owner wrote about it when it was imported (LIF-189).
    pub description: Option<Box<str>>,
    /// The public key of imported material in DER; GetPublicKey gives it when the private key is gone (LIF-412).
    #[serde(serialize_with = "as_base64", skip_serializing_if = "Option::is_none")]
    pub public_key: Option<Box<[u8]>>,
}

/// Bytes of a row, in base64.
#[expect(clippy::ref_option, reason = "serde passes the member by reference")]
fn as_base64<S: Serializer>(bytes: &Option<Box<[u8]>>, serializer: S) -> Result<S::Ok, S::Error> {
    bytes.as_deref().map(Base64::from).serialize(serializer)
}

/// How a version became current.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Since {
    /// When it became current.
    pub at: Time,
    /// The kind of rotation that made it so; `None` for the first version (LIF-74).
    pub by: Option<RotationType>,
}

impl Version {
    /// The first version of a key, current from now on.
    pub const fn first(id: MaterialId, now: Time) -> Self {
        Self { id, since: Some(Since { at: now, by: None }), description: None, public_key: None }
    }
}

/// What the key of one Region has of its own (LIF-191, LIF-192).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegionalKey {
    /// The Region.
    pub region: Region,
    /// When the key was created.
    pub created: Time,
    /// The free text of the key, at most 8,192 characters.
    pub description: String,
    /// The switch that EnableKey and DisableKey turn; the key's state follows from it and from more (LIF-270).
    pub enabled: bool,
    /// Set while the key waits for its deletion.
    pub deletion: Option<Deletion>,
    /// The imported materials that are there. Related keys import, expire and delete apart (LIF-177).
    pub imports: Vec<Import>,
    /// Tags in the order in which they were first given.
    pub tags: Vec<(String, String)>,
}

/// Imported material that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Import {
    /// The version whose material it is.
    pub id: MaterialId,
    /// When it expires; `None` when it stays until it is deleted.
    pub until: Option<Time>,
}

impl Import {
    /// Whether the material is still there.
    pub fn is_there(&self, now: Time) -> bool {
        self.until.is_none_or(|end| now < end)
    }
}

/// A deletion that has been scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deletion {
    /// The waiting period that was asked for, in days.
    pub window: i64,
    /// When the key is deleted; `None` while a primary key waits for the deletion of its replicas (LIF-231).
    pub date: Option<Time>,
}

stored! {
    KeyRow { spec, usage, origin, manager, primary, rotation, versions, regions }
    Rotation { period, due }
    Version { id, since, description, public_key }
    Since { at, by }
    RegionalKey { region, created, enabled, deletion; later description, imports, tags }
    Import { id, until }
    Deletion { window, date }
}

/// A key: its row, seen from one Region. What is shared is read as if it were a member of the key itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Key {
    row: Arc<KeyRow>,
    place: usize,
}

impl Deref for Key {
    type Target = KeyRow;

    fn deref(&self) -> &KeyRow {
        &self.row
    }
}

impl Key {
    /// The key of a Region, if there is one.
    pub fn of(row: &Arc<KeyRow>, region: Region) -> Option<Self> {
        let place = row.regions.iter().position(|key| key.region == region)?;
        Some(Self { row: Arc::clone(row), place })
    }

    /// What the key has of its own.
    pub fn own(&self) -> &RegionalKey {
        &self.row.regions[self.place]
    }

    /// The state that is shown: the first of LIF-269 that holds.
    pub(super) fn state(&self, now: Time) -> KeyState {
        let own = self.own();
        match own.deletion {
            Some(Deletion { date: None, .. }) => KeyState::PendingReplicaDeletion,
            Some(_) => KeyState::PendingDeletion,
            None if self.awaits_import(now) => KeyState::PendingImport,
            None if own.enabled => KeyState::Enabled,
            None => KeyState::Disabled,
        }
    }

    /// Whether the key never had material, or lacks some of it; one that is missing is enough (LIF-131).
    fn awaits_import(&self, now: Time) -> bool {
        let is_there = |version: &Version| self.imports(now).any(|import| import.id == version.id);
        self.origin == OriginType::External && (self.current().is_none() || !self.permanent().all(is_there))
    }

    /// The imported materials that are there.
    pub fn imports(&self, now: Time) -> impl Iterator<Item = &Import> {
        self.own().imports.iter().filter(move |import| import.is_there(now))
    }

    /// Whether the key is a replica: it belongs to a primary key of another Region.
    pub fn is_replica(&self) -> bool {
        self.primary.is_some_and(|primary| primary != self.own().region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: MaterialId = MaterialId([1; 32]);
    const OTHER: MaterialId = MaterialId([2; 32]);

    fn region(name: &str) -> Region {
        Region::parse(name).unwrap()
    }

    fn own(name: &str, imports: &[Import]) -> RegionalKey {
        RegionalKey {
            region: region(name),
            created: Time::default(),
            description: String::new(),
            enabled: true,
            deletion: None,
            imports: imports.to_vec(),
            tags: Vec::new(),
        }
    }

    /// A set of two imported keys: the primary has both materials, the replica has the first alone.
    fn set() -> KeyRow {
        let until = Some(Time::from_millis(10));
        let both = [Import { id: ID, until: None }, Import { id: OTHER, until }];
        KeyRow {
            spec: KeySpec::SymmetricDefault,
            usage: KeyUsageType::EncryptDecrypt,
            origin: OriginType::External,
            manager: KeyManagerType::Customer,
            primary: Some(region("us-east-1")),
            rotation: None,
            versions: vec![
                Version::first(ID, Time::default()),
                Version { id: OTHER, since: None, description: None, public_key: None },
            ],
            regions: vec![own("us-east-1", &both), own("eu-west-1", &both[..1])],
        }
    }

    fn states(row: &KeyRow, now: i64) -> [KeyState; 2] {
        let row = Arc::new(row.clone());
        ["us-east-1", "eu-west-1"].map(|name| Key::of(&row, region(name)).unwrap().state(Time::from_millis(now)))
    }

    #[test]
    fn material_that_waits_for_its_rotation_is_neither_current_nor_missed() {
        let mut row = set();
        assert_eq!(row.current().map(|version| version.id), Some(ID));
        assert_eq!(states(&row, 0), [KeyState::Enabled; 2]);
        row.versions[1].since = Some(Since { at: Time::default(), by: Some(RotationType::OnDemand) });
        assert_eq!(row.current().map(|version| version.id), Some(OTHER));
        assert_eq!(states(&row, 9), [KeyState::Enabled, KeyState::PendingImport]);
        assert_eq!(states(&row, 10), [KeyState::PendingImport; 2]);
    }

    #[test]
    fn each_related_key_has_a_state_of_its_own_and_deletion_hides_the_rest() {
        let mut row = set();
        row.regions[0].deletion = Some(Deletion { window: 7, date: None });
        row.regions[1].enabled = false;
        assert_eq!(states(&row, 0), [KeyState::PendingReplicaDeletion, KeyState::Disabled]);
        row.regions[0].deletion = Some(Deletion { window: 7, date: Some(Time::from_millis(50)) });
        row.regions[1].imports.clear();
        assert_eq!(states(&row, 0), [KeyState::PendingDeletion, KeyState::PendingImport]);
    }

    #[test]
    fn a_primary_and_its_replicas_know_their_roles() {
        let row = Arc::new(set());
        let is_replica = |name| Key::of(&row, region(name)).map(|key| key.is_replica());
        assert_eq!(["us-east-1", "eu-west-1", "eu-west-2"].map(is_replica), [Some(false), Some(true), None]);
    }

    #[test]
    fn a_lineage_is_read_as_it_is_written() {
        let text = "111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab";
        let id = LineageId::parse(text).unwrap();
        assert_eq!(id.to_string(), text);
        for wrong in ["", "111122223333", "1:key/mrk-1234abcd12ab34cd56ef1234567890ab", "111122223333:key/"] {
            assert_eq!(LineageId::parse(wrong), None, "{wrong}");
        }
    }
}
