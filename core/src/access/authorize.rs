//! The authorization of one check: the decision procedure, and what it tells.

use super::{
    Action, Checked, Decider, Decision, GrantFinding, Layer, LayerFinding, PolicyFinding, Resource, Ruling, Says,
    context::{Identity, RequestFacts},
    hearing::{Case, Hearing, POLICIES, Ruled},
    refusal::refusal,
    speakers::Speakers,
};
use crate::{
    attestation::Attestation,
    call::Call,
    error::Error,
    names::{AliasName, GrantName, KeyArn},
    policy::{Class, PolicyRow},
    state::{GrantRow, KeyRow, State, Voice},
    wire::{Seen, Typed},
};

/// One thing that a caller wants of one resource.
pub(crate) struct Check<'a> {
    /// The action.
    pub(crate) action: Action,
    /// The request.
    pub(crate) request: &'a dyn Typed,
    /// The resource.
    pub(crate) resource: Resource,
    /// The key's row; `None` when another account's key does not exist, and where there is none.
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
    /// The grants whose tokens the request has.
    pub(crate) tokens: &'a [GrantName],
    /// The grant that the request would retire.
    pub(crate) retired: Option<(GrantName, &'a GrantRow)>,
}

impl<'a> Check<'a> {
    /// A check on a resource without a policy of its own: an alias, or an account (section 2.5 of authorization.md).
    pub(crate) const fn without_key(action: Action, request: &'a dyn Typed, resource: Resource) -> Self {
        Self {
            action,
            request,
            resource,
            key: None,
            policy: None,
            alias: None,
            by_ciphertext: false,
            on_same_key: None,
            crosses_accounts: false,
            attestation: None,
            idle_days: None,
            tokens: &[],
            retired: None,
        }
    }

    /// Whether the action is on a key.
    pub(super) const fn is_on_key(&self) -> bool {
        matches!(self.resource, Resource::Key(_))
    }

    pub(super) fn facts(&'a self, call: &'a Call, identity: &'a Identity<'a>) -> RequestFacts<'a> {
        let (_, region) = self.resource.place();
        let mut facts = RequestFacts::new(call, identity, self.request, self.action, self.key, region);
        facts.alias = self.alias;
        facts.on_same_key = self.on_same_key;
        facts.attestation = self.attestation;
        facts.idle_days = self.idle_days;
        facts.retired = self.retired.map(|(_, row)| row);
        facts.resource = Some(&self.resource);
        facts
    }
}

/// What authorization answers.
pub(crate) type Answer = Result<Option<Decision>, Box<(Error, Decision)>>;

/// Lets a check through, or refuses it with AWS's sentence and the reasons. The reasons for letting it through are told
/// only when the call wants them: most calls are allowed, and pay nothing. For a call that is recorded, `checked` gets in
/// short what it came to.
pub(crate) fn authorize(
    check: &Check<'_>,
    identity: &Identity<'_>,
    call: &Call,
    state: &State,
    checked: &mut Vec<Checked>,
) -> Answer {
    heard(check, identity, call, state, |case, ruled| {
        if call.audit {
            checked.push(case.checked(ruled));
        }
        match ruled.ruling {
            Ruling::Allowed if !call.explain => Ok(None),
            Ruling::Allowed => Ok(Some(case.told(ruled))),
            _ => Err(Box::new((refusal(check, identity, case.hearing.resource, ruled), case.told(ruled)))),
        }
    })
}

/// Decides a check as [`authorize`] does, and always says why.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method by its name has one lifetime alone")]
pub(crate) fn explain(check: &Check<'_>, identity: &Identity<'_>, call: &Call, state: &State) -> Decision {
    heard(check, identity, call, state, |case, ruled| case.told(ruled))
}

/// Opens the hearing of a check, and gives what it comes to to somebody.
fn heard<R>(
    check: &Check<'_>,
    identity: &Identity<'_>,
    call: &Call,
    state: &State,
    with: impl FnOnce(&Case<'_>, &Ruled<'_>) -> R,
) -> R {
    let resource = check.resource.text();
    let facts = check.facts(call, identity);
    let case = Case::new(check, identity, &facts, &resource, state);
    let ruled = case.rule();
    with(&case, &ruled)
}

/// A request without members: one that has not been made yet.
pub(super) struct Imagined;

impl Typed for Imagined {
    fn member(&self, _name: &str) -> Option<Seen<'_>> {
        None
    }
}

/// What it comes to whether the caller could replace this policy of a key again, in the key's Region, with the identity policies and the
/// limits that it has now: the lock-out check of CreateKey, ReplicateKey and PutKeyPolicy (P1-109, LIF-267). A policy may
/// name the key itself as its resource.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime alone")]
pub(crate) fn may_put_policy(policy: &PolicyRow, key: KeyArn, row: &KeyRow, call: &Call, state: &State) -> Checked {
    let identity = Identity::of_call(call, state);
    let check = Check {
        key: Some(row),
        policy: Some(policy),
        ..Check::without_key(Action::PutKeyPolicy, &Imagined, Resource::Key(key))
    };
    heard(&check, &identity, call, state, |case, ruled| case.checked(ruled))
}

impl Case<'_> {
    /// What the check came to, in short.
    fn checked(&self, ruled: &Ruled<'_>) -> Checked {
        let grant = match (ruled.ruling, ruled.by) {
            (Ruling::Allowed, Decider::Layer(Layer::Grants)) => {
                ruled.grant.or(self.check.retired.map(|(name, _)| (name.id, Class::Direct)))
            }
            (Ruling::Allowed, _) => self.also_granted(),
            _ => None,
        };
        let Check { action, resource, .. } = self.check;
        let delegated = grant.is_some_and(|(_, class)| class == Class::Delegation);
        let grant = grant.map(|(id, _)| id);
        Checked { action: *action, resource: resource.clone(), ruling: ruled.ruling, by: ruled.by, grant, delegated }
    }

    /// Everything that was said: nothing is left out because something else has decided already.
    pub(super) fn told(&self, ruled: &Ruled<'_>) -> Decision {
        let (grants, more_grants) = self.grant_findings();
        let told = POLICIES.into_iter().map(|layer| self.hearing.layer(layer));
        let layers = told.chain([self.grants_layer(&grants)]);
        Decision {
            action: self.check.action,
            resource: self.check.resource.clone(),
            ruling: ruled.ruling,
            decided_by: ruled.by,
            layers: layers.collect(),
            grants,
            more_grants,
        }
    }

    /// What the grants of the key say.
    fn grants_layer(&self, grants: &[GrantFinding]) -> LayerFinding {
        let (says, because) = match () {
            () if !self.check.is_on_key() => (Says::DoesNotApply, Some("the action is not on a key")),
            () if grants.iter().any(|grant| grant.applied().is_some()) => (Says::Allows, None),
            () if grants.is_empty() => (Says::IsSilent, Some("the key has no grants")),
            () => (Says::IsSilent, None),
        };
        LayerFinding { layer: Layer::Grants, says, because, policies: Vec::new() }
    }
}

impl Hearing<'_> {
    fn layer(&self, layer: Layer) -> LayerFinding {
        let speakers = self.speakers(layer);
        let (because, policies) = match speakers {
            Speakers::Nobody(_, because) => (Some(because), Vec::new()),
            Speakers::Together(voices) => (None, self.policies(layer, voices, None)),
            Speakers::Levels(levels) | Speakers::Denying(levels) => {
                let numbered = levels.iter().enumerate();
                let all = numbered.flat_map(|(level, voices)| self.policies(layer, voices, Some(level)));
                let because =
                    matches!(speakers, Speakers::Denying(_)).then_some("RCPFullAWSAccess allows what none denies");
                (because, all.collect())
            }
        };
        LayerFinding { layer, says: self.hear(layer).says, because, policies }
    }

    fn policies(&self, layer: Layer, voices: &[Voice<'_>], level: Option<usize>) -> Vec<PolicyFinding> {
        let of = |voice: &Voice<'_>| PolicyFinding {
            policy: voice.name.to_owned(),
            level,
            findings: self.ask(layer, |request| voice.policy.document().explain(request).findings),
        };
        voices.iter().map(of).collect()
    }
}
