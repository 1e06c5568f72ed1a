//! The metrics of custom key stores: requests to proxies, gauges of health answers, and what quotas refuse (AUD-195 to AUD-201,
//! CKS-380 to CKS-391, CKS-475).

use pocket_kms::{Span, Value, World, world::HealthStep};
use serde_json::json as expected;

use crate::metrics::{NOW, ask, call, data, done, json, world};

const DAY: i64 = 86_400_000;

const PROXY: &str = r#"{"proxies": {"https://xks.example.com": {"keys": ["foo"], "latency": "20ms",
    "certificate": {"subject": "*.example.com", "notAfter": "2027-01-25T20:00:00Z"},
    "managers": [{"id": "one", "healthStatus": "ACTIVE"}, {"id": "two", "healthStatus": "DEGRADED"}],
    "credentials": [{"accessKeyId": "BETWEEN2TENAND3TENCHARACTERS",
        "rawSecretAccessKey": "PleaseReplaceThisWithSomeSecretOfLength43To64"}]}}}"#;

const STORE: &str = r#"{"CustomKeyStoreName": "outside", "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
    "XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyUriEndpoint": "https://xks.example.com",
    "XksProxyUriPath": "/kms/xks/v1", "XksProxyAuthenticationCredential": {"AccessKeyId": "BETWEEN2TENAND3TENCHARACTERS",
        "RawSecretAccessKey": "PleaseReplaceThisWithSomeSecretOfLength43To64"}}"#;

fn register(world: &World, setup: &str) {
    world.register_stores(&json(setup), NOW).expect("a setup");
}

/// An external key store that is connected, and a key in it.
fn external(world: &World) -> (String, String) {
    register(world, PROXY);
    let made = done(world, "CreateCustomKeyStore", STORE);
    let store = made.member("CustomKeyStoreId").and_then(Value::as_text).expect("an id").to_owned();
    done(world, "ConnectCustomKeyStore", &format!("{{\"CustomKeyStoreId\": \"{store}\"}}"));
    let input = format!(r#"{{"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": "{store}", "XksKeyId": "foo"}}"#);
    (crate::metrics::key(world, &input), store)
}

/// The dimensions of all metrics of a name.
fn listed(world: &World, name: &str) -> Vec<serde_json::Value> {
    let told = ask(world, &format!(r#"{{"question": "metrics", "name": "{name}"}}"#));
    told["metrics"].as_array().expect("metrics").iter().map(|metric| metric["dimensions"].clone()).collect()
}

#[test]
fn every_request_to_a_proxy_is_a_point_whatever_comes_of_it() {
    let world = world();
    let (key, store) = external(&world);
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    done(&world, "Encrypt", &encrypt);
    register(
        &world,
        r#"{"proxies": {"https://xks.example.com": {"faults": [{"fault": "error", "errorName": "ThrottlingException"}]}}}"#,
    );
    call(&world, "Encrypt", &encrypt).expect_err("the proxy throttles");
    register(
        &world,
        r#"{"proxies": {"https://xks.example.com": {"faults": [{"fault": "error", "errorName": "KeyNotFoundException"}]}}}"#,
    );
    call(&world, "Encrypt", &encrypt).expect_err("the proxy has no key");
    // Where KMS itself fails, nothing was sent: there is no point (CKS-150).
    register(&world, r#"{"proxies": {"https://xks.example.com": {"faults": [{"fault": "internal"}]}}}"#);
    call(&world, "Encrypt", &encrypt).expect_err("KMS fails");
    let of = |kms: &str, xks: &str, kind: &str, name: &str| {
        let mut dimensions = expected!({"CustomKeyStoreId": store, "KmsOperation": kms, "XksOperation": xks,
            "KeySpec": "SYMMETRIC_DEFAULT", "ErrorType": kind, "ExceptionName": name});
        if xks == "GetHealthStatus" {
            dimensions.as_object_mut().expect("members").remove("KeySpec");
        }
        dimensions
    };
    let mut found = listed(&world, "XksProxyErrors");
    let mut wanted = vec![
        of("ConnectCustomKeyStore", "GetHealthStatus", "N/A", "None"),
        of("CreateKey", "GetKeyMetadata", "N/A", "None"),
        of("Encrypt", "Encrypt", "N/A", "None"),
        of("Encrypt", "Encrypt", "Retryable", "ThrottlingException"),
        of("Encrypt", "Encrypt", "Non-retryable", "KeyNotFoundException"),
    ];
    found.sort_by_key(ToString::to_string);
    wanted.sort_by_key(ToString::to_string);
    assert_eq!(found, wanted);
    assert_eq!(data(&world, r#""name": "XksProxyErrors""#), [5.0]);
    assert_eq!(data(&world, r#""name": "XksProxyErrors", "dimensions": {"ErrorType": "Retryable"}"#), [1.0]);
    assert_eq!(data(&world, r#""name": "XksProxyLatency", "dimensions": {"KmsOperation": "CreateKey"}"#), [20.0]);
    assert_eq!(data(&world, r#""name": "XksProxyLatency", "statistic": "SampleCount""#), [5.0]);
    assert_eq!(data(&world, r#""name": "SuccessfulRequest""#), [1.0]);
}

#[test]
fn a_request_that_is_repeated_in_vain_is_one_point_of_both_waits() {
    let world = world();
    let (key, _) = external(&world);
    register(&world, r#"{"proxies": {"https://xks.example.com": {"latency": "300ms"}}}"#);
    call(&world, "Encrypt", &format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}"))
        .expect_err("it is too late");
    let of = r#""dimensions": {"KmsOperation": "Encrypt"}"#;
    assert_eq!(data(&world, &format!(r#""name": "XksProxyLatency", {of}"#)), [500.0]);
    assert_eq!(data(&world, &format!(r#""name": "XksProxyErrors", {of}"#)), [1.0]);
    let listed = listed(&world, "XksProxyErrors");
    assert!(
        listed.iter().any(|of| of["ExceptionName"] == "XksProxyUnreachableException" && of["ErrorType"] == "Retryable")
    );
}

#[test]
fn gauges_of_a_store_are_told_while_it_is_connected() {
    let world = world();
    let (_, store) = external(&world);
    let now = |name: &str, more: &str| data(&world, &format!(r#""name": "{name}"{more}"#)).last().copied();
    let managers = |state: &str| {
        now("XksExternalKeyManagerStates", &format!(r#", "dimensions": {{"XksExternalKeyManagerState": "{state}"}}"#))
    };
    assert_eq!(["Active", "Degraded", "Unavailable"].map(managers), [Some(1.0), Some(1.0), Some(0.0)]);
    let certificate = expected!({"CustomKeyStoreId": store, "CertificateName": "*.example.com"});
    assert_eq!(listed(&world, "XksProxyCertificateDaysToExpire"), [certificate]);
    assert_eq!((now("XksProxyCertificateDaysToExpire", ""), now("XksProxyCredentialAge", "")), (Some(10.0), Some(0.0)));
    world.advance(Span::from_millis(3 * DAY), NOW).expect("later");
    assert_eq!((now("XksProxyCertificateDaysToExpire", ""), now("XksProxyCredentialAge", "")), (Some(7.0), Some(3.0)));
    // A health check that no call makes tells the same, and new states.
    register(
        &world,
        r#"{"proxies": {"https://xks.example.com": {"managers": [{"id": "one", "healthStatus": "UNAVAILABLE"}]}}}"#,
    );
    let checks = world.due_health_checks(NOW);
    assert!(matches!(world.check_health(&checks[0]), HealthStep::Done(Some(_))));
    assert_eq!(["Active", "Degraded", "Unavailable"].map(managers), [Some(0.0), Some(0.0), Some(1.0)]);
    world.advance(Span::from_millis(60_000), NOW).expect("later");
    assert_eq!(["Active", "Degraded", "Unavailable"].map(managers), [Some(0.0), Some(0.0), Some(1.0)]);
    let health = r#""name": "XksProxyErrors", "dimensions": {"KmsOperation": "KmsHealthCheck"}"#;
    assert_eq!(data(&world, health), [1.0]);
    done(&world, "DisconnectCustomKeyStore", &format!("{{\"CustomKeyStoreId\": \"{store}\"}}"));
    world.advance(Span::from_millis(DAY), NOW).expect("later");
    assert_eq!((now("XksProxyCredentialAge", ""), managers("Unavailable")), (None, None));
}

#[test]
fn what_a_busy_cluster_throttles_is_told_of_its_store() {
    let world = world();
    register(&world, r#"{"clusters": {"cluster-2ab3cdefghi": {}}}"#);
    let input = r#"{"CustomKeyStoreName": "inside", "CloudHsmClusterId": "cluster-2ab3cdefghi", "KeyStorePassword": "kmsPswd",
        "TrustAnchorCertificate": "certificate"}"#;
    let made = done(&world, "CreateCustomKeyStore", input);
    let store = made.member("CustomKeyStoreId").and_then(Value::as_text).expect("an id").to_owned();
    done(&world, "ConnectCustomKeyStore", &format!("{{\"CustomKeyStoreId\": \"{store}\"}}"));
    let key = crate::metrics::key(&world, &format!(r#"{{"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "{store}"}}"#));
    world.on_cluster("cluster-2ab3cdefghi", &json(r#"{"do": "set", "busy": true}"#), NOW).expect("a busy cluster");
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    let refused = (0..300).filter(|_| call(&world, "Encrypt", &encrypt).is_err()).count();
    assert!((1..300).contains(&refused), "{refused}");
    let dimensions = expected!({"CustomKeyStoreId": store, "KmsOperation": "Encrypt", "KeySpec": "SYMMETRIC_DEFAULT"});
    assert_eq!(listed(&world, "CloudHSMKeyStoreThrottle"), [dimensions]);
    assert_eq!(data(&world, r#""name": "CloudHSMKeyStoreThrottle""#), [number(refused)]);
    // What is throttled counts for nothing.
    let calls = data(&world, r#""name": "CallCount", "dimensions": {"Resource": "CryptographicOperationsSymmetric"}"#);
    assert_eq!(calls, [number(300 - refused)]);
    // Who wants no record of it still has the metric.
    world.set_audit(&json(r#"{"throttled": false}"#)).expect("options");
    call(&world, "Encrypt", &encrypt).expect_err("the cluster is still busy");
    assert_eq!(data(&world, r#""name": "CloudHSMKeyStoreThrottle""#), [number(refused + 1)]);
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a small number"))
}
