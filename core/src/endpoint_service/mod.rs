//! Simulated VPC endpoint services: what KMS finds when an external key store reaches its proxy through one.
//!
//! While no service is registered and the world is not strict, every service of the Region meets every rule (*trust* mode,
//! CKS-321).

mod form;

pub(crate) use form::{is_name, read, registered};

use crate::{
    error::Error,
    names::{AccountId, Region},
    shapes::ConnectionErrorCodeType as Code,
    state::{DomainState, EndpointServiceRow, LoadBalancer, State},
};

/// What is wrong with a service. The names of the exception and of the connection error code say the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ServiceFault {
    /// There is none for this key store; the words say why.
    NotFound(&'static str),
    /// It does not meet the rules; the words say what it needs.
    Configuration(&'static str),
}

impl ServiceFault {
    /// The refusal to create or update a key store (CKS-265, CKS-266).
    pub(crate) fn error(&self, name: &str) -> Error {
        match self {
            Self::NotFound(why) => Error::no_endpoint_service(name, why),
            Self::Configuration(needs) => Error::endpoint_service_configuration(name, needs),
        }
    }

    /// Why a key store is not connected (CKS-284).
    pub(crate) const fn code(&self) -> Code {
        match self {
            Self::NotFound(_) => Code::XksVpcEndpointServiceNotFound,
            Self::Configuration(_) => Code::XksVpcEndpointServiceInvalidConfiguration,
        }
    }
}

/// Looks at the service of a key store: one that an account has in a Region, with the service's owner, and the host of the
/// key store's endpoint (`https://` before it does not matter).
///
/// # Errors
/// The first rule that is broken.
pub(crate) fn check(
    state: &State,
    account: AccountId,
    region: Region,
    name: &str,
    owner: AccountId,
    endpoint: &str,
) -> Result<(), ServiceFault> {
    if region_of(name) != Some(region) {
        return Err(ServiceFault::NotFound("its name is that of a service in another Region"));
    }
    if state.endpoint_services.is_empty() && !state.has_strict_key_stores() {
        return Ok(());
    }
    let row = state.endpoint_services.get(name).filter(|row| row.available && row.owner == owner);
    let row = row.ok_or(ServiceFault::NotFound("its owner has none of this name"))?;
    let kms = format!("cks.kms.{region}.amazonaws.com");
    if !allows(row, |principal| principal == kms) {
        return Err(ServiceFault::NotFound("it does not allow the principal of KMS, cks.kms.<Region>.amazonaws.com"));
    }
    if owner != account && !allows(row, |principal| names(principal, account)) {
        return Err(ServiceFault::NotFound("it does not allow the account of the key store"));
    }
    configuration(row, endpoint.strip_prefix("https://").unwrap_or(endpoint))
}

fn allows(row: &EndpointServiceRow, is_meant: impl Fn(&str) -> bool) -> bool {
    row.allowed_principals.iter().any(|principal| **principal == *"*" || is_meant(principal))
}

/// Whether a principal is an account, or somebody in it.
fn names(principal: &str, account: AccountId) -> bool {
    let of_arn = principal.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(3));
    of_arn.or(Some(principal)).and_then(AccountId::parse) == Some(account)
}

/// The Region in the name of a service.
fn region_of(name: &str) -> Option<Region> {
    let (head, _) = name.split_once(".vpce-svc-")?;
    Region::parse(head.rsplit('.').next()?)
}

/// Checks the rules of CKS-266.
fn configuration(row: &EndpointServiceRow, host: &str) -> Result<(), ServiceFault> {
    let first = row.zones.first();
    let private = row.private_dns_name.as_deref();
    let broken = [
        (row.load_balancer != LoadBalancer::Network, "a Network Load Balancer"),
        (
            first.is_none_or(|first| row.zones.iter().all(|zone| zone == first)),
            "subnets in at least two Availability Zones",
        ),
        (row.acceptance_required, "to take endpoints without acceptance"),
        (private.is_none(), "a private DNS name"),
        (row.domain != DomainState::Verified, "a private DNS name whose domain is verified"),
        (
            private.is_some_and(|name| !name.eq_ignore_ascii_case(host)),
            "a private DNS name that is the host of the key store's proxy URI endpoint",
        ),
    ];
    let first = broken.iter().find(|(is_broken, _)| *is_broken);
    first.map_or(Ok(()), |(_, needs)| Err(ServiceFault::Configuration(needs)))
}
