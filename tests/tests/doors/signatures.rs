//! A request that is signed with a registered access key comes from its holder, or is refused in AWS's words.

use pocket_kms::{Span, Time, Value, World, http::Request, wire};

use crate::{
    NOW, at,
    signer::{Signer, TIME, request},
};

pub(crate) const ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const ALICE: &str = "arn:aws:iam::111122223333:user/team/Alice";

pub(crate) fn world() -> World {
    let world = crate::world();
    let key = Value::from([("principal", Value::from(ALICE)), ("secret", Value::from(SECRET))]);
    world.register(&Value::from([("accessKeys", Value::from([(ID, key)]))]), NOW).expect("an access key");
    world
}

fn signer() -> Signer {
    Signer::new(ID, SECRET)
}

/// The exception and the sentence of a refusal of KMS; `None` when it is answered.
fn refusal(world: &World, request: &Request) -> Option<(String, String)> {
    let response = world.http(request, NOW);
    let body = wire::from_json(&response.body).expect("JSON");
    let said = |name| at(&body, &[name]).as_text().unwrap_or_default().to_owned();
    (response.status != 200).then(|| (said("__type"), said("message")))
}

#[test]
fn a_request_with_the_right_signature_is_answered() {
    let world = world();
    assert_eq!(refusal(&world, &signer().kms("ListKeys", "{}")), None);
    let who = world.http(&signer().sts().form("Action=GetCallerIdentity&Version=2011-06-15"), NOW);
    assert!(String::from_utf8_lossy(&who.body).contains(ALICE));
    // Clients that hand over URLs do not show the host that they have signed.
    for target in ["http://localhost:4566/", "http://localhost:80/?", "https://user@LOCALHOST:443"] {
        let mut request = signer().kms("ListKeys", "{}");
        let host = if target.contains("4566") { "localhost:4566" } else { "localhost" };
        request.headers = vec![("host".into(), host.as_bytes().into()), request.headers[1].clone()];
        request = signer().sign(request);
        request.headers.remove(0);
        request.target = target.into();
        assert_eq!(refusal(&world, &request), None, "{target}");
    }
}

#[test]
fn a_request_with_a_wrong_signature_is_refused_with_what_should_have_been_signed() {
    let world = world();
    let wrong = [
        Signer { secret: "another".to_owned(), ..signer() }.kms("ListKeys", "{}"),
        {
            let mut request = signer().kms("ListKeys", "{}");
            request.body = b"{ }".into();
            request
        },
        {
            let mut request = signer().kms("ListKeys", "{}");
            request.headers[1].1 = b"TrentService.CreateKey".into();
            request
        },
        {
            let mut request = signer().kms("ListKeys", "{}");
            request.target = "/elsewhere".into();
            request
        },
    ];
    for request in wrong {
        let (exception, sentence) = refusal(&world, &request).expect("a refusal");
        assert_eq!(exception, "InvalidSignatureException");
        let begin = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                     Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String \
                     for this request should have been\n'POST\n/";
        assert!(sentence.starts_with(begin), "{sentence}");
        let scope = format!(
            "\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n{TIME}\n20270115/us-east-1/kms/aws4_request\n"
        );
        assert!(sentence.contains(&scope) && !sentence.contains(SECRET), "{sentence}");
    }
    let who = Signer { secret: "another".to_owned(), ..signer() }.sts().form("Action=GetCallerIdentity");
    let response = world.http(&who, NOW);
    let xml = String::from_utf8_lossy(&response.body);
    assert!(response.status == 403 && xml.contains("<Code>SignatureDoesNotMatch</Code>"), "{xml}");
}

#[test]
fn an_id_that_is_not_registered_or_has_no_secret_proves_nothing_and_is_asked_for_nothing() {
    let world = world();
    let key = Value::from([("principal", Value::from("arn:aws:iam::111122223333:user/Bob"))]);
    world.register(&Value::from([("accessKeys", Value::from([("bob", key)]))]), NOW).expect("an access key");
    for id in ["AKIAIOSFODNN7EXAMPLF", "111122223333", "arn:aws:iam::111122223333:user/Eve", "bob"] {
        assert_eq!(
            refusal(&world, &Signer::new(id, "nothing").at("20000101T000000Z").kms("ListKeys", "{}")),
            None,
            "{id}"
        );
    }
}

#[test]
fn the_scope_is_that_of_the_request() {
    let world = world();
    let of_host = |host: &str| {
        let headers = [("Host", host), ("X-Amz-Target", "TrentService.ListKeys")];
        signer().sign(request("POST", "/", &headers, "{}"))
    };
    assert_eq!(refusal(&world, &of_host("kms.us-east-1.amazonaws.com")), None);
    let mut other_terminator = signer().kms("ListKeys", "{}");
    let header = &mut other_terminator.headers.last_mut().expect("a header").1;
    *header = String::from_utf8_lossy(header).replace("/aws4_request", "/aws4_answer").into_bytes().into();
    for (request, exception, shown) in [
        (
            other_terminator,
            "InvalidSignatureException",
            "Credential should be scoped with a valid terminator: 'aws4_request'",
        ),
        (
            Signer { region: "nowhere".to_owned(), ..signer() }.kms("ListKeys", "{}"),
            "InvalidSignatureException",
            "Credential should be scoped to a valid region, not 'nowhere'.",
        ),
        (
            of_host("kms.eu-west-1.amazonaws.com"),
            "InvalidSignatureException",
            "Credential should be scoped to a valid region, not 'us-east-1'.",
        ),
        (
            Signer { day: "20270114".to_owned(), ..signer() }.kms("ListKeys", "{}"),
            "InvalidSignatureException",
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
        ),
        (
            Signer { service: "s3".to_owned(), ..signer() }.kms("ListKeys", "{}"),
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'kms'",
        ),
        (
            Signer { time: "2027-01-15T08:00:00Z".to_owned(), day: "2027-01-".to_owned(), ..signer() }
                .kms("ListKeys", "{}"),
            "IncompleteSignatureException",
            "ISO 8601",
        ),
    ] {
        let (of, sentence) = refusal(&world, &request).expect("a refusal");
        assert!(of == exception && sentence.contains(shown), "{of}: {sentence}");
    }
}

#[test]
fn the_host_and_the_headers_of_aws_must_be_signed() {
    let world = world();
    for (kept, sentence) in [
        (
            &["x-amz-date", "x-amz-target"][..],
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        (&["host", "x-amz-date"], "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."),
        (&["host", "x-amz-target"], "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."),
    ] {
        let signed = kept.iter().map(|name| (*name).to_owned()).collect();
        let request = Signer { signed, ..signer() }.kms("ListKeys", "{}");
        assert_eq!(refusal(&world, &request), Some(("InvalidSignatureException".to_owned(), sentence.to_owned())));
    }
}

#[test]
fn a_header_that_does_not_say_everything_is_refused_with_what_is_missing() {
    let world = world();
    let credential = format!("Credential={ID}/20270115/us-east-1/kms/aws4_request");
    for (header, shown) in [
        (
            format!("AWS4-HMAC-SHA256 {credential}"),
            "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. (Hashed with SHA-256 and encoded with Base64) Authorization=",
        ),
        (
            format!("AWS4-HMAC-SHA256 {credential}, Signature"),
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '",
        ),
        (
            format!("AWS4-HMAC-SHA256 {credential}/x, SignedHeaders=host, Signature=0"),
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '",
        ),
        (String::new(), "Authorization header cannot be empty."),
    ] {
        let mut request = signer().kms("ListKeys", "{}");
        request.headers.last_mut().expect("a header").1 = header.clone().into_bytes().into();
        let (exception, sentence) = refusal(&world, &request).expect("a refusal");
        assert!(exception == "IncompleteSignatureException" && sentence.contains(shown), "{header}: {sentence}");
    }
    let mut undated = signer().kms("ListKeys", "{}");
    undated.headers.retain(|(name, _)| name != "X-Amz-Date");
    assert!(
        refusal(&world, &undated)
            .is_some_and(|(_, sentence)| sentence.contains("either a 'X-Amz-Date' or a 'Date' header"))
    );
    let mut unsigned = signer().kms("ListKeys", "{}");
    unsigned.headers.pop();
    assert_eq!(
        refusal(&world, &unsigned).map(|(exception, _)| exception).as_deref(),
        Some("MissingAuthenticationTokenException")
    );
}

#[test]
fn the_time_of_a_request_is_within_five_minutes_of_the_worlds_clock_and_within_fifteen_for_sts() {
    let world = world();
    let at = |time: &str| refusal(&world, &signer().at(time).kms("ListKeys", "{}")).map(|(_, sentence)| sentence);
    for time in [TIME, "20270115T075500Z", "20270115T080500Z"] {
        assert_eq!(at(time), None, "{time}");
    }
    let expired =
        "Signature expired: 20270115T075459Z is now earlier than 20270115T075500Z (20270115T080000Z - 5 min.)";
    assert_eq!(at("20270115T075459Z").as_deref(), Some(expired));
    let early =
        "Signature not yet current: 20270115T080501Z is still later than 20270115T080500Z (20270115T080000Z + 5 min.)";
    assert_eq!(at("20270115T080501Z").as_deref(), Some(early));
    let who = |time: &str| {
        let request = signer().sts().at(time).form("Action=GetCallerIdentity");
        String::from_utf8_lossy(&world.http(&request, NOW).body).into_owned()
    };
    assert!(who("20270115T074500Z").contains(ALICE) && who("20270115T081500Z").contains(ALICE));
    let late = who("20270115T074459Z");
    assert!(late.contains("SignatureDoesNotMatch") && late.contains("(20270115T080000Z - 15 min.)"), "{late}");
    world.advance(Span::from_millis(3_600_000), NOW).expect("an hour");
    assert!(at(TIME).is_some_and(|sentence| sentence.starts_with("Signature expired")), "the world's clock counts");
    assert_eq!(at("20270115T090000Z"), None);
}

#[test]
fn a_world_whose_clock_is_elsewhere_may_let_signatures_be_of_another_time() {
    let world = world();
    world.advance(Span::from_days(400), NOW).expect("more than a year");
    let request = signer().kms("ListKeys", "{}");
    let response = world.http(&request, NOW);
    let date = response.headers.iter().find(|(name, _)| *name == "Date").map(|(_, date)| date.as_str());
    assert_eq!(
        (response.status, date),
        (400, Some("Sat, 19 Feb 2028 08:00:00 GMT")),
        "SDKs correct their clocks by it"
    );
    assert_eq!(refusal(&world, &signer().at("20280219T080000Z").kms("ListKeys", "{}")), None);
    world.set(&Value::from([("signature-skew", Value::Int(401 * 86_400_000))]), NOW).expect("a setting");
    assert_eq!(refusal(&world, &request), None);
    world.set(&Value::from([("signature-skew", Value::Int(0))]), NOW).expect("a setting");
    let sentence = refusal(&world, &request).map(|(_, sentence)| sentence);
    assert!(sentence.is_some_and(|sentence| sentence.ends_with("(20280219T080000Z - 0 min.)")));
}

#[test]
fn who_has_to_sign_by_the_world_s_clock_is_told_it_in_every_answer() {
    let world = world();
    world.advance(Span::from_days(400), NOW).expect("more than a year");
    let date = |request: &Request| {
        let response = world.http(request, NOW);
        let date = response.headers.iter().find(|(name, _)| *name == "Date").map(|(_, date)| date.clone());
        (response.status, date.expect("a date"))
    };
    let (of_world, of_host) = ("Sat, 19 Feb 2028 08:00:00 GMT", "Fri, 15 Jan 2027 08:00:00 GMT");
    let signer = || signer().at("20280219T080000Z");
    // SDKs for Go and JavaScript take the last date that they have seen, whatever the answer was.
    for (status, request) in [
        (200, signer().kms("ListKeys", "{}")),
        (400, signer().kms("DescribeKey", r#"{"KeyId": "alias/nobody"}"#)),
        (400, signer().kms("ListKeys", "{")),
        (200, signer().sts().form("Action=GetCallerIdentity")),
        (200, signer().sts().form("Action=GetSessionToken")),
    ] {
        assert_eq!(date(&request), (status, of_world.to_owned()));
    }
    let unverified = Signer::new("AKIAANYBODYELSEATALL", "any").kms("ListKeys", "{}");
    assert_eq!(date(&unverified), (200, of_host.to_owned()), "no clock is asked of them");
}

#[test]
fn a_presigned_url_is_good_for_as_long_as_it_says() {
    let world = world();
    let presigned = |signer: Signer, seconds: &str| {
        let headers = [("Host", "localhost"), ("X-Amz-Target", "TrentService.ListKeys")];
        signer.presign(request("POST", "/", &headers, "{}"), seconds)
    };
    assert_eq!(refusal(&world, &presigned(signer(), "60")), None);
    assert_eq!(refusal(&world, &presigned(signer().at("20270114T080000Z"), "604800")), None);
    for (request, shown) in [
        (
            presigned(signer().at("20270115T075859Z"), "60"),
            "Signature expired: 20270115T075859Z is now earlier than 20270115T075900Z (20270115T080000Z - 60 sec.)",
        ),
        (presigned(signer(), "604801"), "X-Amz-Expires must be 1 to 604800 seconds"),
        (presigned(signer(), "0"), "X-Amz-Expires must be 1 to 604800 seconds"),
        (presigned(signer(), "soon"), "X-Amz-Expires must be 1 to 604800 seconds"),
        (presigned(Signer { secret: "x".to_owned(), ..signer() }, "60"), "does not match the signature you provided"),
        (presigned(Signer { signed: vec!["host".to_owned()], ..signer() }, "60"), "'x-amz-target' must be"),
    ] {
        assert!(refusal(&world, &request).is_some_and(|(_, sentence)| sentence.contains(shown)), "{shown}");
    }
}

#[test]
fn a_presigned_url_of_sts_says_who_has_signed_it() {
    let world = world();
    let signer = Signer { signed: vec!["host".to_owned()], ..signer() }.sts();
    let get = |time: &str, seconds: &str| {
        let get = request("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", &[("Host", "localhost")], "");
        let response = world.http(&signer.clone().at(time).presign(get, seconds), NOW);
        (response.status, String::from_utf8_lossy(&response.body).into_owned())
    };
    assert!(get(TIME, "60").1.contains(ALICE));
    assert!(get("20270115T074500Z", "60").1.contains(ALICE), "AWS's own clients count on fifteen minutes");
    let (status, xml) = get("20270115T074459Z", "604800");
    assert!(status == 403 && xml.contains("<Code>SignatureDoesNotMatch</Code>"), "{xml}");
}

#[test]
fn a_token_that_does_not_belong_to_a_key_is_refused() {
    let request = Signer { token: Some("FwoGZXIvYXdzEXAMPLE".to_owned()), ..signer() }.kms("ListKeys", "{}");
    let invalid =
        ("UnrecognizedClientException".to_owned(), "The security token included in the request is invalid.".to_owned());
    assert_eq!(refusal(&world(), &request), Some(invalid));
}

#[test]
fn whom_the_host_names_needs_no_signature() {
    let bob = "arn:aws:iam::111122223333:user/Bob".parse().expect("a caller");
    let request = Signer { secret: "another".to_owned(), ..signer() }.kms("ListKeys", "{}").with_caller(bob);
    assert_eq!(refusal(&world(), &request), None);
}

#[test]
fn a_line_of_the_log_shows_no_token() {
    let endpoint = pocket_kms::endpoint::Endpoint::new(std::sync::Arc::new(world()), [8; 32]);
    let token = "FwoGZXIvYXdzSECRETTOKEN";
    let wrong = Signer { token: Some(token.to_owned()), secret: "x".to_owned(), ..signer() }.kms("ListKeys", "{}");
    let answered = endpoint.http(&wrong, Time::from_millis(NOW.millis()));
    assert!(
        !answered.line.to_string().contains(token) && !answered.line.to_string().contains("Canonical"),
        "{}",
        answered.line
    );
    assert!(!format!("{wrong:?}").contains(token));
}
