//! A key policy decides by what a host says of a request, and by what the request shows.

use pocket_kms::{Caller, Sender, Time, Value, World, arguments, http::Request, wire};

use crate::{NOW, at, request, world};

const ALICE: &str = "arn:aws:iam::111122223333:user/team/Alice";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Work/a,b@c";

/// A key of the root user which everybody in the account may describe on one condition.
fn key(world: &World, operator: &str, condition: &str, value: &str) -> String {
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [
            {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:root"}}, "Action": "kms:PutKeyPolicy", "Resource": "*"}},
            {{"Effect": "Allow", "Principal": {{"AWS": "*"}}, "Action": "kms:DescribeKey", "Resource": "*",
             "Condition": {{"{operator}": {{"{condition}": "{value}"}}}}}}]}}"#
    );
    let reply = world.call("CreateKey", Value::from([("Policy", Value::from(policy))]), None, None, NOW).reply;
    at(&reply.expect("a key"), &["KeyMetadata", "KeyId"]).as_text().expect("an id").to_owned()
}

fn describe(key: &str) -> Value {
    Value::from([("KeyId", Value::from(key))])
}

fn said(caller: &str, origin: Value) -> Sender {
    arguments::sender(&Value::from(caller), &origin).expect("a sender")
}

/// Whether the sender may describe the key: by a call, and by a request with anybody's credentials.
fn may(world: &World, key: &str, sender: &Sender) -> [bool; 2] {
    let direct = world.call_from("DescribeKey", describe(key), None, sender, NOW).reply.is_ok();
    let request = request("DescribeKey", &describe(key), "AKIAIOSFODNN7EXAMPLE", &[]).with_sender(sender.clone());
    [direct, world.http(&request, NOW).status == 200]
}

#[test]
fn a_key_policy_decides_by_every_fact_that_a_host_says() {
    let text = |text: &'static str| Value::from(text);
    let endpoint =
        Value::from([("id", text("vpce-0123456789abcdef0")), ("vpc", text("vpc-1")), ("owner", text("111122223333"))]);
    for (operator, condition, value, caller, member, fact) in [
        ("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com", ALICE, "via", text("s3.amazonaws.com")),
        (
            "StringEquals",
            "kms:ViaService",
            "ec2.us-east-1.amazonaws.com",
            ALICE,
            "via",
            text("ec2.us-east-1.amazonaws.com"),
        ),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", ALICE, "sourceIp", text("203.0.113.7")),
        (
            "StringEquals",
            "aws:SourceVpce",
            "vpce-0123456789abcdef0",
            ALICE,
            "vpc_endpoint",
            text("vpce-0123456789abcdef0"),
        ),
        ("StringEquals", "aws:SourceVpc", "vpc-1", ALICE, "vpcEndpoint", endpoint),
        ("Bool", "aws:MultiFactorAuthPresent", "true", SESSION, "mfa", Value::Bool(true)),
        ("Bool", "aws:MultiFactorAuthPresent", "true", ALICE, "mfa", Value::Bool(true)),
        ("ArnEquals", "aws:SourceArn", "arn:aws:s3:::bucket", ALICE, "source_arn", text("arn:aws:s3:::bucket")),
        ("StringEquals", "aws:SourceAccount", "444455556666", ALICE, "source_account", text("444455556666")),
        ("StringLike", "aws:UserAgent", "backup/*", ALICE, "user_agent", text("backup/1.0")),
        ("Bool", "aws:SecureTransport", "false", ALICE, "secure_transport", Value::Bool(false)),
        ("StringEquals", "aws:SourceIdentity", "alice", SESSION, "source_identity", text("alice")),
        (
            "DateLessThan",
            "aws:TokenIssueTime",
            "2001-01-01T00:00:00Z",
            SESSION,
            "token_issued",
            Value::Time(Time::from_millis(7)),
        ),
        ("StringEquals", "aws:PrincipalTag/team", "a", ALICE, "principal_tags", Value::from([("team", text("a"))])),
    ] {
        let world = world();
        let key = key(&world, operator, condition, value);
        assert_eq!(may(&world, &key, &said(caller, Value::Null)), [false; 2], "{condition} without {member}");
        assert_eq!(may(&world, &key, &said(caller, Value::from([(member, fact)]))), [true; 2], "{condition}");
    }
}

#[test]
fn an_access_key_id_names_the_caller_in_every_sdk() {
    for (access_key_id, arn) in [
        (ALICE, ALICE),
        (SESSION, SESSION),
        ("arn:aws:iam::111122223333:role/path/Work", "arn:aws:sts::111122223333:assumed-role/Work/pocket-kms"),
        ("111122223333", "arn:aws:iam::111122223333:root"),
        ("AKIAIOSFODNN7EXAMPLE", "arn:aws:iam::111122223333:root"),
        ("arn:aws:iam::444455556666:root", ""),
    ] {
        let world = world();
        let principal = Value::from(format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:root"}}, "Action": "kms:*",
                "Resource": "*"}}, {{"Effect": "Deny", "Principal": "*", "Action": "kms:DescribeKey", "Resource": "*",
                "Condition": {{"ArnNotEquals": {{"aws:PrincipalArn": "{}"}}}}}}]}}"#,
            if access_key_id.contains(":role/") { access_key_id } else { arn },
        ));
        let input = Value::from([("Policy", principal), ("BypassPolicyLockoutSafetyCheck", Value::Bool(true))]);
        let reply = world.call("CreateKey", input, None, None, NOW).reply.expect("a key");
        let key = at(&reply, &["KeyMetadata", "Arn"]).as_text().expect("an ARN");
        let status = |id: &str| world.http(&request("DescribeKey", &describe(key), id, &[]), NOW).status;
        let others = [ALICE, "arn:aws:iam::111122223333:user/Bob"].into_iter().filter(|other| *other != access_key_id);
        assert!(others.into_iter().all(|other| status(other) == 400), "{access_key_id}");
        let expected = if arn.is_empty() || access_key_id == SESSION { 400 } else { 200 };
        assert_eq!(status(access_key_id), expected, "{access_key_id}");
    }
}

#[test]
fn an_access_key_id_that_names_nobody_is_refused_with_advice() {
    let world = world();
    for id in ["arn:aws:iam::111122223333:group/g", "arn:aws-cn:iam::111122223333:user/a", "arn:"] {
        let response = world.http(&request("ListKeys", &Value::from([]), id, &[]), NOW);
        let body = wire::from_json(&response.body).expect("a body");
        let (code, sentence) =
            (at(&body, &["__type"]).as_text(), at(&body, &["message"]).as_text().unwrap_or_default());
        assert_eq!((response.status, code), (400, Some("UnrecognizedClientException")), "{id}");
        assert!(
            sentence.contains("token included in the request is invalid") && sentence.contains("arn:aws:"),
            "{sentence}"
        );
    }
}

#[test]
fn what_the_host_says_wins_over_what_the_request_shows() {
    let world = world();
    let key = key(&world, "StringEquals", "aws:UserAgent", "said");
    let shown = |agent| request("DescribeKey", &describe(&key), ALICE, &[("user-agent", agent)]);
    let status = |request: Request| world.http(&request, NOW).status;
    assert_eq!(status(shown("said")), 200);
    assert_eq!(status(shown("shown")), 400);
    let mut origin = pocket_kms::Origin::default();
    origin.user_agent = Some("said".to_owned());
    assert_eq!(status(shown("shown").with_origin(origin)), 200);
    let stranger = Caller::parse("444455556666").expect("a caller");
    assert_eq!(status(shown("said").with_caller(stranger)), 400);
}

/// Without private DNS, clients take the DNS name of the endpoint as their endpoint (P2-420).
#[test]
fn a_client_of_a_vpc_endpoint_comes_through_it() {
    let world = world();
    let key = key(&world, "StringEquals", "aws:SourceVpce", "vpce-1234abcdf5678c90a");
    let host = "vpce-1234abcdf5678c90a-09p7654s.kms.us-east-1.vpce.amazonaws.com";
    let ask = |target: &str, host: &str| {
        let mut request = request("DescribeKey", &describe(&key), ALICE, &[("Host", host)]);
        request.target = target.into();
        world.http(&request, NOW).status
    };
    assert_eq!(ask("/", host), 200);
    assert_eq!(ask("/", &format!("{host}:443")), 200);
    assert_eq!(ask(&format!("https://{host}/"), "localhost"), 200);
    assert_eq!(ask("/", "kms.us-east-1.amazonaws.com"), 400);
    assert_eq!(ask("https://kms.us-east-1.amazonaws.com/", host), 400);
}
