//! What is served at an address: worlds, their administration, and what strangers are told.

use std::{net::IpAddr, sync::Arc};

use pocket_kms::{
    CryptoProvider, Options, Sender, Value, World,
    endpoint::{Endpoint, Line, MOST_FORKS, ROUTES},
    http::{Connection, Request, Response},
    wire,
};

use crate::{NOW, at, header, request, schema::Schemas, world};

fn endpoint() -> Endpoint {
    Endpoint::new(Arc::new(world()), [7; 32])
}

/// A request of the administration.
fn asking(method: &str, path: &str, body: &str, more: &[(&str, &str)]) -> Request<'static> {
    let headers = [("Host", "127.0.0.1:4599")].iter().chain(more);
    let headers = headers.map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    Request::new(method.to_owned(), path.to_owned(), headers, body.as_bytes().to_vec())
}

/// The status and the reply of a call of the administration.
fn ask(endpoint: &Endpoint, method: &str, path: &str, body: &str) -> (u16, Value) {
    answered(&endpoint.http(&asking(method, path, body, &[]), NOW).response)
}

fn answered(response: &Response) -> (u16, Value) {
    (response.status, wire::from_json(&response.body).expect("JSON"))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    at(value, &[name]).as_text().unwrap_or_else(|| panic!("{name} in {value:?}"))
}

/// A call of KMS of the world at an address.
fn kms(endpoint: &Endpoint, address: &str, operation: &str, input: &Value) -> (u16, Value) {
    let mut request = request(operation, input, "AKIAIOSFODNN7EXAMPLE", &[("Host", "127.0.0.1:4599")]);
    request.target = (address.to_owned() + "/").into();
    answered(&endpoint.http(&request, NOW).response)
}

fn keys(endpoint: &Endpoint, address: &str) -> usize {
    let (status, reply) = kms(endpoint, address, "ListKeys", &Value::from([]));
    match at(&reply, &["Keys"]) {
        Value::List(keys) => keys.len(),
        _ => panic!("{status} {reply:?}"),
    }
}

#[test]
fn the_description_has_the_routes_of_the_core_and_no_other() {
    let schemas = Schemas::read();
    let mut ours: Vec<_> = ROUTES.iter().map(|route| (route.path.to_owned(), route.method.to_owned())).collect();
    ours.sort();
    assert_eq!(schemas.routes(), ours);
}

/// A fault with everything that can be said of one.
const FAULT: &str = r#"{"fault": "throttled", "operation": "CreateKey", "count": 1, "retryAfter": 50, "delay": 5,
    "between": ["2020-01-01", null], "probability": 1}"#;

/// What the directory gets.
const DIRECTORY: &str = r#"{"principals": {"arn:aws:iam::111122223333:role/App": {"policies": [{"Statement":
    {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}], "managedPolicies": ["arn:aws:iam::aws:policy/SecurityAudit"]}},
    "organizations": {"o-exampleorgid": {"managementAccount": "999988887777", "accounts": ["111122223333"]}},
    "vpcEndpoints": {"vpce-0123456789abcdef0": {"owner": "111122223333"}}}"#;

/// What custom key stores get to stand on.
const STORES: &str = r#"{"clusters": {"cluster-2ab3cdefghi": {"trustAnchor": "-----BEGIN CERTIFICATE-----", "kmsuser":
    {"password": "kmsPswd"}, "subnets": {"subnet-1": {"zone": "us-east-1a"}, "subnet-2": {"zone": "us-east-1b"}}}},
    "endpointServices": {"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789": {"privateDnsName": "xks.example.com"}}}"#;

/// A proxy, with something of everything.
const PROXY: &str = r#"{"proxies": {"https://xks.example.com": {"region": "us-east-1", "keys": {"foo": {"usages": ["ENCRYPT"]}},
    "rules": [{"operation": "Encrypt"}], "managers": [{"id": "one", "healthStatus": "DEGRADED"}], "latency": "20ms",
    "certificate": {"subject": "*.example.com"}, "faults": [{"fault": "member", "member": "a", "value": 7, "times": 2}]}}}"#;

/// A method, a path and a body of every route, in an order that makes sense.
const ASKED: &[(&str, &str, &str)] = &[
    ("GET", "/health", ""),
    ("GET", "/clock", ""),
    ("POST", "/clock", r#"{"set": "2030-01-01T00:00:00Z"}"#),
    ("POST", "/clock", r#"{"advance": "7 days"}"#),
    ("POST", "/clock", r#"{"freeze": true}"#),
    ("POST", "/clock", r#"{"resume": true}"#),
    ("POST", "/clock", r#"{"follow": true}"#),
    ("GET", "/changes", ""),
    ("GET", "/changes?after=1", ""),
    ("POST", "/faults", FAULT),
    ("POST", "/faults", r#"{"fault": "slow", "delay": 7, "operation": ["Encrypt", "Decrypt"]}"#),
    ("GET", "/faults", ""),
    ("DELETE", "/faults/2", ""),
    ("GET", "/faults/acted", ""),
    ("GET", "/events", ""),
    ("GET", "/events?after=0", ""),
    ("GET", "/deadlines", ""),
    ("POST", "/explain", r#"{"operation": "ListKeys"}"#),
    ("POST", "/explain", r#"{"operation": "DescribeKey", "input": {"KeyId": "alias/none"}, "region": "us-east-1"}"#),
    ("POST", "/questions", r#"{"question": "who_can", "action": "kms:CreateKey"}"#),
    ("POST", "/questions", r#"{"question": "what_can", "principal": "111122223333"}"#),
    ("POST", "/questions", r#"{"question": "simulate", "operation": "ListKeys", "identityPolicies": []}"#),
    ("POST", "/questions", r#"{"question": "inspect", "blob": "aGVsbG8=", "encryptionContext": {"a": "b"}}"#),
    ("POST", "/audit", r#"{"question": "records", "filter": {"operation": "CreateKey"}, "limit": 1}"#),
    ("POST", "/audit", r#"{"question": "assert", "operation": "Decrypt", "never": true}"#),
    ("POST", "/audit", r#"{"question": "metric_data", "name": "CallCount", "each": true}"#),
    ("GET", "/denials", ""),
    ("GET", "/denials?after=0", ""),
    ("GET", "/directory", ""),
    ("POST", "/directory", DIRECTORY),
    ("GET", "/directory", ""),
    ("GET", "/stores", ""),
    ("POST", "/stores", STORES),
    ("POST", "/stores/clusters/cluster-2ab3cdefghi", r#"{"do": "set", "network": false}"#),
    ("POST", "/stores/clusters/cluster-2ab3cdefghi", r#"{"do": "backUp"}"#),
    ("POST", "/stores/clusters/cluster-2ab3cdefghi", r#"{"do": "restore", "cluster": "cluster-7ab3cdefghi"}"#),
    ("POST", "/stores", PROXY),
    ("POST", "/stores/proxies", r#"{"proxy": "https://xks.example.com", "do": "rotateKey", "key": "foo"}"#),
    (
        "POST",
        "/stores/proxies",
        r#"{"proxy": "https://xks.example.com", "do": "addFault", "fault": "tls", "for": "1m"}"#,
    ),
    ("POST", "/stores/proxies", r#"{"proxy": "https://xks.example.com", "do": "configurationFile"}"#),
    ("POST", "/stores/proxies", r#"{"proxy": "https://xks.example.com", "do": "addCredential"}"#),
    ("GET", "/stores/proxies/log?proxy=https%3A%2F%2Fxks.example.com&after=0", ""),
    ("GET", "/stores", ""),
    ("GET", "/settings", ""),
    ("POST", "/settings", r#"{"quota/keys": 3, "lag/new-key": null, "consistency": "aws"}"#),
    ("GET", "/settings", ""),
    ("GET", "/quotas", ""),
    ("GET", "/quotas?account=444455556666&region=eu-west-1", ""),
    ("POST", "/fork", r#"{"at": "2031-01-01T00:00:00Z"}"#),
    ("POST", "/fork", r#"{"revision": 0}"#),
    ("GET", "/worlds", ""),
    ("DELETE", "/worlds/1", ""),
    ("POST", "/fork", "{}"),
    ("POST", "/reset", ""),
];

/// A real request and a real reply of every route.
#[test]
fn what_is_answered_is_what_the_description_says() {
    let options = Options { now: Some(NOW), history: 100, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let (schemas, endpoint) = (Schemas::read(), Endpoint::new(Arc::new(world), [7; 32]));
    for _ in 0..2 {
        assert_eq!(kms(&endpoint, "", "CreateKey", &Value::from([])).0, 200);
        assert_eq!(ask(&endpoint, "POST", "/_pocket-kms/fork", "").0, 200);
    }
    for &(method, path, body) in ASKED {
        let (status, reply) = ask(&endpoint, method, &format!("/_pocket-kms{path}"), body);
        assert_eq!(status, 200, "{method} {path}: {reply:?}");
        if !body.is_empty() && body != "{}" {
            schemas.check_request(method, path, &wire::from_json(body.as_bytes()).expect("JSON"));
        }
        schemas.check(method, path, 200, &reply);
    }
}

#[test]
fn scrapers_read_the_metrics_of_a_world_as_text() {
    let endpoint = endpoint();
    assert_eq!(kms(&endpoint, "", "CreateKey", &Value::from([])).0, 200);
    let response = endpoint.http(&asking("GET", "/_pocket-kms/metrics", "", &[]), NOW).response;
    let kind = header(&response, "Content-Type").expect("a type");
    assert_eq!((response.status, kind), (200, "application/openmetrics-text; version=1.0.0; charset=utf-8"));
    let text = String::from_utf8(response.body.clone()).expect("text");
    let labels = "account=\"111122223333\",region=\"us-east-1\",service=\"KMS\",type=\"API\",resource=\"CreateKey\"";
    let expected = [
        "# TYPE aws_usage_call_count counter\n# HELP aws_usage_call_count Calls that count against a request quota.\n",
        "aws_usage_call_count_total{",
        labels,
        ",class=\"None\"} 1\n# EOF\n",
    ];
    assert_eq!(text, expected.concat());
}

#[test]
fn another_method_is_refused_with_those_that_there_are() {
    let endpoint = endpoint();
    for (method, path, allowed) in
        [("POST", "/metrics", "GET"), ("PUT", "/clock", "GET, POST"), ("GET", "/faults/x", "DELETE")]
    {
        let response = endpoint.http(&asking(method, &format!("/_pocket-kms{path}"), "", &[]), NOW).response;
        assert_eq!((response.status, header(&response, "Allow")), (405, Some(allowed)), "{method} {path}");
    }
    let response = endpoint.http(&asking("GET", "/_pocket-kms/nowhere", "", &[]), NOW).response;
    assert_eq!((response.status, header(&response, "Allow")), (404, None));
}

#[test]
fn what_is_refused_is_refused_as_the_description_says() {
    let options = Options { now: Some(NOW), history: 100, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let (schemas, endpoint) = (Schemas::read(), Endpoint::new(Arc::new(world), [7; 32]));
    for (method, path, body, status) in [
        ("POST", "/clock", "", 400),
        ("POST", "/clock", "[]", 400),
        ("POST", "/explain", "{}", 400),
        ("POST", "/explain", r#"{"operation": "ListKeys", "caller": "Alice"}"#, 400),
        ("POST", "/explain", r#"{"operation": "ListKeys", "region": 7}"#, 400),
        ("POST", "/questions", "{}", 400),
        ("POST", "/audit", "{}", 400),
        ("POST", "/audit", r#"{"question": "records", "filter": {"operations": "Decrypt"}}"#, 400),
        ("POST", "/audit", r#"{"question": "metrics", "name": "Latency"}"#, 400),
        ("POST", "/questions", r#"{"question": "who_can", "action": "kms:Decipher"}"#, 400),
        ("DELETE", "/worlds/9", "", 404),
        ("GET", "/changes?after=x", "", 400),
        ("DELETE", "/faults/9", "", 404),
        ("POST", "/fork", r#"{"revision": 99}"#, 409),
    ] {
        let (found, reply) = ask(&endpoint, method, &format!("/_pocket-kms{path}"), body);
        assert_eq!(found, status, "{method} {path}: {reply:?}");
        schemas.check(method, path, status, &reply);
    }
}

const CLOSED: &str = r#"{"Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
    {"Sid": "Never", "Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Bob"},
     "Action": "kms:DescribeKey", "Resource": "*", "Condition": {"StringEquals": {"aws:referer": ["a", "b"]}}}]}"#;

#[test]
fn a_call_is_explained_and_not_made_and_denials_are_listed() {
    let (schemas, endpoint) = (Schemas::read(), endpoint());
    let (_, made) = kms(&endpoint, "", "CreateKey", &Value::from([("Policy", Value::from(CLOSED))]));
    let key = at(&made, &["KeyMetadata", "Arn"]).as_text().expect("an ARN").to_owned();
    let explain = |operation: &str, origin: &str| {
        let body = format!(
            r#"{{"operation": "{operation}", "input": {{"KeyId": "{key}"}}, "origin": {{"context": {origin}}},
                "caller": "arn:aws:iam::111122223333:user/Bob"}}"#
        );
        schemas.check_request("POST", "/explain", &wire::from_json(body.as_bytes()).expect("JSON"));
        let (status, reply) = ask(&endpoint, "POST", "/_pocket-kms/explain", &body);
        assert_eq!(status, 200, "{reply:?}");
        schemas.check("POST", "/explain", 200, &reply);
        let Value::List(decisions) = at(&reply, &["decisions"]).clone() else { panic!("{reply:?}") };
        (at(&reply, &["allowed"]).clone(), at(&reply, &["error"]).clone(), decisions)
    };
    let (_, before) = ask(&endpoint, "GET", "/_pocket-kms/changes", "");
    let (allowed, error, decisions) = explain("ScheduleKeyDeletion", "{}");
    assert_eq!((allowed, error, decisions.len()), (Value::Bool(true), Value::Null, 1));
    assert_eq!(text(&decisions[0], "decidedBy"), "identity policies");
    let (allowed, error, decisions) = explain("DescribeKey", r#"{"aws:referer": "b"}"#);
    assert_eq!((allowed, text(&error, "code")), (Value::Bool(false), "AccessDeniedException"));
    assert_eq!((text(&decisions[0], "ruling"), text(&decisions[0], "decidedBy")), ("denied", "key policy"));
    assert_eq!(text(at(&decisions[0], &["deciding"]), "sid"), "Never");
    // Nothing was done, and nobody was denied.
    assert_eq!(ask(&endpoint, "GET", "/_pocket-kms/changes", "").1, before);
    assert_eq!(at(&ask(&endpoint, "GET", "/_pocket-kms/denials", "").1, &["denials"]), &Value::List(Vec::new()));
    let key = Value::from([("KeyId", Value::from(key.as_str()))]);
    let mut denied = request("CreateAlias", &key, "arn:aws:iam::444455556666:user/Eve", &[("Host", "127.0.0.1:4599")]);
    assert_eq!(answered(&endpoint.http(&denied, NOW).response).0, 400);
    denied = request("DisableKey", &key, "arn:aws:iam::444455556666:user/Eve", &[("Host", "127.0.0.1:4599")]);
    assert_eq!(answered(&endpoint.http(&denied, NOW).response).0, 400);
    let (_, list) = ask(&endpoint, "GET", "/_pocket-kms/denials?after=0", "");
    schemas.check("GET", "/denials", 200, &list);
    let Value::List(denials) = at(&list, &["denials"]) else { panic!("{list:?}") };
    let [denial] = &denials[..] else { panic!("{denials:?}") };
    assert_eq!((at(denial, &["number"]), text(denial, "operation")), (&Value::Int(1), "DisableKey"));
    assert_eq!(text(denial, "caller"), "arn:aws:iam::444455556666:user/Eve");
    assert!(text(denial, "message").contains("is not authorized to perform: kms:DisableKey on this resource"));
    let (_, rest) = ask(&endpoint, "GET", "/_pocket-kms/denials?after=1", "");
    assert_eq!(at(&rest, &["denials"]), &Value::List(Vec::new()));
}

#[test]
fn the_clock_of_a_served_world_turns() {
    let endpoint = endpoint();
    let (_, made) = kms(&endpoint, "", "CreateKey", &Value::from([]));
    let id = at(&made, &["KeyMetadata", "KeyId"]).clone();
    let window = Value::from([("KeyId", id), ("PendingWindowInDays", Value::Int(7))]);
    assert_eq!(kms(&endpoint, "", "ScheduleKeyDeletion", &window).0, 200);
    let (_, clock) = ask(&endpoint, "GET", "/_pocket-kms/clock", "");
    assert_eq!(
        (text(&clock, "now"), text(&clock, "nextDeadline")),
        ("2027-01-15T08:00:00.000Z", "2027-01-22T08:00:00.000Z")
    );
    let (_, clock) = ask(&endpoint, "POST", "/_pocket-kms/clock", r#"{"advance": "7d"}"#);
    assert_eq!((text(&clock, "now"), at(&clock, &["nextDeadline"])), ("2027-01-22T08:00:00.000Z", &Value::Null));
    assert_eq!((at(&clock, &["frozen"]), keys(&endpoint, "")), (&Value::Bool(true), 0));
    let (_, clock) = ask(&endpoint, "POST", "/_pocket-kms/clock", r#"{"follow": true}"#);
    assert_eq!((text(&clock, "now"), at(&clock, &["frozen"])), ("2027-01-15T08:00:00.000Z", &Value::Bool(false)));
}

#[test]
fn a_fork_is_a_world_of_its_own_at_an_address_of_its_own() {
    let endpoint = endpoint();
    kms(&endpoint, "", "CreateKey", &Value::from([]));
    let (_, fork) = ask(&endpoint, "POST", "/_pocket-kms/fork", "");
    let address = text(&fork, "path");
    kms(&endpoint, address, "CreateKey", &Value::from([]));
    assert_eq!((keys(&endpoint, ""), keys(&endpoint, address)), (1, 2));
    ask(&endpoint, "POST", &format!("{address}/_pocket-kms/clock"), r#"{"advance": "1d"}"#);
    let now =
        |address: &str| text(&ask(&endpoint, "GET", &format!("{address}/_pocket-kms/clock"), "").1, "now").to_owned();
    assert_eq!((now("").as_str(), now(address).as_str()), ("2027-01-15T08:00:00.000Z", "2027-01-16T08:00:00.000Z"));
    let (_, of_fork) = ask(&endpoint, "POST", &format!("{address}/_pocket-kms/fork"), "");
    assert_eq!(keys(&endpoint, text(&of_fork, "path")), 2);
    assert_eq!(ask(&endpoint, "DELETE", address, "").0, 200);
    let (status, refusal) = kms(&endpoint, address, "ListKeys", &Value::from([]));
    assert!(status == 404 && text(&refusal, "message").contains("/_pocket-kms/fork"), "{refusal:?}");
    assert_eq!(keys(&endpoint, text(&of_fork, "path")), 2);
}

#[test]
fn so_many_forks_and_no_more() {
    let endpoint = endpoint();
    for _ in 0..MOST_FORKS {
        assert_eq!(ask(&endpoint, "POST", "/_pocket-kms/fork", "").0, 200);
    }
    let (status, refusal) = ask(&endpoint, "POST", "/_pocket-kms/fork", "");
    assert!(status == 409 && text(&refusal, "message").contains("DELETE"), "{refusal:?}");
    assert_eq!(ask(&endpoint, "DELETE", "/_pocket-kms/worlds/17", "").0, 200);
    assert_eq!(text(&ask(&endpoint, "POST", "/_pocket-kms/fork", "").1, "id"), (MOST_FORKS + 1).to_string());
}

#[test]
fn a_world_that_begins_again_begins_as_it_did() {
    let endpoint = endpoint();
    let first = || at(&kms(&endpoint, "", "CreateKey", &Value::from([])).1, &["KeyMetadata", "Arn"]).clone();
    let key = first();
    ask(&endpoint, "POST", "/_pocket-kms/clock", r#"{"advance": "1d"}"#);
    let (_, clock) = ask(&endpoint, "POST", "/_pocket-kms/reset", "");
    assert_eq!((text(&clock, "now"), keys(&endpoint, "")), ("2027-01-15T08:00:00.000Z", 0));
    let (_, changes) = ask(&endpoint, "GET", "/_pocket-kms/changes", "");
    assert_eq!(at(&changes, &["changes"]), &Value::List(Vec::new()));
    assert!(
        matches!(at(&changes, &["oldest"]), Value::Int(2..)),
        "who reads late learns that something was missed: {changes:?}"
    );
    // Every call draws randomness, a ListKeys as well.
    ask(&endpoint, "POST", "/_pocket-kms/reset", "");
    assert_eq!(first(), key);
}

#[test]
fn changes_are_told_in_pages() {
    let endpoint = endpoint();
    for _ in 0..1100 {
        kms(&endpoint, "", "CreateKey", &Value::from([]));
    }
    let (mut after, mut told, mut pages) = (0, 0, 0);
    loop {
        let (_, page) = ask(&endpoint, "GET", &format!("/_pocket-kms/changes?after={after}"), "");
        let Value::List(changes) = at(&page, &["changes"]) else { panic!("{page:?}") };
        (told, pages) = (told + changes.len(), pages + 1);
        let Value::Int(last) = at(&page, &["last"]) else { panic!("{page:?}") };
        after = *last;
        if at(&page, &["more"]) == &Value::Bool(false) {
            break;
        }
    }
    assert!(
        pages > 1 && told == usize::try_from(after).expect("a number"),
        "{pages} pages, {told} changes up to {after}"
    );
}

#[test]
fn bad_input_gets_a_sentence() {
    let endpoint = endpoint();
    for (method, path, body, status, shown) in [
        ("POST", "/clock", "{}", 400, "set, advance, freeze, resume, follow"),
        ("POST", "/clock", r#"{"advance": "1d", "freeze": true}"#, 400, "one of"),
        ("POST", "/clock", r#"{"turn": true}"#, 400, "no 'turn'"),
        ("POST", "/clock", r#"{"advance": "3x"}"#, 400, "'3x'"),
        ("POST", "/clock", r#"{"advance": "-3d"}"#, 400, "backwards"),
        ("POST", "/clock", r#"{"set": "tomorrow"}"#, 400, "2030-01-01T00:00:00Z"),
        ("POST", "/clock", r#"{"set": 7}"#, 400, "an instant"),
        ("POST", "/clock", r#"{"freeze": false}"#, 400, "true"),
        ("POST", "/clock", "{", 400, "JSON"),
        ("POST", "/clock", "\u{0}", 400, "JSON"),
        ("POST", "/reset", r#"{"seed": "x"}"#, 400, "no 'seed'"),
        ("GET", "/changes?before=1", "", 400, "no 'before'"),
        ("GET", "/changes?after=-1", "", 400, "number"),
        ("GET", "/clock?x", "", 400, "no 'x'"),
        ("PUT", "/clock", "", 405, "GET or POST"),
        ("GET", "/faultless", "", 404, "GET /health"),
        ("POST", "/clock", r#"{"advance": "9000y"}"#, 400, "9999"),
        ("POST", "/clock", r#"{"set": "+10000-01-01T00:00:00Z"}"#, 400, "9999"),
        ("POST", "/faults", r#"{"fault": "throttle"}"#, 400, "there are throttled"),
        ("POST", "/faults", r#"{"fault": "throttled", "times": 1}"#, 400, "its members are"),
        ("POST", "/faults", r#"{"fault": "conflict", "operation": "Encrypt"}"#, 400, "ConflictException"),
        ("DELETE", "/faults/x", "", 404, "no fault x"),
        ("GET", "/faults/acted?after=x", "", 400, "after must be"),
        ("POST", "/settings", r#"{"quota/locks": 3}"#, 400, "no 'locks'"),
        ("POST", "/directory", r#"{"people": {}}"#, 400, "people: is not known here"),
        ("POST", "/directory", r#"{"principals": {"alice": {}}}"#, 400, "principals.alice: "),
        ("GET", "/directory?after=7", "", 400, "takes nothing"),
        ("POST", "/stores", r#"{"hsms": {}}"#, 400, "hsms: is not known here"),
        ("POST", "/stores", r#"{"clusters": {"cluster-1": {}}}"#, 400, "clusters.cluster-1: is not the id"),
        ("POST", "/stores/clusters/cluster-2ab3cdefghi", r#"{"do": "describe"}"#, 400, "there is no cluster"),
        ("GET", "/stores?after=7", "", 400, "takes nothing"),
        ("POST", "/stores", r#"{"proxies": {"xks": {}}}"#, 400, "proxies.xks: is not the endpoint"),
        ("POST", "/stores/proxies", r#"{"do": "rotateKey"}"#, 400, "say which proxy"),
        ("POST", "/stores/proxies", r#"{"proxy": "https://a.example", "do": "rotateKey"}"#, 400, "there is no proxy"),
        ("GET", "/stores/proxies/log", "", 400, "say which proxy"),
        ("GET", "/stores/proxies/log?proxy=a", "", 400, "'a' is not a proxy"),
        ("POST", "/settings", r#"{"quota/keys": -3}"#, 400, "quota/keys"),
        ("GET", "/quotas?account=1", "", 400, "twelve digits"),
        ("GET", "/quotas?region=here", "", 400, "'here'"),
        ("GET", "/quotas?key=1", "", 400, "account and region"),
        ("POST", "/fork", r#"{"at": "2020-01-01T00:00:00Z"}"#, 409, "keeps no history"),
        ("POST", "/fork", r#"{"at": "soon"}"#, 400, "'soon'"),
        ("POST", "/fork", r#"{"revision": -1}"#, 400, "one of at and revision"),
        ("GET", "", "", 404, "GET /health"),
        ("DELETE", "/worlds/x", "", 404, "no world x"),
        ("DELETE", "/worlds/01", "", 404, "no world 01"),
        ("GET", "/worlds/1/_pocket-kms/clock", "", 404, "no world 1"),
    ] {
        let (found, refusal) = ask(&endpoint, method, &format!("/_pocket-kms{path}"), body);
        assert_eq!(found, status, "{method} {path} {body}: {refusal:?}");
        assert!(text(&refusal, "message").contains(shown), "{method} {path} {body}: {refusal:?}");
    }
}

#[test]
fn strangers_do_not_administer() {
    let closed = endpoint();
    let reset = |endpoint: &Endpoint, more: &[(&str, &str)], peer: Option<&str>| {
        let mut request = asking("POST", "/_pocket-kms/reset", "", more);
        request.headers.extend(more.iter().map(|(name, value)| ((*name).into(), value.as_bytes().into())));
        if more.iter().any(|(name, _)| *name == "Host") {
            request.headers.remove(0);
        }
        let mut sender = Sender::default();
        sender.origin.source_ip = peer.map(|peer| peer.parse::<IpAddr>().expect("an address"));
        endpoint.http(&request.with_sender(sender), NOW).response.status
    };
    let page = |origin| [("Origin", origin)];
    assert_eq!(reset(&closed, &[], Some("127.0.0.1")), 200);
    assert_eq!(reset(&closed, &[], Some("10.0.0.7")), 403);
    assert_eq!(reset(&closed, &page("http://127.0.0.1:4599"), None), 200);
    for origin in ["http://evil.example", "null", "http://127.0.0.1:5173", ""] {
        assert_eq!(reset(&closed, &page(origin), None), 403, "{origin}");
    }
    for host in ["evil.example", "evil.example:4599", "10.0.0.1", ""] {
        assert_eq!(reset(&closed, &[("Host", host)], None), 403, "{host}");
    }
    for host in ["localhost:4599", "[::1]:4599", "kms.localhost"] {
        assert_eq!(reset(&closed, &[("Host", host)], None), 200, "{host}");
    }
    let open = endpoint().open_administration();
    assert_eq!(reset(&open, &[("Host", "kms:4599")], Some("172.17.0.1")), 200);
    assert_eq!(reset(&open, &page("http://evil.example"), Some("172.17.0.1")), 403);
    let shared = endpoint().allow_origin("http://localhost:5173").expect("an origin");
    assert_eq!(reset(&shared, &page("http://localhost:5173"), None), 200);
}

#[test]
fn a_page_reads_answers_only_if_its_origin_is_allowed() {
    let allowed = endpoint().allow_origin("http://localhost:5173").expect("an origin");
    let call = |endpoint: &Endpoint, origin| {
        let request = request("ListKeys", &Value::from([]), "AKIA", &[("Host", "localhost"), ("Origin", origin)]);
        let response = endpoint.http(&request, NOW).response;
        (response.status, header(&response, "Access-Control-Allow-Origin").map(ToOwned::to_owned))
    };
    assert_eq!(call(&allowed, "http://localhost:5173"), (200, Some("http://localhost:5173".to_owned())));
    assert_eq!(call(&allowed, "http://evil.example"), (200, None));
    assert_eq!(call(&endpoint(), "http://localhost:5173"), (200, None));
    let preflight = |endpoint: &Endpoint, origin| {
        let wanted = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,x-amz-target"),
        ];
        endpoint.http(&asking("OPTIONS", "/", "", &wanted), NOW).response
    };
    let granted = preflight(&allowed, "http://localhost:5173");
    assert_eq!((granted.status, header(&granted, "Access-Control-Allow-Origin")), (200, Some("http://localhost:5173")));
    assert_eq!(header(&granted, "Access-Control-Allow-Headers"), Some("authorization,x-amz-target"));
    for (endpoint, origin) in [(&allowed, "http://evil.example"), (&endpoint(), "http://localhost:5173")] {
        let refused = preflight(endpoint, origin);
        assert_eq!((refused.status, header(&refused, "Access-Control-Allow-Origin")), (403, None));
        assert!(text(&answered(&refused).1, "message").contains("--cors"));
    }
    for endpoint in [&allowed, &endpoint()] {
        for path in ["/", "*", "/_pocket-kms/clock"] {
            let (status, refusal) = ask(endpoint, "OPTIONS", path, "");
            let sentence = text(&refusal, "message");
            assert_eq!(status, 400, "{path}: {refusal:?}");
            assert!(sentence.contains("called by POST") && !sentence.contains("--cors"), "{sentence}");
        }
    }
}

#[test]
fn every_request_has_a_line_without_its_input() {
    let endpoint = endpoint();
    let mut connection = Connection::from_peer("127.0.0.1".parse().expect("an address"));
    let mut lines: Vec<Line> = Vec::new();
    let mut send = |request: &Request| {
        let head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\n", request.method, request.target);
        let mut bytes = head.into_bytes();
        for (name, value) in &request.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend(format!("Content-Length: {}\r\n\r\n", request.body.len()).into_bytes());
        bytes.extend(&*request.body);
        assert!(!endpoint.exchange(&mut connection, &bytes, NOW, |line| lines.push(line.clone())).is_empty());
    };
    let secret =
        Value::from([("KeyId", Value::from("alias/none")), ("Plaintext", Value::Blob(b"attack at dawn".to_vec()))]);
    send(&request("CreateKey", &Value::from([]), "AKIAIOSFODNN7EXAMPLE", &[]));
    send(&request("Encrypt", &secret, "arn:aws:iam::111122223333:user/Alice", &[]));
    send(&request("Ev\u{9b}il", &secret, "arn:aws:iam::444455556666:root", &[]));
    send(&request("ListKeys", &secret, "arn:nonsense", &[]));
    send(&Request::new("GET", "/_pocket-kms/clock", Vec::new(), Vec::new()));
    send(&Request::new("GET", "/_pocket-kms/nothing", Vec::new(), Vec::new()));
    let told: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let starts = [
        "2027-01-15T08:00:00.000Z arn:aws:iam::111122223333:root us-east-1 CreateKey 200",
        "2027-01-15T08:00:00.000Z arn:aws:iam::111122223333:user/Alice us-east-1 Encrypt 400 NotFoundException: ",
        "2027-01-15T08:00:00.000Z arn:aws:iam::444455556666:root us-east-1 Ev\\u{9b}il 400 UnknownOperationException",
        "2027-01-15T08:00:00.000Z - - POST / 400 UnrecognizedClientException: The security token",
        "2027-01-15T08:00:00.000Z - - GET /_pocket-kms/clock 200",
        "2027-01-15T08:00:00.000Z - - GET /_pocket-kms/nothing 404 below /_pocket-kms there are: GET /health",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    for (line, start) in told.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
        assert!(!line.contains("attack") && !line.contains("YXR0YWNr"), "{line}");
    }
}

#[test]
fn what_is_not_a_request_has_a_line_too() {
    let too_long = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", 1 << 24);
    for (bytes, status) in [("GET / HTTP/1.1\r\n\r\n", 400), ("nonsense\r\n\r\n", 400), (&too_long, 413)] {
        let (mut connection, mut lines) = (Connection::new(), Vec::new());
        let sent = endpoint().exchange(&mut connection, bytes.as_bytes(), NOW, |line| lines.push(line.to_string()));
        assert!(sent.starts_with(format!("HTTP/1.1 {status} ").as_bytes()) && !connection.keeps_alive(), "{bytes}");
        let start = format!("2027-01-15T08:00:00.000Z - - - {status} ");
        assert!(matches!(&lines[..], [line] if line.len() > start.len() && line.starts_with(&start)), "{lines:?}");
    }
}

#[test]
fn a_line_says_why_a_caller_was_denied() {
    let endpoint = endpoint();
    let (_, made) = kms(&endpoint, "", "CreateKey", &Value::from([]));
    let input = Value::from([("KeyId", at(&made, &["KeyMetadata", "Arn"]).clone())]);
    let answered = endpoint.http(&request("DescribeKey", &input, "444455556666", &[]), NOW);
    let why = answered.line.why.expect("a reason");
    assert!(
        why.starts_with("AccessDeniedException: kms:DescribeKey on arn:aws:kms:us-east-1:111122223333:key/"),
        "{why}"
    );
}
