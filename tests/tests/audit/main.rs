//! What is told of calls: records, metrics and events, and what is asked of them.

mod asserts;
mod calls;
mod exchange;
mod history;
mod kept;
mod lookup;
mod metrics;
mod scenes;
mod schema;
mod secrets;
mod told;
