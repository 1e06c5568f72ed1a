//! What one account has named, no other account reads: every name of the first bears a mark, and the second makes every
//! call with everything that it can know of the first: ids, ARNs, ciphertexts and grant tokens. It may use one of the keys,
//! which shows no name of it either.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, operations, wire, world::Reply};
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

/// What the second account may do with one key of the first. No reply to these shows what a key is called.
const OPENED: &str = r#""kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant""#;

/// Opens a key of the first account to the second.
fn open(world: &World, key: &str) {
    let statement = |sid: &str, account: &str, actions: &str| {
        format!(
            r#"{{"Sid": "{sid}", "Effect": "Allow", "Principal": {{"AWS": "{account}"}}, "Action": [{actions}], "Resource": "*"}}"#
        )
    };
    let all = statement(&MARK.replace('-', ""), OWNER, "\"kms:*\"");
    let policy = format!(r#"{{"Id": "{MARK}", "Statement": [{all}, {}]}}"#, statement("b", STRANGER, OPENED));
    call(world, OWNER, "PutKeyPolicy", Value::from([("KeyId", key.into()), ("Policy", policy.into())]));
}

/// A grant and a key store of the first account, and a key in that; gives what the second account may have found out.
fn granted_and_stored(world: &World, key: &str) -> Vec<String> {
    let grant = call(
        world,
        OWNER,
        "CreateGrant",
        Value::from([
            ("KeyId", Value::from(key)),
            ("Name", MARK.into()),
            ("GranteePrincipal", format!("arn:aws:iam::{OWNER}:role/{MARK}").into()),
            ("RetiringPrincipal", format!("arn:aws:iam::{OWNER}:role/{MARK}").into()),
            ("Operations", Value::List(vec!["Decrypt".into()])),
        ]),
    );
    let store = call(
        world,
        OWNER,
        "CreateCustomKeyStore",
        Value::from([
            ("CustomKeyStoreName", Value::from(MARK)),
            ("CloudHsmClusterId", CLUSTER.into()),
            ("TrustAnchorCertificate", MARK.into()),
            ("KeyStorePassword", "kmsuserPassword1".into()),
        ]),
    );
    call(world, OWNER, "ConnectCustomKeyStore", store.clone());
    let store = text(&store, &["CustomKeyStoreId"]);
    let kind = [("CustomKeyStoreId", Value::from(store.as_str())), ("Origin", Value::from("AWS_CLOUDHSM"))];
    let stored = named_key(world, OWNER, MARK, &kind);
    vec![text(&grant, &["GrantId"]), text(&grant, &["GrantToken"]), store, stored, CLUSTER.to_owned()]
}

const CLUSTER: &str = "cluster-7a23b4cdefg";

/// A world in which one account has keys with marked names, and another has a key of its own.
fn world() -> (World, Vec<String>, Vec<Vec<u8>>) {
    let options = Options { seed: Some(b"taint".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let mac = [("KeySpec", Value::from("HMAC_256")), ("KeyUsage", Value::from("GENERATE_VERIFY_MAC"))];
    let related = [("MultiRegion", Value::Bool(true))];
    let kinds: [&[(&'static str, Value)]; 4] =
        [&[("Tags", tags())], &mac, &[("Origin", Value::from("EXTERNAL"))], &related];
    let keys: Vec<String> = kinds.into_iter().map(|kind| named_key(&world, OWNER, MARK, kind)).collect();
    let own = named_key(&world, STRANGER, "own", &[]);
    register(&world);
    for (number, key) in keys.iter().enumerate() {
        let name = Value::from(format!("alias/{MARK}-{number}"));
        call(&world, OWNER, "CreateAlias", Value::from([("AliasName", name), ("TargetKeyId", key.as_str().into())]));
    }
    open(&world, &keys[0]);
    let found_out = granted_and_stored(&world, &keys[0]);
    let context = Value::from([(MARK, Value::from(MARK))]);
    let encrypt = Value::from([
        ("KeyId", keys[0].as_str().into()),
        ("Plaintext", Value::Blob(vec![7; 5])),
        ("EncryptionContext", context),
    ]);
    let sealed = call(&world, OWNER, "Encrypt", encrypt);
    let blob = sealed.member("CiphertextBlob").and_then(Value::as_bytes).expect("a ciphertext").to_vec();
    let id = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    let ids: Vec<String> = keys.iter().map(|arn| id(arn)).collect();
    let rest = [own, "alias/own".to_owned(), "default".to_owned(), "us-east-1".to_owned()];
    (world, keys.into_iter().chain(ids).chain(rest).chain(found_out).collect(), vec![blob, vec![0; 32]])
}

/// The response as AWS would send it: the explanations of a denial, in headers of ours, are for the owner of the world.
fn shown(reply: &Reply) -> String {
    let bytes = reply.response(NOW).bytes(true);
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| !line.starts_with("x-pocket-kms-"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_reply_to_an_account_holds_a_name_that_only_another_account_has_chosen() {
    let (world, texts, blobs) = world();
    let opened = std::cell::Cell::new(0);
    for operation in operations::TABLE {
        for_all(150, &fitting(operation.input, &texts, &blobs), |input| {
            let of_opened = input.member("KeyId").and_then(Value::as_text) == Some(&*texts[0]);
            let fork = world.fork([0; 32]);
            let reply = fork.call(operation.name, input, None, Some(STRANGER), NOW);
            opened.set(opened.get() + usize::from(of_opened && reply.reply.is_ok()));
            let shown = shown(&reply);
            prop_assert!(!shown.contains(MARK), "{}: {}", operation.name, shown);
            Ok(())
        });
    }
    assert!(opened.get() > 5, "the key that is open was used {} times", opened.get());
}
