//! Who is told of an action, and what each account sees of it (AUD-74 to AUD-81).

use pocket_kms::{CryptoProvider, Options, Value, World, arguments};
use serde_json::{Value as Json, json};

use super::{
    samples::value,
    shape::{NOW, text},
};

const OWNER: &str = "111122223333";
const OTHER: &str = "444455556666";
const THIRD: &str = "777788889999";

fn world(full: bool) -> World {
    let mut options = Options { now: Some(NOW), ..Options::default() };
    options.audit.full_foreign_identity = full;
    World::new(options, CryptoProvider::default(), [3; 32])
}

/// A key of an account that everybody may use.
fn open_key(world: &World, account: &str) -> String {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:root")}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"AWS": [OWNER, OTHER, THIRD]}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:*", "Resource": "*"},
    ]});
    let input = value(&json!({"Policy": policy.to_string()}));
    let made = world.call("CreateKey", input, None, Some(account), NOW).reply.expect("a key");
    text(&made, &["KeyMetadata", "Arn"]).to_owned()
}

/// Makes a call; gives back the copies of its record.
fn told(world: &World, caller: &str, origin: &Json, operation: &str, input: &Json) -> Vec<Json> {
    let sender = arguments::sender(&value(&json!(caller)), &value(origin)).expect("a sender");
    let id = world.call_from(operation, value(input), None, &sender, NOW).request_id;
    let records = world.records(0).records;
    let own = records.iter().filter(|(_, record)| record.request_id() == Some(id));
    own.map(|(_, record)| serde_json::from_str(&record.to_json()).expect("JSON")).collect()
}

fn recipients(records: &[Json]) -> Vec<&str> {
    records.iter().map(|record| record["recipientAccountId"].as_str().expect("an account")).collect()
}

/// What must not differ between the copies of one record.
fn common(record: &Json) -> Json {
    let mut record = record.clone();
    for own in ["eventID", "recipientAccountId", "userIdentity"] {
        record.as_object_mut().expect("a record").remove(own);
    }
    record
}

#[test]
fn a_call_on_a_foreign_key_is_told_to_both_accounts_and_the_owner_learns_no_names() {
    let world = world(false);
    let key = open_key(&world, OWNER);
    let caller = format!("arn:aws:sts::{OTHER}:assumed-role/App/work");
    let copies = told(&world, &caller, &json!({}), "Encrypt", &json!({"KeyId": key, "Plaintext": "aGVsbG8="}));
    let [own, owners] = &copies[..] else { panic!("{copies:?}") };
    assert_eq!(recipients(&copies), [OTHER, OWNER]);
    assert_eq!(common(own), common(owners));
    assert!(own["sharedEventID"].is_string() && own["eventID"] != owners["eventID"]);
    for copy in &copies {
        assert_eq!(&copy["eventID"].as_str().expect("an id")[14..15], "3");
    }
    assert_eq!(own["userIdentity"]["arn"], caller);
    let seen = json!({"type": "AWSAccount", "principalId": own["userIdentity"]["principalId"], "accountId": OTHER});
    assert_eq!(owners["userIdentity"], seen);
    let used = world.call("GetKeyLastUsage", value(&json!({"KeyId": key})), None, None, NOW).reply.expect("a use");
    assert_eq!(text(&used, &["KeyLastUsage", "CloudTrailEventId"]), owners["eventID"]);
    assert_eq!(text(&used, &["KeyLastUsage", "KmsRequestId"]), owners["requestID"]);
}

#[test]
fn a_host_may_show_owners_who_it_was() {
    let world = world(true);
    let key = open_key(&world, OWNER);
    let caller = format!("arn:aws:iam::{OTHER}:user/Eve");
    let copies = told(&world, &caller, &json!({}), "DescribeKey", &json!({"KeyId": key}));
    assert_eq!(recipients(&copies), [OTHER, OWNER]);
    assert_eq!(copies[0]["userIdentity"], copies[1]["userIdentity"]);
}

#[test]
fn who_is_refused_is_told_alone_and_who_is_let_through_to_a_disabled_key_is_not() {
    let world = world(false);
    let key = open_key(&world, OWNER);
    let closed = world.call("CreateKey", Value::from([]), None, None, NOW).reply.expect("a key");
    let closed = text(&closed, &["KeyMetadata", "Arn"]).to_owned();
    let encrypt = |key: &str| {
        told(
            &world,
            &format!("arn:aws:iam::{OTHER}:user/Eve"),
            &json!({}),
            "Encrypt",
            &json!({"KeyId": key, "Plaintext": "aGVsbG8="}),
        )
    };
    let denied = encrypt(&closed);
    assert_eq!(recipients(&denied), [OTHER]);
    assert_eq!((&denied[0]["errorCode"], denied[0].get("sharedEventID")), (&json!("AccessDenied"), None));
    assert_eq!(&denied[0]["eventID"].as_str().expect("an id")[14..15], "4");
    let missing = encrypt(&format!("arn:aws:kms:us-east-1:{OWNER}:key/11111111-2222-3333-4444-555555555555"));
    assert_eq!(recipients(&missing), [OTHER]);
    world.call("DisableKey", value(&json!({"KeyId": key})), None, None, NOW).reply.expect("a disabled key");
    let disabled = encrypt(&key);
    assert_eq!((recipients(&disabled), &disabled[0]["errorCode"]), (vec![OTHER, OWNER], &json!("DisabledException")));
}

#[test]
fn two_foreign_owners_and_the_caller_get_three_copies_with_both_keys() {
    let world = world(false);
    let (source, destination) = (open_key(&world, OWNER), open_key(&world, THIRD));
    let input = value(&json!({"KeyId": source, "Plaintext": "aGVsbG8="}));
    let sealed = world.call("Encrypt", input, None, None, NOW).reply.expect("a ciphertext");
    let blob = super::samples::blob(&sealed, "CiphertextBlob");
    let input = json!({"CiphertextBlob": blob, "SourceKeyId": source, "DestinationKeyId": destination});
    let copies = told(&world, OTHER, &json!({}), "ReEncrypt", &input);
    assert_eq!(recipients(&copies), [OTHER, OWNER, THIRD]);
    for copy in &copies {
        assert_eq!(copy["resources"].as_array().map(Vec::len), Some(2));
        assert_eq!(copy["sharedEventID"], copies[0]["sharedEventID"]);
    }
}

#[test]
fn what_aws_is_told_too_is_shared_though_nobody_else_sees_its_copy() {
    let world = world(false);
    let key = open_key(&world, OWNER);
    let input = json!({"KeyId": key, "KeySpec": "AES_256"});
    let service = told(&world, "cloudtrail.amazonaws.com", &json!({}), "GenerateDataKey", &input);
    assert_eq!(recipients(&service), [OWNER]);
    assert_eq!(service[0]["userIdentity"], json!({"type": "AWSService", "invokedBy": "cloudtrail.amazonaws.com"}));
    assert_eq!(
        (&service[0]["sourceIPAddress"], &service[0]["userAgent"]),
        (&json!("cloudtrail.amazonaws.com"), &json!("cloudtrail.amazonaws.com"))
    );
    let through = json!({"via": "ec2-frontend-api.amazonaws.com", "vpc_endpoint": "AWS Internal"});
    let volume =
        told(&world, &format!("arn:aws:iam::{OWNER}:user/Alice"), &through, "GenerateDataKeyWithoutPlaintext", &input);
    assert_eq!(
        (&volume[0]["vpcEndpointId"], &volume[0]["vpcEndpointAccountId"]),
        (&json!("AWS Internal"), &json!("AWS Internal"))
    );
    for record in service.iter().chain(&volume) {
        assert!(record["sharedEventID"].is_string());
        assert_eq!(&record["eventID"].as_str().expect("an id")[14..15], "3");
    }
    let forwarded = told(&world, OWNER, &json!({"via": "s3.amazonaws.com"}), "GenerateDataKey", &input);
    assert_eq!((forwarded.len(), forwarded[0].get("sharedEventID")), (1, None));
}
