//! Access levels of actions (Service Authorization Reference, AWS KMS).

use crate::access::Action;

/// The access level of an action.
pub(super) const fn level(action: Action) -> &'static str {
    use Action::*;
    match action {
        ListAliases | ListGrants | ListKeyPolicies | ListKeyRotations | ListKeys | ListResourceTags
        | ListRetirableGrants => "List",
        DescribeCustomKeyStores
        | DescribeKey
        | GetKeyLastUsage
        | GetKeyPolicy
        | GetKeyRotationStatus
        | GetParametersForImport
        | GetPublicKey => "Read",
        CreateGrant | PutKeyPolicy | RetireGrant | RevokeGrant => "Permissions management",
        TagResource | UntagResource => "Tagging",
        _ => "Write",
    }
}
