//! Any body of an HTTP request: an exception with a sentence, the state unchanged.

use pocket_kms::{
    CryptoProvider, Exception, Options, Time, Value, World,
    http::{LONGEST_BODY, Request, Response},
    wire,
};
use proptest::prelude::*;

use crate::for_all;

fn world() -> World {
    let options = Options { seed: Some(b"bodies".to_vec()), now: Some(Time::from_millis(0)), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn post(world: &World, target: &str, body: &[u8]) -> Response {
    let authorization = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00";
    let headers = [("X-Amz-Target", target), ("Authorization", authorization)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    world.http(&Request { method: "POST".to_owned(), headers, body: body.to_vec() }, Time::default())
}

/// The exception and the sentence of a refusal; `None` for a reply.
fn refusal(response: &Response) -> Option<(String, Option<String>)> {
    if response.status == 200 {
        return None;
    }
    let body = wire::from_json(&response.body).expect("an exception is JSON");
    let text = |name: &str| body.member(name).and_then(Value::as_text).map(ToOwned::to_owned);
    Some((text("__type").expect("an exception has a name"), text("message").or_else(|| text("Message"))))
}

#[test]
fn a_body_that_is_not_one_json_structure_is_refused_with_a_sentence_and_changes_nothing() {
    let world = world();
    let deep = |open: &str, times: usize| open.repeat(times).into_bytes();
    let bodies: Vec<Vec<u8>> = vec![
        b"{".to_vec(),
        b"{\"Description\": \"x".to_vec(),
        b"{\"Description\": \"x\"".to_vec(),
        b"{} {}".to_vec(),
        b"[]".to_vec(),
        b"7".to_vec(),
        b"\"text\"".to_vec(),
        b"null".to_vec(),
        b"NaN".to_vec(),
        b"{'Description': 'x'}".to_vec(),
        b"{\"Description\": \"x\",}".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"\xff\xfe".to_vec(),
        b"{\"Description\": \"\xff\"}".to_vec(),
        b"{\"Description\": \"\xed\xa0\x80\"}".to_vec(),
        br#"{"Description": "\ud800"}"#.to_vec(),
        b"{\"Description\": \"a\", \"Description\": \"b\"}".to_vec(),
        b"{\"NoMember\": {\"a\": 1, \"a\": 2}}".to_vec(),
        b"{\"Description\": 1e999}".to_vec(),
        deep("[", 100_000),
        deep("{\"a\":", 100_000),
        [deep("{\"a\":", 17), b"1".to_vec(), deep("}", 17)].concat(),
        vec![0; 1000],
    ];
    for body in bodies {
        let (name, sentence) = refusal(&post(&world, "TrentService.CreateKey", &body)).expect("a refusal");
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        assert_eq!(name, "SerializationException", "{shown}");
        assert!(sentence.is_some_and(|text| !text.is_empty() && text.len() < 300), "{shown}");
    }
    assert!(world.changes(0).is_empty());
}

#[test]
fn numbers_of_any_size_are_out_of_their_range_or_no_whole_numbers() {
    let world = world();
    for (number, expected) in [
        ("-1", "ValidationException"),
        ("1025", "ValidationException"),
        ("9223372036854775807", "ValidationException"),
        ("-9223372036854775808", "ValidationException"),
        ("1.5", "SerializationException"),
        ("18446744073709551616", "SerializationException"),
        ("-1e300", "SerializationException"),
        ("1e400", "SerializationException"),
    ] {
        let body = format!("{{\"NumberOfBytes\": {number}}}");
        let refused = refusal(&post(&world, "TrentService.GenerateRandom", body.as_bytes()));
        assert_eq!(refused.map(|(name, _)| name).as_deref(), Some(expected), "{number}");
    }
}

#[test]
fn a_body_longer_than_any_request_is_refused() {
    let world = world();
    let body = vec![b' '; LONGEST_BODY + 1];
    let response = post(&world, "TrentService.CreateKey", &body);
    assert_eq!(
        (response.status, refusal(&response).map(|(name, _)| name).as_deref()),
        (413, Some("RequestEntityTooLargeException"))
    );
    let longest = [vec![b' '; LONGEST_BODY - 2], b"{}".to_vec()].concat();
    assert_eq!(post(&world, "TrentService.GenerateRandom", &longest).status, 400);
}

#[test]
fn any_body_is_answered_with_a_known_exception() {
    let world = world();
    let names: Vec<&str> = Exception::ALL.iter().map(|exception| exception.name()).collect();
    let pieces = prop::sample::select(
        [
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"KeyId\"",
            "\"Plaintext\"",
            "\"",
            "\\u0041",
            "\\",
            "null",
            "true",
            "1",
            "-0.5e3",
            " ",
            "é",
            "alias/a",
        ]
        .as_slice(),
    );
    let jsonish = prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat().into_bytes());
    let bodies = prop_oneof![jsonish, prop::collection::vec(any::<u8>(), 0..64)];
    for_all(2000, &bodies, |body| {
        let refused = refusal(&post(&world, "TrentService.Encrypt", &body));
        prop_assert!(refused.is_some_and(|(name, _)| names.contains(&name.as_str())));
        Ok(())
    });
    assert!(world.changes(0).is_empty());
}

#[test]
fn a_target_that_names_no_operation_is_refused() {
    let world = world();
    for target in [
        "",
        "CreateKey",
        "TrentService.",
        "TrentService.createkey",
        "TrentService.CreateKey ",
        "DynamoDB_20120810.ListTables",
    ] {
        let refused = refusal(&post(&world, target, b"{}"));
        assert_eq!(refused, Some(("UnknownOperationException".to_owned(), None)), "{target}");
    }
    assert!(world.changes(0).is_empty());
}
