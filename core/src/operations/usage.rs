//! Last use of a key: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct GetKeyLastUsageRequest {
        KeyId key_id: Required KeyIdType,
    }

    pub(super) struct GetKeyLastUsageResponse {
        KeyId key_id: Optional KeyIdType,
        KeyLastUsage key_last_usage: Optional KeyLastUsageData,
        TrackingStartDate tracking_start_date: Optional DateType,
        KeyCreationDate key_creation_date: Optional DateType,
    }
}
