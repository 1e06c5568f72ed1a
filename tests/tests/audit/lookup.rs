//! LookupEvents of CloudTrail, as SDKs ask for it over HTTP and hosts by the door.

use std::sync::Arc;

use pocket_kms::{CryptoProvider, Options, Time, Value, World, endpoint::Endpoint, http::Request, wire};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const SECOND: i64 = 1_800_000_000;
const ALICE: &str = "arn:aws:iam::111122223333:user/team/Alice";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/App/run-7";
/// The name space that boto3 writes; the SDK for JavaScript writes its end alone.
const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";

fn world() -> Arc<World> {
    let seed = Some(b"lookup".to_vec().into());
    Arc::new(World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32]))
}

fn json(text: &str) -> Value {
    wire::from_json(text.replace('\'', "\"").as_bytes()).expect(text)
}

fn key(world: &World, caller: Option<&str>) -> String {
    let made = world.call("CreateKey", Value::from([]), None, caller, NOW).reply.expect("a key");
    made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text).expect("an ARN").to_owned()
}

/// Status and body of the answer to a request of CloudTrail's protocol.
fn post(world: &Arc<World>, target: &str, scope: &str, body: &str) -> (u16, Value) {
    let endpoint = Endpoint::new(Arc::clone(world), [1; 32]);
    let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential={scope}/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
    let headers = vec![
        header("Host", "localhost"),
        header("X-Amz-Target", target),
        header("Content-Type", "application/x-amz-json-1.1"),
        header("Authorization", &authorization),
    ];
    let request = Request::new("POST", "/", headers, body.replace('\'', "\"").into_bytes());
    let response = endpoint.http(&request, NOW).response;
    (response.status, wire::from_json(&response.body).expect("JSON"))
}

fn looked_up(world: &Arc<World>, body: &str) -> Value {
    let (status, answer) = post(world, TARGET, "111122223333/20270115/us-east-1/cloudtrail", body);
    assert_eq!(status, 200, "{answer:?}");
    answer
}

fn events(answer: &Value) -> Vec<Value> {
    let Some(Value::List(events)) = answer.member("Events") else { panic!("{answer:?}") };
    events.clone()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.member(name).and_then(Value::as_text).unwrap_or_default()
}

fn names(answer: &Value) -> Vec<String> {
    events(answer).iter().map(|event| text(event, "EventName").to_owned()).collect()
}

#[test]
fn an_event_has_the_members_of_the_model_and_the_record_as_text() {
    let world = world();
    let key = key(&world, Some(ALICE));
    let origin =
        pocket_kms::arguments::sender(&Value::from(SESSION), &json("{'access_key_id': 'ASIAIOSFODNN7EXAMPLE'}"));
    let input = Value::from([("KeyId", Value::from(&*key))]);
    world.call_from("DescribeKey", input, None, &origin.expect("a sender"), NOW).reply.expect("a key");
    let answer = looked_up(&world, "{}");
    assert_eq!(names(&answer), ["DescribeKey", "CreateKey"]);
    let [described, made] = &events(&answer)[..] else { panic!("{answer:?}") };
    for (event, user, read_only) in [(described, "run-7", "true"), (made, "Alice", "false")] {
        let record = wire::from_json(text(event, "CloudTrailEvent").as_bytes()).expect("a record");
        assert_eq!((text(event, "Username"), text(event, "ReadOnly")), (user, read_only));
        assert_eq!(
            (text(event, "EventId"), text(event, "EventName")),
            (text(&record, "eventID"), text(&record, "eventName"))
        );
        assert_eq!(text(event, "EventSource"), "kms.amazonaws.com");
        assert_eq!(event.member("EventTime"), Some(&Value::Int(SECOND)));
    }
    assert_eq!(text(described, "AccessKeyId"), "ASIAIOSFODNN7EXAMPLE");
    assert_eq!(described.member("Resources"), Some(&Value::List(Vec::new())));
    let resource = Value::from([("ResourceType", Value::from("AWS::KMS::Key")), ("ResourceName", Value::from(&*key))]);
    assert_eq!(made.member("Resources"), Some(&Value::List(vec![resource])));
    assert_eq!(answer.member("NextToken"), None);
}

#[test]
fn each_attribute_and_time_means_some_events_of_the_account_and_region() {
    let world = world();
    let alices = key(&world, Some(ALICE));
    let input = || Value::from([("KeyId", Value::from(&*alices))]);
    world.call("DescribeKey", input(), None, Some(SESSION), NOW).reply.expect("a key");
    world.call("DisableKey", input(), None, None, NOW).reply.expect("a disabled key");
    world.call("ListKeys", Value::from([]), Some("eu-west-1"), None, NOW).reply.expect("keys");
    world.call("ListKeys", Value::from([]), None, Some("444455556666"), NOW).reply.expect("keys");
    let id = text(&events(&looked_up(&world, "{'MaxResults': 1}"))[0], "EventId").to_owned();
    for (body, found) in [
        ("{}".to_owned(), &["DisableKey", "DescribeKey", "CreateKey"][..]),
        (by("EventName", "DescribeKey"), &["DescribeKey"]),
        (by("EventId", &id), &["DisableKey"]),
        (by("ReadOnly", "false"), &["DisableKey", "CreateKey"]),
        (by("Username", "Alice"), &["CreateKey"]),
        (by("Username", "run-7"), &["DescribeKey"]),
        (by("Username", "root"), &["DisableKey"]),
        (by("ResourceName", &alices), &["DisableKey", "CreateKey"]),
        (by("ResourceType", "AWS::KMS::Key"), &["DisableKey", "CreateKey"]),
        (by("ResourceType", "AWS::S3::Bucket"), &[]),
        (by("EventSource", "kms.amazonaws.com"), &["DisableKey", "DescribeKey", "CreateKey"]),
        (by("EventSource", "s3.amazonaws.com"), &[]),
        (
            "{'LookupAttributes': [], 'StartTime': 1800000000, 'EndTime': 1800000000}".to_owned(),
            &["DisableKey", "DescribeKey", "CreateKey"],
        ),
        ("{'StartTime': 1800000001}".to_owned(), &[]),
        ("{'EndTime': 1799999999.5}".to_owned(), &[]),
        ("{'EventCategory': 'insight'}".to_owned(), &[]),
    ] {
        assert_eq!(names(&looked_up(&world, &body)), found, "{body}");
    }
    for (scope, found) in [("444455556666/20270115/us-east-1", 1), ("111122223333/20270115/eu-west-1", 1)] {
        let (_, answer) = post(&world, "CloudTrail_20131101.LookupEvents", &format!("{scope}/cloudtrail"), "{}");
        assert_eq!(names(&answer), vec!["ListKeys"; found], "{scope}");
    }
    world.advance(pocket_kms::Span::from_days(91), NOW).expect("a later time");
    assert_eq!(names(&looked_up(&world, "{}")), [""; 0]);
}

fn by(attribute: &str, value: &str) -> String {
    format!("{{'LookupAttributes': [{{'AttributeKey': '{attribute}', 'AttributeValue': '{value}'}}]}}")
}

#[test]
fn pages_of_fifty_have_every_event_once() {
    let world = world();
    let key = key(&world, None);
    for second in 0..120 {
        world.set_time(Time::from_millis((SECOND + second / 3) * 1000 + second), NOW);
        let input = Value::from([("KeyId", Value::from(&*key))]);
        world.call("DescribeKey", input, None, None, NOW).reply.expect("a key");
    }
    let (mut seen, mut token, mut sizes) = (Vec::new(), String::new(), Vec::new());
    loop {
        let page = looked_up(&world, &format!("{{'StartTime': 1800000000{token}}}"));
        sizes.push(events(&page).len());
        seen.extend(
            events(&page).iter().map(|event| (event.member("EventTime").cloned(), text(event, "EventId").to_owned())),
        );
        match page.member("NextToken").and_then(Value::as_text) {
            Some(next) => token = format!(", 'NextToken': '{next}'"),
            None => break,
        }
    }
    assert_eq!((sizes, seen.len()), (vec![50, 50, 21], 121));
    let times: Vec<_> = seen.iter().map(|(time, _)| format!("{time:?}")).collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]));
    let mut ids: Vec<_> = seen.into_iter().map(|(_, id)| id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 121);
}

#[test]
fn bad_requests_get_the_exceptions_of_the_model() {
    let world = world();
    key(&world, None);
    key(&world, None);
    let token = text(&looked_up(&world, "{'MaxResults': 1}"), "NextToken").to_owned();
    assert_eq!(token.len(), 44);
    for (body, exception, sentence) in [
        (by("Colour", "red"), "InvalidLookupAttributesException", "AttributeKey must be one of AccessKeyId"),
        (by("EventName", ""), "InvalidLookupAttributesException", "AttributeValue"),
        (by("EventName", &"_".repeat(1001)), "InvalidLookupAttributesException", "longer than 2000"),
        (by("ReadOnly", "yes"), "InvalidLookupAttributesException", "true or false"),
        ("{'LookupAttributes': [{}, {}]}".to_owned(), "InvalidLookupAttributesException", "one in a request"),
        ("{'LookupAttributes': 'EventName'}".to_owned(), "InvalidLookupAttributesException", "a list"),
        ("{'StartTime': 2, 'EndTime': 1}".to_owned(), "InvalidTimeRangeException", "is later than EndTime"),
        ("{'StartTime': 'now'}".to_owned(), "InvalidTimeRangeException", "StartTime"),
        ("{'EndTime': 1e300}".to_owned(), "InvalidTimeRangeException", "EndTime"),
        ("{'MaxResults': 0}".to_owned(), "InvalidMaxResultsException", "1 to 50"),
        ("{'MaxResults': 51}".to_owned(), "InvalidMaxResultsException", "1 to 50"),
        ("{'MaxResults': 'ten'}".to_owned(), "InvalidMaxResultsException", "1 to 50"),
        ("{'EventCategory': 'data'}".to_owned(), "InvalidEventCategoryException", "insight"),
        ("{'NextToken': 'x'}".to_owned(), "InvalidNextTokenException", "NextToken"),
        (format!("{{'NextToken': '{token}', 'EndTime': 1900000000}}"), "InvalidNextTokenException", "other parameters"),
        ("[".to_owned(), "SerializationException", "JSON"),
    ] {
        let (status, answer) = post(&world, TARGET, "111122223333/20270115/us-east-1/cloudtrail", &body);
        assert_eq!((status, text(&answer, "__type")), (400, exception), "{body}");
        assert!(text(&answer, "message").contains(sentence), "{body}: {answer:?}");
    }
    for (target, scope, exception) in [
        ("CloudTrail_20131101.DescribeTrails", "111122223333", "UnsupportedOperationException"),
        ("TrentService.ListKeys", "111122223333", "UnknownOperationException"),
        (TARGET, "s3.amazonaws.com", "UnsupportedOperationException"),
    ] {
        let (status, answer) = post(&world, target, &format!("{scope}/20270115/us-east-1/cloudtrail"), "{}");
        assert_eq!((status, text(&answer, "__type")), (400, exception), "{target}");
    }
}
