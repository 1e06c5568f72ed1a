//! What falls due by the call's own time, and when something falls due next.

use crate::{
    state::{Draft, Due, Happened, State},
    time::Time,
};

/// Records what has fallen due by `now`, in the order in which it did, but no more than `at_most`.
///
/// It is a function of the state and the time alone: it asks nobody, and needs no entropy.
pub(crate) fn settle(draft: &mut Draft<'_>, now: Time, at_most: usize) -> Vec<Happened> {
    let mut happened = Vec::new();
    while happened.len() < at_most {
        let Some((at, what)) = draft.state().first_due().filter(|(at, _)| *at <= now) else { break };
        match what {
            Due::Deletion(key) => draft.remove_key(key),
            Due::Expiry(key, material) => draft.remove_import(key, material),
        }
        happened.push(Happened { at, what });
    }
    happened
}

/// When [`settle`] will have something to record.
pub(crate) fn next_deadline(state: &State) -> Option<Time> {
    state.first_due().map(|(at, _)| at)
}
