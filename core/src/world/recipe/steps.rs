//! The steps of a recipe, read and performed.

use super::{
    super::World,
    beginning::{instant, turn},
    templates::Replies,
};
use crate::{
    arguments, enclave,
    error::Error,
    names::Region,
    sts,
    time::{Span, Time},
    wire::{Members, Value},
};

/// The most steps of a recipe: more than a world's journal keeps would leave a hole in it.
pub(super) const MOST_STEPS: usize = 5000;

/// What a step does; those before `at` can be done to a world that is there.
const KINDS: [&str; 16] = [
    "register",
    "stores",
    "set",
    "call",
    "advance",
    "cluster",
    "proxy",
    "enclave",
    "at",
    "fault",
    "removeFault",
    "health",
    "sts",
    "perform",
    "audit",
    "fork",
];

/// How many of them can be done to a world that is there.
const OF_ANY: usize = 8;

/// What a step has besides, in the order of [`Step::with`].
const MEMBERS: [&str; 9] = ["as", "input", "caller", "region", "origin", "keep", "action", "draw", "refused"];

/// A recipe that has been read. What its steps take is looked at when they are performed.
pub(super) struct Steps<'a> {
    steps: Vec<Step<'a>>,
    give: &'a Value,
}

struct Step<'a> {
    kind: &'static str,
    value: &'a Value,
    /// The members besides, null where one is not there.
    with: [&'a Value; MEMBERS.len()],
}

/// What has come of a recipe.
pub(super) struct Performed {
    pub(super) reply: Value,
    /// The time that has passed in it.
    pub(super) passed: Span,
}

impl<'a> Steps<'a> {
    /// Reads a recipe for a world that is there.
    pub(super) fn read(recipe: &'a Value) -> Result<Self, Error> {
        let Value::Map(members) = recipe else {
            return Err(Error::recipe("a recipe is a structure such as {\"version\": 1, \"steps\": [..]}"));
        };
        if recipe.member("seed").is_some() {
            return Err(Error::recipe(
                "a recipe with a seed makes a world of its own (from_recipe, fromRecipe): one that is performed in a world has version, steps and give",
            ));
        }
        let [version, steps, give] = named(members, "a recipe", ["version", "steps", "give"])?;
        Ok(Self { give, steps: Self::of(version, steps, OF_ANY)? })
    }

    /// Reads the steps of a recipe from which a world is made.
    pub(super) fn of_world(version: &'a Value, steps: &'a Value) -> Result<Self, Error> {
        Ok(Self { give: &Value::Null, steps: Self::of(version, steps, KINDS.len())? })
    }

    fn of(version: &Value, steps: &'a Value, kinds: usize) -> Result<Vec<Step<'a>>, Error> {
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
        (1..).zip(values).map(|(number, step)| Step::read(number, step, kinds)).collect()
    }

    /// Performs all steps in a world that is there.
    pub(super) fn perform(&self, world: &World, host_now: Time) -> Result<Performed, Error> {
        let (mut replies, mut passed) = (Replies::default(), Span::default());
        for (number, step) in (1..).zip(&self.steps) {
            let reply = step.perform(world, &replies, host_now, &mut passed);
            step.keep_reply(number, reply, &mut replies)?;
        }
        let given = replies.fill(self.give)?;
        let replies = replies.0.into_iter().collect();
        Ok(Performed { reply: Value::from([("replies", replies), ("given", given)]), passed })
    }

    /// Performs all steps in a new world, which goes on as what comes of them.
    pub(super) fn make(&self, world: &mut World, host_now: Time) -> Result<(), Error> {
        let mut replies = Replies::default();
        for (number, step) in (1..).zip(&self.steps) {
            let [.., draw, _] = step.with;
            let turned = turn(world, draw);
            let reply = turned.and_then(|()| match step.kind {
                "fork" => {
                    *world = world.fork([0; 32]);
                    Ok(Value::Null)
                }
                _ => step.perform(world, &replies, host_now, &mut Span::default()),
            });
            step.keep_reply(number, reply, &mut replies)?;
        }
        Ok(())
    }
}

impl<'a> Step<'a> {
    fn read(number: usize, step: &'a Value, kinds: usize) -> Result<Self, Error> {
        let known = &KINDS[..kinds];
        let one_of = || {
            let (last, others) = known.split_last().unwrap_or((&"", &[]));
            format!("a step has one of {} and {last}", others.join(", "))
        };
        let wrong = |problem: &str| Error::recipe(format!("step {number} of the recipe: {problem}"));
        let Value::Map(members) = step else { return Err(wrong(&one_of())) };
        let mut read = Self { kind: "", value: &Value::Null, with: [const { &Value::Null }; MEMBERS.len()] };
        for (name, value) in members {
            if let Some(kind) = known.iter().find(|kind| *kind == name) {
                if !read.kind.is_empty() {
                    return Err(wrong(&one_of()));
                }
                (read.kind, read.value) = (kind, value);
            } else if let Some(place) = MEMBERS.iter().position(|known| known == name) {
                read.with[place] = value;
            } else if KINDS.iter().any(|kind| kind == name) {
                return Err(wrong(&format!(
                    "{name} is done to a world from its beginning alone (from_recipe, fromRecipe)"
                )));
            } else {
                let (known, members) = (known.join(", "), MEMBERS.join(", "));
                return Err(wrong(&format!("the step has no member {name:.100}: it has {known}, {members}")));
            }
        }
        if read.kind.is_empty() || *read.value == Value::Null {
            return Err(wrong(&one_of()));
        }
        let [name, _, _, region, .., refused] = read.with;
        let is_name = matches!(read.kind, "call" | "advance" | "cluster" | "proxy" | "sts");
        let texts = [("as", name), ("region", region), ("refused", refused)];
        for (what, value) in texts.into_iter().chain(is_name.then_some((read.kind, read.value))) {
            let is_template = matches!((what, value), ("cluster" | "proxy", Value::Map(_)));
            if *value != Value::Null && value.as_text().is_none() && !is_template {
                return Err(wrong(&format!("{what} is a text")));
            }
        }
        Ok(read)
    }

    /// How an error names the step.
    fn what(&self) -> String {
        let what = if self.kind == "call" { self.value.as_text().unwrap_or_default() } else { self.kind };
        let about = self.with[0].as_text().or_else(|| self.about());
        about.map_or_else(|| what.to_owned(), |about| format!("{what}, {about}"))
    }

    /// What a call without a name is about: an alias, or the key that an earlier step has made.
    fn about(&self) -> Option<&'a str> {
        let [_, input, ..] = self.with;
        let alias = input.member("AliasName").and_then(Value::as_text);
        let key = || match input.member("KeyId")?.member("$from")? {
            Value::List(path) => path.first()?.as_text(),
            _ => None,
        };
        alias.or_else(key)
    }

    /// Keeps the reply under its name, unless the step did not end as it was to end.
    fn keep_reply(&self, number: usize, reply: Result<Value, Error>, replies: &mut Replies) -> Result<(), Error> {
        let [name, .., refused] = self.with;
        let reply = match (reply, refused.as_text()) {
            (Ok(reply), None) => reply,
            (Err(error), Some(exception)) if error.exception.name() == exception => Value::Null,
            (Err(error), _) => return Err(Error::in_step(number, &self.what(), &error)),
            (Ok(_), Some(exception)) => {
                let problem = format!("it was to be refused with {exception:.100}, and is not");
                return Err(Error::in_step(number, &self.what(), &Error::recipe(problem)));
            }
        };
        if let Some(name) = name.as_text() {
            replies.0.push((name.to_owned(), reply));
        }
        Ok(())
    }

    fn perform(&self, world: &World, replies: &Replies, host_now: Time, passed: &mut Span) -> Result<Value, Error> {
        let [_, input, caller, region, origin, keep, action, _, _] = self.with;
        let text = self.value.as_text().unwrap_or_default();
        let done = |done: Result<(), Error>| done.map(|()| Value::Null);
        match self.kind {
            "register" => {
                let mut form = replies.fill(self.value)?;
                if *keep == Value::Bool(true) {
                    leave_out(&mut form, &world.directory());
                }
                done(world.register(&form, host_now))
            }
            "stores" => done(world.register_stores(&replies.fill(self.value)?, host_now)),
            "set" => done(world.set(&replies.fill(self.value)?, host_now)),
            "call" => {
                let sender = arguments::sender(&replies.fill(caller)?, &replies.fill(origin)?)?;
                let input = match replies.fill(input)? {
                    Value::Null => Value::Map(Vec::new()),
                    input => input,
                };
                world.call_from(text, input, region.as_text(), &sender, host_now).reply
            }
            "advance" => {
                let span = arguments::span(text)?;
                world.advance(span, host_now)?;
                *passed = passed.and(span);
                Ok(Value::Null)
            }
            "cluster" | "proxy" => {
                let name = replies.fill(self.value)?;
                let name = name.as_text().ok_or_else(|| Error::recipe(format!("{} is a text", self.kind)))?;
                let action = replies.fill(action)?;
                if self.kind == "cluster" {
                    world.on_cluster(name, &action, host_now)
                } else {
                    world.on_proxy(name, &action, host_now)
                }
            }
            "enclave" => self.enclave(world, &replies.fill(self.value)?, host_now),
            "at" => {
                world.set_time(instant(self.value, "at")?, host_now);
                Ok(Value::Null)
            }
            "fault" => {
                let id = world.add_fault(arguments::fault(&replies.fill(self.value)?)?)?;
                Ok(Value::count(id))
            }
            "removeFault" => match self.value {
                Value::Int(id) if world.remove_fault(id.unsigned_abs()) => Ok(Value::Null),
                _ => Err(Error::recipe("there is no fault with this number")),
            },
            "health" => {
                for check in world.due_health_checks(host_now) {
                    world.check_health(&check);
                }
                Ok(Value::Null)
            }
            "sts" => {
                let sender = arguments::sender(caller, origin)?;
                let region = region.as_text().map_or_else(|| Ok(Region::default()), arguments::region)?;
                let asked = sts::SessionRequest::of(text, sender, region)?;
                world.open_session(&asked, host_now).1.map(|_| Value::Null)
            }
            "perform" => world.perform(self.value, host_now),
            _ => world.audit(self.value, host_now),
        }
    }

    /// Lets the world believe the documents of simulated enclaves, and starts one where somebody goes on to name it: the
    /// name stands for what its requests have as `Recipient`.
    fn enclave(&self, world: &World, spec: &Value, host_now: Time) -> Result<Value, Error> {
        if *self.with[0] == Value::Null {
            enclave::Spec::parse(spec)?;
            return world.believe_enclaves().map(|_| Value::Null).map_err(failed);
        }
        let enclave = world.enclave(enclave::Spec::parse(spec)?).map_err(failed)?;
        let public_key = Some(enclave.public_key().map_err(failed)?);
        let attested = enclave::Attested { public_key, ..enclave::Attested::default() };
        let document = enclave.attest(world.now(host_now), attested).map_err(failed)?;
        Ok(Value::from([
            ("KeyEncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256")),
            ("AttestationDocument", Value::Blob(document)),
        ]))
    }
}

fn failed(failure: enclave::Failure) -> Error {
    Error::recipe(failure.to_string())
}

/// The members of a structure in the order of `names`; null where one is not there.
pub(super) fn named<'a, const N: usize>(
    members: &'a Members,
    what: &str,
    names: [&str; N],
) -> Result<[&'a Value; N], Error> {
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
