//! The published quotas of KMS: how much an account may have in a Region, and how often it may ask (section 6 of
//! lifecycle.md).

use crate::names::Region;

/// A quota of what an account may have, as far as it can be set (LIF-308 to LIF-311).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ResourceQuota {
    /// Customer managed keys in an account and Region, of every spec and in every state.
    Keys,
    /// Aliases of one key.
    AliasesPerKey,
    /// Grants of one key.
    GrantsPerKey,
    /// Custom key stores in an account and Region.
    CustomKeyStores,
}

impl ResourceQuota {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Keys, Self::AliasesPerKey, Self::GrantsPerKey, Self::CustomKeyStores];

    /// Its name.
    pub const fn id(self) -> &'static str {
        self.row().0
    }

    /// What it counts, as the sentence of a refusal begins.
    pub const fn what(self) -> &'static str {
        self.row().1
    }

    /// What AWS gives to every account.
    pub const fn published(self) -> u64 {
        self.row().2
    }

    /// Whether it is a quota of one key.
    pub const fn is_of_key(self) -> bool {
        matches!(self, Self::AliasesPerKey | Self::GrantsPerKey)
    }

    const fn row(self) -> (&'static str, &'static str, u64) {
        match self {
            Self::Keys => ("keys", "KMS keys", 100_000),
            Self::AliasesPerKey => ("aliases-per-key", "Aliases per key", 50),
            Self::GrantsPerKey => ("grants-per-key", "Grants per key", 50_000),
            Self::CustomKeyStores => ("custom-key-stores", "Custom key stores", 10),
        }
    }
}

/// A quota of requests in a second: of an operation, or of a group of them (LIF-326).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestQuota(u8);

/// A row of the table: the name of the group or operation, and the requests that it has in a second.
type Row = (&'static str, u32);

/// The quota of cryptographic operations with symmetric keys: the only one that differs from Region to Region.
const SYMMETRIC: &str = "symmetric";

/// The Regions with more symmetric requests in a second than others (LIF-327).
const REGIONS: &[Row] = &[
    ("us-east-1", 100_000),
    ("us-west-2", 100_000),
    ("eu-west-1", 100_000),
    ("us-east-2", 20_000),
    ("ap-southeast-1", 20_000),
    ("ap-southeast-2", 20_000),
    ("ap-northeast-1", 20_000),
    ("eu-central-1", 20_000),
    ("eu-west-2", 20_000),
    ("eu-south-2", 20_000),
];

/// The groups of cryptographic operations, then the operations that have a quota of their own. That of ML-KEM is ours,
/// and so are those of ML-KEM pairs: AWS has published none.
const ROWS: &[Row] = &[
    (SYMMETRIC, 10_000),
    ("rsa", 1_000),
    ("ecc-sm2", 1_000),
    ("ml-dsa", 1_000),
    ("ml-kem", 1_000),
    ("pair-ecc-nist-p256", 100),
    ("pair-ecc-nist-p384", 100),
    ("pair-ecc-nist-p521", 100),
    ("pair-ecc-secg-p256k1", 100),
    ("pair-ecc-nist-edwards25519", 100),
    ("pair-rsa-2048", 20),
    ("pair-rsa-3072", 4),
    ("pair-rsa-4096", 1),
    ("pair-sm2", 25),
    ("pair-ml-kem-512", 100),
    ("pair-ml-kem-768", 100),
    ("pair-ml-kem-1024", 100),
    ("CancelKeyDeletion", 5),
    ("ConnectCustomKeyStore", 5),
    ("CreateAlias", 5),
    ("CreateCustomKeyStore", 5),
    ("CreateGrant", 50),
    ("CreateKey", 5),
    ("DeleteAlias", 15),
    ("DeleteCustomKeyStore", 5),
    ("DeleteImportedKeyMaterial", 15),
    ("DescribeCustomKeyStores", 5),
    ("DescribeKey", 2_000),
    ("DisableKey", 5),
    ("DisableKeyRotation", 5),
    ("DisconnectCustomKeyStore", 5),
    ("EnableKey", 5),
    ("EnableKeyRotation", 15),
    ("GetKeyLastUsage", 5),
    ("GetKeyPolicy", 1_000),
    ("GetKeyRotationStatus", 1_000),
    ("GetParametersForImport", 1),
    ("GetPublicKey", 2_000),
    ("ImportKeyMaterial", 15),
    ("ListAliases", 500),
    ("ListGrants", 100),
    ("ListKeyPolicies", 100),
    ("ListKeyRotations", 100),
    ("ListKeys", 500),
    ("ListResourceTags", 2_000),
    ("ListRetirableGrants", 100),
    ("PutKeyPolicy", 15),
    ("ReplicateKey", 5),
    ("RetireGrant", 50),
    ("RevokeGrant", 50),
    ("RotateKeyOnDemand", 5),
    ("ScheduleKeyDeletion", 15),
    ("TagResource", 10),
    ("UntagResource", 5),
    ("UpdateAlias", 5),
    ("UpdateCustomKeyStore", 5),
    ("UpdateKeyDescription", 5),
    ("UpdatePrimaryRegion", 5),
];

impl RequestQuota {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).zip(ROWS).map(|(place, _)| Self(place))
    }

    /// The quota of this group or operation, by its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|quota| quota.id() == text)
    }

    /// Its name.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What AWS gives to every account in a Region, in thousandths of a request per second.
    pub fn published(self, region: Region) -> u64 {
        let (id, elsewhere) = self.row();
        let here = REGIONS.iter().find(|(name, _)| id == SYMMETRIC && *name == region.as_str());
        u64::from(here.map_or(elsewhere, |(_, here)| *here)) * 1000
    }

    fn row(self) -> Row {
        // Only this module makes one, and takes its place from the table.
        ROWS.get(usize::from(self.0)).copied().unwrap_or(("", 0))
    }
}

impl std::fmt::Debug for RequestQuota {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
