//! Signature Version 4: AWS's own test suite, read as a server reads it.

use super::PROVIDERS;
use pocket_kms::signature::{Form, Header, Message, Presented, Scope, Signature};
use serde_json::Value;

/// A request as the suite writes it.
struct Sent {
    method: String,
    path: String,
    query: String,
    headers: Vec<Header<'static>>,
    body: Vec<u8>,
}

impl Sent {
    /// Reads a request. Its targets hold spaces, and its headers go on in lines that begin with one: no HTTP server would
    /// let either in.
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let first = lines.next().expect("a request line");
        let (method, rest) = first.split_once(' ').expect("a method");
        let (target, _) = rest.rsplit_once(' ').expect("a version");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers: Vec<Header<'static>> = Vec::new();
        for line in lines {
            if let Some(more) = line.strip_prefix(' ') {
                headers.last_mut().expect("a header").1.to_mut().extend([b"\n ", more.as_bytes()].concat());
            } else {
                let (name, value) = line.split_once(':').expect("a header");
                headers.push((name.to_owned().into(), value.as_bytes().to_vec().into()));
            }
        }
        let [method, path, query] = [method, path, query].map(str::to_owned);
        // The files end with a line break, which is not part of the body.
        let body = body.trim_end_matches('\n').as_bytes().to_vec();
        Self { method, path, query, headers, body }
    }

    fn message(&self) -> Message<'_> {
        let Self { method, path, query, headers, body } = self;
        Message { method, path, query, headers, authority: None, body }
    }
}

fn vectors() -> Vec<Value> {
    let suite: Value = serde_json::from_str(include_str!("../../vectors/sigv4.json")).expect("JSON");
    suite["vectors"].as_array().expect("vectors").clone()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[test]
fn every_request_of_aws_is_signed_as_its_test_suite_says() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 31);
    for vector in &vectors {
        for form in ["header", "query"] {
            let (name, part, context) = (text(vector, "name"), &vector[form], &vector["context"]);
            // A URL to which its token is added when it is signed already: AWS IoT alone takes such.
            if form == "query" && context["omit_session_token"] == true {
                continue;
            }
            let sent = Sent::read(text(part, "signed_request"));
            let shown = Presented::of(sent.message()).unwrap_or_else(|error| panic!("{name} {form}: {error}"));
            assert_eq!(shown.form == Form::Header, form == "header");
            let [day, region, service, terminator] = &shown.scope;
            assert_eq!([&**region, &**service], [text(context, "region"), text(context, "service")], "{name}");
            assert_eq!(
                (&**terminator, &*shown.access_key_id),
                ("aws4_request", text(&context["credentials"], "access_key_id"))
            );
            assert_eq!(shown.token.as_deref(), context["credentials"]["token"].as_str(), "{name} {form}");
            let secret = text(&context["credentials"], "secret_access_key").as_bytes();
            let of = (Scope { day, region, service }, shown.time.as_str(), form == "query");
            for provider in PROVIDERS {
                let made =
                    Signature::new(provider.mac, secret, &sent.message(), &shown.signed, of).expect("a signature");
                let canonical = String::from_utf8(made.canonical.clone()).expect("text");
                assert_eq!(canonical, text(part, "canonical_request"), "{name} {form}");
                assert_eq!(made.to_sign, text(part, "string_to_sign"), "{name} {form}");
                assert_eq!(made.expose(), text(part, "signature"), "{name} {form}");
                assert!(made.is(&shown.signature), "{name} {form}");
            }
        }
    }
}

#[test]
fn another_secret_another_body_and_another_time_sign_otherwise() {
    for vector in &vectors() {
        let mut sent = Sent::read(text(&vector["header"], "signed_request"));
        let secret = text(&vector["context"]["credentials"], "secret_access_key").as_bytes().to_vec();
        let made = |sent: &Sent, secret: &[u8], time: Option<&str>| {
            let shown = Presented::of(sent.message()).expect("a signature");
            let [day, region, service, _] = &shown.scope;
            let of = (Scope { day, region, service }, time.unwrap_or(&shown.time), false);
            let made = Signature::new(PROVIDERS[0].mac, secret, &sent.message(), &shown.signed, of).expect("one");
            made.is(&shown.signature)
        };
        assert!(made(&sent, &secret, None));
        assert!(!made(&sent, &secret[1..], None));
        assert!(!made(&sent, &secret, Some("20150830T123601Z")));
        sent.body.push(b' ');
        assert!(!made(&sent, &secret, None));
    }
}
