//! What a new grant must be: the rules that no shape can tell.

use super::CreateGrant;
use crate::{
    caller::Caller,
    error::Error,
    names::Region,
    shapes::*,
    state::{ContextConstraint, Existence, GrantOperations, GrantParty, KeyRow, State},
};

/// The most pairs of a constraint, and the most characters of a name or a value in it (P2-383).
const MOST_PAIRS: usize = 8;
const LONGEST_TEXT: usize = 384;

/// Who gets the grant: a principal, or a service for a resource (API_CreateGrant.html).
pub(super) fn grantee(request: &CreateGrant, region: Region, state: &State) -> Result<GrantParty, Error> {
    match (&request.grantee_principal, &request.grantee_service_principal) {
        (Some(principal), None) => party(principal, region, state),
        (None, Some(service)) => {
            if request.constraints.as_ref().is_none_or(|constraints| constraints.source_arn.is_none()) {
                return Err(Error::grant_without_source());
            }
            if request.retiring_principal.is_none() && request.retiring_service_principal.is_none() {
                return Err(Error::grant_without_retiring());
            }
            Ok(GrantParty::service(service))
        }
        _ => Err(Error::one_grantee()),
    }
}

/// Who may retire the grant.
pub(super) fn retiring(request: &CreateGrant, region: Region, state: &State) -> Result<Option<GrantParty>, Error> {
    match (&request.retiring_principal, &request.retiring_service_principal) {
        (Some(_), Some(_)) => Err(Error::two_retiring_principals()),
        (Some(principal), None) => party(principal, region, state).map(Some),
        (None, service) => Ok(service.as_deref().map(GrantParty::service)),
    }
}

/// A principal by its ARN: an account, a user, a role, a session of one or a federated user, and one that exists. Groups
/// and organizations are not principals, and services have members of their own. Twelve digits are an account (decision).
fn party(text: &str, region: Region, state: &State) -> Result<GrantParty, Error> {
    let named = Caller::parse(text).filter(|caller| !caller.is_service() && caller.reaches(region));
    let arn = match named {
        Some(caller) if !text.starts_with("arn:") => caller.arn(region),
        Some(_) => text.to_owned(),
        None => return Err(Error::not_a_principal(text)),
    };
    match state.exists(&arn) {
        Existence::Missing => Err(Error::not_a_principal(text)),
        Existence::Registered(id) => Ok(GrantParty::principal(&arn, Some(id))),
        Existence::Trusted => Ok(GrantParty::principal(&arn, None)),
    }
}

/// The operations of a grant: some, not CreateGrant alone (OBS-15), and such as the key can do (P2-349, P2-352).
pub(super) fn operations(wanted: &[GrantOperation], key: &KeyRow) -> Result<GrantOperations, Error> {
    if wanted.is_empty() {
        return Err(Error::grant_of_nothing());
    }
    if wanted.iter().all(|operation| *operation == GrantOperation::CreateGrant) {
        return Err(Error::grant_of_grants_alone());
    }
    match wanted.iter().find(|operation| !can_be_granted(**operation, key)) {
        Some(operation) => Err(Error::grant_operation(operation.as_str(), key.spec.as_str(), key.usage.as_str())),
        None => Ok(wanted.iter().copied().collect()),
    }
}

/// Whether a key can do what a grant would allow.
pub(crate) fn can_be_granted(operation: GrantOperation, key: &KeyRow) -> bool {
    use GrantOperation::*;
    let is_symmetric = key.spec == KeySpec::SymmetricDefault;
    match operation {
        CreateGrant | DescribeKey | RetireGrant => true,
        Decrypt | Encrypt | ReEncryptFrom | ReEncryptTo => key.usage == KeyUsageType::EncryptDecrypt,
        GenerateDataKey
        | GenerateDataKeyWithoutPlaintext
        | GenerateDataKeyPair
        | GenerateDataKeyPairWithoutPlaintext => is_symmetric,
        GenerateMac | VerifyMac => key.usage == KeyUsageType::GenerateVerifyMac,
        Sign | Verify => key.usage == KeyUsageType::SignVerify,
        DeriveSharedSecret => key.usage == KeyUsageType::KeyAgreement,
        Encapsulate | Decapsulate => key.usage == KeyUsageType::EncapsulateDecapsulate,
        GetPublicKey => !is_symmetric && key.usage != KeyUsageType::GenerateVerifyMac,
    }
}

/// The constraint of a grant on encryption contexts, which only symmetric encryption keys have (P2-385): one at most.
pub(super) fn context(constraints: &GrantConstraints, key: &KeyRow) -> Result<Option<ContextConstraint>, Error> {
    let (exact, pairs) = match (&constraints.encryption_context_equals, &constraints.encryption_context_subset) {
        (Some(_), Some(_)) => return Err(Error::two_context_constraints()),
        (Some(pairs), None) => (true, pairs),
        (None, Some(pairs)) => (false, pairs),
        (None, None) => return Ok(None),
    };
    if key.spec != KeySpec::SymmetricDefault {
        return Err(Error::context_constraint_of(key.spec.as_str()));
    }
    if pairs.len() > MOST_PAIRS {
        return Err(Error::context_constraint_pairs(MOST_PAIRS));
    }
    let is_long = |text: &String| text.chars().count() > LONGEST_TEXT;
    if pairs.iter().any(|(name, value)| is_long(name) || is_long(value)) {
        return Err(Error::context_constraint_length(LONGEST_TEXT));
    }
    let pairs = pairs.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect();
    // A subset without pairs asks for nothing.
    Ok(Some(ContextConstraint { exact, pairs }).filter(|context| context.exact || !context.pairs.is_empty()))
}
