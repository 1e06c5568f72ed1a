//! Signature Version 4 of AWS: what of a request is signed, how it is signed, and whether a signature is right.
//!
//! The pages of IAM that say it are "Create a signed AWS API request" and "Troubleshoot Signature Version 4 signing";
//! AWS's test suite agrees with them. The crate `aws-sigv4` signs, but verifies nothing, reads no request, and brings the
//! types of the SDK with it; what is wanted here is one HMAC and some sorting.

use std::borrow::Cow;

mod canonical;
mod presented;
mod signing;

pub(crate) use canonical::decoded;
pub(crate) use presented::parameter;
pub use presented::{Form, Presented};
pub use signing::{Scope, Signature};

/// A header of a request: its name and the bytes of its value, as they came.
pub type Header<'a> = (Cow<'a, str>, Cow<'a, [u8]>);

/// The algorithm, as requests name it.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a credential scope ends with.
pub const TERMINATOR: &str = "aws4_request";

/// The parts of a request that a signature covers, as they were sent.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The method.
    pub method: &'a str,
    /// The path of the URL.
    pub path: &'a str,
    /// What stands behind the `?` of the URL.
    pub query: &'a str,
    /// The headers in their order.
    pub headers: &'a [Header<'a>],
    /// The host of the URL, with its port unless that is the scheme's own: the signed `Host` of a request that does not
    /// show one.
    pub authority: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// The values of a header, in their order; names are compared without regard to case.
    fn values(self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    /// The first value of a header, if it is text.
    fn text(self, name: &'a str) -> Option<&'a str> {
        self.values(name).next().and_then(|value| std::str::from_utf8(value).ok()).map(str::trim)
    }
}
