//! What EventBridge is sent (AUD-206 to AUD-212).

use pocket_kms::{CryptoProvider, Options, Span, Value, World};
use serde_json::{Value as Json, json};

use super::{
    samples::value,
    shape::{NOW, call, key},
};

fn world() -> World {
    World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [5; 32])
}

fn events(world: &World, members: &Json) -> Vec<Json> {
    let mut question = members.clone();
    question["question"] = json!("events");
    let answer = world.audit(&value(&question), NOW).expect("events");
    let answer: Json = serde_json::from_slice(&pocket_kms::wire::to_json(&answer)).expect("JSON");
    answer["events"].as_array().expect("a list").clone()
}

fn types(events: &[Json]) -> Vec<String> {
    let name = |event: &Json| {
        let carried = event["detail"].get("eventName").map_or_else(String::new, |name| format!(": {name}"));
        format!("{}{}", event["detail-type"].as_str().expect("a type"), carried.replace('"', ""))
    };
    events.iter().map(name).collect()
}

#[test]
fn every_record_is_an_event_and_rules_hear_of_reading_only_if_they_want_to() {
    let world = world();
    let arn = key(&world, &[]);
    call(&world, "DescribeKey", value(&json!({"KeyId": arn})));
    call(&world, "Encrypt", value(&json!({"KeyId": arn, "Plaintext": "aGVsbG8="})));
    let usual = events(&world, &json!({}));
    let api = |name: &str| format!("AWS API Call via CloudTrail: {name}");
    assert_eq!(types(&usual), [api("CreateKey"), api("Encrypt")]);
    let all = events(&world, &json!({"ruleState": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}));
    assert_eq!(types(&all), [api("CreateKey"), api("DescribeKey"), api("Encrypt")]);
    let record: Json = serde_json::from_str(&world.records(0).records[0].1.to_json()).expect("JSON");
    let expected = json!({
        "version": "0", "id": usual[0]["id"], "detail-type": "AWS API Call via CloudTrail", "source": "aws.kms",
        "account": "111122223333", "time": record["eventTime"], "region": "us-east-1", "resources": [], "detail": record,
    });
    assert_eq!(usual[0], expected);
    assert_eq!(events(&world, &json!({"account": "444455556666"})), Vec::<Json>::new());
    assert_eq!(events(&world, &json!({"after": 1, "limit": 2})).len(), 1);
}

#[test]
fn rotation_and_deletion_have_events_of_their_own() {
    let world = world();
    let arn = key(&world, &[]);
    call(&world, "RotateKeyOnDemand", value(&json!({"KeyId": arn})));
    call(&world, "ScheduleKeyDeletion", value(&json!({"KeyId": arn, "PendingWindowInDays": 7})));
    world.advance(Span::from_days(8), NOW).expect("later");
    call(&world, "ListKeys", Value::from([]));
    let told = events(&world, &json!({"repeatDeletions": true}));
    let own: Vec<&Json> =
        told.iter().filter(|event| event["detail-type"].as_str().expect("a type").starts_with("KMS")).collect();
    let [rotated, deleted, again] = own[..] else { panic!("{:?}", types(&told)) };
    let id = arn.rsplit('/').next();
    assert_eq!((&rotated["detail-type"], &rotated["resources"]), (&json!("KMS CMK Rotation"), &json!([arn])));
    let names = ["key-id", "key-origin", "rotation-type", "previous-key-material-id", "current-key-material-id"];
    let mut found: Vec<&String> = rotated["detail"].as_object().expect("a detail").keys().collect();
    found.sort();
    let mut expected = names;
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(
        (rotated["detail"]["rotation-type"].as_str(), rotated["detail"]["key-id"].as_str()),
        (Some("ON_DEMAND"), id)
    );
    assert_eq!((&deleted["detail-type"], &deleted["detail"]), (&json!("KMS CMK Deletion"), &json!({"key-id": id})));
    assert!(deleted["id"] != again["id"] && deleted["time"] != again["time"] && deleted["detail"] == again["detail"]);
    let carried = types(&told);
    for name in ["RotateKey", "DeleteKey"] {
        assert!(carried.contains(&format!("AWS Service Event via CloudTrail: {name}")), "{carried:?}");
    }
}

#[test]
fn a_question_that_cannot_be_read_says_what_can() {
    let world = world();
    for (question, shown) in [
        (json!({"question": "events", "rule": "x"}), "ruleState"),
        (json!({"question": "events", "ruleState": "ON"}), "ENABLED"),
        (json!({"question": "events", "after": "first"}), "number of a record"),
        (json!({"question": "events", "region": "nowhere"}), "Region"),
    ] {
        let refusal = world.audit(&value(&question), NOW).expect_err(shown).message.unwrap_or_default();
        assert!(refusal.contains(shown), "{refusal}");
    }
}
