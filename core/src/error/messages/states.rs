//! Sentences about the state and the origin of a key (the guide's page "Key states of AWS KMS keys").

use std::fmt::Display;

use crate::{
    error::{Error, Exception},
    names::KeyArn,
};

impl Error {
    /// Footnote 1: the key is disabled. The sentence is AWS's (P2-197, LIF-288).
    pub(crate) fn disabled(key: KeyArn) -> Self {
        Self::new(Exception::DisabledException, format!("{key} is disabled."))
    }

    /// Footnotes 3 to 5, 11, 14 and 15: the key is in a state that the operation does not allow. The sentence is AWS's
    /// (LIF-289; the guide's page of key states).
    pub(crate) fn state(key: KeyArn, what: &str) -> Self {
        Self::new(Exception::KMSInvalidStateException, format!("{key} is {what}."))
    }

    /// Footnotes 6, 7 and 9: the origin of the key material rules the operation out. The sentence is AWS's
    /// (messages.md).
    pub(crate) fn origin(key: KeyArn, origin: impl Display) -> Self {
        let text = format!("{key} origin is {origin} which is not valid for this operation.");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// RotateKeyOnDemand of a key with imported material, when none waits for it. The sentence is AWS's (recorded by
    /// LocalStack, LIF-90).
    pub(crate) fn no_pending_material(key: KeyArn) -> Self {
        let text = format!("No available key material pending rotation for the key: {key}.");
        Self::new(Exception::KMSInvalidStateException, text)
    }

    /// The 26th rotation that a key is asked for. The sentence is AWS's (recorded by LocalStack, LIF-92).
    pub(crate) fn on_demand_rotations(key: KeyArn) -> Self {
        let text = "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be \
                    performed for this key";
        Self::new(Exception::LimitExceededException, format!("{text}: {key}"))
    }

    /// RotateKeyOnDemand shortly before a scheduled rotation. The sentence is ours, after the API reference (LIF-93).
    pub(crate) fn scheduled_rotation_near() -> Self {
        let text = "An automatic rotation of this key is currently in progress or scheduled to begin within the next 20 minutes.";
        Self::new(Exception::ConflictException, text)
    }
}
