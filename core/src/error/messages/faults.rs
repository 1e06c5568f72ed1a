//! Sentences about faults, for which neither the request nor the caller is to blame.

use crate::error::{Error, Exception};

impl Error {
    /// The host was asked to generate a key of this spec, and its answer is something else. The sentence is ours.
    pub(crate) fn foreign_key(spec: &str) -> Self {
        let told = format!("The host was asked to generate a key of the spec {spec}, but answered with something else");
        Self::new(Exception::KMSInternalException, told)
    }

    /// An invariant does not hold: a fault of pocket-kms itself. The sentence is ours.
    pub(crate) fn internal(what: &str) -> Self {
        debug_assert!(false, "broken invariant: {what}");
        Self::new(Exception::KMSInternalException, format!("pocket-kms has a fault: {what}"))
    }
}
