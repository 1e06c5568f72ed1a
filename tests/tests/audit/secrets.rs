//! No form of a secret of a call stands in what is told of it: every operation is called with secrets that nobody prints
//! by chance, in ways that succeed and in ways that are refused, and all that was told is searched.

use std::collections::HashSet;

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{Value, operations, wire};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value as Json, json};

use crate::scenes::{NOBODY, NOW, OTHER, OWNER, Scene, blob};

/// The members of requests and replies that nobody but their senders and readers may see, as bytes.
const BLOBS: [&str; 13] = [
    "CiphertextBlob",
    "EncryptedKeyMaterial",
    "ImportToken",
    "Mac",
    "Message",
    "Plaintext",
    "PrivateKeyCiphertextBlob",
    "PrivateKeyPlaintext",
    "PublicKey",
    "SharedSecret",
    "SharedSecretCiphertextBlob",
    "Signature",
    "CiphertextForRecipient",
];
/// Those that are texts.
const TEXTS: [&str; 4] = ["GrantToken", "KeyStorePassword", "RawSecretAccessKey", "TrustAnchorCertificate"];

/// What is asked besides records.
const QUESTIONS: [&str; 4] = ["records", "events", "metrics", "open_metrics"];

/// As many bytes in a row count as a leak.
const LEAK: usize = 12;
/// Public keys of one kind begin alike, and so do ciphertexts and grant tokens: with what everybody knows of them.
const HEAD: usize = 48;

/// A secret that was in a call or its reply.
struct Secret {
    name: String,
    bytes: Vec<u8>,
}

/// Every secret in a structure, however deep.
fn secrets(json: &Json, found: &mut Vec<Secret>) {
    match json {
        Json::Object(members) => {
            for (name, member) in members {
                let text = member.as_str();
                let raw = text.filter(|_| BLOBS.contains(&&**name)).and_then(|text| BASE64_STANDARD.decode(text).ok());
                let raw =
                    raw.or_else(|| text.filter(|_| TEXTS.contains(&&**name)).map(|text| text.as_bytes().to_vec()));
                found.extend(raw.map(|bytes| Secret { name: name.clone(), bytes }));
                secrets(member, found);
            }
        }
        Json::Array(members) => members.iter().for_each(|member| secrets(member, found)),
        _ => {}
    }
}

/// Some bytes as they might be told: raw, in hexadecimal, in base64 from any place on.
fn spellings(part: &[u8]) -> Vec<String> {
    let mut all: Vec<String> =
        (0..3).map(|start| BASE64_STANDARD.encode(&part[start..start + (part.len() - start) / 3 * 3])).collect();
    all.push(hex::encode(part));
    all.push(hex::encode_upper(part));
    all.extend(std::str::from_utf8(part).ok().map(ToOwned::to_owned));
    all
}

/// The secrets of which a part stands in what was told.
fn leaks(told: &str, secrets: &[Secret]) -> Vec<String> {
    const BEGIN: usize = 8;
    let begins: HashSet<&[u8]> = told.as_bytes().windows(BEGIN).collect();
    let mut leaks = Vec::new();
    for secret in secrets {
        let from = if secret.bytes.len() > HEAD + LEAK { HEAD } else { 0 };
        let parts = secret.bytes[from..].windows(LEAK).step_by(LEAK / 2);
        let spelled = parts.flat_map(spellings).filter(|spelled| begins.contains(&spelled.as_bytes()[..BEGIN]));
        leaks.extend(
            spelled.filter(|spelled| told.contains(spelled)).map(|spelled| format!("{}: {spelled}", secret.name)),
        );
    }
    leaks
}

/// All that a world has told of its calls: records, and events and metrics that are made of them.
fn told(scene: &Scene) -> String {
    let records = scene.world.records(0);
    let written = records.records.iter().map(|(_, record)| record.to_json());
    let mut told = written.collect::<Vec<_>>().join("\n") + &format!("{records:?}");
    for question in QUESTIONS {
        let asked = Value::from([("question", Value::from(question))]);
        let answer = scene.world.audit(&asked, NOW).unwrap_or_else(|error| panic!("{question}: {error}"));
        told += &String::from_utf8(wire::to_json(&answer)).expect("JSON");
    }
    told
}

/// What is done to the input of a call.
#[derive(Clone, Debug)]
enum Change {
    Nothing,
    DryRun,
    /// The secrets are others, so that nothing fits.
    Other(Vec<u8>),
    /// A secret stands where its base64 or its type is wrong.
    Malformed(Vec<u8>),
    /// A secret is one by its name in a member that the operation does not have.
    Foreign(Vec<u8>),
    NoSuchKey,
}

fn change() -> impl Strategy<Value = Change> {
    let noise = || prop::collection::vec(any::<u8>(), 24..32);
    prop_oneof![
        Just(Change::Nothing),
        Just(Change::DryRun),
        noise().prop_map(Change::Other),
        noise().prop_map(Change::Malformed),
        noise().prop_map(Change::Foreign),
        Just(Change::NoSuchKey),
    ]
}

/// The changed input, and the secrets that it has.
fn changed(scene: &Scene, change: &Change) -> (Json, Vec<Secret>) {
    let mut input = scene.input.clone();
    let mut found = Vec::new();
    let named = |name: &str, bytes: &[u8]| Secret { name: name.to_owned(), bytes: bytes.to_vec() };
    let members: Vec<String> = scene.input.as_object().expect("members").keys().cloned().collect();
    let sensitive = members.iter().filter(|name| BLOBS.contains(&&***name) || TEXTS.contains(&&***name));
    match change {
        Change::Nothing => {}
        Change::DryRun => input["DryRun"] = json!(true),
        Change::Other(noise) => {
            for name in sensitive {
                let is_blob = BLOBS.contains(&&**name);
                input[name] = if is_blob { blob(noise) } else { json!(hex::encode(&noise[..16])) };
                found.push(named(name, noise));
            }
        }
        Change::Malformed(noise) => {
            for name in sensitive {
                input[name] = json!([BASE64_STANDARD.encode(noise), format!("{}!", BASE64_STANDARD.encode(noise))]);
                found.push(named(name, noise));
            }
        }
        Change::Foreign(noise) => {
            input["Secret"] = blob(noise);
            input["plaintext"] = json!(hex::encode(noise));
            found.push(named("a foreign member", noise));
        }
        Change::NoSuchKey => {
            for name in ["KeyId", "DestinationKeyId", "TargetKeyId", "CustomKeyStoreId"] {
                if members.iter().any(|member| member == name) {
                    input[name] = json!("1234abcd-12ab-34cd-56ef-1234567890ab");
                }
            }
        }
    }
    secrets(&input, &mut found);
    (input, found)
}

#[test]
fn no_form_of_a_secret_of_a_call_is_in_what_is_told_of_it() {
    let callers = prop::sample::select([OWNER, OTHER, NOBODY].as_slice());
    let config = Config { cases: 4, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let calls = prop::collection::vec((change(), callers), 4..8);
    let run = runner.run(&calls, |calls| {
        for operation in operations::TABLE {
            let scene = Scene::new(operation.name);
            let mut found = Vec::new();
            for (change, caller) in &calls {
                let (input, secrets_of_request) = changed(&scene, change);
                found.extend(secrets_of_request);
                if let Ok(reply) = scene.reply(caller, &input) {
                    secrets(&reply, &mut found);
                }
            }
            let leaks = leaks(&told(&scene), &found);
            prop_assert!(leaks.is_empty(), "{}: {leaks:#?}\n{calls:?}", operation.name);
        }
        Ok(())
    });
    if let Err(failure) = run {
        panic!("{failure}");
    }
}

#[test]
fn the_search_finds_what_is_there() {
    let bytes: Vec<u8> = (90..122).collect();
    let secret = [Secret { name: "a secret".to_owned(), bytes: bytes.clone() }];
    let longer = [&[1], bytes.as_slice()].concat();
    for told in
        [hex::encode(&bytes), hex::encode_upper(&bytes), BASE64_STANDARD.encode(&bytes), BASE64_STANDARD.encode(longer)]
    {
        assert!(!leaks(&told, &secret).is_empty(), "{told}");
    }
    assert!(!leaks(&String::from_utf8(bytes).expect("letters"), &secret).is_empty());
    assert!(leaks("nothing of it stands here", &secret).is_empty());
    let mut found = Vec::new();
    secrets(&json!({ "a": [{ "Plaintext": "AQID", "KeyStorePassword": "kmsPswd" }] }), &mut found);
    let found: Vec<(&str, &[u8])> = found.iter().map(|secret| (&*secret.name, &*secret.bytes)).collect();
    assert_eq!(found, [("KeyStorePassword", b"kmsPswd".as_slice()), ("Plaintext", &[1, 2, 3])]);
}
