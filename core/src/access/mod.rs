//! The authorization step: one check for each resource that a call is about, answered with AWS's sentence and with
//! reasons.
//!
//! The procedure is that of section 2 of authorization.md: `hearing` asks every layer and rules, `refusal` has the
//! sentences, and [`Decision`] says why. An account in which nobody is registered is in *trust* mode: its principals
//! exist, and their identity policies allow everything.

mod action;
mod assume;
mod attributes;
mod authorize;
mod checked;
mod condition_keys;
mod context;
mod decision;
mod explained;
mod grants;
mod hearing;
pub(crate) mod questions;
mod refusal;
mod speakers;

pub use action::Action;
pub use checked::Checked;
pub use condition_keys::{Actions, CONDITION_KEYS, ConditionKey, ConditionKind, Source};
pub use decision::{
    DECISION_VERSION, Decider, Deciding, Decision, GrantFinding, GrantOutcome, Layer, LayerFinding, LinkedRole,
    PolicyFinding, Resource, Ruling, Says,
};
pub use explained::Explained;

pub(crate) use assume::{Assumption, may_assume, may_federate};
pub(crate) use authorize::{Answer, Check, authorize, explain, may_put_policy};
pub(crate) use context::Identity;
pub(crate) use decision::Detail;
