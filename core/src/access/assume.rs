//! Who may open a session of a role: its trust policy, and what limits and allows the caller (IAM User Guide, "Policy
//! evaluation logic" and "Cross-account policy evaluation logic").

use super::{
    Action, Decider, Identity, Layer, Resource, Says,
    authorize::Imagined,
    context::RequestFacts,
    hearing::{Exempt, Hearing, NoPolicy, Ruled, is_key_of_kms},
    refusal::policy_type,
};
use crate::{
    call::Call,
    caller::CallerKind,
    error::Error,
    names::AccountId,
    policy::{Class, Context, Facts, PolicyRow, Principal, PrincipalKind, Values},
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
    /// Whether the account of the role is in trust mode.
    pub(crate) trusted: bool,
    /// The identity provider whose token somebody shows, in the place of a caller.
    pub(crate) provider: Option<&'a str>,
    /// Its trust policy. Without one the role trusts its own account, and all that are in trust mode: there the host has
    /// said by its credentials who assumes it. A token of an identity provider opens it in an account in trust mode alone
    /// (both are decisions).
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
    let own = own_facts(identity, call, &resource);
    let hides = if assumption.provider.is_some() { is_of_nobody } else { is_key_of_kms };
    let own = Hidden { facts: &own, hides };
    let facts = (&assumption.facts, own);
    let trust = assumption.trust.map(|policy| Voice { name: assumption.role, is_arn: true, policy });
    let principal = match assumption.provider {
        Some(name) => {
            let kind = PrincipalKind::Provider { name };
            Principal { kind, account: "", arn: name, unique_id: None, bounded: false }
        }
        None => identity.principal(),
    };
    let resource_policy = trust.ok_or(NoPolicy::NoTrust);
    let levels = state.resource_control(assumption.account);
    let hearing =
        Hearing { principal, resource_policy, ..hearing(identity, call, &facts, (action, assumption.role), levels) };
    let heard = hearing.hear_all();
    if assumption.provider.is_some() {
        let trust = heard.says(Layer::KeyPolicy);
        let allows = trust == Says::Allows || (trust == Says::DoesNotApply && assumption.trusted);
        let allows = allows && assumption.exists && heard.barred().is_none();
        return if allows { Ok(()) } else { Err(Error::not_by_token(action)) };
    }
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

/// Lets a user open a session of a federated user, or refuses it: `action` is `sts:GetFederationToken`, or `sts:TagSession`.
pub(crate) fn may_federate(
    action: &str,
    federated: &str,
    facts: &Context,
    identity: &Identity<'_>,
    call: &Call,
    state: &State,
) -> Result<(), Error> {
    let account = call.caller.account;
    let resource = Resource::Account(account, call.region);
    let own = own_facts(identity, call, &resource);
    let facts = (facts, Hidden { facts: &own, hides: is_key_of_kms });
    let hearing = hearing(identity, call, &facts, (action, federated), state.resource_control(account));
    let heard = hearing.hear_all();
    if let Some(barred) = heard.barred() {
        return Err(refused(&hearing, &barred));
    }
    let not_allowed = |layer| Error::not_allowed(&identity.arn, action, Some(federated), kind(layer));
    heard.lacks(Class::Delegation).map_or(Ok(()), |layer| Err(not_allowed(layer)))
}

/// What is known of a request to STS besides its own condition keys.
fn own_facts<'a>(identity: &'a Identity<'a>, call: &'a Call, resource: &'a Resource) -> RequestFacts<'a> {
    let mut facts = RequestFacts::new(call, identity, &Imagined, Action::ListKeys, None, call.region);
    facts.resource = Some(resource);
    facts
}

/// A hearing of the caller itself, on what has no policy of its own; the resource control policies are levels.
fn hearing<'a>(
    identity: &'a Identity<'a>,
    call: &'a Call,
    facts: &'a dyn Facts,
    (action, resource): (&'a str, &'a str),
    resource_control: Vec<Vec<Voice<'a>>>,
) -> Hearing<'a> {
    Hearing {
        identity,
        principal: identity.principal(),
        origin: &call.origin,
        facts,
        action,
        resource,
        resource_control,
        // The endpoint of a call is one for KMS.
        endpoint: None,
        resource_policy: Err(NoPolicy::NotOnKey),
        exempt: Exempt::default(),
        hides: |_, _| false,
        guess: None,
    }
}

/// Facts of which some are nobody's.
struct Hidden<'a> {
    facts: &'a dyn Facts,
    hides: fn(&str) -> bool,
}

impl Facts for Hidden<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        if (self.hides)(key) { None } else { self.facts.value(key) }
    }
}

/// What is said of a principal, and there is none before a session is open.
fn is_of_nobody(key: &str) -> bool {
    is_key_of_kms(key) || key.starts_with("aws:principal") || matches!(key, "aws:userid" | "aws:username")
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
