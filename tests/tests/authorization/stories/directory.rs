//! Who is there in a case, as the JSON form of a directory.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{OWNER, steps::told};
use crate::cases::text;

/// The accounts that manage the organizations of the cases: that of the owner, and others. No key and no principal of
/// theirs stands in a case.
const MANAGEMENT: [&str; 2] = ["999988887777", "888877776666"];

/// The principals of a case: the caller with all that speaks for it, and whoever is named.
pub(super) fn principals(case: &Value, replica: bool) -> Value {
    let mut principals = BTreeMap::new();
    for arn in named(case) {
        principals.insert(arn, json!({}));
    }
    if let Some((arn, entry)) = caller(case, replica) {
        principals.insert(arn, entry);
    }
    json!(principals)
}

/// The caller's entry; a root user and a service have none.
fn caller(case: &Value, replica: bool) -> Option<(String, Value)> {
    let principal = &case["principal"];
    let arn = match text(principal, "type") {
        "user" => text(principal, "arn"),
        "role-session" => text(principal, "role_arn"),
        _ => return None,
    };
    let policies = &case["policies"];
    let documents = policies["identity"].as_array().into_iter().flatten();
    // IAM would refuse a document whose resource is not an ARN.
    let documents =
        documents.filter(|document| document["Statement"][0]["Resource"] != "1234abcd-12ab-34cd-56ef-1234567890ab");
    let documents = documents.map(|document| told(document, replica));
    let documents: Vec<Value> = documents.chain(tagging(case)).collect();
    let boundary = policies["boundary"].is_array().then(|| {
        let account = text(principal, "account");
        json!(format!("arn:aws:iam::{account}:policy/Boundary"))
    });
    let entry = json!({
        "policies": documents, "permissionsBoundary": boundary, "tags": tags(case),
        "uniqueId": principal["unique_id"], "serviceLinked": principal["service_linked"],
    });
    Some((arn.to_owned(), entry))
}

/// What CreateKey with tags needs besides, where a case is about another check alone.
fn tagging(case: &Value) -> Option<Value> {
    let check = case["checks"].get(0).filter(|_| case["checks"][1].is_null())?;
    let tagged = check["context"].as_object()?.keys().any(|key| key.starts_with("aws:RequestTag/"));
    let statement = json!({ "Effect": "Allow", "Action": "kms:TagResource", "Resource": "*" });
    (tagged && check["action"] == "kms:CreateKey").then(|| json!({ "Version": "2012-10-17", "Statement": [statement] }))
}

/// The caller's tags, which the context of a case tells.
fn tags(case: &Value) -> Value {
    let context = case["checks"][0]["context"].as_object().into_iter().flatten();
    let tags = context.filter_map(|(key, value)| Some((key.strip_prefix("aws:PrincipalTag/")?, value)));
    let tags: Map<String, Value> = tags.map(|(key, value)| (key.to_owned(), value.clone())).collect();
    if tags.is_empty() { Value::Null } else { Value::Object(tags) }
}

/// The users and roles that policies, grants and the request name. No two names of an account differ in case alone.
fn named(case: &Value) -> Vec<String> {
    let mut texts = BTreeSet::new();
    for check in case["checks"].as_array().into_iter().flatten() {
        for statement in statements(&check["key_policy"]) {
            collect(&statement["Principal"]["AWS"], &mut texts);
            collect(&statement["NotPrincipal"]["AWS"], &mut texts);
        }
        for key in ["kms:GranteePrincipal", "kms:RetiringPrincipal"] {
            collect(&check["context"][key], &mut texts);
        }
        if check["action"] == "kms:CreateGrant" {
            texts.insert(super::requests::GRANTEE.to_owned());
        }
    }
    for grant in case["grants"].as_array().into_iter().flatten() {
        collect(&grant["grantee_principal"], &mut texts);
        collect(&grant["retiring_principal"], &mut texts);
    }
    let own = caller_arn(case).to_lowercase();
    let arns = texts.iter().filter_map(|text| principal(text));
    let mut arns: Vec<String> = arns.filter(|arn| arn.to_lowercase() != own).collect();
    // A role is named once, with its path.
    let paths: Vec<String> = arns.iter().filter(|arn| arn.matches('/').count() > 1).cloned().collect();
    let known =
        |arn: &String| paths.iter().any(|path| path != arn && path.rsplit('/').next() == arn.rsplit('/').next());
    arns.retain(|arn| !known(arn));
    arns
}

fn caller_arn(case: &Value) -> &str {
    case["principal"]["role_arn"].as_str().unwrap_or_else(|| text(&case["principal"], "arn"))
}

/// A principal that a key policy names and that no directory can have beside the caller: another spelling of its name.
pub(super) fn unregistered(case: &Value) -> Option<String> {
    let own = caller_arn(case);
    let policy = &case["checks"][0]["key_policy"];
    let mut texts = BTreeSet::new();
    statements(policy).for_each(|statement| collect(&statement["Principal"]["AWS"], &mut texts));
    texts.into_iter().find(|arn| arn != own && arn.eq_ignore_ascii_case(own))
}

fn statements(policy: &Value) -> impl Iterator<Item = &Value> {
    policy["Statement"].as_array().into_iter().flatten()
}

fn collect(value: &Value, to: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => _ = to.insert(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, to)),
        _ => {}
    }
}

/// The user or role of an ARN, if it is one of either or of a session.
fn principal(arn: &str) -> Option<String> {
    if let Some((account, session)) =
        arn.strip_prefix("arn:aws:sts::").and_then(|rest| rest.split_once(":assumed-role/"))
    {
        let (role, _) = session.split_once('/')?;
        return Some(format!("arn:aws:iam::{account}:role/{role}"));
    }
    (arn.contains(":user/") || arn.contains(":role/")).then(|| arn.to_owned())
}

/// The organizations of the caller's account and of the owner's.
pub(super) fn organizations(case: &Value) -> Option<Value> {
    let policies = &case["policies"];
    let account = case["principal"]["account"].as_str().unwrap_or(OWNER);
    let context = &case["checks"][0]["context"];
    let mut organizations = BTreeMap::new();
    if let Some(paths) = context["aws:PrincipalOrgPaths"][0].as_str() {
        organizations.insert("o-aaaaaaaaaa".to_owned(), path(paths, account));
    } else if policies["scp"].is_array() || context["aws:PrincipalOrgID"].is_string() {
        let id = context["aws:PrincipalOrgID"].as_str().unwrap_or("o-mine");
        let id = told(&json!(id), false).as_str().unwrap_or_default().to_owned();
        organizations.insert(id, organization(&policies["scp"], &Value::Null, account));
    }
    if policies["rcp"].is_array() {
        organizations.insert("o-mine00000000".to_owned(), organization(&Value::Null, &policies["rcp"], OWNER));
    }
    (!organizations.is_empty()).then(|| json!(organizations))
}

/// An organization of one root, one unit and one account. Every resource has full access by an RCP that the host need
/// not name; the SCPs of an organization in which the case names none allow everything.
fn organization(service: &Value, resource: &Value, account: &str) -> Value {
    let full = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] });
    let level = |at: usize| {
        let service = service[at]["documents"].as_array().cloned().unwrap_or_else(|| vec![full.clone()]);
        let resource = resource[at]["documents"].as_array().cloned().unwrap_or_default();
        let resource: Vec<Value> = resource.into_iter().filter(|document| *document != full).collect();
        let resource = if resource.is_empty() { Value::Null } else { texts(&resource) };
        json!({ "serviceControlPolicies": texts(&service), "resourceControlPolicies": resource })
    };
    let (mut root, mut unit) = (level(0), level(1));
    unit["accounts"] = json!({ account: level(2) });
    root["managementAccount"] = json!(MANAGEMENT[usize::from(account != OWNER)]);
    root["units"] = json!({ "ou-mine-11111111": unit });
    root
}

/// Documents as texts: as structures they would nest more deeply than a case may.
fn texts(documents: &[Value]) -> Value {
    documents.iter().map(|document| json!(told(document, false).to_string())).collect()
}

/// The organization in which an account has one path.
fn path(path: &str, account: &str) -> Value {
    let mut unit = json!({ "accounts": { account: {} } });
    let told = told(&json!(path), false);
    let ids: Vec<&str> = told.as_str().unwrap_or_default().trim_end_matches('/').split('/').skip(2).collect();
    for id in ids.iter().rev() {
        unit = json!({ "units": { *id: unit } });
    }
    unit["managementAccount"] = json!(MANAGEMENT[0]);
    unit["root"] = json!("r-bbbb");
    unit
}

/// The VPC endpoint of a case, with its policy.
pub(super) fn endpoints(case: &Value) -> Option<Value> {
    let document = told(case["policies"]["endpoint"].get(0)?, false);
    let owner = text(&case["principal"], "account");
    Some(json!({ "vpce-1111aaaa": { "policy": document, "vpc": "vpc-1111aaaa", "owner": owner } }))
}
