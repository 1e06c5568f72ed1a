//! What is told of a call step by step: it is what happened, it moves nothing, and no secret is in it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pocket_kms::{CryptoProvider, Options, Stage, Time, Value, World, arguments, operations, wire};
use proptest::prelude::*;

use crate::{for_all, inputs::fitting};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const OTHER: &str = "444455556666";
const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

fn world() -> (World, String) {
    let options = Options { seed: Some(b"courses".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let arn = key(&world);
    let named = [("AliasName", Value::from("alias/a")), ("TargetKeyId", Value::from(arn.as_str()))];
    world.call("CreateAlias", Value::from(named), None, None, NOW).reply.expect("an alias");
    (world, arn)
}

fn key(world: &World) -> String {
    let made = world.call("CreateKey", Value::from([]), None, None, NOW).reply.expect("a key");
    text(&made, &["KeyMetadata", "Arn"])
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("{path:?} in {value:?}")).to_owned()
}

fn drew(world: &World, operation: &str, name: &str) -> bool {
    let input = [("KeyId", Value::from(name)), ("Plaintext", Value::from(b"x".to_vec()))];
    match trace(world, operation, Value::from(input), None).member("drew") {
        Some(Value::Bool(drew)) => *drew,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_only_looks_draws_nothing_of_what_the_world_draws_next_and_a_refused_call_does() {
    let (world, arn) = world();
    assert!(!drew(&world, "DescribeKey", &arn) && !drew(&world, "DescribeKey", "alias/nothing"));
    assert!(drew(&world, "Encrypt", &arn) && drew(&world, "Encrypt", "alias/nothing"));
    // The first look at an AWS managed key makes it.
    assert!(drew(&world, "DescribeKey", "alias/aws/s3") && !drew(&world, "DescribeKey", "alias/aws/s3"));
}

/// What is told of a call: `reply`, `error`, `course` and more.
fn trace(world: &World, operation: &str, input: Value, caller: Option<&str>) -> Value {
    match world.begin(operation, input, None, caller, NOW) {
        Ok(call) => world.finish(&call.traced()).traced(),
        Err(refusal) => refusal.traced(),
    }
}

fn steps(told: &Value) -> &[Value] {
    match told.member("course").and_then(|course| course.member("steps")) {
        Some(Value::List(steps)) => steps,
        _ => panic!("{told:?}"),
    }
}

fn step<'a>(told: &'a Value, name: &str) -> &'a Value {
    steps(told).iter().find(|step| text(step, &["step"]) == name).unwrap_or_else(|| panic!("{told:?}"))
}

fn fates(told: &Value) -> Vec<String> {
    steps(told).iter().map(|step| text(step, &["fate"])).collect()
}

/// The step that has refused a call.
fn refused(told: &Value) -> Option<String> {
    steps(told).iter().find(|step| text(step, &["fate"]) == "refused").map(|step| text(step, &["step"]))
}

fn with<const N: usize>(members: [(&'static str, Value); N]) -> Value {
    Value::from(members)
}

fn bytes(text: &str) -> Value {
    Value::Blob(text.as_bytes().to_vec())
}

#[test]
fn to_trace_changes_no_byte_and_every_course_ends_where_the_call_was_refused() {
    let (plain, arn) = world();
    let texts = [arn, "alias/a".to_owned(), "default".to_owned()];
    for operation in operations::TABLE {
        for_all(20, &fitting(operation.input, &texts, &[vec![0; 32]]), |input| {
            for caller in [None, Some(ALICE), Some(OTHER)] {
                let (one, other) = (plain.fork([0; 32]), plain.fork([0; 32]));
                let reply = one.call(operation.name, input.clone(), None, caller, NOW);
                let told = trace(&other, operation.name, input.clone(), caller);
                let shown = match &reply.reply {
                    Ok(value) => String::from_utf8(wire::to_json(value)).expect("JSON"),
                    Err(error) => error.exception.name().to_owned(),
                };
                let traced = match told.member("error").and_then(|error| error.member("code")) {
                    Some(code) => code.as_text().expect("a code").to_owned(),
                    None => String::from_utf8(wire::to_json(told.member("reply").expect("a reply"))).expect("JSON"),
                };
                prop_assert!(shown == traced || (shown == "null" && traced == "{}"), "{shown} {traced}");
                prop_assert_eq!(reply.request_id.to_string(), text(&told, &["requestId"]));
                prop_assert_eq!(format!("{:?}", one.changes(0)), format!("{:?}", other.changes(0)));
                let names: Vec<String> = steps(&told).iter().map(|step| text(step, &["step"])).collect();
                prop_assert_eq!(names, Stage::ALL.map(|stage| stage.name().to_owned()));
                let [fates @ .., recorded] = &fates(&told)[..] else { panic!("{told:?}") };
                let passed = fates.iter().take_while(|fate| *fate == "passed").count();
                let rest = &fates[passed..];
                prop_assert_eq!(recorded, "passed");
                prop_assert_eq!(rest.first().is_some_and(|fate| fate == "refused"), reply.reply.is_err());
                prop_assert!(rest.iter().skip(1).all(|fate| fate == "not reached"), "{:?}", fates);
            }
            Ok(())
        });
    }
}

#[test]
fn each_refusal_stands_at_its_step() {
    let (world, arn) = world();
    let disabled = key(&world);
    world.call("DisableKey", with([("KeyId", disabled.as_str().into())]), None, None, NOW).reply.expect("disabled");
    let on = |key: &str, more: [(&'static str, Value); 1]| {
        [("KeyId", Value::from(key))].into_iter().chain(more).collect::<Value>()
    };
    let plain = || [("Plaintext", bytes("hello"))];
    let context = with([("a", "b".into())]);
    let sealed = world.call("Encrypt", on(&arn, plain()), None, None, NOW).reply.expect("a ciphertext");
    let blob = sealed.member("CiphertextBlob").expect("a blob").clone();
    let again = |to: &str| with([("CiphertextBlob", blob.clone()), ("DestinationKeyId", to.into())]);
    let dry = on(&arn, plain()).member("KeyId").cloned().expect("a key");
    for (operation, input, caller, expected) in [
        ("Guess", with([]), None, Some("operation")),
        ("Encrypt", with([("KeyId", "a".into())]), None, Some("shape")),
        ("Encrypt", on("alias/none", plain()), None, Some("keys")),
        ("Encrypt", on(&arn, plain()), Some(ALICE), None),
        ("Encrypt", on(&arn, plain()), Some(OTHER), Some("decision")),
        ("Encrypt", on(&disabled, plain()), None, Some("state")),
        ("ReEncrypt", again(&disabled), None, Some("state")),
        ("ReEncrypt", again(&arn), None, None),
        (
            "Decrypt",
            with([("CiphertextBlob", blob.clone()), ("EncryptionContext", context)]),
            None,
            Some("performance"),
        ),
        ("Decrypt", with([("CiphertextBlob", bytes("none"))]), None, Some("keys")),
        (
            "Encrypt",
            with([("KeyId", dry), ("Plaintext", bytes("x")), ("DryRun", Value::Bool(true))]),
            None,
            Some("performance"),
        ),
    ] {
        let told = trace(&world, operation, input, caller);
        assert_eq!(refused(&told).as_deref(), expected, "{operation}: {told:?}");
    }
    world.set(&with([("request-quotas", Value::Bool(true)), ("request/CreateKey", Value::Int(1))]), NOW).expect("set");
    assert_eq!(refused(&trace(&world, "CreateKey", with([]), None)), None);
    let throttled = trace(&world, "CreateKey", with([]), None);
    assert_eq!(refused(&throttled).as_deref(), Some("quotas"), "{throttled:?}");
}

#[test]
fn a_fault_before_the_decision_leaves_every_step_but_the_record() {
    let (world, arn) = world();
    world.add_fault(arguments::fault(&with([("fault", "throttled".into())])).expect("a fault")).expect("an id");
    let told = trace(&world, "DescribeKey", with([("KeyId", arn.into())]), None);
    assert_eq!(fates(&told)[..9], ["not reached"; 9], "{told:?}");
    assert_eq!(fates(&told)[9], "passed");
    assert_eq!(text(&told, &["course", "fault", "kind"]), "throttled");
}

#[test]
fn names_lead_to_keys_or_to_where_there_are_some() {
    let (world, arn) = world();
    let id = arn.rsplit('/').next().expect("an id").to_owned();
    let named = |told: &Value| match step(told, "keys").member("names") {
        Some(Value::List(names)) => names[0].clone(),
        _ => panic!("{told:?}"),
    };
    let told = trace(&world, "DescribeKey", with([("KeyId", "alias/a".into())]), None);
    let name = named(&told);
    assert_eq!((text(&name, &["form"]), text(&name, &["key"])), ("alias name".to_owned(), arn.clone()));
    assert_eq!(text(&name, &["alias"]), "arn:aws:kms:us-east-1:111122223333:alias/a");
    let call = world.begin("DescribeKey", with([("KeyId", id.into())]), Some("eu-west-1"), None, NOW).expect("a call");
    let told = world.finish(&call.traced()).traced();
    let name = named(&told);
    assert_eq!(name.member("exists"), Some(&Value::Bool(false)));
    assert_eq!(name.member("elsewhere"), Some(&Value::List(vec![arn.into()])));
}

#[test]
fn cryptography_is_told_without_secrets() {
    let (world, arn) = world();
    let input = with([
        ("KeyId", arn.as_str().into()),
        ("Plaintext", bytes("a secret that nobody sees")),
        ("EncryptionContext", with([("tenant", "7".into())])),
        ("Guess", "ignored".into()),
    ]);
    let told = trace(&world, "Encrypt", input, None);
    let course = told.member("course").expect("a course");
    let written = String::from_utf8(wire::to_json(course)).expect("JSON");
    assert!(
        !written.contains(&STANDARD.encode("a secret that nobody sees")) && !written.contains("nobody"),
        "{written}"
    );
    assert_eq!(step(&told, "shape").member("ignored"), Some(&Value::List(vec!["Guess".into()])));
    let performed = step(&told, "performance");
    let member = |list: &str, name: &str| match performed.member(list) {
        Some(Value::List(all)) => all.iter().find(|it| text(it, &["member"]) == name).cloned().expect("a member"),
        _ => panic!("{performed:?}"),
    };
    assert_eq!(member("given", "Plaintext").member("length"), Some(&Value::Int(25)));
    let blob = member("answered", "CiphertextBlob");
    assert_eq!(
        (text(&blob, &["cipher"]), blob.member("plaintextLength")),
        ("AES-256-GCM".into(), Some(&Value::Int(25)))
    );
    let described = trace(&world, "DescribeKey", with([("KeyId", arn.as_str().into())]), None);
    let current = text(&described, &["reply", "KeyMetadata", "CurrentKeyMaterialId"]);
    assert_eq!(text(&blob, &["materialId"]), current);
    assert_eq!(step(&told, "changes").member("lastUseOf"), Some(&Value::List(vec![arn.as_str().into()])));
    for (operation, more) in [
        ("GenerateDataKey", ("KeySpec", Value::from("AES_256"))),
        ("GenerateRandom", ("NumberOfBytes", Value::Int(32))),
    ] {
        let key = (operation == "GenerateDataKey").then(|| ("KeyId", Value::from(arn.as_str())));
        let told = trace(&world, operation, key.into_iter().chain([more]).collect(), None);
        let secret =
            told.member("reply").and_then(|reply| reply.member("Plaintext")).and_then(Value::as_bytes).expect("bytes");
        let written = String::from_utf8(wire::to_json(told.member("course").expect("a course"))).expect("JSON");
        assert!(!written.contains(&STANDARD.encode(secret)), "{written}");
    }
}

#[test]
fn changes_have_the_numbers_of_the_journal_and_records_their_ids() {
    let (world, arn) = world();
    let told = trace(
        &world,
        "TagResource",
        {
            let tag = with([("TagKey", "a".into()), ("TagValue", "b".into())]);
            with([("KeyId", arn.into()), ("Tags", Value::List(vec![tag]))])
        },
        None,
    );
    let Some(Value::List(changes)) = step(&told, "changes").member("changes") else { panic!("{told:?}") };
    let journal = world.changes(0).to_values(0);
    let last = journal.last().expect("a change");
    assert_eq!((changes.last().and_then(|change| change.member("number"))), last.member("number"));
    assert_eq!(changes.last().and_then(|change| change.member("table")), last.member("table"));
    let Some(Value::List(records)) = step(&told, "record").member("records") else { panic!("{told:?}") };
    let record = world.records(0).records.pop().expect("a record").1;
    assert_eq!(text(&records[0], &["eventId"]), record.event_id().to_string());
}

#[test]
fn what_is_only_explained_ends_before_anything_is_done() {
    let (world, arn) = world();
    let input = with([("KeyId", arn.into()), ("Plaintext", bytes("x"))]);
    let explained = world.explain("Encrypt", input, None, None, NOW).to_value();
    assert_eq!(fates(&explained)[6..], ["passed", "not reached", "not reached", "not reached"], "{explained:?}");
    assert_eq!(explained.member("course").and_then(|course| course.member("requestId")), Some(&Value::Null));
}
