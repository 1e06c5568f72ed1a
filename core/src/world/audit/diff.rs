//! What has changed: between two moments of a world, or between two worlds.

use crate::{
    audit::diff::{Same, diff},
    error::Error,
    state::FormValue,
    time::Time,
    wire::Value,
    world::World,
};

impl World {
    /// The answer to `diff`.
    pub(super) fn changed(&self, question: &Value, now: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, from, to, before, after] = said.structure(["question", "from", "to", "before", "after"])?;
        let (from, to) = (said.within("from", from), said.within("to", to));
        let (old, new) = (said.within("before", before), said.within("after", after));
        let is_of_two = old.is_there() || new.is_there();
        let same = if is_of_two { Same::ArnOrAlias } else { Same::Arn };
        let before = self.told_of(&old, &from, now)?;
        let after = self.told_of(&new, &to, now)?;
        Ok(diff(&before, &after, same))
    }

    /// An inventory that the question brings along, or that of the world at a moment.
    fn told_of(&self, given: &FormValue<'_>, moment: &FormValue<'_>, now: Time) -> Result<Value, Error> {
        if given.is_there() {
            let is_inventory =
                given.value.member("version") == Some(&Value::Int(1)) && given.value.member("keys").is_some();
            return if is_inventory {
                Ok(given.value.clone())
            } else {
                Err(given.must_be("an inventory of version 1"))
            };
        }
        Ok(match super::privilege::moment(moment)? {
            None => self.inventory_at(now),
            Some(time) => {
                // Nothing is drawn in this fork: it is looked at, and forgotten.
                let then = self.seen_at(time, now, [0; 32].into()).map_err(|none| moment.wrong(none.to_string()))?;
                then.inventory_at(time)
            }
        })
    }
}
