//! Any body of an HTTP request: an exception with a sentence, the state unchanged.

use pocket_kms::{
    Call, Caller, CryptoProvider, Exception, Kms, Options, Region, Step, Time, Value, World,
    http::{LONGEST_BODY, Request, Response},
    wire,
};
use proptest::prelude::*;

use crate::for_all;

fn world() -> World {
    let options =
        Options { seed: Some(b"bodies".to_vec().into()), now: Some(Time::from_millis(0)), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn post(world: &World, target: &str, body: &[u8]) -> Response {
    let authorization = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00";
    let headers = [("X-Amz-Target", target), ("Authorization", authorization)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec();
    world.http(&Request::new("POST", "/", headers, body.to_vec()), Time::default())
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
    assert!(world.changes(0).entries.is_empty());
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
    assert!(world.changes(0).entries.is_empty());
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
    assert!(world.changes(0).entries.is_empty());
}

/// Too long and too deep: whichever way a call comes, the exception is the same.
#[test]
fn a_call_is_held_to_the_size_and_the_depth_of_a_body_whoever_makes_it() {
    let world = world();
    let nested = |levels: usize| (0..levels).fold(Value::from("x"), |inner, _| Value::List(vec![inner]));
    let with = |value: Value| Value::from([("NoMember", value)]);
    let elements = |count: usize| with(Value::List(vec![Value::Int(1); count]));
    let longest = LONGEST_BODY - br#"{"NoMember":""}"#.len();
    let inputs = [
        (with(Value::from("a".repeat(longest))), true),
        (with(Value::from("a".repeat(longest + 1))), false),
        (with(Value::from("\n".repeat(longest / 2 + 1))), false),
        (with(Value::Blob(vec![0; longest / 4 * 3])), true),
        (with(Value::Blob(vec![0; longest / 4 * 3 + 3])), false),
        (elements(LONGEST_BODY / 2 - 20), true),
        (elements(LONGEST_BODY / 2), false),
        (with(nested(15)), true),
        (with(nested(16)), false),
        (Value::Map(vec![("a".repeat(LONGEST_BODY).into(), Value::Null)]), false),
    ];
    for (input, fits) in inputs {
        let over_http = post(&world, "TrentService.CreateAlias", &wire::to_json(&input));
        let over_http = refusal(&over_http).map(|(name, _)| name);
        let direct = world.call("CreateAlias", input, None, None, Time::default()).reply.expect_err("a refusal");
        assert_eq!(over_http.as_deref(), Some(direct.exception.name()));
        assert_eq!(direct.exception == Exception::ValidationException, fits, "{direct}");
    }
}

#[test]
fn a_value_of_any_depth_is_refused_without_recursion() {
    let world = world();
    let deep = || (0..1_000_000).fold(Value::from("x"), |inner, _| Value::Map(vec![("a".into(), inner)]));
    for region in [None, Some("no Region")] {
        let answer = world.call("CreateKey", deep(), region, None, Time::default());
        assert!(answer.reply.is_err_and(|error| error.exception == Exception::SerializationException));
    }
    let call = Call::new(
        "CreateKey",
        deep(),
        Caller::root(world.account()),
        Region::parse("us-east-1").expect("a Region"),
        Time::default(),
        [1; 32],
    );
    let Step::Done(outcome) = Kms::default().decide(&call) else { panic!("nobody may be asked") };
    assert!(outcome.reply.is_err_and(|error| error.exception == Exception::SerializationException));
}
