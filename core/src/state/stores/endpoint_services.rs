//! The rows of simulated VPC endpoint services (CKS-320).

use serde::Serialize;

use super::names::{DomainState, LoadBalancer};
use crate::{names::AccountId, state::stored::stored};

/// A simulated VPC endpoint service. Its name tells its Region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EndpointServiceRow {
    /// The account that owns it.
    pub owner: AccountId,
    /// The load balancer behind it.
    pub load_balancer: LoadBalancer,
    /// The Availability Zones of its subnets, one for each subnet.
    pub zones: Vec<Box<str>>,
    /// Who may make endpoints of it: service principals, ARNs, account ids, or `*`.
    pub allowed_principals: Vec<Box<str>>,
    /// Whether its owner accepts each endpoint by hand.
    pub acceptance_required: bool,
    /// The private DNS name, if it has one.
    pub private_dns_name: Option<Box<str>>,
    /// Whether the domain of the private DNS name is the owner's.
    pub domain: DomainState,
    /// Whether it is still there. The row of one that was removed stays: with the first that is registered, trust ends.
    pub available: bool,
}

stored! {
    EndpointServiceRow {
        owner, load_balancer, zones, allowed_principals, acceptance_required, private_dns_name, domain,
        available
    }
}
