//! The exceptions that KMS answers with: wire name, HTTP status, and the sentences of a request that cannot be read.

use std::fmt;

use crate::wire::Violation;

macro_rules! exceptions {
    ($($(#[$doc:meta])* $name:ident = $status:literal;)+) => {
        /// Every exception of the API model and the errors common to all AWS JSON services.
        ///
        /// The variant's name is the name on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Exception { $($(#[$doc])* #[doc = concat!("HTTP status ", stringify!($status), ".")] $name,)+ }

        impl Exception {
            /// All rows of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name on the wire, as in `__type`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The HTTP status of a response that carries this exception.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }
        }
    };
}

exceptions! {
    AlreadyExistsException = 400;
    CloudHsmClusterInUseException = 400;
    CloudHsmClusterInvalidConfigurationException = 400;
    CloudHsmClusterNotActiveException = 400;
    CloudHsmClusterNotFoundException = 400;
    CloudHsmClusterNotRelatedException = 400;
    ConflictException = 400;
    CustomKeyStoreHasCMKsException = 400;
    CustomKeyStoreInvalidStateException = 400;
    CustomKeyStoreNameInUseException = 400;
    CustomKeyStoreNotFoundException = 400;
    DependencyTimeoutException = 500;
    DisabledException = 400;
    DryRunOperationException = 400;
    ExpiredImportTokenException = 400;
    IncorrectKeyException = 400;
    IncorrectKeyMaterialException = 400;
    IncorrectTrustAnchorException = 400;
    InvalidAliasNameException = 400;
    InvalidArnException = 400;
    InvalidCiphertextException = 400;
    InvalidGrantIdException = 400;
    InvalidGrantTokenException = 400;
    InvalidImportTokenException = 400;
    InvalidKeyUsageException = 400;
    InvalidMarkerException = 400;
    KMSInternalException = 500;
    KMSInvalidMacException = 400;
    KMSInvalidSignatureException = 400;
    KMSInvalidStateException = 400;
    KeyUnavailableException = 500;
    LimitExceededException = 400;
    MalformedPolicyDocumentException = 400;
    NotFoundException = 400;
    TagException = 400;
    UnsupportedOperationException = 400;
    XksKeyAlreadyInUseException = 400;
    XksKeyInvalidConfigurationException = 400;
    XksKeyNotFoundException = 400;
    XksProxyIncorrectAuthenticationCredentialException = 400;
    XksProxyInvalidConfigurationException = 400;
    XksProxyInvalidResponseException = 400;
    XksProxyUriEndpointInUseException = 400;
    XksProxyUriInUseException = 400;
    XksProxyUriUnreachableException = 400;
    XksProxyVpcEndpointServiceInUseException = 400;
    XksProxyVpcEndpointServiceInvalidConfigurationException = 400;
    XksProxyVpcEndpointServiceNotFoundException = 400;
    /// Common error: the caller lacks permission.
    AccessDeniedException = 400;
    /// Common error: the `Authorization` header cannot be read.
    IncompleteSignatureException = 400;
    /// Common error: the request carries no credentials.
    MissingAuthenticationTokenException = 400;
    /// Common error: the name is not for customers to use.
    NotAuthorizedException = 400;
    /// Common error: the body is larger than any request of this API.
    RequestEntityTooLargeException = 413;
    /// Common error: the body is not a JSON object of the expected types.
    SerializationException = 400;
    /// Common error: `X-Amz-Target` names no operation.
    UnknownOperationException = 400;
    /// Common error: one or more members violate their constraints.
    ValidationException = 400;
}

/// What a refused call is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Which exception.
    pub exception: Exception,
    /// AWS's sentence; `None` where AWS sends none (for example `InvalidCiphertextException`).
    pub message: Option<String>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(f, "{}: {message}", self.exception.name()),
            None => f.write_str(self.exception.name()),
        }
    }
}

impl std::error::Error for Error {}

/// Sentences of the wire: what a request that cannot be read is answered with.
impl Error {
    /// An exception with its sentence; sentences are written here and in `sentences.rs` alone.
    pub(crate) fn new(exception: Exception, message: impl Into<String>) -> Self {
        Self { exception, message: Some(message.into()) }
    }

    /// An exception to which AWS sends no sentence.
    pub(crate) fn silent(exception: Exception) -> Self {
        Self { exception, message: None }
    }

    /// The one sentence that names every violated constraint of a request.
    pub(crate) fn violations(violations: &[Violation]) -> Self {
        let clauses: Vec<String> = violations.iter().map(clause).collect();
        let errors = if clauses.len() == 1 { "error" } else { "errors" };
        let text = format!("{} validation {errors} detected: {}", clauses.len(), clauses.join("; "));
        Self::new(Exception::ValidationException, text)
    }

    /// A member is of another JSON type than the model says. The sentence is ours; AWS's names Java classes.
    pub(crate) fn wrong_kind(at: &str, found: &str, wanted: &str) -> Self {
        let place = if at.is_empty() { "the request".to_owned() } else { format!("'{at}'") };
        Self::new(Exception::SerializationException, format!("{place} is {found}, but it must be {wanted}"))
    }

    /// A blob is not base64. The sentence is ours.
    pub(crate) fn not_base64(at: &str) -> Self {
        Self::new(Exception::SerializationException, format!("'{at}' is not valid base64"))
    }

    /// The request holds what no encoding can say. The sentence is ours.
    pub(crate) fn unreadable(problem: &str) -> Self {
        Self::new(Exception::SerializationException, format!("the request cannot be read: {problem}"))
    }

    /// The bytes of a connection are not a request of HTTP/1.1 (RFC 9112). The sentence is ours.
    pub(crate) fn not_http(problem: &str) -> Self {
        Self::new(Exception::SerializationException, format!("the request is not HTTP/1.1: {problem}"))
    }

    /// The body is not one JSON value. The sentence is ours.
    pub(crate) fn not_json(cause: &str) -> Self {
        Self::new(Exception::SerializationException, format!("the body cannot be read as JSON: {cause}"))
    }
}

fn clause(violation: &Violation) -> String {
    let Violation { at, value, constraint } = violation;
    format!("{value} at '{at}' failed to satisfy constraint: {constraint}")
}
