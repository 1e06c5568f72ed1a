//! Aliases: independent resources that name one key of their account and Region at a time.

use super::{
    Execution, Resolver, Subject, aws_managed,
    pages::Pager,
    quotas::has_room,
    resolve::{Gate, names_alias},
};
use crate::{
    algorithms,
    call::{Call, Stop},
    error::Error,
    names::{AliasArn, AliasName, KeyArn},
    quotas::ResourceQuota,
    shapes::*,
    state::AliasRow,
    wire::shape,
};

shape! {
    pub struct CreateAlias -> () {
        AliasName alias_name: Required AliasNameType,
        TargetKeyId target_key_id: Required KeyIdType,
    }

    pub struct DeleteAlias -> () {
        AliasName alias_name: Required AliasNameType,
    }

    pub struct ListAliases -> ListAliasesResponse {
        KeyId key_id: Optional KeyIdType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub struct ListAliasesResponse {
        Aliases aliases: Always AliasList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct UpdateAlias -> () {
        AliasName alias_name: Required AliasNameType,
        TargetKeyId target_key_id: Required KeyIdType,
    }
}

/// The key of a new alias.
pub(super) fn create_alias_keys(request: &CreateAlias, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    Ok(vec![target(&request.target_key_id, resolver)?])
}

fn target(text: &str, resolver: &Resolver<'_>) -> Result<Subject, Stop> {
    if names_alias(text) { Err(Error::alias_of_alias().into()) } else { resolver.key(text) }
}

/// Makes an alias for a key (P1-142 to P1-147).
pub(super) fn create_alias(request: CreateAlias, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let arn = here(new_name(&request.alias_name)?, execution.call);
    if execution.draft.state().aliases.contains_key(&arn) {
        return Err(Error::alias_exists(&arn).into());
    }
    let target = execution.subject()?.arn;
    has_room(ResourceQuota::AliasesPerKey, target, execution)?;
    let now = execution.call.now;
    execution.draft.put_alias(arn, AliasRow { target: target.id, created: now, updated: now });
    Ok(())
}

/// The old key and the new key of an alias; the old one may be in any state (P2-206).
pub(super) fn update_alias_keys(request: &UpdateAlias, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    let target = target(&request.target_key_id, resolver)?;
    let mut subjects = delete_keys(&request.alias_name, resolver)?;
    subjects.insert(0, target);
    Ok(subjects)
}

/// Moves an alias to another key of the same type and usage (P1-161 to P1-163).
pub(super) fn update_alias(request: UpdateAlias, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let arn = known(&request.alias_name, execution.call)?;
    let (new, old) = (execution.nth_subject(0)?, execution.nth_subject(1)?);
    if kind(&new)? != kind(&old)? {
        return Err(Error::alias_key_type(old.arn, new.arn).into());
    }
    if new.arn != old.arn {
        has_room(ResourceQuota::AliasesPerKey, new.arn, execution)?;
    }
    let created = execution.draft.state().aliases.get(&arn).map_or(execution.call.now, |row| row.created);
    execution.draft.put_alias(arn, AliasRow { target: new.arn.id, created, updated: execution.call.now });
    Ok(())
}

/// What the two keys of UpdateAlias must have in common.
fn kind(subject: &Subject) -> Result<(Option<algorithms::KeyType>, KeyUsageType), Error> {
    let key = subject.row()?;
    let row = algorithms::row(key.spec, subject.arn.region.partition());
    Ok((row.map(|row| row.key_type), key.usage))
}

/// The key of an alias that goes.
pub(super) fn delete_alias_keys(request: &DeleteAlias, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    delete_keys(&request.alias_name, resolver)
}

fn delete_keys(name: &str, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    let arn = known(name, resolver.call)?;
    let row = resolver.draft.state().aliases.get(&arn).ok_or_else(|| Error::no_alias(&arn))?;
    let key = KeyArn { account: arn.account, region: arn.region, id: row.target };
    let mut subject = resolver.known(key, None)?;
    subject.gate = Gate::Never;
    Ok(vec![subject])
}

/// Removes an alias; its key is not affected (P1-166, P1-167).
pub(super) fn delete_alias(request: DeleteAlias, execution: &mut Execution<'_>) -> Result<(), Stop> {
    let arn = known(&request.alias_name, execution.call)?;
    execution.draft.remove_alias(arn);
    Ok(())
}

/// The key whose aliases are listed: one of the caller's own. Of another account's keys the answer tells nothing, not
/// even whether they exist; the sentence is a decision, the API page says "Enter a KMS key in your AWS account".
pub(super) fn list_aliases_keys(request: &ListAliases, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    let Some(text) = &request.key_id else { return Ok(Vec::new()) };
    let subject = resolver.key(text)?;
    let is_own = resolver.call.caller.owns(subject.arn.account);
    if is_own { Ok(vec![subject]) } else { Err(Error::no_key(subject.arn, subject.arn.id.text().as_str()).into()) }
}

/// Lists the aliases of the account in the Region, or those of one key (P1-152, P1-153).
pub(super) fn list_aliases(request: ListAliases, execution: &mut Execution<'_>) -> Result<ListAliasesResponse, Stop> {
    let pager = Pager::new("ListAliases", request.limit, request.marker.as_deref(), 50, 100)?;
    let after = pager.after().map(|name| AliasName::parse(name).ok_or_else(Error::marker)).transpose()?;
    let of = execution.subjects.first().map(|subject| subject.arn);
    let first = here(after.unwrap_or_else(AliasName::first), execution.call);
    let rows = execution.draft.state();
    let names: Box<dyn Iterator<Item = AliasName>> = if let Some(key) = of {
        Box::new(rows.aliases_of(key).filter(|name| **name > first.name).cloned())
    } else {
        let predefined = aws_managed::predefined().filter(|name| *name > first.name);
        Box::new(merged(rows.aliases_in(&first).cloned(), predefined))
    };
    let page = pager.page(names.map(|name| AliasArn { name, ..first.clone() }), |arn| arn.name.to_string());
    let truncated = page.truncated();
    let listed = page.map(|arn| entry(&arn, rows.aliases.get(&arn).map(AsRef::as_ref)));
    Ok(ListAliasesResponse { aliases: listed.items, next_marker: listed.next, truncated })
}

/// The names of two sorted lists, each once, in their order.
fn merged(
    one: impl Iterator<Item = AliasName>,
    other: impl Iterator<Item = AliasName>,
) -> impl Iterator<Item = AliasName> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(first), Some(second)) if first == second => {
            other.next();
            one.next()
        }
        (Some(first), Some(second)) if first > second => other.next(),
        (None, _) => other.next(),
        _ => one.next(),
    })
}

/// What is listed of an alias. One that is predefined has no key before its service makes one (P1-155).
fn entry(arn: &AliasArn, row: Option<&AliasRow>) -> AliasListEntry {
    AliasListEntry {
        alias_name: Some(arn.name.to_string()),
        alias_arn: Some(arn.to_string()),
        target_key_id: row.map(|row| row.target.to_string()),
        creation_date: row.map(|row| row.created),
        last_updated_date: row.map(|row| row.updated),
    }
}

/// An alias of the caller's account in the Region of the call.
const fn here(name: AliasName, call: &Call) -> AliasArn {
    AliasArn { account: call.caller.account, region: call.region, name }
}

/// The name of an alias to be made (P1-142 to P1-144).
fn new_name(text: &str) -> Result<AliasName, Error> {
    let rest = text.strip_prefix("alias/").ok_or_else(Error::alias_prefix)?;
    if rest.contains(':') {
        return Err(Error::alias_characters(text));
    }
    let name = AliasName::parse(text).ok_or_else(|| Error::alias_name(text))?;
    if name.is_reserved() { Err(Error::alias_reserved()) } else { Ok(name) }
}

/// The alias of this name, which should exist. Those of AWS managed keys are not the caller's to change.
fn known(text: &str, call: &Call) -> Result<AliasArn, Error> {
    if !text.starts_with("alias/") {
        return Err(Error::alias_prefix());
    }
    if AliasName::parse(text).is_some_and(|name| name.is_reserved()) {
        return Err(Error::alias_reserved());
    }
    AliasName::parse(text).map(|name| here(name, call)).ok_or_else(|| {
        let (region, account) = (call.region, call.caller.account);
        Error::no_alias(format_args!("arn:{}:kms:{region}:{account}:{text}", region.partition().as_str()))
    })
}
