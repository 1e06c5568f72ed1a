//! A validation case as a story: a document that is put or registered, or refused.

use serde_json::{Value, json};

use super::{
    OWNER, Story,
    decisions::make_key,
    steps::{call, key, told_text},
};
use crate::cases::text;

/// Tells a validation case.
pub(super) fn story(case: &Value) -> Story {
    let document = told_text(text(case, "document"), false);
    let bob = format!("arn:aws:iam::{OWNER}:user/bob");
    let steps = match text(case, "policy_type") {
        "key" => {
            let all = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:*", "Resource": "*" }] });
            let mut put = call("PutKeyPolicy", json!({ "KeyId": key("key", false), "Policy": document }));
            put["caller"] = case["caller"].clone();
            refuse(case, &mut put);
            vec![make_key(json!({})), json!({ "directory": { "principals": { bob: { "policies": [all] } } } }), put]
        }
        "identity" => {
            let mut step = json!({ "directory": { "principals": { bob: { "policies": { "p": document } } } } });
            if case["accept"] != true {
                step["refused"] =
                    case["message"].as_str().map_or(json!({ "$any": true }), |text| json!({ "$contains": text }));
            }
            vec![step]
        }
        other => panic!("no story is told of {other} policies"),
    };
    let note = case["note"].as_str().map_or_else(|| summary(case), str::to_owned);
    let mut titled = case.clone();
    titled["title"] = json!(note);
    Story::new(&titled, steps)
}

/// Adds the exception of a document that is not accepted.
fn refuse(case: &Value, step: &mut Value) {
    if case["accept"] == true {
        return;
    }
    step["exception"] = case["error"].clone();
    step["message"] = case["message"].as_str().map_or(json!({ "$any": true }), |message| json!(message));
}

/// What a case without a note is about.
fn summary(case: &Value) -> String {
    match (case["accept"] == true, case["message"].as_str()) {
        (true, _) => format!("A {} policy that is accepted", text(case, "policy_type")),
        (false, Some(message)) => format!(
            "A {} policy is refused with the words '{}'",
            text(case, "policy_type"),
            message.trim_end_matches('.')
        ),
        (false, None) => format!("A {} policy is refused", text(case, "policy_type")),
    }
}
