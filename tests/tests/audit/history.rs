//! What is found in the records of a world: bounds, numbers, filters, forks.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const MALLORY: &str = "arn:aws:iam::444455556666:user/Mallory";

fn world(kept: usize) -> World {
    let mut options = Options { now: Some(NOW), seed: Some(b"history".to_vec().into()), ..Options::default() };
    options.audit.kept = kept;
    World::new(options, CryptoProvider::default(), [0; 32])
}

/// JSON as the door takes it.
fn json(text: &str) -> Value {
    wire::from_json(text.replace('\'', "\"").as_bytes()).expect(text)
}

fn call(world: &World, operation: &str, input: &str, caller: Option<&str>) -> Result<Value, pocket_kms::Error> {
    world.call(operation, json(input), None, caller, NOW).reply
}

fn key(world: &World) -> String {
    let made = call(world, "CreateKey", "{}", None).expect("a key");
    made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text).expect("an ARN").to_owned()
}

fn encrypt(world: &World, key: &str, team: &str, caller: Option<&str>) -> Result<Value, pocket_kms::Error> {
    let input = format!("{{'KeyId': '{key}', 'Plaintext': 'aGVsbG8=', 'EncryptionContext': {{'team': '{team}'}}}}");
    call(world, "Encrypt", &input, caller)
}

/// The answer to `records` with these further members.
fn asked(world: &World, members: &str) -> Result<Value, pocket_kms::Error> {
    world.audit(&json(&format!("{{'question': 'records'{members}}}")), NOW)
}

fn numbers(answer: &Value) -> Vec<i64> {
    let Some(Value::List(numbers)) = answer.member("numbers") else { panic!("{answer:?}") };
    let number = |value: &Value| if let Value::Int(number) = value { *number } else { panic!("{value:?}") };
    numbers.iter().map(number).collect()
}

/// The numbers of the records that a filter means.
fn found(world: &World, filter: &str) -> Vec<i64> {
    numbers(&asked(world, &format!(", 'filter': {filter}")).unwrap_or_else(|error| panic!("{filter}: {error}")))
}

#[test]
fn exactly_so_many_records_are_kept_and_those_that_were_dropped_are_counted() {
    let world = world(5);
    let key = key(&world);
    for team in 0..600 {
        encrypt(&world, &key, &team.to_string(), None).expect("a ciphertext");
        let records = world.records(0);
        let all = u64::try_from(team + 2).expect("a number");
        assert_eq!(records.records.len() as u64, all.min(5));
        assert_eq!((records.dropped, records.oldest), (all.saturating_sub(5), all.saturating_sub(5) + 1));
    }
    assert_eq!(asked(&world, "").expect("records").member("dropped"), Some(&Value::Int(596)));
    assert_eq!(found(&world, "{}"), [597, 598, 599, 600, 601]);
    assert_eq!(found(&world, "{'encryption_context': {'team': '598'}}"), [600]);
}

#[test]
fn each_member_of_a_filter_means_some_records() {
    let world = world(100);
    let (one, other) = (key(&world), key(&world)); // 1, 2
    let id = one.rsplit('/').next().expect("an id").to_owned();
    call(&world, "CreateAlias", &format!("{{'AliasName': 'alias/app', 'TargetKeyId': '{id}'}}"), None)
        .expect("an alias"); // 3
    encrypt(&world, "alias/app", "blue", None).expect("a ciphertext"); // 4
    encrypt(&world, &other, "red", None).expect("a ciphertext"); // 5
    encrypt(&world, &one, "blue", Some(MALLORY)).expect_err("a denial"); // 6
    call(&world, "DisableKey", &format!("{{'KeyId': '{other}'}}"), None).expect("a disabled key"); // 7
    encrypt(&world, &other, "red", None).expect_err("a disabled key"); // 8
    call(&world, "DescribeKey", "{'KeyId': 'alias/none'}", None).expect_err("no key"); // 9
    let request = asked(&world, ", 'after': 3, 'limit': 1").expect("records");
    let Some(Value::List(records)) = request.member("records") else { panic!("{request:?}") };
    let text = |name: &str| records[0].member(name).and_then(Value::as_text).expect(name).to_owned();
    for (filter, numbers) in [
        ("{}", &[1, 2, 3, 4, 5, 6, 7, 8, 9][..]),
        ("{'operation': 'Encrypt'}", &[4, 5, 6, 8]),
        ("{'operation': ['CreateKey', 'kms:Disable*']}", &[1, 2, 7]),
        ("{'caller': 'arn:aws:iam::444455556666:user/*'}", &[6]),
        ("{'caller': '111122223333', 'operation': 'Encrypt'}", &[4, 5, 8]),
        ("{'caller': ['*Mallory', '*:root'], 'operation': 'Encrypt'}", &[4, 5, 6, 8]),
        (&format!("{{'key': '{one}'}}"), &[1, 3, 4, 6]),
        (&format!("{{'key': ['{id}', '{other}'], 'operation': 'Encrypt'}}"), &[4, 5, 6, 8]),
        ("{'key': 'alias/app'}", &[1, 3, 4, 6]),
        ("{'key': 'alias/gone'}", &[]),
        ("{'alias': 'alias/app'}", &[3, 4]),
        ("{'alias': 'a*'}", &[3, 4]),
        ("{'encryptionContext': {'team': 'blue'}}", &[4]),
        ("{'encryption_context': {'team': null}}", &[4, 5, 8]),
        ("{'encryption_context': {'team': 'blue', 'stage': null}}", &[]),
        ("{'outcome': 'ok', 'operation': 'Encrypt'}", &[4, 5]),
        ("{'outcome': 'refused'}", &[6, 8, 9]),
        ("{'outcome': 'denied'}", &[6]),
        ("{'error': 'AccessDeniedException'}", &[6]),
        ("{'error': 'Disabled*'}", &[8]),
        ("{'read_only': false}", &[1, 2, 3, 7]),
        ("{'account': '444455556666'}", &[6]),
        ("{'region': 'eu-west-1'}", &[]),
        ("{'from': '2027-01-15T08:00:00Z', 'to': 1800000000}", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("{'to': '2027-01-15T07:59:59Z'}", &[]),
        (&format!("{{'request_id': '{}'}}", text("requestID")), &[4]),
        (&format!("{{'event_id': '{}'}}", text("eventID").to_uppercase()), &[4]),
        ("{'pattern': '{ $.errorCode = * && $.eventName != Encrypt }'}", &[9]),
        ("{'pattern': '{ $.resources[*].ARN = *key* && $.errorMessage = *is* }'}", &[8]),
    ] {
        assert_eq!(found(&world, filter), numbers, "{filter}");
    }
}

#[test]
fn a_grant_finds_what_has_made_it_and_what_it_has_allowed() {
    let world = world(100);
    let key = key(&world); // 1
    let caller = "arn:aws:iam::444455556666:role/App";
    let input = format!("{{'KeyId': '{key}', 'GranteePrincipal': '{caller}', 'Operations': ['Encrypt']}}");
    let made = call(&world, "CreateGrant", &input, None).expect("a grant"); // 2
    let grant = made.member("GrantId").and_then(Value::as_text).expect("an id").to_owned();
    let session = Some("arn:aws:sts::444455556666:assumed-role/App/run");
    encrypt(&world, &key, "blue", session).expect("a ciphertext"); // 3 and 4, in both accounts
    encrypt(&world, &key, "blue", None).expect("a ciphertext"); // 5
    call(&world, "RevokeGrant", &format!("{{'KeyId': '{key}', 'GrantId': '{grant}'}}"), None).expect("nothing"); // 6
    assert_eq!(found(&world, &format!("{{'grant': '{grant}'}}")), [2, 3, 4, 6]);
}

#[test]
fn a_filter_that_can_mean_nothing_is_refused_with_what_there_is() {
    let world = world(10);
    for (filter, why) in [
        ("{'operations': 'Decrypt'}", "filter.operations: is not known here: there are operation, caller, key"),
        ("{'operation': 'decrypt'}", "'decrypt' is written Decrypt"),
        ("{'operation': ['generate_data_key']}", "filter.operation[0]: 'generate_data_key' is written GenerateDataKey"),
        ("{'operation': 'PutObject'}", "is not an operation of KMS"),
        ("{'operation': []}", "is empty"),
        ("{'key': 'my key'}", "filter.key: must be a key"),
        ("{'caller': 'Alice'}", "filter.caller: must be an ARN, an account"),
        ("{'encryption_context': ['team']}", "filter.encryption_context: must be pairs"),
        ("{'encryption_context': {'team': 1}}", "filter.encryption_context.team: must be a text"),
        ("{'outcome': 'failed'}", "must be ok, refused"),
        ("{'error': 'Denied'}", "is not an error of KMS"),
        ("{'read_only': 'yes'}", "must be true or false"),
        ("{'account': '12'}", "twelve digits"),
        ("{'region': 'mars'}", "the name of a Region"),
        ("{'from': 'yesterday'}", "filter.from: 'yesterday' is not an instant"),
        ("{'from': 2, 'to': 1}", "lies behind to"),
        ("{'request_id': '7'}", "an id as records print it"),
        ("{'pattern': '{ $.a }'}", "filter.pattern: lacks one of ="),
        ("'Decrypt'", "filter: must be a structure"),
    ] {
        let refused = asked(&world, &format!(", 'filter': {filter}")).expect_err(filter);
        let sentence = refused.message.unwrap_or_default();
        assert!(sentence.contains(why), "{filter}: {sentence}");
    }
    for (members, why) in [
        (", 'aftr': 1", "question.aftr: is not known here: there are question, filter"),
        (", 'after': -1", "the number of a record"),
        (", 'limit': 100001", "from 0 to 100000"),
        (", 'order': 'up'", "oldest or newest"),
        (", 'of': 'prod'", "no set of records was imported as 'prod'"),
    ] {
        let sentence = asked(&world, members).expect_err(members).message.unwrap_or_default();
        assert!(sentence.contains(why), "{members}: {sentence}");
    }
}

#[test]
fn pages_from_both_ends_have_every_record_once() {
    let world = world(1000);
    let key = key(&world);
    for team in 0..700 {
        encrypt(&world, &key, &(team % 3).to_string(), None).expect("a ciphertext");
    }
    let all = found(&world, "{'encryption_context': {'team': '1'}}");
    for (order, bound) in [("oldest", "after"), ("newest", "before")] {
        let (mut pages, mut next) = (Vec::new(), None::<i64>);
        loop {
            let at = next.map_or(String::new(), |next| format!(", '{bound}': {next}"));
            let filter = ", 'filter': {'encryption_context': {'team': '1'}}";
            let page = asked(&world, &format!("{filter}, 'limit': 50, 'order': '{order}'{at}")).expect("a page");
            pages.extend(numbers(&page));
            let (Some(Value::Int(behind)), Some(Value::Bool(more))) = (page.member("next"), page.member("more")) else {
                panic!("{page:?}")
            };
            next = Some(*behind);
            if !more {
                break;
            }
        }
        if order == "newest" {
            pages.reverse();
        } else {
            assert_eq!(next, Some(701));
        }
        assert_eq!(pages, all, "{order}");
    }
}

#[test]
fn an_index_by_key_finds_what_reading_all_records_finds() {
    let world = world(usize::MAX);
    let keys: Vec<String> = (0..5).map(|_| key(&world)).collect();
    for round in 0..1500 {
        encrypt(&world, &keys[round * round % 5], "x", if round % 7 == 0 { Some(MALLORY) } else { None }).ok();
    }
    let all = world.records(0).records;
    for key in &keys {
        let expected = all.iter().filter(|(_, record)| {
            let asked = record.checks().iter().map(|check| check.resource.to_string());
            record.resources().iter().map(|resource| resource.arn.to_string()).chain(asked).any(|arn| arn == *key)
        });
        let expected: Vec<i64> = expected.map(|(number, _)| i64::try_from(*number).expect("a number")).collect();
        assert_eq!(found(&world, &format!("{{'key': '{key}'}}")), expected);
    }
}

#[test]
fn a_fork_has_the_records_of_its_world_and_goes_on_alone() {
    let world = world(300);
    let key = key(&world);
    for _ in 0..298 {
        encrypt(&world, &key, "blue", None).expect("a ciphertext");
    }
    let fork = world.fork([1; 32]);
    let before: Vec<String> = world.records(0).records.iter().map(|(_, record)| record.to_json()).collect();
    assert_eq!(fork.records(0).records.iter().map(|(_, record)| record.to_json()).collect::<Vec<_>>(), before);
    for _ in 0..10 {
        encrypt(&fork, &key, "red", None).expect("a ciphertext");
    }
    assert_eq!((fork.records(0).dropped, world.records(0).dropped), (9, 0));
    assert_eq!(world.records(0).records.iter().map(|(_, record)| record.to_json()).collect::<Vec<_>>(), before);
    assert!(found(&world, "{'encryption_context': {'team': 'red'}}").is_empty());
}

#[test]
fn a_world_that_begins_again_has_no_records_and_says_to_followers_that_it_goes_on() {
    let world = world(10);
    key(&world);
    world.reset([0; 32]);
    let records = world.records(0);
    assert_eq!((records.records.len(), records.dropped, records.oldest), (0, 0, 2));
    key(&world);
    assert_eq!(found(&world, "{}"), [2]);
}
