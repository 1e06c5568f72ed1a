//! A VPC endpoint service in its JSON form, read and shown.

use super::region_of;
use crate::{
    error::Error,
    names::AccountId,
    state::{DomainState, EndpointServiceRow, FormValue, LoadBalancer, State},
    wire::{Members, Value},
};

/// The most Availability Zones, and the most allowed principals, of a service.
const MOST: usize = 50;

/// Whether a text is the name of a service, as the API model has it.
pub(crate) fn is_name(name: &str) -> bool {
    let of_service = |name: &str| {
        let id = name.split_once(".vpce-svc-").map(|(_, id)| id).unwrap_or_default();
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let begins = ["com.amazonaws.vpce.", "eu.amazonaws.vpce."].iter().any(|start| name.starts_with(start));
    begins && (20..=64).contains(&name.len()) && of_service(name) && region_of(name).is_some()
}

/// Reads a service; one that does not name its owner is `account`'s. What is not said is as KMS demands, except for the
/// private DNS name: a service has the one that is said.
///
/// # Errors
/// `ValidationException` with the place and what is wrong there.
pub(crate) fn read(said: &FormValue<'_>, name: &str, account: AccountId) -> Result<EndpointServiceRow, Error> {
    let names = [
        "owner",
        "load_balancer",
        "zones",
        "allowed_principals",
        "acceptance_required",
        "private_dns_name",
        "domain",
        "state",
    ];
    let [owner, balancer, zones, allowed, acceptance, private, domain, state] = said.structure(names)?;
    let owner = said.within("owner", owner);
    let balancer = said.within("loadBalancer", balancer);
    let load_balancer = match balancer.maybe_text("network or gateway")? {
        Some(text) => LoadBalancer::parse(text).ok_or_else(|| balancer.must_be("network or gateway"))?,
        None => LoadBalancer::Network,
    };
    let states = "verified, pendingVerification or failed";
    let domain = said.within("domain", domain);
    let domain_state = match domain.maybe_text(states)? {
        Some(text) => DomainState::parse(text).ok_or_else(|| domain.must_be(states))?,
        None => DomainState::Verified,
    };
    let states = "Available or Deleted";
    let state = said.within("state", state);
    let available = match state.maybe_text(states)? {
        None | Some("Available") => true,
        Some("Deleted") => false,
        Some(_) => return Err(state.must_be(states)),
    };
    let region = region_of(name).map(|region| region.to_string()).unwrap_or_default();
    let default_zones = || ["a", "b"].map(|zone| [&*region, zone].concat().into()).to_vec();
    let kms = || vec![["cks.kms.", &region, ".amazonaws.com"].concat().into()];
    let private = said.within("privateDnsName", private).maybe_text("the name of a host")?;
    Ok(EndpointServiceRow {
        owner: if owner.is_there() { owner.account()? } else { account },
        load_balancer,
        zones: texts(&said.within("zones", zones), "Availability Zones")?.unwrap_or_else(default_zones),
        allowed_principals: texts(&said.within("allowedPrincipals", allowed), "principals")?.unwrap_or_else(kms),
        acceptance_required: said.within("acceptanceRequired", acceptance).maybe_flag()?.unwrap_or(false),
        private_dns_name: private.map(Into::into),
        domain: domain_state,
        available,
    })
}

fn texts(said: &FormValue<'_>, what: &str) -> Result<Option<Vec<Box<str>>>, Error> {
    let what = format!("a list of {what}");
    let mut texts = Vec::new();
    for (index, value) in said.list(&what, MOST)?.iter().enumerate() {
        texts.push(said.within(&format!("[{index}]"), value).text("a text")?.into());
    }
    Ok(said.is_there().then_some(texts))
}

/// All services that are registered, in the form in which they are.
pub(crate) fn registered(state: &State) -> Value {
    state.endpoint_services.iter().map(|(name, row)| (name.to_string(), Value::Map(shown(row)))).collect()
}

fn shown(row: &EndpointServiceRow) -> Members {
    let texts = |texts: &[Box<str>]| Value::List(texts.iter().map(|text| Value::from(&**text)).collect());
    let mut members: Members = vec![("owner".into(), Value::from(row.owner.to_string()))];
    if let Some(name) = &row.private_dns_name {
        members.push(("privateDnsName".into(), Value::from(&**name)));
    }
    let rest = [
        ("loadBalancer", Value::from(row.load_balancer.as_str())),
        ("zones", texts(&row.zones)),
        ("allowedPrincipals", texts(&row.allowed_principals)),
        ("acceptanceRequired", Value::Bool(row.acceptance_required)),
        ("domain", Value::from(row.domain.as_str())),
        ("state", Value::from(if row.available { "Available" } else { "Deleted" })),
    ];
    members.extend(rest.map(|(name, value)| (name.into(), value)));
    members
}
