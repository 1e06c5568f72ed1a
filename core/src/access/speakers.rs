//! Who speaks in each layer of a check, and why nobody does where nobody does.

use super::{
    Layer, Says,
    hearing::{Hearing, NoPolicy},
};
use crate::{caller::CallerKind, state::Voice};

/// Who speaks in a layer.
#[derive(Clone, Copy)]
pub(super) enum Speakers<'v> {
    /// Nobody; it says this, for this reason.
    Nobody(Says, &'static str),
    /// Policies of which one must allow.
    Together(&'v [Voice<'v>]),
    /// Levels of an organization, of which each must allow.
    Levels(&'v [Vec<Voice<'v>>]),
    /// Levels whose policies deny alone: what they do not deny they allow.
    Denying(&'v [Vec<Voice<'v>>]),
}

impl Hearing<'_> {
    /// Who speaks in a layer of policies.
    pub(super) fn speakers(&self, layer: Layer) -> Speakers<'_> {
        use Says::{Allows, DoesNotApply, IsSilent};
        use Speakers::{Denying, Levels, Nobody, Together};
        let (standing, caller) = (&self.identity.standing, self.identity.caller);
        let retires = self.exempt.retires;
        match layer {
            Layer::ServiceControl if caller.is_service() => Nobody(DoesNotApply, "they do not bind services"),
            Layer::ServiceControl if standing.service_linked => {
                Nobody(DoesNotApply, "they do not bind service-linked roles")
            }
            Layer::ServiceControl if standing.service_control.is_empty() => {
                Nobody(DoesNotApply, "none bind the account of the caller")
            }
            Layer::ServiceControl => Levels(&standing.service_control),
            Layer::ResourceControl if retires => Nobody(DoesNotApply, "they have no say in kms:RetireGrant"),
            Layer::ResourceControl if standing.service_linked => {
                Nobody(DoesNotApply, "they do not bind service-linked roles")
            }
            Layer::ResourceControl if self.exempt.aws_managed => {
                Nobody(DoesNotApply, "they do not bind AWS managed keys")
            }
            Layer::ResourceControl if self.resource_control.is_empty() => {
                Nobody(DoesNotApply, "none bind the account of the resource")
            }
            Layer::ResourceControl => Denying(&self.resource_control),
            Layer::Endpoint if !self.origin.via.is_empty() => {
                Nobody(DoesNotApply, "a service that forwards a session does not use the endpoint of its caller")
            }
            Layer::Endpoint if self.origin.vpc_endpoint.is_none() => {
                Nobody(DoesNotApply, "the call did not come through a VPC endpoint")
            }
            Layer::Endpoint => match &self.endpoint {
                Some(voice) => Together(std::slice::from_ref(voice)),
                None => Nobody(Allows, "an endpoint without a policy lets everything pass"),
            },
            Layer::KeyPolicy if retires => Nobody(DoesNotApply, "key policies have no say in kms:RetireGrant"),
            Layer::KeyPolicy => match &self.resource_policy {
                Ok(voice) => Together(std::slice::from_ref(voice)),
                Err(NoPolicy::NoKey) => Nobody(DoesNotApply, "there is no such key"),
                Err(NoPolicy::NotOnKey) => Nobody(DoesNotApply, "the action is not on a key"),
                Err(NoPolicy::NoTrust) => Nobody(DoesNotApply, "the role has no trust policy"),
            },
            Layer::Identity if caller.is_service() => Nobody(DoesNotApply, "a service has none"),
            Layer::Identity if standing.trusted => {
                Nobody(Allows, "the account of the caller is trusted: nobody is registered in it")
            }
            Layer::Identity if caller.is_of_root() => Nobody(Allows, "the root user needs none"),
            Layer::Identity => Together(&standing.identity),
            Layer::Boundary => match &standing.boundary {
                Some(voice) => Together(std::slice::from_ref(voice)),
                None => Nobody(DoesNotApply, "the caller has none"),
            },
            Layer::Session => match &standing.session {
                Some(voices) => Together(voices),
                None if standing.trusted => Nobody(DoesNotApply, "the caller has none"),
                None if matches!(caller.kind, CallerKind::FederatedUser(_)) => {
                    Nobody(IsSilent, "a federated user without a session policy may do nothing by itself")
                }
                None => Nobody(DoesNotApply, "the caller has none"),
            },
            Layer::Grants => Nobody(DoesNotApply, "grants are not policies"),
        }
    }
}
