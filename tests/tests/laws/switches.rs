//! Switches: whatever somebody turns on to see more moves no byte of a seeded run.

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World, arguments, wire};

/// Something that can be turned on or done beside the calls. A new switch joins the list.
#[derive(Clone, Copy)]
struct Switch {
    name: &'static str,
    options: fn(Options) -> Options,
    between_calls: fn(&World),
    /// The account whose requests are counted: the one that makes the calls, or another one.
    counted: &'static str,
}

/// A world of which nobody wants to see more.
const OFF: Switch =
    Switch { name: "nothing", options: |options| options, between_calls: |_| (), counted: "444455556666" };

const SWITCHES: &[Switch] = &[
    Switch { name: "explanations", options: |options| Options { explain: true, ..options }, ..OFF },
    Switch { name: "records of which none is kept", options: |options| audited(options, "none"), ..OFF },
    Switch { name: "records of which all are kept", options: |options| audited(options, "all"), ..OFF },
    Switch { name: "to read its records, metrics and events", between_calls: read_records, ..OFF },
    Switch { name: "quotas of requests that nobody reaches", counted: "111122223333", ..OFF },
    Switch { name: "to fork it", between_calls: |world| drop(world.fork([1; 32])), ..OFF },
    Switch {
        name: "to take a snapshot of it",
        between_calls: |world| drop(world.snapshot(&[1; 32]).expect("a snapshot")),
        ..OFF
    },
    Switch {
        name: "to read its journal and its meters",
        between_calls: |world| drop((world.changes(0), world.marks(0), world.meters())),
        ..OFF
    },
    Switch {
        name: "to ask what it is",
        between_calls: |world| {
            drop((world.inspect(b"no blob"), world.next_deadline(), world.deadlines(10), format!("{world:?}")));
        },
        ..OFF
    },
    Switch { name: "to ask what it holds, who may do what and what a call would come to", between_calls: look, ..OFF },
    Switch { name: "history", options: |options| Options { history: 100, ..options }, ..OFF },
    Switch { name: "faults that no call meets", between_calls: unmet, ..OFF },
    Switch {
        name: "to look at its past and at its future",
        options: |options| Options { history: 100, ..options },
        between_calls: |world| {
            let now = world.now(Time::default());
            let later = Time::from_millis(now.millis() + 40 * 86_400_000);
            drop((world.at(later, now, [1; 32]), world.at(now, now, [1; 32]), world.at_revision(0, [1; 32])));
            drop((world.faults(), world.acted_faults(0)));
        },
        ..OFF
    },
    Switch {
        name: "to call a fork of it",
        between_calls: |world| drop(called(&world.fork([1; 32]), "CreateKey", Value::from([]))),
        ..OFF
    },
];

fn audited(options: Options, kept: &'static str) -> Options {
    let audit = options.audit.with(&Value::from([("kept", Value::from(kept))])).expect("options");
    Options { audit, ..options }
}

fn look(world: &World) {
    let now = Time::default();
    drop((world.inventory(now), world.directory(), world.stores_setup(), world.settings(), world.denials(0)));
    drop((world.due_health_checks(now), world.proxy_hosts(), world.quotas(None, None, now).expect("quotas")));
    let input = Value::from([("KeyId", Value::from("alias/none")), ("Plaintext", Value::from("AAAA"))]);
    for operation in ["Encrypt", "CreateKey"] {
        drop(world.explain(operation, input.clone(), None, Some("444455556666"), now));
    }
    let keys = called_now(world, "ListKeys");
    let Some(Value::List(keys)) = keys.member("Keys") else { panic!("{keys:?}") };
    for key in keys.iter().filter_map(|key| key.member("KeyArn")) {
        let question = [("question", Value::from("whoCan")), ("action", "kms:Decrypt".into()), ("key", key.clone())];
        world.ask(&Value::from(question), now).expect("an answer");
    }
}

fn called_now(world: &World, operation: &str) -> Value {
    world.fork([1; 32]).call(operation, Value::from([]), None, None, Time::default()).reply.expect(operation)
}

fn read_records(world: &World) {
    for question in ["records", "metrics", "events"] {
        let form = Value::from([("question", Value::from(question))]);
        world.audit(&form, Time::default()).expect(question);
    }
}

/// Asks for faults that act on no call: on none by chance, none in time, none of their operation.
fn unmet(world: &World) {
    let fault = |name: &'static str, value: Value| {
        let said = [("fault", Value::from("internal")), (name, value)];
        world.add_fault(arguments::fault(&Value::from(said)).expect("a fault")).expect("an id")
    };
    if world.faults().is_empty() {
        fault("probability", Value::Float(0.0));
        fault("between", Value::List(vec![Value::from("1990"), Value::from("1991")]));
        fault("operation", Value::from("Verify"));
        fault("region", Value::from("eu-west-1"));
    } else {
        world.remove_fault(1);
    }
}

fn called(world: &World, operation: &str, input: Value) -> String {
    let reply = world.call(operation, input, None, None, Time::default());
    let text = match &reply.reply {
        Ok(value) => String::from_utf8_lossy(&wire::to_json(value)).into_owned(),
        Err(error) => error.to_string(),
    };
    format!("{} {text}", reply.request_id)
}

fn member<'a>(value: &'a serde_json::Value, path: &str) -> &'a str {
    value.pointer(path).and_then(|found| found.as_str()).expect(path)
}

fn json(reply: &str) -> serde_json::Value {
    serde_json::from_str(reply.split_once(' ').expect("an id").1).expect("JSON")
}

/// Everything that a seeded world says while it is used, refused and aged.
fn run(Switch { options, between_calls, counted, .. }: Switch) -> Vec<String> {
    let now = Some(Time::from_millis(1_767_225_600_000));
    let begun = options(Options { seed: Some(b"switches".to_vec().into()), now, ..Options::default() });
    let world = World::new(begun, CryptoProvider::default(), [0; 32]);
    let quotas = Value::Map(vec![(format!("request-quotas@{counted}").into(), Value::Int(1))]);
    world.set(&quotas, Time::default()).expect("a setting");
    let mut said = Vec::new();
    let mut say = |operation: &str, input: Value| {
        between_calls(&world);
        said.push(called(&world, operation, input));
        said.last().cloned().expect("a reply")
    };
    let made = json(&say("CreateKey", Value::from([])));
    let key = || Value::from(member(&made, "/KeyMetadata/KeyId"));
    let sealed = json(&say("Encrypt", Value::from([("KeyId", key()), ("Plaintext", Value::from("aGVsbG8="))])));
    let blob = || Value::from(member(&sealed, "/CiphertextBlob"));
    say("Decrypt", Value::from([("CiphertextBlob", blob())]));
    say("Decrypt", Value::from([("CiphertextBlob", Value::from("AAAA"))]));
    say("Encrypt", Value::from([("KeyId", Value::from("alias/none")), ("Plaintext", Value::from("AAAA"))]));
    say("GenerateRandom", Value::from([("NumberOfBytes", Value::Int(32))]));
    say("ScheduleKeyDeletion", Value::from([("KeyId", key()), ("PendingWindowInDays", Value::Int(7))]));
    between_calls(&world);
    world.advance(Span::from_days(8), Time::default()).expect("a time that the clock reaches");
    say("DescribeKey", Value::from([("KeyId", key())]));
    say("CreateKey", Value::from([]));
    // Whose requests are counted is the first change.
    said.extend(world.changes(0).to_values(0).iter().skip(1).map(|row| format!("{row:?}")));
    said.extend(world.marks(0).marks.iter().map(|mark| format!("{mark:?}")));
    said
}

#[test]
fn to_see_more_of_a_seeded_world_moves_no_byte_of_it() {
    let expected = run(OFF);
    assert!(expected.len() > 15, "{expected:?}");
    for switch in SWITCHES {
        assert_eq!(run(*switch), expected, "{}", switch.name);
    }
}

#[test]
fn a_seeded_world_goes_on_from_a_snapshot_as_if_there_had_been_none() {
    let world = || {
        let options =
            Options { seed: Some(b"goes on".to_vec().into()), now: Some(Time::default()), ..Options::default() };
        World::new(options, CryptoProvider::default(), [0; 32])
    };
    let (plain, kept) = (world(), world());
    for world in [&plain, &kept] {
        drop(called(world, "CreateKey", Value::from([])));
    }
    let bytes = kept.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [9; 32]).expect("a world");
    for _ in 0..3 {
        let expected = called(&plain, "CreateKey", Value::from([]));
        assert_eq!(called(&kept, "CreateKey", Value::from([])), expected);
        assert_eq!(called(&restored, "CreateKey", Value::from([])), expected);
    }
}

#[test]
fn forks_of_one_moment_are_equal_in_a_seeded_world_and_differ_in_any_other() {
    let made = |seed: Option<&[u8]>| {
        let options = Options { seed: seed.map(|seed| seed.to_vec().into()), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let (one, other) = (world.fork([1; 32]), world.fork([2; 32]));
        [&world, &one, &other]
            .map(|world| called(world, "GenerateRandom", Value::from([("NumberOfBytes", Value::Int(8))])))
    };
    let [parent, one, other] = made(Some(b"seed"));
    assert!(one == other && one != parent);
    let [parent, one, other] = made(None);
    assert!(one != other && one != parent && other != parent);
}
