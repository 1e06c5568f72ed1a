//! A decision case as a story.

use serde_json::{Value, json};

use super::{
    OWNER, REGION, Story,
    directory::{endpoints, organizations, principals, unregistered},
    expected::expect,
    requests::{Request, caller, origin},
    steps::{call, document, key, named, object, told},
};

/// Tells a decision case: the key, who is there, the grants, the key policy, the organization, and the request.
pub(super) fn story(case: &Value) -> Story {
    let request = Request::of(case);
    let mut steps = request.keys();
    let policies = request.policies();
    let early = unregistered(case).is_some();
    if early {
        steps.extend(policies.clone());
    }
    steps.push(json!({ "directory": { "principals": principals(case, request.replica), "policies": boundary(case) } }));
    steps.extend(grants(case));
    if !early {
        steps.extend(policies);
    }
    steps.extend(organizations(case).map(|organizations| json!({ "directory": { "organizations": organizations } })));
    steps.extend(endpoints(case).map(|endpoints| json!({ "directory": { "vpcEndpoints": endpoints } })));
    steps.extend(request.waits());
    steps.push(last(case, &request));
    let steps = steps.iter().map(without_nulls).collect();
    Story::new(case, steps)
}

/// The request, and what must come of it.
fn last(case: &Value, request: &Request<'_>) -> Value {
    let (operation, input) = request.call();
    let mut step = call(operation, input);
    step["caller"] = caller(case);
    if let Some(origin) = origin(case) {
        step["origin"] = origin;
    }
    expect(case, request.replica, &mut step);
    step
}

/// The managed policy that bounds the caller.
fn boundary(case: &Value) -> Value {
    let Some(document) = case["policies"]["boundary"].get(0) else { return Value::Null };
    let account = case["principal"]["account"].as_str().unwrap_or(OWNER);
    json!({ format!("arn:aws:iam::{account}:policy/Boundary"): told(document, false) })
}

/// The grants of a case; a story knows each reply by the grant's id.
fn grants(case: &Value) -> Vec<Value> {
    let grants = case["grants"].as_array().into_iter().flatten();
    let step = |grant: &Value| {
        let input = object([
            ("KeyId", Some(json!(key("key", false)))),
            ("Operations", Some(grant["operations"].clone())),
            ("GranteePrincipal", grant.get("grantee_principal").cloned()),
            ("GranteeServicePrincipal", grant.get("grantee_service_principal").cloned()),
            ("RetiringPrincipal", grant.get("retiring_principal").cloned()),
            ("RetiringServicePrincipal", grant.get("retiring_service_principal").cloned()),
            ("Constraints", grant.get("constraints").cloned()),
        ]);
        named(call("CreateGrant", input), grant["id"].as_str().expect("an id"))
    };
    grants.map(step).collect()
}

/// The key policy of a key, put there by the root user, whom it may shut out.
pub(super) fn put_policy(label: &str, policy: &Value, replica: bool) -> Value {
    call(
        "PutKeyPolicy",
        json!({
            "KeyId": key(label, replica), "Policy": document(&told(policy, replica)),
            "BypassPolicyLockoutSafetyCheck": true,
        }),
    )
}

/// The step without members that are null: a case says nothing with them.
fn without_nulls(step: &Value) -> Value {
    match step {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        other => other.clone(),
    }
}

/// A key of the owner in the Region of the cases.
pub(super) fn make_key(input: Value) -> Value {
    let mut step = named(call("CreateKey", input), "key");
    step["region"] = json!(REGION);
    step
}
