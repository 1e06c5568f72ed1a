//! The decision procedure for one check.

use super::{
    Action, Decision, Layer, Resource, Ruling,
    context::{Identity, RequestFacts},
};
use crate::{
    attestation::Attestation,
    call::Call,
    error::Error,
    names::{AliasName, KeyArn},
    policy::{Class, PolicyRow, Request, Verdict},
    state::KeyRow,
    wire::{Seen, Typed},
};

/// One thing that a caller wants of one key.
pub(crate) struct Check<'a> {
    /// The action.
    pub(crate) action: Action,
    /// The request.
    pub(crate) request: &'a dyn Typed,
    /// The key.
    pub(crate) arn: KeyArn,
    /// The key's row; `None` when another account's key does not exist.
    pub(crate) key: Option<&'a KeyRow>,
    /// The key's policy.
    pub(crate) policy: Option<&'a PolicyRow>,
    /// The alias by which the request names the key.
    pub(crate) alias: Option<&'a AliasName>,
    /// Whether the request names the key by a ciphertext alone.
    pub(crate) by_ciphertext: bool,
    /// For ReEncrypt, whether the key that decrypts is also the one that encrypts again.
    pub(crate) on_same_key: Option<bool>,
    /// Whether the operation works on keys of other accounts.
    pub(crate) crosses_accounts: bool,
    /// The attestation document of the request, when it is valid.
    pub(crate) attestation: Option<&'a Attestation>,
    /// For how many days the key has not been used, where the action makes that a question.
    pub(crate) idle_days: Option<i64>,
}

/// Lets a check through, or refuses it with AWS's sentence and the reasons. The reasons for letting it through are told
/// only when the call wants them: most calls are allowed, and pay nothing.
pub(crate) fn authorize(
    check: &Check<'_>,
    identity: &Identity<'_>,
    call: &Call,
) -> Result<Option<Decision>, Box<(Error, Decision)>> {
    let principal = identity.principal();
    let resource = check.arn.to_string();
    let mut facts = RequestFacts::new(call, identity, check.request, check.action, check.key, check.arn.region);
    facts.alias = check.alias;
    facts.on_same_key = check.on_same_key;
    facts.attestation = check.attestation;
    facts.idle_days = check.idle_days;
    facts.resource_account = check.arn.account;
    let request = Request { principal: &principal, action: check.action.as_str(), resource: &resource, facts: &facts };
    let verdict = check.policy.map_or(Verdict::Silent, |policy| policy.document().evaluate(&request));
    let foreign = !call.caller.owns(check.arn.account);
    let closed = foreign && !check.crosses_accounts;
    let (ruling, layers): (Ruling, &[Layer]) = match (check.policy, verdict) {
        (None, _) => (Ruling::NotAllowed, &[Layer::NoSuchKey]),
        _ if closed => (Ruling::NotAllowed, &[Layer::OtherAccount]),
        (_, Verdict::Allowed { .. }) if !call.explain => return Ok(None),
        // In another account, a caller needs the word of its own account, too, however the key policy names it.
        (_, Verdict::Allowed { class, .. })
            if class == Class::Delegation || (foreign && identity.account().is_some()) =>
        {
            (Ruling::Allowed, &[Layer::KeyPolicy, Layer::IdentityPolicy])
        }
        (_, Verdict::Allowed { .. }) => (Ruling::Allowed, &[Layer::KeyPolicy]),
        (_, Verdict::Denied { .. }) => (Ruling::Denied, &[Layer::KeyPolicy]),
        (_, Verdict::Silent) => (Ruling::NotAllowed, &[Layer::KeyPolicy]),
    };
    let findings = check.policy.map_or_else(Vec::new, |policy| policy.document().explain(&request).findings);
    let decision = Decision {
        action: check.action,
        resource: Resource::Key(check.arn),
        ruling,
        layers: layers.to_vec(),
        findings,
    };
    if decision.allowed() {
        return Ok(Some(decision));
    }
    let error = refusal(&identity.arn, &resource, check, verdict, foreign);
    Err(Box::new((error, decision)))
}

/// Refuses a service in its own name what is on an account: identity policies alone allow that, and a service has none
/// (section 2.2 of authorization.md, step 4).
pub(crate) fn without_account(action: Action, call: &Call) -> (Error, Decision) {
    let resource = Resource::Account(call.caller.account, call.region);
    let error = Error::not_allowed_by_identity(&call.caller.arn(call.region), action.as_str(), "*");
    let layers = vec![Layer::NoAccount];
    (error, Decision { action, resource, ruling: Ruling::NotAllowed, layers, findings: Vec::new() })
}

/// The decision about a resource that has no policy of its own: an alias, or an account (section 2.5 of
/// authorization.md). The caller's account decides, and it is trusted.
pub(crate) fn by_identity(action: Action, resource: Resource) -> Decision {
    let layers = vec![Layer::IdentityPolicy];
    Decision { action, resource, ruling: Ruling::Allowed, layers, findings: Vec::new() }
}

/// What section 5 of authorization.md answers.
fn refusal(caller: &str, resource: &str, check: &Check<'_>, verdict: Verdict, foreign: bool) -> Error {
    let action = check.action.as_str();
    if foreign || check.key.is_none() {
        return Error::denied_elsewhere(caller, action, check.by_ciphertext);
    }
    if verdict.denies() {
        return Error::denied_explicitly(caller, action, resource);
    }
    Error::not_allowed(caller, action, resource)
}

/// A request without members: one that has not been made yet.
struct Imagined;

impl Typed for Imagined {
    fn member(&self, _name: &str) -> Option<Seen<'_>> {
        None
    }
}

/// Whether the caller could replace this policy of a key again, in the key's Region: the lock-out check of CreateKey,
/// ReplicateKey and PutKeyPolicy (P1-109, LIF-267). A policy may name the key itself as its resource.
pub(crate) fn may_put_policy(policy: &PolicyRow, key: KeyArn, row: &KeyRow, call: &Call) -> bool {
    let identity = Identity::of(&call.caller, call.region);
    let (principal, resource) = (identity.principal(), key.to_string());
    let facts = RequestFacts::new(call, &identity, &Imagined, Action::PutKeyPolicy, Some(row), key.region);
    let action = Action::PutKeyPolicy.as_str();
    let request = Request { principal: &principal, action, resource: &resource, facts: &facts };
    let class: Option<Class> = policy.document().evaluate(&request).allows();
    class.is_some()
}
