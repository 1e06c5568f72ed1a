//! What keeps a ciphertext closed, as the owner of a world is told it.

use pocket_kms::{Value, World, wire};

use crate::{T0, advance, call, delete, key, on, text, world};

fn pairs(json: &str) -> Value {
    wire::from_json(json.as_bytes()).expect("JSON")
}

fn sealed(world: &World, key: &str, context: &str) -> Vec<u8> {
    let input = [
        ("KeyId", Value::from(key)),
        ("Plaintext", Value::Blob(b"hello".to_vec())),
        ("EncryptionContext", pairs(context)),
    ];
    let reply = call(world, "Encrypt", Value::from(input)).expect("a ciphertext");
    reply.member("CiphertextBlob").and_then(Value::as_bytes).expect("a blob").to_vec()
}

fn inspect(world: &World, blob: &[u8], more: &[(&'static str, Value)]) -> Value {
    let asked = [("question", Value::from("inspect")), ("blob", Value::Blob(blob.to_vec()))];
    let question: Value = asked.into_iter().chain(more.iter().cloned()).collect();
    world.ask(&question, T0).unwrap_or_else(|error| panic!("{error}"))
}

fn verdict(world: &World, blob: &[u8], more: &[(&'static str, Value)]) -> String {
    text(&inspect(world, blob, more), &["Verdict"]).to_owned()
}

#[test]
fn a_blob_opens_under_its_key_and_context_and_names_them_otherwise() {
    let world = world("inspection", 0);
    let (one, other) = (key(&world), key(&world));
    let blob = sealed(&world, &one, r#"{"tenant": "7", "purpose": "orders"}"#);
    let right = [("encryptionContext", pairs(r#"{"purpose": "orders", "tenant": "7"}"#))];
    assert_eq!(verdict(&world, &blob, &right), "opens");
    let said = inspect(&world, &blob, &[("encryptionContext", pairs(r#"{"tenant": "8"}"#))]);
    assert_eq!(text(&said, &["Verdict"]), "another context");
    assert_eq!(said.member("EncryptionContext"), Some(&pairs(r#"{"purpose": "orders", "tenant": "7"}"#)));
    assert_eq!((text(&said, &["KnownFrom", "Kind"]), text(&said, &["KnownFrom", "EventName"])), ("record", "Encrypt"));
    let said = inspect(&world, &blob, &[("key", Value::from(other.as_str())), right[0].clone()]);
    assert_eq!(text(&said, &["Verdict"]), "another key");
    assert!(text(&said, &["MadeBy"]).ends_with(&one), "{said:?}");
    assert!(!format!("{said:?}").contains("hello"));
}

#[test]
fn a_context_is_found_that_differs_a_little() {
    let world = world("near", 0);
    world.set_audit(&Value::from([("kept", Value::from("none"))])).expect("no records");
    let key = key(&world);
    let bare = sealed(&world, &key, "{}");
    let given = [("encryption_context", pairs(r#"{"tenant": "7"}"#))];
    assert_eq!(text(&inspect(&world, &bare, &given), &["KnownFrom", "Kind"]), "empty");
    let one = sealed(&world, &key, r#"{"tenant": "7"}"#);
    let longer = [("encryption_context", pairs(r#"{"tenant": "7", "more": "x"}"#))];
    assert_eq!(text(&inspect(&world, &one, &longer), &["KnownFrom", "Kind"]), "shorter");
    let spaced = [("encryption_context", pairs(r#"{"tenant ": " 7"}"#))];
    assert_eq!(text(&inspect(&world, &one, &spaced), &["KnownFrom", "Kind"]), "trimmed");
    let wrong = [("encryption_context", pairs(r#"{"tenant": "8"}"#))];
    let said = inspect(&world, &one, &wrong);
    assert_eq!(text(&said, &["Verdict"]), "altered or unknown context");
    let grant = Value::from([
        ("KeyId", Value::from(key.as_str())),
        ("GranteePrincipal", "arn:aws:iam::111122223333:user/a".into()),
        ("Operations", Value::List(vec!["Decrypt".into()])),
        ("Constraints", Value::from([("EncryptionContextEquals", pairs(r#"{"tenant": "7"}"#))])),
    ]);
    call(&world, "CreateGrant", grant).expect("a grant");
    assert_eq!(text(&inspect(&world, &one, &wrong), &["KnownFrom", "Kind"]), "grant");
}

#[test]
fn an_altered_blob_is_told_from_a_cut_one_and_from_foreign_bytes() {
    let world = world("altered", 0);
    let key = key(&world);
    let blob = sealed(&world, &key, "{}");
    let mut altered = blob.clone();
    *altered.last_mut().expect("a byte") ^= 1;
    assert_eq!(verdict(&world, &altered, &[]), "altered or unknown context");
    for (bytes, sentence) in [
        (blob[..blob.len() - 3].to_vec(), "the end is missing"),
        ([&blob[..], b"x"].concat(), "go on"),
        (Vec::new(), "no bytes"),
        (b"hello".to_vec(), "asymmetric"),
    ] {
        let said = inspect(&world, &bytes, &[]);
        assert_eq!(text(&said, &["Verdict"]), "not a blob");
        assert!(format!("{said:?}").contains(sentence), "{said:?}");
    }
    let elsewhere = crate::world("elsewhere", 0);
    assert_eq!(verdict(&elsewhere, &blob, &[]), "unknown key");
    assert_eq!(verdict(&world, &blob, &[("region", Value::from("eu-west-1"))]), "another Region");
}

#[test]
fn a_key_that_is_disabled_or_gone_is_told() {
    let world = world("gone", 0);
    let key = key(&world);
    let blob = sealed(&world, &key, "{}");
    call(&world, "DisableKey", on(&key)).expect("disabled");
    let said = inspect(&world, &blob, &[]);
    assert_eq!((text(&said, &["Verdict"]), text(&said, &["KeyState"])), ("opens", "Disabled"));
    assert!(format!("{said:?}").contains("Decrypt is refused"), "{said:?}");
    delete(&world, &key, 7);
    advance(&world, 8);
    call(&world, "ListKeys", Value::from([])).expect("the deletion is settled");
    let said = inspect(&world, &blob, &[("key", Value::from(key.as_str()))]);
    assert_eq!(text(&said, &["Verdict"]), "key deleted", "{said:?}");
    assert!(text(&said, &["MadeBy"]).ends_with(&key));
}

#[test]
fn an_asymmetric_key_is_tried_with_all_its_algorithms() {
    let world = world("asymmetric", 0);
    let spec = [("KeySpec", Value::from("RSA_2048")), ("KeyUsage", Value::from("ENCRYPT_DECRYPT"))];
    let made = call(&world, "CreateKey", Value::from(spec)).expect("a key");
    let key = text(&made, &["KeyMetadata", "KeyId"]).to_owned();
    let input = [
        ("KeyId", Value::from(key.as_str())),
        ("Plaintext", Value::Blob(vec![1])),
        ("EncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_1")),
    ];
    let reply = call(&world, "Encrypt", Value::from(input)).expect("a ciphertext");
    let mut blob = reply.member("CiphertextBlob").and_then(Value::as_bytes).expect("a blob").to_vec();
    let under = [("key", Value::from(key.as_str()))];
    let said = inspect(&world, &blob, &under);
    assert_eq!((text(&said, &["Verdict"]), text(&said, &["EncryptionAlgorithm"])), ("opens", "RSAES_OAEP_SHA_1"));
    assert_eq!(verdict(&world, &blob, &[]), "not a blob");
    blob[10] ^= 1;
    assert_eq!(verdict(&world, &blob, &under), "cannot be told");
}

#[test]
fn a_question_that_cannot_be_read_is_refused_with_its_place() {
    let world = world("places", 0);
    for (member, value, place) in [
        ("blob", Value::Int(1), "question.blob: must be a ciphertext"),
        ("encryptionContext", Value::Int(1), "question.encryptionContext: must be an encryption context"),
        ("key", Value::from("alias/none"), "There is no key 'alias/none'"),
        ("guess", Value::Int(1), "question.guess: is not known here"),
    ] {
        let blob = (member != "blob").then(|| ("blob", Value::Blob(vec![1])));
        let question =
            [("question", Value::from("inspect"))].into_iter().chain(blob).chain([(member, value)]).collect();
        let error = world.ask(&question, T0).expect_err("a refusal");
        assert!(error.message.as_deref().is_some_and(|it| it.starts_with(place)), "{error}");
    }
}
