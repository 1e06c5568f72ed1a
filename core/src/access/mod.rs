//! The authorization step: one check for each key that a call is about, answered with AWS's sentence and with reasons.
//!
//! The procedure is that of section 2 of authorization.md. Accounts are in *trust* mode: their principals exist, and
//! their identity policies allow everything; key policies decide all the rest.

mod authorize;
mod context;

pub use authorize::{Decision, Layer};

pub(crate) use authorize::{Check, authorize, may_put_policy};
