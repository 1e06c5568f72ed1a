//! `additionalEventData`: what else a record tells of an action.

use super::Facts;

/// What else is told, as JSON text.
pub(super) fn of(_: &Facts<'_>) -> Option<Box<str>> {
    None
}
