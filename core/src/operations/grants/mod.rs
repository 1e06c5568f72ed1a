//! Grants: permissions on one key that their creator gives to one grantee, and that somebody takes back.

mod checks;
mod create;
mod end;
mod lists;
mod token;

use crate::{shapes::*, wire::shape};

pub(crate) use checks::can_be_granted;
pub(super) use create::create_grant;
pub(super) use end::{retire_grant, retire_grant_keys, revoke_grant};
pub(super) use lists::{list_grants, list_retirable_grants};
pub(crate) use token::tokens;

shape! {
    pub struct CreateGrant -> CreateGrantResponse {
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

    pub struct CreateGrantResponse {
        GrantToken grant_token: Always GrantTokenType,
        GrantId grant_id: Always GrantIdType,
    }

    pub struct ListGrants -> ListGrantsResponse {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        KeyId key_id: Required KeyIdType,
        GrantId grant_id: Optional GrantIdType,
        GranteePrincipal grantee_principal: Optional PrincipalIdType,
        GranteeServicePrincipal grantee_service_principal: Optional ServicePrincipalType,
    }

    pub struct ListGrantsResponse {
        Grants grants: Always GrantList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct ListRetirableGrants -> ListGrantsResponse {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        RetiringPrincipal retiring_principal: Optional PrincipalIdType,
        RetiringServicePrincipal retiring_service_principal: Optional ServicePrincipalType,
    }

    pub struct RetireGrant -> () {
        GrantToken grant_token: Optional GrantTokenType,
        KeyId key_id: Optional KeyIdType,
        GrantId grant_id: Optional GrantIdType,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct RevokeGrant -> () {
        KeyId key_id: Required KeyIdType,
        GrantId grant_id: Required GrantIdType,
        DryRun dry_run: Optional NullableBooleanType,
    }
}
