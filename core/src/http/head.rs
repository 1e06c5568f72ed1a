//! The head of a request: where it ends, how long the body behind it is, and whether the connection stays open.

use super::{
    LONGEST_BODY, Request,
    buffer::Buffer,
    lines::{Lines, Place},
};
use crate::error::Error;

/// The longest head of a request, in bytes.
pub(super) const LONGEST_HEAD: usize = 64 << 10;

/// The most headers of a request.
const MOST_HEADERS: usize = 100;

/// What a connection over TLS begins with: the type of the record in which its handshake is (RFC 8446 section 5.1).
const HANDSHAKE: u8 = 0x16;

/// What a connection of HTTP/2 begins with (RFC 9113 section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n";

/// A head that is not whole yet.
#[derive(Default)]
pub(super) struct HeadReader {
    bytes: Buffer,
    lines: Lines,
}

/// A head that is whole.
pub(super) struct Head {
    /// The request, without its body.
    pub(super) request: Request<'static>,
    pub(super) framing: Framing,
    pub(super) keep_alive: bool,
    /// Whether the peer waits to be asked for the body.
    pub(super) expects_continue: bool,
}

/// How a body says where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(usize),
    Chunked,
}

/// How far a reader came with the bytes that it was given.
pub(super) struct Taken {
    /// How many of them it used up.
    pub(super) used: usize,
    /// Whether what it reads is whole now.
    pub(super) whole: bool,
    /// How many bytes it copied.
    pub(super) copied: usize,
}

/// Whether the first bytes of a connection begin TLS.
pub(super) fn begins_tls(first: &[u8]) -> bool {
    first.first() == Some(&HANDSHAKE)
}

impl HeadReader {
    /// Takes bytes up to the end of the head.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        if self.bytes.len() == 0 && begins_tls(bytes) {
            return Err(Error::speaks_tls());
        }
        let (mut from, mut used, mut whole) = (0, 0, false);
        for byte in bytes {
            let place = self.lines.next(*byte)?;
            used += 1;
            match place {
                // Empty lines in front of a request are skipped (RFC 9112 section 2.2).
                Place::End { empty: true } if self.bytes.len() + used - from <= 2 => {
                    self.bytes = Buffer::default();
                    from = used;
                }
                Place::End { empty: true } => {
                    whole = true;
                    break;
                }
                _ => {}
            }
        }
        if self.bytes.len() + used - from > LONGEST_HEAD {
            return Err(Error::not_http("the head is too long"));
        }
        let copied = self.bytes.append(&bytes[from..used]);
        Ok(Taken { used, whole, copied })
    }

    /// How long the head is.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Reads the head, which is whole.
    pub(super) fn parse(&self) -> Result<Head, Error> {
        if self.bytes.bytes().starts_with(PREFACE) {
            return Err(Error::not_http("HTTP/2 is not spoken here, and need not be negotiated"));
        }
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(self.bytes.bytes()) {
            Ok(httparse::Status::Complete(_)) => {}
            Ok(httparse::Status::Partial) => return Err(Error::not_http("the head ends too early")),
            Err(error) => return Err(Error::not_http(&error.to_string())),
        }
        let headers = parsed.headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec())).collect();
        let (method, target) =
            (parsed.method.unwrap_or_default().to_owned(), parsed.path.unwrap_or_default().to_owned());
        let request = Request::new(method, target, headers, Vec::new());
        Fields { request: &request, is_1_1: parsed.version == Some(1) }.head().map(|head| Head { request, ..head })
    }
}

/// What the fields of a head say about the connection.
struct Fields<'a> {
    request: &'a Request<'static>,
    is_1_1: bool,
}

impl Fields<'_> {
    fn head(&self) -> Result<Head, Error> {
        self.host()?;
        let framing = self.framing()?;
        let says = |name: &str, word: &[u8]| self.elements(name).any(|element| element.eq_ignore_ascii_case(word));
        let keep_alive = !says("connection", b"close") && (self.is_1_1 || says("connection", b"keep-alive"));
        // A peer of HTTP/1.0 does not know the answer (RFC 9110 section 10.1.1).
        let expects_continue = self.is_1_1 && says("expect", b"100-continue");
        Ok(Head { request: Request::default(), framing, keep_alive, expects_continue })
    }

    /// One `Host`, which HTTP/1.0 may leave out (RFC 9112 section 3.2).
    fn host(&self) -> Result<(), Error> {
        match self.request.values("host").count() {
            1 => Ok(()),
            0 if !self.is_1_1 => Ok(()),
            0 => Err(Error::not_http("Host is missing")),
            _ => Err(Error::not_http("Host stands twice")),
        }
    }

    /// How the body says where it ends (RFC 9112 section 6.3). Whatever two readers could understand differently is
    /// refused: that is how a request is smuggled past a proxy.
    fn framing(&self) -> Result<Framing, Error> {
        let mut codings = self.request.values("transfer-encoding");
        let mut lengths = self.request.values("content-length");
        match (codings.next(), lengths.next()) {
            (None, None) => Ok(Framing::Length(0)),
            (None, Some(length)) if lengths.next().is_none() => content_length(length),
            (None, Some(_)) => Err(Error::not_http("Content-Length stands twice")),
            (Some(_), Some(_)) => Err(Error::not_http("Content-Length and Transfer-Encoding exclude each other")),
            (Some(_), None) if !self.is_1_1 => Err(Error::not_http("HTTP/1.0 has no Transfer-Encoding")),
            (Some(coding), None) if codings.next().is_none() && coding.eq_ignore_ascii_case(b"chunked") => {
                Ok(Framing::Chunked)
            }
            _ => Err(Error::not_http("Transfer-Encoding is something else than chunked")),
        }
    }

    /// The elements of a header that is a list.
    fn elements<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.request.values(name).flat_map(|value| value.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii)
    }
}

/// Digits, and nothing else (RFC 9110 section 8.6).
fn content_length(value: &[u8]) -> Result<Framing, Error> {
    let digits = std::str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let digits =
        digits.filter(|text| !text.is_empty()).ok_or_else(|| Error::not_http("Content-Length is not a number"))?;
    match digits.parse() {
        Ok(length) if length <= LONGEST_BODY => Ok(Framing::Length(length)),
        _ => Err(Error::too_large(LONGEST_BODY)),
    }
}
