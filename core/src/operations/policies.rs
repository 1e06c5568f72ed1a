//! Key policies: reading and replacing them, and what a new one must be.

use std::sync::Arc;

use super::Execution;
use crate::{
    access::{self, Ruling},
    call::Stop,
    error::Error,
    names::{AccountId, KeyArn, Partition},
    policy::{self, Condition, Kind, Malformed, PolicyRow, PrincipalEntry, Problem, SetOperator, Statement},
    shapes::*,
    state::{AccountRow, KeyRow},
    wire::shape,
};

shape! {
    pub struct GetKeyPolicy -> GetKeyPolicyResponse {
        KeyId key_id: Required KeyIdType,
        PolicyName policy_name: Optional PolicyNameType,
    }

    pub struct GetKeyPolicyResponse {
        Policy policy: Always PolicyType,
        PolicyName policy_name: Always PolicyNameType,
    }

    pub struct ListKeyPolicies -> ListKeyPoliciesResponse {
        KeyId key_id: Required KeyIdType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub struct ListKeyPoliciesResponse {
        PolicyNames policy_names: Always PolicyNameList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct PutKeyPolicy -> () {
        KeyId key_id: Required KeyIdType,
        PolicyName policy_name: Optional PolicyNameType,
        Policy policy: Required PolicyType,
        BypassPolicyLockoutSafetyCheck bypass_policy_lockout_safety_check: Optional BooleanType,
    }
}

/// The only name that a key policy can have.
const POLICY_NAME: &str = "default";

/// The longest key policy in bytes (P2-240).
///
/// Nobody says whether KMS counts the white space between the elements. Here it does not count, as in IAM's own quotas:
/// GetKeyPolicy shows a policy with more white space than it was given, and what it shows can always be put again.
const MAX_POLICY_BYTES: usize = 32_768;

/// Shows the key policy.
pub(super) fn get_key_policy(
    request: GetKeyPolicy,
    execution: &mut Execution<'_>,
) -> Result<GetKeyPolicyResponse, Stop> {
    named(request.policy_name.as_deref(), Error::no_policy)?;
    let state = execution.draft.state();
    let policy = state.policy_of(&execution.subject()?.arn).ok_or_else(|| Error::internal("a key has no policy"))?;
    let policy = state.shown(policy);
    Ok(GetKeyPolicyResponse { policy, policy_name: POLICY_NAME.to_owned() })
}

/// Replaces the key policy.
pub(super) fn put_key_policy(request: PutKeyPolicy, execution: &mut Execution<'_>) -> Result<(), Stop> {
    named(request.policy_name.as_deref(), Error::policy_name)?;
    let subject = execution.subject()?;
    let bypass = request.bypass_policy_lockout_safety_check;
    let policy = new_policy(request.policy, bypass, subject.arn, subject.row()?, execution)?;
    execution.draft.put_policy(subject.arn, policy);
    Ok(())
}

/// Lists the names of a key's policies: there is exactly one.
pub(super) fn list_key_policies(
    request: ListKeyPolicies,
    execution: &mut Execution<'_>,
) -> Result<ListKeyPoliciesResponse, Stop> {
    execution.subject()?;
    // The one name does not fill a page, so we never give a marker; nothing follows any other marker.
    let policy_names = request.marker.map_or_else(|| vec![POLICY_NAME.to_owned()], |_| Vec::new());
    Ok(ListKeyPoliciesResponse { policy_names, next_marker: None, truncated: false })
}

fn named(name: Option<&str>, otherwise: fn() -> Error) -> Result<(), Error> {
    if name.is_none_or(|name| name == POLICY_NAME) { Ok(()) } else { Err(otherwise()) }
}

/// Reads a policy that a request attaches to a key, and refuses one that locks its author out unless told to bypass.
///
/// # Errors
/// `MalformedPolicyDocumentException`, `LimitExceededException`.
pub(super) fn new_policy(
    text: String,
    bypass: Option<bool>,
    key: KeyArn,
    row: &KeyRow,
    execution: &mut Execution<'_>,
) -> Result<Arc<PolicyRow>, Error> {
    let policy = PolicyRow::parse(text, Kind::ResourcePolicy).map_err(|malformed| refusal(&malformed))?;
    let policy = policy.rewritten(|text| policy::laid_out(text).ok());
    if bytes_without_layout(policy.text()) > MAX_POLICY_BYTES {
        return Err(Error::policy_size());
    }
    if let Some(fact) = policy.document().statements().iter().flat_map(Statement::conditions).find_map(too_permissive) {
        return Err(Error::overly_permissive_condition(fact));
    }
    let (partition, state) = (key.region.partition(), execution.draft.state());
    let mut principals = policy.document().statements().iter().flat_map(Statement::principals);
    if principals.any(|one| is_nobody(one, partition) || state.misses(one)) {
        return Err(Error::invalid_principal());
    }
    let policy = policy.bound_to(|arn| state.unique_id(arn));
    if bypass != Some(true) {
        let checked = access::may_put_policy(&policy, key, row, execution.call, state);
        let keeps_access = checked.ruling == Ruling::Allowed;
        if execution.call.audit {
            execution.further.checks.push(checked);
        }
        if !keeps_access {
            return Err(Error::lockout());
        }
    }
    Ok(Arc::new(policy))
}

/// The length of a JSON text without the white space outside its strings.
fn bytes_without_layout(json: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    let counts = |byte: &u8| {
        let counts = quoted || !byte.is_ascii_whitespace();
        quoted ^= *byte == b'"' && !escaped;
        escaped = quoted && *byte == b'\\' && !escaped;
        counts
    };
    json.bytes().filter(counts).count()
}

/// AWS has a sentence of its own for three of the ways in which a document can be malformed.
fn refusal(malformed: &Malformed) -> Error {
    match &malformed.problem {
        Problem::InvalidPrincipal(text) if is_arn_without_account(text) => Error::arn_in_policy(),
        Problem::InvalidPrincipal(_) => Error::invalid_principal(),
        Problem::Missing("Principal") => Error::no_principal(),
        _ => Error::malformed_policy(malformed),
    }
}

/// Whether a text is an ARN with something else than an account in the field of the account, such as what is left where
/// nobody filled a template in: nothing, or `${AWS::AccountId}`. A wildcard there is a principal that is not valid.
fn is_arn_without_account(text: &str) -> bool {
    let mut fields = text.split(':');
    let account = (fields.next() == Some("arn")).then(|| fields.nth(3)).flatten();
    account.is_some_and(|account| AccountId::parse(account).is_none() && !account.contains(['*', '?']))
}

/// `ForAllValues` is true without any value: with a single-valued key it lets everything else in. Returns the token and
/// the name of the fact that the key stands for.
fn too_permissive(condition: &Condition) -> Option<(&'static str, &'static str)> {
    let key = condition.key().to_ascii_lowercase();
    let fact = match () {
        () if key.starts_with("kms:encryptioncontext:") => ("EncryptionContext", "encryption context"),
        () if key.starts_with("aws:requesttag/") => ("RequestTag", "tag"),
        () => return None,
    };
    (condition.operator().set == Some(SetOperator::ForAllValues)).then_some(fact)
}

/// Whether a new policy cannot name this principal. A unique id is what is left of one that has been deleted; it cannot be
/// saved again. Those of another partition do not exist in this one (seen in GovCloud:
/// cloudposse/terraform-aws-vpc-flow-logs-s3-bucket PR 27).
fn is_nobody(principal: &PrincipalEntry, partition: Partition) -> bool {
    let elsewhere = principal.partition().is_some_and(|named| named != partition.as_str());
    elsewhere || matches!(principal, PrincipalEntry::UniqueId(_))
}

/// Sees to it that the caller's account has the policy of a key that is created without one (P1-122, P1-123); all such
/// keys share it. An account has one in each partition, whose name stands in it.
pub(super) fn settle_default_policy(execution: &mut Execution<'_>) -> Result<(), Error> {
    let account = execution.call.caller.account;
    let partition = execution.call.region.partition();
    let known = execution.draft.state().accounts.get(&account);
    if known.is_some_and(|row| row.default_policy(partition).is_some()) {
        return Ok(());
    }
    let text = DEFAULT_POLICY.replace("{root}", &format!("arn:{}:iam::{account}:root", partition.as_str()));
    let policy = PolicyRow::parse(text, Kind::ResourcePolicy)
        .map_err(|_| Error::internal("the default key policy is malformed"))?;
    let mut row = known.map(|row| AccountRow::clone(row)).unwrap_or_default();
    row.default_policies.push((partition, Arc::new(policy)));
    execution.draft.put_account(account, row);
    Ok(())
}

/// The text, byte for byte, that GetKeyPolicy shows for a key created without a policy.
const DEFAULT_POLICY: &str = r#"{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "{root}"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}"#;
