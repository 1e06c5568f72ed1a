//! Who may administer an endpoint, and which pages may read what it answers.

use std::net::IpAddr;

use super::administration::Refusal;
use crate::{
    error::Error,
    http::{DECISIONS_HEADER, REASONS_HEADER, RETRY_AFTER_HEADER, Request, Response, behind_scheme},
    time::Time,
};

/// What lets strangers in.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// The origin of pages that may read answers.
    origin: Option<String>,
    /// Whether other machines may administer.
    pub(super) open: bool,
}

impl Guard {
    /// Lets pages of an origin read what is answered.
    pub(super) fn allow(&mut self, origin: &str) -> Result<(), Error> {
        let authority = behind_scheme(origin);
        let is_name =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']' | b'_');
        if !authority.is_some_and(|authority| !authority.is_empty() && authority.bytes().all(is_name)) {
            return Err(Error::argument(&format!(
                "'{origin}' is not an origin: write scheme, host and port of the page, such as http://localhost:5173"
            )));
        }
        self.origin = Some(origin.to_ascii_lowercase());
        Ok(())
    }

    /// The origin of the page that has sent the request, if it may read the answer.
    pub(super) fn page(&self, request: &Request) -> Option<String> {
        let origin = request.first("Origin")?;
        self.origin.as_ref().filter(|allowed| allowed.eq_ignore_ascii_case(origin)).map(|_| origin.to_owned())
    }

    /// The answer to a browser that asks whether a page may send a request.
    pub(super) fn preflight(&self, request: &Request, host_now: Time) -> Response {
        if request.values("Origin").next().is_none() {
            return Refusal::no_page().response(host_now);
        }
        if self.page(request).is_none() {
            return Refusal::foreign_page(request.first("Origin").unwrap_or("this origin")).response(host_now);
        }
        let mut response = Response::empty(host_now);
        let wanted = request.first("Access-Control-Request-Headers").unwrap_or_default();
        response.headers.extend([
            ("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE".to_owned()),
            ("Access-Control-Allow-Headers", wanted.to_owned()),
            ("Access-Control-Max-Age", "600".to_owned()),
        ]);
        if request.first("Access-Control-Request-Private-Network").is_some() {
            response.headers.push(("Access-Control-Allow-Private-Network", "true".to_owned()));
        }
        response
    }

    /// Refuses administration to strangers: other machines, pages that reach this one under another name (DNS
    /// rebinding), and pages of other origins.
    pub(super) fn admit(&self, request: &Request) -> Result<(), Refusal> {
        let peer = request.sender.origin.source_ip;
        if !self.open && peer.is_some_and(|peer| !peer.to_canonical().is_loopback()) {
            return Err(Refusal::other_machine());
        }
        if !self.open && !request.host().is_some_and(is_loopback) {
            return Err(Refusal::other_host());
        }
        let Some(origin) = request.values("Origin").next() else { return Ok(()) };
        let host = request.first("Host").unwrap_or_default();
        let own = [["http://", host].concat(), ["https://", host].concat()];
        if own.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(origin)) || self.page(request).is_some() {
            return Ok(());
        }
        Err(Refusal::foreign_page(&String::from_utf8_lossy(origin)))
    }
}

/// Whether a host is a name of this machine.
fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(&host);
    let is_address = address.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback());
    is_address || host == "localhost" || host.ends_with(".localhost")
}

impl Response {
    /// The same response, which a page of this origin may read.
    pub(super) fn readable_by(mut self, page: Option<&str>) -> Self {
        if let Some(page) = page {
            self.headers.extend([
                ("Access-Control-Allow-Origin", page.to_owned()),
                (
                    "Access-Control-Expose-Headers",
                    ["x-amzn-RequestId, ", REASONS_HEADER, ", ", DECISIONS_HEADER, ", ", RETRY_AFTER_HEADER, ", Date"]
                        .concat(),
                ),
                ("Vary", "Origin".to_owned()),
            ]);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in ["localhost", "LOCALHOST", "kms.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "[::ffff:127.0.0.1]"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "localhost.example.com", "127.0.0.1.example.com", "0.0.0.0", "10.0.0.1", "[::2]", "kms"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for origin in
            ["*", "null", "localhost:5173", "http://", "http://a/b", "http://a b", "http://a\r\nX: y", "file://a"]
        {
            assert!(Guard::default().allow(origin).is_err(), "{origin}");
        }
        assert!(Guard::default().allow("http://[::1]:5173").is_ok());
    }
}
