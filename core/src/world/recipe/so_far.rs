//! What has been done to a seeded world, kept as the steps of its recipe.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    super::{DEFAULT_ACCOUNT, World, lock},
    RECIPE_LENGTH,
    steps::MOST_STEPS,
};
use crate::{
    arguments,
    attestation::Trust,
    call::Call,
    error::{Error, Exception},
    kms::Outcome,
    names::Region,
    time::Time,
    wire::{self, Base64, MAX_REQUEST_BYTES, SecretBytes, Value, to_json},
};

/// How deep a step nests at most: a recipe is read to a depth of 16, and its steps stand two levels deep.
const DEEPEST: usize = 14;

/// How long, in JSON, an input may be that could not be read: what stands for bytes in it makes it longer.
const LONGEST_UNREAD: usize = MAX_REQUEST_BYTES / 2;

/// The steps so far, and what they presuppose.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::world) struct RecipeSoFar {
    /// The seed as it was given.
    seed: Base64,
    pool: bool,
    /// Where the clock stood at the beginning; nothing before the first step of a world whose clock runs.
    began: Option<Time>,
    /// JSON text: a comma behind every step.
    steps: Base64,
    count: usize,
    /// Where the clock stands behind the steps.
    now: Option<Time>,
    /// The draw of the world's chain that the last step has drawn.
    draw: u64,
    /// Why there is no recipe any more.
    over: Option<String>,
}

/// What is done to a world: the members of a step, and the draw that it takes.
pub(in crate::world) struct Done<'a>(
    pub(in crate::world) Option<u64>,
    pub(in crate::world) &'a [(&'static str, &'a Value)],
);

impl RecipeSoFar {
    pub(in crate::world) fn new(seed: &[u8], pool: bool, began: Option<Time>) -> Self {
        let (seed, steps) = (Base64::from(seed), Base64::from(&[][..]));
        Self { seed, pool, began, steps, count: 0, now: began, draw: 0, over: None }
    }

    /// Begins again.
    pub(in crate::world) fn begin(&mut self, began: Option<Time>) {
        *self = Self::new(&self.seed.0.clone(), self.pool, began);
    }

    /// A world that believes attestation documents of roots of its own has no recipe.
    pub(in crate::world) fn trust(&mut self, trust: &Trust) {
        if *trust != Trust::default() {
            self.end("it believes attestation documents under roots of its own");
        }
    }

    /// The seed and the time of the beginning.
    pub(in crate::world) fn beginning(&self) -> (&[u8], Option<Time>) {
        (&self.seed.0, self.began)
    }

    /// How long the text of the steps is.
    pub(in crate::world) fn length(&self) -> usize {
        self.steps.0.len()
    }

    /// From now on there is no recipe, because of this. The first reason stays.
    pub(in crate::world) fn end(&mut self, why: &str) {
        self.steps = Base64::from(&[][..]);
        self.over.get_or_insert_with(|| why.to_owned());
    }

    /// The clock has come to an instant.
    pub(in crate::world) fn reach(&mut self, now: Time) {
        if self.now.is_none() {
            self.began = Some(now);
        } else if self.now != Some(now) {
            self.push(&Value::from([("at", Value::Int(now.millis()))]));
        }
        self.now = Some(now);
    }

    /// Something was done at an instant.
    fn add(&mut self, now: Time, done: &Done<'_>, exact: bool) {
        self.reach(now);
        self.append(done, exact);
    }

    /// Something was done, whatever the time.
    fn append(&mut self, done: &Done<'_>, exact: bool) {
        let Done(draw, members) = done;
        let mut step: Vec<(&'static str, Value)> = Vec::with_capacity(members.len() + 1);
        for (name, value) in *members {
            if **value != Value::Null {
                step.push((*name, told(name, value, exact)));
            }
        }
        if let Some(draw) = *draw {
            if draw != self.draw + 1 {
                step.push(("draw", Value::count(draw)));
            }
            self.draw = draw;
        }
        self.push(&Zeroizing::new(step.into_iter().collect()));
    }

    /// The world goes on as a fork, after this many draws of its chain.
    pub(in crate::world) fn fork(&mut self, drawn: u64) {
        let fork = Value::Bool(true);
        let draw = (self.draw != drawn).then_some(drawn + 1);
        self.append(&Done(draw, &[("fork", &fork)]), false);
        self.draw = 0;
    }

    fn push(&mut self, step: &Value) {
        if self.over.is_some() {
            return;
        }
        let text = SecretBytes::new(to_json(step));
        if depth(step) > DEEPEST {
            self.end("what was done to this world nests too deeply for a recipe");
        } else if self.count == MOST_STEPS || self.steps.0.len() + text.len() >= RECIPE_LENGTH {
            self.end("more was done to this world than a recipe holds: 5,000 steps, and 4 MiB of text");
        } else {
            self.count += 1;
            append(&mut self.steps.0, &text);
            append(&mut self.steps.0, b",");
        }
    }

    /// The whole recipe, as JSON text.
    fn text(&self, account: &str) -> SecretBytes {
        let seed = std::str::from_utf8(&self.seed.0)
            .map_or_else(|_| Value::from([("$base64", Value::Blob(self.seed.0.to_vec()))]), Value::from);
        let began = self.began.map(|began| Value::Int(began.millis()));
        let head = Zeroizing::new(Value::named(&mut [
            ("version", Some(Value::Int(1))),
            ("seed", Some(seed)),
            ("now", began),
            ("account", (account != DEFAULT_ACCOUNT).then(|| Value::from(account))),
            ("insecureKeyPool", self.pool.then_some(Value::Bool(true))),
        ]));
        let mut text = SecretBytes::new(Vec::with_capacity(self.steps.0.len() + 4096));
        append(&mut text, &SecretBytes::new(to_json(&head)));
        text.pop();
        append(&mut text, b",\"steps\":[");
        append(&mut text, self.steps.0.strip_suffix(b",").unwrap_or_default());
        append(&mut text, b"]}");
        text
    }
}

/// Adds bytes; where they need more room, what stood before is wiped.
fn append(to: &mut SecretBytes, bytes: &[u8]) {
    if to.capacity() - to.len() < bytes.len() {
        let mut roomier = SecretBytes::new(Vec::with_capacity((to.len() + bytes.len()) * 2));
        roomier.extend_from_slice(to);
        *to = roomier;
    }
    to.extend_from_slice(bytes);
}

fn depth(value: &Value) -> usize {
    match value {
        Value::List(values) => 1 + values.iter().map(depth).max().unwrap_or_default(),
        Value::Map(members) => 1 + members.iter().map(|(_, value)| depth(value)).max().unwrap_or_default(),
        _ => 0,
    }
}

/// A member of a step as a recipe tells it: what would stand for something else stands as it is. Where it is to be exact,
/// bytes stay bytes, also where a text is wanted.
fn told(name: &str, value: &Value, exact: bool) -> Value {
    if matches!(name, "perform" | "audit") { value.clone() } else { escaped(value, exact) }
}

fn escaped(value: &Value, exact: bool) -> Value {
    let bytes = |bytes: &[u8]| Value::from([("$base64", Value::Blob(bytes.to_vec()))]);
    match value {
        Value::Map(members) => {
            if matches!(&members[..], [(name, _)] if name.starts_with('$')) {
                return Value::from([("$literal", value.clone())]);
            }
            Value::Map(members.iter().map(|(name, value)| (name.clone(), escaped(value, exact))).collect())
        }
        Value::List(values) => Value::List(values.iter().map(|value| escaped(value, exact)).collect()),
        Value::Blob(blob) if exact => bytes(blob),
        Value::Secret(secret) if exact => bytes(secret),
        other => other.clone(),
    }
}

impl World {
    /// Where the recipe is kept, if it is.
    pub(in crate::world) fn keeps(&self) -> Option<&Mutex<RecipeSoFar>> {
        self.kept.as_ref()
    }

    /// Adds to the recipe what was done.
    pub(in crate::world) fn keep(&self, now: Time, done: &Done<'_>) {
        if let Some(kept) = &self.kept {
            lock(kept).add(now, done, false);
        }
    }

    /// Adds what was done, to which it does not matter when.
    pub(in crate::world) fn keep_undated(&self, done: &Done<'_>) {
        if let Some(kept) = &self.kept {
            lock(kept).append(done, false);
        }
    }

    /// The last step has let time pass.
    pub(in crate::world) fn keep_passed(&self, now: Time) {
        if let Some(kept) = &self.kept {
            lock(kept).now = Some(now);
        }
    }

    /// From now on there is no recipe.
    pub(in crate::world) fn keep_no_more(&self, why: &str) {
        if let Some(kept) = &self.kept {
            lock(kept).end(why);
        }
    }

    /// Adds a call to the recipe.
    pub(in crate::world) fn keep_call(&self, call: &Call, outcome: &Outcome) {
        let Some(kept) = &self.kept else { return };
        let mut kept = lock(kept);
        let out_of_turn = call.draw.is_some_and(|draw| draw <= kept.draw) && call.fault.is_some();
        let Some((caller, origin)) = arguments::written(&call.caller, &call.origin, call.region) else {
            return kept.end("somebody called it whom a recipe cannot name");
        };
        if call.answers.has_any() {
            return kept.end(
                "its calls asked a proxy outside of it, whose answers nobody else has; a proxy that the world simulates itself can be in a recipe",
            );
        }
        if out_of_turn {
            return kept.end("calls overlapped while faults counted them: make them one after the other");
        }
        let operation = Value::from(call.operation.as_str());
        let refused = outcome.reply.as_ref().err().map(|error| error.exception);
        let (region, name) =
            (Value::from(call.region.as_str()), refused.map(|exception| Value::from(exception.name())));
        let mut members = vec![("call", &operation)];
        if !matches!(&call.input, Value::Map(input) if input.is_empty()) {
            members.push(("input", &call.input));
        }
        if caller.as_text() != Some(self.account.text().as_str()) {
            members.push(("caller", &caller));
        }
        if origin != Value::Null {
            members.push(("origin", &origin));
        }
        if call.region != Region::default() {
            members.push(("region", &region));
        }
        if let Some(name) = &name {
            members.push(("refused", name));
        }
        let unread = matches!(refused, Some(Exception::ValidationException | Exception::SerializationException));
        if unread && (depth(&call.input) >= DEEPEST || to_json(&call.input).len() > LONGEST_UNREAD) {
            // Nothing has come of it but that it has drawn, and the next step says so.
            return;
        }
        kept.add(call.now, &Done(call.draw, &members), unread);
    }

    /// The recipe of what was done to this world so far, from which [`World::from_recipe`] makes one that is its like in
    /// every byte: `version`, `seed`, `now` (where the clock stood, in milliseconds since 1970) and `steps`; `account` and
    /// `insecureKeyPool` where they are not as usual. Calls that only look are not in it.
    ///
    /// It has everything that was said to the world, plaintexts and passwords too, and the seed, from which every key
    /// follows.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that says why there is none: the world has no seed, it does not keep
    /// its recipe ([`Options::recipe`](crate::Options::recipe)), or something was done that a recipe cannot tell.
    pub fn recipe(&self, host_now: Time) -> Result<Value, Error> {
        let now = self.now(host_now);
        let (seeded, drawn) = {
            let host = lock(&self.host);
            (host.seeded, host.entropy.drawn())
        };
        let Some(kept) = &self.kept else {
            return Err(Error::recipe(if seeded {
                "this world does not keep its recipe: say that it is to when it begins"
            } else {
                "a world without a seed has no recipe: its keys come from the random source of its host, so whoever had the recipe would have others, and a copy with the same keys would be a copy of secrets; begin a world with a seed"
            }));
        };
        let mut kept = lock(kept).clone();
        if let Some(why) = &kept.over {
            return Err(Error::recipe(["this world has no recipe any more: ", why].concat()));
        }
        kept.reach(now);
        if kept.draw != drawn {
            let (at, draw) = (Value::Int(now.millis()), drawn + 1);
            kept.add(now, &Done(Some(draw), &[("at", &at)]), false);
        }
        if let Some(why) = &kept.over {
            return Err(Error::recipe(["this world has no recipe any more: ", why].concat()));
        }
        wire::from_json(&kept.text(self.account.text().as_str()))
    }
}
