//! A record reduced to its shape.

use regex::Regex;
use serde_json::Value as Json;

/// The value of a member with placeholders for ids and times.
pub(crate) fn reduced(name: &str, value: &Json) -> Json {
    match value {
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), reduced(name, value))).collect(),
        Json::Array(values) => values.iter().map(|value| reduced(name, value)).collect(),
        Json::String(text) => Json::from(text_of(name, text)),
        other => other.clone(),
    }
}

fn text_of(name: &str, text: &str) -> String {
    const KEY_ID: &str = "(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    let is = |pattern: &str| Regex::new(&format!("^{pattern}$")).expect("a pattern").is_match(text);
    let placeholder = match name {
        "keyId" | "targetKeyId" | "destinationKeyId" | "sourceKeyId" if is(KEY_ID) => Some("<key id>".to_owned()),
        "replicaPolicy" => Some("<policy>".to_owned()),
        _ if name.starts_with("attestationDocument") => Some("<measurement>".to_owned()),
        _ if is(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ") => Some("<instant>".to_owned()),
        _ if is(r"[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M") => Some("<date>".to_owned()),
        _ if is("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") => Some(format!("<UUID version {}>", &text[14..15])),
        _ if is("[0-9a-f]{64}") => Some("<64 digits>".to_owned()),
        _ => None,
    };
    placeholder.unwrap_or_else(|| {
        let replaced = |text: String, pattern: &str, by: &str| {
            Regex::new(pattern).expect("a pattern").replace_all(&text, by).into_owned()
        };
        let text = replaced(text.to_owned(), &format!(":key/{KEY_ID}"), ":key/<key id>");
        let text = replaced(text, "(AIDA|AROA|AKIA|ASIA)[A-Z0-9]{16,17}", "$1<id>");
        let text = replaced(text, "cks-[0-9a-f]{17}", "<key store>");
        let text = replaced(text, "cluster-[0-9a-zA-Z]{11,16}", "<cluster>");
        replaced(text, r#"("backingKeyId":")[^"]*"#, "$1<id>")
    })
}
