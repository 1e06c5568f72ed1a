//! Questions about what was recorded, and files that bring records.

use std::sync::OnceLock;

use pocket_kms::{CryptoProvider, Options, Value, World, wire};

use super::NOW;

/// A world in which something was recorded.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let options = Options { now: Some(NOW), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let made = world.call("CreateKey", Value::from([]), None, None, NOW).reply.expect("a key");
        let key = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("a key id");
        let context = Value::from([("team", Value::from("blue"))]);
        let input = [("KeyId", key), ("Plaintext", Value::from("aGVsbG8=")), ("EncryptionContext", context)];
        for caller in ["arn:aws:iam::111122223333:user/Alice", "444455556666"] {
            drop(world.call("Encrypt", Value::from(input.clone()), None, Some(caller), NOW));
        }
        world
    })
}

/// Questions in their JSON form, with filters and filter patterns in them: whoever is refused is told why.
pub fn audit(data: &[u8]) {
    let Ok(question) = wire::from_json(data) else { return };
    // Files would stay in the world.
    if question.member("question").and_then(Value::as_text) == Some("import") {
        return;
    }
    match world().audit(&question, NOW) {
        Ok(answer) => drop(wire::to_json(&answer)),
        Err(error) => assert!(error.message.is_some_and(|message| !message.is_empty())),
    }
}

/// Trail files: what was read is found again, and comes back out.
pub fn trail(data: &[u8]) {
    let world = world().fork([0; 32]);
    let Ok(brought) = world.import_trail(None, data) else { return };
    let ask = |question: &str, form: &str| {
        let question =
            [("question", Value::from(question)), ("of", Value::from("imported")), ("form", Value::from(form))];
        let members = question.into_iter().filter(|(_, value)| value.as_text() != Some(""));
        world.audit(&members.collect(), NOW).expect("an answer")
    };
    let found = ask("records", "");
    let Some(Value::List(records)) = found.member("records") else { panic!("{found:?}") };
    assert_eq!(brought.member("records"), Some(&Value::Int(i64::try_from(records.len()).expect("a number"))));
    for form in ["trail", "lookup"] {
        drop(wire::to_json(&ask("export", form)));
    }
    let lines = ask("export", "lines");
    let text = lines.member("text").and_then(Value::as_text).unwrap_or_default();
    let again = world.import_trail(Some("again"), text.as_bytes()).expect("what was exported");
    assert_eq!(again.member("added"), brought.member("added"));
}
