//! Sentences about grants.

use std::fmt::Display;

use crate::error::{Error, Exception};

impl Error {
    /// A grantee or retiring principal that is not a principal, or does not exist. The sentence is AWS's (recorded by users of
    /// CreateGrant and of Lambda, which calls it).
    pub(crate) fn not_a_principal(text: &str) -> Self {
        Self::new(Exception::InvalidArnException, format!("ARN does not refer to a valid principal: {text}"))
    }

    /// CreateGrant for CreateGrant alone. The sentence is AWS's (OBS-15).
    pub(crate) fn grant_of_grants_alone() -> Self {
        Self::new(Exception::ValidationException, "Grants must not contain only the CreateGrant operation.")
    }

    /// CreateGrant for no operation. The sentence is ours.
    pub(crate) fn grant_of_nothing() -> Self {
        Self::new(Exception::ValidationException, "A grant needs at least one of the grant operations in Operations")
    }

    /// CreateGrant for an operation that the key cannot do (P2-349). The sentence is ours.
    pub(crate) fn grant_operation(operation: &str, spec: &str, usage: &str) -> Self {
        let text = format!(
            "The operation {operation} cannot be granted on this key: it does not work with KeySpec {spec} and KeyUsage \
             {usage}"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// CreateGrant with no grantee, or with two. The sentence is ours, after the API page.
    pub(crate) fn one_grantee() -> Self {
        let text = "You must specify either GranteePrincipal or GranteeServicePrincipal, but not both.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateGrant with two retiring principals. The sentence is ours, after the API page.
    pub(crate) fn two_retiring_principals() -> Self {
        let text = "You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateGrant for a service, but for no resource. The sentence is ours, after the API page.
    pub(crate) fn grant_without_source() -> Self {
        let text = "When you specify a GranteeServicePrincipal, you must also specify a SourceArn grant constraint.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateGrant for a service, and nobody may retire it. The sentence is ours, after the API page.
    pub(crate) fn grant_without_retiring() -> Self {
        let text = "When you specify a GranteeServicePrincipal, you must also specify either a RetiringPrincipal or a \
                    RetiringServicePrincipal.";
        Self::new(Exception::ValidationException, text)
    }

    /// CreateGrant with both constraints on encryption contexts, of which one may be empty. The sentence is AWS's
    /// (aws/aws-sdk-java#328).
    pub(crate) fn two_context_constraints() -> Self {
        Self::new(Exception::ValidationException, "More than one constraint supplied")
    }

    /// A constraint on encryption contexts of a key that takes none (P2-385). The sentence is ours.
    pub(crate) fn context_constraint_of(spec: &str) -> Self {
        let text = format!(
            "Encryption context grant constraints are valid only on symmetric encryption keys, and the KeySpec of this key \
             is {spec}"
        );
        Self::new(Exception::ValidationException, text)
    }

    /// Too many pairs in a constraint (P2-383): that it is this exception is a decision, for its API page speaks of length
    /// constraints. The sentence is ours.
    pub(crate) fn context_constraint_pairs(most: usize) -> Self {
        let text = format!("An encryption context grant constraint can include up to {most} pairs");
        Self::new(Exception::LimitExceededException, text)
    }

    /// A text in a constraint that is too long (P2-383): that it is this exception is a decision. The sentence is ours.
    pub(crate) fn context_constraint_length(most: usize) -> Self {
        let text =
            format!("The keys and values of an encryption context grant constraint cannot exceed {most} characters");
        Self::new(Exception::LimitExceededException, text)
    }

    /// Two filters of ListGrants or ListRetirableGrants that exclude each other. The sentence is ours, after the API page.
    pub(crate) fn two_filters() -> Self {
        let text = "You can specify either a principal or a service principal, but not both.";
        Self::new(Exception::ValidationException, text)
    }

    /// ListRetirableGrants for nobody, or for two. The sentence is ours, after the API page.
    pub(crate) fn one_retiring_principal() -> Self {
        let text = "You must specify either RetiringPrincipal or RetiringServicePrincipal, but not both.";
        Self::new(Exception::ValidationException, text)
    }

    /// The filter for services, of somebody who is not a service. The sentence is ours, after the API page.
    pub(crate) fn service_filter() -> Self {
        let text = "The filter by a service principal is only usable by callers in a service principal.";
        Self::new(Exception::ValidationException, text)
    }

    /// RetireGrant that names no grant, or one in two ways. The sentence is ours.
    pub(crate) fn which_grant() -> Self {
        let text = "Name the grant either by its GrantToken, or by its KeyId and GrantId";
        Self::new(Exception::ValidationException, text)
    }

    /// A text that is not the id of a grant. The sentence is ours.
    pub(crate) fn grant_id(text: &str) -> Self {
        let shown: String = text.chars().take(64).collect();
        Self::new(
            Exception::InvalidGrantIdException,
            format!("Invalid GrantId '{shown}': it must be 64 hexadecimal digits"),
        )
    }

    /// No grant of the key has this id. The sentence is ours.
    pub(crate) fn no_grant(id: impl Display) -> Self {
        Self::new(Exception::NotFoundException, format!("Grant '{id}' does not exist"))
    }

    /// A grant token that this world has not given in this Region. The sentence is ours.
    pub(crate) fn grant_token() -> Self {
        Self::new(
            Exception::InvalidGrantTokenException,
            "The grant token is not one that CreateGrant has returned here",
        )
    }
}
