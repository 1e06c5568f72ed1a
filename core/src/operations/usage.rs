//! When a key was last used, and how long it has not been.

use super::{Execution, Subject};
use crate::{
    access::Action,
    call::Stop,
    lags::Lag,
    shapes::*,
    state::{Key, LastUse, Meters, State},
    time::{Span, Time},
    wire::shape,
};

shape! {
    pub struct GetKeyLastUsage -> GetKeyLastUsageResponse {
        KeyId key_id: Required KeyIdType,
    }

    pub struct GetKeyLastUsageResponse {
        KeyId key_id: Always KeyIdType,
        KeyLastUsage key_last_usage: Always KeyLastUsageData,
        TrackingStartDate tracking_start_date: Always DateType,
        KeyCreationDate key_creation_date: Always DateType,
    }
}

/// Since when KMS tracks the use of keys: 2026-04-23T00:00:00Z (LIF-345).
const TRACKED_SINCE: Time = Time::from_millis(1_776_902_400_000);

/// Says which cryptographic operation last used a key, and when (LIF-341 to LIF-350), as far as it shows already.
pub(super) fn get_key_last_usage(
    _: GetKeyLastUsage,
    execution: &mut Execution<'_>,
) -> Result<GetKeyLastUsageResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let now = execution.call.now;
    let lag = execution.draft.state().lag(Lag::LastUsage);
    Ok(GetKeyLastUsageResponse {
        key_id: subject.arn.id.to_string(),
        key_last_usage: told(execution.meters.shown_use(&subject.arn, now, lag)),
        tracking_start_date: tracking_start(key, now),
        key_creation_date: key.own().created,
    })
}

/// A use as the reply tells it, in whole seconds (LIF-343); a key that was not used has an empty one (LIF-342).
fn told(last: Option<&LastUse>) -> KeyLastUsageData {
    KeyLastUsageData {
        operation: last.map(|last| last.operation),
        timestamp: last.map(|last| Time::from_millis(last.at.millis() - last.at.millis().rem_euclid(1000))),
        cloud_trail_event_id: last.map(|last| last.event_id.to_string()),
        kms_request_id: last.map(|last| last.request_id.to_string()),
    }
}

/// From when on the use of a key is known. In a world before the day on which AWS began, it is known from its creation.
fn tracking_start(key: &Key, now: Time) -> Time {
    let created = key.own().created;
    if now < TRACKED_SINCE { created } else { created.max(TRACKED_SINCE) }
}

/// For how many whole days a key has not been used, where policies ask that (LIF-351).
pub(crate) fn idle_days(subject: &Subject, meters: &Meters, state: &State, now: Time) -> Option<i64> {
    if !matches!(subject.action, Action::DisableKey | Action::ScheduleKeyDeletion) {
        return None;
    }
    let key = subject.row.as_ref()?;
    let last = meters.shown_use(&subject.arn, now, state.lag(Lag::LastUsage));
    let since = last.map_or_else(|| tracking_start(key, now), |last| last.at);
    Some((now.millis() - since.millis()).max(0) / Span::from_days(1).millis())
}
