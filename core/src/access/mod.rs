//! The authorization step: one check for each key that a call is about, answered with AWS's sentence and with reasons.
//!
//! The procedure is that of section 2 of authorization.md. Accounts are in *trust* mode: their principals exist, and
//! their identity policies allow everything; key policies decide all the rest.

mod action;
mod authorize;
mod condition_keys;
mod context;
mod decision;

pub use action::Action;
pub use condition_keys::{Actions, CONDITION_KEYS, ConditionKey, ConditionKind};
pub use decision::{Decision, Layer, Resource, Ruling};

pub(crate) use authorize::{Check, authorize, by_identity, may_put_policy, without_account};
pub(crate) use context::Identity;
