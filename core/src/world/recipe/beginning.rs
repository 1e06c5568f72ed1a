//! Worlds that begin with a recipe.

use super::{
    super::{Options, World, lock},
    MOST_PASSED_OVER, RECIPE_LENGTH,
    steps::{Steps, named},
};
use crate::{
    arguments,
    crypto::CryptoProvider,
    error::Error,
    time::Time,
    wire::{self, Base64, SecretBytes, Value},
};

impl World {
    /// Reads the text of a recipe.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when it is longer than [`RECIPE_LENGTH`], or is not JSON that can be
    /// a recipe's.
    pub fn read_recipe(text: &[u8]) -> Result<Value, Error> {
        if text.len() > RECIPE_LENGTH {
            return Err(Error::recipe("this recipe is too long: the text of one has at most 4 MiB"));
        }
        let wrong = |error: Error| Error::recipe(["this is not a recipe: ", &error.to_string()].concat());
        wire::from_json(text).map_err(wrong)
    }

    /// A new world of a recipe, all of it or nothing: one as [`World::recipe`] gives it, or written by hand. Two worlds of
    /// one recipe are alike in every byte, and stay so while the same is done to them.
    ///
    /// Besides `version` (1) and `steps`, those of [`World::perform`], it has the world's `seed` (a text), `now` (where the
    /// clock stands at the beginning, in milliseconds since 1970), and, where they are not as usual, `account` and
    /// `insecureKeyPool`. The clock stands when the steps are done. What `options` says beside these is its own. Further
    /// steps:
    ///
    /// | step | what it does |
    /// | --- | --- |
    /// | `{"at": 1767225600000}` | the clock stands at this instant, which may be an earlier one |
    /// | `{"fault": {..}}` | makes calls meet a fault, in the form of [`arguments::fault`] |
    /// | `{"removeFault": 1}` | removes the fault with this id; they are counted from 1 |
    /// | `{"health": true}` | makes the health checks of external key stores that are due |
    /// | `{"sts": "Action=AssumeRole&.."}` | opens a session, as STS does, for `caller` from `origin` in `region` |
    /// | `{"perform": {..}}` | performs a recipe without seed and time, as [`World::perform`] does |
    /// | `{"audit": {..}}` | puts and removes alarms, or imports records, as [`World::audit`] does |
    /// | `{"fork": true}` | goes on as a fork of the world |
    ///
    /// Each step may have `draw`, the number of what it draws of the world's randomness, where that is not the next one: for
    /// worlds whose calls overlapped. A call with `refused`, the name of an exception, must be refused with it.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when the recipe is not one; what a step was refused with, and the
    /// number of the step in the sentence.
    pub fn from_recipe(
        recipe: &Value,
        options: Options,
        provider: CryptoProvider,
        host_now: Time,
    ) -> Result<Self, Error> {
        let Value::Map(members) = recipe else {
            return Err(Error::recipe(
                "a recipe is a structure such as {\"version\": 1, \"seed\": .., \"now\": .., \"steps\": [..]}",
            ));
        };
        if options.seed.is_some() || options.now.is_some() || options.account.is_some() || options.insecure_key_pool {
            return Err(Error::recipe("the recipe itself says the seed, the time, the account and the pool of keys"));
        }
        let names = ["version", "seed", "now", "account", "insecureKeyPool", "steps"];
        let [version, seed, now, account, pool, steps] = named(members, "the recipe of a world", names)?;
        let steps = Steps::of_world(version, steps)?;
        let account = match account {
            Value::Null => None,
            Value::Text(text) => Some(arguments::account(text)?),
            _ => return Err(Error::recipe("the account of a recipe is a text of twelve digits")),
        };
        let options = Options {
            seed: Some(seed_of(seed)?),
            now: Some(instant(now, "now")?),
            account,
            insecure_key_pool: *pool == Value::Bool(true),
            ..options
        };
        let mut world = Self::new(options, provider, [0; 32]);
        steps.make(&mut world, host_now)?;
        lock(&world.host).entropy.settle();
        Ok(world)
    }
}

/// The seed of a recipe: a text, or bytes.
fn seed_of(seed: &Value) -> Result<SecretBytes, Error> {
    let wrong = || Error::recipe("the recipe of a world has a seed, which is a text");
    match (seed, seed.member("$base64").and_then(Value::as_text)) {
        (Value::Text(text), _) => Ok(text.as_bytes().into()),
        (_, Some(bytes)) => Base64::decode(bytes).map(|bytes| bytes.0).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

/// An instant of a recipe.
pub(super) fn instant(value: &Value, name: &str) -> Result<Time, Error> {
    let time = match value {
        Value::Int(millis) => Time::within_years(*millis),
        _ => None,
    };
    let wrong = || [name, " is an instant in whole milliseconds since 1970, within the years 1 to 9999"].concat();
    time.ok_or_else(|| Error::recipe(wrong()))
}

/// Turns a world's chain to the draw that a step names.
pub(super) fn turn(world: &World, draw: &Value) -> Result<(), Error> {
    let number = match draw {
        Value::Null => return Ok(()),
        Value::Int(number) => u64::try_from(*number).ok(),
        _ => None,
    };
    let turned = number.is_some_and(|number| lock(&world.host).entropy.turn(number, MOST_PASSED_OVER));
    if turned {
        return Ok(());
    }
    Err(Error::recipe(
        "draw is the number of a draw from 1 that no earlier step has taken, and passes over 10,000 in all",
    ))
}
