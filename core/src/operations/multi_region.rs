//! Multi-Region keys: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct ReplicateKeyRequest {
        KeyId key_id: Required KeyIdType,
        ReplicaRegion replica_region: Required RegionType,
        Policy policy: Optional PolicyType,
        BypassPolicyLockoutSafetyCheck bypass_policy_lockout_safety_check: Optional BooleanType,
        Description description: Optional DescriptionType,
        Tags tags: Optional TagList,
    }

    pub(super) struct ReplicateKeyResponse {
        ReplicaKeyMetadata replica_key_metadata: Optional KeyMetadata,
        ReplicaPolicy replica_policy: Optional PolicyType,
        ReplicaTags replica_tags: Optional TagList,
    }

    pub(super) struct UpdatePrimaryRegionRequest {
        KeyId key_id: Required KeyIdType,
        PrimaryRegion primary_region: Required RegionType,
    }
}
