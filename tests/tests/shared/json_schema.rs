//! A judge of JSON by JSON Schema (2020-12).
//!
//! It knows the keywords that our schemas use, and fails on any other: the crates that know all of them bring forty more, and
//! switch on features of what the core is made of, so that the tests would judge another build than people use.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use regex::Regex;
use serde_json::Value as Json;

/// Keywords that describe and do not judge, and those that are judged with another one.
const SILENT: [&str; 8] = ["$schema", "$comment", "$defs", "title", "description", "properties", "then", "else"];

/// What is wrong with a value by a schema of the document `root`; nothing if it is as the schema says.
pub(crate) fn faults(root: &Json, schema: &Json, value: &Json) -> Vec<String> {
    let mut faults = Vec::new();
    judge(root, schema, value, "", &mut faults);
    faults
}

fn is_valid(root: &Json, schema: &Json, value: &Json) -> bool {
    faults(root, schema, value).is_empty()
}

/// Notes what a value lacks by a schema of the document `root`, and where.
fn judge(root: &Json, schema: &Json, value: &Json, at: &str, faults: &mut Vec<String>) {
    let keywords = match schema {
        Json::Object(keywords) => keywords,
        Json::Bool(true) => return,
        Json::Bool(false) => return faults.push(format!("{at} is not to be there: {value}")),
        other => panic!("{at}: {other} is not a schema"),
    };
    for (keyword, said) in keywords {
        let holds = match &**keyword {
            "$ref" => {
                let place = said.as_str().and_then(|place| place.strip_prefix('#')).expect("a place in the schema");
                judge(root, root.pointer(place).expect(place), value, at, faults);
                true
            }
            "allOf" => {
                listed(said).for_each(|schema| judge(root, schema, value, at, faults));
                true
            }
            "if" => {
                let branch = if is_valid(root, said, value) { "then" } else { "else" };
                keywords.get(branch).into_iter().for_each(|schema| judge(root, schema, value, at, faults));
                true
            }
            "oneOf" => listed(said).filter(|schema| is_valid(root, schema, value)).count() == 1,
            "not" => !is_valid(root, said, value),
            "type" => types(said).any(|kind| is(kind, value)),
            "const" => said == value,
            "enum" => listed(said).any(|one| one == value),
            "pattern" => value.as_str().is_none_or(|text| pattern(said.as_str().expect("a pattern")).is_match(text)),
            "minimum" => value.as_f64().is_none_or(|value| value >= said.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|value| value <= said.as_f64().expect("a number")),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= number(said)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= number(said)),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= number(said)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() <= number(said)),
            "minProperties" => value.as_object().is_none_or(|members| members.len() >= number(said)),
            "maxProperties" => value.as_object().is_none_or(|members| members.len() <= number(said)),
            "required" => {
                let missing = |members: &serde_json::Map<String, Json>| {
                    listed(said).find(|name| !members.contains_key(name.as_str().expect("a name"))).cloned()
                };
                let missing = value.as_object().and_then(missing);
                faults.extend(missing.map(|name| format!("{at} has no {name}")));
                true
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.for_each(|(place, item)| judge(root, said, item, &format!("{at}/{place}"), faults));
                true
            }
            "additionalProperties" | "patternProperties" => true,
            other if SILENT.contains(&other) => true,
            other => panic!("nobody judges by the keyword {other}"),
        };
        if !holds {
            faults.push(format!("{at} is {value}, and not by {keyword} {said}"));
        }
    }
    members(root, schema, value, at, faults);
}

/// Judges each member by its own schema, by that of its kind of name, or by that of all others.
fn members(root: &Json, schema: &Json, value: &Json, at: &str, faults: &mut Vec<String>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        let of_kind = || {
            let kinds = schema["patternProperties"].as_object()?;
            kinds.iter().find(|(kind, _)| pattern(kind).is_match(name)).map(|(_, schema)| schema)
        };
        let known = schema["properties"].get(name).or_else(of_kind).or_else(|| schema.get("additionalProperties"));
        let at = format!("{at}/{name}");
        if let Some(schema) = known {
            judge(root, schema, member, &at, faults);
        }
    }
}

fn listed(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().expect("a list").iter()
}

fn number(json: &Json) -> usize {
    json.as_u64().and_then(|number| number.try_into().ok()).expect("a number")
}

/// A pattern of the schema; each is compiled once.
fn pattern(text: &str) -> Regex {
    static COMPILED: Mutex<BTreeMap<String, Regex>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    compiled.entry(text.to_owned()).or_insert_with(|| Regex::new(text).expect("a pattern")).clone()
}

/// The types of which a value may be one.
fn types(said: &Json) -> impl Iterator<Item = &str> {
    let one = said.as_str().into_iter();
    one.chain(said.as_array().into_iter().flatten().map(|kind| kind.as_str().expect("a type")))
}

fn is(kind: &str, value: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is not a type"),
    }
}
