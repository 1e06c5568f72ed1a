//! Who is told of an action.

use std::sync::Arc;

use super::{Facts, Record, record::Body};
use crate::{call::Call, caller::VpcEndpoint, names::AccountId};

/// A copy for each account that is told of a call: that of its caller, and the owners of its keys (AUD-74). The resources
/// of a call that was not let through are nobody's to know, so that its caller's account alone is told (AUD-76).
/// Gives back what the copies have in common.
pub(super) fn of(mut body: Body, facts: &Facts<'_>, records: &mut Vec<Record>) -> Arc<Body> {
    let owners = || body.resources.iter().map(|resource| resource.account);
    let several = is_told_to_several(facts.call, owners());
    let mut told: Vec<AccountId> = Vec::new();
    for account in body.identity.account().into_iter().chain(owners()) {
        if !told.contains(&account) {
            told.push(account);
        }
    }
    body.shared = several.then_some(facts.ids.shared);
    let (body, full) = (Arc::new(body), facts.call.recording.full_foreign_identity);
    let copy = |account| body.told_to(account, facts.ids.event_for(account, several), full);
    records.extend(told.into_iter().map(copy));
    body
}

/// Whether more than one account is told of a call on keys of these owners. One of them may be AWS's own, which gets a copy
/// where a service calls in its own name or comes through an endpoint of its own; nobody else sees that copy.
pub(crate) fn is_told_to_several(call: &Call, mut owners: impl Iterator<Item = AccountId>) -> bool {
    let is_to_aws = call.origin.vpc_endpoint.as_ref().is_some_and(VpcEndpoint::is_of_aws);
    is_to_aws || call.caller.is_service() || owners.any(|owner| owner != call.caller.account)
}
