//! What is told of calls: records, metrics and events, and what is asked of them.

mod kept;
mod metrics;
