//! One connection: bytes in, whole requests out. It reads, but owns no socket.

use std::fmt;

use super::{LONGEST_BODY, Request, Response};
use crate::error::{Error, Exception};

/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The most bytes of a body that is not whole yet: in chunks of one byte each the longest body takes six times its
/// length, and what chunks say besides is of no use to anyone.
const LONGEST_TRANSFER: usize = 8 * LONGEST_BODY;

/// The most headers of a request.
const MOST_HEADERS: usize = 100;

/// The requests of one connection as they arrive.
#[derive(Default)]
pub struct Connection {
    received: Vec<u8>,
    /// Whether the peer has been told to send the body that the head at the start of `received` announces.
    has_leave: bool,
    closing: bool,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({} bytes)", self.received.len())
    }
}

/// A request that has arrived whole, or the answer to one that never will.
#[derive(Debug)]
pub enum Arrival {
    /// A whole request.
    Request(Request),
    /// Bytes that are no request of HTTP/1.1; the connection must be closed after the response.
    Refused(Response),
    /// The peer waits for leave to send its body: answer `100 Continue`.
    Continue,
}

struct Head {
    request: Request,
    length: usize,
    body: Body,
    keep_alive: bool,
    expects: bool,
}

enum Body {
    Length(usize),
    Chunked,
}

impl Connection {
    /// A connection that has received nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what the socket has received.
    pub fn receive(&mut self, bytes: &[u8]) {
        if !self.closing {
            self.received.extend_from_slice(bytes);
        }
    }

    /// Whether the connection stays open after the response to the last arrival.
    pub const fn keeps_alive(&self) -> bool {
        !self.closing
    }

    /// The next arrival; `None` until more has been received.
    pub fn next_arrival(&mut self) -> Option<Arrival> {
        if self.closing || self.received.is_empty() {
            return None;
        }
        match self.advance() {
            Ok(arrival) => arrival,
            Err(error) => {
                self.closing = true;
                Some(Arrival::Refused(Response::new(&Err(error), "")))
            }
        }
    }

    fn advance(&mut self) -> Result<Option<Arrival>, Error> {
        let Some(head) = read_head(&self.received)? else {
            return Ok(None);
        };
        let rest = &self.received[head.length..];
        let body = match head.body {
            Body::Length(length) => (rest.len() >= length).then(|| (rest[..length].to_vec(), length)),
            Body::Chunked => read_chunks(rest)?,
        };
        let Some((body, used)) = body else {
            if rest.len() > LONGEST_TRANSFER {
                return Err(Error::too_large(LONGEST_BODY));
            }
            return Ok(self.leave(&head));
        };
        self.received.drain(..head.length + used);
        self.has_leave = false;
        self.closing = !head.keep_alive;
        Ok(Some(Arrival::Request(Request { body, ..head.request })))
    }

    /// Tells the peer once that it may send the body it has announced.
    fn leave(&mut self, head: &Head) -> Option<Arrival> {
        let waits = head.expects && self.received.len() == head.length;
        let first = !std::mem::replace(&mut self.has_leave, true);
        (waits && first).then_some(Arrival::Continue)
    }
}

/// Reads the head of a request; `None` while it is incomplete.
fn read_head(bytes: &[u8]) -> Result<Option<Head>, Error> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() > LONGEST_HEAD => return Err(malformed("the head is too long")),
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(malformed(&error.to_string())),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = parsed.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect();
    let request = Request { method: parsed.method.unwrap_or_default().to_owned(), headers, body: Vec::new() };
    let says =
        |name: &str, word: &str| request.header(name).is_some_and(|value| value.to_ascii_lowercase().contains(word));
    let keep_alive = !says("connection", "close") && (parsed.version == Some(1) || says("connection", "keep-alive"));
    let (chunked, expects) = (says("transfer-encoding", "chunked"), says("expect", "100-continue"));
    let body = if chunked { Body::Chunked } else { Body::Length(content_length(&request)?) };
    Ok(Some(Head { request, length, body, keep_alive, expects }))
}

fn content_length(request: &Request) -> Result<usize, Error> {
    let Some(text) = request.header("content-length") else {
        return Ok(0);
    };
    let length: usize = text.trim().parse().map_err(|_| malformed("Content-Length is no number"))?;
    if length > LONGEST_BODY { Err(Error::too_large(LONGEST_BODY)) } else { Ok(length) }
}

/// Reads a chunked body (RFC 9112 section 7.1) and says how many bytes it took; `None` while it is incomplete.
fn read_chunks(bytes: &[u8]) -> Result<Option<(Vec<u8>, usize)>, Error> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let (start, size) = match httparse::parse_chunk_size(&bytes[at..]) {
            Ok(httparse::Status::Complete((start, size))) => (start, usize::try_from(size).unwrap_or(usize::MAX)),
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(malformed("a chunk has no size")),
        };
        if size > LONGEST_BODY - body.len() {
            return Err(Error::too_large(LONGEST_BODY));
        }
        let (from, to) = (at + start, at + start + size);
        let Some(end) = bytes.get(to..to + 2) else {
            return Ok(None);
        };
        if end != b"\r\n" {
            return Err(malformed("a chunk does not end where it should"));
        }
        body.extend_from_slice(&bytes[from..to]);
        at = to + 2;
        if size == 0 {
            return Ok(Some((body, at)));
        }
    }
}

fn malformed(problem: &str) -> Error {
    Error {
        exception: Exception::SerializationException,
        message: Some(format!("the request is not HTTP/1.1: {problem}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrivals(parts: &[&[u8]]) -> Vec<Arrival> {
        let mut connection = Connection::new();
        let mut all = Vec::new();
        for part in parts {
            connection.receive(part);
            while let Some(arrival) = connection.next_arrival() {
                all.push(arrival);
            }
        }
        all
    }

    fn bodies(parts: &[&[u8]]) -> Vec<Vec<u8>> {
        let requests = arrivals(parts).into_iter().filter_map(|arrival| match arrival {
            Arrival::Request(request) => Some(request.body),
            _ => None,
        });
        requests.collect()
    }

    #[test]
    fn a_request_arrives_whole_however_it_is_cut() {
        let bytes = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
        for cut in 0..bytes.len() {
            let (first, second) = bytes.split_at(cut);
            assert_eq!(bodies(&[first, second]), [b"{}".to_vec(), b"{}".to_vec()], "cut at {cut}");
        }
    }

    #[test]
    fn a_peer_that_asks_for_leave_gets_it_once_a_request() {
        for expect in ["100-continue", "100-Continue"] {
            let head = format!("POST / HTTP/1.1\r\nExpect: {expect}\r\nContent-Length: 2\r\n\r\n");
            let all = arrivals(&[head.as_bytes(), b"{", b"}", head.as_bytes(), b"{}"]);
            let [Arrival::Continue, Arrival::Request(one), Arrival::Continue, Arrival::Request(other)] = &all[..]
            else {
                panic!("{all:?}")
            };
            assert!([one, other].iter().all(|request| request.header("expect") == Some(expect)));
        }
    }

    #[test]
    fn what_is_no_request_is_refused_and_ends_the_connection() {
        for bytes in [
            &b"\0\0\0\0\r\n\r\n"[..],
            b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        ] {
            let all = arrivals(&[bytes, b"GET / HTTP/1.1\r\n\r\n"]);
            assert!(matches!(all[..], [Arrival::Refused(_)]), "{all:?}");
        }
    }

    #[test]
    fn a_chunk_that_talks_without_end_is_refused() {
        let mut connection = Connection::new();
        connection.receive(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;");
        let mut received = 0;
        let refused = loop {
            connection.receive(&vec![b'x'; LONGEST_BODY]);
            received += LONGEST_BODY;
            if let Some(arrival) = connection.next_arrival() {
                break arrival;
            }
            assert!(received <= 2 * LONGEST_TRANSFER, "{received} bytes and no end");
        };
        assert!(matches!(refused, Arrival::Refused(response) if response.status == 413));
    }

    #[test]
    fn the_longest_body_may_come_in_the_smallest_chunks() {
        let mut connection = Connection::new();
        connection.receive(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        connection.receive(&b"1\r\n \r\n".repeat(LONGEST_BODY));
        connection.receive(b"0\r\n\r\n");
        let arrival = connection.next_arrival();
        assert!(matches!(arrival, Some(Arrival::Request(request)) if request.body.len() == LONGEST_BODY));
    }

    #[test]
    fn an_endless_head_is_refused() {
        let all = arrivals(&["A".repeat(LONGEST_HEAD + 1).as_bytes()]);
        assert!(matches!(all[..], [Arrival::Refused(_)]), "{all:?}");
    }
}
