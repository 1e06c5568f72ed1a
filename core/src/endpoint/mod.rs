//! A served endpoint: one address at which any SDK reaches a world, its forks, and their administration.
//!
//! The host owns the socket and moves bytes:
//!
//! ```
//! use std::sync::Arc;
//! use pocket_kms::{CryptoProvider, Options, Time, World, endpoint::Endpoint, http::Connection};
//!
//! let world = Arc::new(World::new(Options::default(), CryptoProvider::default(), [7; 32]));
//! let endpoint = Endpoint::new(world, [8; 32]); // entropy from your host
//! let (mut connection, host_now) = (Connection::new(), Time::from_millis(1_800_000_000_000));
//! let received = b"GET /_pocket-kms/health HTTP/1.1\r\nHost: localhost\r\n\r\n"; // from a socket
//! let mut lines = Vec::new();
//! let sent = endpoint.exchange(&mut connection, received, host_now, |line| lines.push(line.to_string()));
//! assert!(sent.starts_with(b"HTTP/1.1 200 OK\r\n")); // write it
//! assert_eq!(lines, ["2027-01-15T08:00:00.000Z - - GET /_pocket-kms/health 200"]);
//! ```

mod administration;
mod certificate;
mod guard;
mod line;
mod worlds;

use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

pub use administration::ROUTES;
pub use certificate::{ServerCertificate, certificate};
pub use line::Line;
pub use worlds::MOST_FORKS;

use crate::{
    call::Call,
    crypto::random::Random,
    error::Error,
    http::{Connection, Request, Response},
    proxy,
    time::Time,
    wire::SecretBytes,
    world::{Progress, Reply, World},
};
use guard::Guard;
use worlds::Forks;

/// What is served at one address.
#[derive(Debug)]
pub struct Endpoint {
    root: Arc<World>,
    forks: Mutex<Forks>,
    random: Mutex<Random>,
    guard: Guard,
    /// Whether the KMS API is closed here.
    only_proxies: bool,
}

/// An answer, and the line that tells of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answered {
    /// What is sent.
    pub response: Response,
    /// What a log shows.
    pub line: Line,
}

/// How far a request has come.
#[derive(Debug)]
pub enum Begun {
    /// It is answered.
    Answered(Box<Answered>),
    /// It makes a call.
    Call(Box<Calling>),
}

/// A request that makes a call of one of the worlds.
#[derive(Debug)]
pub struct Calling {
    /// The call. A host that can answer questions gives it answers: see [`World::step`].
    pub call: Call,
    world: Arc<World>,
    /// The origin of the page that may read the answer.
    page: Option<String>,
}

impl Endpoint {
    /// Serves a world. The `entropy` is for its forks, and for a world that begins again.
    pub fn new(world: Arc<World>, entropy: impl Into<Zeroizing<[u8; 32]>>) -> Self {
        let random = Mutex::new(Random::from_entropy(&entropy.into()));
        Self { root: world, forks: Mutex::default(), random, guard: Guard::default(), only_proxies: false }
    }

    /// Lets pages of one origin, such as `http://localhost:5173`, read what is answered. Without it, browsers let none.
    ///
    /// # Errors
    /// A `ValidationException` with a sentence of ours when `origin` is not an origin.
    pub fn allow_origin(mut self, origin: &str) -> Result<Self, Error> {
        self.guard.allow(origin)?;
        Ok(self)
    }

    /// Serves the proxies of external key stores that are registered in the world, their administration, and `GET /ping` for
    /// load balancers; the KMS API stays closed. An endpoint with the API answers for proxies, too, below their prefixes.
    #[must_use]
    pub const fn only_proxies(mut self) -> Self {
        self.only_proxies = true;
        self
    }

    /// Answers administration calls of other machines, too: those of containers are some.
    #[must_use]
    pub const fn open_administration(mut self) -> Self {
        self.guard.open = true;
        self
    }

    /// Takes in what a socket has received, and gives what to send: the answers to all requests that are whole, and the
    /// refusal of what is not one. `told` gets a line for each of them.
    pub fn exchange(
        &self,
        connection: &mut Connection,
        received: &[u8],
        host_now: Time,
        mut told: impl FnMut(&Line),
    ) -> SecretBytes {
        connection.exchange_all(received, host_now, |arrived| {
            let answered = arrived
                .map_or_else(|refusal| Answered::refused(refusal, host_now), |request| self.http(request, host_now));
            told(&answered.line);
            answered.response
        })
    }

    /// Answers a request. [`Sender`](crate::Sender) of the request says what the host knows of its peer.
    pub fn http(&self, request: &Request, host_now: Time) -> Answered {
        match self.begin(request, host_now) {
            Begun::Answered(answered) => *answered,
            Begun::Call(calling) => {
                let reply = calling.world.finish(&calling.call);
                calling.answered(&reply, host_now)
            }
        }
    }

    /// Answers a request, or prepares the call that it makes, for a host that wants to answer questions.
    pub fn begin(&self, request: &Request, host_now: Time) -> Begun {
        let page = self.guard.page(request);
        let response = match self.response(request, host_now) {
            Ok((world, call)) => return Begun::Call(Box::new(Calling { call, world, page })),
            Err(response) => response.readable_by(page.as_deref()),
        };
        let line = Line::of_request(request, &response, host_now);
        Begun::Answered(Box::new(Answered { response, line }))
    }

    fn response(&self, request: &Request, host_now: Time) -> Result<(Arc<World>, Call), Response> {
        if request.method == "OPTIONS" {
            return Err(self.guard.preflight(request, host_now));
        }
        let place = self.place(request);
        let place = place.map_err(|refusal| refusal.response(host_now))?;
        if let Some(path) = place.administration() {
            return Err(administration::answer(self, request, &place, path, host_now));
        }
        if self.only_proxies && matches!(&*request.method, "GET" | "HEAD") && place.below() == "/ping" {
            return Err(Response::pong(request, host_now));
        }
        if self.only_proxies || (proxy::is_of_proxies(place.below()) && place.world.has_proxies()) {
            return Err(place.world.proxy_http_below(request, place.below(), host_now));
        }
        let call = place.world.begin_http(request, host_now).map_err(|response| *response)?;
        Ok((place.world, call))
    }

    fn entropy(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.random.lock().unwrap_or_else(PoisonError::into_inner).array())
    }
}

impl Answered {
    /// The refusal of what is not a request, which a connection has found.
    pub fn refused(response: Response, host_now: Time) -> Self {
        let line = Line::of_refusal(&response, host_now);
        Self { response, line }
    }
}

impl Calling {
    /// The world that is called.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Takes the next step of the call.
    pub fn step(&mut self) -> Progress {
        self.world.step(&mut self.call)
    }

    /// The answer with a reply that the call has got.
    pub fn answered(&self, reply: &Reply, host_now: Time) -> Answered {
        let response = reply.response(host_now).readable_by(self.page.as_deref());
        let line = Line::of_call(&self.call, reply, &response, host_now);
        Answered { response, line }
    }
}
