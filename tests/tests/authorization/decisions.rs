//! Every decision case: the caller, the policies and the expected decision.

use pocket_kms::policy::{Document, Kind, Malformed, Principal, PrincipalEntry, PrincipalKind, Problem};
use serde_json::Value;

use crate::cases::{context, document, list, text};
use crate::decide::{Caller, Check, Decision, Layer, Source, decide};
use crate::grants::{Constraints, Grant, Pairs, Wanted};
use crate::sentences::sentence;

#[test]
fn every_decision_case_is_decided_as_the_specification_says() {
    let cases = list("decision_cases");
    assert!(cases.len() >= 157, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// How the outcome of a case differs from its expectation.
fn differs(case: &Value) -> Option<String> {
    let (index, decision, message) = outcome(case);
    let expect = &case["expect"];
    let mut expected = vec![expect["decision"].as_str()];
    let mut found = vec![Some(word(&decision).to_owned())];
    let mut compare = |member: &'static str, value: Option<String>| {
        if expect[member].is_string() {
            expected.push(expect[member].as_str());
            found.push(value);
        }
    };
    compare("decided_by", Some(decider(&decision)));
    compare("statement", statement(&decision));
    compare("message", message);
    let failing = expect["failing_check"].as_u64();
    let same = expected.iter().copied().eq(found.iter().map(Option::as_deref));
    let same_check = failing.is_none_or(|failing| failing == index as u64);
    (!same || !same_check).then(|| format!("{}: {expected:?}, not {found:?} (check {index})", text(case, "id")))
}

/// The first check that is not allowed, or else the first that is, and the sentence of a denial.
fn outcome(case: &Value) -> (usize, Decision, Option<String>) {
    let grants: Vec<Grant> = case["grants"].as_array().into_iter().flatten().map(grant).collect();
    let names = service_names(case);
    let caller = caller(case, &names);
    let checks = case["checks"].as_array().expect("checks");
    let decisions: Vec<_> = checks.iter().map(|json| decision(case, json, &caller, &grants)).collect();
    let failing = decisions.iter().position(|(decision, _)| !matches!(decision, Decision::Allow(_)));
    let index = failing.unwrap_or(0);
    let (decision, message) = decisions[index].clone();
    (index, decision, message)
}

fn decision(case: &Value, json: &Value, caller: &Caller<'_>, grants: &[Grant]) -> (Decision, Option<String>) {
    let facts = context(&json["context"]);
    // The first two levels of the cases hold the full access that every resource has anyway.
    let resource_control = levels(&case["policies"]["rcp"]).skip(2);
    let resource_control: Vec<Document> =
        resource_control.flat_map(|level| all(level, Kind::ResourceControlPolicy)).collect();
    let key_policy = &json["key_policy"];
    let check = Check {
        action: text(json, "action"),
        resource: text(json, "resource"),
        resource_account: text(json, "resource_account"),
        key_policy: (!key_policy.is_null()).then(|| document(key_policy, Kind::ResourcePolicy)),
        resource_control: &resource_control,
        forwarded: json["fas"] == true,
        facts: &facts,
    };
    let mut wanted = wanted(&case["request"]);
    wanted.source_arn = json["context"]["aws:SourceArn"].as_str().map(Into::into);
    let decision = decide(caller, &check, grants, &wanted);
    let message = sentence(&caller.principal, &check, &decision);
    (decision, message)
}

fn service_names(case: &Value) -> Vec<&str> {
    case["principal"]["service_names"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn caller<'a>(case: &'a Value, names: &'a [&'a str]) -> Caller<'a> {
    let json = &case["principal"];
    let kind = match text(json, "type") {
        "user" => PrincipalKind::User,
        "role-session" => PrincipalKind::RoleSession { role: text(json, "role_arn") },
        "federated-user" => PrincipalKind::FederatedUser { user: text(json, "user_arn") },
        "root" => PrincipalKind::Root,
        "service" => PrincipalKind::Service { names },
        other => panic!("principal type {other}"),
    };
    let policies = &case["policies"];
    let principal = Principal {
        kind,
        account: json["account"].as_str().unwrap_or_default(),
        arn: text(json, "arn"),
        unique_id: json["unique_id"].as_str(),
        bounded: policies["boundary"].is_array(),
    };
    let endpoint = policies["endpoint"].as_array();
    Caller {
        principal,
        service_linked: json["service_linked"] == true,
        identity: documents(&policies["identity"], Kind::IdentityPolicy).unwrap_or_default(),
        boundary: documents(&policies["boundary"], Kind::IdentityPolicy),
        session: documents(&policies["session"], Kind::SessionPolicy),
        service_control: levels(&policies["scp"]).map(|level| all(level, Kind::ServiceControlPolicy)).collect(),
        endpoint: endpoint.map(|_| all(&policies["endpoint"], Kind::EndpointPolicy)),
    }
}

fn levels(json: &Value) -> impl Iterator<Item = &Value> {
    json.as_array().into_iter().flatten().map(|level| &level["documents"])
}

fn all(json: &Value, kind: Kind) -> Vec<Document> {
    documents(json, kind).expect("a list of documents")
}

/// The test never attaches documents that IAM would refuse.
fn documents(json: &Value, kind: Kind) -> Option<Vec<Document>> {
    let parse = |json: &Value| match Document::parse(&json.to_string(), kind) {
        Err(Malformed { problem: Problem::Resource(_), .. }) => None,
        parsed => Some(parsed.unwrap_or_else(|malformed| panic!("{malformed} in {json}"))),
    };
    Some(json.as_array()?.iter().filter_map(parse).collect())
}

fn grant(json: &Value) -> Grant {
    let aws = |member: &str| json[member].as_str().and_then(PrincipalEntry::parse);
    let service = |member: &str| json[member].as_str().and_then(PrincipalEntry::parse_service);
    Grant {
        id: text(json, "id").into(),
        key: text(json, "key").into(),
        operations: strings(&json["operations"]),
        grantee: aws("grantee_principal").or_else(|| service("grantee_service_principal")).expect("a grantee"),
        retiring: aws("retiring_principal").or_else(|| service("retiring_service_principal")),
        constraints: constraints(&json["constraints"]),
        issuing_account: text(json, "issuing_account").into(),
        visible: json["visible"] != false,
    }
}

fn wanted(json: &Value) -> Wanted {
    let new_grant = &json["new_grant"];
    Wanted {
        encryption_context: pairs(&json["encryption_context"]).unwrap_or_default(),
        grant_tokens: strings(&json["grant_tokens"]),
        grant_id: json["grant_id"].as_str().map(Into::into),
        new_grant: new_grant
            .is_object()
            .then(|| (strings(&new_grant["operations"]), constraints(&new_grant["constraints"]))),
        source_arn: None,
    }
}

fn constraints(json: &Value) -> Constraints {
    Constraints {
        equals: pairs(&json["EncryptionContextEquals"]),
        subset: pairs(&json["EncryptionContextSubset"]),
        source_arn: json["SourceArn"].as_str().map(Into::into),
    }
}

fn pairs(json: &Value) -> Option<Pairs> {
    let pair = |(key, value): (&String, &Value)| (key.clone(), value.as_str().expect("text").to_owned());
    Some(json.as_object()?.iter().map(pair).collect())
}

fn strings(json: &Value) -> Vec<String> {
    json.as_array().into_iter().flatten().map(|json| json.as_str().expect("text").to_owned()).collect()
}

fn word(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allow(_) => "Allow",
        Decision::ImplicitDeny(_) => "ImplicitDeny",
        Decision::ExplicitDeny(..) => "ExplicitDeny",
    }
}

fn decider(decision: &Decision) -> String {
    let layer = match decision {
        Decision::Allow(Source::Both(_)) => return "resource+identity".into(),
        Decision::Allow(Source::Grant(_)) => return "grant".into(),
        Decision::Allow(Source::GrantAccount(_)) => return "grant-account".into(),
        Decision::Allow(Source::Policy(layer, _))
        | Decision::ImplicitDeny(layer)
        | Decision::ExplicitDeny(layer, _) => layer,
    };
    let name = match layer {
        Layer::ServiceControl => "scp",
        Layer::ResourceControl => "rcp",
        Layer::Endpoint => "vpce",
        Layer::Resource => "resource",
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
        Layer::Grant => "grant",
    };
    name.into()
}

fn statement(decision: &Decision) -> Option<String> {
    match decision {
        Decision::ImplicitDeny(_) => None,
        Decision::ExplicitDeny(_, statement)
        | Decision::Allow(
            Source::Policy(_, statement)
            | Source::Both(statement)
            | Source::Grant(statement)
            | Source::GrantAccount(statement),
        ) => Some(statement.clone()),
    }
}
