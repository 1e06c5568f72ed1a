//! What falls due by the call's own time, and when something falls due next.

use crate::{
    state::{Draft, Due, Happened, KeyRow, LineageId, State},
    time::Time,
};

/// Records what has fallen due by `now`, in the order in which it did, but no more than `at_most`.
///
/// It is a function of the state and the time alone: it asks nobody, and needs no entropy.
pub(crate) fn settle(draft: &mut Draft<'_>, now: Time, at_most: usize) -> Vec<Happened> {
    let mut happened = Vec::new();
    while happened.len() < at_most {
        let Some((at, what)) = draft.state().first_due().filter(|(at, _)| *at <= now) else { break };
        let once = Happened::once(at, what);
        let settled = match what {
            Due::Ready(key) => {
                draft.edit_key(key, |key| key.transition = None);
                Some(once)
            }
            Due::OnDemandRotation(key) => {
                draft.edit_row(LineageId::of(key), |row| complete(row, at));
                Some(once)
            }
            Due::Deletion(key) => {
                draft.remove_key(key, at);
                Some(once)
            }
            Due::Expiry(key, material) => {
                draft.remove_import(key, material);
                Some(once)
            }
            Due::Rotation(key) => draft.rotate(LineageId::of(key), at, now),
        };
        happened.extend(settled);
    }
    happened
}

/// Ends a rotation that was asked for: its material is current from now on.
fn complete(row: &mut KeyRow, at: Time) {
    row.rotating = None;
    row.versions.complete(at);
}

/// When [`settle`] will have something to record.
pub(crate) fn next_deadline(state: &State) -> Option<Time> {
    state.first_due().map(|(at, _)| at)
}
