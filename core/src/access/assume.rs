//! Who may open a session of a role: its trust policy, and what limits and allows the caller (IAM User Guide, "Policy
//! evaluation logic" and "Cross-account policy evaluation logic").

use super::{
    Action, Identity, Resource,
    authorize::Imagined,
    context::RequestFacts,
    hearing::{Heard, Veiled, heard_together},
};
use crate::{
    access::Says,
    call::Call,
    caller::CallerKind,
    error::Error,
    names::AccountId,
    policy::{Class, Context, PolicyRow, Request},
    state::{State, Voice},
};

/// A role that a caller wants to assume.
pub(crate) struct Assumption<'a> {
    /// The ARN of the role.
    pub(crate) role: &'a str,
    /// The account of the role.
    pub(crate) account: AccountId,
    /// Whether there is such a role: in an account in trust mode there are all.
    pub(crate) exists: bool,
    /// Its trust policy. Without one the role trusts its own account, and all that are in trust mode: there the host has
    /// said by its credentials who assumes it (a decision).
    pub(crate) trust: Option<&'a PolicyRow>,
    /// The condition keys of STS.
    pub(crate) facts: Context,
}

/// Lets a caller open a session of a role, or refuses it; `action` is `sts:AssumeRole`, or `sts:TagSession` or
/// `sts:SetSourceIdentity`, which a session with tags or a source identity needs beside it.
pub(crate) fn may_assume(
    action: &str,
    assumption: &Assumption<'_>,
    identity: &Identity<'_>,
    call: &Call,
    state: &State,
) -> Result<(), Error> {
    let standing = &identity.standing;
    if matches!(call.caller.kind, CallerKind::Root) && !standing.trusted {
        return Err(Error::roles_are_not_for_root());
    }
    let resource = Resource::Account(assumption.account, call.region);
    let mut own = RequestFacts::new(call, identity, &Imagined, Action::ListKeys, None, call.region);
    own.resource = Some(&resource);
    let facts = (&assumption.facts, Veiled { facts: &own, hides: |key| key.starts_with("kms:") });
    let principal = identity.principal();
    let request = Request { principal: &principal, action, resource: assumption.role, facts: &facts };
    let refused = |heard: Option<&Heard<'_>>, kind: &str| match heard {
        Some(Heard { denier: Some(_), .. }) if kind == TRUST => {
            Error::denied_by_trust(&identity.arn, action, assumption.role)
        }
        Some(Heard { denier: Some(voice), .. }) => {
            let arn = voice.is_arn.then_some(voice.name);
            Error::denied_explicitly(&identity.arn, action, Some(assumption.role), kind, arn)
        }
        _ => Error::not_allowed(&identity.arn, action, Some(assumption.role), kind),
    };
    let trust = assumption.trust.map(|policy| Voice { name: assumption.role, is_arn: true, policy });
    let trust = trust.as_ref().map(|voice| heard_together(std::slice::from_ref(voice), &request));
    let levels: Vec<Heard<'_>> = standing.service_control.iter().map(|level| heard_together(level, &request)).collect();
    let framed = state.resource_control(assumption.account);
    let framed: Vec<Heard<'_>> = framed.iter().map(|level| heard_together(level, &request)).collect();
    let identity_says = heard_together(&standing.identity, &request);
    let boundary = standing.boundary.as_ref().map(|voice| heard_together(std::slice::from_ref(voice), &request));
    let session = standing.session.as_ref().map(|voices| heard_together(voices, &request));
    // A denial of any layer wins.
    let heard = levels.iter().map(|heard| (heard, "service control policy"));
    let heard = heard.chain(framed.iter().map(|heard| (heard, "resource control policy")));
    let heard = heard.chain(trust.iter().map(|heard| (heard, TRUST)));
    let heard = heard.chain([(&identity_says, "identity-based policy")]);
    let heard = heard.chain(boundary.iter().map(|heard| (heard, "permissions boundary")));
    let mut heard = heard.chain(session.iter().map(|heard| (heard, "session policy")));
    if let Some((heard, kind)) = heard.find(|(heard, _)| heard.says == Says::Denies) {
        return Err(refused(Some(heard), kind));
    }
    if levels.iter().any(|level| level.says != Says::Allows) {
        return Err(refused(None, "service control policy"));
    }
    // The trust policy must allow: that of a role which does not exist is as silent as one that names others.
    let is_own = call.caller.owns(assumption.account);
    let class = match &trust {
        Some(heard) => (heard.says == Says::Allows).then_some(heard.class),
        None => (is_own || standing.trusted).then_some(Class::Delegation),
    };
    let class = class.filter(|_| assumption.exists).ok_or_else(|| refused(None, TRUST))?;
    // Across accounts both must say yes, however the trust policy names the caller.
    let class = if is_own || call.caller.is_service() { class } else { Class::Delegation };
    let allows = |heard: &Option<Heard<'_>>| heard.as_ref().is_none_or(|heard| heard.says == Says::Allows);
    match class {
        Class::Direct => Ok(()),
        Class::Delegation if !standing.trusted && identity_says.says != Says::Allows => {
            Err(refused(None, "identity-based policy"))
        }
        _ if !allows(&boundary) => Err(refused(None, "permissions boundary")),
        _ if !allows(&session) => Err(refused(None, "session policy")),
        _ => Ok(()),
    }
}

/// What AWS calls the policy that says who may assume a role.
const TRUST: &str = "role trust policy";
