//! The errors of the protocol: names, statuses, and sentences, which are ours (CKS-93 to CKS-104).

use crate::{
    call::ProxyResponse,
    wire::{self, Value},
};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) error: ProxyError,
    /// Printable ASCII of fewer than 512 characters.
    pub(super) message: &'static str,
}

macro_rules! errors {
    ($($error:ident = $status:literal,)+) => {
        /// An error of the protocol.
        #[expect(clippy::enum_variant_names, reason = "they bear the protocol's names")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ProxyError { $($error,)+ }

        impl ProxyError {
            const ALL: &'static [Self] = &[$(Self::$error,)+];

            /// `errorName`.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$error => stringify!($error),)+ }
            }

            /// The status of HTTP.
            const fn status(self) -> u16 {
                match self { $(Self::$error => $status,)+ }
            }
        }
    };
}

errors! {
    ValidationException = 400,
    InvalidStateException = 400,
    InvalidCiphertextException = 400,
    InvalidKeyUsageException = 400,
    AuthenticationFailedException = 401,
    AccessDeniedException = 403,
    KeyNotFoundException = 404,
    InvalidUriPathException = 404,
    ThrottlingException = 429,
    InternalException = 500,
    UnsupportedOperationException = 501,
    DependencyTimeoutException = 503,
}

impl ProxyError {
    /// A refusal with this error.
    pub(super) const fn because(self, message: &'static str) -> Refusal {
        Refusal { error: self, message }
    }
}

impl Refusal {
    /// The response.
    pub(super) fn response(self) -> ProxyResponse {
        response(self.error.status(), self.error.name(), self.message)
    }
}

/// A response with this error, as a fault wants it.
pub(super) fn faulty(name: &str, message: Option<&str>, status: Option<u32>) -> ProxyResponse {
    let known = ProxyError::ALL.iter().find(|error| error.name() == name).map(|error| error.status());
    let status = status.and_then(|status| status.try_into().ok()).or(known).unwrap_or(400);
    response(status, name, message.unwrap_or("a fault that somebody has asked for"))
}

fn response(status: u16, name: &str, message: &str) -> ProxyResponse {
    let body = Value::from([("errorName", Value::from(name)), ("errorMessage", Value::from(message))]);
    json(status, &body)
}

/// A response in one line of JSON.
pub(super) fn json(status: u16, body: &Value) -> ProxyResponse {
    ProxyResponse::new(status, wire::to_json(body)).header("Content-Type", "application/json")
}
