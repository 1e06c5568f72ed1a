//! What somebody can do: with which keys, by which paths, and under which conditions.

use super::{
    candidates::{Candidate, People},
    scene::{Ground, Scene, Target},
};
use crate::{
    access::{Action, Resource},
    error::Error,
    names::{GrantId, GrantName, KeyArn},
    policy::Context,
    wire::{Members, Value},
};

/// How many keys an answer names at most.
const MOST_KEYS: usize = 1000;

/// For how many grants of a key the answer says whether somebody may retire them.
const MOST_GRANTS: usize = 1000;

/// What is asked of somebody.
pub(super) struct What<'a> {
    pub(super) ground: Ground<'a>,
    /// The keys; all of the world where none are said.
    pub(super) keys: Option<Vec<KeyArn>>,
    /// The key behind which the answer begins.
    pub(super) after: Option<KeyArn>,
    pub(super) actions: Vec<Action>,
    pub(super) context: Option<&'a Context>,
    pub(super) is_closed: bool,
}

impl What<'_> {
    /// The answer to `what_can`.
    pub(super) fn answer(&self, principal: &str) -> Result<Value, Error> {
        let mut people = People::default();
        people.principal(principal);
        let asked = people.all.pop().ok_or_else(|| Error::nobody_to_ask(principal))?;
        let (keys, more) = self.keys();
        let keys = keys.into_iter().filter_map(|arn| self.on_key(&asked, arn));
        let keys = keys.collect();
        let mut members: Members = vec![
            ("version".into(), Value::Int(1)),
            ("principal".into(), Value::from(principal)),
            ("keys".into(), Value::List(keys)),
            ("account".into(), self.without_key(&asked)),
        ];
        members.extend(more.map(|last| ("after".into(), Value::from(last.to_string()))));
        Ok(Value::Map(members))
    }

    /// The keys that are asked, and the last one of them where there are more.
    fn keys(&self) -> (Vec<KeyArn>, Option<KeyArn>) {
        if let Some(keys) = &self.keys {
            return (keys.clone(), None);
        }
        let mut keys = self.ground.state.all_keys(self.after.unwrap_or(KeyArn::FIRST));
        let told: Vec<KeyArn> = keys.by_ref().take(MOST_KEYS).collect();
        let more = keys.next().and_then(|_| told.last().copied());
        (told, more)
    }

    fn on_key(&self, asked: &Candidate, arn: KeyArn) -> Option<Value> {
        let key = self.ground.state.key(&arn)?;
        let target = Target { arn, key, policy: self.ground.state.deciding_policy(&arn) };
        let actions = self.actions.iter().filter(|action| action.is_on_key());
        let told = actions.filter_map(|action| match action {
            Action::RetireGrant => self.retires(asked, &target),
            _ => told(asked, self.scene(*action, Some(&target)), *action),
        });
        let actions: Vec<Value> = told.collect();
        let key = ("key", Value::from(arn.to_string()));
        (!actions.is_empty()).then(|| Value::from([key, ("actions", Value::List(actions))]))
    }

    /// Whether the principal may retire a grant of the key; of very many, the first are asked.
    fn retires(&self, asked: &Candidate, target: &Target<'_>) -> Option<Value> {
        let grants = self.ground.state.grants_behind(GrantName { key: target.arn, id: GrantId::FIRST });
        let mut told = grants.take(MOST_GRANTS).filter_map(|(grant, _)| {
            let scene = Scene { grant: Some(grant), ..self.scene(Action::RetireGrant, Some(target)) };
            told(asked, scene, Action::RetireGrant)
        });
        told.next()
    }

    /// What needs no key: in the principal's own account.
    fn without_key(&self, asked: &Candidate) -> Value {
        let ground = Ground { account: asked.caller.account, ..self.ground };
        let actions = self.actions.iter().filter(|action| !action.is_on_key());
        let told = actions.filter_map(|action| {
            let scene = Scene { ground, ..self.scene(*action, None) };
            let scene = Scene { resource: Resource::Account(ground.account, ground.region), ..scene };
            told(asked, scene, *action)
        });
        Value::List(told.collect())
    }

    fn scene<'s>(&'s self, action: Action, target: Option<&'s Target<'s>>) -> Scene<'s> {
        Scene { context: self.context, is_closed: self.is_closed, ..Scene::new(self.ground, action, target) }
    }
}

/// What somebody can do with an action in a scene; nothing where he can never do it.
fn told(asked: &Candidate, scene: Scene<'_>, action: Action) -> Option<Value> {
    let first: Members = vec![("action".into(), Value::from(action.as_str()))];
    Some(Value::Map(first.into_iter().chain(scene.can(asked, asked.stands)?).collect()))
}
