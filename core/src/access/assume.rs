//! Who may open a session of a role: its trust policy, and what limits and allows the caller (IAM User Guide, "Policy
//! evaluation logic" and "Cross-account policy evaluation logic").

use super::{
    Action, Decider, Identity, Layer, Resource, Says,
    authorize::Imagined,
    context::RequestFacts,
    hearing::{Exempt, Hearing, NoPolicy, Ruled, Veiled, is_of_kms},
    refusal::policy_type,
};
use crate::{
    call::Call,
    caller::CallerKind,
    error::Error,
    names::AccountId,
    policy::{Class, Context, PolicyRow},
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
    if matches!(call.caller.kind, CallerKind::Root) && !identity.standing.trusted {
        return Err(Error::roles_are_not_for_root());
    }
    let resource = Resource::Account(assumption.account, call.region);
    let mut own = RequestFacts::new(call, identity, &Imagined, Action::ListKeys, None, call.region);
    own.resource = Some(&resource);
    let own = Veiled { facts: &own, layer: Layer::KeyPolicy, hides: |_, key| is_of_kms(key) };
    let facts = (&assumption.facts, own);
    let trust = assumption.trust.map(|policy| Voice { name: assumption.role, is_arn: true, policy });
    let hearing = Hearing {
        identity,
        principal: identity.principal(),
        origin: &call.origin,
        facts: &facts,
        action,
        resource: assumption.role,
        resource_control: state.resource_control(assumption.account),
        // The endpoint of a call is one for KMS.
        endpoint: None,
        resource_policy: trust.ok_or(NoPolicy::NoTrust),
        exempt: Exempt::default(),
        hides: |_, _| false,
        guess: None,
    };
    let heard = hearing.hear_all();
    if let Some(barred) = heard.barred() {
        return Err(refused(&hearing, &barred));
    }
    let not_allowed = |layer| Error::not_allowed(&identity.arn, action, Some(assumption.role), kind(layer));
    // The trust policy must allow: that of a role which does not exist is as silent as one that names others.
    let is_own = call.caller.owns(assumption.account);
    let trust = heard.of(Layer::KeyPolicy);
    let class = match trust.says {
        Says::Allows => Some(trust.class),
        Says::DoesNotApply => (is_own || identity.standing.trusted).then_some(Class::Delegation),
        Says::Denies | Says::IsSilent => None,
    };
    let class = class.filter(|_| assumption.exists).ok_or_else(|| not_allowed(Layer::KeyPolicy))?;
    // Across accounts both must say yes, however the trust policy names the caller.
    let class = if is_own || call.caller.is_service() { class } else { Class::Delegation };
    heard.lacks(class).map_or(Ok(()), |layer| Err(not_allowed(layer)))
}

/// The refusal of what is barred, in AWS's words.
fn refused(hearing: &Hearing<'_>, barred: &Ruled<'_>) -> Error {
    let (caller, action, role) = (&hearing.identity.arn, hearing.action, hearing.resource);
    match (barred.by, barred.denier) {
        (Decider::Layer(Layer::KeyPolicy), Some(_)) => Error::denied_by_trust(caller, action, role),
        (Decider::Layer(layer), Some(denier)) => {
            let arn = denier.is_arn.then_some(denier.name);
            Error::denied_explicitly(caller, action, Some(role), kind(layer), arn)
        }
        (Decider::Layer(layer), None) => Error::not_allowed(caller, action, Some(role), kind(layer)),
        _ => Error::not_allowed(caller, action, Some(role), kind(Layer::KeyPolicy)),
    }
}

/// What AWS calls a policy of a layer: the policy of a role says who may assume it.
const fn kind(layer: Layer) -> &'static str {
    match layer {
        Layer::KeyPolicy => "role trust policy",
        layer => policy_type(layer),
    }
}
