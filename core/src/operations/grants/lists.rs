//! ListGrants and ListRetirableGrants.

use super::{ListGrants, ListGrantsResponse, ListRetirableGrants};
use crate::{
    access::Action,
    call::Stop,
    caller::Caller,
    error::Error,
    names::{GrantId, GrantName},
    operations::{Execution, pages::Pager},
    shapes::*,
    state::{Existence, GrantParty, GrantRow, State},
};

/// Lists the grants of a key, or those of them that a request asks for (P2-408).
pub(in crate::operations) fn list_grants(
    request: ListGrants,
    execution: &mut Execution<'_>,
) -> Result<ListGrantsResponse, Stop> {
    let key = execution.subject()?.arn;
    let pager = Pager::new("ListGrants", request.limit, request.marker.as_deref(), 50, 100)?;
    let after = pager.after().map(|id| GrantId::parse(id).ok_or_else(Error::marker)).transpose()?;
    let wanted = request.grant_id.as_deref().map(id).transpose()?;
    let grantee = filter(request.grantee_principal, request.grantee_service_principal, execution)?;
    let state = execution.draft.state();
    let first = GrantName { key, id: after.unwrap_or(GrantId::FIRST) };
    let found: Box<dyn Iterator<Item = (GrantName, &GrantRow)>> = match (wanted, &grantee) {
        (Some(id), _) => Box::new(state.grant(GrantName { key, id }).into_iter().filter(|(name, _)| *name > first)),
        (None, Some(grantee)) => {
            let behind = state.granted_to(key, &grantee.name).filter(|(name, _)| *name > first);
            Box::new(behind.filter(|(name, _)| state.grants.contains_key(name)))
        }
        (None, None) => Box::new(state.grants_behind(first)),
    };
    let found = found.filter(|(_, row)| grantee.as_ref().is_none_or(|grantee| row.grantee.is_as(grantee)));
    Ok(listed(&pager, found, |name| name.id.to_string(), state))
}

/// Lists the grants in the Region that somebody may retire, on keys of whatever account (P2-409).
pub(in crate::operations) fn list_retirable_grants(
    request: ListRetirableGrants,
    execution: &mut Execution<'_>,
) -> Result<ListGrantsResponse, Stop> {
    let pager = Pager::new("ListRetirableGrants", request.limit, request.marker.as_deref(), 50, 100)?;
    let after = pager.after().map(|name| GrantName::parse(name).ok_or_else(Error::marker)).transpose()?;
    if request.retiring_principal.is_some() == request.retiring_service_principal.is_some() {
        return Err(Error::one_retiring_principal().into());
    }
    let retiring = filter(request.retiring_principal, request.retiring_service_principal, execution)?;
    let Some(retiring) = retiring else { return Err(Error::one_retiring_principal().into()) };
    is_own(&retiring, execution)?;
    let (state, region) = (execution.draft.state(), execution.call.region);
    let found = state.retirable_by(&retiring.name, region, after);
    let found = found.filter(|(_, row)| row.retiring.as_ref().is_some_and(|party| party.is_as(&retiring)));
    Ok(listed(&pager, found, GrantName::to_string, state))
}

/// Refuses to list what principals of other accounts may retire: the resource that is asked for is the principal, and it
/// is another account's. The sentence is a decision.
fn is_own(retiring: &GrantParty, execution: &Execution<'_>) -> Result<(), Error> {
    let call = execution.call;
    let is_own = |caller: Caller| call.caller.owns(caller.account);
    if retiring.is_service || Caller::parse(&retiring.name).is_some_and(is_own) {
        return Ok(());
    }
    let action = Action::ListRetirableGrants.as_str();
    Err(Error::not_allowed(&call.caller.arn(call.region), action, Some(&retiring.name), "resource-based policy"))
}

/// The grantee or the retiring principal that a list is to have. What services have is listed for that service alone.
fn filter(
    principal: Option<String>,
    service: Option<String>,
    execution: &Execution<'_>,
) -> Result<Option<GrantParty>, Error> {
    let region = execution.call.region;
    match (principal, service) {
        (Some(_), Some(_)) => Err(Error::two_filters()),
        (Some(principal), None) => {
            let named = Caller::parse(&principal).filter(|caller| !caller.is_service() && caller.reaches(region));
            let caller = named.ok_or_else(|| Error::not_a_principal(&principal))?;
            let arn = if principal.starts_with("arn:") { principal } else { caller.arn(region) };
            Ok(Some(GrantParty::principal(&arn, execution.draft.state().unique_id(&arn))))
        }
        (None, Some(service)) if execution.call.caller.is_service() => Ok(Some(GrantParty::service(&service))),
        (None, Some(_)) => Err(Error::service_filter()),
        (None, None) => Ok(None),
    }
}

/// The id of a grant as a request has it.
pub(super) fn id(text: &str) -> Result<GrantId, Error> {
    GrantId::parse(text).ok_or_else(|| Error::grant_id(text))
}

/// A page of grants.
fn listed<'a>(
    pager: &Pager,
    found: impl Iterator<Item = (GrantName, &'a GrantRow)>,
    mark: impl Fn(&GrantName) -> String,
    state: &State,
) -> ListGrantsResponse {
    let page = pager.page(found, |(name, _)| mark(name));
    let truncated = page.truncated();
    let page = page.map(|(name, row)| entry(name, row, state));
    ListGrantsResponse { grants: page.items, next_marker: page.next, truncated }
}

fn entry(name: GrantName, row: &GrantRow, state: &State) -> GrantListEntry {
    let (grantee_principal, grantee_service_principal) = shown(Some(&row.grantee), state);
    let (retiring_principal, retiring_service_principal) = shown(row.retiring.as_ref(), state);
    let account = Caller::root(row.issuer);
    GrantListEntry {
        key_id: Some(name.key.to_string()),
        grant_id: Some(name.id.to_string()),
        // A grant without a name shows an empty one (P2-391).
        name: Some(row.name.as_deref().unwrap_or_default().to_owned()),
        creation_date: Some(row.created),
        grantee_principal,
        retiring_principal,
        issuing_account: Some(account.arn(name.key.region)),
        operations: Some(row.operations.iter().collect()),
        constraints: constraints(row),
        grantee_service_principal,
        retiring_service_principal,
    }
}

/// The members that show a party: of a principal or of a service. A principal that is gone, and perhaps has a successor of
/// its name, is shown by its unique id (recorded by the Terraform provider for AWS).
fn shown(party: Option<&GrantParty>, state: &State) -> (Option<String>, Option<String>) {
    let Some(party) = party else { return (None, None) };
    let name = party.name.to_string();
    if party.is_service {
        return (None, Some(name));
    }
    match (party.unique_id.as_deref(), state.exists(&name)) {
        (Some(id), Existence::Registered(now)) if *id == *now => (Some(name), None),
        (Some(id), _) => (Some(id.to_owned()), None),
        (None, _) => (Some(name), None),
    }
}

fn constraints(row: &GrantRow) -> Option<GrantConstraints> {
    let pairs = |exact| {
        let context = row.context.as_ref().filter(|context| context.exact == exact)?;
        Some(context.pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    };
    let is_some = row.context.is_some() || row.source_arn.is_some();
    is_some.then(|| GrantConstraints {
        encryption_context_subset: pairs(false),
        encryption_context_equals: pairs(true),
        source_arn: row.source_arn.as_deref().map(str::to_owned),
    })
}
