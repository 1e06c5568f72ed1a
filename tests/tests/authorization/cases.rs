//! Reading the case file.

use std::borrow::Cow;

use pocket_kms::policy::{Context, Document, Kind, Values};
use serde_json::Value;

const CASES: &str = include_str!("../../vectors/authorization-cases.json");

/// One of the lists of the file.
pub(crate) fn list(name: &str) -> Vec<Value> {
    let mut file: Value = serde_json::from_str(CASES).expect("the case file is JSON");
    match file[name].take() {
        Value::Array(cases) => cases,
        other => panic!("{name} is {other}"),
    }
}

/// A text member.
pub(crate) fn text<'a>(json: &'a Value, member: &str) -> &'a str {
    json[member].as_str().unwrap_or_else(|| panic!("{member} of {json}"))
}

/// A request context.
pub(crate) fn context(json: &Value) -> Context {
    let mut context = Context::new();
    for (key, value) in json.as_object().into_iter().flatten() {
        context.insert(key, values(value));
    }
    context
}

fn values(json: &Value) -> Values<'static> {
    let owned = |json: &Value| Cow::Owned(json.as_str().expect("values are text").to_owned());
    match json {
        Value::Array(list) => Values::Many(list.iter().map(owned).collect()),
        one => Values::One(owned(one)),
    }
}

/// A document that must be well formed.
pub(crate) fn document(json: &Value, kind: Kind) -> Document {
    Document::parse(&json.to_string(), kind).unwrap_or_else(|malformed| panic!("{malformed} in {json}"))
}
