//! What will fall due.

use super::World;
use crate::{
    state::Due,
    time::Time,
    wire::{self, Value},
};

/// Something that will fall due, as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// When, by the clock of the world.
    pub at: Time,
    /// What it is.
    pub what: Due,
}

impl Deadline {
    /// The deadline as a value: `time`, `kind` and `subject`, as [`Changes::events`](super::Changes::events) tell them of what
    /// fell due. The subject of a change that shows then is the lag that hides it.
    pub fn to_value(&self) -> Value {
        [("time", Value::Time(self.at))].into_iter().chain(named(&self.what)).collect()
    }
}

impl World {
    /// What will fall due, soonest first, as things stand: at most `most` deadlines.
    ///
    /// One thing leads to another. Of a key that rotates every year this has the next rotation, and the one behind it only
    /// once that has happened.
    ///
    /// ```
    /// use pocket_kms::{CryptoProvider, Time, Value, World, state::Due, world::Options};
    ///
    /// let now = Time::from_millis(1_800_000_000_000);
    /// let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]);
    /// let made = world.call("CreateKey", Value::from([]), None, None, now).reply?;
    /// let key = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().unwrap_or_default();
    /// world.call("ScheduleKeyDeletion", Value::from([("KeyId", key)]), None, None, now).reply?;
    /// let [deadline] = world.deadlines(100)[..] else { panic!("one thing falls due") };
    /// assert!(matches!(deadline.what, Due::Deletion(_)));
    /// assert_eq!(Some(deadline.at), world.next_deadline());
    /// # Ok::<(), pocket_kms::Error>(())
    /// ```
    pub fn deadlines(&self, most: usize) -> Vec<Deadline> {
        self.seen().state().deadlines().take(most).map(|(at, what)| Deadline { at, what }).collect()
    }
}

/// The kind and the subject of what falls due.
pub(super) fn named(what: &Due) -> [(&'static str, Value); 2] {
    let written = serde_json::to_vec(what).ok().and_then(|text| wire::from_json(&text).ok());
    let (kind, subject) = match written {
        Some(Value::Map(mut members)) => members.pop().map_or_else(Default::default, |(kind, subject)| (kind, subject)),
        _ => Default::default(),
    };
    [("kind", Value::from(&*kind)), ("subject", subject)]
}
