//! A response: a reply or an exception in AWS JSON 1.1.

use std::{fmt, mem};

use super::{Request, reasons};
use crate::{
    access::Decision,
    call::{ActingFault, Effect, ProxyAnswer},
    error::{Error, Exception},
    time::{Span, Time},
    wire::{self, Members, SecretBytes, Value},
};

/// The header that tells an SDK how many milliseconds it is to wait before it tries again (LIF-400).
pub(crate) const RETRY_AFTER_HEADER: &str = "x-amz-retry-after";

/// How long a connection is kept on which nothing is answered.
const SILENCE: Span = Span::from_millis(10_000);

/// A response. Its body is wiped when it is dropped.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers in their order, without those of the connection.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long the host waits before it sends it: a fault that somebody has asked for.
    pub delay: Span,
    /// Whether the connection breaks instead, and nothing of this is sent: another such fault. Its status is 0.
    pub reset: bool,
    /// Why it is not a reply, in a sentence.
    pub(crate) why: Option<String>,
    /// The answer to `HEAD` says how long its body would be, and has none.
    pub(super) only_head: bool,
}

impl Response {
    /// The answer to a call.
    ///
    /// `Date` is `host_now`, the host's clock, not the world's (a decision): SDKs correct their own clock by it and sign
    /// with the corrected time. In a world that is years ahead they would sign with times that no other clock of the
    /// machine confirms, and each client with another time, depending on its last response. Only who must sign by the
    /// world's clock is shown it.
    pub fn new(reply: &Result<Value, Error>, request_id: &str, host_now: Time) -> Self {
        let (status, body) = match reply {
            Ok(Value::Null) => (200, Vec::new()),
            Ok(reply) => (200, wire::to_json(reply)),
            Err(error) => (error.exception.status(), wire::to_json(&exception(error))),
        };
        let mut response = Self::of(status, "application/x-amz-json-1.1", body, request_id, host_now);
        response.why = reply.as_ref().err().map(in_short);
        response
    }

    /// A reply, or a refusal, of what is not KMS.
    pub(crate) fn json(status: u16, reply: &Value, host_now: Time) -> Self {
        let headers = vec![
            ("Date", host_now.http_date()),
            ("Content-Type", "application/json".to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        Self::made(status, headers, wire::to_json(reply))
    }

    /// A text of what is not KMS.
    pub(crate) fn text(kind: &str, text: String, host_now: Time) -> Self {
        let headers = vec![
            ("Date", host_now.http_date()),
            ("Content-Type", kind.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        Self::made(200, headers, text.into_bytes())
    }

    /// An answer in XML.
    pub(super) fn xml(status: u16, body: String, request_id: &str, host_now: Time) -> Self {
        Self::of(status, "text/xml", body.into_bytes(), request_id, host_now)
    }

    /// An answer without a body.
    pub(crate) fn empty(host_now: Time) -> Self {
        let headers = vec![("Date", host_now.http_date())];
        Self::made(200, headers, Vec::new())
    }

    /// What a proxy answers. Where it does not, the connection breaks: at once, or after a while.
    pub(crate) fn of_proxy(answer: &ProxyAnswer, why: Option<String>, host_now: Time) -> Self {
        let mut response = Self::empty(host_now);
        match answer {
            ProxyAnswer::Response(answer) => {
                response.status = answer.status;
                let shown = ["Content-Type", "Location", "Allow"].into_iter().filter_map(|name| {
                    let (_, value) = answer.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
                    Some((name, value.clone()))
                });
                response.headers.extend(shown);
                response.headers.push(("Cache-Control", "no-store".to_owned()));
                response.body = answer.body.to_vec();
                response.delay = Span::from_millis(answer.elapsed.into());
            }
            broken => {
                (response.status, response.reset) = (0, true);
                response.delay = if matches!(broken, ProxyAnswer::Timeout(_)) { SILENCE } else { Span::default() };
            }
        }
        response.why = why;
        response
    }

    /// What load balancers are told that ask whether a proxy is there (CKS-28).
    pub(crate) fn pong(request: &Request, host_now: Time) -> Self {
        let text = ["pong from pocket-kms ", env!("CARGO_PKG_VERSION"), "\n"].concat();
        let headers = vec![("Date", host_now.http_date()), ("Content-Type", "text/plain; charset=utf-8".to_owned())];
        let mut response = Self::made(200, headers, text.into_bytes());
        response.only_head = request.method == "HEAD";
        response
    }

    /// The same response, which was refused for this reason.
    pub(super) fn because(mut self, error: &Error) -> Self {
        self.why = Some(in_short(error));
        self
    }

    pub(super) fn of(status: u16, kind: &str, body: Vec<u8>, request_id: &str, host_now: Time) -> Self {
        let mut headers = vec![
            ("x-amzn-RequestId", request_id.to_owned()),
            ("Date", host_now.http_date()),
            ("Content-Type", kind.to_owned()),
            ("Cache-Control", "no-cache, no-store, must-revalidate, private".to_owned()),
        ];
        // What is not a request has no id.
        headers.retain(|(_, value)| !value.is_empty());
        Self::made(status, headers, body)
    }

    const fn made(status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Self {
        Self { status, headers, body, delay: Span::from_millis(0), reset: false, why: None, only_head: false }
    }

    /// The response to a call that meets a fault.
    pub(crate) fn with_fault(mut self, fault: &ActingFault, host_now: Time) -> Self {
        let status = match fault.kind.effect() {
            Effect::Status(status) => Some(status),
            Effect::Reset => Some(0),
            Effect::Exception(_) | Effect::Wait => None,
        };
        if let Some(status) = status {
            let mut empty = Self::empty(host_now);
            (empty.status, empty.why) = (status, self.why.take());
            self = empty;
            self.reset = status == 0;
        }
        let waits = fault.retry_after.map(|span| (RETRY_AFTER_HEADER, span.millis().to_string()));
        self.headers.extend(waits);
        self.delay = fault.delay;
        self
    }

    /// The same response, which also tells why the caller was denied, in two headers: `x-pocket-kms-reasons`, a list of
    /// sentences in JSON, and `x-pocket-kms-decisions`, a list of decisions.
    pub(crate) fn with_reasons(mut self, decisions: &[Decision]) -> Self {
        self.headers.extend(reasons::sentences(decisions).map(|value| (reasons::REASONS_HEADER, value)));
        self.headers.extend(reasons::data(decisions).map(|value| (reasons::DECISIONS_HEADER, value)));
        self
    }

    /// A few words to a person who opens the address in a browser; `None` for a request that makes a call.
    pub(crate) fn to_browser(request: &Request, host_now: Time) -> Option<Self> {
        let only_head = match &*request.method {
            // What is signed asks some service for something: to programs, a greeting would be an empty answer.
            _ if request.is_signed() => return None,
            "GET" => false,
            "HEAD" => true,
            _ => return None,
        };
        let text = "pocket-kms answers the AWS KMS API here. Point an SDK or the AWS CLI at this address.\n";
        let headers = vec![("Date", host_now.http_date()), ("Content-Type", "text/plain; charset=utf-8".to_owned())];
        let mut response = Self::made(200, headers, text.as_bytes().to_vec());
        response.only_head = only_head;
        Some(response)
    }

    /// The bytes of the response; `keep_alive` says whether the connection stays open. None where it breaks.
    pub fn bytes(&self, keep_alive: bool) -> SecretBytes {
        if self.reset {
            return SecretBytes::new(Vec::new());
        }
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let (headers, length) = (headers.concat(), self.body.len());
        let connection = if keep_alive { "keep-alive" } else { "close" };
        let (status, reason) = (self.status, reason(self.status));
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\n{headers}Content-Length: {length}\r\nConnection: {connection}\r\n\r\n"
        );
        let body = if self.only_head { &[][..] } else { &self.body };
        SecretBytes::new([head.as_bytes(), body].concat())
    }
}

/// An error in one line: behind the first one may stand a request with its session token.
fn in_short(error: &Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl Drop for Response {
    fn drop(&mut self) {
        wire::wipe(mem::take(&mut self.body));
    }
}

impl fmt::Debug for Response {
    /// The body by its length: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({} with {} bytes)", self.status, self.body.len())
    }
}

/// The reason phrase of each status that an exception has. AWS keeps the old name of 413, as its exception does.
const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        302 => "Found",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Request Entity Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Bad Request",
    }
}

/// The body of an exception. Common errors name their sentence with a capital letter, modelled ones do not.
fn exception(error: &Error) -> Value {
    let mut members: Members = vec![("__type".into(), Value::from(error.exception.name()))];
    if let Some(message) = &error.message {
        let name = if error.exception == Exception::AccessDeniedException { "Message" } else { "message" };
        members.push((name.into(), Value::from(message.as_str())));
    }
    Value::Map(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_an_exception_has_its_reason_phrase() {
        for exception in Exception::ALL {
            assert_eq!(exception.status() == 400, reason(exception.status()) == "Bad Request", "{}", exception.name());
        }
    }
}
