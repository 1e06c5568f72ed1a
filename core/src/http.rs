//! HTTP requests to calls, and outcomes to HTTP responses: AWS JSON 1.1. The host only moves bytes.
//!
//! A host that owns sockets feeds what it receives to a [`Connection`] and sends the bytes of each [`Response`]. A host
//! inside of an SDK hands over a [`Request`] that the SDK has built.

mod connection;
mod credentials;

pub use connection::{Arrival, Connection};

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    call::{Caller, Incoming},
    error::{Error, Exception},
    names::AccountId,
    wire::{self, Value},
};

/// The longest body of a request, in bytes.
pub const LONGEST_BODY: usize = wire::MAX_REQUEST_BYTES;

/// What `X-Amz-Target` begins with.
const SERVICE: &str = "TrentService.";

/// The headers that a request is read from, in lower case: a host inside of an SDK may leave out all others.
pub const HEADERS: [&str; 2] = [TARGET, AUTHORIZATION];

const TARGET: &str = "x-amz-target";
const AUTHORIZATION: &str = "authorization";

/// A request, taken apart.
#[derive(Clone, Default)]
pub struct Request {
    /// The method, such as `POST`.
    pub method: String,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers in their order, without those of the connection.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl fmt::Debug for Request {
    /// Headers by their names, the body by its length: either may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        write!(f, "Request({} with {names:?} and {} bytes)", self.method, self.body.len())
    }
}

impl fmt::Debug for Response {
    /// The body by its length: it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({} with {} bytes)", self.status, self.body.len())
    }
}

impl Request {
    /// The value of a header; names are compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads the operation, the input, the caller and the Region.
    ///
    /// An access key id of twelve digits names its own account; every other one is the root user of `account`.
    pub(crate) fn read(&self, account: AccountId) -> Result<Incoming, Error> {
        if self.body.len() > LONGEST_BODY {
            return Err(Error::too_large(LONGEST_BODY));
        }
        let operation = self.header(TARGET).and_then(|target| target.strip_prefix(SERVICE));
        let operation = operation.ok_or_else(Error::unknown_operation)?.to_owned();
        let scope = credentials::Scope::read(self.header(AUTHORIZATION))?;
        let caller = Caller::root(AccountId::parse(&scope.access_key_id).unwrap_or(account));
        let input = Zeroizing::new(wire::from_json(&self.body)?);
        Ok(Incoming { operation, input, caller, region: scope.region })
    }
}

impl Response {
    /// The answer to a call.
    pub fn new(reply: &Result<Value, Error>, request_id: &str) -> Self {
        let (status, body) = match reply {
            Ok(Value::Null) => (200, Vec::new()),
            Ok(reply) => (200, wire::to_json(reply)),
            Err(error) => (error.exception.status(), wire::to_json(&body(error))),
        };
        let headers = vec![
            ("x-amzn-RequestId", request_id.to_owned()),
            ("Content-Type", "application/x-amz-json-1.1".to_owned()),
            ("Cache-Control", "no-cache, no-store, must-revalidate, private".to_owned()),
        ];
        Self { status, headers, body }
    }

    /// A few words to a person who opens the address in a browser.
    pub(crate) fn greeting() -> Self {
        let text = "pocket-kms answers the AWS KMS API here. Point an SDK or the AWS CLI at this address.\n";
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status: 200, headers, body: text.as_bytes().to_vec() }
    }

    /// The bytes of the response; `keep_alive` says whether the connection stays open.
    pub fn bytes(&self, keep_alive: bool) -> Vec<u8> {
        let reason = if self.status < 300 { "OK" } else { "Refused" };
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let (headers, length) = (headers.concat(), self.body.len());
        let connection = if keep_alive { "keep-alive" } else { "close" };
        let head = format!(
            "HTTP/1.1 {} {reason}\r\n{headers}Content-Length: {length}\r\nConnection: {connection}\r\n\r\n",
            self.status
        );
        [head.as_bytes(), &self.body].concat()
    }
}

/// The body of an exception. Common errors name their sentence with a capital letter, modelled ones do not.
fn body(error: &Error) -> Value {
    let mut members = vec![("__type".to_owned(), Value::from(error.exception.name()))];
    if let Some(message) = &error.message {
        let name = if error.exception == Exception::AccessDeniedException { "Message" } else { "message" };
        members.push((name.to_owned(), Value::from(message.as_str())));
    }
    Value::Map(members)
}
