//! What falls due by the call's own time, and when something falls due next.

use crate::{
    cluster,
    lags::Lag,
    names::KeyArn,
    state::{BackingKey, Draft, Due, Happened, KeyRow, LineageId, State, Transition},
    time::{Span, Time},
};

/// Records what has fallen due by `now`, in the order in which it did, but no more than `at_most`.
///
/// It is a function of the state and the time alone: it asks nobody, and needs no entropy. `tell` gets each thing with the
/// state just after it.
pub(crate) fn settle(
    draft: &mut Draft<'_>,
    now: Time,
    at_most: usize,
    tell: &mut dyn FnMut(&Happened, &State),
) -> Vec<Happened> {
    let mut happened = Vec::new();
    while happened.len() < at_most {
        let Some((at, what)) = draft.state().first_due().filter(|(at, _)| *at <= now) else { break };
        if let Some(one) = happen(draft, at, what, now) {
            tell(&one, draft.state());
            happened.push(one);
        }
    }
    happened
}

/// Records what happens at `at`: once, save for rotations, which go on until `now`.
fn happen(draft: &mut Draft<'_>, at: Time, what: Due, now: Time) -> Option<Happened> {
    match what {
        Due::Visible(_) => draft.show_first(),
        Due::Connection(store) => draft.edit_key_store(store, |row| row.connection = row.connection.ended()),
        Due::Ready(key) => draft.ready(key, at),
        Due::OnDemandRotation(key) => draft.edit_row(LineageId::of(key), |row| complete(row, at)),
        Due::Deletion(key) => return Some(delete(draft, key, at)),
        Due::Expiry(key, material) => draft.remove_import(key, material),
        Due::Rotation(key) => return draft.rotate(LineageId::of(key), at, now),
    }
    Some(Happened::once(at, what))
}

/// Records that a key is gone. What is behind it in a cluster goes, too, as far as KMS comes (CKS-308); an external key
/// stays (CKS-307).
fn delete(draft: &mut Draft<'_>, arn: KeyArn, at: Time) -> Happened {
    let backing_key = in_cluster(draft.state(), &arn, at).map(|(key, is_connected)| {
        let deleted = cluster::key_deleted(draft, key.cluster, arn, key.material, is_connected);
        BackingKey { deleted, ..key }
    });
    draft.remove_key(arn, at);
    Happened { backing_key, ..Happened::once(at, Due::Deletion(arn)) }
}

/// The key in a cluster behind a key, and whether the store of both is connected.
fn in_cluster(state: &State, arn: &KeyArn, at: Time) -> Option<(BackingKey, bool)> {
    let key = state.key(arn)?;
    let (name, store) = state.store_of(&key)?;
    let backing_key = BackingKey::new(name.id, store.cloud_hsm()?.cluster, key.current()?);
    Some((backing_key, store.is_connected(at)))
}

/// Records what no longer waits for a lag, since there is none any more (LIF-363). `tell` is as for [`settle`].
pub(crate) fn hurry(draft: &mut Draft<'_>, now: Time, tell: &mut dyn FnMut(&Happened, &State)) {
    let waits_for = |state: &State, what| match what {
        Due::Ready(key) => state.key(&key)?.own().transition.map(|transition| match transition {
            Transition::Creating(_) => Lag::ReplicaCreating,
            Transition::Updating(_) => Lag::PrimaryUpdate,
        }),
        Due::OnDemandRotation(_) => Some(Lag::OnDemandRotation),
        Due::Connection(store) => state.key_store(&store)?.lag(),
        _ => None,
    };
    let state = draft.state();
    let is_over = |what: &Due| waits_for(state, *what).is_some_and(|lag| state.lag(lag) == Span::default());
    let over: Vec<_> = state.all_due().map(|(_, what)| what).filter(is_over).collect();
    for what in over {
        if let Some(one) = happen(draft, now, what, now) {
            tell(&one, draft.state());
        }
    }
    draft.show_unlagged();
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
