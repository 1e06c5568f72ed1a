//! What the record of a call shows: every operation in every outcome, by a schema of our own, and by the samples.

use std::{collections::BTreeSet, slice};

use pocket_kms::{
    Value,
    operations::{self, Reach},
};
use serde_json::{Value as Json, json};

use crate::{
    scenes::{NOBODY, OTHER, OWNER, Scene},
    schema::faults,
};

/// What no record shows of a request.
const HIDDEN: [&str; 14] = [
    "CiphertextBlob",
    "EncryptedKeyMaterial",
    "GrantToken",
    "GrantTokens",
    "ImportToken",
    "KeyStorePassword",
    "Mac",
    "Message",
    "Plaintext",
    "PublicKey",
    "Recipient",
    "SharedSecretCiphertextBlob",
    "Signature",
    "TrustAnchorCertificate",
];

/// What KMS fills in and shows, where the input of the scene leaves it out.
fn filled(operation: &str) -> Json {
    match operation {
        "CreateKey" => json!({ "customerMasterKeySpec": "ECC_NIST_P256" }),
        "Decrypt" => json!({ "encryptionAlgorithm": "SYMMETRIC_DEFAULT" }),
        "GetKeyPolicy" | "PutKeyPolicy" => json!({ "policyName": "default" }),
        // A number of seconds in the request.
        "ImportKeyMaterial" => json!({ "validTo": "Jan 2, 2026, 12:00:00 AM" }),
        "ReEncrypt" => json!({
            "sourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "destinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }),
        "ReplicateKey" => json!({ "description": "", "bypassPolicyLockoutSafetyCheck": false }),
        "ScheduleKeyDeletion" => json!({ "pendingWindowInDays": 30 }),
        "Sign" | "Verify" => json!({ "messageType": "RAW" }),
        _ => json!({}),
    }
}

/// Fails unless every record is as the schema says.
fn check(records: &[Json], what: &str) {
    assert!(!records.is_empty(), "{what}: nothing is recorded");
    for record in records {
        let wrong = faults(record);
        assert!(wrong.is_empty(), "{what}: {wrong:#?}\n{record:#}");
    }
}

/// The only record of a call.
fn one(records: Vec<Json>, what: &str) -> Json {
    check(&records, what);
    let [record] = <[Json; 1]>::try_from(records).unwrap_or_else(|all| panic!("{what}: {all:#?}"));
    record
}

fn lowered(name: &str) -> String {
    if name == "CloudHsmClusterId" {
        return "clusterId".to_owned();
    }
    name[..1].to_ascii_lowercase() + &name[1..]
}

/// The parameters that a record is to show of an input.
fn parameters(operation: &str, input: &Json) -> Json {
    if ["GenerateRandom", "RetireGrant"].contains(&operation) {
        return Json::Null;
    }
    let mut shown = json!({});
    for (name, member) in input.as_object().expect("members") {
        if !HIDDEN.contains(&&**name) {
            shown[lowered(name)] = match &**name {
                "Tags" => member.as_array().expect("tags").iter().map(structure).collect(),
                "Constraints" => structure(member),
                _ => member.clone(),
            };
        }
    }
    for (name, member) in filled(operation).as_object().expect("members") {
        shown[name] = member.clone();
    }
    shown
}

fn structure(member: &Json) -> Json {
    member.as_object().expect("members").iter().map(|(name, member)| (lowered(name), member.clone())).collect()
}

fn all() -> impl Iterator<Item = (&'static str, Scene)> {
    operations::TABLE.iter().map(|operation| (operation.name, Scene::new(operation.name)))
}

/// Whether a record shows nothing of what was asked.
fn shows_nothing(record: &Json) -> bool {
    record["requestParameters"].is_null()
        && record["responseElements"].is_null()
        && record.get("resources").is_none()
        && record.get("additionalEventData").is_none()
}

#[test]
fn a_call_that_succeeds_shows_its_parameters_as_its_caller_wrote_them() {
    for (operation, scene) in all() {
        let records = scene.records(OWNER, &scene.input);
        check(&records, operation);
        let record = &records[0];
        assert_eq!(record.get("errorCode"), None, "{operation}: {record:#}");
        assert_eq!(record["requestParameters"], parameters(operation, &scene.input), "{operation}");
        let keys: Vec<&Json> = record["resources"].as_array().into_iter().flatten().map(|one| &one["ARN"]).collect();
        let named = matches!(operation, "CreateKey") || keys.contains(&&json!(scene.key)) || keys.is_empty();
        assert!(named, "{operation}: {keys:?}");
    }
}

#[test]
fn what_changes_a_particular_key_tells_which_and_what_reads_tells_nothing() {
    for (operation, scene) in all() {
        let record = scene.records(OWNER, &scene.input).remove(0);
        let elements = &record["responseElements"];
        let expected = match operation {
            "CreateCustomKeyStore" | "CreateGrant" | "CreateKey" | "ReplicateKey" => !elements.is_null(),
            // As in the reply, whose form is the caller's.
            "RotateKeyOnDemand" => elements["keyId"].as_str().is_some_and(|id| scene.key.ends_with(id)),
            _ if record["readOnly"] == true || operation.ends_with("CustomKeyStore") => elements.is_null(),
            _ => elements["keyId"] == json!(scene.key),
        };
        assert!(expected, "{operation}: {record:#}");
    }
}

#[test]
fn a_call_that_is_denied_shows_nothing_of_what_was_asked() {
    for (operation, scene) in all() {
        let record = one(scene.records(NOBODY, &scene.input), operation);
        assert_eq!(record["errorCode"], "AccessDenied", "{operation}: {record:#}");
        assert!(record["errorMessage"].as_str().is_some_and(|said| said.contains(NOBODY)), "{operation}: {record:#}");
        assert!(shows_nothing(&record), "{operation}: {record:#}");
    }
}

#[test]
fn a_malformed_request_is_recorded_and_shows_nothing() {
    for (operation, scene) in all() {
        let (name, _) = scene.input.as_object().and_then(|members| members.iter().next()).expect("a member");
        for wrong in [json!([[1]]), json!("x".repeat(200_000))] {
            let record = one(scene.records(OWNER, &scene.with(&json!({ name: wrong }))), operation);
            let code = record["errorCode"].as_str().expect("a code");
            assert!(["SerializationException", "ValidationException"].contains(&code), "{operation}: {record:#}");
            assert!(shows_nothing(&record), "{operation}: {record:#}");
        }
    }
}

/// What answers for a key in every state; everything else that is on a key refuses one of the states that come to pass
/// here.
const IN_ANY_STATE: [&str; 14] = [
    "DeleteAlias",
    "DeleteImportedKeyMaterial",
    "DescribeKey",
    "GetKeyLastUsage",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "ListAliases",
    "ListGrants",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListResourceTags",
    "PutKeyPolicy",
    "RetireGrant",
    "RevokeGrant",
];

#[test]
fn a_key_in_the_wrong_state_is_told_with_all_that_was_asked_of_it() {
    let mut refused = BTreeSet::new();
    for (operation, scene) in all() {
        match operation {
            "CancelKeyDeletion" => drop(scene.root("CancelKeyDeletion", &json!({ "KeyId": scene.key }))),
            _ if scene.key.contains("mrk-") && operation == "UpdatePrimaryRegion" => {
                drop(scene.root("DisableKey", &json!({ "KeyId": scene.key })));
            }
            _ => drop(scene.root("ScheduleKeyDeletion", &json!({ "KeyId": scene.key, "PendingWindowInDays": 7 }))),
        }
        let record = scene.records(OWNER, &scene.input).remove(0);
        let Some(code) = record.get("errorCode") else { continue };
        check(slice::from_ref(&record), operation);
        let expected = [json!("KMSInvalidStateException"), json!("DisabledException")];
        assert!(expected.contains(code), "{operation}: {record:#}");
        assert_eq!(record["requestParameters"], parameters(operation, &scene.input), "{operation}");
        assert!(record["resources"].as_array().is_some_and(|keys| !keys.is_empty()), "{operation}: {record:#}");
        assert!(record.get("additionalEventData").is_none(), "{operation}: {record:#}");
        refused.insert(operation);
    }
    let on_keys = operations::TABLE.iter().filter(|operation| operation.reach != Reach::NoKey);
    let expected: BTreeSet<&str> =
        on_keys.map(|operation| operation.name).filter(|name| !IN_ANY_STATE.contains(name)).collect();
    assert_eq!(refused, expected);
}

#[test]
fn a_dry_run_is_told_as_if_it_were_real_but_for_what_came_of_it() {
    for (operation, scene) in all() {
        if !operations::Operation::find(operation).expect("an operation").has_dry_run() {
            continue;
        }
        let real = scene.with(&json!({}));
        let record = one(scene.records(OWNER, &scene.with(&json!({ "DryRun": true }))), operation);
        assert_eq!(record["errorCode"], "DryRunOperationException", "{operation}: {record:#}");
        let mut expected = parameters(operation, &scene.input);
        if !expected.is_null() {
            expected["dryRun"] = json!(true);
        }
        assert_eq!(record["requestParameters"], expected, "{operation}");
        let real = scene.records(OWNER, &real).remove(0);
        for member in ["resources", "additionalEventData"] {
            assert_eq!(record.get(member), real.get(member), "{operation}");
        }
    }
}

#[test]
fn a_key_of_another_account_is_told_to_both_accounts_or_to_nobody_but_the_caller() {
    for (operation, scene) in all() {
        let reach = operations::Operation::find(operation).expect("an operation").reach;
        let records = scene.records(OTHER, &scene.input);
        check(&records, operation);
        let recipients: Vec<&Json> = records.iter().map(|record| &record["recipientAccountId"]).collect();
        if reach == Reach::AnyAccount {
            assert_eq!(records[0].get("errorCode"), None, "{operation}: {:#}", records[0]);
            assert_eq!(recipients, [&json!(OTHER), &json!(OWNER)], "{operation}");
            for member in ["requestParameters", "responseElements", "additionalEventData", "resources", "requestID"] {
                assert_eq!(records[0].get(member), records[1].get(member), "{operation}");
            }
            assert!(records[0]["sharedEventID"].is_string(), "{operation}");
            assert_eq!(records[0]["sharedEventID"], records[1]["sharedEventID"], "{operation}");
        } else {
            assert_eq!(recipients, [&json!(OTHER)], "{operation}");
        }
    }
}

#[test]
fn a_call_that_a_service_forwards_shows_the_same_as_its_callers_own() {
    for (operation, scene) in all() {
        let via = Value::from([("via", Value::List(vec![Value::from("secretsmanager.amazonaws.com")]))]);
        let forwarded = scene.records_from(&Value::from(OWNER), &via, &scene.input).remove(0);
        check(slice::from_ref(&forwarded), operation);
        let own = Scene::new(operation).with_call(&scene.input);
        for member in ["requestParameters", "responseElements", "additionalEventData", "resources", "readOnly"] {
            assert_eq!(forwarded.get(member), own.get(member), "{operation} {member}");
        }
    }
}

impl Scene {
    /// The first record of a call by the root user.
    fn with_call(&self, input: &Json) -> Json {
        self.records(OWNER, input).remove(0)
    }
}

#[test]
fn the_schema_refuses_what_no_record_has() {
    let scene = Scene::new("Decrypt");
    let good = one(scene.records(OWNER, &scene.input), "Decrypt");
    for (place, wrong) in [
        ("/requestParameters/ciphertextBlob", json!("AQID")),
        ("/requestParameters/dryRun", json!("true")),
        ("/responseElements", json!({ "plaintext": "AQID" })),
        ("/additionalEventData/keyMaterialId", json!("AQID")),
        ("/resources", json!([])),
        ("/errorCode", json!("AccessDeniedException")),
        ("/errorMessage", json!("a sentence without a code")),
        ("/eventVersion", json!("1.08")),
        ("/readOnly", json!(false)),
        ("/addendum", json!({})),
    ] {
        let mut bad = good.clone();
        let (parent, name) = place.rsplit_once('/').expect("a path");
        bad.pointer_mut(parent).expect("a structure")[name] = wrong;
        assert!(!faults(&bad).is_empty(), "{place}");
    }
}

#[test]
fn a_name_that_an_operation_does_not_have_is_in_no_record() {
    let scene = Scene::new("Encrypt");
    let record = one(scene.records(OWNER, &scene.with(&json!({ "Policy": "of nobody", "keyId": "x" }))), "Encrypt");
    assert_eq!(record["requestParameters"], parameters("Encrypt", &scene.input));
}

#[test]
fn an_operation_that_there_is_not_leaves_no_record() {
    let scene = Scene { operation: "NoOperation", ..Scene::new("DescribeKey") };
    assert!(scene.records(OWNER, &scene.input).is_empty());
}
