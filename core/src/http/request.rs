//! A request, and the call that it makes.

use std::{fmt, mem};

use zeroize::Zeroizing;

use super::{LONGEST_BODY, credentials::Scope};
use crate::{call::Incoming, caller::Caller, error::Error, names::AccountId, wire};

/// What `X-Amz-Target` begins with.
const SERVICE: &str = "TrentService.";

/// A request, taken apart. It keeps its target and the bytes of its headers as they came, because a signature covers
/// them; header values and body are wiped when it is dropped.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Request {
    /// The method, such as `POST`.
    pub method: String,
    /// What stands behind the method: a path with its query, or a whole URL (RFC 9112 section 3.2).
    pub target: String,
    /// The headers in their order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known when a request is read. A signature needs more than this: whoever adds it here changes no signature
/// of a function.
pub(crate) struct Known {
    /// The account of access keys that name none.
    pub(crate) account: AccountId,
}

impl Request {
    /// A request with all its headers, in their order.
    pub fn new(
        method: impl Into<String>,
        target: impl Into<String>,
        headers: Vec<(String, Vec<u8>)>,
        body: Vec<u8>,
    ) -> Self {
        Self { method: method.into(), target: target.into(), headers, body }
    }

    /// The values of a header, in their order; names are compared without regard to case.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// Reads the operation, the input, the caller and the Region.
    ///
    /// An access key id of twelve digits names its own account; every other one is the root user of the known account.
    pub(crate) fn read(&self, known: &Known) -> Result<Incoming, Error> {
        if self.body.len() > LONGEST_BODY {
            return Err(Error::too_large(LONGEST_BODY));
        }
        let operation = self.text("X-Amz-Target")?.and_then(|target| target.strip_prefix(SERVICE));
        let operation = operation.ok_or_else(Error::unknown_operation)?.to_owned();
        let scope = Scope::read(self.text("Authorization")?)?;
        let caller = Caller::root(AccountId::parse(&scope.access_key_id).unwrap_or(known.account));
        let input = Zeroizing::new(wire::from_json(&self.body)?);
        Ok(Incoming { operation, input, caller, region: scope.region })
    }

    /// A header that must not stand twice, since two readers could disagree on which one counts.
    fn text(&self, name: &str) -> Result<Option<&str>, Error> {
        let mut values = self.values(name);
        let Some(value) = values.next() else {
            return Ok(None);
        };
        if values.next().is_some() {
            return Err(Error::unreadable(&format!("the header {name} stands twice")));
        }
        std::str::from_utf8(value).map(Some).map_err(|_| Error::unreadable(&format!("the header {name} is not text")))
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.headers.iter_mut().for_each(|(_, value)| wire::wipe(mem::take(value)));
        wire::wipe(mem::take(&mut self.body));
    }
}

impl fmt::Debug for Request {
    /// Headers by their names, the body by its length: either may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        write!(f, "Request({} with {names:?} and {} bytes)", self.method, self.body.len())
    }
}
