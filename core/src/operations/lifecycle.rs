//! Enabling and disabling keys, scheduling and cancelling their deletion.

use super::Execution;
use crate::{call::Stop, error::Error, shapes::*, state::Deletion, wire::shape};

shape! {
    pub struct CancelKeyDeletion -> CancelKeyDeletionResponse {
        KeyId key_id: Required KeyIdType,
    }

    pub struct CancelKeyDeletionResponse {
        KeyId key_id: Always KeyIdType,
    }

    pub struct DisableKey -> () {
        KeyId key_id: Required KeyIdType,
    }

    pub struct EnableKey -> () {
        KeyId key_id: Required KeyIdType,
    }

    pub struct ScheduleKeyDeletion -> ScheduleKeyDeletionResponse {
        KeyId key_id: Required KeyIdType,
        PendingWindowInDays pending_window_in_days: Optional PendingWindowInDaysType,
    }

    pub struct ScheduleKeyDeletionResponse {
        KeyId key_id: Always KeyIdType,
        DeletionDate deletion_date: Optional DateType,
        KeyState key_state: Always KeyState,
        PendingWindowInDays pending_window_in_days: Always PendingWindowInDaysType,
    }
}

/// Lets a key be used again; it may be enabled already. A rotation that it has missed happens now (LIF-57).
pub(super) fn enable_key(_: EnableKey, execution: &mut Execution<'_>) -> Result<(), Stop> {
    execution.edit(|key| key.enabled = true)?;
    execution.catch_up()
}

/// Stops every use of a key until it is enabled again.
pub(super) fn disable_key(_: DisableKey, execution: &mut Execution<'_>) -> Result<(), Stop> {
    execution.edit(|key| key.enabled = false)
}

/// Begins the waiting period at whose end the key is deleted (P2-107, P2-128). That of a primary key with replicas begins
/// when the last of them is deleted (LIF-231, LIF-232).
pub(super) fn schedule_key_deletion(
    request: ScheduleKeyDeletion,
    execution: &mut Execution<'_>,
) -> Result<ScheduleKeyDeletionResponse, Stop> {
    let window = request.pending_window_in_days.unwrap_or(30);
    if !(7..=30).contains(&window) {
        return Err(Error::pending_window().into());
    }
    let subject = execution.subject()?;
    let key = subject.row()?;
    let waits = !key.is_replica() && key.regions.len() > 1;
    let date = (!waits).then(|| execution.draft.deletion_date(subject.arn, window, execution.call.now));
    execution.edit(|key| key.deletion = Some(Deletion { window, date }))?;
    Ok(ScheduleKeyDeletionResponse {
        key_id: subject.arn.text(),
        deletion_date: date,
        key_state: if waits { KeyState::PendingReplicaDeletion } else { KeyState::PendingDeletion },
        pending_window_in_days: window,
    })
}

/// Ends the waiting period; the key is disabled then, whatever it was before (P2-130). A rotation that it has missed
/// happens now all the same (LIF-61).
pub(super) fn cancel_key_deletion(
    _: CancelKeyDeletion,
    execution: &mut Execution<'_>,
) -> Result<CancelKeyDeletionResponse, Stop> {
    execution.edit(|key| {
        key.deletion = None;
        key.enabled = false;
    })?;
    execution.catch_up()?;
    Ok(CancelKeyDeletionResponse { key_id: execution.subject()?.arn.text() })
}
