//! Grants: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct CreateGrantRequest {
        KeyId key_id: Required KeyIdType,
        GranteePrincipal grantee_principal: Optional PrincipalIdType,
        RetiringPrincipal retiring_principal: Optional PrincipalIdType,
        Operations operations: Required GrantOperationList,
        Constraints constraints: Optional GrantConstraints,
        GrantTokens grant_tokens: Optional GrantTokenList,
        Name name: Optional GrantNameType,
        DryRun dry_run: Optional NullableBooleanType,
        GranteeServicePrincipal grantee_service_principal: Optional ServicePrincipalType,
        RetiringServicePrincipal retiring_service_principal: Optional ServicePrincipalType,
    }

    pub(super) struct CreateGrantResponse {
        GrantToken grant_token: Optional GrantTokenType,
        GrantId grant_id: Optional GrantIdType,
    }

    pub(super) struct ListGrantsRequest {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        KeyId key_id: Required KeyIdType,
        GrantId grant_id: Optional GrantIdType,
        GranteePrincipal grantee_principal: Optional PrincipalIdType,
        GranteeServicePrincipal grantee_service_principal: Optional ServicePrincipalType,
    }

    pub(super) struct ListGrantsResponse {
        Grants grants: Optional GrantList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Optional BooleanType,
    }

    pub(super) struct ListRetirableGrantsRequest {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        RetiringPrincipal retiring_principal: Optional PrincipalIdType,
        RetiringServicePrincipal retiring_service_principal: Optional ServicePrincipalType,
    }

    pub(super) struct RetireGrantRequest {
        GrantToken grant_token: Optional GrantTokenType,
        KeyId key_id: Optional KeyIdType,
        GrantId grant_id: Optional GrantIdType,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub(super) struct RevokeGrantRequest {
        KeyId key_id: Required KeyIdType,
        GrantId grant_id: Required GrantIdType,
        DryRun dry_run: Optional NullableBooleanType,
    }
}
