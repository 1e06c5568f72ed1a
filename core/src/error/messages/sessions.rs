//! Sentences of STS about sessions.

use crate::error::{Error, Exception};

impl Error {
    /// A root user wants to assume a role. The sentence is AWS's (kubeflow/testing#961).
    pub(crate) fn roles_are_not_for_root() -> Self {
        Self::new(Exception::AccessDeniedException, "Roles may not be assumed by root accounts.")
    }

    /// A trust policy denies. The sentence is AWS's (`troubleshoot_access-denied.html`; the resource as in others).
    pub(crate) fn denied_by_trust(caller: &str, action: &str, role: &str) -> Self {
        let text = format!(
            "User: {caller} is not authorized to perform: {action} on resource: {role} with an explicit deny in the role \
             trust policy"
        );
        Self::new(Exception::AccessDeniedException, text)
    }

    /// What is to be assumed is not a role of this partition. The sentence is ours.
    pub(crate) fn not_a_role(arn: &str) -> Self {
        let shown: String = arn.chars().take(200).collect();
        let text = format!(
            "{shown} is invalid: it is not the ARN of a role of this partition, such as \
             arn:aws:iam::111122223333:role/team/App"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// A session opens a session for more than an hour. The sentence is AWS's (mmmorris1975/aws-runas#11).
    pub(crate) fn role_chaining_is_shorter() -> Self {
        let text = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        Self::new(Exception::ValidationException, text)
    }

    /// A role does not let its sessions last so long. The sentence is AWS's (kreuzwerker/awsu#27).
    pub(crate) fn session_is_shorter() -> Self {
        let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        Self::new(Exception::ValidationException, text)
    }

    /// The trust policy of a role does not let who shows a token open a session. The sentence is AWS's
    /// (aws/aws-sdk-js-v3#6225), which has no others; those of the other actions have its form.
    pub(crate) fn not_by_token(action: &str) -> Self {
        Self::new(Exception::AccessDeniedException, format!("Not authorized to perform {action}"))
    }

    /// What is shown is not a JSON Web Token. The sentence is AWS's (`AssumeRoleWithWebIdentity`, access tokens).
    pub(crate) fn not_a_token() -> Self {
        let text = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
        Self::new(Exception::InvalidIdentityTokenException, text)
    }

    /// A token lacks a claim. The sentence is AWS's (aws-actions/configure-aws-credentials#502).
    pub(crate) fn claim_is_missing(claim: &str) -> Self {
        Self::new(Exception::InvalidIdentityTokenException, format!("Missing a required claim: {claim}"))
    }

    /// A token has expired; the times are in seconds. The sentence is AWS's (aws/aws-sdk-java-v2#5709).
    pub(crate) fn token_has_expired(now: i64, expires: i64) -> Self {
        let text = format!("Token expired: current date/time {now} must be before the expiration date/time {expires}");
        Self::new(Exception::ExpiredIdentityTokenException, text)
    }

    /// AssumeRole by a federated user, which calls nothing of STS but GetCallerIdentity. The sentence is ours.
    pub(crate) fn federated_users_assume_no_roles() -> Self {
        let text = "Cannot call AssumeRole with the credentials of a federated user";
        Self::new(Exception::AccessDeniedException, text)
    }

    /// GetFederationToken with temporary credentials. The sentence is AWS's (in the form of that for GetSessionToken).
    pub(crate) fn federation_of_session() -> Self {
        Self::new(Exception::AccessDeniedException, "Cannot call GetFederationToken with session credentials")
    }

    /// GetSessionToken with temporary credentials. The sentence is AWS's (aws/aws-sdk-php#1876).
    pub(crate) fn session_of_session() -> Self {
        Self::new(Exception::AccessDeniedException, "Cannot call GetSessionToken with session credentials")
    }

    /// A source identity is to be replaced. The sentence is ours.
    pub(crate) fn source_identity_stays(identity: &str) -> Self {
        let text =
            format!("The source identity of this session is {identity}: it cannot be changed while roles are chained");
        Self::new(Exception::ValidationException, text)
    }

    /// Two tags have one key. The sentence is ours.
    pub(crate) fn duplicate_session_tags() -> Self {
        let text = "Two session tags have the same key: keys of tags are compared without regard to case";
        Self::new(Exception::ValidationException, text)
    }

    /// A tag that is to be transitive is not passed. The sentence is ours.
    pub(crate) fn transitive_tag_not_passed(key: &str) -> Self {
        let shown: String = key.chars().take(128).collect();
        let text = format!("The transitive tag key '{shown}' is not the key of one of the requested tags");
        Self::new(Exception::ValidationException, text)
    }

    /// A tag has the key of one that the session inherits. The sentence is ours.
    pub(crate) fn transitive_tag_conflict() -> Self {
        let text =
            "One of the requested tags has the key of a transitive tag of the calling session, which it inherits";
        Self::new(Exception::ValidationException, text)
    }

    /// The session policies are too long together. The sentence is ours.
    pub(crate) fn session_policies_too_long(length: usize, most: usize) -> Self {
        let text =
            format!("The session policies have {length} characters with the ARNs of managed ones: at most {most} fit");
        Self::new(Exception::ValidationException, text)
    }

    /// More temporary credentials are kept than a world has room for. The sentence is ours.
    pub(crate) fn too_many_sessions() -> Self {
        let text = "Rate exceeded: this world keeps 100,000 access keys that have not expired";
        Self::new(Exception::ThrottlingException, text)
    }
}
