//! Requests are dispatched by the service of their credential scope: KMS, who calls of STS, and nothing else.

use pocket_kms::{
    Value, arguments,
    http::{Request, Response},
    wire,
};

use crate::{NOW, at, authorization, header, request, world};

/// A request of an SDK for an action of STS.
fn sts(access_key_id: &str, action: &str) -> Request<'static> {
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        ("Authorization", authorization(access_key_id, "sts")),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
    Request::new("POST", "/", headers, format!("Action={action}&Version=2011-06-15").into_bytes())
}

/// The text of an element that stands once.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{name} in {xml}"));
    rest.split_once(&format!("</{name}>")).map_or("", |(text, _)| text)
}

fn answered(response: &Response) -> (u16, String) {
    assert_eq!(header(response, "content-type"), Some("text/xml"));
    (response.status, String::from_utf8(response.body.clone()).expect("text"))
}

#[test]
fn sts_says_who_calls() {
    let world = world();
    for (access_key_id, account, arn, user_id) in [
        ("AKIAIOSFODNN7EXAMPLE", "111122223333", "arn:aws:iam::111122223333:root", "111122223333"),
        ("444455556666", "444455556666", "arn:aws:iam::444455556666:root", "444455556666"),
        ("arn:aws:iam::444455556666:user/a/Alice", "444455556666", "arn:aws:iam::444455556666:user/a/Alice", "AIDA"),
        (
            "arn:aws:iam::444455556666:role/a/Work",
            "444455556666",
            "arn:aws:sts::444455556666:assumed-role/Work/pocket-kms",
            "AROA",
        ),
        (
            "arn:aws:sts::444455556666:federated-user/Fred",
            "444455556666",
            "arn:aws:sts::444455556666:federated-user/Fred",
            "444455556666:Fred",
        ),
    ] {
        let response = world.http(&sts(access_key_id, "GetCallerIdentity"), NOW);
        let (status, xml) = answered(&response);
        assert_eq!(status, 200, "{xml}");
        assert_eq!((element(&xml, "Account"), element(&xml, "Arn")), (account, arn));
        assert!(element(&xml, "UserId").starts_with(user_id), "{xml}");
        assert_eq!(header(&response, "x-amzn-RequestId"), Some(element(&xml, "RequestId")));
    }
}

#[test]
fn whom_the_host_names_is_the_one_who_calls() {
    let sender = arguments::sender(&Value::from("arn:aws:iam::444455556666:user/B"), &Value::Null).expect("a sender");
    let response = world().http(&sts("AKIAIOSFODNN7EXAMPLE", "GetCallerIdentity").with_sender(sender), NOW);
    assert_eq!(element(&answered(&response).1, "Arn"), "arn:aws:iam::444455556666:user/B");
}

#[test]
fn other_actions_are_refused_in_xml() {
    let world = world();
    let unsigned = {
        let mut request = sts("", "GetCallerIdentity");
        request.headers.truncate(1);
        request
    };
    for (request, status, code, shown) in [
        (sts("AKIA", "AssumeRoot"), 400, "InvalidAction", "AssumeRoot"),
        (sts("AKIA", "GetAccessKeyInfo"), 400, "InvalidAction", "AssumeRoleWithWebIdentity"),
        (sts("AKIA", "GetAccessKeyInfo"), 400, "InvalidAction", "GetFederationToken"),
        (sts("AKIA", "<a>\0"), 400, "InvalidAction", "'&lt;a&gt;'"),
        (sts("arn:aws:iam::1:user/a", "GetCallerIdentity"), 403, "InvalidClientTokenId", "arn:aws:iam::1:user/a"),
        (sts("cloudtrail.amazonaws.com", "GetCallerIdentity"), 400, "ValidationError", "is a service"),
        (unsigned, 403, "MissingAuthenticationToken", "Missing"),
    ] {
        let (found, xml) = answered(&world.http(&request, NOW));
        assert_eq!((found, element(&xml, "Code"), element(&xml, "Type")), (status, code, "Sender"));
        assert!(element(&xml, "Message").contains(shown), "{xml}");
    }
}

#[test]
fn requests_for_other_services_are_refused_by_name() {
    let world = world();
    for target in ["DynamoDB_20120810.GetItem", "TrentService.ListKeys"] {
        let headers = [("X-Amz-Target", target.to_owned()), ("Authorization", authorization("AKIA", "dynamodb"))];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
        let response = world.http(&Request::new("POST", "/", headers, b"{}".to_vec()), NOW);
        let body = wire::from_json(&response.body).expect("JSON");
        assert_eq!(at(&body, &["__type"]).as_text(), Some("InvalidSignatureException"));
        let sentence = "Credential should be scoped to correct service: 'kms'. pocket-kms answers kms, and some of sts, \
                        cloudtrail and monitoring; this request is for 'dynamodb': send it to another endpoint";
        assert_eq!(at(&body, &["message"]).as_text(), Some(sentence));
    }
}

/// A signed request without a body, as SDKs of services make it whose protocol is REST.
fn rest(method: &'static str, target: &'static str, service: &str) -> Request<'static> {
    let signed = ("Authorization".to_owned(), authorization("AKIA", service).into_bytes());
    Request::new(method, target, vec![signed], Vec::new())
}

#[test]
fn what_is_signed_for_another_service_is_not_greeted() {
    let world = world();
    for (method, target, service) in [
        ("GET", "/2015-03-31/functions", "lambda"),
        ("GET", "/", "s3"),
        ("PUT", "/bucket", "s3"),
        ("GET", "/2013-04-01/hostedzone", "route53"),
        ("DELETE", "/2015-03-31/functions/f", "lambda"),
    ] {
        let response = world.http(&rest(method, target, service), NOW);
        let body = String::from_utf8(response.body.clone()).expect("text");
        assert!((400..500).contains(&response.status) && body.contains("send it to another endpoint"), "{body}");
        let read = if service == "lambda" { "application/x-amz-json-1.1" } else { "text/xml" };
        assert_eq!(header(&response, "Content-Type"), Some(read), "{method} {target}");
    }
    let head = world.http(&rest("HEAD", "/bucket", "s3"), NOW);
    let bytes = head.bytes(true);
    assert!(bytes.starts_with(b"HTTP/1.1 4") && bytes.ends_with(b"\r\n\r\n"), "{}", String::from_utf8_lossy(&bytes));
    for method in ["GET", "HEAD"] {
        assert_eq!(world.http(&Request::new(method, "/", Vec::new(), Vec::new()), NOW).status, 200);
    }
}

/// As boto3's `generate_presigned_url` makes it for KMS: it names no operation.
#[test]
fn who_asks_kms_or_cloudtrail_by_get_reads_json() {
    let world = world();
    let presigned =
        "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20270115%2Fus-east-1%2Fkms%2Faws4_request";
    for request in [
        rest("GET", "/", "kms"),
        rest("GET", "/", "cloudtrail"),
        Request::new("GET", presigned, Vec::new(), Vec::new()),
    ] {
        let response = world.http(&request, NOW);
        assert_eq!(header(&response, "Content-Type"), Some("application/x-amz-json-1.1"));
        assert_eq!(response.body, br#"{"__type":"UnknownOperationException"}"#);
    }
    let other = world.http(&rest("GET", "/?Action=GetSessionToke", "sts"), NOW);
    assert_eq!(element(&answered(&other).1, "Code"), "InvalidAction");
}

#[test]
fn who_asks_for_s3_or_ec2_finds_the_sentence_where_their_sdks_look_for_it() {
    let world = world();
    let mut form = rest("POST", "/", "ec2");
    form.headers.push(("Content-Type".into(), (&b"application/x-www-form-urlencoded; charset=utf-8"[..]).into()));
    for (request, before, behind) in [
        (
            rest("GET", "/bucket/object", "s3"),
            "<Error><Code>SignatureDoesNotMatch</Code><Message>",
            "</RequestId></Error>",
        ),
        (form, "<Response><Errors><Error><Code>SignatureDoesNotMatch</Code><Message>", "</RequestID></Response>"),
        (
            rest("GET", "/2013-04-01/hostedzone", "route53"),
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
             <Code>SignatureDoesNotMatch</Code><Message>",
            "</RequestId></ErrorResponse>",
        ),
    ] {
        let response = world.http(&request, NOW);
        let body = String::from_utf8(response.body.clone()).expect("text");
        assert!(body.starts_with(before) && body.ends_with(behind), "{body}");
        assert!(body.contains("send it to another endpoint"), "{body}");
    }
}

#[test]
fn who_takes_the_endpoint_for_a_proxy_is_told_what_to_set() {
    let host = vec![("Host".to_owned(), b"kms.us-east-1.amazonaws.com:443".to_vec())];
    let response = world().http(&Request::new("CONNECT", "kms.us-east-1.amazonaws.com:443", host, Vec::new()), NOW);
    let body = String::from_utf8(response.body.clone()).expect("text");
    assert_eq!(response.status, 400);
    assert!(body.contains("set AWS_ENDPOINT_URL_KMS to this address, not HTTPS_PROXY"), "{body}");
}

#[test]
fn a_compressed_body_is_refused_by_its_coding() {
    let sent = |coding: &str, body: &[u8]| {
        let mut request = request("ListKeys", &Value::from([("Limit", Value::Int(1))]), "AKIA", &[]);
        request.headers.push(("Content-Encoding".into(), coding.as_bytes().to_vec().into()));
        request.body = body.to_vec().into();
        let response = world().http(&request, NOW);
        (response.status, String::from_utf8(response.body.clone()).expect("text"))
    };
    let (status, body) = sent("gzip", b"\x1f\x8b\x08\x00");
    assert!(status == 400 && body.contains("compressed by gzip"), "{body}");
    let (status, body) = sent("identity", b"{");
    assert!(status == 400 && body.contains("cannot be read as JSON"), "{body}");
    // Old SDKs name a coding that is none.
    assert_eq!(sent("amz-1.0", b"{}").0, 200);
}

#[test]
fn a_denial_carries_its_reasons_in_a_header() {
    let world = world();
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Sid": "Nö", "Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Bob"},
         "Action": "kms:DescribeKey", "Resource": "*"}]}"#;
    let made = world.call("CreateKey", Value::from([("Policy", Value::from(policy))]), None, None, NOW).reply;
    let key = Value::from([("KeyId", at(&made.expect("a key"), &["KeyMetadata", "KeyId"]).clone())]);
    let ask = |caller| world.http(&request("DescribeKey", &key, caller, &[]), NOW);
    assert_eq!(header(&ask("arn:aws:iam::111122223333:user/Alice"), "x-pocket-kms-reasons"), None);
    let denied = ask("arn:aws:iam::111122223333:user/Bob");
    assert_eq!(denied.status, 400);
    let reasons = header(&denied, "x-pocket-kms-reasons").expect("reasons");
    assert!(reasons.is_ascii() && !reasons.contains(['\r', '\n']), "{reasons}");
    let Value::List(sentences) = wire::from_json(reasons.as_bytes()).expect("JSON") else { panic!("{reasons}") };
    let sentence = sentences.first().and_then(Value::as_text).expect("a sentence");
    assert!(sentence.contains("kms:DescribeKey") && sentence.contains("Nö"), "{sentence}");
    let decisions = header(&denied, "x-pocket-kms-decisions").expect("decisions");
    assert!(decisions.is_ascii() && decisions.len() < 7000, "{decisions}");
    let Value::List(decisions) = wire::from_json(decisions.as_bytes()).expect("JSON") else { panic!("{decisions}") };
    let [decision] = &decisions[..] else { panic!("{decisions:?}") };
    assert_eq!(at(decision, &["deciding", "sid"]).as_text(), Some("Nö"));
    assert_eq!(at(decision, &["version"]), &Value::Int(1));
}

#[test]
fn the_headers_of_a_denial_are_short_whatever_a_policy_holds() {
    let world = world();
    let long: Vec<String> = (0..300).map(|number| format!("\"{number}{}\"", "\u{fc}".repeat(40))).collect();
    let statement = format!(
        r#"{{"Effect": "Allow", "Principal": "*", "Action": "kms:DescribeKey", "Resource": "*",
            "Condition": {{"StringEquals": {{"aws:username": [{}]}}}}}}"#,
        long.join(",")
    );
    let policy = format!(r#"{{"Statement": [{statement}]}}"#);
    let input = [("Policy", Value::from(policy)), ("BypassPolicyLockoutSafetyCheck", Value::Bool(true))];
    let made = world.call("CreateKey", Value::from(input), None, None, NOW).reply;
    let key = Value::from([("KeyId", at(&made.expect("a key"), &["KeyMetadata", "KeyId"]).clone())]);
    let denied = world.http(&request("DescribeKey", &key, "arn:aws:iam::111122223333:user/Bob", &[]), NOW);
    let headers = ["x-pocket-kms-reasons", "x-pocket-kms-decisions"].map(|name| header(&denied, name).expect(name));
    for value in &headers {
        assert!(value.is_ascii() && value.len() < 7000, "{}", value.len());
        assert!(matches!(wire::from_json(value.as_bytes()), Ok(Value::List(list)) if list.len() == 1), "{value}");
    }
}
