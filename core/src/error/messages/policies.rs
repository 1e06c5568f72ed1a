//! Sentences about key policies.

use std::fmt::Display;

use crate::error::{Error, Exception};

impl Error {
    /// A key policy longer than 32,768 bytes (P2-240). The sentence is ours.
    pub(crate) fn policy_size() -> Self {
        Self::new(Exception::LimitExceededException, "The key policy document must not be longer than 32768 bytes")
    }

    /// A key policy with a statement that names no principal. The sentence is AWS's (OBS-2).
    pub(crate) fn no_principal() -> Self {
        Self::new(Exception::MalformedPolicyDocumentException, "Policy contains a statement with no principal.")
    }

    /// A key policy that is not a policy document; `problem` says where and why. The sentence is ours.
    pub(crate) fn malformed_policy(problem: impl Display) -> Self {
        let text = format!("The policy document is malformed: {problem}");
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// A key policy that names somebody who does not exist. The sentence is AWS's (messages.md).
    pub(crate) fn invalid_principal() -> Self {
        let text = "Policy contains a statement with one or more invalid principals.";
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// A key policy with the ARN of a principal in which no account stands. The sentence is AWS's
    /// (aws-samples/aws-cross-account-cicd-pipeline#35); the exception is that of PutKeyPolicy's page for an ARN in a key
    /// policy.
    pub(crate) fn arn_in_policy() -> Self {
        Self::new(Exception::InvalidArnException, "An ARN in the specified key policy is invalid.")
    }

    /// `ForAllValues` with a single-valued condition key: the token and the name of what the key stands for. The sentence
    /// is AWS's (P3-21) for encryption contexts; its general one has "[encryption context or tag]" for both (P2-444). That
    /// tags have a token of the same form is a decision.
    pub(crate) fn overly_permissive_condition((token, fact): (&str, &str)) -> Self {
        let text = format!(
            "OverlyPermissiveCondition:{token}: Using the ForAllValues set operator with a single-valued condition key \
             matches requests without the specified {fact} or with an unspecified {fact}. To fix, remove ForAllValues."
        );
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }

    /// A key policy that would lock its author out. The sentence is AWS's (messages.md).
    pub(crate) fn lockout() -> Self {
        let text = "The new key policy will not allow you to update the key policy in the future.";
        Self::new(Exception::MalformedPolicyDocumentException, text)
    }
}
