//! The words in which stories speak.

use serde_json::{Map, Value, json};

use super::{OWNER, REGION};

/// The keys of the cases, and the names by which the steps of a story know them.
const KEYS: [(&str, &str); 2] = [
    ("arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "key"),
    ("arn:aws:kms:us-west-2:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321", "other"),
];
/// Names that no such thing can have, and what stands for them.
const NAMES: [(&str, &str); 7] = [
    ("vpce-1", "vpce-1111aaaa"),
    ("o-mine", "o-mine00000000"),
    ("o-other", "o-other0000000"),
    ("o-a/", "o-aaaaaaaaaa/"),
    ("r-b/", "r-bbbb/"),
    ("ou-c/", "ou-bbbb-cccccccc/"),
    ("ou-d/", "ou-bbbb-dddddddd/"),
];

/// The ARN of a key, as a reference to the reply that made it.
pub(super) fn key(label: &str, replica: bool) -> String {
    let member = if replica { "ReplicaKeyMetadata" } else { "KeyMetadata" };
    format!("${{{label}.{member}.Arn}}")
}

/// Words of a case in a story: policy variables are not references, keys are references, and names are possible.
pub(super) fn told(value: &Value, replica: bool) -> Value {
    match value {
        Value::String(text) => Value::String(told_text(text, replica)),
        Value::Array(values) => Value::Array(values.iter().map(|value| told(value, replica)).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (told_text(name, replica), told(value, replica)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

pub(super) fn told_text(text: &str, replica: bool) -> String {
    let text = text.replace("${", "$${");
    let text = NAMES.iter().fold(text, |text, (name, possible)| text.replace(name, possible));
    KEYS.iter().fold(text, |text, (arn, label)| text.replace(arn, &key(label, replica && *label == "key")))
}

/// The step that calls an operation as the root user of the owner.
pub(super) fn call(operation: &str, input: Value) -> Value {
    json!({ "call": operation, "input": input, "region": REGION, "caller": OWNER })
}

/// The same step, whose reply has a name.
pub(super) fn named(mut step: Value, name: &str) -> Value {
    step["as"] = json!(name);
    step
}

/// An object of the members that are there.
pub(super) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// A document as the text of a request.
pub(super) fn document(document: &Value) -> Value {
    json!({ "$json": document })
}
