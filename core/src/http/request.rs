//! A request, and what it shows of its sender.

use std::{fmt, mem};

use crate::{
    caller::{Caller, Origin, Sender, VpcEndpoint},
    error::Error,
    wire,
};

/// The longest name of a caller's software that is kept, in bytes (AUD-2).
const LONGEST_AGENT: usize = 1024;

/// A request, taken apart. It keeps its target and the bytes of all its headers as they came, because a signature covers
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
    /// Who sends the request, and from where, as far as the host says so. It wins over what the request itself shows.
    pub sender: Sender,
}

impl Request {
    /// A request with all its headers, in their order.
    pub fn new(
        method: impl Into<String>,
        target: impl Into<String>,
        headers: Vec<(String, Vec<u8>)>,
        body: Vec<u8>,
    ) -> Self {
        Self { method: method.into(), target: target.into(), headers, body, sender: Sender::default() }
    }

    /// The same request, of whom and from where the host says.
    #[must_use]
    pub fn with_sender(mut self, sender: Sender) -> Self {
        self.sender = sender;
        self
    }

    /// The same request of this caller, whomever its credentials name.
    #[must_use]
    pub fn with_caller(mut self, caller: Caller) -> Self {
        self.sender.caller = Some(caller);
        self
    }

    /// The same request from somewhere. What the origin leaves open, the request may show.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.sender.origin = origin;
        self
    }

    /// The values of a header, in their order; names are compared without regard to case.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// What the request shows of where it comes from.
    pub(super) fn shown(&self) -> Origin {
        let vpc_endpoint = self.host().and_then(|host| VpcEndpoint::of_host(&host));
        let agent = self.values("User-Agent").next().map(|agent| &agent[..agent.len().min(LONGEST_AGENT)]);
        let user_agent = agent.map(as_text);
        Origin { user_agent, vpc_endpoint, ..Origin::default() }
    }

    /// The name of the host that the request is for, without its port: that of the target, which wins where it is a whole
    /// URL (RFC 9112 section 3.2.2), or of `Host`.
    pub(crate) fn host(&self) -> Option<String> {
        let in_target = behind_scheme(&self.target).and_then(|rest| rest.split(['/', '?', '#']).next());
        let authority = in_target.or_else(|| self.first("Host"))?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let end = host.rfind(':').filter(|colon| !host[*colon..].contains(']')).unwrap_or(host.len());
        Some(host[..end].to_owned())
    }

    /// The path of the target and its query, without a host.
    pub(crate) fn path(&self) -> (&str, &str) {
        let target = behind_scheme(&self.target)
            .map_or(self.target.as_str(), |rest| rest.find('/').map_or("/", |at| &rest[at..]));
        let target = target.split('#').next().unwrap_or_default();
        target.split_once('?').unwrap_or((target, ""))
    }

    /// The first value of a header, if it is text.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.values(name).next().and_then(|value| std::str::from_utf8(value).ok())
    }

    /// A header that must not stand twice, since two readers could disagree on which one counts.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Error> {
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

/// Bytes as text; what is not UTF-8 is replaced.
fn as_text(bytes: &[u8]) -> String {
    // The library's replacing looks at every byte by itself, also where there is nothing to replace.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), str::to_owned)
}

/// What stands in a URL behind its scheme.
pub(crate) fn behind_scheme(url: &str) -> Option<&str> {
    ["http://", "https://"].iter().find_map(|scheme| url.strip_prefix(scheme))
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
