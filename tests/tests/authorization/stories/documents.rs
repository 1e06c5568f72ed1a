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
            refuse(case, text_or(case, "error"), &mut put);
            vec![make_key(json!({})), json!({ "directory": { "principals": { bob: { "policies": [all] } } } }), put]
        }
        "identity" => {
            let mut step = json!({ "directory": { "principals": { bob: { "policies": { "p": document } } } } });
            // A directory is no service: what it refuses is the mistake of a host.
            refuse(case, "ValidationException", &mut step);
            vec![step]
        }
        other => panic!("no story is told of {other} policies"),
    };
    let note = case["note"].as_str().map_or_else(|| summary(case), str::to_owned);
    let mut titled = case.clone();
    titled["title"] = json!(note);
    Story::new(&titled, steps)
}

fn text_or<'a>(case: &'a Value, member: &str) -> &'a str {
    case[member].as_str().unwrap_or_default()
}

/// Adds the exception of a document that is not accepted.
fn refuse(case: &Value, exception: &str, step: &mut Value) {
    if case["accept"] == true {
        return;
    }
    step["exception"] = json!(exception);
    step["message"] = match case["message"].as_str() {
        Some(message) if case["policy_type"] == "key" => json!(message),
        _ => json!({ "$any": true }),
    };
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
