//! What the policies say to a check, layer by layer, and what that comes to (section 2.2 of authorization.md).

use super::{
    Action, Check, Decider, Identity, Layer, Resource, Ruling, Says, context::RequestFacts, grants::Grants,
    questions::Sieves, speakers::Speakers,
};
use crate::{
    caller::Origin,
    names::{AccountId, GrantId, KeyArn},
    policy::{Class, Doubt, Facts, Open, PolicyRow, Principal, Request, Values},
    shapes::{GrantOperation, KeyManagerType},
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

/// Everything that policies say to a caller who wants something of a resource.
pub(super) struct Hearing<'a> {
    pub(super) identity: &'a Identity<'a>,
    pub(super) principal: Principal<'a>,
    pub(super) origin: &'a Origin,
    pub(super) facts: &'a dyn Facts,
    /// The action, with its service.
    pub(super) action: &'a str,
    /// The resource as policies see it.
    pub(super) resource: &'a str,
    pub(super) resource_control: Vec<Vec<Voice<'a>>>,
    pub(super) endpoint: Option<Voice<'a>>,
    /// The policy of the resource: that of a key, or the trust policy of a role.
    pub(super) resource_policy: Result<Voice<'a>, NoPolicy>,
    /// What keeps a layer from being heard.
    pub(super) exempt: Exempt,
    /// Whether a layer may not know a condition key.
    pub(super) hides: fn(Layer, &str) -> bool,
    /// How a request is judged that nobody has made yet.
    pub(super) guess: Option<Guess<'a>>,
}

/// How a request is judged that nobody has made yet.
#[derive(Clone, Copy)]
pub(super) struct Guess<'a> {
    pub(super) doubt: Doubt,
    pub(super) sieves: &'a Sieves,
}

/// Why a resource has no policy.
#[derive(Clone, Copy)]
pub(super) enum NoPolicy {
    NoKey,
    NotOnKey,
    /// A role without a trust policy.
    NoTrust,
}

/// What keeps a layer from being heard.
#[derive(Clone, Copy, Default)]
pub(super) struct Exempt {
    /// The action retires a grant.
    pub(super) retires: bool,
    /// The key is an AWS managed one.
    pub(super) aws_managed: bool,
}

/// A check, and the hearing that it gets.
pub(super) struct Case<'a> {
    pub(super) hearing: Hearing<'a>,
    pub(super) check: &'a Check<'a>,
    pub(super) facts: &'a RequestFacts<'a>,
    pub(super) state: &'a State,
    /// Whether the caller's account reaches the Region of the key.
    pub(super) has_region: bool,
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
    /// The grant that allows, and by which class.
    pub(super) grant: Option<(GrantId, Class)>,
}

/// What every layer of policies says.
pub(super) struct AllHeard<'v>([Heard<'v>; POLICIES.len()]);

impl<'v> AllHeard<'v> {
    pub(super) const fn of(&self, layer: Layer) -> &Heard<'v> {
        &self.0[layer as usize]
    }

    pub(super) const fn says(&self, layer: Layer) -> Says {
        self.of(layer).says
    }

    /// What refuses, whatever else allows: a denial of any layer wins, and what frames everything must allow.
    pub(super) fn barred(&self) -> Option<Ruled<'v>> {
        if let Some(layer) = POLICIES.into_iter().find(|layer| self.says(*layer) == Says::Denies) {
            let denier = self.of(layer).denier;
            return Some(Ruled { ruling: Ruling::Denied, by: Decider::Layer(layer), denier, grant: None });
        }
        let frames = [Layer::ServiceControl, Layer::Endpoint];
        let silent = frames.into_iter().find(|frame| self.says(*frame) == Says::IsSilent);
        silent.map(|frame| Ruled { ruling: Ruling::NotAllowed, by: Decider::Layer(frame), denier: None, grant: None })
    }

    /// What the caller lacks where something allows by a class.
    pub(super) fn lacks(&self, class: Class) -> Option<Layer> {
        let may = |layer: Layer| matches!(self.says(layer), Says::Allows | Says::DoesNotApply);
        match class {
            Class::Direct => None,
            Class::Delegation if self.says(Layer::Identity) != Says::Allows => Some(Layer::Identity),
            _ if !may(Layer::Boundary) => Some(Layer::Boundary),
            _ if !may(Layer::Session) => Some(Layer::Session),
            _ => None,
        }
    }
}

impl Hearing<'_> {
    /// Asks the request that a layer gets: some condition keys are not for every one.
    pub(super) fn ask<R>(&self, layer: Layer, asked: impl FnOnce(&Request<'_>) -> R) -> R {
        let facts = Veiled { facts: self.facts, layer, hides: self.hides };
        asked(&Request { principal: &self.principal, action: self.action, resource: self.resource, facts: &facts })
    }

    /// What all layers of policies say.
    pub(super) fn hear_all(&self) -> AllHeard<'_> {
        AllHeard(POLICIES.map(|layer| self.hear(layer)))
    }

    /// What a layer of policies says.
    pub(super) fn hear(&self, layer: Layer) -> Heard<'_> {
        let speakers = self.speakers(layer);
        if let Speakers::Nobody(says, _) = speakers {
            return Heard { says, class: Class::Direct, denier: None };
        }
        self.ask(layer, |request| match speakers {
            Speakers::Together(voices) => self.heard_together(voices, request),
            Speakers::Levels(levels) | Speakers::Denying(levels) => {
                let mut all = Heard { says: Says::Allows, class: Class::Direct, denier: None };
                for level in levels {
                    let level = self.heard_together(level, request);
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

    /// What several policies say of which one must allow.
    fn heard_together<'v>(&self, voices: &'v [Voice<'v>], request: &Request<'_>) -> Heard<'v> {
        let mut heard = Heard { says: Says::IsSilent, class: Class::Delegation, denier: None };
        for voice in voices {
            let verdict = match &self.guess {
                None => voice.policy.document().evaluate(request),
                Some(guess) => guess.sieves.judge(voice.policy, request, guess.doubt),
            };
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
}

impl<'a> Case<'a> {
    pub(super) fn new(
        check: &'a Check<'a>,
        identity: &'a Identity<'a>,
        facts: &'a RequestFacts<'a>,
        resource: &'a str,
        state: &'a State,
    ) -> Self {
        let (account, region) = check.resource.place();
        let origin = &facts.call.origin;
        // Resource control policies reach no service of those that KMS asks, and no endpoint of the caller leads there.
        let is_of_kms = check.action.is_of_kms();
        let endpoint = origin.vpc_endpoint.as_ref().filter(|_| origin.via.is_empty() && is_of_kms);
        let own = facts.call.caller.account;
        let foreign = !facts.call.caller.is_service() && own != account;
        let documents = facts.call.documents.as_deref();
        let policy = documents.and_then(|own| own.key_policy.as_deref()).filter(|_| check.policy.is_some());
        let levels = documents.and_then(|own| own.resource_control.as_ref());
        let no_policy = if check.is_on_key() { NoPolicy::NoKey } else { NoPolicy::NotOnKey };
        let hearing = Hearing {
            identity,
            principal: identity.principal(),
            origin,
            facts,
            action: check.action.as_str(),
            resource,
            resource_control: match levels {
                _ if !is_of_kms => Vec::new(),
                Some(levels) => levels.iter().map(|level| Voice::all(level)).collect(),
                None => state.resource_control(account),
            },
            endpoint: match documents.and_then(|own| own.endpoint.as_ref()).filter(|_| is_of_kms) {
                Some(own) => own.as_ref().map(Voice::of),
                None => endpoint.and_then(|endpoint| state.endpoint_policy(&endpoint.id)),
            },
            resource_policy: policy.or(check.policy).map(key_policy).ok_or(no_policy),
            exempt: Exempt {
                retires: check.action == Action::RetireGrant,
                aws_managed: check.key.is_some_and(|key| key.manager == KeyManagerType::Aws),
            },
            hides: match check.resource {
                Resource::Alias(_) => |_, key| is_key_of_kms(key),
                _ => |layer, key| layer == Layer::KeyPolicy && is_of_identities(key),
            },
            guess: None,
        };
        Self { hearing, check, facts, state, has_region: !foreign || state.reaches(own, region) }
    }

    /// The grants of a key as they meet the check.
    pub(super) fn grants(&self, key: KeyArn) -> Grants<'_, 'a> {
        let (facts, principal, tokens) = (self.facts, &self.hearing.principal, self.check.tokens);
        let operation = GrantOperation::parse(self.check.action.name());
        let guess = self.hearing.guess.map(|guess| (guess.doubt, self.hearing.facts));
        Grants { state: self.state, key, facts, principal, operation, tokens, guess }
    }

    /// A grant that suffices for a check that policies allow, and its class.
    pub(super) fn also_granted(&self) -> Option<(GrantId, Class)> {
        let Resource::Key(arn) = &self.check.resource else { return None };
        let grants = self.grants(*arn);
        if self.check.action == Action::RetireGrant || !grants.reach() {
            return None;
        }
        let heard = self.hearing.hear_all();
        grants.suffice(|class| heard.lacks(class)).ok()
    }

    /// What the check comes to: the decision procedure.
    pub(super) fn rule(&self) -> Ruled<'_> {
        let heard = self.hearing.hear_all();
        // 1 and 2: what refuses, whatever else allows.
        if let Some(barred) = heard.barred() {
            return barred;
        }
        let by = |ruling, by| Ruled { ruling, by, denier: None, grant: None };
        let not_allowed = |decider| by(Ruling::NotAllowed, decider);
        // 3: what the caller lacks where something allows by a class.
        let lacks = |class: Class| heard.lacks(class);
        let identity = self.hearing.identity;
        let Resource::Key(arn) = &self.check.resource else {
            // 4: without a key, identity policies alone allow.
            return match lacks(Class::Delegation) {
                None => by(Ruling::Allowed, Decider::Layer(Layer::Identity)),
                Some(_) if identity.caller.is_service() => not_allowed(Decider::NoAccount),
                Some(layer) => not_allowed(Decider::Layer(layer)),
            };
        };
        let caller = identity.caller;
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
        let policy = heard.of(Layer::KeyPolicy);
        let class = (policy.says == Says::Allows).then_some(policy.class);
        let class = class.map(|class| if is_foreign { Class::Delegation } else { class });
        match class.map(|class| (class, lacks(class))) {
            Some((_, None)) if is_foreign => by(Ruling::Allowed, Decider::BothAccounts),
            Some((Class::Delegation, None)) => by(Ruling::Allowed, Decider::Layer(Layer::Identity)),
            Some((_, None)) => by(Ruling::Allowed, Decider::Layer(Layer::KeyPolicy)),
            // A grant needs no key policy, and no identity policy where it names the caller itself.
            lacking => match self.grants(*arn).suffice(lacks) {
                Ok(grant) => Ruled { grant: Some(grant), ..by(Ruling::Allowed, Decider::Layer(Layer::Grants)) },
                Err(granted) => {
                    let lacking = lacking.and_then(|(_, lacking)| lacking).or(granted);
                    not_allowed(Decider::Layer(lacking.unwrap_or(Layer::KeyPolicy)))
                }
            },
        }
    }
}

/// A key policy as a voice.
const fn key_policy(policy: &PolicyRow) -> Voice<'_> {
    Voice { name: KEY_POLICY, is_arn: false, policy }
}

/// Facts of which some are not for every layer.
pub(super) struct Veiled<'a> {
    pub(super) facts: &'a dyn Facts,
    pub(super) layer: Layer,
    pub(super) hides: fn(Layer, &str) -> bool,
}

impl Facts for Veiled<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        if (self.hides)(self.layer, key) { None } else { self.facts.value(key) }
    }

    fn open(&self, key: &str) -> Option<Open<'_>> {
        if (self.hides)(self.layer, key) { None } else { self.facts.open(key) }
    }
}

/// The condition keys of KMS, of which an alias offers none.
pub(super) fn is_key_of_kms(key: &str) -> bool {
    key.starts_with("kms:")
}

/// The two condition keys that are not for key policies.
fn is_of_identities(key: &str) -> bool {
    key == "kms:resourcealiases" || key.starts_with("aws:resourcetag/")
}

impl Resource {
    /// The account and the Region of the resource.
    pub(super) const fn place(&self) -> (AccountId, crate::names::Region) {
        match self {
            Self::Key(arn) => (arn.account, arn.region),
            Self::Alias(arn) => (arn.account, arn.region),
            Self::Account(account, region)
            | Self::NewKey(account, region)
            | Self::LinkedRole(_, account, region)
            | Self::Anything(account, region) => (*account, *region),
        }
    }
}
