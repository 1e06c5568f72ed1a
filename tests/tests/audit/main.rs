//! What is told of calls: records, metrics and events, and what is asked of them.

mod calls;
mod kept;
mod metrics;
mod scenes;
mod schema;
mod secrets;
mod told;
