//! Sentences about callers, and how they reach the service.

use crate::error::{Error, Exception};

impl Error {
    /// No operation has this name. AWS sends no sentence (recorded by LocalStack).
    pub(crate) fn unknown_operation() -> Self {
        Self::silent(Exception::UnknownOperationException)
    }

    /// The request carries no credentials. The sentence is AWS's (common errors of AWS).
    pub(crate) fn no_credentials() -> Self {
        Self::new(Exception::MissingAuthenticationTokenException, "Missing Authentication Token")
    }

    /// The `Authorization` header cannot be read. The sentence is ours.
    pub(crate) fn authorization_header(problem: &str) -> Self {
        Self::new(
            Exception::IncompleteSignatureException,
            format!("The Authorization header cannot be read: {problem}"),
        )
    }

    /// The request is for another service. The sentence is AWS's (Signature Version 4); what
    /// follows it is ours: one service is answered as a whole, others in parts.
    pub(crate) fn other_service(service: &str, whole: &str, parts: &str, last_part: &str) -> Self {
        let shown: String = service.chars().take(64).collect();
        let text = format!(
            "Credential should be scoped to correct service: '{whole}'. pocket-kms answers {whole}, and some of {parts} \
             and {last_part}; this request is for '{shown}': send it to another endpoint"
        );
        Self::new(Exception::InvalidSignatureException, text)
    }

    /// STS has been asked for something that it does not do here. The sentence is ours.
    pub(crate) fn unknown_action(action: &str) -> Self {
        let shown: String = action.chars().take(64).collect();
        let text = format!(
            "Of sts, pocket-kms answers AssumeRole, AssumeRoleWithWebIdentity, GetCallerIdentity, GetFederationToken and \
             GetSessionToken, not '{shown}'. To call as somebody, take the ARN as the access key id"
        );
        Self::new(Exception::UnknownOperationException, text)
    }

    /// GetCallerIdentity of a service. The sentence is ours.
    pub(crate) fn no_identity(service: &str) -> Self {
        Self::new(Exception::ValidationException, format!("{service} is a service: it has no account and no user id"))
    }

    /// The access key id is an ARN, and not that of a principal. The sentence is AWS's (common errors of AWS);
    /// what follows it is ours.
    pub(crate) fn access_key_of_nobody(access_key_id: &str) -> Self {
        let shown: String = access_key_id.chars().take(200).collect();
        let text = format!(
            "The security token included in the request is invalid: the access key id '{shown}' is not the ARN of a \
             principal. Use that of a root user, user, role, role session or federated user, such as \
             arn:aws:iam::111122223333:user/Alice"
        );
        Self::new(Exception::UnrecognizedClientException, text)
    }

    /// The access key id is the ARN of a principal of another partition. The sentence is AWS's (common errors of
    /// AWS); what follows it is ours.
    pub(crate) fn other_partition(arn: &str, region: &str, partition: &str) -> Self {
        let text = format!(
            "The security token included in the request is invalid: {arn} cannot call {region}, whose principals have \
             ARNs that begin with arn:{partition}:"
        );
        Self::new(Exception::UnrecognizedClientException, text)
    }

    /// The body is longer than any request of the API. The sentence is ours.
    pub(crate) fn too_large(most: usize) -> Self {
        Self::new(Exception::RequestEntityTooLargeException, format!("The body must not be longer than {most} bytes"))
    }

    /// The caller may not do this, because a statement of a policy of this type denies it; `policy` is the ARN of the
    /// policy, where it has one. The sentence is AWS's (section 5 of authorization.md; `troubleshoot_access-denied.html`).
    pub(crate) fn denied_explicitly(
        caller: &str,
        action: &str,
        resource: Option<&str>,
        policy_type: &str,
        policy: Option<&str>,
    ) -> Self {
        let on = resource.map(|resource| format!(" on resource: {resource}")).unwrap_or_default();
        let article = if policy_type.starts_with('i') { "an" } else { "a" };
        let policy = policy.map(|arn| format!(": {arn}")).unwrap_or_default();
        let text = format!(
            "User: {caller} is not authorized to perform: {action}{on} with an explicit deny in {article} {policy_type}{policy}"
        );
        Self::new(Exception::AccessDeniedException, text)
    }

    /// The caller may not do this, because no policy of this type allows it. The sentence is AWS's (section 5 of
    /// authorization.md); of the tags of a new resource it names no resource.
    pub(crate) fn not_allowed(caller: &str, action: &str, resource: Option<&str>, policy_type: &str) -> Self {
        let on = resource.map(|resource| format!(" on resource: {resource}")).unwrap_or_default();
        let text = format!(
            "User: {caller} is not authorized to perform: {action}{on} because no {policy_type} allows the {action} action"
        );
        Self::new(Exception::AccessDeniedException, text)
    }

    /// The caller may not do this with a key of another account or Region, which may or may not exist (P3-187);
    /// `by_ciphertext` where the request names the key by a ciphertext alone. The sentence is AWS's (section 5 of authorization.md).
    pub(crate) fn denied_elsewhere(caller: &str, action: &str, by_ciphertext: bool) -> Self {
        let what = if by_ciphertext { "the resource associated with this ciphertext" } else { "this resource" };
        let text = format!(
            "User: {caller} is not authorized to perform: {action} on {what} because the resource does not exist in this \
             Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
        );
        Self::new(Exception::AccessDeniedException, text)
    }
}
