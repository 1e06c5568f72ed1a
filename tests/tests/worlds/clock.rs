//! A clock that is set back is harmless, and no clock leaves the year 9999.

use pocket_kms::{Exception, Span, Time, Value, World, state::Mark};

use crate::{T0, advance, call, delete, encrypt, key, on, world};

fn days(days: i64) -> Time {
    T0.after(Span::from_days(days))
}

fn set(world: &World, time: Time) {
    world.set_time(time, T0);
}

fn exists(world: &World, key: &str) -> bool {
    call(world, "DescribeKey", on(key)).is_ok()
}

#[test]
fn a_deletion_happens_once_and_stays() {
    let world = world("deletion", 0);
    let (gone, waiting) = (key(&world), key(&world));
    delete(&world, &gone, 7);
    delete(&world, &waiting, 30);
    advance(&world, 10);
    set(&world, T0);
    assert!(!exists(&world, &gone) && exists(&world, &waiting));
    assert_eq!(world.next_deadline(), Some(days(30)), "what is to fall due stays where it is");
    advance(&world, 20);
    assert!(exists(&world, &waiting));
    advance(&world, 10);
    assert!(!exists(&world, &waiting));
    assert_eq!(world.changes(0).events(0).len(), 2);
}

/// The dates of a key's rotations, and the next one.
fn rotations(world: &World, key: &str) -> (Vec<Value>, Option<Value>) {
    let listed = call(world, "ListKeyRotations", on(key)).expect("a list");
    let Some(Value::List(rotations)) = listed.member("Rotations") else { panic!("{listed:?}") };
    let dates = rotations.iter().filter_map(|rotation| rotation.member("RotationDate").cloned()).collect();
    let status = call(world, "GetKeyRotationStatus", on(key)).expect("a status");
    (dates, status.member("NextRotationDate").cloned())
}

#[test]
fn a_rotation_happens_once_and_the_next_one_stays_due() {
    let world = world("rotation", 0);
    let id = key(&world);
    let period = [("KeyId", Value::from(id.as_str())), ("RotationPeriodInDays", Value::Int(90))];
    call(&world, "EnableKeyRotation", Value::from(period)).expect("a schedule");
    advance(&world, 100);
    let seen = rotations(&world, &id);
    assert_eq!(seen, (vec![Value::Time(days(90))], Some(Value::Time(days(180)))));
    let sealed = encrypt(&world, &id).expect("a ciphertext");
    set(&world, T0);
    assert_eq!(rotations(&world, &id), seen);
    assert!(crate::decrypt(&world, &sealed).is_ok(), "the material of a later time is there");
    advance(&world, 100);
    assert_eq!(rotations(&world, &id), seen);
    advance(&world, 80);
    assert_eq!(rotations(&world, &id).0.len(), 2);
    set(&world, T0);
    call(&world, "RotateKeyOnDemand", on(&id)).expect("a rotation");
    assert_eq!(rotations(&world, &id).0.len(), 3);
    assert!(crate::decrypt(&world, &sealed).is_ok());
}

#[test]
fn what_ends_a_transition_or_throttles_does_not_wait_for_ever() {
    let world = world("meters", 0);
    let limits = [("request-quotas", Value::Int(1)), ("request/ListKeys", Value::Int(1))];
    world.set(&Value::from(limits), T0).expect("settings");
    advance(&world, 10);
    for _ in 0..5 {
        drop(call(&world, "ListKeys", Value::from([])));
    }
    set(&world, T0);
    world.advance(Span::from_millis(2000), T0).expect("two seconds");
    assert!(call(&world, "ListKeys", Value::from([])).is_ok());
}

#[test]
fn the_last_use_is_the_latest_that_ever_was() {
    let world = world("uses", 0);
    let id = key(&world);
    advance(&world, 10);
    encrypt(&world, &id).expect("a ciphertext");
    set(&world, T0);
    encrypt(&world, &id).expect("a ciphertext");
    assert_eq!(world.meters().rows().first().map(Mark::at), Some(days(10)));
}

#[test]
fn an_import_token_is_good_until_its_own_instant() {
    let world = world("tokens", 0);
    let made = call(&world, "CreateKey", Value::from([("Origin", Value::from("EXTERNAL"))])).expect("a key");
    let id = crate::text(&made, &["KeyMetadata", "KeyId"]).to_owned();
    let parameters = [
        ("KeyId", Value::from(id.as_str())),
        ("WrappingAlgorithm", Value::from("RSAES_OAEP_SHA_256")),
        ("WrappingKeySpec", Value::from("RSA_2048")),
    ];
    let parameters = call(&world, "GetParametersForImport", Value::from(parameters)).expect("parameters");
    let import = || {
        let input = [
            ("KeyId", Value::from(id.as_str())),
            ("ImportToken", parameters.member("ImportToken").expect("a token").clone()),
            ("EncryptedKeyMaterial", Value::Blob(vec![1; 256])),
            ("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE")),
        ];
        call(&world, "ImportKeyMaterial", Value::from(input)).expect_err("no material").exception
    };
    advance(&world, 2);
    assert_eq!(import(), Exception::ExpiredImportTokenException);
    set(&world, T0);
    assert_eq!(import(), Exception::InvalidCiphertextException, "the token is good, and the material is not");
}

#[test]
fn history_counts_from_the_latest_instant_that_was_seen() {
    let world = world("history", 100);
    let first = key(&world);
    advance(&world, 100);
    let second = key(&world);
    set(&world, days(10));
    let third = key(&world);
    set(&world, days(200));
    let at = |time| world.at(time, T0, [1; 32]).expect("a fork");
    assert!(exists(&at(days(20)), &first) && !exists(&at(days(20)), &third), "the clock had seen day 100 by then");
    let later = at(days(100));
    assert!(exists(&later, &second) && exists(&later, &third));
}

#[test]
fn no_clock_leaves_the_year_9999() {
    let world = world("years", 0);
    let refusal = world.advance(Span::from_days(9000 * 365), T0).expect_err("a refusal");
    assert!(
        refusal.message.as_deref().is_some_and(|sentence| sentence.contains("9999-12-31T23:59:59.999Z")),
        "{refusal}"
    );
    assert_eq!(world.now(T0), T0, "and it stays where it is");
    set(&world, Time::LAST);
    let id = key(&world);
    delete(&world, &id, 7);
    assert!(world.advance(Span::from_millis(1), T0).is_err());
    assert!(encrypt(&world, &key(&world)).is_ok());
}

#[test]
fn rotations_end_with_the_year_9999() {
    let world = world("rotations to the end", 0);
    let id = key(&world);
    call(&world, "EnableKeyRotation", on(&id)).expect("a schedule");
    set(&world, Time::LAST);
    assert!(encrypt(&world, &id).is_ok());
    let (dates, _) = rotations(&world, &id);
    assert!(dates.len() >= 100, "{}", dates.len());
}

#[test]
fn an_instant_beyond_the_year_9999_is_no_instant_of_a_request() {
    let world = world("valid to", 0);
    for seconds in [Value::Int(253_402_300_800), Value::Float(1e300), Value::Int(i64::MIN)] {
        let input = [
            ("KeyId", Value::from("alias/a")),
            ("ImportToken", Value::Blob(vec![1])),
            ("EncryptedKeyMaterial", Value::Blob(vec![1])),
            ("ValidTo", seconds),
        ];
        let error = call(&world, "ImportKeyMaterial", Value::from(input)).expect_err("a refusal");
        assert_eq!(error.exception, Exception::SerializationException);
        assert!(error.message.as_deref().is_some_and(|sentence| sentence.contains("years 1 to 9999")), "{error}");
    }
}
