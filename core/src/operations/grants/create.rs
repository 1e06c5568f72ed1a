//! CreateGrant.

use super::{CreateGrant, CreateGrantResponse, checks, token};
use crate::{
    call::{Call, Stop},
    error::Error,
    names::{AccountId, GrantId, GrantName, KeyArn},
    operations::{Execution, keys::drawn, quotas::has_room},
    quotas::ResourceQuota,
    state::{GrantRow, KeyRow, State},
};

/// Creates a grant, or finds the one that the same request has created before (P2-380).
pub(in crate::operations) fn create_grant(
    request: CreateGrant,
    execution: &mut Execution<'_>,
) -> Result<CreateGrantResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.arn;
    let row = new_row(request, key, subject.row()?, execution)?;
    execution.end_of_dry_run()?;
    let known = created_before(&row, key, execution.draft.state());
    let name = if let Some(name) = known {
        name
    } else {
        has_room(ResourceQuota::GrantsPerKey, key, execution)?;
        GrantName { key, id: new_id(key, execution) }
    };
    let grant_token = token::of(name, execution)?;
    // Recorded last: among 50,000 grants of a key, a view with one more costs as much as the rest of the call.
    if known.is_none() {
        execution.draft.put_grant(name, row);
    }
    Ok(CreateGrantResponse { grant_token, grant_id: name.id.to_string() })
}

/// The grant that a request describes.
fn new_row(request: CreateGrant, arn: KeyArn, key: &KeyRow, execution: &Execution<'_>) -> Result<GrantRow, Error> {
    let (state, call) = (execution.draft.state(), execution.call);
    let grantee = checks::grantee(&request, call.region, state)?;
    let retiring = checks::retiring(&request, call.region, state)?;
    let operations = checks::operations(&request.operations, key)?;
    let constraints = request.constraints.as_ref();
    Ok(GrantRow {
        name: request.name.map(Into::into),
        grantee,
        retiring,
        operations,
        context: constraints.map_or(Ok(None), |constraints| checks::context(constraints, key))?,
        source_arn: constraints.and_then(|constraints| constraints.source_arn.as_deref()).map(Into::into),
        issuer: issuer(call, arn),
        created: call.now,
    })
}

/// The account in which a grant is created: the caller's; a service calls for an account, or else for that of the key.
fn issuer(call: &Call, key: KeyArn) -> AccountId {
    if call.caller.is_service() { call.origin.source_account.unwrap_or(key.account) } else { call.caller.account }
}

/// The grant of the same name that is the same in everything else, too. The order of its operations does not count.
fn created_before(row: &GrantRow, key: KeyArn, state: &State) -> Option<GrantName> {
    let mut named = state.grants_named(key, row.name.as_deref()?);
    named.find(|(_, other)| GrantRow { created: other.created, ..row.clone() } == **other).map(|(name, _)| name)
}

/// The id of a new grant.
fn new_id(key: KeyArn, execution: &mut Execution<'_>) -> GrantId {
    drawn(
        execution,
        "another grant id",
        |random| GrantId::new(random.array()),
        |state, id| !state.has_had_grant(&GrantName { key, id: *id }),
    )
}
