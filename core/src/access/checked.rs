//! What a check came to, in short.

use super::{Action, Decider, Resource, Ruling};
use crate::names::GrantId;

/// What a check came to, in short. It stands beside the record of a call: CloudTrail shows nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// The action that the caller needed.
    pub action: Action,
    /// What it was on.
    pub resource: Resource,
    /// What it came to.
    pub ruling: Ruling,
    /// Who has decided. Where several layers allow, policies come before grants.
    pub by: Decider,
    /// A grant that allows it, where one does: whether or not policies do, too.
    pub grant: Option<GrantId>,
    /// Whether that grant is to the account of the caller, so that its identity policies must allow it, too.
    pub delegated: bool,
}
