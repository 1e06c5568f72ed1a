//! What is told of calls: records, metrics and events, and what is asked of them.

mod agreement;
mod alarms;
mod asserts;
mod calls;
mod deliveries;
mod diff;
mod events;
mod exchange;
mod history;
mod identities;
#[path = "../shared/json_schema.rs"]
mod json_schema;
mod kept;
mod lookup;
mod metrics;
mod monitoring;
mod privilege;
mod samples;
mod scenes;
mod schema;
mod secrets;
mod service;
mod shape;
mod stores;
mod told;
