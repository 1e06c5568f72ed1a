//! RetireGrant and RevokeGrant: both end a grant, and differ in who may.

use super::{RetireGrant, RevokeGrant, lists::id, token};
use crate::{
    call::Stop,
    error::Error,
    names::GrantName,
    operations::{Execution, Resolver, Subject},
};

/// The key of a grant that is retired: the grant's token says which, or the request names both.
pub(in crate::operations) fn retire_grant_keys(
    request: &RetireGrant,
    resolver: &Resolver<'_>,
) -> Result<Vec<Subject>, Stop> {
    let state = resolver.draft.state();
    let (mut subject, name, by_token) = match (&request.grant_token, &request.key_id, &request.grant_id) {
        (Some(token), None, None) => {
            let name = token::open(token, resolver)?;
            (resolver.known(name.key, None)?, name, true)
        }
        (None, Some(key), Some(grant)) => {
            let subject = resolver.key(key)?;
            let name = GrantName { key: subject.arn, id: id(grant)? };
            (subject, name, false)
        }
        _ => return Err(Error::which_grant().into()),
    };
    if !state.grants.contains_key(&name) && resolver.call.caller.owns(name.key.account) {
        return Err(Error::no_grant(name.id).into());
    }
    // A new grant that nobody knows yet is retired by its token alone (LIF-357).
    subject.grant = Some(name).filter(|name| by_token || !state.is_unseen_grant(*name));
    Ok(vec![subject])
}

/// Retires a grant; authorization has found it (P2-371).
pub(in crate::operations) fn retire_grant(_: RetireGrant, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let name = execution.subject()?.grant.ok_or_else(|| Error::internal("no grant is retired"))?;
    execution.end_of_dry_run()?;
    execution.draft.remove_grant(name);
    Ok(())
}

/// Revokes a grant of a key (P2-414).
pub(in crate::operations) fn revoke_grant(request: RevokeGrant, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let name = GrantName { key: execution.subject()?.arn, id: id(&request.grant_id)? };
    let state = execution.draft.state();
    if !state.grants.contains_key(&name) || state.is_unseen_grant(name) {
        return Err(Error::no_grant(name.id).into());
    }
    execution.end_of_dry_run()?;
    execution.draft.remove_grant(name);
    Ok(())
}
