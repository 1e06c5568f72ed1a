//! Alarms over metrics and records: what they are about, when they change, and those that the guide recommends (AUD-205).

mod definition;
mod recipes;
mod state;
mod watch;

pub(crate) use definition::{Alarm, Source, Threshold};
pub(crate) use watch::{Alarms, Eyes, MOST_ALARMS};
