//! What a case expects, as a story says it: the reply or the sentence, and the decision behind it.

use serde_json::{Value, json};

use super::steps::told;
use crate::cases::text;

/// Adds what the request must come to.
pub(super) fn expect(case: &Value, replica: bool, step: &mut Value) {
    let expect = &case["expect"];
    step["decisions"] = json!({ "$some": decision(case, replica) });
    if expect["decision"] == "Allow" {
        return;
    }
    step["exception"] = json!("AccessDeniedException");
    // Behind a denial by a managed policy stands its ARN, which the cases do not have.
    let managed =
        expect["decision"] == "ExplicitDeny" && matches!(text(expect, "decided_by"), "boundary" | "scp" | "rcp");
    step["message"] = match expect["message"].as_str() {
        Some(message) if managed => json!({ "$prefix": told(&json!(format!("{message}: arn:aws:")), replica) }),
        Some(message) => told(&json!(message), replica),
        None => json!({ "$prefix": start(case) }),
    };
}

/// How every sentence of a denial begins.
fn start(case: &Value) -> String {
    let check = &case["checks"][failing(&case["expect"])];
    format!("User: {} is not authorized to perform: {}", text(&case["principal"], "arn"), text(check, "action"))
}

/// The place of the check that fails.
fn failing(expect: &Value) -> usize {
    expect["failing_check"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0)
}

/// The decision of the check that fails, or else of the first one.
fn decision(case: &Value, replica: bool) -> Value {
    let expect = &case["expect"];
    let check = &case["checks"][failing(expect)];
    let (ruling, says) = match text(expect, "decision") {
        "Allow" => ("allowed", "allows"),
        "ImplicitDeny" => ("not allowed", "is silent"),
        "ExplicitDeny" => ("denied", "denies"),
        other => panic!("decision {other}"),
    };
    let mut decision = json!({ "action": check["action"], "ruling": ruling });
    let resource = text(check, "resource");
    decision["resource"] = told(&json!(resource), replica);
    let Some(decider) = expect["decided_by"].as_str() else { return decision };
    let (decided_by, layer) = match decider {
        "resource" => ("key policy", "key policy"),
        "resource+identity" => ("key policy and identity policies", "key policy"),
        "identity" => ("identity policies", "identity policies"),
        "boundary" => ("permissions boundary", "permissions boundary"),
        "session" => ("session policies", "session policies"),
        "scp" => ("service control policies", "service control policies"),
        "rcp" => ("resource control policies", "resource control policies"),
        "vpce" => ("VPC endpoint policy", "VPC endpoint policy"),
        "grant" => ("grants", ""),
        "grant-account" => ("account that created the grant", ""),
        other => panic!("layer {other}"),
    };
    decision["decidedBy"] = json!(decided_by);
    if !layer.is_empty() {
        decision["layers"] = json!({ "$some": { "layer": layer, "says": says } });
    }
    if let Some(statement) = expect["statement"].as_str() {
        decision["deciding"] = deciding(decider, statement);
    }
    decision
}

/// The statement that decides, by its `Sid` or its number, or the grant. The root user needs none.
fn deciding(decider: &str, statement: &str) -> Value {
    match (decider, statement.parse::<u32>()) {
        ("identity", _) if statement == "root" => Value::Null,
        ("grant", _) => json!({ "grantId": format!("${{{statement}.GrantId}}") }),
        ("grant-account", _) => Value::Null,
        (_, Ok(number)) => json!({ "statement": number }),
        (_, Err(_)) => json!({ "sid": statement }),
    }
}
