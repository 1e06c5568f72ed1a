//! The rows of simulated AWS CloudHSM clusters, of the keys in them, and of their backups (CKS-313 to CKS-316).

use std::fmt;

use serde::{Serialize, Serializer};

use super::names::{ClusterState, HsmState};
use crate::{
    material::MaterialId,
    names::{AccountId, ClusterId, KeyArn, Region},
    state::stored::{Stored, stored},
    text::hex,
    time::Time,
    wire::Value,
};

/// A simulated AWS CloudHSM cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the cluster that breaks by itself")]
pub struct ClusterRow {
    /// The account that owns it.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its state.
    pub state: ClusterState,
    /// The certificate of its owner's authority, in PEM; without one, every certificate that a key store is given is it.
    pub trust_anchor: Option<Box<str>>,
    /// What it has in common with the clusters that were made from the same backups.
    pub lineage: Box<str>,
    /// The VPC that contains it.
    pub vpc: Box<str>,
    /// The subnets of its configuration, also those that were deleted since.
    pub subnets: Vec<Subnet>,
    /// Whether its security group lets its members reach one another.
    pub security_group: bool,
    /// Whether its clients must show certificates of their own.
    pub mutual_tls: bool,
    /// Whether the network to it is in order.
    pub network: bool,
    /// Whether KMS itself has a fault, as far as the cluster is concerned.
    pub kms_fault: bool,
    /// Whether commands that have nothing to do with KMS keep it busy.
    pub busy: bool,
    /// Whether a PKCS #11 session is free.
    pub sessions: bool,
    /// Its HSMs.
    pub hsms: Vec<Hsm>,
    /// The crypto user as whom KMS logs in.
    pub kmsuser: Kmsuser,
    /// When it was registered first, or restored.
    pub created: Time,
}

/// A subnet of a cluster's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Subnet {
    /// Its id.
    pub id: Box<str>,
    /// Its Availability Zone.
    pub zone: Box<str>,
    /// How many addresses are free.
    pub free_addresses: u32,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// A hardware security module of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Hsm {
    /// Its Availability Zone.
    pub zone: Box<str>,
    /// Its state.
    pub state: HsmState,
    /// Whether it knows the user `kmsuser`.
    pub kmsuser: bool,
}

/// The crypto user `kmsuser`. Its password is among the secrets; without one, the cluster takes every password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct Kmsuser {
    /// How many logins in a row have failed.
    pub failed_logins: u32,
    /// Whether it is locked out, until its password is changed.
    pub locked: bool,
    /// Whether somebody else than KMS is logged in as it.
    pub logged_in_elsewhere: bool,
    /// Whether it needs a second factor.
    pub second_factor: bool,
    /// Whether KMS is logged in as it: from the connection of a key store until its end.
    pub logged_in: bool,
}

/// A key in a cluster: which one, and in which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ClusterKeyName {
    /// The cluster.
    pub cluster: ClusterId,
    /// The key material. Its first 16 bytes are the id of the key in the cluster.
    pub material: MaterialId,
}

/// A key in a cluster. The bytes of its material are among the secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClusterKeyRow {
    /// Its label: the ARN of the KMS key (CKS-302).
    pub label: KeyArn,
}

/// A backup of a cluster: its users and keys as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackupRow {
    /// The cluster.
    pub cluster: ClusterId,
    /// When it was made.
    pub created: Time,
    /// The account that owns it.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// The certificate of the cluster.
    pub trust_anchor: Option<Box<str>>,
    /// What it has in common with related clusters.
    pub lineage: Box<str>,
    /// Whether it has the user `kmsuser`. The user's password is among the secrets.
    pub kmsuser: bool,
    /// Whether that user needs a second factor.
    pub second_factor: bool,
    /// The keys, in the order of their names.
    pub keys: Vec<(MaterialId, KeyArn)>,
}

impl ClusterKeyRow {
    /// The key of a KMS key.
    pub const fn new(label: KeyArn) -> Self {
        Self { label }
    }
}

impl ClusterKeyName {
    /// The name of a key.
    pub const fn new(cluster: ClusterId, material: MaterialId) -> Self {
        Self { cluster, material }
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (cluster, material) = text.split_once('/')?;
        Some(Self { cluster: ClusterId::parse(cluster)?, material: MaterialId::parse(material)? })
    }

    /// The attribute `id` of the key in the cluster, which AWS calls the backing key id: hexadecimal digits (CKS-11).
    pub fn backing_key_id(&self) -> String {
        backing_key_id(self.material)
    }
}

impl BackupRow {
    /// What a backup of a cluster holds.
    pub(crate) fn of(id: ClusterId, row: &ClusterRow, keys: Vec<(MaterialId, KeyArn)>, now: Time) -> Self {
        Self {
            cluster: id,
            created: now,
            account: row.account,
            region: row.region,
            trust_anchor: row.trust_anchor.clone(),
            lineage: row.lineage.clone(),
            kmsuser: row.hsms.iter().any(|hsm| hsm.kmsuser),
            second_factor: row.kmsuser.second_factor,
            keys,
        }
    }
}

/// The attribute `id` that the key of this material has in a cluster (CKS-303).
pub fn backing_key_id(material: MaterialId) -> String {
    hex::encode(material.0.get(..16).unwrap_or_default())
}

impl fmt::Display for ClusterKeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.cluster, self.material)
    }
}

impl fmt::Debug for ClusterKeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ClusterKeyName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Stored for ClusterKeyName {
    fn stored(value: &Value) -> Option<Self> {
        Self::parse(value.as_text()?)
    }
}

stored! {
    ClusterRow {
        account, region, state, trust_anchor, lineage, vpc, subnets, security_group, mutual_tls, network, kms_fault,
        busy, sessions, hsms, kmsuser, created
    }
    Subnet { id, zone, free_addresses, deleted }
    Hsm { zone, state, kmsuser }
    Kmsuser { failed_logins, locked, logged_in_elsewhere, second_factor, logged_in }
    ClusterKeyRow { label }
    BackupRow { cluster, created, account, region, trust_anchor, lineage, kmsuser, second_factor, keys }
}
