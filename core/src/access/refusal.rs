//! What a caller is told whom authorization refuses: section 5 of authorization.md.

use super::{Check, Decider, Identity, Layer, Resource, hearing::Ruled};
use crate::{error::Error, names::KeyId};

/// AWS's sentence. Of several policies, one alone is named.
pub(super) fn refusal(check: &Check<'_>, identity: &Identity<'_>, resource: &str, ruled: &Ruled<'_>) -> Error {
    let (caller, action) = (identity.arn.as_str(), check.action.as_str());
    let layer = match ruled.by {
        Decider::Layer(layer) => Some(layer),
        Decider::NoAccount => Some(Layer::Identity),
        _ => None,
    };
    let kind = match layer.filter(|layer| !is_of_key(*layer) || !is_elsewhere(check, identity)) {
        Some(layer) if !is_secret(check) => policy_type(layer),
        _ => return Error::denied_elsewhere(caller, action, check.by_ciphertext),
    };
    let resource = match &check.resource {
        Resource::NewKey(..) => None,
        Resource::Account(..) => Some("*"),
        _ => Some(resource),
    };
    match ruled.denier {
        Some(denier) => Error::denied_explicitly(caller, action, resource, kind, denier.is_arn.then_some(denier.name)),
        None => Error::not_allowed(caller, action, resource, kind),
    }
}

/// Whether a layer belongs to the key.
const fn is_of_key(layer: Layer) -> bool {
    matches!(layer, Layer::KeyPolicy | Layer::Grants)
}

/// Whether the key is not the caller's: what its policy says is not told.
fn is_elsewhere(check: &Check<'_>, identity: &Identity<'_>) -> bool {
    matches!(&check.resource, Resource::Key(arn) if !identity.caller.owns(arn.account))
}

/// Whether the resource stands for a key of which the caller is to learn nothing, not even a name.
fn is_secret(check: &Check<'_>) -> bool {
    check.key.is_none() && matches!(&check.resource, Resource::Key(arn) if arn.id == KeyId::FIRST)
}

/// The type of a policy as AWS names it. A grant is a part of what is attached to the key.
pub(super) const fn policy_type(layer: Layer) -> &'static str {
    match layer {
        Layer::ServiceControl => "service control policy",
        Layer::ResourceControl => "resource control policy",
        Layer::Endpoint => "VPC endpoint policy",
        Layer::KeyPolicy | Layer::Grants => "resource-based policy",
        Layer::Identity => "identity-based policy",
        Layer::Boundary => "permissions boundary",
        Layer::Session => "session policy",
    }
}
