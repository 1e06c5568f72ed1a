//! Which key policies PutKeyPolicy accepts, and AWS's sentence for those that it does not.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use serde_json::Value as Json;

/// Cases that need to know which principals and services exist; a world in trust mode believes in all of them.
const NEEDS_A_DIRECTORY: &[&str] = &["VAL-003", "VAL-024"];

fn cases() -> Vec<Json> {
    let file: Json = serde_json::from_str(include_str!("../vectors/authorization-cases.json")).expect("JSON");
    let cases = file["validation_cases"].as_array().expect("a list").clone();
    let ours = |case: &Json| {
        case["policy_type"] == "key" && !NEEDS_A_DIRECTORY.contains(&case["id"].as_str().unwrap_or_default())
    };
    cases.into_iter().filter(ours).collect()
}

fn put(case: &Json) -> Result<Value, pocket_kms::Error> {
    let world = World::new(Options::default(), CryptoProvider::default(), [1; 32]);
    let caller = case["caller"].as_str();
    let key = world.call("CreateKey", Value::Map(Vec::new()), None, caller, Time::default()).reply.expect("a key");
    let key = key.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().expect("its id");
    let policy = Value::from(case["document"].as_str().expect("a document"));
    let input = Value::from([("KeyId", key), ("Policy", policy)]);
    world.call("PutKeyPolicy", input, None, caller, Time::default()).reply
}

#[test]
fn key_policies_are_accepted_and_refused_as_aws_does() {
    let cases = cases();
    assert!(cases.len() >= 12, "{} cases", cases.len());
    for case in cases {
        let (id, result) = (&case["id"], put(&case));
        assert_eq!(result.is_ok(), case["accept"] == true, "{id}: {result:?}");
        let Err(error) = result else { continue };
        assert_eq!(case["error"], error.exception.name(), "{id}");
        if let Some(message) = case["message"].as_str() {
            assert_eq!(error.message.as_deref(), Some(message), "{id}");
        }
    }
}
