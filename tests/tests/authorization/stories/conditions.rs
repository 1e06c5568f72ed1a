//! A condition case as a story: one condition in an identity policy decides a call.

use serde_json::{Map, Value, json};

use super::{
    OWNER, Story,
    decisions::make_key,
    steps::{call, key, named, object, told},
};

/// When stories begin, in seconds; the cases speak of instants before that, which a clock does not reach.
const START: i64 = 1_767_225_600;
/// What the cases say of time, and what a story says instead: three years later.
const LATER: [(&str, &str); 3] = [("2024-", "2027-"), ("1704067200", "1798761600"), ("1704067199", "1798761599")];

/// Tells a condition case.
pub(super) fn story(case: &Value) -> Story {
    let context = later(&case["context"]);
    let tag_keys = context["aws:TagKeys"].as_array().filter(|keys| !keys.is_empty());
    let (action, mut input) = match tag_keys {
        Some(keys) => ("kms:UntagResource", json!({ "TagKeys": keys })),
        None => ("kms:DescribeKey", json!({})),
    };
    input["KeyId"] = json!(key("key", false));
    // Only users have a name.
    let nameless = case["condition"].to_string().contains("aws:username") && context.get("aws:username").is_none();
    let role = context["aws:PrincipalArn"].as_str().or(nameless.then_some("arn:aws:iam::111122223333:role/App"));
    let bob = format!("arn:aws:iam::{OWNER}:user/bob");
    let arn = role.unwrap_or(&bob);
    let session = |role: &str| role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/session1";
    let caller = role.map_or_else(|| bob.clone(), session);
    let principal = object([("policies", Some(json!([document(case, action)]))), ("tags", tags(&context))]);
    let mut steps = vec![make_key(json!({})), json!({ "directory": { "principals": { arn: principal } } })];
    steps.extend(until(&context).map(|span| json!({ "advance": span })));
    let mut step = call(&action[4..], input);
    step["caller"] = match age(&context) {
        Some(seconds) => json!({ "arn": caller, "session": { "mfaAge": seconds } }),
        None => json!(caller),
    };
    if let Some(origin) = origin(&context) {
        step["origin"] = origin;
    }
    let matches = case["match"] == true;
    let ruling = if matches { "allowed" } else { "not allowed" };
    step["decisions"] = json!([{ "action": action, "ruling": ruling, "decidedBy": "identity policies" }]);
    if !matches {
        step["exception"] = json!("AccessDeniedException");
        step["message"] = json!(format!(
            "User: {caller} is not authorized to perform: {action} on resource: {} because no identity-based policy \
             allows the {action} action",
            key("key", false)
        ));
    }
    steps.push(named(step, "reply"));
    let mut titled = case.clone();
    titled["title"] = json!(format!(
        "{} {} {}",
        told_condition(case),
        text_of(&case["context"]),
        if matches { "holds" } else { "does not hold" }
    ));
    Story::new(&titled, steps)
}

/// The identity policy with the condition.
fn document(case: &Value, action: &str) -> Value {
    let condition = told(&later(&case["condition"]), false);
    let condition = (condition != json!({})).then_some(condition);
    let statement = object([
        ("Effect", Some(json!("Allow"))),
        ("Action", Some(json!(action))),
        ("Resource", Some(json!("*"))),
        ("Condition", condition),
    ]);
    object([
        ("Version", case["version"].as_str().map(|version| json!(version))),
        ("Statement", Some(json!([statement]))),
    ])
}

/// The condition and the context in the name of a story.
fn told_condition(case: &Value) -> String {
    let condition = text_of(&case["condition"]);
    match case["version"].as_str() {
        Some("2012-10-17") => format!("{condition} in"),
        Some(version) => format!("{condition} of version {version} in"),
        None => format!("{condition} without a version in"),
    }
}

fn text_of(value: &Value) -> String {
    value.to_string()
}

/// The same three years later, where it speaks of time.
fn later(value: &Value) -> Value {
    let text = LATER.iter().fold(value.to_string(), |text, (early, late)| text.replace(early, late));
    serde_json::from_str(&text).expect("JSON remains JSON")
}

/// How long a story waits for the instant of its context.
fn until(context: &Value) -> Option<String> {
    let epoch = context["aws:EpochTime"].as_str().and_then(|seconds| seconds.parse::<i64>().ok());
    let seconds = epoch.or_else(|| match context["aws:CurrentTime"].as_str()? {
        "2027-01-01T00:00:00Z" => Some(1_798_761_600),
        "2027-01-01T00:00:01Z" => Some(1_798_761_601),
        "2027-06-30T12:00:00Z" => Some(1_814_356_800),
        other => panic!("no instant is known for {other}"),
    })?;
    Some(format!("{}s", seconds - START))
}

/// The age of the second factor.
fn age(context: &Value) -> Option<i64> {
    context["aws:MultiFactorAuthAge"].as_str()?.parse().ok()
}

/// The tags of the caller. IAM knows none with such characters: the host says those itself.
fn tags(context: &Value) -> Option<Value> {
    let tags = context.as_object()?.iter();
    let tags = tags.filter_map(|(key, value)| Some((key.strip_prefix("aws:PrincipalTag/")?, value)));
    let tags = tags.filter(|(_, value)| is_tag(value));
    let tags: Map<String, Value> = tags.map(|(key, value)| (key.to_owned(), told(value, false))).collect();
    (!tags.is_empty()).then_some(Value::Object(tags))
}

fn is_tag(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.chars().all(|letter| letter.is_alphanumeric() || "_.:/=+-@ ".contains(letter)))
}

/// What the host says of the request.
fn origin(context: &Value) -> Option<Value> {
    let said = |key: &str| context.get(key).map(|value| told(value, false));
    let elsewhere = [
        "aws:PrincipalArn",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:SourceIp",
        "aws:SourceArn",
        "aws:SecureTransport",
        "aws:TagKeys",
        "aws:username",
        "aws:MultiFactorAuthAge",
    ];
    let facts = context.as_object()?.iter().filter(|(key, value)| {
        let is_tag = key.starts_with("aws:PrincipalTag/") && is_tag(value);
        !is_tag && !elsewhere.contains(&key.as_str())
    });
    let facts: Map<String, Value> = facts.map(|(key, value)| (key.clone(), told(value, false))).collect();
    let secure = context["aws:SecureTransport"].as_str().map(|flag| json!(flag == "true"));
    let origin = object([
        ("sourceIp", said("aws:SourceIp")),
        ("sourceArn", said("aws:SourceArn")),
        ("secureTransport", secure),
        ("context", (!facts.is_empty()).then_some(Value::Object(facts))),
    ]);
    (origin != json!({})).then_some(origin)
}
