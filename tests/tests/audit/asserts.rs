//! Assertions about records: which hold, and what they tell where they do not.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const ALICE: &str = "arn:aws:iam::111122223333:user/Alice";

/// A world with three ciphertexts under two keys, and a denial; the ARNs of the keys.
fn story() -> (World, [String; 2]) {
    let seed = Some(b"asserts".to_vec().into());
    let world = World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32]);
    let key = || {
        let made = world.call("CreateKey", Value::from([]), None, None, NOW).reply.expect("a key");
        let arn = made.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text);
        arn.expect("an ARN").to_owned()
    };
    let keys = [key(), key()];
    let encrypt = |key: &str, context: &str, caller: Option<&str>| {
        let input = format!("{{'KeyId': '{key}', 'Plaintext': 'aGVsbG8=' {context}}}");
        world.call("Encrypt", json(&input), None, caller, NOW).reply.is_ok()
    };
    assert!(encrypt(&keys[0], ", 'EncryptionContext': {'team': 'blue'}", Some(ALICE)));
    assert!(encrypt(&keys[0], ", 'EncryptionContext': {'team': 'red'}", None));
    assert!(encrypt(&keys[1], "", None));
    assert!(!encrypt(&keys[1], "", Some("arn:aws:iam::444455556666:user/Mallory")));
    (world, keys)
}

fn json(text: &str) -> Value {
    wire::from_json(text.replace('\'', "\"").as_bytes()).expect(text)
}

/// Whether an assertion holds, and its message.
fn asserted(world: &World, members: &str) -> (bool, String) {
    let answer = world.audit(&json(&format!("{{'question': 'assert', {members}}}")), NOW);
    let answer = answer.unwrap_or_else(|error| panic!("{members}: {error}"));
    let message = answer.member("message").and_then(Value::as_text).expect("a message").to_owned();
    (answer.member("holds") == Some(&Value::Bool(true)), message)
}

#[test]
fn each_rule_holds_or_does_not() {
    let (world, [one, other]) = story();
    for (members, holds) in [
        ("'operation': 'Encrypt'", true),
        ("'operation': 'Decrypt'", false),
        ("'operation': 'Encrypt', 'times': 4", true),
        ("'operation': 'Encrypt', 'times': 3", false),
        ("'operation': 'Encrypt', 'filter': {'outcome': 'ok'}, 'times': 3", true),
        ("'operation': 'Encrypt', 'at_least': 5", false),
        ("'operation': 'Encrypt', 'atMost': 4", true),
        ("'operation': 'Encrypt', 'atMost': 3", false),
        ("'operation': 'Decrypt', 'never': true", true),
        ("'filter': {'outcome': 'denied'}, 'never': true", false),
        ("'filter': {'outcome': 'denied', 'caller': '111122223333'}, 'never': true", true),
        ("'filter': {'outcome': 'denied'}, 'after': 6, 'never': true", true),
        (
            &format!(
                "'operation': 'Encrypt', 'filter': {{'key': '{one}'}}, 'all': {{'encryption_context': {{'team': null}}}}"
            ),
            true,
        ),
        ("'all': {'encryption_context': {'team': null}}", false),
        ("'operation': 'Decrypt', 'all': {'read_only': true}", true),
        ("'in_order': ['CreateKey', {'operation': 'Encrypt', 'caller': '*Alice'}, 'Encrypt']", true),
        ("'in_order': ['Encrypt', 'CreateKey']", false),
        (
            &format!(
                "'in_order': [{{'key': '{other}', 'operation': 'Encrypt'}}, {{'key': '{one}', 'operation': 'Encrypt'}}]"
            ),
            false,
        ),
    ] {
        assert_eq!(asserted(&world, members).0, holds, "{members}");
    }
}

#[test]
fn a_message_shows_the_nearest_records_and_where_they_differ() {
    let (world, [one, other]) = story();
    let id = |arn: &str| arn.rsplit('/').next().expect("an id").to_owned();
    let filter =
        format!("'operation': 'Encrypt', 'filter': {{'key': '{one}', 'encryption_context': {{'team': 'green'}}}}");
    let (_, message) = asserted(&world, &filter);
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(
        lines[0],
        format!(
            "expected a record of operation Encrypt, key {one}, encryption_context {{\"team\":\"green\"}}, found 0; the nearest:"
        )
    );
    let root = "arn:aws:iam::111122223333:root";
    let at = "2027-01-15T08:00:00Z";
    let differs = |team: &str| format!("encryption_context is {{\"team\":\"{team}\"}}, wanted {{\"team\":\"green\"}}");
    assert_eq!(lines[1], format!("  #4 {at} Encrypt by {root} on {}: {}", id(&one), differs("red")));
    assert_eq!(lines[2], format!("  #3 {at} Encrypt by {ALICE} on {}: {}", id(&one), differs("blue")));
    assert_eq!(lines.len(), 3, "{message}");
    let (_, message) = asserted(&world, "'filter': {'outcome': 'denied'}, 'never': true");
    assert!(message.starts_with("expected no record of outcome denied, found 1:\n  #6 "), "{message}");
    let shown = format!(
        "Encrypt by arn:aws:iam::444455556666:user/Mallory on {}, refused with AccessDenied (User: arn",
        id(&other)
    );
    assert!(message.contains(&shown), "{message}");
    let (_, message) = asserted(&world, "'all': {'encryption_context': {'team': null}}");
    assert!(message.contains("and 1 of 3 differ:\n  #5 "), "{message}");
    assert!(message.ends_with("encryption_context is no encryption context, wanted {\"team\":\"*\"}"), "{message}");
    let (_, message) = asserted(&world, "'in_order': ['Encrypt', 'CreateKey']");
    assert!(
        message.starts_with("expected record 2 of 2 to be of operation CreateKey, and there is none behind #3 "),
        "{message}"
    );
}

#[test]
fn an_action_that_two_accounts_are_told_of_counts_once() {
    let (world, [one, _]) = story();
    let policy = r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}"#;
    let input = Value::from([("KeyId", Value::from(&*one)), ("Policy", Value::from(policy))]);
    world.call("PutKeyPolicy", input, None, None, NOW).reply.expect("a policy");
    let caller = Some("arn:aws:iam::444455556666:root");
    world.call("DescribeKey", Value::from([("KeyId", Value::from(&*one))]), None, caller, NOW).reply.expect("a key");
    assert!(asserted(&world, "'operation': 'DescribeKey', 'times': 1").0);
    for account in ["111122223333", "444455556666"] {
        assert!(
            asserted(&world, &format!("'operation': 'DescribeKey', 'filter': {{'account': '{account}'}}, 'times': 1"))
                .0
        );
    }
    let records = world.audit(&json("{'question': 'records', 'filter': {'operation': 'DescribeKey'}}"), NOW);
    assert_eq!(records.expect("records").member("numbers").map(|numbers| numbers == &json("[8, 9]")), Some(true));
}

#[test]
fn what_cannot_be_asserted_says_why() {
    let (world, _) = story();
    for (members, why) in [
        ("'operation': 'encrypt'", "question.operation: 'encrypt' is written Encrypt"),
        ("'filter': {'kee': 'x'}", "filter.kee: is not known here: there are operation"),
        ("'time': 1", "question.time: is not known here"),
        ("'times': 1, 'never': true", "several rules"),
        ("'times': -1", "must be a whole number"),
        ("'in_order': []", "is empty"),
        ("'all': {'outcome': 'good'}", "all.outcome: must be ok"),
    ] {
        let refused = world.audit(&json(&format!("{{'question': 'assert', {members}}}")), NOW).expect_err(members);
        assert!(refused.message.as_ref().is_some_and(|message| message.contains(why)), "{members}: {refused}");
    }
    let mut options = Options { now: Some(NOW), ..Options::default() };
    options.audit.kept = 0;
    let silent = World::new(options, CryptoProvider::default(), [0; 32]);
    let refused = silent.audit(&json("{'question': 'assert', 'operation': 'Decrypt', 'never': true}"), NOW);
    assert!(refused.is_err_and(|error| error.to_string().contains("its audit is off")));
    let refused = world.audit(&json("{'question': 'who'}"), NOW);
    assert!(refused.is_err_and(|error| error.to_string().contains("assert")));
}
