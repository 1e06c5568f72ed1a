//! CloudWatch over HTTP, in the three protocols that SDKs speak. The request in CBOR was written by botocore 1.44.8, which also
//! reads the answer.

use pocket_kms::{Value, World, http::Request, http::Response, wire};

use crate::metrics::{NOW, done, key, world};

/// A request to CloudWatch.
fn asked(target: &str, headers: &[(&str, &str)], body: &[u8], region: &str) -> Request<'static> {
    let scope = format!("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20270115/{region}/monitoring/aws4_request, ");
    let authorization = [&scope, "SignedHeaders=host, Signature=00"].concat();
    let own = [("Host", "localhost"), ("Authorization", &*authorization)];
    let headers = headers.iter().chain(&own);
    let headers = headers.map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    Request::new("POST", target.to_owned(), headers, body.to_vec())
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(of, _)| *of == name).map(|(_, value)| value.as_str())
}

/// An answer in JSON, and its status.
fn in_json(world: &World, operation: &str, body: &str) -> (u16, serde_json::Value) {
    let target = format!("GraniteServiceVersion20100801.{operation}");
    let request = asked("/", &[("X-Amz-Target", &target)], body.as_bytes(), "us-east-1");
    let response = world.http(&request, NOW);
    assert_eq!(header(&response, "Content-Type"), Some("application/x-amz-json-1.0"));
    (response.status, serde_json::from_slice(&response.body).expect("JSON"))
}

/// An answer in XML, and its status.
fn in_xml(world: &World, form: &str) -> (u16, String) {
    let kind = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")];
    let response = world.http(&asked("/", &kind, form.as_bytes(), "us-east-1"), NOW);
    assert_eq!(header(&response, "Content-Type"), Some("text/xml"));
    (response.status, String::from_utf8(response.body.clone()).expect("text"))
}

/// An answer in CBOR.
fn in_cbor(world: &World, operation: &str, body: &[u8]) -> Response {
    let target = format!("/service/GraniteServiceVersion20100801/operation/{operation}");
    let headers = [("smithy-protocol", "rpc-v2-cbor"), ("Accept", "application/cbor"), ("x-amzn-query-mode", "true")];
    let response = world.http(&asked(&target, &headers, body, "us-east-1"), NOW);
    assert_eq!(
        (header(&response, "Content-Type"), header(&response, "smithy-protocol")),
        (Some("application/cbor"), Some("rpc-v2-cbor"))
    );
    response
}

/// GetMetricData of the successful encryptions of a key, from an hour's beginning to its end.
const QUERY: &str = "a3714d6574726963446174615175657269657381a2624964626d316a4d657472696353746174a3664d6574726963a3\
    694e616d657370616365674157532f4b4d536a4d65747269634e616d65715375636365737366756c526571756573746a44696d656e73696f6e\
    7382a2644e616d65664b657941726e6556616c756578";

const REST: &str = "a2644e616d65694f7065726174696f6e6556616c756567456e637279707466506572696f64183c64537461746353756d69537461\
    727454696d65c11a6b49d20067456e6454696d65c11a6b49e010";

fn encrypted(world: &World) -> String {
    let key = key(world, "{}");
    for _ in 0..2 {
        done(world, "Encrypt", &format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}"));
    }
    format!("arn:aws:kms:us-east-1:111122223333:key/{key}")
}

#[test]
fn what_botocore_writes_in_cbor_is_answered_in_cbor() {
    let world = world();
    let arn = encrypted(&world);
    let arn = format!("{:02x}{}", arn.len(), hex::encode(&arn));
    let body = hex::decode([QUERY, &arn, REST].concat()).expect("hex");
    let response = in_cbor(&world, "GetMetricData", &body);
    let told = hex::encode(&response.body);
    assert_eq!((response.status, &*told), (200, TOLD));
}

/// {"MetricDataResults": [{"Id": "m1", "Label": "SuccessfulRequest", "Timestamps": [1800000000.0], "Values": [2.0],
/// "StatusCode": "Complete"}], "Messages": []}
const TOLD: &str = "a2714d657472696344617461526573756c747381a5624964626d31654c6162656c715375636365737366756c526571756573\
    746a54696d657374616d707381c1fa4ed693a46656616c75657381f940006a537461747573436f646568436f6d706c657465\
    684d6573736167657380";

#[test]
fn refusals_have_the_names_that_sdks_know() {
    let world = world();
    let response = in_cbor(&world, "GetMetricData", &[0xa0]);
    assert_eq!((response.status, header(&response, "x-amzn-query-error")), (400, Some("MissingParameter;Sender")));
    let body = String::from_utf8_lossy(&response.body).into_owned();
    assert!(body.contains("MissingRequiredParameterException") && body.contains("StartTime is required"), "{body}");
    assert_eq!(in_cbor(&world, "GetMetricData", &[0xa1]).status, 400);
    let (status, told) = in_json(&world, "ListMetrics", r#"{"NextToken": "x"}"#);
    assert_eq!((status, &told["__type"]), (400, &"InvalidNextToken".into()));
    let (status, told) = in_json(&world, "PutDashboard", "{}");
    assert_eq!((status, &told["__type"]), (404, &"UnknownOperationException".into()));
    let (status, told) = in_xml(&world, "Action=GetMetricStatistics&Namespace=AWS%2FKMS");
    assert_eq!(status, 400);
    assert!(
        told.contains("<Code>MissingParameter</Code><Message>The parameter MetricName is required.</Message>"),
        "{told}"
    );
}

#[test]
fn metrics_are_listed_by_pages_and_filters_to_their_account_in_their_region() {
    let world = world();
    let arn = encrypted(&world);
    for _ in 0..300 {
        let key = key(&world, "{}");
        for operation in ["Encrypt", "GenerateDataKey"] {
            let more = if operation == "Encrypt" { r#""Plaintext": "aGVsbG8=""# } else { r#""KeySpec": "AES_256""# };
            done(&world, operation, &format!("{{\"KeyId\": \"{key}\", {more}}}"));
        }
    }
    let (status, first) = in_json(&world, "ListMetrics", r#"{"Namespace": "AWS/KMS", "RecentlyActive": "PT3H"}"#);
    assert_eq!((status, first["Metrics"].as_array().map(Vec::len)), (200, Some(500)));
    let next = format!(r#"{{"Namespace": "AWS/KMS", "NextToken": {}}}"#, first["NextToken"]);
    let (_, second) = in_json(&world, "ListMetrics", &next);
    assert_eq!((second["Metrics"].as_array().map(Vec::len), second.get("NextToken")), (Some(101), None));
    let filter = format!(r#"{{"Dimensions": [{{"Name": "KeyArn", "Value": "{arn}"}}, {{"Name": "Operation"}}]}}"#);
    let (_, found) = in_json(&world, "ListMetrics", &filter);
    let dimensions = serde_json::json!([{"Name": "KeyArn", "Value": arn}, {"Name": "Operation", "Value": "Encrypt"}]);
    let metric =
        serde_json::json!({"Namespace": "AWS/KMS", "MetricName": "SuccessfulRequest", "Dimensions": dimensions});
    assert_eq!(found, serde_json::json!({"Metrics": [metric]}));
    let elsewhere = asked("/", &[("X-Amz-Target", "GraniteServiceVersion20100801.ListMetrics")], b"{}", "eu-west-1");
    assert_eq!(
        wire::from_json(&world.http(&elsewhere, NOW).body).expect("JSON"),
        Value::from([("Metrics", Value::List(vec![]))])
    );
    let stranger = asked("/", &[("X-Amz-Target", "GraniteServiceVersion20100801.ListMetrics")], b"{}", "us-east-1");
    let stranger = stranger.with_caller("444455556666".parse().expect("a caller"));
    assert_eq!(
        wire::from_json(&world.http(&stranger, NOW).body).expect("JSON"),
        Value::from([("Metrics", Value::List(vec![]))])
    );
}

#[test]
fn data_comes_by_pages_the_newest_first_or_last() {
    let world = world();
    let arn = encrypted(&world);
    world.advance(pocket_kms::Span::from_millis(120_000), NOW).expect("later");
    done(&world, "Encrypt", &format!("{{\"KeyId\": \"{arn}\", \"Plaintext\": \"aGVsbG8=\"}}"));
    let query = format!(
        r#""StartTime": 1800000000, "EndTime": 1800003600, "MetricDataQueries": [
            {{"Id": "a", "Label": "uses", "MetricStat": {{"Metric": {{"Namespace": "AWS/KMS", "MetricName": "SuccessfulRequest",
              "Dimensions": [{{"Name": "Operation", "Value": "Encrypt"}}, {{"Name": "KeyArn", "Value": "{arn}"}}]}}, "Period": 60, "Stat": "Sum"}}}},
            {{"Id": "b", "MetricStat": {{"Metric": {{"Namespace": "AWS/KMS", "MetricName": "SuccessfulRequest",
              "Dimensions": [{{"Name": "KeyArn", "Value": "{arn}"}}]}}, "Period": 60, "Stat": "Sum"}}}}]"#
    );
    let (status, whole) = in_json(&world, "GetMetricData", &format!("{{{query}}}"));
    // One dimension alone is another metric, which nobody has told.
    let results = serde_json::json!([
        {"Id": "a", "Label": "uses", "Timestamps": [1_800_000_120.0, 1_800_000_000.0], "Values": [1.0, 2.0], "StatusCode": "Complete"},
        {"Id": "b", "Label": "SuccessfulRequest", "Timestamps": [], "Values": [], "StatusCode": "Complete"}]);
    assert_eq!((status, whole), (200, serde_json::json!({"MetricDataResults": results, "Messages": []})));
    let page = format!(r#"{{{query}, "ScanBy": "TimestampAscending", "MaxDatapoints": 1}}"#);
    let (_, first) = in_json(&world, "GetMetricData", &page);
    assert_eq!(first["MetricDataResults"][0]["Values"], serde_json::json!([2.0]));
    assert_eq!(first["MetricDataResults"][0]["StatusCode"], "PartialData");
    let page =
        page.replace(r#""MaxDatapoints": 1"#, &format!(r#""MaxDatapoints": 1, "NextToken": {}"#, first["NextToken"]));
    let (_, second) = in_json(&world, "GetMetricData", &page);
    assert_eq!(second["MetricDataResults"][0]["Values"], serde_json::json!([1.0]));
    assert_eq!(second.get("NextToken"), None);
    let form = [
        "Action=GetMetricStatistics&Namespace=AWS%2FUsage&MetricName=CallCount&StartTime=2027-01-15T08%3A00%3A00Z",
        "&EndTime=2027-01-15T09%3A00%3A00Z&Period=3600&Statistics.member.1=Sum&Statistics.member.2=Average&ExtendedStatistics.member.1=p90",
        "&Dimensions.member.1.Name=Service&Dimensions.member.1.Value=KMS&Dimensions.member.2.Name=Type&Dimensions.member.2.Value=API",
        "&Dimensions.member.3.Name=Resource&Dimensions.member.3.Value=CryptographicOperationsSymmetric",
        "&Dimensions.member.4.Name=Class&Dimensions.member.4.Value=None",
    ];
    let (status, xml) = in_xml(&world, &form.concat());
    let point = "<Timestamp>2027-01-15T08:00:00.000Z</Timestamp><Sum>3</Sum><Average>1</Average><Unit>None</Unit>\
                 <ExtendedStatistics><entry><key>p90</key><value>1</value></entry></ExtendedStatistics>";
    assert_eq!(status, 200);
    assert!(
        xml.contains(&["<Label>CallCount</Label><Datapoints><member>", point, "</member></Datapoints>"].concat()),
        "{xml}"
    );
}
