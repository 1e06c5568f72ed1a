//! How much an account may have: the resource quotas, which an operation asks last (LIF-318).

use super::Execution;
use crate::{error::Error, names::KeyArn, quotas::ResourceQuota, state::State};

/// Refuses one more of what a quota counts: aliases or grants of the key, or keys or key stores beside it (LIF-308 to
/// LIF-317, CKS-255).
pub(super) fn has_room(quota: ResourceQuota, key: KeyArn, execution: &Execution<'_>) -> Result<(), Error> {
    let state = execution.draft.state();
    let most = state.quota(quota, key.account, key.region, quota.is_of_key().then_some(key));
    let usage = usage(quota, key, state);
    if usage < most { Ok(()) } else { Err(Error::quota(quota.what(), most, usage)) }
}

/// How many there are. AWS managed keys do not count (P5-501, P5-502).
fn usage(quota: ResourceQuota, key: KeyArn, state: &State) -> u64 {
    let count = match quota {
        ResourceQuota::Keys => state.key_count(key.account, key.region),
        ResourceQuota::AliasesPerKey => state.aliases_of(key).count(),
        ResourceQuota::GrantsPerKey => state.grant_count(&key),
        ResourceQuota::CustomKeyStores => state.key_stores_in(key.account, key.region).count(),
    };
    count as u64
}
