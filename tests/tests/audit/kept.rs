//! Which records a world keeps, and that nothing else depends on it.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};

const NOW: Time = Time::from_millis(1_800_000_000_000);

fn world(kept: usize) -> World {
    let mut options = Options { now: Some(NOW), seed: Some(b"audit".to_vec().into()), ..Options::default() };
    options.audit.kept = kept;
    World::new(options, CryptoProvider::default(), [0; 32])
}

/// Makes a key, uses it, and is refused; gives back the replies as JSON.
fn story(world: &World) -> Vec<String> {
    let call = |operation: &str, input: Value, caller: Option<&str>| {
        let reply = world.call(operation, input, None, caller, NOW);
        let told = reply.reply.map_or_else(|error| error.to_string().into_bytes(), |value| wire::to_json(&value));
        format!("{} {}", reply.request_id, String::from_utf8(told).expect("text"))
    };
    let made = call("CreateKey", Value::Map(Vec::new()), None);
    let key = made.split('"').find(|text| text.starts_with("arn:aws:kms:")).expect("an ARN").to_owned();
    let encrypt = |caller| {
        let context = Value::from([("team", Value::from("blue"))]);
        let input =
            [("KeyId", Value::from(&*key)), ("Plaintext", Value::from("aGVsbG8=")), ("EncryptionContext", context)];
        call("Encrypt", Value::from(input), caller)
    };
    let used = encrypt(None);
    let denied = encrypt(Some("arn:aws:iam::444455556666:user/Mallory"));
    vec![made, used, denied]
}

#[test]
fn a_world_that_records_nothing_answers_byte_for_byte_as_one_that_does() {
    let (told, silent) = (world(10), world(0));
    assert_eq!(story(&told), story(&silent));
    assert_eq!(told.records(0).records.len(), 3);
    assert!(silent.records(0).records.is_empty());
}

#[test]
fn what_was_not_let_through_shows_neither_parameters_nor_keys() {
    let world = world(10);
    story(&world);
    let records = world.audit(&Value::from([("question", Value::from("records"))]), NOW).expect("records");
    let Some(Value::List(records)) = records.member("records") else { panic!("{records:?}") };
    let [made, used, denied] = &records[..] else { panic!("{records:?}") };
    assert_eq!(made.member("eventName"), Some(&Value::from("CreateKey")));
    let shown = used.member("requestParameters").and_then(|shown| shown.member("encryptionContext"));
    assert_eq!(shown, Some(&Value::from([("team", Value::from("blue"))])));
    assert_eq!(denied.member("errorCode"), Some(&Value::from("AccessDenied")));
    assert_eq!((denied.member("requestParameters"), denied.member("resources")), (Some(&Value::Null), None));
}
