//! Questions in their JSON form, read.

use std::{collections::BTreeSet, str::FromStr as _};

use super::{
    exposure::Exposure,
    scene::{Ground, Scene, Target},
    what_can::What,
    within::Within,
};
use crate::{
    access::Action,
    arguments,
    caller::Sender,
    error::Error,
    names::{AccountId, GrantId, GrantName, KeyArn, Region},
    order::set,
    policy::{Context, Kind, Values},
    state::{FormValue, document},
    wire::Value,
};

/// The most keys and actions that a question names, the most documents of a kind, and the most condition keys.
pub(super) const MOST: usize = 1000;

/// The longest policy that a question takes, in characters: that of a key policy.
pub(super) const LONGEST: usize = 32_768;

/// The questions that there are.
const QUESTIONS: &str = "who_can, what_can, simulate, inspect or exposure";

/// Answers a question that needs no call.
///
/// # Errors
/// `ValidationException` with a sentence of ours, which begins with the place of what is wrong.
pub(crate) fn ask(question: &Value, ground: Ground<'_>) -> Result<Value, Error> {
    let said = FormValue::named("question", question);
    let kind = question.member("question").unwrap_or(&Value::Null);
    match kind.as_text() {
        Some("who_can" | "whoCan") => who_can(&said, ground),
        Some("what_can" | "whatCan") => what_can(&said, ground),
        Some("exposure") => exposure(&said, ground),
        _ => Err(said.within("question", kind).must_be(QUESTIONS)),
    }
}

fn who_can(said: &FormValue<'_>, ground: Ground<'_>) -> Result<Value, Error> {
    let [_, action, key, account, region, context, origin, closed, grant] =
        said.structure(["question", "action", "key", "account", "region", "context", "origin", "closed", "grant"])?;
    let ground = placed(ground, &said.within("account", account), &said.within("region", region))?;
    let action = self::action(&said.within("action", action))?;
    let key = said.within("key", key);
    let target = match (action.is_on_key(), key.is_there()) {
        (true, _) => Some(ground.target(key.text(KEY)?)?),
        (false, false) => None,
        (false, true) => return Err(key.wrong(format!("has no place here: {action} is on no key"))),
    };
    let context = self::context(&said.within("context", context))?;
    let sender = origin_of(&said.within("origin", origin))?;
    let scene = Scene {
        context: context.as_ref(),
        origin: sender.as_ref().map(|sender| &sender.origin),
        is_closed: said.within("closed", closed).maybe_flag()?.unwrap_or(false),
        grant: grant_of(&said.within("grant", grant), action, target.as_ref(), ground)?,
        ..Scene::new(ground, action, target.as_ref())
    };
    Ok(scene.who_can())
}

/// The grant that would be retired.
fn grant_of(
    said: &FormValue<'_>,
    action: Action,
    target: Option<&Target<'_>>,
    ground: Ground<'_>,
) -> Result<Option<GrantName>, Error> {
    const GRANT: &str = "the id of a grant of the key";
    match (action, target) {
        (Action::RetireGrant, Some(target)) => {
            let id = GrantId::parse(said.text(GRANT)?).ok_or_else(|| said.must_be(GRANT))?;
            let name = GrantName { key: target.arn, id };
            ground.state.grant(name).map(|(name, _)| Some(name)).ok_or_else(|| said.must_be(GRANT))
        }
        _ if said.is_there() => Err(said.wrong(format!("has no place here: {action} is on no grant"))),
        _ => Ok(None),
    }
}

fn what_can(said: &FormValue<'_>, ground: Ground<'_>) -> Result<Value, Error> {
    let [_, principal, keys, actions, after, account, region, context, closed] = said.structure([
        "question",
        "principal",
        "keys",
        "actions",
        "after",
        "account",
        "region",
        "context",
        "closed",
    ])?;
    let ground = placed(ground, &said.within("account", account), &said.within("region", region))?;
    let context = self::context(&said.within("context", context))?;
    let (keys, after) = (said.within("keys", keys), said.within("after", after));
    let named = |value: &Value, step: &str| -> Result<KeyArn, Error> {
        let said = keys.within(step, value);
        Ok(ground.target(said.text(KEY)?)?.arn)
    };
    let keys = if keys.is_there() { Some(each(&keys, "a list of keys", named)?) } else { None };
    let after = after.maybe_text(KEY)?.map(|text| KeyArn::parse(text).ok_or_else(|| after.must_be("the ARN of a key")));
    let what = What {
        ground,
        keys,
        after: after.transpose()?,
        actions: self::actions(&said.within("actions", actions))?,
        context: context.as_ref(),
        is_closed: said.within("closed", closed).maybe_flag()?.unwrap_or(false),
    };
    what.answer(said.within("principal", principal).text(PRINCIPAL)?)
}

fn exposure(said: &FormValue<'_>, ground: Ground<'_>) -> Result<Value, Error> {
    let [_, key, policy, within, actions, services, account, region] =
        said.structure(["question", "key", "policy", "within", "actions", "services", "account", "region"])?;
    let ground = placed(ground, &said.within("account", account), &said.within("region", region))?;
    let mut target = ground.target(said.within("key", key).text(KEY)?)?;
    let policy = said.within("policy", policy);
    let policy = policy.is_there().then(|| document(&policy, Kind::ResourcePolicy, LONGEST)).transpose()?;
    target.policy = policy.as_deref().or(target.policy);
    let (mut accounts, mut organizations) = (set([target.arn.account]), BTreeSet::new());
    let within = said.within("within", within);
    each(&within, "a list of accounts and of ids of organizations", |value, step| {
        let said = within.within(step, value);
        let text = said.text("an account, or the id of an organization")?;
        match AccountId::parse(text) {
            Some(account) => _ = accounts.insert(account),
            None if text.starts_with("o-") => _ = organizations.insert(text.to_owned()),
            None => return Err(said.must_be("an account, or the id of an organization, such as o-exampleorgid")),
        }
        Ok(())
    })?;
    let exposure = Exposure {
        ground,
        target: &target,
        within: &Within::new(accounts, organizations, ground.state),
        actions: self::actions(&said.within("actions", actions))?,
        services: said.within("services", services).maybe_flag()?.unwrap_or(true),
    };
    Ok(exposure.answer())
}

/// What a key is.
const KEY: &str = "a key: its id, its ARN, or the name or the ARN of an alias";

/// What a principal is.
const PRINCIPAL: &str = "an account, the ARN of a principal, or the name of a service";

/// The ground in another account or Region.
fn placed<'a>(ground: Ground<'a>, account: &FormValue<'_>, region: &FormValue<'_>) -> Result<Ground<'a>, Error> {
    let account = if account.is_there() { account.account()? } else { ground.account };
    let region = match region.maybe_text("a Region")? {
        Some(text) => Region::from_str(text)?,
        None => ground.region,
    };
    Ok(Ground { account, region, ..ground })
}

fn action(said: &FormValue<'_>) -> Result<Action, Error> {
    let text = said.text("an action of KMS, such as kms:Decrypt")?;
    let name = text.strip_prefix("kms:").unwrap_or(text);
    let found = Action::ALL.iter().find(|action| action.name().eq_ignore_ascii_case(name));
    found.copied().ok_or_else(|| said.must_be("an action of KMS, such as kms:Decrypt"))
}

/// The actions of a list; without one, all of them.
fn actions(said: &FormValue<'_>) -> Result<Vec<Action>, Error> {
    if !said.is_there() {
        return Ok(Action::ALL.to_vec());
    }
    each(said, "a list of actions", |value, step| action(&said.within(step, value)))
}

/// The elements of a list, or a single one.
fn each<T>(
    said: &FormValue<'_>,
    what: &str,
    mut read: impl FnMut(&Value, &str) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    if matches!(said.value, Value::Text(_)) {
        return Ok(vec![read(said.value, "[0]")?]);
    }
    let values = said.list(what, MOST)?;
    values.iter().enumerate().map(|(place, value)| read(value, &format!("[{place}]"))).collect()
}

/// Values by the names of condition keys.
fn context(said: &FormValue<'_>) -> Result<Option<Context>, Error> {
    if !said.is_there() {
        return Ok(None);
    }
    let members = said.members("values by the names of condition keys, such as kms:ViaService")?;
    if members.len() > MOST {
        return Err(said.wrong(format!("has more than {MOST} members")));
    }
    let mut context = Context::new();
    for (name, value) in members {
        let said = said.within(name, value);
        let one = |value: &Value| -> Result<String, Error> {
            match value {
                Value::Text(text) => Ok(text.clone()),
                Value::Bool(flag) => Ok(flag.to_string()),
                Value::Int(number) => Ok(number.to_string()),
                Value::Float(number) => Ok(number.to_string()),
                Value::Time(time) => Ok(time.to_string()),
                _ => Err(said.must_be("a text, a number, a truth value, or a list of them")),
            }
        };
        match value {
            Value::Null => {}
            Value::List(values) => {
                let values: Vec<String> = values.iter().take(MOST).map(one).collect::<Result<_, _>>()?;
                context.insert(name, Values::many(values));
            }
            _ => context.insert(name, Values::one(one(value)?)),
        }
    }
    Ok(Some(context))
}

/// Where requests come from, if that is said.
fn origin_of(said: &FormValue<'_>) -> Result<Option<Sender>, Error> {
    said.is_there().then(|| arguments::sender(&Value::Null, said.value)).transpose()
}
