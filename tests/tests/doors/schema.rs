//! The description of the administration, and values checked by it.

use std::{fs, path::Path};

use pocket_kms::{Value, wire};
use serde_json::Value as Json;

/// The keywords that a check understands; one that it does not know fails, so that nothing is described in vain.
const KEYWORDS: [&str; 10] = [
    "$ref",
    "additionalProperties",
    "description",
    "enum",
    "items",
    "maxProperties",
    "minProperties",
    "properties",
    "required",
    "type",
];

/// `docs/administration.openapi.json`.
pub(crate) struct Schemas(Json);

impl Schemas {
    pub(crate) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/administration.openapi.json");
        let text = fs::read_to_string(path).expect("a description");
        Self(serde_json::from_str(&text).expect("JSON"))
    }

    /// Path and method of everything that is described.
    pub(crate) fn routes(&self) -> Vec<(String, String)> {
        let paths = self.0["paths"].as_object().expect("paths");
        let mut routes: Vec<_> = paths
            .iter()
            .flat_map(|(path, methods)| methods.as_object().expect("methods").keys().map(move |method| (path, method)))
            .map(|(path, method)| (path.strip_prefix("/_pocket-kms").expect(path).to_owned(), method.to_uppercase()))
            .collect();
        routes.sort();
        routes
    }

    /// Checks a reply of a route with this status.
    pub(crate) fn check(&self, method: &str, path: &str, status: u16, reply: &Value) {
        let content = &self.route(method, path)["responses"][status.to_string()]["content"];
        self.judge(&content["application/json"]["schema"], reply, &format!("{method} {path}"));
    }

    /// Checks the body of a request of a route.
    pub(crate) fn check_request(&self, method: &str, path: &str, body: &Value) {
        let content = &self.route(method, path)["requestBody"]["content"];
        self.judge(&content["application/json"]["schema"], body, &format!("{method} {path}"));
    }

    fn route(&self, method: &str, path: &str) -> &Json {
        let path = path.split('?').next().expect("a path");
        let (exact, start) = (format!("/_pocket-kms{path}"), path.rsplit_once('/').map_or("", |(start, _)| start));
        let described = [exact, format!("/_pocket-kms{start}/{{id}}")];
        let mut known = described.iter().map(|path| &self.0["paths"][path]);
        &known.find(|path| path.is_object()).unwrap_or(&Json::Null)[method.to_lowercase()]
    }

    fn judge(&self, schema: &Json, value: &Value, place: &str) {
        let value: Json = serde_json::from_slice(&wire::to_json(value)).expect("JSON");
        let fault = self.fault(schema, &value);
        assert_eq!(fault, None, "{place}: {value}");
    }

    /// What is wrong with a value.
    fn fault(&self, schema: &Json, value: &Json) -> Option<String> {
        if let Some(place) = schema["$ref"].as_str() {
            return self.fault(self.0.pointer(&place[1..]).expect(place), value);
        }
        let keywords = schema.as_object().expect("a schema");
        if let Some(unknown) = keywords.keys().find(|keyword| !KEYWORDS.contains(&keyword.as_str())) {
            return Some(format!("the keyword {unknown} is unknown"));
        }
        if schema["type"] != Json::Null && !types(&schema["type"]).any(|kind| is(kind, value)) {
            return Some(format!("{value} is not {}", schema["type"]));
        }
        if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
            return Some(format!("{value} is not one of {}", schema["enum"]));
        }
        let mut elements = value.as_array().into_iter().flatten();
        let wrong = elements.find_map(|element| self.fault(&schema["items"], element));
        wrong.or_else(|| self.fault_of_members(schema, value.as_object()?))
    }

    fn fault_of_members(&self, schema: &Json, members: &serde_json::Map<String, Json>) -> Option<String> {
        let known = schema["properties"].as_object()?;
        let missing = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        let count = u64::try_from(members.len()).expect("a number");
        let fits = count >= schema["minProperties"].as_u64().unwrap_or(0)
            && count <= schema["maxProperties"].as_u64().unwrap_or(u64::MAX);
        let missing =
            missing.filter(|name| !members.contains_key(*name)).map(|name| format!("{name} is missing")).next();
        let open = schema["additionalProperties"] == Json::Bool(true);
        let strange = members.keys().find(|name| !open && !known.contains_key(*name));
        let strange = strange.map(|name| format!("{name} is unknown"));
        let wrong = || {
            let judged = members.iter().filter_map(|(name, value)| Some((known.get(name)?, value)));
            judged
                .filter(|(schema, _)| schema.as_object().is_some_and(|schema| schema.len() > 1))
                .find_map(|(s, v)| self.fault(s, v))
        };
        missing.or(strange).or_else(|| (!fits).then(|| "too many or too few members".to_owned())).or_else(wrong)
    }
}

fn types(kind: &Json) -> impl Iterator<Item = &str> {
    let one = kind.as_str().into_iter();
    one.chain(kind.as_array().into_iter().flatten().filter_map(Json::as_str))
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

#[test]
fn a_check_finds_what_is_wrong() {
    let schemas = Schemas::read();
    let clock = serde_json::json!({"$ref": "#/components/schemas/Clock"});
    let fault = |value: Json| schemas.fault(&clock, &value);
    assert_eq!(fault(serde_json::json!({"now": "x", "frozen": true, "nextDeadline": null})), None);
    for wrong in [
        serde_json::json!({"now": "x", "frozen": true}),
        serde_json::json!({"now": 7, "frozen": true, "nextDeadline": null}),
        serde_json::json!({"now": "x", "frozen": true, "nextDeadline": null, "more": 1}),
        serde_json::json!([]),
    ] {
        assert!(fault(wrong.clone()).is_some(), "{wrong}");
    }
}
