//! One connection: bytes in, whole requests out, bytes to send back. It owns no socket.

use std::{collections::VecDeque, fmt, net::IpAddr};

use super::{
    Request, Response,
    buffer::Buffer,
    chunks::ChunkReader,
    head::{Framing, Head, HeadReader, Taken, begins_tls},
};
use crate::{
    error::Error,
    time::{Span, Time},
    wire::SecretBytes,
};

/// What a peer that waits to be asked for its body is sent (RFC 9110 section 15.2.1).
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// The requests of one connection as they arrive.
///
/// Every byte is looked at once and copied a bounded number of times, however the stream is cut.
#[derive(Default)]
pub struct Connection {
    reading: Reading,
    arrived: VecDeque<Arrived>,
    /// Nothing that arrives from now on is read.
    closing: bool,
    peer: Option<IpAddr>,
    /// How long what was given to be sent last is kept back.
    delay: Span,
    work: u64,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({} requests wait, closing: {})", self.arrived.len(), self.closing)
    }
}

/// What a host has to do next.
#[derive(Debug)]
pub enum Arrival {
    /// Answer a whole request, and send the [`Response::bytes`] of the response.
    Request(Box<Request<'static>>),
    /// Send this refusal of what is not a request, as any response.
    Refused(Box<Response>),
    /// Send these bytes: the wish that the peer should send its body.
    Send(SecretBytes),
}

/// What has arrived and waits for the host.
enum Arrived {
    Request(Box<Request<'static>>),
    Continue,
    Refused(Error),
}

/// Where in a request the stream is.
enum Reading {
    Head(HeadReader),
    Body(Box<Body>),
}

impl Default for Reading {
    fn default() -> Self {
        Self::Head(HeadReader::default())
    }
}

/// A request whose body is on its way.
struct Body {
    request: Request<'static>,
    keep_alive: bool,
    bytes: Buffer,
    rest: Rest,
}

/// What is missing of a body.
enum Rest {
    Bytes(usize),
    Chunks(ChunkReader),
}

impl Connection {
    /// A connection that has received nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A connection of the peer with this address: its requests come from there.
    #[must_use]
    pub fn from_peer(address: IpAddr) -> Self {
        Self { peer: Some(address.to_canonical()), ..Self::default() }
    }

    /// Takes in what the socket has received.
    pub fn receive(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !self.closing && !rest.is_empty() {
            match self.advance(rest) {
                Ok(used) => rest = &rest[used..],
                Err(error) => self.refuse(error),
            }
        }
    }

    /// Looks at the first bytes that a port of TLS receives: says whether they begin TLS, which the host then reads by
    /// itself. Anything else is refused with a sentence, and nothing behind it is read.
    pub fn begins_tls(&mut self, first: &[u8]) -> bool {
        let begins = begins_tls(first);
        if !begins {
            self.refuse(Error::without_tls());
        }
        begins
    }

    fn refuse(&mut self, error: Error) {
        self.arrived.push_back(Arrived::Refused(error));
        self.reading = Reading::default();
        self.closing = true;
    }

    /// Takes in what the socket has received, and gives what to send: the answers to all requests that are whole.
    ///
    /// ```
    /// use pocket_kms::{CryptoProvider, Options, Time, World, http::Connection};
    ///
    /// let (world, mut connection) = (World::new(Options::default(), CryptoProvider::default(), [7; 32]), Connection::new());
    /// let host_now = Time::from_millis(1_800_000_000_000);
    /// let received = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"; // from a socket
    /// let sent = connection.exchange(received, host_now, |request| world.http(request, host_now));
    /// assert!(sent.starts_with(b"HTTP/1.1 200 OK\r\n")); // write it, and close unless the connection is kept alive
    /// assert!(connection.keeps_alive());
    /// ```
    pub fn exchange(
        &mut self,
        received: &[u8],
        host_now: Time,
        mut answer: impl FnMut(&Request) -> Response,
    ) -> SecretBytes {
        self.exchange_all(received, host_now, |arrived| arrived.map_or_else(|refusal| refusal, &mut answer))
    }

    /// The same for a host that wants to hear of refusals, too: it is given that of what is not a request, and sends what it
    /// gives back.
    pub fn exchange_all(
        &mut self,
        received: &[u8],
        host_now: Time,
        mut answer: impl FnMut(Result<&Request, Response>) -> Response,
    ) -> SecretBytes {
        self.receive(received);
        self.delay = Span::default();
        let mut sent = Buffer::default();
        while let Some(arrival) = self.next_arrival(host_now) {
            let bytes = match arrival {
                Arrival::Request(request) => {
                    let response = answer(Ok(&request));
                    self.obey(&response);
                    response.bytes(self.keeps_alive())
                }
                Arrival::Refused(refusal) => answer(Err(*refusal)).bytes(self.keeps_alive()),
                Arrival::Send(bytes) => bytes,
            };
            sent.append(&bytes);
        }
        SecretBytes::new(sent.into_bytes())
    }

    /// What the host has to do next; `None` until more has been received. The time is that of refusals.
    pub fn next_arrival(&mut self, host_now: Time) -> Option<Arrival> {
        Some(match self.arrived.pop_front()? {
            Arrived::Request(request) => Arrival::Request(request),
            Arrived::Continue => Arrival::Send(SecretBytes::new(CONTINUE.to_vec())),
            Arrived::Refused(error) => Arrival::Refused(Box::new(Response::new(&Err(error), "", host_now))),
        })
    }

    /// Takes in what a response asks of the connection: that it is kept back, or that the connection breaks. Whoever
    /// answers arrivals says so before sending; [`exchange`](Self::exchange) does it itself.
    pub fn obey(&mut self, response: &Response) {
        self.delay = Span::from_millis(self.delay.millis().saturating_add(response.delay.millis()));
        if response.reset {
            self.arrived.clear();
            self.reading = Reading::default();
            self.closing = true;
        }
    }

    /// How long the host waits before it sends what [`exchange`](Self::exchange) has given: faults ask for that.
    pub const fn delay(&self) -> Span {
        self.delay
    }

    /// Whether the connection stays open after the response to the last arrival.
    pub fn keeps_alive(&self) -> bool {
        !self.closing || !self.arrived.is_empty()
    }

    /// How many bytes the connection has looked at or copied. It grows with the bytes that were received, whatever they
    /// are and however they were cut.
    pub const fn work(&self) -> u64 {
        self.work
    }

    /// Takes bytes up to the end of what is being read, at most; says how many.
    fn advance(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        match &mut self.reading {
            Reading::Head(reader) => {
                let taken = reader.take(bytes)?;
                self.work += (taken.used + taken.copied) as u64;
                if taken.whole {
                    self.work += reader.len() as u64;
                    let head = reader.parse()?;
                    self.begin_body(head, taken.used == bytes.len());
                }
                Ok(taken.used)
            }
            Reading::Body(body) => {
                let taken = body.take(bytes)?;
                self.work += (taken.used + taken.copied) as u64;
                if taken.whole {
                    self.end_body();
                }
                Ok(taken.used)
            }
        }
    }

    fn begin_body(&mut self, head: Head, nothing_follows: bool) {
        let Head { request, framing, keep_alive, expects_continue } = head;
        let rest = match framing {
            Framing::Length(length) => Rest::Bytes(length),
            Framing::Chunked => Rest::Chunks(ChunkReader::default()),
        };
        self.reading = Reading::Body(Box::new(Body { request, keep_alive, bytes: Buffer::default(), rest }));
        if framing == Framing::Length(0) {
            self.end_body();
        } else if expects_continue && nothing_follows {
            self.arrived.push_back(Arrived::Continue);
        }
    }

    fn end_body(&mut self) {
        if let Reading::Body(body) = std::mem::take(&mut self.reading) {
            let Body { mut request, keep_alive, bytes, .. } = *body;
            request.body = bytes.into_bytes().into();
            request.sender.to_mut().origin.source_ip = self.peer;
            self.arrived.push_back(Arrived::Request(Box::new(request)));
            self.closing = !keep_alive;
        }
    }
}

impl Body {
    fn take(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        match &mut self.rest {
            Rest::Bytes(left) => {
                let used = bytes.len().min(*left);
                *left -= used;
                Ok(Taken { used, whole: *left == 0, copied: self.bytes.append(&bytes[..used]) })
            }
            Rest::Chunks(chunks) => chunks.take(bytes, &mut self.bytes),
        }
    }
}
