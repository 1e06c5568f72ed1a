//! Signatures of every broken kind: whatever is changed of a signed request is refused, and nothing panics.

use pocket_kms::{
    World,
    http::Request,
    signature::{Message, Presented},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    NOW,
    signatures::{ID, SECRET, world},
    signer::Signer,
};

/// Ways in which a request may differ from the one that was signed.
#[derive(Clone, Debug)]
enum Change {
    Body(Index, u8),
    Header(Index, Index, u8),
    Target(String),
    Method(String),
    Credentials(Index, char),
    Without(Index),
    Twice(Index),
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), 1_u8..).prop_map(|(at, bits)| Change::Body(at, bits)),
        (any::<Index>(), any::<Index>(), 1_u8..).prop_map(|(header, at, bits)| Change::Header(header, at, bits)),
        "/[a-z][ -~]{0,20}".prop_filter("another path", |to| !to.contains("..")).prop_map(Change::Target),
        "[A-Z]{1,6}".prop_map(Change::Method),
        (any::<Index>(), any::<char>()).prop_map(|(at, sign)| Change::Credentials(at, sign)),
        any::<Index>().prop_map(Change::Without),
        any::<Index>().prop_map(Change::Twice),
    ]
}

/// Makes a change; `None` when it changes nothing that is signed.
fn changed<'a>(signed: &Request<'a>, change: &'a Change) -> Option<Request<'a>> {
    let mut request = signed.clone();
    let headers = request.headers.len();
    match change {
        Change::Body(at, bits) => {
            let at = at.index(request.body.len());
            request.body.to_mut()[at] ^= bits;
        }
        Change::Header(header, at, bits) => {
            let (name, value) = &mut request.headers[header.index(headers)];
            if value.is_empty() {
                return None;
            }
            let at = at.index(value.len());
            value.to_mut()[at] ^= bits;
            // White space at an end or between words is signed as one space; names of headers have no case.
            let words = |value: &[u8]| {
                let text = String::from_utf8_lossy(value).to_ascii_lowercase();
                text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            let before = signed.headers.iter().find(|(of, _)| of == name).map(|(_, value)| words(value));
            if before.as_deref() == Some(&words(value)[..]) {
                return None;
            }
        }
        Change::Target(target) => request.target = target.into(),
        Change::Method(method) => request.method = method.into(),
        Change::Credentials(at, sign) => {
            let value = &mut request.headers.last_mut()?.1;
            let text = String::from_utf8(value.to_vec()).ok()?;
            let at = at.index(text.len());
            let old = text[at..].chars().next()?;
            if sign.eq_ignore_ascii_case(&old) || (old.is_whitespace() && sign.is_whitespace()) {
                return None;
            }
            let text: String = text.char_indices().map(|(place, old)| if place == at { *sign } else { old }).collect();
            *value = text.into_bytes().into();
        }
        Change::Without(header) => drop(request.headers.remove(header.index(headers))),
        Change::Twice(header) => {
            let header = request.headers[header.index(headers)].clone();
            request.headers.push(header);
        }
    }
    let same = request.headers == signed.headers && request.body == signed.body;
    (!same || request.target != signed.target || request.method != signed.method).then_some(request)
}

fn opens(world: &World, request: &Request) -> bool {
    let response = world.http(request, NOW);
    response.status == 200 && !response.body.is_empty() && response.body.starts_with(b"{")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_signed_request_opens_and_a_changed_one_does_not(
        input in "[ -~é]{0,60}", more in vec("[a-z]{1,8}: {0,3}[!-~ ]{0,20}", 0..4), change in changes(),
    ) {
        let world = world();
        let input = format!(r#"{{"Marker": {}}}"#, serde_json::to_string(&input).expect("JSON"));
        let mut signer = Signer::new(ID, SECRET);
        let mut unsigned = crate::signer::request("POST", "/", &[("Host", "localhost"), ("X-Amz-Target", "TrentService.ListKeys")], &input);
        for header in &more {
            let (name, value) = header.split_once(':').expect("a header");
            let name = format!("x-test-{name}");
            signer.signed.push(name.clone());
            unsigned.headers.push((name.into(), value.as_bytes().into()));
        }
        signer.signed.sort();
        signer.signed.dedup();
        let signed = signer.sign(unsigned);
        let exception = |request: &Request| String::from_utf8_lossy(&world.http(request, NOW).body).into_owned();
        // A marker of nobody is refused behind the signature.
        prop_assert!(exception(&signed).contains("InvalidMarkerException") || exception(&signed).contains("ValidationException"), "{}", exception(&signed));
        if let Some(request) = changed(&signed, &change) {
            let answer = exception(&request);
            // Another access key id is another caller's, who proves nothing; whoever reads a URL makes no call.
            let is_other = matches!(change, Change::Credentials(..) | Change::Header(..)) && !answer.contains("Signature");
            let refused = ["InvalidSignature", "IncompleteSignature", "MissingAuthenticationToken", "UnrecognizedClient", "Serialization", "UnknownOperation"];
            let is_refused = refused.iter().any(|name| answer.contains(name)) || matches!(&change, Change::Method(name) if name == "GET" || name == "HEAD");
            prop_assert!(is_refused || (is_other && !named(&request)), "{:?}: {}", change, answer);
        }
        let wrong = Signer { secret: "another".to_owned(), ..signer }.kms("ListKeys", "{}");
        prop_assert!(!opens(&world, &wrong));
    }

    #[test]
    fn whatever_a_header_says_is_read_or_refused(header in "(AWS4-HMAC-SHA256 )?[ -~é]{0,120}", query in "[ -~é]{0,80}") {
        let headers = [("Authorization", &header), ("X-Amz-Date", &query)];
        for headers in [&headers[..], &headers[1..]] {
            let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
            let target = format!("/{header}?{query}");
            let request = Request::borrowed("POST", &target, headers, b"");
            let headers = &request.headers;
            let message = Message { method: "POST", path: &header, query: &query, headers, authority: None, body: b"" };
            if let Ok(shown) = Presented::of(message) {
                prop_assert!(shown.signed.windows(2).all(|pair| pair[0] < pair[1]));
            }
            prop_assert!(world().http(&request, NOW).status >= 400);
        }
    }
}

/// Whether a request still shows the registered access key id; an id may hold slashes, as those that are ARNs do.
fn named(request: &Request) -> bool {
    let shows = |value: &[u8]| {
        let text = String::from_utf8_lossy(value).into_owned();
        let credential = text.split_once("Credential=").and_then(|(_, rest)| rest.split_once("/aws4_request"));
        credential.is_some_and(|(credential, _)| credential.rsplitn(4, '/').nth(3) == Some(ID))
    };
    request.headers.iter().any(|(_, value)| shows(value))
}
