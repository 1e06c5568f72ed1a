//! The rows of the tables.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    material::{Material, MaterialId},
    names::{AccountId, KeyId, Partition},
    policy::{Document, Kind, Malformed},
    shapes::{KeyManagerType, KeySpec, KeyState, KeyUsageType, OriginType},
    time::Time,
};

/// A KMS key without its secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyRow {
    /// When the key was created.
    pub created: Time,
    /// The free text of the key, at most 8,192 characters.
    pub description: String,
    /// What kind of key material the key has.
    pub spec: KeySpec,
    /// What the key may be used for.
    pub usage: KeyUsageType,
    /// Where the key material comes from.
    pub origin: OriginType,
    /// Whether the customer or an AWS service manages the key.
    pub manager: KeyManagerType,
    /// Whether the key is a multi-Region primary key.
    pub multi_region: bool,
    /// The switch that EnableKey and DisableKey turn.
    pub enabled: bool,
    /// Set while the key waits for its deletion.
    pub deletion: Option<Deletion>,
    /// The key material, oldest first; the last one is current.
    pub materials: Vec<KeyMaterial>,
    /// Tags in the order in which they were first given.
    pub tags: Vec<(String, String)>,
}

impl KeyRow {
    /// The key's state. See section 6 of the second part of the guide.
    pub fn state(&self) -> KeyState {
        if self.deletion.is_some() {
            KeyState::PendingDeletion
        } else if self.awaits_import() {
            KeyState::PendingImport
        } else if self.enabled {
            KeyState::Enabled
        } else {
            KeyState::Disabled
        }
    }
}

impl KeyRow {
    /// Whether the key never had material, or lacks some of it. One that is missing is enough.
    fn awaits_import(&self) -> bool {
        self.materials.is_empty() || self.imports().any(|import| import.presence == Presence::Gone)
    }

    fn imports(&self) -> impl Iterator<Item = &Import> {
        self.materials.iter().filter_map(|material| material.import.as_ref())
    }

    /// The current key material.
    pub fn current(&self) -> Option<&KeyMaterial> {
        self.materials.last()
    }

    /// When something of this key falls due.
    pub(super) fn deadlines(&self) -> impl Iterator<Item = Time> {
        let expiry = self.imports().filter_map(|import| import.presence.ends());
        self.deletion.map(|deletion| deletion.date).into_iter().chain(expiry)
    }
}

/// One key material of a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyMaterial {
    /// Its name.
    pub id: MaterialId,
    /// How it was imported; `None` for material that KMS made itself.
    pub import: Option<Import>,
}

impl KeyMaterial {
    /// Material that KMS made itself.
    pub const fn generated(id: MaterialId) -> Self {
        Self { id, import: None }
    }
}

/// The import of one key material. It belongs to one key: related multi-Region keys import for themselves (P4-223).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Whether the material is there.
    pub presence: Presence,
    /// What its owner wrote about it.
    pub description: Option<String>,
}

/// Whether imported material is there, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// It has been deleted or has expired; the same material may be imported again.
    Gone,
    /// It stays until it is deleted.
    Lasting,
    /// It expires at this instant.
    Until(Time),
}

impl Presence {
    /// When the material expires.
    pub const fn ends(self) -> Option<Time> {
        match self {
            Self::Until(end) => Some(end),
            Self::Gone | Self::Lasting => None,
        }
    }
}

/// A deletion that has been scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// When the key is deleted.
    pub date: Time,
    /// The waiting period that was asked for, in days.
    pub window: i64,
}

/// An alias.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AliasRow {
    /// The key in the same account and Region that the alias names.
    pub target: KeyId,
    /// When the alias was created.
    pub created: Time,
    /// When the alias last changed its key.
    pub updated: Time,
}

/// An account that owns keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AccountRow {
    /// The policy of keys that were created without one, for each partition in which the account has keys.
    pub default_policies: Vec<(Partition, Arc<Policy>)>,
}

impl AccountRow {
    /// The policy of the account's keys in a partition that were created without one.
    pub fn default_policy(&self, partition: Partition) -> Option<&Arc<Policy>> {
        self.default_policies.iter().find(|(of, _)| *of == partition).map(|(_, policy)| policy)
    }
}

/// Key material and whose it is. Its serialised form, like its `Debug` form, leaves the secret out.
#[derive(Clone, Debug, Serialize)]
pub struct MaterialRow {
    /// The account that owns the key.
    pub account: AccountId,
    /// The key; related multi-Region keys share id and material.
    pub key: KeyId,
    /// When the material was made or imported.
    pub created: Time,
    /// The secret; `None` once it has been destroyed, so that what it has encrypted can still be told from noise.
    #[serde(skip)]
    pub material: Option<Material>,
}

/// A key policy: its text as it was given, and its compiled form.
#[derive(Clone)]
pub struct Policy {
    text: String,
    document: Document,
}

impl Policy {
    /// Reads a key policy.
    ///
    /// # Errors
    /// When the text is not a well-formed resource policy.
    pub fn parse(text: String) -> Result<Self, Malformed> {
        let document = Document::parse(&text, Kind::ResourcePolicy)?;
        Ok(Self { text, document })
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same policy with its text laid out anew.
    ///
    /// The rewriting must not change what the text means.
    #[must_use]
    pub(crate) fn rewritten(self, rewrite: impl Fn(&str) -> Option<String>) -> Self {
        let text = rewrite(&self.text).unwrap_or(self.text);
        Self { text, document: self.document }
    }

    /// The compiled form.
    pub const fn document(&self) -> &Document {
        &self.document
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(&self.text).finish()
    }
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(text).map_err(|_| D::Error::custom("a stored key policy is malformed"))
    }
}
