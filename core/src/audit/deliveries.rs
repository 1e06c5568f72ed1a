//! Who is told of an action.

use std::sync::Arc;

use super::{Facts, Record, record::Body};
use crate::names::AccountId;

/// A copy for each account that is told of a call: that of its caller, and the owners of its keys (AUD-74).
pub(super) fn of(mut body: Body, facts: &Facts<'_>) -> Vec<Record> {
    let mut told: Vec<AccountId> = Vec::new();
    let caller = Some(facts.call.caller.account).filter(|_| !facts.call.caller.is_service());
    for account in caller.into_iter().chain(body.resources.iter().map(|resource| resource.account)) {
        if !told.contains(&account) {
            told.push(account);
        }
    }
    let several = told.len() > 1 || facts.call.caller.is_service();
    body.shared = several.then_some(facts.ids.shared);
    let body = Arc::new(body);
    told.into_iter().map(|account| body.told_to(account, facts.ids.event_for(account, several))).collect()
}
