//! Streams of bytes as a socket may bring them: what arrives, what is refused, and what is sent.

use super::*;
use crate::time::Time;

const HEAD: &str = "POST / HTTP/1.1\r\nHost: localhost\r\n";

/// Every request that arrives, and everything that is to be sent besides, as text.
#[derive(Debug, Default)]
struct Seen {
    requests: Vec<Request<'static>>,
    sent: Vec<String>,
}

impl Seen {
    fn bodies(&self) -> Vec<&[u8]> {
        self.requests.iter().map(|request| &*request.body).collect()
    }

    fn refused(&self, status: u16) -> bool {
        self.sent.last().is_some_and(|text| text.starts_with(&format!("HTTP/1.1 {status} ")))
    }
}

fn seen(parts: &[&[u8]]) -> Seen {
    let (mut connection, mut seen) = (Connection::new(), Seen::default());
    for part in parts {
        connection.receive(part);
        while let Some(arrival) = connection.next_arrival(Time::default()) {
            match arrival {
                Arrival::Request(request) => seen.requests.push(*request),
                Arrival::Refused(refusal) => {
                    seen.sent.push(String::from_utf8_lossy(&refusal.bytes(connection.keeps_alive())).into_owned());
                }
                Arrival::Send(bytes) => seen.sent.push(String::from_utf8_lossy(&bytes).into_owned()),
            }
        }
    }
    seen
}

fn with(headers: &str, body: &str) -> Seen {
    seen(&[format!("{HEAD}{headers}\r\n{body}").as_bytes()])
}

#[test]
fn a_request_arrives_whole_however_it_is_cut() {
    let bytes = format!(
        "\r\n{HEAD}Content-Length: 2\r\n\r\n{{}}{HEAD}Transfer-Encoding: chunked\r\n\r\n\
         1;a=b\r\n{{\r\n01 \r\n}}\r\n0\r\nTrailer: x\r\n\r\n\r\n{HEAD}\r\n"
    );
    let expected: [&[u8]; 3] = [b"{}", b"{}", b""];
    for cut in 0..bytes.len() {
        let (first, second) = bytes.as_bytes().split_at(cut);
        assert_eq!(seen(&[first, second]).bodies(), expected, "cut at {cut}");
    }
    let single: Vec<&[u8]> = bytes.as_bytes().chunks(1).collect();
    assert_eq!(seen(&single).bodies(), expected);
}

#[test]
fn target_and_bytes_of_headers_are_kept_as_they_came() {
    let seen = seen(&[b"POST /a%20b?x=1 HTTP/1.1\r\nhost: a\r\nX-Name: \xffa  b\xe9 \r\n\r\n"]);
    let request = &seen.requests[0];
    assert_eq!((&*request.method, &*request.target), ("POST", "/a%20b?x=1"));
    assert_eq!(request.headers[1], ("X-Name".into(), b"\xffa  b\xe9".into()));
}

#[test]
fn a_peer_that_waits_is_asked_for_its_body_once_a_request() {
    for expect in ["100-continue", "100-Continue"] {
        let head = format!("{HEAD}Expect: {expect}\r\nContent-Length: 2\r\n\r\n");
        let seen = seen(&[head.as_bytes(), b"{", b"}", head.as_bytes(), b"{}"]);
        assert_eq!((seen.requests.len(), seen.sent), (2, vec!["HTTP/1.1 100 Continue\r\n\r\n".to_owned(); 2]));
    }
    let whole = with("Expect: 100-continue\r\nContent-Length: 2\r\n", "{}");
    assert_eq!((whole.requests.len(), whole.sent.len()), (1, 0));
    let old = seen(&[b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", b"{}"]);
    assert_eq!((old.requests.len(), old.sent.len()), (1, 0));
}

/// RFC 9112 sections 2.2, 3, 5, 6 and 7, RFC 9110 section 8.6: what two readers could understand differently.
#[test]
fn what_could_smuggle_a_request_is_refused_and_ends_the_connection() {
    let smuggled = format!("{HEAD}\r\n");
    for headers in [
        "Content-Length: +5\r\n",
        "Content-Length: -0\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length:\r\n",
        "Content-Length: \u{0665}\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\ncontent-length: 6\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding\t: chunked\r\n",
        "Content-Length : 5\r\n",
        " Content-Length: 5\r\n",
        "X: y\r\n Content-Length: 5\r\n",
        "X: y\r\n\tfolded\r\n",
        "X: y\nContent-Length: 5\r\n",
        "X: y\rContent-Length: 5\r\n",
        "X: y\0\r\n",
        "X\r\n",
        ": y\r\n",
        "Host: other\r\n",
    ] {
        let seen = seen(&[format!("{HEAD}{headers}\r\n").as_bytes(), smuggled.as_bytes()]);
        assert!(seen.requests.is_empty() && seen.sent.len() == 1 && seen.refused(400), "{headers:?}: {seen:?}");
        assert!(seen.sent[0].contains("\r\nConnection: close\r\n"), "{headers:?}");
    }
    for start in [
        "POST / HTTP/1.1\r\n",
        "POST / HTTP/2.0\r\nHost: a\r\n",
        "POST /\r\nHost: a\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n",
        "POST  / HTTP/1.1\r\nHost: a\r\n",
        "\0\0\0\0\r\n",
        "\u{16}\u{3}\u{1}",
    ] {
        let seen = seen(&[format!("{start}\r\n").as_bytes(), smuggled.as_bytes()]);
        assert!(seen.requests.is_empty() && seen.refused(400), "{start:?}: {seen:?}");
    }
}

#[test]
fn chunks_that_could_smuggle_a_request_are_refused() {
    for chunks in [
        "\r\n\r\n",
        ";a\r\n\r\n",
        "+1\r\n{\r\n0\r\n\r\n",
        "0x1\r\n{\r\n0\r\n\r\n",
        "1\n{\r\n0\r\n\r\n",
        "1;a\n\r\n{\r\n0\r\n\r\n",
        "1\r\n{}\r\n0\r\n\r\n",
        "1\r\n{\n0\r\n\r\n",
        "1\r\n{0\r\n\r\n",
        "1 2\r\n{\r\n0\r\n\r\n",
        "11111111111111111\r\n",
        "0\r\nTrailer: \0\r\n\r\n",
        "0\r\nTrailer\n\r\n",
    ] {
        let seen = with("Transfer-Encoding: chunked\r\n", chunks);
        assert!(seen.requests.is_empty() && seen.refused(400), "{chunks:?}: {seen:?}");
    }
}

#[test]
fn a_connection_stays_open_as_its_version_says() {
    for (head, stays) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: not-close\r\n\r\n", true),
        ("GET / HTTP/1.0\r\n\r\n", false),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
    ] {
        let mut connection = Connection::new();
        connection.receive(head.as_bytes());
        assert!(connection.keeps_alive(), "there is something to answer");
        assert!(matches!(connection.next_arrival(Time::default()), Some(Arrival::Request(_))), "{head:?}");
        assert_eq!(connection.keeps_alive(), stays, "{head:?}");
    }
}

#[test]
fn what_is_longer_than_any_request_is_refused() {
    assert!(with("Content-Length: 99999999\r\n", "").refused(413));
    assert!(with("Content-Length: 99999999999999999999999\r\n", "").refused(413));
    assert!(with("Transfer-Encoding: chunked\r\n", "100001\r\n").refused(413));
    assert!(with("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n").refused(413));
    assert!(seen(&["A".repeat(head::LONGEST_HEAD + 1).as_bytes()]).refused(400));
    assert!(with(&"X: y\r\n".repeat(200), "").refused(400));
}

#[test]
fn a_chunk_that_talks_without_end_is_refused() {
    for (head, status) in [("1;", 400), ("0\r\n", 400)] {
        let mut connection = Connection::new();
        connection.receive(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{head}").as_bytes());
        connection.receive(&b"x".repeat(LONGEST_BODY));
        assert_eq!(
            connection.exchange(b"", Time::default(), |_| unreachable!()).get(9..12),
            Some(format!("{status}").as_bytes())
        );
    }
    let talk = format!("1;{}\r\n \r\n", "x".repeat(200)).repeat(50_000);
    assert!(with("Transfer-Encoding: chunked\r\n", &talk).refused(413));
}

#[test]
fn the_longest_body_may_come_in_the_smallest_chunks() {
    let chunks = "1\r\n \r\n".repeat(LONGEST_BODY) + "0\r\n\r\n";
    let seen = with("Transfer-Encoding: chunked\r\n", &chunks);
    assert_eq!(seen.bodies().first().map(|body| body.len()), Some(LONGEST_BODY));
}

#[test]
fn a_response_has_a_date_a_reason_and_no_body_for_head() {
    let now = Time::from_millis(1_796_000_000_000);
    let answer = |request: &Request| Response::to_browser(request, now).expect("a greeting");
    let mut connection = Connection::new();
    let get = connection.exchange(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", now, answer);
    let head = connection.exchange(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", now, answer);
    let (get, head) = (String::from_utf8_lossy(&get), String::from_utf8_lossy(&head));
    assert!(get.starts_with(&*head) && head.ends_with("\r\n\r\n") && get.len() > head.len() + 50, "{get}\n{head}");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\nDate: Mon, 30 Nov 2026 00:53:20 GMT\r\n"), "{head}");
}

#[test]
fn who_speaks_tls_or_http_2_is_told_what_is_spoken_here() {
    for (bytes, told) in [
        (&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..], "Write http://"),
        (b"\x16", "Write http://"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04", "HTTP/2 is not spoken here"),
    ] {
        let seen = seen(&[bytes]);
        assert!(seen.refused(400) && seen.sent[0].contains(told), "{seen:?}");
        assert!(seen.sent[0].contains("\r\nConnection: close\r\n") && !seen.sent[0].contains("RequestId"), "{seen:?}");
    }
    // Where TLS is spoken, it is the other way round.
    let mut connection = Connection::new();
    assert!(connection.begins_tls(b"\x16\x03\x01") && connection.keeps_alive(), "{connection:?}");
    let begun = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    assert!(!connection.begins_tls(&begun[..1]));
    let refused = connection.exchange(begun, Time::from_millis(0), |_| panic!("nothing is read"));
    let refused = String::from_utf8_lossy(&refused);
    assert!(refused.starts_with("HTTP/1.1 400 ") && refused.contains("Write https://"), "{refused}");
    assert!(!connection.keeps_alive());
    // Inside of a request the byte is one that no head holds.
    let inside = seen(&[b"POST / HTTP/1.1\r\n\x16"]);
    assert!(inside.refused(400) && inside.sent[0].contains("control character"), "{inside:?}");
}
