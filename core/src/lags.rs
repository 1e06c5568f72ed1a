//! The lags of KMS: how long after a call (or after something that fell due) others see what has become of it.
//!
//! Source: section 8 of lifecycle.md; of key stores, section 3.2 of custom-key-stores.md. Where AWS gives no number, the number is a decision.

use serde::Serialize;

use crate::{
    crypto::hash::Hash,
    time::{Span, Time},
};

macro_rules! lags {
    ($($(#[$doc:meta])* $name:ident $id:literal $typical:literal $longest:literal;)+) => {
        /// A lag of its own. In a new world all of them are zero.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Lag { $($(#[$doc])* #[serde(rename = $id)] $name,)+ }

        impl Lag {
            /// All lags.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|lag| lag.id() == name).copied()
            }

            /// How long it usually is, and how long it is at most, in seconds.
            const fn seconds(self) -> (i64, i64) {
                match self { $(Self::$name => ($typical, $longest),)+ }
            }
        }
    };
}

lags! {
    /// A new key is found.
    NewKey "new-key" 2 120;
    /// A key is seen in its new state.
    KeyState "key-state" 0 60;
    /// A new description and rotation status of a key are seen.
    KeyAttributes "key-attributes" 0 60;
    /// A new key policy decides.
    KeyPolicy "key-policy" 5 60;
    /// A grant allows.
    Grant "grant" 3 300;
    /// A grant that was retired or revoked allows no more.
    GrantEnd "grant-end" 3 300;
    /// Conditions see new tags.
    TagsInAuthorization "tags-in-authorization" 300 300;
    /// Conditions see new aliases.
    AliasesInAuthorization "aliases-in-authorization" 300 300;
    /// An alias leads to its new key.
    AliasTarget "alias-target" 1 60;
    /// A rotation on demand is complete.
    OnDemandRotation "on-demand-rotation" 5 60;
    /// DescribeKey shows the new key material.
    CurrentMaterialInDescribe "current-material-in-describe" 60 90;
    /// A replica leaves `Creating`.
    ReplicaCreating "replica-creating" 60 600;
    /// A replica that has left `Creating` can be used everywhere.
    ReplicaUsable "replica-usable" 0 60;
    /// The primary Region has changed, and both keys leave `Updating`.
    PrimaryUpdate "primary-update" 10 180;
    /// Replicas have what they share with their primary key.
    MultiRegionSync "multi-region-sync" 60 600;
    /// A key is deleted after the end of its waiting period: evenly spread over this time.
    DeletionLateness "deletion-lateness" 86_400 86_400;
    /// A key rotates after its date of rotation: evenly spread over this time.
    RotationLateness "rotation-lateness" 86_400 86_400;
    /// GetKeyLastUsage shows a use.
    LastUsage "last-usage" 900 3_600;
    /// An AWS CloudHSM key store is connected, or has failed to connect: up to 20 minutes (CKS-226).
    ConnectCloudHsm "connect-cloudhsm" 1_200 1_200;
    /// An AWS CloudHSM key store is disconnected: AWS does not say when, so it is as with external ones (CKS-228).
    DisconnectCloudHsm "disconnect-cloudhsm" 300 300;
    /// An external key store is connected, or has failed to connect: about 5 minutes (CKS-226).
    ConnectExternal "connect-external" 300 300;
    /// An external key store is disconnected: about 5 minutes (CKS-226).
    DisconnectExternal "disconnect-external" 300 300;
}

/// All lags at once, by a name (LIF-353).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consistency {
    /// What a call has done, the next call sees.
    Default,
    /// Lags as they usually are.
    Aws,
    /// Lags as long as they may be.
    AwsWorst,
}

impl Consistency {
    /// All profiles.
    pub const ALL: &'static [Self] = &[Self::Default, Self::Aws, Self::AwsWorst];

    /// Its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Aws => "aws",
            Self::AwsWorst => "aws-worst",
        }
    }

    /// How long a lag is in it.
    pub const fn length(self, lag: Lag) -> Span {
        let (typical, longest) = lag.seconds();
        Span::from_millis(match self {
            Self::Default => 0,
            Self::Aws => typical * 1000,
            Self::AwsWorst => longest * 1000,
        })
    }
}

/// How late something is whose lateness is spread over a time: that follows from what it is about and from when it is due,
/// so that replays and forks agree (LIF-354).
pub(crate) fn lateness(about: &str, due: Time, spread: Span) -> Span {
    if spread == Span::default() {
        return spread;
    }
    let digest = Hash::Sha256.digest(format!("{about} {}", due.millis()).as_bytes());
    let drawn = digest.as_ref().iter().take(7).fold(0, |number, byte| number << 8 | i64::from(*byte));
    Span::from_millis(drawn % spread.millis())
}
