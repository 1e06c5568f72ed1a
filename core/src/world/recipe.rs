//! Recipes: what a world is to be like, as steps that are data.

mod adoption;
mod beginning;
mod so_far;
mod steps;
mod templates;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::World;
use crate::{error::Error, time::Time, wire::Value};
pub(super) use so_far::{Done, RecipeSoFar};
use steps::Steps;

/// The longest text of a recipe, in bytes.
pub const RECIPE_LENGTH: usize = 4 << 20;

/// How many draws a recipe may pass over in all.
const MOST_PASSED_OVER: usize = 10_000;

impl World {
    /// Performs a recipe, all of it or nothing: a structure of `version` (1), `steps`, and, where something is to be told,
    /// `give`.
    ///
    /// | step | what it does |
    /// | --- | --- |
    /// | `{"register": {..}}` | registers who exists, in the form of [`World::register`]; with `"keep": true`, what is registered already stays as it is |
    /// | `{"stores": {..}}` | registers clusters, endpoint services and proxies, in the form of [`World::register_stores`] |
    /// | `{"set": {..}}` | makes settings, as [`World::set`] does |
    /// | `{"call": "CreateKey", "input": {..}}` | makes a call of the API; `caller`, `region` and `origin` say whose and from where, and `as` names the reply |
    /// | `{"advance": "30d"}` | moves the clock forward |
    /// | `{"cluster": "cluster-..", "action": {"do": "removeHsm"}}` | does what the owner of a cluster can do, as [`World::on_cluster`] |
    /// | `{"proxy": "https://..", "action": {"do": "rotateKey"}}` | does so with a simulated proxy, as [`World::on_proxy`] |
    /// | `{"enclave": {}, "as": "recipient"}` | starts a simulated enclave; the name stands for `Recipient` of its requests |
    ///
    /// In what a step takes, and in `give`, some structures stand for others:
    ///
    /// | structure | stands for |
    /// | --- | --- |
    /// | `{"$from": ["Key", "KeyMetadata", "Arn"]}` | a member of an earlier reply: its name, and the way to it (numbers lead into lists) |
    /// | `{"$text": ["a", {"$from": ..}, ..]}` | the text of its parts, joined |
    /// | `{"$json": ..}` | the JSON text of what it has |
    /// | `{"$base64": ".."}` | bytes |
    /// | `{"$literal": ..}` | what it has, as it stands |
    ///
    /// The reply has `replies`, those that have names, and `given`, which is `give` with everything in its place. The
    /// steps are the owner's: no fault of the world meets them. A seeded world performs one recipe always alike.
    ///
    /// ```
    /// use pocket_kms::{CryptoProvider, Options, Time, World, wire};
    ///
    /// let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]);
    /// let recipe = wire::from_json(br#"{"version": 1, "steps": [
    ///     {"as": "Key", "call": "CreateKey", "input": {"Description": "orders"}},
    ///     {"call": "CreateAlias", "input": {"AliasName": "alias/orders", "TargetKeyId": {"$from": ["Key", "KeyMetadata", "KeyId"]}}}
    /// ], "give": {"orders": {"$from": ["Key", "KeyMetadata", "Arn"]}}}"#)?;
    /// let reply = world.perform(&recipe, Time::from_millis(1_800_000_000_000))?;
    /// let orders = reply.member("given").and_then(|given| given.member("orders"));
    /// assert!(orders.and_then(|arn| arn.as_text()).is_some_and(|arn| arn.starts_with("arn:aws:kms:")));
    /// # Ok::<(), pocket_kms::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when the recipe is not one; what a step was refused with, and the
    /// number of the step in the sentence. Nothing has changed then.
    pub fn perform(&self, recipe: &Value, host_now: Time) -> Result<Value, Error> {
        let steps = Steps::read(recipe)?;
        // While others can call; should they, it is done again while they cannot.
        let now = self.now(host_now);
        let seen = self.settled(now);
        let (draw, trial) = self.trial(Arc::clone(&seen));
        let performed = steps.perform(&trial, host_now)?;
        let mut kms = self.write();
        if Arc::ptr_eq(&kms, &seen) {
            drop(seen);
            self.adopt(&mut kms, trial, &performed, &Done(draw, &[("perform", recipe)]), host_now)?;
            return Ok(performed.reply);
        }
        drop(seen);
        let (draw, trial) = self.trial(Arc::clone(&kms));
        let performed = steps.perform(&trial, host_now)?;
        self.adopt(&mut kms, trial, &performed, &Done(draw, &[("perform", recipe)]), host_now)?;
        Ok(performed.reply)
    }
}
