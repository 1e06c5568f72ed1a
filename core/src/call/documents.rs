//! Policies that are not installed: what a call would come to by them.

use std::sync::Arc;

use crate::policy::PolicyRow;

/// A policy with its name.
type Named = (Box<str>, Arc<PolicyRow>);

/// Policies that speak in the place of those that are installed; what is absent speaks as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documents {
    /// The policy of each key that the call is about.
    pub(crate) key_policy: Option<Arc<PolicyRow>>,
    /// The identity policies of the caller: with them its account is in trust mode no more.
    pub(crate) identity: Option<Vec<Named>>,
    /// Its permissions boundary, or that it has none.
    #[expect(clippy::option_option, reason = "as it is installed, none, and another one are three things")]
    pub(crate) boundary: Option<Option<Named>>,
    /// The policies of its session.
    pub(crate) session: Option<Vec<Named>>,
    /// The service control policies of its account, level by level.
    pub(crate) service_control: Option<Vec<Vec<Named>>>,
    /// The resource control policies of the account of the resource, level by level.
    pub(crate) resource_control: Option<Vec<Vec<Named>>>,
    /// The policy of the VPC endpoint, or that it has none.
    #[expect(clippy::option_option, reason = "as it is installed, none, and another one are three things")]
    pub(crate) endpoint: Option<Option<Named>>,
}
