//! The row of a KMS key: what related multi-Region keys share stands once, and beside it what each Region's key has of
//! its own (LIF-187 to LIF-192).
//!
//! Both live in one row, so that nothing shared can differ between Regions and no Region can have two keys of one
//! lineage. A single-Region key is a lineage with one key.

use std::{borrow::Cow, fmt, ops::Deref, sync::Arc};

use serde::{Serialize, Serializer};
use smallvec::SmallVec;

use super::{
    stored::{Stored, stored},
    versions::{Version, Versions},
};
use crate::{
    material::MaterialId,
    names::{AccountId, KeyArn, KeyId, KeyStoreId, Region},
    shapes::{KeyManagerType, KeyMaterialState, KeySpec, KeyState, KeyUsageType, OriginType},
    time::{Span, Time},
    wire::Value,
};

/// Names a lineage: a key, or a multi-Region primary key with its replicas. They have one key id in one account.
///
/// It names no partition, and need not: all keys of a lineage are in one (LIF-257), and no id is given twice under one
/// account number. What the account of that number in another partition has can only be met by a name that shows no
/// Region, as ciphertexts have one; `Holders` keep those apart.
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

    /// What an account has that is not a key's.
    pub(crate) const fn of_account(account: AccountId) -> Self {
        Self { account, id: KeyId::FIRST }
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
    pub rotation: Option<Box<Rotation>>,
    /// How many rotations have been asked for, of the 25 that there are in the life of a key (LIF-113).
    pub on_demand: u32,
    /// When the rotation that has been asked for last is complete, while it is not (LIF-112).
    pub rotating: Option<Box<Rotating>>,
    /// What a key in a custom key store has besides; nothing for every other key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_store: Option<Box<StoreKey>>,
    /// The key materials.
    pub versions: Versions,
    /// What is each key's own, in the order in which the keys were created (LIF-194); never empty.
    pub regions: SmallVec<[RegionalKey; 1]>,
}

impl KeyRow {
    /// The Region whose key answers for what related keys share: that of the primary key, or of the only one.
    pub fn home(&self) -> Option<&RegionalKey> {
        self.regions.iter().find(|key| self.primary.is_none_or(|primary| primary == key.region))
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

    /// Whether every replica has been made by now: only then has every Region what shows in one instant (LIF-244).
    pub(crate) fn is_made(&self) -> bool {
        self.regions.iter().all(|key| !matches!(key.transition, Some(Transition::Creating(_))))
    }

    /// Keeps a rotation that has waited for its Regions from an instant before they were ready (LIF-64, LIF-65).
    pub(super) fn keep_waiting(&mut self, ready: Time) {
        if let Some(rotation) = &mut self.rotation {
            let waited = ready.millis().saturating_sub(rotation.due.millis());
            rotation.late = Span::from_millis(rotation.late.millis().max(waited));
        }
        if let Some(rotating) = &mut self.rotating {
            rotating.until = rotating.until.max(ready);
        }
    }

    /// The key of a Region, to be changed.
    pub(crate) fn region_mut(&mut self, region: Region) -> Option<&mut RegionalKey> {
        self.regions.iter_mut().find(|key| key.region == region)
    }
}

/// A key in a custom key store: where it is, and the key behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StoreKey {
    /// The store, which is in the key's own account and Region.
    pub store: KeyStoreId,
    /// The key behind the key, which never changes: the id of the external key (CKS-192), or of the key in the cluster,
    /// in hexadecimal digits (CKS-302).
    pub backing: Box<str>,
}

impl StoreKey {
    /// A key in a store.
    pub const fn new(store: KeyStoreId, backing: Box<str>) -> Self {
        Self { store, backing }
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
    /// The number of the secret from which the materials of this schedule follow (LIF-409).
    pub seed: u32,
    /// How long after it is due the next rotation happens: not at all, unless the world has such a lag (LIF-68), or the
    /// rotation has waited for its Regions (LIF-64, LIF-65).
    pub late: Span,
}

impl Rotation {
    /// How many rotations are due by an instant: one for each period that has passed (LIF-53).
    pub(super) fn times(&self, now: Time) -> u32 {
        let since = now.millis().saturating_sub(self.due.millis());
        if since < 0 {
            0
        } else {
            u32::try_from(since / Span::from_days(self.period).millis()).map_or(u32::MAX, |more| more.saturating_add(1))
        }
    }
}

/// A rotation that was asked for and is not complete yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rotating {
    /// When it was asked for.
    pub since: Time,
    /// When its material becomes current.
    pub until: Time,
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
    /// What is going on with a multi-Region key; nothing when all is shown at once (LIF-423).
    pub transition: Option<Transition>,
    /// The imported materials that are there. Related keys import, expire and delete apart (LIF-177).
    pub imports: Vec<Import>,
    /// Tags in the order in which they were first given.
    pub tags: Vec<(String, String)>,
}

impl RegionalKey {
    /// A key that begins now, enabled.
    pub(crate) const fn new(region: Region, now: Time, description: String, tags: Vec<(String, String)>) -> Self {
        Self {
            region,
            created: now,
            description,
            enabled: true,
            deletion: None,
            transition: None,
            imports: Vec::new(),
            tags,
        }
    }
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

/// What a multi-Region key goes through, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Transition {
    /// The replica is made (LIF-210).
    Creating(Time),
    /// The roles of two related keys change (LIF-224).
    Updating(Time),
}

impl Transition {
    /// When it ends.
    pub const fn until(self) -> Time {
        match self {
            Self::Creating(until) | Self::Updating(until) => until,
        }
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
    KeyRow { spec, usage, origin, manager, primary, rotation, versions, regions; later on_demand, rotating, in_store }
    Rotation { period, due, seed, late }
    Rotating { since, until }
    StoreKey { store, backing }
    RegionalKey { region, created, enabled, deletion; later description, imports, tags, transition }
    Import { id, until }
    Deletion { window, date }
}

impl Stored for Transition {
    fn stored(value: &Value) -> Option<Self> {
        let Value::Map(members) = value else { return None };
        let [(kind, until)] = &members[..] else { return None };
        match &**kind {
            "creating" => Time::stored(until).map(Self::Creating),
            "updating" => Time::stored(until).map(Self::Updating),
            _ => None,
        }
    }
}

/// A key: its row, seen from one Region. What is shared is read as if it were a member of the key itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Key {
    row: Arc<KeyRow>,
    place: usize,
    lineage: LineageId,
}

impl Deref for Key {
    type Target = KeyRow;

    fn deref(&self) -> &KeyRow {
        &self.row
    }
}

impl Key {
    /// The key of a Region, if there is one.
    pub fn of(row: &Arc<KeyRow>, arn: &KeyArn) -> Option<Self> {
        let place = row.regions.iter().position(|key| key.region == arn.region)?;
        Some(Self { row: Arc::clone(row), place, lineage: LineageId::of(*arn) })
    }

    /// The lineage that the key belongs to.
    pub const fn lineage(&self) -> LineageId {
        self.lineage
    }

    /// The related key of a Region, if there is one.
    pub fn related(&self, region: Region) -> Option<Self> {
        Self::of(&self.row, &self.lineage.in_region(region))
    }

    /// What the key has of its own.
    pub fn own(&self) -> &RegionalKey {
        &self.row.regions[self.place]
    }

    /// The store that the key is in, if it is in one.
    pub fn store(&self) -> Option<KeyStoreId> {
        self.in_store.as_ref().map(|key| key.store)
    }

    /// The id of the external key behind a key in an external key store.
    pub fn external(&self) -> Option<&str> {
        self.backing(OriginType::ExternalKeyStore)
    }

    /// The id of the key in the cluster behind a key in an AWS CloudHSM key store, in hexadecimal digits.
    pub fn backing_key_id(&self) -> Option<&str> {
        self.backing(OriginType::AwsCloudhsm)
    }

    fn backing(&self, origin: OriginType) -> Option<&str> {
        self.in_store.as_ref().filter(|_| self.origin == origin).map(|key| &*key.backing)
    }

    /// The state that is shown, as far as the key itself knows it: the first of LIF-269 that holds. Whether the store of
    /// the key serves is known to [`State::state_of`](super::State::state_of).
    pub(super) fn state(&self, now: Time) -> KeyState {
        let own = self.own();
        match (own.deletion, own.transition.filter(|transition| now < transition.until())) {
            (Some(Deletion { date: None, .. }), _) => KeyState::PendingReplicaDeletion,
            (Some(_), _) => KeyState::PendingDeletion,
            (None, Some(Transition::Creating(_))) => KeyState::Creating,
            (None, Some(Transition::Updating(_))) => KeyState::Updating,
            (None, None) if self.awaits_import(now) => KeyState::PendingImport,
            (None, None) if own.enabled => KeyState::Enabled,
            (None, None) => KeyState::Disabled,
        }
    }

    /// Whether the key never had material, or lacks some of it; one that is missing is enough (LIF-131).
    fn awaits_import(&self, now: Time) -> bool {
        let is_there = |version: &Version| self.imports(now).any(|import| import.id == version.id);
        let mut permanent = self.versions.singles().filter(|version| version.since.is_some()).peekable();
        self.origin == OriginType::External && (permanent.peek().is_none() || !permanent.all(is_there))
    }

    /// The imported materials that are there.
    pub fn imports(&self, now: Time) -> impl Iterator<Item = &Import> {
        self.own().imports.iter().filter(move |import| import.is_there(now))
    }

    /// The name of the current key material: the last that has become current.
    pub fn current(&self) -> Option<MaterialId> {
        self.versions.current(self.lineage)
    }

    /// Its key materials in their order; one that waits for its rotation comes last.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = Cow<'_, Version>> {
        self.versions.of(self.lineage)
    }

    /// The version of this name.
    pub fn version(&self, id: MaterialId) -> Option<Cow<'_, Version>> {
        self.versions.get(id, self.lineage)
    }

    /// The state of the imported material that waits for its rotation. It waits for all related keys to have it, too; that
    /// is computed, and so holds again as soon as one of them has lost it (LIF-128 to LIF-130).
    pub fn pending_state(&self, now: Time) -> Option<KeyMaterialState> {
        let id = self.versions.pending()?.id;
        let has = |key: &RegionalKey| key.imports.iter().any(|import| import.id == id && import.is_there(now));
        let is_missed = self.is_multi_region() && !self.regions.iter().all(has);
        Some(if is_missed {
            KeyMaterialState::PendingMultiRegionImportAndRotation
        } else {
            KeyMaterialState::PendingRotation
        })
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
            transition: None,
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
            on_demand: 0,
            rotating: None,
            in_store: None,
            versions: [Version::first(ID, Time::default()), Version::pending(OTHER)].into_iter().collect(),
            regions: [own("us-east-1", &both), own("eu-west-1", &both[..1])].into_iter().collect(),
        }
    }

    fn key(row: &KeyRow, name: &str) -> Option<Key> {
        let id = LineageId::parse("111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab").unwrap();
        Key::of(&Arc::new(row.clone()), &id.in_region(region(name)))
    }

    fn states(row: &KeyRow, now: i64) -> [KeyState; 2] {
        ["us-east-1", "eu-west-1"].map(|name| key(row, name).unwrap().state(Time::from_millis(now)))
    }

    #[test]
    fn material_that_waits_for_its_rotation_is_neither_current_nor_missed() {
        let mut row = set();
        assert_eq!(key(&row, "us-east-1").unwrap().current(), Some(ID));
        assert_eq!(states(&row, 0), [KeyState::Enabled; 2]);
        row.versions.complete(Time::default());
        assert_eq!(key(&row, "us-east-1").unwrap().current(), Some(OTHER));
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
    fn a_transition_hides_what_is_not_deletion_until_it_ends() {
        let mut row = set();
        row.regions[0].transition = Some(Transition::Updating(Time::from_millis(5)));
        row.regions[1].transition = Some(Transition::Creating(Time::from_millis(6)));
        row.regions[1].enabled = false;
        assert_eq!(states(&row, 4), [KeyState::Updating, KeyState::Creating]);
        assert_eq!(states(&row, 6), [KeyState::Enabled, KeyState::Disabled]);
        row.regions[1].deletion = Some(Deletion { window: 7, date: Some(Time::from_millis(50)) });
        assert_eq!(states(&row, 5), [KeyState::Enabled, KeyState::PendingDeletion]);
    }

    #[test]
    fn a_primary_and_its_replicas_know_their_roles() {
        let is_replica = |name| key(&set(), name).map(|key| key.is_replica());
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
