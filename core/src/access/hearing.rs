//! What the policies say to a check, layer by layer, and what that comes to (section 2.2 of authorization.md).

use super::{
    Check, Decider, Identity, Layer, Resource, Ruling, Says, context::RequestFacts, grants::Grants, speakers::Speakers,
};
use crate::{
    names::{AccountId, KeyArn},
    policy::{Class, Facts, PolicyRow, Principal, Request, Values},
    shapes::GrantOperation,
    state::{State, Voice},
};

/// The layers of policies, in the order in which a denial is named.
pub(super) const POLICIES: [Layer; 7] = [
    Layer::ServiceControl,
    Layer::ResourceControl,
    Layer::Endpoint,
    Layer::KeyPolicy,
    Layer::Identity,
    Layer::Boundary,
    Layer::Session,
];

/// The name of every key policy.
const KEY_POLICY: &str = "default";

/// Everything that has a say in a check.
pub(super) struct Hearing<'a> {
    pub(super) check: &'a Check<'a>,
    pub(super) identity: &'a Identity<'a>,
    pub(super) facts: &'a RequestFacts<'a>,
    pub(super) principal: Principal<'a>,
    state: &'a State,
    /// The resource as policies see it.
    resource: &'a str,
    pub(super) resource_control: Vec<Vec<Voice<'a>>>,
    pub(super) endpoint: Option<Voice<'a>>,
    pub(super) key_policy: Option<Voice<'a>>,
    /// Whether the caller's account reaches the Region of the key.
    has_region: bool,
}

/// What a layer says.
#[derive(Clone, Copy)]
pub(super) struct Heard<'v> {
    pub(super) says: Says,
    /// The strongest class by which it allows.
    pub(super) class: Class,
    /// The first policy that denies.
    pub(super) denier: Option<&'v Voice<'v>>,
}

/// What everything comes to.
#[derive(Clone, Copy)]
pub(super) struct Ruled<'v> {
    pub(super) ruling: Ruling,
    pub(super) by: Decider,
    /// The policy that denies.
    pub(super) denier: Option<&'v Voice<'v>>,
}

impl<'a> Hearing<'a> {
    pub(super) fn new(
        check: &'a Check<'a>,
        identity: &'a Identity<'a>,
        facts: &'a RequestFacts<'a>,
        resource: &'a str,
        state: &'a State,
    ) -> Self {
        let (account, region) = check.resource.place();
        let origin = &facts.call.origin;
        let endpoint = origin.vpc_endpoint.as_ref().filter(|_| origin.via.is_empty());
        let own = facts.call.caller.account;
        let foreign = !facts.call.caller.is_service() && own != account;
        Self {
            check,
            identity,
            facts,
            principal: identity.principal(),
            state,
            resource,
            resource_control: state.resource_control(account),
            endpoint: endpoint.and_then(|endpoint| state.endpoint_policy(&endpoint.id)),
            key_policy: check.policy.map(key_policy),
            has_region: !foreign || state.reaches(own, region),
        }
    }

    /// Whether the action is on a key.
    pub(super) const fn on_key(&self) -> bool {
        matches!(self.check.resource, Resource::Key(_))
    }

    /// Asks the request that a layer gets: two condition keys are not for key policies, and an alias offers none of KMS.
    pub(super) fn ask<R>(&self, layer: Layer, asked: impl FnOnce(&Request<'_>) -> R) -> R {
        let hides: fn(&str) -> bool = match (&self.check.resource, layer) {
            (Resource::Alias(_), _) => |key| key.starts_with("kms:"),
            (_, Layer::KeyPolicy) => |key| key == "kms:resourcealiases" || key.starts_with("aws:resourcetag/"),
            _ => |_| false,
        };
        let facts = Veiled { facts: self.facts, hides };
        let action = self.check.action.as_str();
        asked(&Request { principal: &self.principal, action, resource: self.resource, facts: &facts })
    }

    /// What a layer of policies says.
    pub(super) fn hear(&self, layer: Layer) -> Heard<'_> {
        let speakers = self.speakers(layer);
        if let Speakers::Nobody(says, _) = speakers {
            return Heard { says, class: Class::Direct, denier: None };
        }
        self.ask(layer, |request| match speakers {
            Speakers::Together(voices) => heard_together(voices, request),
            Speakers::Levels(levels) | Speakers::Denying(levels) => {
                let mut all = Heard { says: Says::Allows, class: Class::Direct, denier: None };
                for level in levels {
                    let level = heard_together(level, request);
                    all.denier = all.denier.or(level.denier);
                    if level.says == Says::IsSilent && matches!(speakers, Speakers::Levels(_)) {
                        all.says = Says::IsSilent;
                    }
                }
                if all.denier.is_some() { Heard { says: Says::Denies, ..all } } else { all }
            }
            Speakers::Nobody(says, _) => Heard { says, class: Class::Direct, denier: None },
        })
    }

    /// The grants of a key as they meet the check.
    pub(super) fn grants(&self, key: KeyArn) -> Grants<'_, 'a> {
        let (facts, principal, tokens) = (self.facts, &self.principal, self.check.tokens);
        let operation = GrantOperation::parse(self.check.action.name());
        Grants { state: self.state, key, facts, principal, operation, tokens }
    }

    /// What the check comes to: the decision procedure.
    pub(super) fn rule(&self) -> Ruled<'_> {
        let heard = POLICIES.map(|layer| self.hear(layer));
        let says = |layer: Layer| heard[layer as usize].says;
        // 1: a denial of any layer wins.
        if let Some(layer) = POLICIES.into_iter().find(|layer| says(*layer) == Says::Denies) {
            let denier = heard[layer as usize].denier;
            return Ruled { ruling: Ruling::Denied, by: Decider::Layer(layer), denier };
        }
        let by = |ruling, by| Ruled { ruling, by, denier: None };
        let not_allowed = |decider| by(Ruling::NotAllowed, decider);
        // 2: what frames everything must allow.
        if let Some(frame) = [Layer::ServiceControl, Layer::Endpoint].into_iter().find(|at| says(*at) == Says::IsSilent)
        {
            return not_allowed(Decider::Layer(frame));
        }
        // 3: what the caller lacks where something allows by a class.
        let may = |layer: Layer| matches!(says(layer), Says::Allows | Says::DoesNotApply);
        let lacks = |class: Class| match class {
            Class::Direct => None,
            Class::Delegation if says(Layer::Identity) != Says::Allows => Some(Layer::Identity),
            _ if !may(Layer::Boundary) => Some(Layer::Boundary),
            _ if !may(Layer::Session) => Some(Layer::Session),
            _ => None,
        };
        let Resource::Key(arn) = &self.check.resource else {
            // 4: without a key, identity policies alone allow.
            return match lacks(Class::Delegation) {
                None => by(Ruling::Allowed, Decider::Layer(Layer::Identity)),
                Some(_) if self.identity.caller.is_service() => not_allowed(Decider::NoAccount),
                Some(layer) => not_allowed(Decider::Layer(layer)),
            };
        };
        let caller = self.identity.caller;
        let is_foreign = !caller.is_service() && !caller.owns(arn.account);
        match () {
            () if self.check.key.is_none() => return not_allowed(Decider::NoSuchKey),
            // A service owns nothing: every key is another's.
            () if !caller.owns(arn.account) && !self.check.crosses_accounts => {
                return not_allowed(Decider::OwnAccountOnly);
            }
            () if !self.has_region => return not_allowed(Decider::RegionNotEnabled),
            () => {}
        }
        if let Some(retirement) = self.retirement() {
            let (ruling, decider) = retirement.rule(lacks);
            return by(ruling, decider);
        }
        // 5 to 7: the key policy; across accounts both must say yes, however the key policy names the caller.
        let class = (says(Layer::KeyPolicy) == Says::Allows).then_some(heard[Layer::KeyPolicy as usize].class);
        let class = class.map(|class| if is_foreign { Class::Delegation } else { class });
        match class.map(|class| (class, lacks(class))) {
            Some((_, None)) if is_foreign => by(Ruling::Allowed, Decider::BothAccounts),
            Some((Class::Delegation, None)) => by(Ruling::Allowed, Decider::Layer(Layer::Identity)),
            Some((_, None)) => by(Ruling::Allowed, Decider::Layer(Layer::KeyPolicy)),
            // A grant needs no key policy, and no identity policy where it names the caller itself.
            lacking => match self.grants(*arn).suffice(lacks) {
                Ok(()) => by(Ruling::Allowed, Decider::Layer(Layer::Grants)),
                Err(granted) => {
                    let lacking = lacking.and_then(|(_, lacking)| lacking).or(granted);
                    not_allowed(Decider::Layer(lacking.unwrap_or(Layer::KeyPolicy)))
                }
            },
        }
    }
}

/// What several policies say of which one must allow.
pub(super) fn heard_together<'v>(voices: &'v [Voice<'v>], request: &Request<'_>) -> Heard<'v> {
    let mut heard = Heard { says: Says::IsSilent, class: Class::Delegation, denier: None };
    for voice in voices {
        let verdict = voice.policy.document().evaluate(request);
        if verdict.denies() {
            return Heard { says: Says::Denies, denier: Some(voice), ..heard };
        }
        if let Some(class) = verdict.allows() {
            heard.says = Says::Allows;
            heard.class = heard.class.max(class);
        }
    }
    heard
}

/// A key policy as a voice.
const fn key_policy(policy: &PolicyRow) -> Voice<'_> {
    Voice { name: KEY_POLICY, is_arn: false, policy }
}

/// Facts of which some are not for everybody.
pub(super) struct Veiled<'a> {
    pub(super) facts: &'a dyn Facts,
    pub(super) hides: fn(&str) -> bool,
}

impl Facts for Veiled<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        if (self.hides)(key) { None } else { self.facts.value(key) }
    }
}

impl Resource {
    /// The account and the Region of the resource.
    pub(super) const fn place(&self) -> (AccountId, crate::names::Region) {
        match self {
            Self::Key(arn) => (arn.account, arn.region),
            Self::Alias(arn) => (arn.account, arn.region),
            Self::Account(account, region) => (*account, *region),
        }
    }
}
