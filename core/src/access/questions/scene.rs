//! What a question is about, and the hearing of somebody in it.

use super::{
    guessed::{Given, Guessed, Stands},
    sieves::Sieves,
    within::Within,
};
use crate::{
    access::{
        Action, Check, Identity, Resource, Ruling,
        authorize::Imagined,
        hearing::{Case, Guess},
    },
    call::Call,
    caller::{Caller, Origin},
    error::Error,
    names::{AccountId, GrantName, KeyArn, Region},
    policy::{Context, Doubt, PolicyRow},
    state::{Key, Standing, State},
    time::Time,
    wire::Value,
};

/// What a question is asked of.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) state: &'a State,
    /// The account and the Region in which names are looked up.
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) now: Time,
    /// Whether an action works on keys of other accounts.
    pub(crate) crosses: fn(Action) -> bool,
    /// Whether an action works on keys of the spec, the usage and the origin of a key.
    pub(crate) works_for: fn(Action, &Key) -> bool,
}

/// A key, and what decides over it.
pub(super) struct Target<'a> {
    pub(super) arn: KeyArn,
    pub(super) key: Key,
    pub(super) policy: Option<&'a PolicyRow>,
}

/// One action on one resource, and what was said of the request.
pub(super) struct Scene<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) action: Action,
    pub(super) resource: Resource,
    pub(super) target: Option<&'a Target<'a>>,
    pub(super) context: Option<&'a Context>,
    /// Where the request comes from, if that was said.
    pub(super) origin: Option<&'a Origin>,
    /// Whether the request has nothing but what was said.
    pub(super) is_closed: bool,
    pub(super) within: Option<&'a Within<'a>>,
    /// The grant that would be retired.
    pub(super) grant: Option<GrantName>,
    pub(super) sieves: Sieves,
}

impl<'a> Ground<'a> {
    /// The key of a name; of an id and of the name of an alias, in the account and the Region of the question.
    pub(super) fn target(&self, named: &str) -> Result<Target<'a>, Error> {
        let arn = self.state.key_named(named, self.account, self.region);
        let found = arn.and_then(|arn| Some((arn, self.state.key(&arn)?)));
        let (arn, key) = found.ok_or_else(|| Error::no_key_to_ask(named))?;
        Ok(Target { arn, key, policy: self.state.deciding_policy(&arn) })
    }
}

impl<'a> Scene<'a> {
    /// An action on a key, or on the account where it is on none.
    pub(super) fn new(ground: Ground<'a>, action: Action, target: Option<&'a Target<'a>>) -> Self {
        let resource = match target {
            Some(target) => Resource::Key(target.arn),
            None => Resource::Account(ground.account, ground.region),
        };
        let (context, origin, is_closed, within, grant) = (None, None, false, None, None);
        Self { ground, action, resource, target, context, origin, is_closed, within, grant, sieves: Sieves::default() }
    }

    /// Opens the hearing of somebody. An outsider's own account decides for itself: nothing of it speaks against him.
    pub(super) fn hear<R>(&self, caller: &Caller, stands: Stands<'_>, with: impl FnOnce(&mut Case<'_>) -> R) -> R {
        let Ground { state, now, crosses, .. } = self.ground;
        let region = self.resource.place().1;
        let call = Call::new("", Value::Null, caller.clone(), region, now, [0; 32]);
        let call = call.with_origin(self.origin.cloned().unwrap_or_default());
        let mut identity = Identity::of(&call.caller, region, state);
        if matches!(stands, Stands::Outside(_)) || (self.within.is_some() && !caller.is_service()) {
            let organization = identity.standing.organization;
            let service_linked = identity.standing.service_linked;
            let unique_id = identity.standing.unique_id.take();
            identity.standing =
                Standing { trusted: true, organization, service_linked, unique_id, ..Standing::default() };
        }
        let check = Check {
            key: self.target.map(|target| &*target.key),
            policy: self.target.and_then(|target| target.policy),
            crosses_accounts: crosses(self.action),
            retired: self.grant.and_then(|grant| state.grant(grant)),
            ..Check::without_key(self.action, &Imagined, self.resource.clone())
        };
        let facts = check.facts(&call, &identity);
        let given = Given { context: self.context, origin: self.origin.is_some(), all: self.is_closed };
        let guessed = Guessed::new(&facts, given, stands, self.within);
        let resource = self.resource.to_string();
        let mut case = Case::new(&check, &identity, &facts, &resource, state);
        case.hearing.facts = &guessed;
        // Of everybody, somebody has enabled the Region.
        case.has_region |= matches!(stands, Stands::Outside(_));
        case.hearing.guess = Some(Guess { doubt: Doubt::ForCaller, sieves: &self.sieves });
        with(&mut case)
    }
}

impl Case<'_> {
    /// Whether the caller may do it, where what is not known speaks for somebody.
    pub(super) fn allows(&mut self, doubt: Doubt) -> bool {
        if let Some(guess) = &mut self.hearing.guess {
            guess.doubt = doubt;
        }
        self.rule().ruling == Ruling::Allowed
    }
}
