//! Sentences about a request that cannot be read.

use crate::error::{Error, Exception, Violation};

impl Error {
    /// The one sentence that names every violated constraint of a request. The sentence is AWS's (messages.md).
    pub(crate) fn violations(violations: &[Violation]) -> Self {
        let clauses: Vec<String> = violations.iter().map(clause).collect();
        let errors = if clauses.len() == 1 { "error" } else { "errors" };
        let text = format!("{} validation {errors} detected: {}", clauses.len(), clauses.join("; "));
        Self::new(Exception::ValidationException, text)
    }

    /// A member that the model calls optional, but this request needs. The sentence is AWS's (messages.md).
    pub(crate) fn missing(member: &str) -> Self {
        let text = format!(
            "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
        );
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

    /// The body is not one JSON value. The sentence is ours.
    pub(crate) fn not_json(cause: &str) -> Self {
        Self::new(Exception::SerializationException, format!("the body cannot be read as JSON: {cause}"))
    }

    /// The bytes are not a request of HTTP/1.1. The sentence is ours.
    pub(crate) fn not_http(problem: &str) -> Self {
        Self::new(Exception::SerializationException, format!("the request is not HTTP/1.1: {problem}"))
    }

    /// The bytes are those of a client that wants to speak TLS, where nobody speaks it. The sentence is ours.
    pub(crate) fn speaks_tls() -> Self {
        Self::not_http("it begins with a handshake of TLS. Write http:// in the client's endpoint, or serve with --tls")
    }

    /// The bytes do not begin TLS, where nothing else is spoken. The sentence is ours.
    pub(crate) fn without_tls() -> Self {
        Self::unreadable("it comes without TLS. Write https:// in the client's endpoint, or serve without --tls")
    }

    /// The body is compressed, and so no JSON. The sentence is ours.
    pub(crate) fn compressed(coding: &str) -> Self {
        let shown: String = coding.chars().take(64).collect();
        Self::unreadable(&["its body is compressed by ", &shown, ", and KMS reads none that is"].concat())
    }

    /// A client wants to reach AWS through this address, by a tunnel. The sentence is ours.
    pub(crate) fn no_tunnel(host: &str) -> Self {
        let shown: String = host.chars().take(200).collect();
        let text = format!(
            "pocket-kms is an endpoint, and opens no tunnel to '{shown}': set AWS_ENDPOINT_URL_KMS to this address, not \
             HTTPS_PROXY"
        );
        Self::new(Exception::UnknownOperationException, text)
    }
}

fn clause(violation: &Violation) -> String {
    let Violation { at, value, constraint } = violation;
    format!("{value} at '{at}' failed to satisfy constraint: {constraint}")
}
