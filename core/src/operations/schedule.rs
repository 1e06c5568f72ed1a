//! What falls due by the call's own time, and when something falls due next.

use crate::{
    state::{Draft, State},
    time::Time,
};

/// Records everything that has fallen due: keys whose waiting period has ended are deleted (P2-112), and so is
/// imported key material that has expired (P4-346).
pub(crate) fn settle(draft: &mut Draft<'_>, now: Time) {
    while let Some((deadline, key)) = draft.state().first_deadline().filter(|(deadline, _)| *deadline <= now) {
        if draft.key(&key).and_then(|row| row.deletion).is_some_and(|deletion| deletion.date <= deadline) {
            draft.remove_key(key);
        } else {
            draft.remove_expired_imports(key, deadline);
        }
    }
}

/// When [`settle`] will have something to record.
pub(crate) fn next_deadline(state: &State) -> Option<Time> {
    state.first_deadline().map(|(deadline, _)| deadline)
}
