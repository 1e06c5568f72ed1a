//! Answers that are not what they must be, and answers that are all the same (CKS-414, CKS-420 to CKS-424, CKS-337, CKS-338).

use pocket_kms::{ProxyAnswer, ProxyRequest, ProxyResponse, Value};
use serde_json::json;

use super::{
    Story, blob, key_input, plaintext, store_input, told,
    toy::{base64, health, ok, raw, response},
};

const FORM: &str = "AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, \
                    consult your external key store proxy administrator.";

/// What is done to a right answer.
type Change = fn(&mut serde_json::Value);

/// Encrypt with an answer that was changed.
fn encrypt(scene: &Story, key: &str, change: impl Fn(&mut serde_json::Value)) -> Result<Value, pocket_kms::Error> {
    let changed = |request: &ProxyRequest| {
        let mut answer = scene.manager.encrypted(request);
        change(&mut answer);
        ok(&answer)
    };
    scene.call_with("Encrypt", &plaintext(key, 8), changed).reply
}

/// CKS-420, CKS-337.
#[test]
fn an_answer_that_cannot_be_read_is_malformed() {
    let (scene, key) = Story::with_key();
    let long = format!("{{\"ciphertext\": \"{}\"}}", "A".repeat(70 << 10));
    let nested = "[".repeat(10_000);
    for (status, body) in [
        (200, &b""[..]),
        (200, b"null"),
        (200, b"[]"),
        (200, b"\"text\""),
        (200, b"{"),
        (200, b"{}"),
        (200, b"\xff\xfe"),
        (200, long.as_bytes()),
        (200, nested.as_bytes()),
        (204, b""),
        (302, b""),
        (404, b"<html>not found</html>"),
        (502, b"<html>bad gateway</html>"),
        (400, br#"{"errorName": "SomethingElse"}"#),
        (400, br#"{"errorName": 7}"#),
        (400, br#"{"error": "ValidationException"}"#),
        (500, b"{}"),
        (0, b""),
    ] {
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| raw(status, body));
        let what = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        assert_eq!(told(&reply.reply.expect_err(&what)), ("KMSInvalidStateException", FORM), "{status} {what}");
    }
    // A member twice says two things.
    let twice = br#"{"ciphertext": "AAAA", "ciphertext": "AAAA"}"#;
    let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| raw(200, twice));
    assert_eq!(told(&reply.reply.expect_err("twice")).1, FORM);
}

/// CKS-72 to CKS-76, CKS-337.
#[test]
fn every_member_of_an_answer_to_encrypt_is_held_against_its_rule() {
    let (scene, key) = Story::with_key();
    let bad: &[(&str, Change)] = &[
        ("no ciphertext", |answer| drop(answer.as_object_mut().expect("an object").remove("ciphertext"))),
        ("no vector", |answer| drop(answer.as_object_mut().expect("an object").remove("initializationVector"))),
        ("no tag", |answer| drop(answer.as_object_mut().expect("an object").remove("authenticationTag"))),
        ("a ciphertext that is null", |answer| answer["ciphertext"] = json!(null)),
        ("a ciphertext that is a number", |answer| answer["ciphertext"] = json!(7)),
        ("a short ciphertext", |answer| answer["ciphertext"] = json!("AAAA")),
        ("base64 without padding", |answer| answer["authenticationTag"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("base64 with a space", |answer| answer["authenticationTag"] = json!("AAAAAAAAAAAA AAAAAAAAAA==")),
        ("URL-safe base64", |answer| answer["initializationVector"] = json!("-_-_-_-_-_-_-_-_")),
        ("a tag of 12 bytes", |answer| answer["authenticationTag"] = base64(&[1; 12]).into()),
        ("metadata that is a number", |answer| answer["ciphertextMetadata"] = json!(1)),
        ("metadata of 21 bytes", |answer| answer["ciphertextMetadata"] = base64(&[1; 21]).into()),
    ];
    for (what, change) in bad {
        let refusal = encrypt(&scene, &key, change).expect_err(what);
        assert_eq!(told(&refusal), ("KMSInvalidStateException", FORM), "{what}");
    }
    for length in [0, 11, 13, 15, 17, 32] {
        let wrong = |answer: &mut serde_json::Value| answer["initializationVector"] = base64(&vec![1; length]).into();
        assert_eq!(told(&encrypt(&scene, &key, wrong).expect_err("a vector")).1, FORM, "{length}");
    }
}

/// CKS-421, CKS-105, CKS-21.
#[test]
fn what_an_answer_has_besides_does_not_matter() {
    let (scene, key) = Story::with_key();
    let good: &[(&str, Change)] = &[
        ("an unknown member", |answer| answer["more"] = json!({"deep": [1, 2]})),
        ("null for metadata", |answer| answer["ciphertextMetadata"] = json!(null)),
        ("an integrity value that nobody asked for", |answer| {
            answer["ciphertextDataIntegrityValue"] = json!("not base64");
        }),
        ("an unknown error name beside a right answer", |answer| answer["errorName"] = json!("SomethingElse")),
    ];
    for (what, change) in good {
        let sealed = blob(&encrypt(&scene, &key, change).expect(what));
        let opened = scene.ok("Decrypt", &[("CiphertextBlob", Value::Blob(sealed))]);
        assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&[7; 8][..]), "{what}");
    }
    for content_type in [None, Some("text/plain"), Some("application/json; charset=utf-8")] {
        let answer = |request: &ProxyRequest| {
            let mut answer = response(200, &scene.manager.encrypted(request));
            answer = content_type.into_iter().fold(answer, |answer, value| answer.header("Content-Type", value));
            ProxyAnswer::Response(answer)
        };
        assert!(scene.call_with("Encrypt", &plaintext(&key, 1), answer).reply.is_ok(), "{content_type:?}");
    }
}

/// CKS-414, CKS-77, CKS-338.
#[test]
fn a_data_key_is_refused_without_the_right_integrity_value_and_other_plaintexts_are_not() {
    let (scene, key) = Story::with_key();
    let bad: &[Change] = &[
        |answer| answer["ciphertextDataIntegrityValue"] = base64(&[0; 32]).into(),
        |answer| drop(answer.as_object_mut().expect("an object").remove("ciphertextDataIntegrityValue")),
        |answer| answer["ciphertextDataIntegrityValue"] = json!(null),
        |answer| answer["ciphertextDataIntegrityValue"] = base64(&[0; 31]).into(),
    ];
    let input = [("KeyId", Value::from(key.as_str())), ("KeySpec", "AES_256".into())];
    for change in bad {
        let changed = |request: &ProxyRequest| {
            let mut answer = scene.manager.encrypted(request);
            change(&mut answer);
            ok(&answer)
        };
        let refusal = scene.call_with("GenerateDataKey", &input, changed).reply.expect_err("integrity");
        assert_eq!(told(&refusal), ("KMSInvalidStateException", FORM));
        assert!(encrypt(&scene, &key, change).is_ok());
    }
    assert!(scene.call("GenerateDataKey", &input).reply.is_ok());
}

/// CKS-422, CKS-423, CKS-89.
#[test]
fn what_a_proxy_gives_with_a_ciphertext_comes_back_to_it() {
    let (scene, key) = Story::with_key();
    for (iv, metadata) in [(12, 0), (16, 0), (12, 1), (12, 20), (16, 20)] {
        scene.manager.iv.set(iv);
        scene.manager.metadata.set(metadata);
        let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
        drop(scene.sent());
        let opened = scene.ok("Decrypt", &[("CiphertextBlob", Value::Blob(sealed))]);
        assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&[7; 8][..]));
        let sent = super::body(&scene.sent()[0]);
        let given = sent.get("ciphertextMetadata").map(|_| super::toy::bytes(&sent, "ciphertextMetadata").len());
        assert_eq!(given, (metadata > 0).then_some(metadata));
    }
}

/// CKS-91.
#[test]
fn a_plaintext_of_another_length_is_malformed() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    for body in [json!({}), json!({"plaintext": 1}), json!({"plaintext": ""}), json!({"plaintext": "AAAA"})] {
        let opening = [("CiphertextBlob", Value::Blob(sealed.clone()))];
        let refusal = scene.call_with("Decrypt", &opening, |_| ok(&body)).reply.expect_err("a plaintext");
        assert_eq!(told(&refusal), ("KMSInvalidStateException", FORM));
    }
}

/// CKS-58 to CKS-61, CKS-337.
#[test]
fn every_member_of_a_health_answer_is_held_against_its_rule() {
    let scene = Story::new();
    let bad: &[(&str, Change)] = &[
        ("fleet size 0", |answer| answer["xksProxyFleetSize"] = json!(0)),
        ("fleet size -1", |answer| answer["xksProxyFleetSize"] = json!(-1)),
        ("fleet size 1.5", |answer| answer["xksProxyFleetSize"] = json!(1.5)),
        ("fleet size as a text", |answer| answer["xksProxyFleetSize"] = json!("1")),
        ("no vendor", |answer| drop(answer.as_object_mut().expect("an object").remove("xksProxyVendor"))),
        ("no model", |answer| answer["xksProxyModel"] = json!(null)),
        ("no vendor of the manager", |answer| drop(answer.as_object_mut().expect("an object").remove("ekmVendor"))),
        ("no manager", |answer| answer["ekmFleetDetails"] = json!([])),
        ("a manager that is a text", |answer| answer["ekmFleetDetails"] = json!(["one"])),
        ("a manager without an id", |answer| {
            answer["ekmFleetDetails"] = json!([{"model": "m", "healthStatus": "ACTIVE"}]);
        }),
        ("a manager without a model", |answer| {
            answer["ekmFleetDetails"] = json!([{"id": "i", "healthStatus": "ACTIVE"}]);
        }),
        ("another status", |answer| answer["ekmFleetDetails"][0]["healthStatus"] = json!("FINE")),
    ];
    let input = store_input("store", "/example");
    let created = |answer: &serde_json::Value| scene.call_with("CreateCustomKeyStore", &input, |_| ok(answer)).reply;
    for (what, change) in bad {
        let mut answer = health(&["ACTIVE"]);
        change(&mut answer);
        assert_eq!(told(&created(&answer).expect_err(what)), ("XksProxyInvalidResponseException", FORM), "{what}");
    }
    assert!(created(&health(&["ACTIVE"; 11])).is_err());
    assert!(created(&health(&["ACTIVE"; 10])).is_ok());
}

/// CKS-64 to CKS-66, CKS-337.
#[test]
fn every_member_of_key_metadata_is_held_against_its_rule() {
    let scene = Story::new();
    let store = scene.connected("store", "/example");
    let created = |id: &str, answer: &serde_json::Value| {
        scene.call_with("CreateKey", &key_input(&store, id), |_| ok(answer)).reply
    };
    let whole = |usages: &[&str], status: &str| json!({"keySpec": "AES_256", "keyUsage": usages, "keyStatus": status});
    for answer in [
        json!({}),
        json!({"keySpec": "AES_256", "keyStatus": "ENABLED"}),
        json!({"keyUsage": ["ENCRYPT", "DECRYPT"], "keyStatus": "ENABLED"}),
        json!({"keySpec": "AES_256", "keyUsage": ["ENCRYPT", "DECRYPT"]}),
        json!({"keySpec": 256, "keyUsage": ["ENCRYPT", "DECRYPT"], "keyStatus": "ENABLED"}),
        json!({"keySpec": "AES_256", "keyUsage": "ENCRYPT", "keyStatus": "ENABLED"}),
        json!({"keySpec": "AES_256", "keyUsage": [1], "keyStatus": "ENABLED"}),
        whole(&["ENCRYPT", "DECRYPT"], "enabled"),
        whole(&["ENCRYPT"; 11], "ENABLED"),
    ] {
        let refusal = created("foo", &answer).expect_err("key metadata");
        assert_eq!(told(&refusal), ("CustomKeyStoreInvalidStateException", FORM), "{answer}");
    }
    let ten = ["ENCRYPT", "DECRYPT", "SIGN", "VERIFY", "WRAP", "UNWRAP", "DERIVE", "X", "Y", "Z"];
    assert!(created("foo", &whole(&ten, "ENABLED")).is_ok());
}

/// CKS-27: a host may have kept one byte more than the bound, and not all of ten megabytes.
#[test]
fn an_answer_has_64_kibibytes_at_most() {
    let (scene, key) = Story::with_key();
    let padded = |length: usize| {
        move |request: &ProxyRequest, scene: &Story| {
            let mut body = scene.manager.encrypted(request).to_string();
            body.push_str(&" ".repeat(length - body.len()));
            ProxyAnswer::Response(ProxyResponse::new(200, body.into_bytes()))
        }
    };
    for (length, good) in [(ProxyRequest::LONGEST_ANSWER, true), (ProxyRequest::LONGEST_ANSWER + 1, false)] {
        let answer = padded(length);
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |request| answer(request, &scene)).reply;
        assert_eq!(reply.is_ok(), good, "{length}");
    }
}
