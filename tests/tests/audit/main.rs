//! What is told of calls: records, metrics and events, and what is asked of them.

mod history;
mod kept;
mod metrics;
