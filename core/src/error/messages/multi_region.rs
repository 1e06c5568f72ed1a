//! Sentences about related multi-Region keys.

use crate::{
    error::{Error, Exception},
    names::KeyArn,
};

impl Error {
    /// The operation is for primary keys. The sentence is AWS's (LIF-198, recorded by LocalStack for ReplicateKey; LIF-75
    /// takes it for rotation).
    pub(crate) fn not_primary(key: KeyArn) -> Self {
        let text = format!("{key} is not a multi-region primary key.");
        Self::new(Exception::UnsupportedOperationException, text)
    }

    /// UpdatePrimaryRegion on a replica, or on keys whose roles are changing already: `KMSInvalidStateException`; on a
    /// single-Region key: `UnsupportedOperationException`. The sentence is AWS's (LIF-216); its R is a capital.
    pub(crate) fn not_primary_to_move(exception: Exception, key: KeyArn) -> Self {
        Self::new(exception, format!("{key} is not a multi-Region primary key."))
    }

    /// ReplicateKey to a Region where there can be no replica of the key. The sentence is ours (LIF-200).
    pub(crate) fn replica_region(region: &str) -> Self {
        let text = format!("The replica Region {region} is not available for this key.");
        Self::new(Exception::ValidationException, text)
    }

    /// ReplicateKey to a Region that has a related key already. The sentence is AWS's (LIF-202).
    pub(crate) fn replica_exists() -> Self {
        let text = "You can create only one replica of each primary key in each AWS Region.";
        Self::new(Exception::AlreadyExistsException, text)
    }

    /// UpdatePrimaryRegion to a Region that has no replica of the key. The sentence is ours (LIF-219).
    pub(crate) fn no_replica_in(region: &str) -> Self {
        Self::new(Exception::ValidationException, format!("The key has no replica in {region}."))
    }
}
