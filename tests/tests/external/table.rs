//! What each failure becomes: the table of section 1.10, row by row (CKS-129 to CKS-151, CKS-415 to CKS-419).

use pocket_kms::{ProxyAnswer, Reliability, Sender, TlsFault, Unreachable, Value, Waiting};

use super::{
    Story, key_input, plaintext, store_input, told,
    toy::{error, health, ok, raw},
};

/// The sentences, by the names that the specification gives them.
const SENTENCES: [(&str, &str); 17] = [
    (
        "auth",
        "The external key store proxy rejected the request because it could not authenticate AWS KMS. Verify the credentials for your external key store and update if necessary.",
    ),
    (
        "denied",
        "The external key store proxy denied access to the operation. Verify that the user and the external key are both authorized for this operation, and try the request again.",
    ),
    (
        "path",
        "The external key store proxy rejected the request because of an invalid URI path. Verify the URI path for your external key store and update if necessary.",
    ),
    (
        "tls",
        "AWS KMS cannot establish a TLS connection to the external key store proxy. Verify the TLS configuration, including its certificate.",
    ),
    (
        "tcp",
        "AWS KMS cannot communicate with the external key store proxy. This might be a transient network issue. If you see this error repeatedly, verify that your external key store proxy is active and is connected to the network, and that its endpoint URI is correct in your external key store.",
    ),
    (
        "reach",
        "AWS KMS cannot communicate with the external key store proxy. Verify that your external key store proxy is active and is connected to the network, and that its URI path and endpoint URI or VPC service name are correct in your external key store.",
    ),
    (
        "time",
        "AWS KMS rejected the request because the external key store proxy did not respond in time. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.",
    ),
    (
        "dep",
        "The external key store proxy did not respond to the request in the time allotted. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.",
    ),
    (
        "int",
        "The external key store proxy rejected the request because it cannot communicate with the external key manager. Verify that the external key store proxy configuration is correct and that the external key manager is available.",
    ),
    (
        "rate",
        "The external key store proxy rejected the request due to a very high request rate. Reduce the frequency of your calls using KMS keys in this external key store.",
    ),
    (
        "form",
        "AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, consult your external key store proxy administrator.",
    ),
    (
        "unsup",
        "The external key store proxy rejected the request because it does not support the requested cryptographic operation.",
    ),
    (
        "ill",
        "The external key store proxy is in an unhealthy state. If you see this message repeatedly, notify your external key store proxy administrator.",
    ),
    ("nokey", "The external key store proxy rejected the request because it could not find the external key."),
    (
        "off",
        "The external key store proxy rejected the request because the external key is not enabled in the external key manager.",
    ),
    (
        "use",
        "The external key store proxy rejected the request because the external key does not support the requested operation.",
    ),
    (
        "ciph",
        "The external key store proxy rejected the request because the specified ciphertext or additional authenticated data is corrupted, missing, or otherwise invalid.",
    ),
];

const ACCESS: &str = "XksProxyInvalidConfigurationException";
const AUTH: &str = "XksProxyIncorrectAuthenticationCredentialException";
const URI: &str = "XksProxyUriUnreachableException";
const FORM: &str = "XksProxyInvalidResponseException";
const CIS: &str = "CustomKeyStoreInvalidStateException";
const KEY: &str = "XksKeyInvalidConfigurationException";
const LOST: &str = "XksKeyNotFoundException";

/// A cause: what CreateCustomKeyStore and UpdateCustomKeyStore answer, why a connection fails, what CreateKey answers, the
/// sentence of cryptographic operations, what the metrics tell, and whether a reliable proxy turns it into KMS's own failure.
struct Row {
    answer: fn() -> ProxyAnswer,
    create: (&'static str, &'static str),
    connect: &'static str,
    create_key: (&'static str, &'static str),
    used: &'static str,
    metric: (&'static str, bool),
    internal: bool,
}

macro_rules! rows {
    ($($answer:expr => $create:expr, $create_sentence:literal; $connect:literal; $key:expr, $key_sentence:literal; $used:literal;
        $metric:literal $retry:ident $($internal:ident)?;)+) => {
        &[$(Row {
            answer: || $answer,
            create: ($create, $create_sentence),
            connect: $connect,
            create_key: ($key, $key_sentence),
            used: $used,
            metric: ($metric, rows!(@$retry)),
            internal: rows!(@$($internal)?),
        },)+]
    };
    (@R) => { true };
    (@N) => { false };
    (@internal) => { true };
    (@) => { false };
}

const ROWS: &[Row] = rows! {
    error("AccessDeniedException", 403) => ACCESS, "denied"; "XKS_PROXY_ACCESS_DENIED"; CIS, "denied"; "denied"; "AccessDeniedException" N;
    error("AuthenticationFailedException", 401) => AUTH, "auth"; "INVALID_CREDENTIALS"; CIS, "auth"; "auth"; "AuthenticationFailedException" N;
    error("DependencyTimeoutException", 503) => URI, "dep"; "XKS_PROXY_TIMED_OUT"; CIS, "dep"; "dep"; "DependencyTimeoutException" R internal;
    error("InternalException", 500) => FORM, "int"; "XKS_PROXY_INVALID_RESPONSE"; CIS, "int"; "int"; "InternalException" R internal;
    error("InvalidCiphertextException", 400) => FORM, "ciph"; "XKS_PROXY_INVALID_RESPONSE"; CIS, "form"; "ciph"; "InvalidCiphertextException" N;
    error("InvalidKeyUsageException", 400) => FORM, "form"; "XKS_PROXY_INVALID_RESPONSE"; KEY, "use"; "use"; "InvalidKeyUsageException" N;
    error("InvalidStateException", 400) => URI, "ill"; "XKS_PROXY_NOT_REACHABLE"; KEY, "off"; "off"; "InvalidStateException" N;
    error("InvalidUriPathException", 404) => ACCESS, "path"; "XKS_PROXY_INVALID_CONFIGURATION"; CIS, "path"; "path"; "InvalidUriPathException" N;
    error("KeyNotFoundException", 404) => FORM, "form"; "XKS_PROXY_INVALID_RESPONSE"; LOST, "nokey"; "nokey"; "KeyNotFoundException" N;
    error("ThrottlingException", 429) => URI, "rate"; "XKS_PROXY_NOT_REACHABLE"; CIS, "rate"; "rate"; "ThrottlingException" R;
    error("UnsupportedOperationException", 501) => FORM, "unsup"; "XKS_PROXY_INVALID_RESPONSE"; KEY, "unsup"; "unsup"; "UnsupportedOperationException" N;
    error("ValidationException", 400) => FORM, "form"; "XKS_PROXY_INVALID_RESPONSE"; CIS, "form"; "form"; "ValidationException" N;
    ProxyAnswer::Unreachable(Unreachable::Refused) => URI, "tcp"; "XKS_PROXY_NOT_REACHABLE"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R;
    ProxyAnswer::Unreachable(Unreachable::Reset) => URI, "tcp"; "XKS_PROXY_NOT_REACHABLE"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R;
    ProxyAnswer::Unreachable(Unreachable::NoRoute) => URI, "tcp"; "XKS_PROXY_NOT_REACHABLE"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R;
    ProxyAnswer::Unreachable(Unreachable::Other) => URI, "tcp"; "XKS_PROXY_NOT_REACHABLE"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R;
    ProxyAnswer::Timeout(Waiting::Connecting) => URI, "tcp"; "XKS_PROXY_NOT_REACHABLE"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R internal;
    ProxyAnswer::Unreachable(Unreachable::Name) => URI, "reach"; "XKS_PROXY_NOT_REACHABLE"; CIS, "reach"; "reach"; "XksProxyUnreachableException" R;
    ProxyAnswer::Unreachable(Unreachable::NotAllowed) => URI, "reach"; "XKS_PROXY_NOT_REACHABLE"; CIS, "reach"; "reach"; "XksProxyUnreachableException" R;
    ProxyAnswer::Tls { reason: TlsFault::Expired, certificate: None } => ACCESS, "tls"; "XKS_PROXY_INVALID_TLS_CONFIGURATION"; CIS, "tls"; "tls"; "XksProxyUnreachableException" R;
    ProxyAnswer::Timeout(Waiting::Answer) => URI, "time"; "XKS_PROXY_TIMED_OUT"; CIS, "time"; "time"; "XksProxyUnreachableException" R internal;
    raw(502, b"<html>Bad Gateway</html>") => FORM, "form"; "XKS_PROXY_INVALID_RESPONSE"; CIS, "form"; "form"; "XksProxyInvalidResponseException" N;
    ProxyAnswer::Unreachable(Unreachable::Network) => URI, "tcp"; "NETWORK_ERRORS"; CIS, "tcp"; "tcp"; "XksProxyUnreachableException" R;
};

fn sentence(name: &str) -> &'static str {
    SENTENCES.iter().find(|(of, _)| *of == name).expect(name).1
}

fn check(wrong: &mut Vec<String>, what: &str, found: (&str, &str), expected: (&str, &str)) {
    if found != (expected.0, sentence(expected.1)) {
        wrong.push(format!("{what}: {found:?}, not {expected:?}"));
    }
}

/// CKS-416: column C/U; no store exists afterwards, and an update changes nothing.
#[test]
fn every_failure_refuses_a_store_and_its_update() {
    let scene = Story::new();
    let store = scene.store("store", "/example");
    let update = [("CustomKeyStoreId", store.as_str().into()), ("XksProxyUriPath", "/moved/kms/xks/v1".into())];
    let before = scene.state();
    let mut wrong = Vec::new();
    for row in ROWS {
        for (operation, input) in
            [("CreateCustomKeyStore", &store_input("another", "/another")[..]), ("UpdateCustomKeyStore", &update[..])]
        {
            let reply = scene.call_with(operation, input, |_| (row.answer)());
            let what = format!("{operation} after {:?}", (row.answer)());
            check(&mut wrong, &what, told(&reply.reply.expect_err(&what)), row.create);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(scene.state(), before);
}

/// CKS-417: the call succeeds, and the store is FAILED with the code.
#[test]
fn every_failure_fails_a_connection_with_its_code() {
    let scene = Story::new();
    let store = scene.store("store", "/example");
    let named = [("CustomKeyStoreId", Value::from(store.as_str()))];
    let shown = || {
        let listed = scene.ok("DescribeCustomKeyStores", &named);
        let Some(Value::List(stores)) = listed.member("CustomKeyStores") else { panic!("{listed:?}") };
        let of = |name: &str| stores[0].member(name).and_then(Value::as_text).map(str::to_owned);
        (of("ConnectionState").expect("a state"), of("ConnectionErrorCode"))
    };
    for row in ROWS {
        let reply = scene.call_with("ConnectCustomKeyStore", &named, |_| (row.answer)());
        assert!(reply.reply.is_ok(), "{:?}", (row.answer)());
        assert_eq!(shown(), ("FAILED".to_owned(), Some(row.connect.to_owned())), "{:?}", (row.answer)());
        drop(scene.ok("DisconnectCustomKeyStore", &named));
        assert_eq!(shown(), ("DISCONNECTED".to_owned(), None));
    }
}

/// CKS-418: column CreateKey; no key exists afterwards.
#[test]
fn every_failure_refuses_a_key() {
    let scene = Story::new();
    let store = scene.connected("store", "/example");
    let before = scene.state();
    let mut wrong = Vec::new();
    for row in ROWS {
        let reply = scene.call_with("CreateKey", &key_input(&store, "foo"), |_| (row.answer)());
        let what = format!("{:?}", (row.answer)());
        check(&mut wrong, &what, told(&reply.reply.expect_err(&what)), row.create_key);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(scene.state(), before);
}

/// CKS-415, CKS-429, CKS-430, CKS-155, CKS-380 to CKS-382: HTTP 400, or 500 where the proxy is reliable and the cause is one
/// of those that are KMS's own then. What metrics are made of is told, too, and nothing changes.
#[test]
fn every_failure_refuses_to_use_a_key() {
    let (scene, key) = Story::with_key();
    let sealed = super::blob(&scene.ok("Encrypt", &plaintext(&key, 1)));
    let opening = [("CiphertextBlob", Value::Blob(sealed))];
    let before = scene.state();
    let mut wrong = Vec::new();
    for row in ROWS {
        for reliability in [None, Some(Reliability::Low), Some(Reliability::High)] {
            for (operation, input) in [("Encrypt", &plaintext(&key, 1)[..]), ("Decrypt", &opening[..])] {
                let mut call = scene.begun(operation, input, &Sender::default());
                call.reliability = reliability;
                let reply = scene.finished(call, |_| (row.answer)());
                let what = format!("{operation} after {:?}, {reliability:?}", (row.answer)());
                let refusal = reply.reply.expect_err(&what);
                let internal = row.internal && reliability == Some(Reliability::High);
                let exception = if internal { "KMSInternalException" } else { "KMSInvalidStateException" };
                check(&mut wrong, &what, told(&refusal), (exception, row.used));
                assert_eq!(refusal.exception.status(), if internal { 500 } else { 400 });
                let [exchange] = &reply.trail.exchanges[..] else { panic!("{what}") };
                assert_eq!((exchange.outcome, exchange.retryable), (Some(row.metric.0), Some(row.metric.1)), "{what}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(scene.state(), before);
}

/// CKS-419, CKS-105.
#[test]
fn an_error_is_taken_by_its_name_whatever_the_status() {
    let (scene, key) = Story::with_key();
    for (name, status, used) in
        [("KeyNotFoundException", 500, "nokey"), ("InternalException", 404, "int"), ("InternalException", 200, "int")]
    {
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| error(name, status));
        assert_eq!(told(&reply.reply.expect_err(name)), ("KMSInvalidStateException", sentence(used)));
        // The message of the proxy is told, and not in the reply (CKS-106).
        assert_eq!(reply.trail.exchanges[0].said.as_deref(), Some("so it is"));
        assert_eq!(reply.trail.denial(), (vec!["the external key store proxy says: so it is".to_owned()], Vec::new()));
    }
}

/// CKS-62, CKS-146, CKS-341, CKS-385.
#[test]
fn one_manager_that_serves_is_enough() {
    let scene = Story::new();
    for (states, serves) in [
        (&["ACTIVE"][..], true),
        (&["DEGRADED"], true),
        (&["UNAVAILABLE", "DEGRADED"], true),
        (&["UNAVAILABLE"], false),
        (&["UNAVAILABLE", "UNAVAILABLE"], false),
    ] {
        let input = store_input("store", "/example");
        let reply = scene.call_with("CreateCustomKeyStore", &input, |_| ok(&health(states)));
        let managers = reply.trail.exchanges[0].managers.expect("managers");
        let count = |state: &str| states.iter().filter(|of| **of == state).count();
        assert_eq!(
            [managers.active, managers.degraded, managers.unavailable].map(|number| number as usize),
            ["ACTIVE", "DEGRADED", "UNAVAILABLE"].map(count)
        );
        assert_eq!((reply.trail.exchanges[0].outcome, reply.reply.is_ok()), (None, serves));
        match reply.reply {
            Ok(made) => {
                let id = made.member("CustomKeyStoreId").cloned().expect("an id");
                drop(scene.ok("DeleteCustomKeyStore", &[("CustomKeyStoreId", id)]));
            }
            Err(refusal) => assert_eq!(told(&refusal), (URI, sentence("ill"))),
        }
    }
}

/// CKS-147, CKS-471: the first that applies.
#[test]
fn an_external_key_must_have_the_spec_the_status_and_both_usages() {
    let scene = Story::new();
    let store = scene.connected("store", "/example");
    let both = &["ENCRYPT", "DECRYPT"][..];
    for (spec, status, usages, expected) in [
        (
            "AES_128",
            "DISABLED",
            both,
            "The key spec of the external key must be AES_256. The key spec of specified external key is AES_128.",
        ),
        (
            "AES_256",
            "DISABLED",
            &[],
            "The status of the external key must be ENABLED. The status of specified external key is DISABLED.",
        ),
        (
            "AES_256",
            "ENABLED",
            &["ENCRYPT", "WRAP"],
            "The key usage of the external key must include ENCRYPT and DECRYPT. The key use of specified external key is ENCRYPT, WRAP.",
        ),
        (
            "AES_256",
            "ENABLED",
            &[],
            "The key usage of the external key must include ENCRYPT and DECRYPT. The key use of specified external key is .",
        ),
    ] {
        let answer = serde_json::json!({"keySpec": spec, "keyStatus": status, "keyUsage": usages});
        let reply = scene.call_with("CreateKey", &key_input(&store, "foo"), |_| ok(&answer));
        assert_eq!(told(&reply.reply.expect_err(expected)), (KEY, expected));
    }
}
