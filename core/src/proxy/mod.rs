//! The proxy role of the external key store protocol, and a key manager behind it: one responder, for requests that a KMS
//! of this world makes, and for those that a host has received (section 1.13 of custom-key-stores.md).

mod authentication;
mod authorization;
mod body;
mod faults;
mod line;
mod place;
mod refusal;
mod responder;
mod sealing;
mod transport;
mod trusted;

pub(crate) use line::ProxyLine;
pub(crate) use place::is_of_proxies;
pub(crate) use trusted::{make_trust, trusted};

use crate::{
    call::{ProxyAnswer, ProxyRequest},
    crypto::{CryptoProvider, random::Random},
    names::ProxyName,
    signature::{Header, Message},
    state::{Mark, Meters, ProxyRow, State},
    time::Time,
};
use responder::Responder;

/// The proxies of a world as a request finds them.
#[derive(Clone, Copy)]
pub(crate) struct Proxies<'a> {
    pub(crate) state: &'a State,
    pub(crate) meters: &'a Meters,
    pub(crate) provider: &'a CryptoProvider,
    /// What the same call has marked before: a fault that hits once does not hit its second request.
    pub(crate) earlier: &'a [Mark],
    /// The world's time.
    pub(crate) now: Time,
}

/// A request as it has arrived.
#[derive(Clone, Copy)]
pub(crate) struct Received<'a> {
    pub(crate) message: Message<'a>,
    /// The path below the address at which proxies are served: it says what is asked.
    pub(crate) path: &'a str,
    /// The host that is asked for.
    pub(crate) host: &'a str,
    /// The id of the key store that asks, where it is one of this world: then the proxy speaks TLS as it is set to.
    pub(crate) store: Option<&'a str>,
}

/// What has become of a request.
pub(crate) struct Answered {
    pub(crate) answer: ProxyAnswer,
    /// What the meters are to know: a call that is refused leaves it, too (CKS-181).
    pub(crate) marks: Vec<Mark>,
    /// What the log of the proxy tells.
    pub(crate) line: ProxyLine,
}

/// Answers what a KMS of this world asks; `None` where no proxy is registered for the host.
pub(crate) fn answer(proxies: Proxies<'_>, request: &ProxyRequest, random: &mut Random) -> Option<Answered> {
    let mut here = proxies.state.proxies_of(&request.host).peekable();
    here.peek()?;
    let found = place::prefix_of(&request.path).and_then(|prefix| here.find(|(name, _)| name.prefix() == prefix));
    Some(asked_by_kms(request, |received| respond(proxies, received, found, random)))
}

/// Answers what a host has received. It listens under names of its own: where no endpoint has the name, the prefix alone
/// says which logical key store is meant.
pub(crate) fn serve(proxies: Proxies<'_>, received: &Received<'_>, random: &mut Random) -> Answered {
    let prefix = place::prefix_of(received.path);
    let fitting = proxies.state.proxies.iter().filter(|(name, _)| Some(name.prefix()) == prefix);
    let fitting: Vec<_> = fitting.map(|(name, row)| (name, &**row)).collect();
    let named = fitting.iter().find(|(name, _)| name.host().eq_ignore_ascii_case(received.host));
    respond(proxies, received, named.or(fitting.first()).copied(), random)
}

/// Reads a request of KMS as one that has arrived.
fn asked_by_kms<T>(request: &ProxyRequest, answer: impl FnOnce(&Received<'_>) -> T) -> T {
    let headers = request.headers.iter().map(|(name, value)| ((*name).into(), value.as_bytes().into()));
    let headers: Vec<Header<'_>> = headers.collect();
    let (method, path, body) = (ProxyRequest::METHOD, request.path.as_str(), &request.body[..]);
    let message = Message { method, path, query: "", headers: &headers, authority: None, body };
    answer(&Received { message, path, host: &request.host, store: Some(request.store.id.as_str()) })
}

fn respond(
    proxies: Proxies<'_>,
    received: &Received<'_>,
    found: Option<(&ProxyName, &ProxyRow)>,
    random: &mut Random,
) -> Answered {
    match (found, place::place(received.path)) {
        (Some((name, row)), Some(place)) => Responder::new(proxies, received, place, (name, row)).answered(random),
        _ => responder::nowhere(proxies, received),
    }
}
