//! What one account has named, no other account reads: every name of the first bears a mark, and the second makes every
//! call with everything that it can know of the first.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, operations, wire};
use proptest::prelude::*;

use crate::{for_all, inputs::fitting};

const MARK: &str = "chosen-by-another";
const OWNER: &str = "111122223333";
const STRANGER: &str = "444455556666";
const NOW: Time = Time::from_millis(1_800_000_000_000);

fn call(world: &World, caller: &str, operation: &str, input: Value) -> Value {
    world.call(operation, input, None, Some(caller), NOW).reply.unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("{path:?}")).to_owned()
}

fn tags() -> Value {
    let tag = Value::from([("TagKey", Value::from(MARK)), ("TagValue", Value::from(MARK))]);
    Value::List(vec![tag])
}

/// A key of an account with as many names as a key can have; gives its ARN.
fn named_key(world: &World, account: &str, mark: &str, more: &[(&'static str, Value)]) -> String {
    let policy = serde_json::json!({ "Version": "2012-10-17", "Id": mark, "Statement": [{
        "Sid": mark, "Effect": "Allow", "Principal": { "AWS": account }, "Action": "kms:*", "Resource": "*",
    }] });
    let mut input =
        vec![("Description".to_owned(), Value::from(mark)), ("Policy".to_owned(), policy.to_string().into())];
    input.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    text(&call(world, account, "CreateKey", Value::from_iter(input)), &["KeyMetadata", "Arn"])
}

/// Registers a principal of the first account, whom one of its keys then names.
fn register(world: &World) {
    let form = format!(
        r#"{{"principals": {{"arn:aws:iam::{OWNER}:role/{MARK}": {{"tags": {{"{MARK}": "{MARK}"}}, "policies": {{"{MARK}":
            {{"Statement": {{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}}}}}}}}}}}"#
    );
    world.register(&wire::from_json(form.as_bytes()).expect("JSON"), NOW).expect("a role");
    let policy = serde_json::json!({ "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": OWNER }, "Action": "kms:*", "Resource": "*" },
        { "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{OWNER}:role/{MARK}") }, "Action": "kms:*",
          "Resource": "*" },
    ] });
    let key = Value::from(named_key(world, OWNER, MARK, &[]));
    call(world, OWNER, "PutKeyPolicy", Value::from([("KeyId", key), ("Policy", Value::from(policy.to_string()))]));
}

/// A world in which one account has keys with marked names, and another has a key of its own.
fn world() -> (World, Vec<String>, Vec<Vec<u8>>) {
    let options = Options { seed: Some(b"taint".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let mac = [("KeySpec", Value::from("HMAC_256")), ("KeyUsage", Value::from("GENERATE_VERIFY_MAC"))];
    let kinds: [&[(&'static str, Value)]; 3] = [&[("Tags", tags())], &mac, &[("Origin", Value::from("EXTERNAL"))]];
    let keys: Vec<String> = kinds.into_iter().map(|kind| named_key(&world, OWNER, MARK, kind)).collect();
    let own = named_key(&world, STRANGER, "own", &[]);
    register(&world);
    for (number, key) in keys.iter().enumerate() {
        let name = Value::from(format!("alias/{MARK}-{number}"));
        call(&world, OWNER, "CreateAlias", Value::from([("AliasName", name), ("TargetKeyId", key.as_str().into())]));
    }
    let encrypt =
        Value::from([("KeyId", keys[0].as_str().into()), ("Plaintext", Value::Blob(MARK.as_bytes().to_vec()))]);
    let sealed = call(&world, OWNER, "Encrypt", encrypt);
    let blob = sealed.member("CiphertextBlob").and_then(Value::as_bytes).expect("a ciphertext").to_vec();
    let id = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    let ids: Vec<String> = keys.iter().map(|arn| id(arn)).collect();
    let rest = [own, "alias/own".to_owned(), "default".to_owned(), "us-east-1".to_owned()];
    (world, keys.into_iter().chain(ids).chain(rest).collect(), vec![blob, vec![0; 32]])
}

#[test]
fn no_reply_to_an_account_holds_a_name_that_only_another_account_has_chosen() {
    let (world, texts, blobs) = world();
    for operation in operations::TABLE {
        for_all(150, &fitting(operation.input, &texts, &blobs), |input| {
            let fork = world.fork([0; 32]);
            let reply = fork.call(operation.name, input, None, Some(STRANGER), NOW).reply;
            let shown = match &reply {
                Ok(reply) => String::from_utf8(wire::to_json(reply)).expect("JSON"),
                Err(error) => error.to_string(),
            };
            prop_assert!(!shown.contains(MARK), "{}: {}", operation.name, shown);
            Ok(())
        });
    }
}
