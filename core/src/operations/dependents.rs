//! The actions of other services that operations of KMS need of their callers (CKS-4, CKS-270): what the Service
//! Authorization Reference calls dependent actions.
//!
//! KMS asks the other service in the caller's name, so that identity policies, boundaries, sessions and service control
//! policies must allow that, too; no key policy and no grant can. Where nobody is registered, everything is allowed.

use super::{Execution, key_stores};
use crate::{
    access::{Action, LinkedRole, Resource},
    call::Call,
    error::Error,
    names::{AccountId, Region},
    shapes::CustomKeyStoreType,
    state::{KeyStoreRow, PrincipalName, State},
    wire::{Seen, Typed},
};

/// A request, and where it is made.
struct Asking<'a> {
    request: &'a dyn Typed,
    call: &'a Call,
    state: &'a State,
}

/// What an operation needs besides its own action.
struct Dependent {
    /// The action of the operation.
    operation: Action,
    /// What its caller needs, too.
    needs: Action,
    /// What that is on, in the caller's account.
    on: fn(AccountId, Region) -> Resource,
    /// Which requests need it.
    when: fn(&Asking<'_>) -> bool,
}

macro_rules! dependents {
    ($($operation:ident $needs:ident $on:ident $when:expr;)+) => {
        const TABLE: &[Dependent] = &[$(Dependent {
            operation: Action::$operation,
            needs: Action::$needs,
            on: $on,
            when: $when,
        },)+];
    };
}

dependents! {
//  operation            needs                       on           when
    CreateCustomKeyStore DescribeClusters            anything     makes_store_in_cluster;
    CreateCustomKeyStore CreateServiceLinkedRole     of_stores    makes_role_of_stores;
    CreateCustomKeyStore DescribeVpcEndpointServices anything     names_service_elsewhere;
    // That it takes the permission only while the role is missing is a decision (P1-107, P4-156).
    CreateKey            CreateServiceLinkedRole     of_related   makes_role_of_related_keys;
    // The guide tells of creating alone: that it takes as much to name another cluster or service is a decision.
    UpdateCustomKeyStore DescribeClusters            anything     |asking| asking.text("CloudHsmClusterId").is_some();
    UpdateCustomKeyStore DescribeVpcEndpointServices anything     names_service_elsewhere;
}

/// What a request needs of other services, and on what.
pub(crate) fn dependents<'a>(
    operation: Action,
    request: &'a dyn Typed,
    call: &'a Call,
    state: &'a State,
) -> impl Iterator<Item = (Action, Resource)> + use<'a> {
    let asking = Asking { request, call, state };
    let needed = TABLE.iter().filter(move |row| row.operation == operation && (row.when)(&asking));
    needed.map(|row| (row.needs, (row.on)(call.caller.account, call.region)))
}

/// Makes a role that is linked to KMS, if its account has none: it comes with the first key store in a cluster, or with the
/// first multi-Region key, for which the caller has needed the permission (CKS-270, P3-216).
///
/// # Errors
/// `ValidationException` when a role of the same name with another path is registered.
pub(super) fn make_role(role: LinkedRole, execution: &mut Execution<'_>) -> Result<(), Error> {
    match missing_role(role, execution.call, execution.draft.state()) {
        Some(arn) => execution.draft.make_linked_role(&arn, execution.call.now),
        None => Ok(()),
    }
}

/// The ARN of a role, while the caller's account has none and somebody is registered there: in all others it exists as every
/// role does, and so it stays for who had a need of it before anybody was registered (P4-172).
fn missing_role(role: LinkedRole, call: &Call, state: &State) -> Option<String> {
    let arn = Resource::LinkedRole(role, call.caller.account, call.region).to_string();
    let (name, ..) = PrincipalName::parse(&arn)?;
    let (account, partition) = (name.account(), name.partition());
    let is_needed = || match role {
        LinkedRole::KeyStores => state.has_cloud_hsm_stores(account, partition),
        LinkedRole::MultiRegionKeys => state.has_multi_region_keys(account, partition),
    };
    let is_missing = !state.trusts(account, partition) && state.principal(&name).is_none() && !is_needed();
    is_missing.then_some(arn)
}

const fn anything(account: AccountId, region: Region) -> Resource {
    Resource::Anything(account, region)
}

const fn of_stores(account: AccountId, region: Region) -> Resource {
    Resource::LinkedRole(LinkedRole::KeyStores, account, region)
}

const fn of_related(account: AccountId, region: Region) -> Resource {
    Resource::LinkedRole(LinkedRole::MultiRegionKeys, account, region)
}

impl<'a> Asking<'a> {
    fn text(&self, member: &str) -> Option<&'a str> {
        match self.request.member(member)? {
            Seen::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn makes_store_in_cluster(asking: &Asking<'_>) -> bool {
    let of_cluster = CustomKeyStoreType::AwsCloudhsm.as_str();
    asking.text("CustomKeyStoreType").is_none_or(|kind| kind == of_cluster)
}

fn makes_role_of_stores(asking: &Asking<'_>) -> bool {
    makes_store_in_cluster(asking) && missing_role(LinkedRole::KeyStores, asking.call, asking.state).is_some()
}

fn makes_role_of_related_keys(asking: &Asking<'_>) -> bool {
    let is_multi_region = matches!(asking.request.member("MultiRegion"), Some(Seen::Flag(true)));
    is_multi_region && missing_role(LinkedRole::MultiRegionKeys, asking.call, asking.state).is_some()
}

/// Whether the VPC endpoint service is another account's: one that is named without its owner is the caller's own, or that of
/// whose service the store has been reached by before (CKS-3).
fn names_service_elsewhere(asking: &Asking<'_>) -> bool {
    let owner = asking.text("XksProxyVpcEndpointServiceOwner").and_then(AccountId::parse);
    let former = || {
        asking.text("XksProxyVpcEndpointServiceName")?;
        let (_, row) = key_stores::named(asking.request, asking.call, asking.state)?;
        Some(KeyStoreRow::external(row)?.service.as_ref()?.owner)
    };
    owner.or_else(former).is_some_and(|owner| owner != asking.call.caller.account)
}
