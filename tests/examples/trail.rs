//! Writes the trail files of a small story into a folder, and beside them what readers of such files must find.
//!
//! `cargo xtask test --only readers` gives them to public tools.

use std::{collections::BTreeSet, env, error::Error, fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World, wire};

/// 2026-11-20T09:00:00Z.
const BEGIN: Time = Time::from_millis(1_795_165_200_000);
const ALICE: &str = "arn:aws:iam::111122223333:user/team/Alice";
const APP: &str = "arn:aws:sts::111122223333:assumed-role/App/run-7";
const MALLORY: &str = "arn:aws:iam::444455556666:user/Mallory";
const INTRUDER: &str = "arn:aws:sts::444455556666:assumed-role/Intruder/night";

struct Story {
    world: World,
    denied: Vec<Value>,
    allowed: BTreeSet<String>,
}

impl Story {
    /// Makes a call; whoever is denied is noted with the action and the key.
    fn call(&mut self, operation: &str, input: &str, caller: &str, key: &str) -> Value {
        let input = wire::from_json(input.replace('\'', "\"").as_bytes()).expect("JSON");
        self.world.advance(Span::from_millis(61_000), BEGIN).expect("a later time");
        let Ok(reply) = self.world.call(operation, input, None, Some(caller), BEGIN).reply else {
            self.denied.push(Value::from([
                ("caller", Value::from(caller)),
                ("permission", Value::from(["kms:", operation].concat())),
                ("resource", Value::from(key)),
            ]));
            return Value::Null;
        };
        self.allowed.insert(operation.to_owned());
        reply
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("say into which folder")?;
    let folder = Path::new(&folder);
    let world = World::new(Options { now: Some(BEGIN), ..Options::default() }, CryptoProvider::default(), [7; 32]);
    // Who is registered without a policy may do nothing.
    let strangers = [MALLORY, "arn:aws:iam::444455556666:role/Intruder"].map(|arn| (arn, Value::from([])));
    world.register(&Value::from([("principals", Value::from(strangers))]), BEGIN)?;
    let mut story = Story { world, denied: Vec::new(), allowed: BTreeSet::new() };
    tell(&mut story);
    let Story { world, denied, allowed } = story;
    let question = Value::from([("question", Value::from("export")), ("form", Value::from("trail"))]);
    let exported = world.audit(&question, BEGIN)?;
    let Some(Value::List(files)) = exported.member("files") else { return Err("no files".into()) };
    for file in files {
        let text = |name: &str| file.member(name).and_then(Value::as_text).ok_or("a file without a text");
        let path = folder.join(text("name")?);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        let mut packed = GzEncoder::new(fs::File::create(path)?, Compression::default());
        packed.write_all(text("text")?.as_bytes())?;
        packed.finish()?;
    }
    let records = world.records(0).records;
    let expected = Value::from([
        ("records", Value::Int(i64::try_from(records.len())?)),
        ("denied", Value::List(denied)),
        ("allowed", Value::List(allowed.iter().map(|name| Value::from(name.as_str())).collect())),
    ]);
    fs::write(folder.join("expected.json"), wire::to_json(&expected))?;
    Ok(())
}

fn tell(story: &mut Story) {
    let made = story.call("CreateKey", "{}", ALICE, "");
    let key = made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text);
    let key = key.expect("an ARN").to_owned();
    let context = "'EncryptionContext': {'team': 'blue'}";
    story.call("CreateAlias", &format!("{{'AliasName': 'alias/app', 'TargetKeyId': '{key}'}}"), ALICE, &key);
    let sealed =
        story.call("Encrypt", &format!("{{'KeyId': 'alias/app', 'Plaintext': 'aGVsbG8=', {context}}}"), APP, &key);
    let blob = sealed.member("CiphertextBlob").map(wire::to_json).unwrap_or_default();
    let blob = String::from_utf8(blob).unwrap_or_default();
    story.call("Decrypt", &format!("{{'CiphertextBlob': {blob}, {context}}}"), APP, &key);
    story.call(
        "ReEncrypt",
        &format!(
            "{{'CiphertextBlob': {blob}, 'SourceEncryptionContext': {{'team': 'blue'}}, 'DestinationKeyId': '{key}'}}"
        ),
        APP,
        &key,
    );
    story.call("GenerateDataKey", &format!("{{'KeyId': '{key}', 'KeySpec': 'AES_256'}}"), ALICE, &key);
    story.call("GenerateRandom", "{'NumberOfBytes': 8}", "111122223333", "");
    story.call("ListKeys", "{}", "444455556666", "");
    let made = story.call("CreateKey", "{}", "444455556666", "");
    let other = made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text);
    let other = other.expect("an ARN").to_owned();
    for (operation, caller) in [("DescribeKey", MALLORY), ("GetPublicKey", MALLORY), ("DescribeKey", INTRUDER)] {
        story.call(operation, &format!("{{'KeyId': '{other}'}}"), caller, &other);
    }
    story.call("Encrypt", &format!("{{'KeyId': '{other}', 'Plaintext': 'aGVsbG8='}}"), MALLORY, &other);
    story.call("EnableKeyRotation", &format!("{{'KeyId': '{key}'}}"), ALICE, &key);
    story.world.advance(Span::from_days(400), BEGIN).expect("a later time");
    story.call("DescribeKey", &format!("{{'KeyId': '{key}'}}"), "111122223333", &key);
}
