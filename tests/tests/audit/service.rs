//! What KMS does by itself, as records tell it.

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World};

use super::shape::{NOW, call, key, named, records, text};

const DAY: i64 = 86_400_000;

fn world() -> World {
    let seed = Some(b"service events".to_vec().into());
    World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32])
}

fn on(key: &str) -> Value {
    Value::from([("KeyId", Value::from(key))])
}

fn names(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| text(record, &["eventName"])).collect()
}

#[test]
fn a_rotation_is_told_at_the_instant_at_which_it_was_due() {
    let world = world();
    let arn = key(&world, &[]);
    call(
        &world,
        "EnableKeyRotation",
        Value::from([("KeyId", Value::from(&*arn)), ("RotationPeriodInDays", Value::Int(90))]),
    );
    world.advance(Span::from_days(200), NOW).expect("later");
    call(&world, "DescribeKey", on(&arn));
    let records = records(&world);
    assert_eq!(names(&records), ["CreateKey", "EnableKeyRotation", "RotateKey", "RotateKey", "DescribeKey"]);
    let instants = [&records[2], &records[3]].map(|record| text(record, &["eventTime"]).to_owned());
    let due = |days: i64| Time::from_millis(NOW.millis() + days * DAY).to_string().replace(".000Z", "Z");
    assert_eq!(instants, [due(90), due(180)]);
    let details = |at: usize, name| text(&records[at], &["serviceEventDetails", name]).to_owned();
    assert_eq!(details(2, "currentKeyMaterialId"), details(3, "previousKeyMaterialId"));
    let made = text(&records[0], &["responseElements", "keyMetadata", "currentKeyMaterialId"]).to_owned();
    assert_eq!(details(2, "previousKeyMaterialId"), made);
    assert!(named(&records, "RotateKey").iter().all(|record| record.member("requestID").is_none()));
}

/// A record of a name, and the only one.
#[track_caller]
fn only<'r>(records: &'r [Value], name: &str) -> &'r Value {
    let found = named(records, name);
    let [one] = found[..] else { panic!("{name}: {found:?}") };
    one
}

#[test]
fn what_a_call_causes_follows_its_own_record_and_shares_its_request() {
    let world = world();
    let arn = key(&world, &[("MultiRegion", Value::Bool(true))]);
    let tags = [("TagKey", Value::from("team")), ("TagValue", Value::from("blue"))];
    let input = [
        ("KeyId", Value::from(&*arn)),
        ("ReplicaRegion", Value::from("eu-west-1")),
        ("Tags", Value::List(vec![Value::from(tags)])),
    ];
    call(&world, "ReplicateKey", Value::from(input));
    let records = records(&world);
    assert_eq!(names(&records), ["CreateKey", "ReplicateKey", "CreateKey", "SynchronizeMultiRegionKey"]);
    let [_, replicated, created, synchronized] = &records[..] else { panic!("four records") };
    assert_eq!(created.member("requestID"), replicated.member("requestID"));
    assert!(created.member("eventID") != replicated.member("eventID"));
    assert_eq!(text(created, &["userIdentity", "invokedBy"]), "kms.amazonaws.com");
    assert_eq!(text(created, &["awsRegion"]), "eu-west-1");
    let replica = arn.replace("us-east-1", "eu-west-1");
    assert_eq!(text(created, &["responseElements", "keyMetadata", "arn"]), replica);
    let asked = created.member("requestParameters").expect("parameters");
    let shown: Vec<&str> = match asked {
        Value::Map(members) => members.iter().map(|(name, _)| &**name).collect(),
        _ => panic!("{asked:?}"),
    };
    let expected = [
        "description",
        "keyUsage",
        "customerMasterKeySpec",
        "keySpec",
        "origin",
        "bypassPolicyLockoutSafetyCheck",
        "tags",
        "multiRegion",
    ];
    assert_eq!(shown, expected);
    assert_eq!(text(synchronized, &["eventType"]), "AwsApiCall");
    assert_eq!(text(synchronized, &["userIdentity", "invokedBy"]), "AWS Internal");
    assert!(synchronized.member("requestID").is_some());
}

#[test]
fn a_new_primary_region_has_a_record_of_its_own_without_resources() {
    let world = world();
    let arn = key(&world, &[("MultiRegion", Value::Bool(true))]);
    let replica = [("KeyId", Value::from(&*arn)), ("ReplicaRegion", Value::from("eu-west-1"))];
    call(&world, "ReplicateKey", Value::from(replica));
    let primary = [("KeyId", Value::from(&*arn)), ("PrimaryRegion", Value::from("eu-west-1"))];
    call(&world, "UpdatePrimaryRegion", Value::from(primary));
    let records = records(&world);
    let both = named(&records, "UpdatePrimaryRegion");
    let [old, new] = both[..] else { panic!("{both:?}") };
    assert_eq!((text(old, &["awsRegion"]), text(new, &["awsRegion"])), ("us-east-1", "eu-west-1"));
    assert_eq!(old.member("requestID"), new.member("requestID"));
    assert!(old.member("resources").is_some() && new.member("resources").is_none());
    assert_eq!(text(new, &["requestParameters", "keyId"]), arn.replace("us-east-1", "eu-west-1"));
}

#[test]
fn related_keys_rotate_once_and_are_synchronized() {
    let world = world();
    let arn = key(&world, &[("MultiRegion", Value::Bool(true))]);
    let replica = [("KeyId", Value::from(&*arn)), ("ReplicaRegion", Value::from("eu-west-1"))];
    call(&world, "ReplicateKey", Value::from(replica));
    call(&world, "EnableKeyRotation", on(&arn));
    call(&world, "EnableKeyRotation", on(&arn));
    call(&world, "RotateKeyOnDemand", on(&arn));
    world.advance(Span::from_days(366), NOW).expect("later");
    call(&world, "ListKeys", Value::from([]));
    let records = records(&world);
    let expected = [
        "CreateKey",
        "ReplicateKey",
        "CreateKey",
        "SynchronizeMultiRegionKey",
        "EnableKeyRotation",
        "SynchronizeMultiRegionKey",
        "EnableKeyRotation",
        "RotateKeyOnDemand",
        "RotateKey",
        "SynchronizeMultiRegionKey",
        "RotateKey",
        "SynchronizeMultiRegionKey",
        "ListKeys",
    ];
    assert_eq!(names(&records), expected);
    let kinds: Vec<&str> = named(&records, "RotateKey")
        .iter()
        .map(|record| text(record, &["serviceEventDetails", "rotationType"]))
        .collect();
    assert_eq!(kinds, ["ON_DEMAND", "AUTOMATIC"]);
    let ids: std::collections::BTreeSet<&str> = records.iter().map(|record| text(record, &["eventID"])).collect();
    assert_eq!(ids.len(), records.len(), "every record has an id of its own");
}

#[test]
fn a_rotation_that_was_missed_follows_the_call_that_lets_it_happen() {
    let world = world();
    let arn = key(&world, &[]);
    call(&world, "EnableKeyRotation", on(&arn));
    call(&world, "DisableKey", on(&arn));
    world.advance(Span::from_days(800), NOW).expect("later");
    call(&world, "EnableKey", on(&arn));
    let records = records(&world);
    assert_eq!(names(&records), ["CreateKey", "EnableKeyRotation", "DisableKey", "EnableKey", "RotateKey"]);
    let rotated = only(&records, "RotateKey");
    assert_eq!(rotated.member("eventTime"), records[3].member("eventTime"));
    assert_eq!(text(rotated, &["serviceEventDetails", "rotationType"]), "AUTOMATIC");
}

#[test]
fn the_first_use_of_a_service_creates_its_key() {
    let world = world();
    let sender = pocket_kms::arguments::sender(
        &Value::from("arn:aws:iam::111122223333:user/Alice"),
        &Value::from([("via", Value::from("secretsmanager.amazonaws.com"))]),
    );
    let input = [("KeyId", Value::from("alias/aws/secretsmanager")), ("KeySpec", Value::from("AES_256"))];
    let sender = sender.expect("a sender");
    world.call_from("GenerateDataKey", Value::from(input), None, &sender, NOW).reply.expect("a data key");
    let records = records(&world);
    assert_eq!(names(&records), ["GenerateDataKey", "CreateKey"]);
    let created = only(&records, "CreateKey");
    assert_eq!(text(created, &["userIdentity", "invokedBy"]), "secretsmanager.amazonaws.com");
    assert_eq!(text(created, &["responseElements", "keyMetadata", "keyManager"]), "AWS");
    assert!(text(created, &["requestParameters", "policy"]).contains("secretsmanager.us-east-1.amazonaws.com"));
}

#[test]
fn of_a_thousand_years_the_newest_rotations_are_told_and_the_others_are_counted() {
    let world = world();
    let arn = key(&world, &[]);
    call(&world, "EnableKeyRotation", on(&arn));
    world.advance(Span::from_days(365 * 1000), NOW).expect("later");
    call(&world, "DescribeKey", on(&arn));
    let records = records(&world);
    let rotations = named(&records, "RotateKey");
    assert_eq!((rotations.len(), world.records(0).records.last().map(|(number, _)| *number)), (32, Some(1003)));
    let last = text(rotations[31], &["serviceEventDetails", "currentKeyMaterialId"]);
    let described = call(&world, "DescribeKey", on(&arn));
    assert_eq!(text(&described, &["KeyMetadata", "CurrentKeyMaterialId"]), last);
}

#[test]
fn a_world_of_a_seed_tells_the_same_again() {
    let told = || {
        let world = world();
        let arn = key(&world, &[]);
        call(&world, "RotateKeyOnDemand", on(&arn));
        call(&world, "EnableKeyRotation", on(&arn));
        world.advance(Span::from_days(1000), NOW).expect("later");
        drop(world.call("ScheduleKeyDeletion", on(&arn), None, None, NOW));
        records(&world)
    };
    assert_eq!(told(), told());
}
