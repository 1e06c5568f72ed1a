//! How each operation reacts to each key state: the guide's table of key states has 17 different rows.

use super::{Operation, Subject, key_stores};
use crate::{
    error::{Error, Exception},
    names::KeyArn,
    shapes::{KeyState, OriginType},
    state::{Key, State},
    time::Time,
};

/// What happens to an operation on a key in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reaction {
    /// It goes on.
    Succeed,
    /// Footnote 1: `DisabledException`.
    Disabled,
    /// Footnote 3: `KMSInvalidStateException`, pending deletion.
    PendingDeletion,
    /// Footnote 4: `KMSInvalidStateException`, not pending deletion.
    NotPendingDeletion,
    /// Footnote 5: `KMSInvalidStateException`, pending import.
    PendingImport,
    /// Footnotes 6 and 7: `UnsupportedOperationException`; what rules the operation out is the origin.
    Origin,
    /// Footnote 11: `KMSInvalidStateException`, unavailable; in an external key store AWS has a sentence of its own (CKS-304).
    Unavailable,
    /// Footnote 14: `KMSInvalidStateException`, creating.
    Creating,
    /// Footnote 15: `KMSInvalidStateException`, updating.
    Updating,
}

/// Which origins of key material an operation is for; it is asked before the state (footnotes 6, 7 and 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origins {
    /// Every origin.
    Any,
    /// `AWS_KMS` and `EXTERNAL`: not those of custom key stores.
    NoStore,
    /// `AWS_KMS` alone.
    KmsOnly,
    /// `EXTERNAL` alone.
    ImportedOnly,
}

impl Origins {
    /// Whether an origin is one of these.
    pub(super) fn include(self, origin: OriginType) -> bool {
        match self {
            Self::Any => true,
            Self::NoStore => matches!(origin, OriginType::AwsKms | OriginType::External),
            Self::KmsOnly => origin == OriginType::AwsKms,
            Self::ImportedOnly => origin == OriginType::External,
        }
    }

    fn admit(self, key: &Key, arn: KeyArn) -> Result<(), Error> {
        if self.include(key.origin) { Ok(()) } else { Err(Error::origin(arn, key.origin)) }
    }
}

/// Which of related multi-Region keys an operation is for; it is asked first of all (LIF-279).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roles {
    /// Every key.
    Any,
    /// Single-Region keys and primary keys: the rotation of related keys is the primary key's (LIF-75).
    NoReplica,
    /// Primary keys alone (LIF-198).
    Primary,
    /// Primary keys alone, and none that is becoming one or has just been one. The answers are those of UpdatePrimaryRegion
    /// (LIF-216, LIF-224).
    SettledPrimary,
}

impl Roles {
    fn admit(self, key: &Key, arn: KeyArn, shown: KeyState) -> Result<(), Error> {
        let is_primary = key.is_multi_region() && !key.is_replica();
        let settled = is_primary && shown != KeyState::Updating;
        match self {
            Self::NoReplica if key.is_replica() => Err(Error::not_primary(arn)),
            Self::Primary if !is_primary => Err(Error::not_primary(arn)),
            Self::SettledPrimary if !key.is_multi_region() => {
                Err(Error::not_primary_to_move(Exception::UnsupportedOperationException, arn))
            }
            Self::SettledPrimary if !settled => {
                Err(Error::not_primary_to_move(Exception::KMSInvalidStateException, arn))
            }
            _ => Ok(()),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reactions {
    /// The roles that the operation is for.
    pub roles: Roles,
    /// The origins that the operation is for.
    pub origins: Origins,
    /// The reactions to Enabled, Disabled, pending deletion, PendingImport, Unavailable, Creating and Updating.
    pub columns: [Reaction; 7],
}

impl Reactions {
    /// The reaction to one state.
    pub const fn reaction_to(self, state: KeyState) -> Reaction {
        let column = match state {
            KeyState::Enabled => 0,
            KeyState::Disabled => 1,
            KeyState::PendingDeletion | KeyState::PendingReplicaDeletion => 2,
            KeyState::PendingImport => 3,
            KeyState::Unavailable => 4,
            KeyState::Creating => 5,
            KeyState::Updating => 6,
        };
        self.columns[column]
    }
}

/// Refuses an operation whose subject's role, origin, usage or state rules it out, in this order (LIF-279 to LIF-282); last
/// comes whether the cluster behind it can be used (CKS-309).
pub(crate) fn gate(operation: &Operation, subject: &Subject, state: &State, now: Time) -> Result<(), Error> {
    let row = subject.row()?;
    let shown = shown(operation, subject, state, now)?;
    let origin = operation.states.origins.admit(row, subject.arn);
    // A key in a store has no role: its origin alone says why it is not replicated (CKS-247).
    if row.in_store.is_some() {
        origin.clone()?;
    }
    operation.states.roles.admit(row, subject.arn, shown)?;
    origin?;
    if let Some(usage) = subject.usage
        && usage != row.usage
    {
        return Err(Error::usage(subject.arn, row.usage, subject.action.name()));
    }
    react(*operation.states, subject.arn, row.origin, shown)?;
    // A cryptographic operation needs what is behind the key, too.
    if operation.usage.is_some() { key_stores::can_use(subject, state) } else { Ok(()) }
}

/// Refuses an operation whose subject's state alone rules it out.
pub(crate) fn gate_state(operation: &Operation, subject: &Subject, state: &State, now: Time) -> Result<(), Error> {
    react(*operation.states, subject.arn, subject.row()?.origin, shown(operation, subject, state, now)?)
}

/// The state that others see; what is done to a set of related keys is judged by what they are.
fn shown(operation: &Operation, subject: &Subject, state: &State, now: Time) -> Result<KeyState, Error> {
    let is_on_set = matches!(operation.states.roles, Roles::Primary | Roles::SettledPrimary);
    let found = if is_on_set { state.key_state(&subject.arn, now) } else { state.seen_state(&subject.arn, now) };
    let found = found.ok_or_else(|| Error::internal("a key that was found is gone"))?;
    // A new replica may be unknown to who has to use it, or to give it material, for a while.
    let uses = operation.usage.is_some() || *operation.states == IMPORT;
    let unknown = uses && matches!(found, KeyState::Enabled | KeyState::Disabled | KeyState::PendingImport);
    Ok(if unknown && state.is_unknown_replica(subject.arn) { KeyState::Creating } else { found })
}

fn react(reactions: Reactions, key: KeyArn, origin: OriginType, state: KeyState) -> Result<(), Error> {
    match reactions.reaction_to(state) {
        Reaction::Succeed => Ok(()),
        Reaction::Disabled => Err(Error::disabled(key)),
        Reaction::PendingDeletion => Err(Error::state(key, "pending deletion")),
        Reaction::NotPendingDeletion => Err(Error::state(key, "not pending deletion")),
        Reaction::PendingImport => Err(Error::state(key, "pending import")),
        Reaction::Origin => Err(Error::origin(key, origin)),
        Reaction::Unavailable if origin == OriginType::ExternalKeyStore => {
            Err(Error::store_unconnected(Exception::KMSInvalidStateException))
        }
        Reaction::Unavailable => Err(Error::state(key, "unavailable")),
        Reaction::Creating => Err(Error::state(key, "creating")),
        Reaction::Updating => Err(Error::state(key, "updating")),
    }
}

macro_rules! reactions {
    ($($(#[$doc:meta])* $name:ident = $roles:ident $origins:ident [$($reaction:tt)+];)+) => {$(
        $(#[$doc])*
        pub(crate) const $name: Reactions = Reactions { roles: Roles::$roles, origins: Origins::$origins, columns: [$(reaction!($reaction),)+] };
    )+};
}

/// A footnote by its number; `y` for success.
macro_rules! reaction {
    (y) => {
        Reaction::Succeed
    };
    (1) => {
        Reaction::Disabled
    };
    (3) => {
        Reaction::PendingDeletion
    };
    (4) => {
        Reaction::NotPendingDeletion
    };
    (5) => {
        Reaction::PendingImport
    };
    (7) => {
        Reaction::Origin
    };
    (11) => {
        Reaction::Unavailable
    };
    (14) => {
        Reaction::Creating
    };
    (15) => {
        Reaction::Updating
    };
}

reactions! {
    //                    role           origin       Enabled Disabled Deletion Import Unavailable Creating Updating
    /// Works in every state (P2-161, P2-163, P2-174, P2-179 to P2-183, P2-186, P2-187).
    ANY_STATE        = Any            Any          [      y       y        y        y      y           y        y ];
    /// CancelKeyDeletion (P2-157).
    CANCEL_DELETION  = Any            Any          [      4       4        y        4      4           4        4 ];
    /// ScheduleKeyDeletion (P2-188).
    DELETE           = Any            Any          [      y       y        3        y      y           y        15];
    /// Edits of the key's properties (P2-158, P2-190, P2-191, P2-193); UpdateAlias by its new key (P2-206).
    EDIT             = Any            Any          [      y       y        3        y      y           y        y ];
    /// EnableKey and DisableKey (P2-164, P2-166).
    SWITCH           = Any            Any          [      y       y        3        5      y           14       15];
    /// Cryptographic operations (P2-160, P2-168 to P2-173, P2-184, P2-189, P2-195, P2-196).
    USE              = Any            Any          [      y       1        3        5      11          14       y ];
    /// GetPublicKey works while the key is disabled (LIF-296, which overrules P2-177), and without its imported material, if
    /// it ever had any: the handler asks that (LIF-297).
    PUBLIC_KEY       = Any            Any          [      y       y        3        y      11          14       y ];
    /// CreateGrant (P2-159).
    GRANT            = Any            Any          [      y       1        3        5      y           14       y ];
    /// EnableKeyRotation and DisableKeyRotation (P2-165, P2-167).
    ROTATE           = NoReplica      KmsOnly      [      y       1        3        5      11          14       y ];
    /// GetKeyRotationStatus: imported material must be there (P2-175, LIF-83).
    ROTATION_STATUS  = Any            NoStore      [      y       y        y        7      7           y        y ];
    /// GetParametersForImport (P2-176).
    IMPORT_PREPARE   = Any            ImportedOnly [      y       y        3        y      11          14       15];
    /// ImportKeyMaterial (P2-178).
    IMPORT           = Any            ImportedOnly [      y       y        3        y      11          14       y ];
    /// DeleteImportedKeyMaterial (P2-162).
    IMPORT_DELETE    = Any            ImportedOnly [      y       y        y        y      11          14       15];
    /// ReplicateKey (P2-185).
    REPLICATE        = Primary        NoStore      [      y       1        3        5      11          14       15];
    /// UpdatePrimaryRegion (P2-194).
    MOVE_PRIMARY     = SettledPrimary Any          [      y       1        3        5      11          14       y ];
    /// RotateKeyOnDemand (LIF-86, LIF-87, LIF-299, LIF-301).
    ROTATE_NOW       = NoReplica      NoStore      [      y       1        3        5      7           14       y ];
    /// GenerateDataKeyPair and its brother (LIF-301).
    NO_CUSTOM_STORE  = Any            NoStore      [      y       1        3        5      7           14       y ];
    /// ListKeyRotations (LIF-301).
    LIST_ROTATIONS   = Any            NoStore      [      y       y        y        y      7           y        y ];
}
