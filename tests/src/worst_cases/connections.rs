//! Streams of bytes that take a connection longest: cut into single bytes, or into chunks of one byte.

use pocket_kms::{Time, http::Connection};

/// A stream: its name, the function that makes it from a number of bytes, and the length of the pieces it is cut into.
pub type Row = (&'static str, fn(usize) -> Vec<u8>, usize);

/// The length of pieces as they come from a socket.
const SOCKET: usize = 64 << 10;

const HEAD: &str = "POST / HTTP/1.1\r\nHost: localhost\r\n";

/// Every kind of stream that has been slow, or might be.
pub const TABLE: &[Row] = &[
    ("a body in one piece", body, usize::MAX),
    ("a body in pieces", body, SOCKET),
    ("a body in single bytes", body, 1),
    ("chunks of one byte", chunks, SOCKET),
    ("chunks of one byte in single bytes", chunks, 1),
    ("chunks of one byte, each in a piece of its own", chunks, 6),
    ("chunks that talk", talkative_chunks, 1),
    ("one chunk in single bytes", one_chunk, 1),
    ("trailers in single bytes", trailers, 1),
    ("a head in single bytes", head, 1),
    ("a head without an end", endless_head, 1),
    ("empty lines", empty_lines, 1),
    ("many requests in one piece", requests, usize::MAX),
    ("many requests in single bytes", requests, 1),
    ("many short bodies", short_bodies, 7),
];

fn body(bytes: usize) -> Vec<u8> {
    format!("{HEAD}Content-Length: {bytes}\r\n\r\n{}", "x".repeat(bytes)).into_bytes()
}

fn chunked(chunks: &str) -> Vec<u8> {
    format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n").into_bytes()
}

fn chunks(bytes: usize) -> Vec<u8> {
    chunked(&"1\r\nx\r\n".repeat(bytes))
}

fn talkative_chunks(bytes: usize) -> Vec<u8> {
    chunked(&format!("1;{}\r\nx\r\n", "a".repeat(200)).repeat(bytes / 200))
}

fn one_chunk(bytes: usize) -> Vec<u8> {
    chunked(&format!("{bytes:x}\r\n{}\r\n", "x".repeat(bytes)))
}

fn trailers(bytes: usize) -> Vec<u8> {
    format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n{}\r\n", "a: b\r\n".repeat(bytes.min(60_000) / 6))
        .into_bytes()
}

fn head(bytes: usize) -> Vec<u8> {
    format!("{HEAD}X: {}\r\n\r\n", "y".repeat(bytes.min(60_000))).into_bytes()
}

fn endless_head(bytes: usize) -> Vec<u8> {
    format!("{HEAD}X: {}", "y".repeat(bytes)).into_bytes()
}

fn empty_lines(bytes: usize) -> Vec<u8> {
    "\r\n".repeat(bytes / 2).into_bytes()
}

fn requests(bytes: usize) -> Vec<u8> {
    let request = format!("{HEAD}\r\n");
    request.repeat(bytes / request.len()).into_bytes()
}

fn short_bodies(bytes: usize) -> Vec<u8> {
    let request = format!("{HEAD}Content-Length: 3\r\n\r\n{{ }}");
    request.repeat(bytes / request.len()).into_bytes()
}

/// Receives a stream piece by piece. Returns how many bytes the connection has looked at or copied.
#[must_use]
pub fn receive(stream: &[u8], piece: usize) -> u64 {
    let mut connection = Connection::new();
    for piece in stream.chunks(piece) {
        connection.receive(piece);
        while connection.next_arrival(Time::default()).is_some() {}
    }
    connection.work()
}
