//! The description of the administration, and values checked by it.

use std::{fs, path::Path};

use pocket_kms::{Value, wire};
use serde_json::Value as Json;

use crate::json_schema;

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
        let faults = json_schema::faults(&self.0, schema, &value);
        assert!(faults.is_empty(), "{place}: {faults:?} in {value}");
    }
}

#[test]
fn a_check_finds_what_is_wrong() {
    let schemas = Schemas::read();
    let clock = serde_json::json!({"$ref": "#/components/schemas/Clock"});
    let faults = |value: &Json| json_schema::faults(&schemas.0, &clock, value);
    let right = serde_json::json!({"now": "x", "frozen": true, "nextDeadline": null});
    assert_eq!(faults(&right), Vec::<String>::new());
    for wrong in [
        serde_json::json!({"now": "x", "frozen": true}),
        serde_json::json!({"now": 7, "frozen": true, "nextDeadline": null}),
        serde_json::json!({"now": "x", "frozen": true, "nextDeadline": null, "more": 1}),
        serde_json::json!([]),
    ] {
        assert!(!faults(&wrong).is_empty(), "{wrong}");
    }
}
