//! Whatever happens, records, metrics and last usage tell the same story.

use std::collections::BTreeMap;

use pocket_kms::{Span, Time, World};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::metrics::{NOW, ask, done, json, key, world};

/// Something that somebody does with one of three keys.
#[derive(Clone, Debug)]
struct Act {
    operation: &'static str,
    key: usize,
    other: usize,
    /// The account that calls.
    stranger: bool,
    dry: bool,
    wait: i64,
}

const OPERATIONS: [&str; 9] = [
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncrypt",
    "DescribeKey",
    "DisableKey",
    "EnableKey",
    "GenerateRandom",
    "Decrypt",
];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (0..OPERATIONS.len(), 0..4_usize, 0..3_usize, any::<bool>(), prop::bool::weighted(0.2), 0..90_000_i64);
    let act = act.prop_map(|(operation, key, other, stranger, dry, wait)| Act {
        operation: OPERATIONS[operation],
        key,
        other,
        stranger,
        dry,
        wait,
    });
    prop::collection::vec(act, 1..40)
}

/// Keys that a stranger may use, one that he may not, and a name of none.
struct Scene {
    world: World,
    keys: Vec<String>,
    blobs: Vec<String>,
}

impl Scene {
    fn new() -> Self {
        let world = world();
        let open = r#"{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"kms:*\", \"Resource\": \"*\"}}"#;
        let arn = |id: String| format!("arn:aws:kms:us-east-1:111122223333:key/{id}");
        let open = format!("{{\"Policy\": \"{open}\"}}");
        let mut keys: Vec<String> = [&*open, &open, "{}"].iter().map(|input| arn(key(&world, input))).collect();
        let blob = |key: &String| {
            let told = done(&world, "Encrypt", &format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}"));
            serde_json::from_slice::<Json>(&pocket_kms::wire::to_json(&told)).expect("JSON")["CiphertextBlob"]
                .to_string()
        };
        let blobs = keys.iter().map(blob).collect();
        keys.push("alias/none".to_owned());
        Self { world, keys, blobs }
    }

    fn perform(&self, act: &Act) {
        self.world.advance(Span::from_millis(act.wait), NOW).expect("later");
        let (key, dry) = (&self.keys[act.key], if act.dry { ", \"DryRun\": true" } else { "" });
        let blob = &self.blobs[act.other];
        let input = match act.operation {
            "Encrypt" => format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"{dry}}}"),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => {
                format!("{{\"KeyId\": \"{key}\", \"KeySpec\": \"AES_256\"{dry}}}")
            }
            "ReEncrypt" => format!("{{\"DestinationKeyId\": \"{key}\", \"CiphertextBlob\": {blob}{dry}}}"),
            "Decrypt" => format!("{{\"CiphertextBlob\": {blob}{dry}}}"),
            "GenerateRandom" => r#"{"NumberOfBytes": 8}"#.to_owned(),
            _ => format!("{{\"KeyId\": \"{key}\"}}"),
        };
        let caller = act.stranger.then_some("444455556666");
        drop(self.world.call(act.operation, json(&input), None, caller, NOW));
    }

    fn records(&self) -> Vec<Json> {
        ask(&self.world, r#"{"question": "records", "limit": 1000}"#)["records"].as_array().expect("records").clone()
    }

    /// The sum of each metric of a name, by what `of` makes of its dimensions and account.
    fn sums(&self, name: &str, of: impl Fn(&Json) -> String) -> BTreeMap<String, u64> {
        let whole = ask(
            &self.world,
            &format!(
                r#"{{"question": "metric_data", "name": "{name}", "each": true, "period": 86400, "from": 1799971200}}"#
            ),
        );
        let mut sums = BTreeMap::new();
        for metric in whole["metrics"].as_array().expect("metrics") {
            let data = metric["data"].as_array().expect("data");
            let sum: f64 = data.iter().map(|datum| datum["value"].as_f64().expect("a number")).sum();
            let sum: u64 = sum.to_string().parse().expect("a whole number");
            *sums.entry(of(metric)).or_insert(0) += sum;
        }
        sums
    }
}

/// What a call of this record counts for; nothing where no key was found.
fn resource(record: &Json) -> Option<&str> {
    let name = record["eventName"].as_str().expect("a name");
    match (name, record["errorCode"].as_str()) {
        (_, Some("NotFoundException" | "InvalidArnException" | "ValidationException")) => None,
        (
            "Encrypt"
            | "Decrypt"
            | "ReEncrypt"
            | "GenerateRandom"
            | "GenerateDataKey"
            | "GenerateDataKeyWithoutPlaintext",
            _,
        ) => Some("CryptographicOperationsSymmetric"),
        _ => Some(name),
    }
}

/// The key that a last use is told of, its time, and the ids of the request and of the owner's copy.
fn uses(records: &[Json]) -> BTreeMap<String, (String, String, String, String)> {
    let mut uses = BTreeMap::new();
    let tracked =
        |record: &&Json| resource(record) == Some("CryptographicOperationsSymmetric") && record["errorCode"].is_null();
    for record in records.iter().filter(tracked) {
        for key in record["resources"].as_array().into_iter().flatten() {
            if key["accountId"] == record["recipientAccountId"] {
                let text = |name: &str| record[name].as_str().expect(name).to_owned();
                let told = (text("eventName"), text("eventTime"), text("requestID"), text("eventID"));
                uses.insert(key["ARN"].as_str().expect("an ARN").to_owned(), told);
            }
        }
    }
    uses
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_of_records_metrics_and_last_usage_agree(acts in acts()) {
        let scene = Scene::new();
        for act in &acts {
            scene.perform(act);
        }
        let records = scene.records();

        // Every successful use of a key is a record of the key's owner, and one in its metric.
        let mut used = BTreeMap::new();
        for record in records.iter().filter(|record| record["errorCode"].is_null() && record["recipientAccountId"] == "111122223333") {
            let name = record["eventName"].as_str().expect("a name");
            if resource(record) == Some("CryptographicOperationsSymmetric") && name != "GenerateRandom" {
                let keys: Vec<&str> = record["resources"].as_array().expect("keys").iter().map(|key| key["ARN"].as_str().expect("an ARN")).collect();
                *used.entry([name, &keys.join(" ")].join(" ")).or_insert(0) += 1;
            }
        }
        let told = scene.sums("SuccessfulRequest", |metric| {
            let of = |name: &str| metric["dimensions"][name].as_str();
            let keys = ["KeyArn", "SourceKeyArn", "DestinationKeyArn"].iter().filter_map(|name| of(name)).collect::<Vec<_>>();
            [of("Operation").expect("an operation"), &keys.join(" ")].join(" ")
        });
        prop_assert_eq!(told, used);

        // Every call that has found its key is a record of its caller, and counts against the quota of its account.
        let mut called = BTreeMap::new();
        for record in &records {
            let identity = &record["userIdentity"];
            let account = identity["accountId"].as_str().expect("an account");
            if let Some(resource) = resource(record).filter(|_| record["recipientAccountId"] == account) {
                *called.entry([account, resource].join(" ")).or_insert(0) += 1;
            }
        }
        let told = scene.sums("CallCount", |metric| {
            [metric["account"].as_str().expect("an account"), metric["dimensions"]["Resource"].as_str().expect("a resource")].join(" ")
        });
        prop_assert_eq!(told, called);

        // The last use of a key is its last record of a successful use.
        let last = uses(&records);
        for key in &scene.keys[..3] {
            let told = done(&scene.world, "GetKeyLastUsage", &format!("{{\"KeyId\": \"{key}\"}}"));
            let told: Json = serde_json::from_slice(&pocket_kms::wire::to_json(&told)).expect("JSON");
            let told = &told["KeyLastUsage"];
            let text = |name: &str| told[name].as_str().expect(name).to_owned();
            let seconds = told["Timestamp"].as_f64().expect("a time");
            let time = Time::from_seconds(seconds.floor()).expect("a time").to_string().replace(".000Z", "Z");
            let told = (text("Operation"), time, text("KmsRequestId"), text("CloudTrailEventId"));
            prop_assert_eq!(Some(&told), last.get(key));
        }
    }
}
