//! HTTP requests to calls, and outcomes to HTTP responses: AWS JSON 1.1, and of STS, who calls. The host only moves
//! bytes.
//!
//! A host that owns sockets gives what it receives to [`Connection::exchange`] and sends what comes back. A host inside
//! an SDK hands over a [`Request`] that the SDK has built.

mod buffer;
mod chunks;
mod connection;
mod credentials;
mod dispatch;
mod head;
mod lines;
mod monitoring;
mod query;
mod reasons;
mod request;
mod response;
mod service;
mod verification;

pub use connection::{Arrival, Connection};
pub(crate) use dispatch::{Dispatched, Known};
pub(crate) use monitoring::{Answer, Fault, Monitored};
pub use reasons::{DECISIONS_HEADER, REASONS_HEADER};
pub use request::Request;
pub(crate) use request::behind_scheme;
pub(crate) use response::RETRY_AFTER_HEADER;
pub use response::Response;

use crate::wire;

/// The longest body of a request, in bytes.
pub const LONGEST_BODY: usize = wire::MAX_REQUEST_BYTES;

#[cfg(test)]
mod tests;
