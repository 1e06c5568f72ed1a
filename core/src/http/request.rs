//! A request, and what it shows of its sender.

use std::{borrow::Cow, fmt, mem};

use crate::{
    caller::{Caller, Origin, Sender, VpcEndpoint},
    error::Error,
    signature::Header,
    wire,
};

/// The longest name of a caller's software that is kept, in bytes (AUD-2).
const LONGEST_AGENT: usize = 1024;

/// As many headers as a request of an SDK has at most.
const USUAL_HEADERS: usize = 16;

/// A request, taken apart: its own, or borrowed from a host that has it. It keeps its target and the bytes of all its
/// headers as they came, because a signature covers them; header values and a body of its own are wiped when it is dropped.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The method, such as `POST`.
    pub method: Cow<'a, str>,
    /// What stands behind the method: a path with its query, or a whole URL (RFC 9112 section 3.2).
    pub target: Cow<'a, str>,
    /// The headers in their order.
    pub headers: Vec<Header<'a>>,
    /// The body.
    pub body: Cow<'a, [u8]>,
    /// Who sends the request, and from where, as far as the host says so. It wins over what the request itself shows.
    pub sender: Cow<'a, Sender>,
}

impl<'a> Request<'a> {
    /// A request with all its headers, in their order.
    pub fn new(
        method: impl Into<Cow<'a, str>>,
        target: impl Into<Cow<'a, str>>,
        headers: Vec<(String, Vec<u8>)>,
        body: Vec<u8>,
    ) -> Self {
        let headers = headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let (method, target, body, sender) = (method.into(), target.into(), body.into(), Cow::default());
        Self { method, target, headers, body, sender }
    }

    /// The same of a host that keeps the request: nothing of it is copied.
    pub fn borrowed(
        method: &'a str,
        target: &'a str,
        headers: impl Iterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
    ) -> Self {
        // Hosts do not know how many headers come.
        let mut own = Vec::with_capacity(USUAL_HEADERS);
        own.extend(headers.map(|(name, value)| (name.into(), value.into())));
        let (method, target, body, sender) = (method.into(), target.into(), body.into(), Cow::default());
        Self { method, target, headers: own, body, sender }
    }

    /// The same request, of whom and from where the host says.
    #[must_use]
    pub fn with_sender(mut self, sender: Sender) -> Self {
        self.sender = Cow::Owned(sender);
        self
    }

    /// The same of a host that keeps the sender.
    #[must_use]
    pub fn of_sender(mut self, sender: &'a Sender) -> Self {
        self.sender = Cow::Borrowed(sender);
        self
    }

    /// The same request of this caller, whomever its credentials name.
    #[must_use]
    pub fn with_caller(mut self, caller: Caller) -> Self {
        self.sender.to_mut().caller = Some(caller);
        self
    }

    /// The same request from somewhere. What the origin leaves open, the request may show.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.sender.to_mut().origin = origin;
        self
    }

    /// The values of a header, in their order; names are compared without regard to case.
    pub fn values<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    /// The VPC endpoint whose name the request is for.
    pub(super) fn vpc_endpoint(&self) -> Option<VpcEndpoint> {
        self.host().and_then(VpcEndpoint::of_host)
    }

    /// How the software of the caller names itself.
    pub(super) fn user_agent(&self) -> Option<String> {
        self.values("User-Agent").next().map(|agent| as_text(&agent[..agent.len().min(LONGEST_AGENT)]))
    }

    /// The name of the host that the request is for, without its port: that of the target, which wins where it is a whole
    /// URL (RFC 9112 section 3.2.2), or of `Host`.
    pub(crate) fn host(&self) -> Option<&str> {
        let in_target = behind_scheme(&self.target).and_then(|rest| rest.split(['/', '?', '#']).next());
        let authority = in_target.or_else(|| self.first("Host"))?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let end = host.rfind(':').filter(|colon| !host[*colon..].contains(']')).unwrap_or(host.len());
        Some(&host[..end])
    }

    /// The path of the target and its query, without a host.
    pub(crate) fn path(&self) -> (&str, &str) {
        let target =
            behind_scheme(&self.target).map_or(&*self.target, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
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

impl Drop for Request<'_> {
    fn drop(&mut self) {
        let values = self.headers.iter_mut().map(|(_, value)| value).chain([&mut self.body]);
        for value in values {
            if let Cow::Owned(bytes) = mem::take(value) {
                wire::wipe(bytes);
            }
        }
    }
}

impl fmt::Debug for Request<'_> {
    /// Headers by their names, the body by its length: either may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        write!(f, "Request({} with {names:?} and {} bytes)", self.method, self.body.len())
    }
}
