//! Records as files, and files as records; and filter patterns over both.

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World, wire};

const NOW: Time = Time::from_millis(1_800_000_000_000);

fn json(text: &str) -> Value {
    wire::from_json(text.replace('\'', "\"").as_bytes()).expect(text)
}

fn ask(world: &World, question: &str) -> Value {
    world.audit(&json(question), NOW).unwrap_or_else(|error| panic!("{question}: {error}"))
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.member(name).and_then(Value::as_text).unwrap_or_default()
}

fn list(value: &Value, name: &str) -> Vec<Value> {
    let Some(Value::List(values)) = value.member(name) else { panic!("{name} of {value:?}") };
    values.clone()
}

/// Calls in two accounts, two Regions and three windows of five minutes.
fn story() -> World {
    let seed = Some(b"exchange".to_vec().into());
    let world = World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32]);
    for (region, caller) in
        [("us-east-1", "111122223333"), ("eu-west-1", "111122223333"), ("us-east-1", "444455556666")]
    {
        let made = world.call("CreateKey", Value::from([]), Some(region), Some(caller), NOW).reply.expect("a key");
        let key = made.member("KeyMetadata").and_then(|data| data.member("Arn")).cloned().expect("an ARN");
        world.advance(Span::from_millis(299_999), NOW).expect("a later time");
        for operation in ["DescribeKey", "DisableKey"] {
            let input = Value::from([("KeyId", key.clone())]);
            world.call(operation, input, Some(region), Some(caller), NOW).reply.expect(operation);
        }
    }
    world
}

#[test]
fn trail_files_have_the_names_of_a_bucket_and_every_record_once() {
    let world = story();
    let all = list(&ask(&world, "{'question': 'records'}"), "records");
    let answer = ask(&world, "{'question': 'export', 'form': 'trail'}");
    let mut found = Vec::new();
    let files = list(&answer, "files");
    for file in &files {
        let name = text(file, "name");
        let records = list(&wire::from_json(text(file, "text").as_bytes()).expect("JSON"), "Records");
        assert_eq!(file.member("records"), Some(&Value::Int(i64::try_from(records.len()).expect("a number"))));
        for record in &records {
            let (account, region) = (text(record, "recipientAccountId"), text(record, "awsRegion"));
            let folder =
                format!("AWSLogs/{account}/CloudTrail/{region}/2027/01/15/{account}_CloudTrail_{region}_20270115T08");
            let rest = name.strip_prefix(&folder).unwrap_or_else(|| panic!("{name} {folder}"));
            let (minute, rest) = rest.split_at(4);
            assert!(minute.ends_with("Z_") && minute[..2].parse::<u8>().is_ok_and(|minute| minute % 5 == 0), "{name}");
            let unique = rest.strip_suffix(".json.gz").expect("a packed file");
            assert!(unique.len() == 16 && unique.bytes().all(|sign| sign.is_ascii_alphanumeric()), "{name}");
        }
        found.extend(records);
    }
    assert_eq!((files.len(), found.len(), all.len()), (5, 9, 9));
    assert!(all.iter().all(|record| found.contains(record)));
    assert_eq!(answer, ask(&world, "{'question': 'export'}"));
    // Whoever stops goes on where he stopped.
    let first = ask(&world, "{'question': 'export', 'limit': 4}");
    assert_eq!((first.member("next"), first.member("more")), (Some(&Value::Int(4)), Some(&Value::Bool(true))));
    let rest = ask(&world, "{'question': 'export', 'after': 4}");
    assert_eq!((rest.member("count"), rest.member("next")), (Some(&Value::Int(5)), Some(&Value::Int(9))));
}

#[test]
fn lines_stand_in_the_order_of_time() {
    let world = story();
    let answer = ask(&world, "{'question': 'export', 'form': 'lines', 'filter': {'account': '111122223333'}}");
    let records: Vec<Value> =
        text(&answer, "text").lines().map(|line| wire::from_json(line.as_bytes()).expect("JSON")).collect();
    assert_eq!(records.len(), 6);
    let times: Vec<_> = records.iter().map(|record| (text(record, "eventTime"), text(record, "eventID"))).collect();
    assert!(times.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{times:?}");
    assert_eq!(list(&ask(&world, "{'question': 'export', 'form': 'lookup'}"), "events").len(), 9);
    let refused = world.audit(&json("{'question': 'export', 'form': 'csv'}"), NOW);
    assert!(refused.is_err_and(|error| error.to_string().contains("question.form: must be trail, lines or lookup")));
}

#[test]
fn what_was_exported_answers_the_same_questions_where_it_is_imported() {
    let world = story();
    let empty = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32]);
    let files = list(&ask(&world, "{'question': 'export'}"), "files");
    let question = Value::from([
        ("question", Value::from("import")),
        ("into", Value::from("prod")),
        ("files", Value::List(files)),
    ]);
    let brought = empty.audit(&question, NOW).expect("an import");
    assert_eq!((brought.member("added"), brought.member("skipped")), (Some(&Value::Int(9)), Some(&Value::Int(0))));
    for filter in [
        "{}",
        "{'operation': 'DisableKey'}",
        "{'account': '444455556666', 'read_only': true}",
        "{'region': 'eu-west-1'}",
        "{'caller': 'arn:aws:iam::111122223333:*'}",
        "{'pattern': '{ $.eventName = D* && $.recipientAccountId = 444455556666 }'}",
        "{'from': '2027-01-15T08:06:00Z'}",
    ] {
        let question = |of: &str| format!("{{'question': 'export', 'form': 'lines'{of}, 'filter': {filter}}}");
        let (own, foreign) = (ask(&world, &question("")), ask(&empty, &question(", 'of': 'prod'")));
        assert_eq!(text(&own, "text"), text(&foreign, "text"), "{filter}");
        assert!(!text(&own, "text").is_empty(), "{filter}");
    }
    let lookup = "{'question': 'lookup', 'input': {}, 'account': '111122223333', 'region': 'eu-west-1'";
    let names = |answer: &Value| {
        list(answer, "Events").iter().map(|event| text(event, "EventName").to_owned()).collect::<Vec<_>>()
    };
    let (own, foreign) = (ask(&world, &format!("{lookup}}}")), ask(&empty, &format!("{lookup}, 'of': 'prod'}}")));
    assert_eq!((names(&own).len(), names(&own)), (3, names(&foreign)));
    let holds = ask(&empty, "{'question': 'assert', 'of': 'prod', 'operation': 'DisableKey', 'times': 3}");
    assert_eq!(holds.member("holds"), Some(&Value::Bool(true)));
    let fork = empty.fork([1; 32]);
    ask(&empty, "{'question': 'import', 'into': 'prod', 'forget': true}");
    assert!(empty.audit(&json("{'question': 'records', 'of': 'prod'}"), NOW).is_err());
    assert_eq!(list(&ask(&fork, "{'question': 'records', 'of': 'prod'}"), "records").len(), 9);
}

#[test]
fn records_of_old_versions_and_other_services_are_read() {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32]);
    let old = r#"{"eventVersion":"1.02","userIdentity":{"type":"AssumedRole","principalId":"AROA:run","arn":"arn:aws:sts::111122223333:assumed-role/App/run","accountId":"111122223333","accessKeyId":"ASIA","sessionContext":{"attributes":{},"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/path/App","userName":"App"}}},"eventTime":"2014-11-04T00:52:37Z","eventSource":"kms.amazonaws.com","eventName":"Decrypt","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.0","userAgent":"AWS Internal","requestParameters":{"encryptionContext":{"team":"blue"}},"responseElements":null,"requestID":"11111111-1111-4111-8111-000000000062","eventID":"22222222-2222-4222-8222-000000000062","readOnly":true,"resources":[{"ARN":"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","accountId":"111122223333"}],"eventType":"AwsApiCall","recipientAccountId":"111122223333"}"#;
    let deep = format!("{{\"eventSource\":\"ecs.amazonaws.com\",\"x\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    let file = format!("\u{feff}{{\"Records\": [{old}, {deep}]}}");
    let brought = world.import_trail(None, file.as_bytes()).expect("an import");
    assert_eq!(brought, json("{'into': 'imported', 'added': 1, 'skipped': 1, 'records': 1}"));
    let lines = [old.replace("1.02", "1.08"), old.replace("1.02", "1.11")].join("\n");
    world.import_trail(None, lines.as_bytes()).expect("an import");
    let event = Value::from([("CloudTrailEvent", Value::from(old))]);
    let events = wire::to_json(&Value::from([("Events", Value::List(vec![event]))]));
    let brought = world.import_trail(None, &events).expect("an import");
    assert_eq!(brought.member("records"), Some(&Value::Int(4)));
    for filter in [
        "{'operation': 'Decrypt', 'encryption_context': {'team': 'blue'}}",
        "{'key': '1234abcd-12ab-34cd-56ef-1234567890ab'}",
        "{'caller': 'arn:aws:iam::111122223333:role/path/App'}",
        "{'caller': '111122223333', 'outcome': 'ok', 'read_only': true}",
        "{'request_id': '11111111-1111-4111-8111-000000000062'}",
    ] {
        let found = ask(&world, &format!("{{'question': 'records', 'of': 'imported', 'filter': {filter}}}"));
        assert_eq!(list(&found, "records").len(), 4, "{filter}");
    }
    for (file, why) in [
        (&b"\x1f\x8b\x08"[..], "unpack a .gz file"),
        (b"{\"Records\": [{", "a part of it is missing"),
        (b"{\"Records\": [{}]}", "file: has a record (number 1) that is not a record of CloudTrail"),
        (b"hello", "is not JSON with records in it"),
        (br#"{"eventSource":"kms.amazonaws.com","eventVersion":"2.0"}"#, "the version '2.0'"),
        (br#"{"eventSource":"kms.amazonaws.com","eventVersion":"1.08","eventName":"Decrypt"}"#, "has no eventTime"),
    ] {
        let refused = world.import_trail(None, file).expect_err(why).to_string();
        assert!(refused.contains(why), "{refused}");
    }
    let brought = ask(&world, "{'question': 'records', 'of': 'imported'}");
    assert_eq!(list(&brought, "records").len(), 4);
}

#[test]
fn a_filter_pattern_is_tried_on_records() {
    let world = story();
    let matched = ask(
        &world,
        "{'question': 'matches', 'pattern': '{ ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }'}",
    );
    assert_eq!((matched.member("count"), matched.member("tested")), (Some(&Value::Int(3)), Some(&Value::Int(9))));
    let brought = ask(&world, "{'question': 'matches', 'pattern': 'ERROR', 'records': [{'a': 'ERROR 1'}, {'a': 'b'}]}");
    assert_eq!(brought.member("numbers"), Some(&json("[1]")));
    let refused = world.audit(&json("{'question': 'matches', 'pattern': '{ $.a = }'}"), NOW).expect_err("a refusal");
    assert!(refused.to_string().contains("question.pattern: lacks a value before '}'"), "{refused}");
}

#[test]
fn what_is_kept_is_set_while_a_world_runs() {
    let world = story();
    assert_eq!(world.audit_options().to_value().member("kept"), Some(&Value::Int(10_000)));
    world.set_audit(&json("{'kept': 3, 'inSnapshots': true}")).expect("options");
    assert_eq!((world.records(0).records.len(), world.records(0).dropped), (3, 6));
    assert!(world.audit_options().in_snapshots && world.audit_options().throttled);
    world.set_audit(&json("{'kept': 'none'}")).expect("options");
    world.call("ListKeys", Value::from([]), None, None, NOW).reply.expect("keys");
    world.set_audit(&json("{'kept': 'all'}")).expect("options");
    world.call("ListKeys", Value::from([]), None, None, NOW).reply.expect("keys");
    assert_eq!((world.records(0).records.len(), world.audit_options().kept), (1, usize::MAX));
    for (options, why) in [
        ("{'keep': 1}", "audit.keep: is not known here: there are kept, throttled"),
        ("{'kept': -1}", "audit.kept: must be how many"),
        ("{'kept': 'some'}", "audit.kept: must be how many"),
        ("{'throttled': 1}", "audit.throttled: must be true or false"),
    ] {
        let refused = world.set_audit(&json(options)).expect_err(options).to_string();
        assert!(refused.contains(why), "{refused}");
    }
}

#[test]
fn a_snapshot_has_the_records_if_it_is_asked_to() {
    let world = story();
    let restore = |world: &World| {
        let bytes = world.snapshot(&[3; 32]).expect("a snapshot");
        World::restore(&bytes, &[3; 32], CryptoProvider::default(), [4; 32]).expect("a world")
    };
    assert_eq!(list(&ask(&restore(&world), "{'question': 'records'}"), "records").len(), 0);
    world.set_audit(&json("{'inSnapshots': true, 'kept': 5}")).expect("options");
    let restored = restore(&world);
    assert_eq!(restored.audit_options(), world.audit_options());
    for filter in ["{}", "{'operation': 'DisableKey'}", "{'account': '444455556666'}"] {
        let question = format!("{{'question': 'records', 'filter': {filter}}}");
        let (before, after) = (ask(&world, &question), ask(&restored, &question));
        assert_eq!(
            (before.member("records"), before.member("numbers")),
            (after.member("records"), after.member("numbers"))
        );
    }
    restored.call("ListKeys", Value::from([]), None, None, NOW).reply.expect("keys");
    let all = ask(&restored, "{'question': 'records'}");
    assert_eq!(all.member("numbers"), Some(&json("[6, 7, 8, 9, 10]")));
    // And again, with records of both kinds.
    assert_eq!(ask(&restore(&restored), "{'question': 'records'}").member("records"), all.member("records"));
}

#[test]
fn a_world_of_an_earlier_instant_has_the_records_until_then() {
    let mut options = Options { now: Some(NOW), history: 100, ..Options::default() };
    options.audit.kept = 1000;
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    for _ in 0..600 {
        world.call("ListKeys", Value::from([]), None, None, NOW).reply.expect("keys");
        world.advance(Span::from_millis(1000), NOW).expect("a later time");
    }
    let then = world.at(Time::from_millis(NOW.millis() + 299_500), NOW, [1; 32]).expect("a world");
    assert_eq!(then.records(0).records.len(), 300);
    then.call("ListKeys", Value::from([]), None, None, NOW).reply.expect("keys");
    assert_eq!(then.records(0).records.last().map(|(number, _)| *number), Some(301));
    assert_eq!(world.records(0).records.len(), 600);
}

#[test]
fn calls_that_were_throttled_are_recorded_unless_nobody_wants_them() {
    let world = story();
    world.set(&json("{'request-quotas': 1, 'request/ListKeys': 1}"), NOW).expect("settings");
    let throttled = || {
        let call = || world.call("ListKeys", Value::from([]), None, None, NOW).reply;
        (0..100).any(|_| call().is_err_and(|error| error.exception.name() == "ThrottlingException"))
    };
    let recorded = || {
        let answer = ask(&world, "{'question': 'records', 'filter': {'error': 'ThrottlingException'}}");
        list(&answer, "records").len()
    };
    assert!(throttled());
    assert_eq!(recorded(), 1);
    world.set_audit(&json("{'throttled': false}")).expect("options");
    assert!(throttled());
    assert_eq!(recorded(), 1);
}
