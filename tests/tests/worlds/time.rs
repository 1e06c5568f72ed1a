//! What time brings to a world: the same whoever comes upon it, each thing as an event of its own instant, and the last uses
//! of its keys are known to all who come later.

use pocket_kms::{
    CryptoProvider, Options, Span, Time, Value, World,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
};

use crate::{DAY, T0, advance, call, decrypt, delete, encrypt, key, on, text, told, world};

fn days(days: i64) -> Time {
    T0.after(Span::from_days(days))
}

fn created(world: &World, name: &'static str, value: Value) -> String {
    let made = call(world, "CreateKey", Value::from([(name, value)])).expect("a key");
    text(&made, &["KeyMetadata", "KeyId"]).to_owned()
}

/// A request with a key and one member more.
fn with(key: &str, name: &'static str, value: Value) -> Value {
    Value::from([("KeyId", Value::from(key)), (name, value)])
}

#[test]
fn what_falls_due_is_the_same_whether_the_clock_or_a_call_comes_upon_it() {
    // LIF-460, LIF-409: a rotation asks nobody and draws nothing.
    let twin = || {
        let options = Options { seed: Some(b"twins".to_vec().into()), ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let made = world.call("CreateKey", Value::from([]), None, None, T0).reply.expect("a key");
        let id = text(&made, &["KeyMetadata", "KeyId"]).to_owned();
        let schedule = with(&id, "RotationPeriodInDays", Value::Int(90));
        world.call("EnableKeyRotation", schedule, None, None, T0).reply.expect("a schedule");
        (world, id)
    };
    let ((turned, id), (asked, _)) = (twin(), twin());
    turned.advance(Span::from_days(100), T0).expect("a later time");
    let events = |world: &World| world.changes(0).events(0);
    assert_eq!((events(&turned).len(), events(&asked).len()), (1, 0));
    let described = |world: &World, host_now| world.call("DescribeKey", on(&id), None, None, host_now).reply;
    let (one, other) = (described(&turned, T0), described(&asked, days(100)));
    assert_eq!(one, other);
    assert_eq!(events(&turned), events(&asked));
    assert_eq!(told(&turned), told(&asked));
    let records = |world: &World| world.records(0).records.iter().map(|(_, one)| one.to_json()).collect::<Vec<_>>();
    assert_eq!(records(&turned).len(), 4, "CreateKey, EnableKeyRotation, RotateKey, DescribeKey");
    assert_eq!(records(&turned), records(&asked));
}

/// Imports material that expires.
fn import(world: &World, key: &str, until: Time) {
    let wrapping = [("WrappingAlgorithm", "RSAES_OAEP_SHA_256"), ("WrappingKeySpec", "RSA_2048"), ("KeyId", key)];
    let wrapping = wrapping.map(|(name, text)| (name, Value::from(text)));
    let parameters = call(world, "GetParametersForImport", Value::from(wrapping)).expect("parameters");
    let member = |name| parameters.member(name).cloned().expect(name);
    let public = member("PublicKey");
    let public = CryptoProvider::default().rsa.load_public(public.as_bytes().expect("bytes")).expect("an RSA key");
    let mut random = Random::from_entropy(&[1; 32]);
    let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), &[7; 32], &mut random).expect("a key that fits");
    let input = [
        ("KeyId", Value::from(key)),
        ("ImportToken", member("ImportToken")),
        ("EncryptedKeyMaterial", Value::Blob(sealed)),
        ("ValidTo", Value::Time(until)),
    ];
    call(world, "ImportKeyMaterial", Value::from(input)).expect("material");
}

#[test]
fn each_thing_that_time_brings_is_an_event_of_its_own_instant() {
    let world = world("events", 0);
    let second = |count: i64| Value::Int(count * 1000);
    let lags = [
        ("lag/multi-region-sync", second(60)),
        ("lag/on-demand-rotation", second(5)),
        ("lag/replica-creating", second(30)),
    ];
    let (rotating, doomed) = (key(&world), key(&world));
    let (related, imported) =
        (created(&world, "MultiRegion", Value::Bool(true)), created(&world, "Origin", Value::from("EXTERNAL")));
    import(&world, &imported, days(10));
    world.set(&Value::from(lags), T0).expect("settings");
    let period = |key: &str| with(key, "RotationPeriodInDays", Value::Int(90));
    call(&world, "EnableKeyRotation", period(&rotating)).expect("a schedule");
    call(&world, "RotateKeyOnDemand", on(&rotating)).expect("a rotation");
    delete(&world, &doomed, 7);
    call(&world, "ReplicateKey", with(&related, "ReplicaRegion", Value::from("eu-west-1"))).expect("a replica");
    call(&world, "EnableKeyRotation", period(&related)).expect("a schedule");
    advance(&world, 100);
    let millis = |event: &Value| match event.member("time") {
        Some(Value::Time(time)) => time.millis() - T0.millis(),
        other => panic!("{other:?}"),
    };
    let events = world.changes(0).events(0);
    let told: Vec<_> = events.iter().map(|event| (text(event, &["kind"]), millis(event))).collect();
    let day = DAY.millis();
    let expected = [
        ("on_demand_rotation", 5_000),
        ("ready", 30_000),
        // The replica shows the schedule of its primary key.
        ("visible", 60_000),
        ("deletion", 7 * day),
        ("expiry", 10 * day),
        ("rotation", 90 * day),
        // All related keys have the new material before any of them uses it (LIF-244).
        ("rotation", 90 * day + 60_000),
    ];
    assert_eq!(told, expected);
    let subjects: Vec<_> = events.iter().map(|event| format!("{:?}", event.member("subject"))).collect();
    for (subject, about) in
        subjects.iter().zip([&rotating, &related, "multi-region-sync", &doomed, &imported, &rotating, &related])
    {
        assert!(subject.contains(about), "{subject} is not about {about}");
    }
}

#[test]
fn the_last_use_of_a_key_is_saved_forked_and_kept_by_history() {
    let world = world("last use", 100);
    let id = key(&world);
    let sealed = encrypt(&world, &id).expect("a ciphertext");
    let last = |world: &World| {
        let told = call(world, "GetKeyLastUsage", on(&id)).expect("a last use");
        told.member("KeyLastUsage").cloned().expect("a structure")
    };
    let first = last(&world);
    assert_eq!(text(&first, &["Operation"]), "Encrypt");
    advance(&world, 1);
    decrypt(&world, &sealed).expect("a plaintext");
    let second = last(&world);
    assert_eq!(text(&second, &["Operation"]), "Decrypt");
    let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    for copy in [world.fork([2; 32]), restored, world.at(days(1), T0, [3; 32]).expect("now")] {
        assert_eq!(last(&copy), second);
    }
    let past = world.at(T0, T0, [4; 32]).expect("a fork of the past");
    assert_eq!(last(&past), first);
    assert_eq!(last(&world), second, "nobody has moved anything here");
}

#[test]
fn a_use_of_a_key_changes_nothing_in_the_world() {
    let world = world("readers", 0);
    let id = key(&world);
    let (entries, revision) = (world.changes(0).entries.len(), told(&world).len());
    let sealed = encrypt(&world, &id).expect("a ciphertext");
    decrypt(&world, &sealed).expect("a plaintext");
    assert_eq!(world.changes(0).entries.len(), entries, "no change of the state, so no revision");
    assert_eq!(told(&world).len(), revision + 2, "two marks, and nothing else");
}
