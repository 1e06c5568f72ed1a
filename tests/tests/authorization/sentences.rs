//! The sentences of denials, as section 5 of the specification gives them.

use pocket_kms::policy::Principal;

use crate::decide::{Check, Decision, Layer};

/// The text of AccessDeniedException; `None` where the specification gives none.
pub(crate) fn sentence(caller: &Principal<'_>, check: &Check<'_>, decision: &Decision) -> Option<String> {
    let (layer, explicit) = match decision {
        Decision::Allow(_) => return None,
        Decision::ImplicitDeny(layer) => (*layer, false),
        Decision::ExplicitDeny(layer, _) => (*layer, true),
    };
    let (action, resource) = (check.action, check.resource);
    let start = format!("User: {} is not authorized to perform: {action}", caller.arn);
    if caller.account != check.resource_account && layer == Layer::Resource {
        return Some(format!(
            "{start} on this resource because the resource does not exist in this Region, no resource-based policies \
             allow access, or a resource-based policy explicitly denies access"
        ));
    }
    let on = match resource.rsplit(':').next() {
        // A key that is yet to be made has no name.
        Some("key/*") => String::new(),
        Some("*") => " on resource: *".into(),
        _ => format!(" on resource: {resource}"),
    };
    let policy = policy_type(layer)?;
    let article = if layer == Layer::Identity { "an" } else { "a" };
    Some(if explicit {
        format!("{start}{on} with an explicit deny in {article} {policy}")
    } else {
        format!("{start}{on} because no {policy} allows the {action} action")
    })
}

fn policy_type(layer: Layer) -> Option<&'static str> {
    match layer {
        Layer::ServiceControl => Some("service control policy"),
        Layer::ResourceControl => Some("resource control policy"),
        Layer::Endpoint => Some("VPC endpoint policy"),
        Layer::Resource => Some("resource-based policy"),
        Layer::Identity => Some("identity-based policy"),
        Layer::Boundary => Some("permissions boundary"),
        Layer::Session => Some("session policy"),
        Layer::Grant => None,
    }
}
