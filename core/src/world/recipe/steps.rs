//! The steps of a recipe, read and performed.

use super::{super::World, templates::Replies};
use crate::{
    arguments,
    error::Error,
    time::{Span, Time},
    wire::{Members, Value},
};

/// The most steps of a recipe: more than a world's journal keeps would leave a hole in it.
const MOST_STEPS: usize = 5000;

const STEPS: &str = "a step has one of register, stores, set, call and advance";

/// A recipe that has been read. What its steps take is looked at when they are performed.
pub(super) struct Steps<'a> {
    steps: Vec<Step<'a>>,
    give: &'a Value,
}

struct Step<'a> {
    doing: Doing<'a>,
    /// The name of the reply.
    name: Option<&'a str>,
}

enum Doing<'a> {
    Register { form: &'a Value, keep: bool },
    Stores(&'a Value),
    Set(&'a Value),
    Call { operation: &'a str, input: &'a Value, caller: &'a Value, origin: &'a Value, region: Option<&'a str> },
    Advance(&'a str),
}

/// What has come of a recipe.
pub(super) struct Performed {
    pub(super) reply: Value,
    /// The time that has passed in it.
    pub(super) passed: Span,
}

impl<'a> Steps<'a> {
    /// Reads a recipe.
    pub(super) fn read(recipe: &'a Value) -> Result<Self, Error> {
        let Value::Map(members) = recipe else {
            return Err(Error::recipe("a recipe is a structure such as {\"version\": 1, \"steps\": [..]}"));
        };
        let [version, steps, give] = named(members, "a recipe", ["version", "steps", "give"])?;
        match version {
            Value::Int(1) => {}
            Value::Int(other) => {
                return Err(Error::recipe(format!("recipes of version {other} are not known here: 1 is")));
            }
            _ => return Err(Error::recipe("a recipe has a version, which is 1")),
        }
        let Value::List(values) = steps else { return Err(Error::recipe("the steps of a recipe are a list")) };
        if values.len() > MOST_STEPS {
            return Err(Error::recipe(format!("a recipe has at most {MOST_STEPS} steps, not {}", values.len())));
        }
        let steps: Result<Vec<Step<'a>>, Error> =
            (1..).zip(values).map(|(number, step)| Step::read(number, step)).collect();
        Ok(Self { steps: steps?, give })
    }

    /// Performs all steps in a world.
    pub(super) fn perform(&self, world: &World, host_now: Time) -> Result<Performed, Error> {
        let (mut replies, mut passed) = (Replies::default(), Span::default());
        for (number, step) in (1..).zip(&self.steps) {
            let done = step.perform(world, &replies, host_now, &mut passed);
            let reply = done.map_err(|refusal| Error::in_step(number, &step.what(), &refusal))?;
            if let Some(name) = step.name {
                replies.0.push((name.to_owned(), reply));
            }
        }
        let given = replies.fill(self.give)?;
        let replies = replies.0.into_iter().collect();
        Ok(Performed { reply: Value::from([("replies", replies), ("given", given)]), passed })
    }
}

impl<'a> Step<'a> {
    fn read(number: usize, step: &'a Value) -> Result<Self, Error> {
        let wrong = |problem: &str| Error::recipe(format!("step {number} of the recipe: {problem}"));
        let Value::Map(members) = step else { return Err(wrong(STEPS)) };
        let known =
            ["register", "stores", "set", "call", "advance", "as", "input", "caller", "region", "origin", "keep"];
        let read =
            named(members, "the step", known).map_err(|error| wrong(error.message.as_deref().unwrap_or(STEPS)))?;
        let [register, stores, set, call, advance, name, input, caller, region, origin, keep] = read;
        let text = |value: &'a Value, what: &str| match value {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text.as_str())),
            _ => Err(wrong(&format!("{what} is a text"))),
        };
        let doings = [register, stores, set, call, advance].into_iter().filter(|value| **value != Value::Null).count();
        if doings != 1 {
            return Err(wrong(STEPS));
        }
        let doing = match (text(call, "call")?, text(advance, "advance")?) {
            (Some(operation), _) => Doing::Call { operation, input, caller, origin, region: text(region, "region")? },
            (None, Some(span)) => Doing::Advance(span),
            (None, None) if *set != Value::Null => Doing::Set(set),
            (None, None) if *stores != Value::Null => Doing::Stores(stores),
            (None, None) => Doing::Register { form: register, keep: *keep == Value::Bool(true) },
        };
        Ok(Self { doing, name: text(name, "as")? })
    }

    /// How an error names the step.
    fn what(&self) -> String {
        let what = match &self.doing {
            Doing::Register { .. } => "register",
            Doing::Stores(_) => "stores",
            Doing::Set(_) => "set",
            Doing::Call { operation, .. } => operation,
            Doing::Advance(_) => "advance",
        };
        self.name.map_or_else(|| what.to_owned(), |name| format!("{what}, {name}"))
    }

    fn perform(&self, world: &World, replies: &Replies, host_now: Time, passed: &mut Span) -> Result<Value, Error> {
        match &self.doing {
            Doing::Register { form, keep } => {
                let mut form = replies.fill(form)?;
                if *keep {
                    leave_out(&mut form, &world.directory());
                }
                world.register(&form, host_now).map(|()| Value::Null)
            }
            Doing::Stores(setup) => world.register_stores(&replies.fill(setup)?, host_now).map(|()| Value::Null),
            Doing::Set(settings) => world.set(&replies.fill(settings)?, host_now).map(|()| Value::Null),
            Doing::Call { operation, input, caller, origin, region } => {
                let sender = arguments::sender(&replies.fill(caller)?, &replies.fill(origin)?)?;
                let input = match replies.fill(input)? {
                    Value::Null => Value::Map(Vec::new()),
                    input => input,
                };
                world.call_from(operation, input, *region, &sender, host_now).reply
            }
            Doing::Advance(span) => {
                let span = arguments::span(span)?;
                world.advance(span, host_now)?;
                *passed = passed.and(span);
                Ok(Value::Null)
            }
        }
    }
}

/// The members of a structure in the order of `names`; null where one is not there.
fn named<'a, const N: usize>(members: &'a Members, what: &str, names: [&str; N]) -> Result<[&'a Value; N], Error> {
    let mut values = [const { &Value::Null }; N];
    for (name, value) in members {
        let place = names.iter().position(|known| known == name);
        let place = place
            .ok_or_else(|| Error::recipe(format!("{what} has no member {name:.100}: it has {}", names.join(", "))))?;
        values[place] = value;
    }
    Ok(values)
}

/// Leaves out of a form what a directory has already.
fn leave_out(form: &mut Value, directory: &Value) {
    let Value::Map(kinds) = form else { return };
    for (kind, entries) in kinds {
        let Value::Map(entries) = entries else { continue };
        let Some(known) = directory.member(kind) else { continue };
        entries.retain(|(name, _)| known.member(name).is_none());
    }
}
