//! ReplicateKey and UpdatePrimaryRegion: keys of several Regions with one id and one key material.
//!
//! Related keys are one row (see `state/keys.rs`): what they share needs no synchronizing (LIF-193). The service-linked role
//! `AWSServiceRoleForKeyManagementServiceMultiRegionKeys` (P3-216), which AWS uses for that, comes into the directory with
//! the first primary key of an account (`dependents::make_role`); what it does happens here within the call.

mod primary;
mod replica;

pub(super) use primary::update_primary_region;
pub(super) use replica::replicate_key;

use super::Execution;
use crate::{
    lags::Lag,
    shapes::*,
    state::Transition,
    time::{Span, Time},
    wire::shape,
};

shape! {
    pub struct ReplicateKey -> ReplicateKeyResponse {
        KeyId key_id: Required KeyIdType,
        ReplicaRegion replica_region: Required RegionType,
        Policy policy: Optional PolicyType,
        BypassPolicyLockoutSafetyCheck bypass_policy_lockout_safety_check: Optional BooleanType,
        Description description: Optional DescriptionType,
        Tags tags: Optional TagList,
    }

    pub struct ReplicateKeyResponse {
        ReplicaKeyMetadata replica_key_metadata: Always KeyMetadata,
        ReplicaPolicy replica_policy: Always PolicyType,
        ReplicaTags replica_tags: Optional TagList,
    }

    pub struct UpdatePrimaryRegion -> () {
        KeyId key_id: Required KeyIdType,
        PrimaryRegion primary_region: Required RegionType,
    }
}

/// What a key is in from now on, for as long as the world's lag is; nothing where there is none (LIF-209, LIF-223).
fn transition(kind: fn(Time) -> Transition, lag: Lag, execution: &Execution<'_>) -> Option<Transition> {
    let takes = execution.draft.state().lag(lag);
    (takes > Span::default()).then(|| kind(execution.call.now.after(takes)))
}

#[cfg(test)]
mod tests;
