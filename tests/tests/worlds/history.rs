//! A world as it was, and as it will be (section 10.1 of lifecycle.md).

use pocket_kms::{Exception, Time, Value, World, state::Mark, world::NoHistory};

use crate::{DAY, T0, advance, call, decrypt, delete, encrypt, key, on, text, world};

fn at(world: &World, time: Time) -> Result<World, NoHistory> {
    world.at(time, T0, [9; 32])
}

fn exists(world: &World, key: &str) -> bool {
    call(world, "DescribeKey", on(key)).is_ok()
}

fn days(days: i64) -> Time {
    T0.after(pocket_kms::Span::from_days(days))
}

#[test]
fn a_fork_of_the_past_has_what_was_there_and_goes_its_own_way() {
    let world = world("past", 100);
    let first = key(&world);
    let sealed = encrypt(&world, &first).expect("a ciphertext");
    advance(&world, 1);
    let second = key(&world);
    delete(&world, &first, 7);
    advance(&world, 20);
    assert!(!exists(&world, &first) && decrypt(&world, &sealed).is_err());
    let before = at(&world, days(0)).expect("a fork");
    assert!(exists(&before, &first) && !exists(&before, &second) && decrypt(&before, &sealed).is_ok());
    assert_eq!((before.now(days(300)), before.is_frozen()), (days(0), true), "its clock stands still");
    let dying = at(&world, days(3)).expect("a fork");
    let state = |world: &World| {
        text(&call(world, "DescribeKey", on(&first)).expect("a key"), &["KeyMetadata", "KeyState"]).to_owned()
    };
    assert_eq!(state(&dying), "PendingDeletion");
    call(&dying, "CancelKeyDeletion", on(&first)).expect("a key that lives on");
    advance(&dying, 30);
    assert!(exists(&dying, &first) && !exists(&world, &first));
    let due = days(8);
    assert!(exists(&at(&world, Time::from_millis(due.millis() - 1)).expect("a fork"), &first));
    assert!(!exists(&at(&world, due).expect("a fork"), &first), "what falls due at the instant is settled");
}

#[test]
fn every_state_that_a_call_has_left_can_be_had_by_its_revision() {
    let world = world("revisions", 100);
    let revision =
        |world: &World| world.changes(0).entries.last().map_or(0, |entry| entry.basis + entry.changes.len() as u64);
    let mut seen = vec![(revision(&world), 0)];
    for count in 1..5 {
        advance(&world, 1);
        key(&world);
        seen.push((revision(&world), count));
    }
    for (revision, count) in &seen {
        let fork = world.at_revision(*revision, [1; 32]).expect("a fork");
        let listed = call(&fork, "ListKeys", Value::from([])).expect("keys");
        assert!(
            matches!(listed.member("Keys"), Some(Value::List(keys)) if keys.len() == *count),
            "{revision} {listed:?}"
        );
        assert_eq!(fork.now(T0), days(i64::try_from(*count).expect("a number")));
    }
    let (newest, _) = seen[4];
    let error = |revision| world.at_revision(revision, [1; 32]).err();
    assert_eq!(error(newest + 1), Some(NoHistory::Revision { before: Some(newest), behind: None }));
    let within = NoHistory::Revision { before: Some(seen[0].0), behind: Some(seen[1].0) };
    assert_eq!(error(seen[1].0 - 1), Some(within), "within a call");
}

#[test]
fn a_world_without_history_has_a_future_and_no_past() {
    let world = world("off", 0);
    let id = key(&world);
    delete(&world, &id, 7);
    advance(&world, 1);
    assert_eq!(at(&world, days(0)).err(), Some(NoHistory::Off));
    assert_eq!(world.at_revision(1, [1; 32]).err(), Some(NoHistory::Off));
    assert!(exists(&at(&world, days(1)).expect("now"), &id));
    let later = at(&world, days(7)).expect("the future");
    assert!(!exists(&later, &id) && exists(&world, &id));
    assert_eq!(later.changes(0).events(0).len(), 1, "the fork tells what has fallen due until then");
}

#[test]
fn history_is_bounded_and_can_be_forgotten() {
    let world = world("bounded", 3);
    for _ in 0..6 {
        advance(&world, 1);
        key(&world);
    }
    assert!(at(&world, days(4)).is_ok());
    assert_eq!(at(&world, days(3)).err(), Some(NoHistory::Before(Some(days(4)))));
    world.keep_history(1);
    assert_eq!(at(&world, days(5)).err(), Some(NoHistory::Before(Some(days(6)))));
    advance(&world, 1);
    assert!(at(&world, days(6)).is_ok());
    world.keep_history(0);
    assert_eq!(at(&world, days(6)).err(), Some(NoHistory::Off));
}

#[test]
fn a_fork_of_the_past_knows_the_last_use_of_then() {
    let world = world("uses", 100);
    let id = key(&world);
    let mut used = Vec::new();
    for _ in 0..3 {
        advance(&world, 1);
        encrypt(&world, &id).expect("a ciphertext");
        used.push(world.now(T0));
    }
    let last = |world: &World| world.meters().rows().first().map(Mark::at);
    assert_eq!(last(&world), Some(used[2]));
    assert_eq!(last(&at(&world, days(2)).expect("a fork")), Some(used[1]));
    assert_eq!(last(&at(&world, Time::from_millis(days(1).millis() - 1)).expect("a fork")), None);
}

#[test]
fn a_fork_of_the_past_comes_to_the_same_by_itself() {
    let world = world("same", 100);
    let id = key(&world);
    delete(&world, &id, 7);
    advance(&world, 30);
    let fork = at(&world, T0).expect("a fork");
    advance(&fork, 30);
    assert!(!exists(&fork, &id));
    let due = |world: &World| world.changes(0).entries.last().map(|entry| (entry.time, format!("{:?}", entry.cause)));
    assert_eq!(due(&fork), due(&world));
    // Neither has moved anything in the other.
    assert_eq!(call(&world, "DescribeKey", on(&id)).expect_err("gone").exception, Exception::NotFoundException);
}

#[test]
fn history_looks_into_a_run_of_rotations() {
    let world = world("run", 100);
    let id = key(&world);
    let period = [("KeyId", Value::from(id.as_str())), ("RotationPeriodInDays", Value::Int(90))];
    call(&world, "EnableKeyRotation", Value::from(period)).expect("a schedule");
    let dying = key(&world);
    delete(&world, &dying, 30);
    advance(&world, 3650);
    let sealed = encrypt(&world, &id).expect("a ciphertext");
    let events = world.changes(0).events(0);
    let kinds: Vec<&str> = events.iter().map(|event| text(event, &["kind"])).collect();
    assert!(kinds.contains(&"rotation") && kinds.contains(&"deletion"), "{events:?}");
    let times: i64 = events
        .iter()
        .filter(|event| text(event, &["kind"]) == "rotation")
        .map(|event| match event.member("times") {
            Some(Value::Int(times)) => *times,
            _ => 1,
        })
        .sum();
    assert_eq!(times, 40, "{events:?}");
    let due = world.changes(0).to_values(0).into_iter().filter_map(|change| change.member("due").cloned());
    let due: Vec<Value> = due.filter(|due| *due != Value::Null).collect();
    assert!(due.iter().any(|due| text(due, &["kind"]) == "rotation"), "{due:?}");
    let dates = |world: &World| {
        let limit = [("KeyId", Value::from(id.as_str())), ("Limit", Value::Int(1000))];
        let listed = call(world, "ListKeyRotations", Value::from(limit)).expect("a list");
        match listed.member("Rotations") {
            Some(Value::List(rotations)) => rotations
                .iter()
                .map(|one| (one.member("RotationDate").cloned(), one.member("KeyMaterialId").cloned()))
                .collect::<Vec<_>>(),
            _ => panic!("{listed:?}"),
        }
    };
    let whole = dates(&world);
    for (day, count, lives) in [(29, 0, true), (30, 0, false), (90, 1, false), (1000, 11, false), (3650, 40, false)] {
        let then = at(&world, days(day)).expect("a fork");
        assert_eq!((dates(&then).as_slice(), exists(&then, &dying)), (&whole[..count], lives), "day {day}");
        advance(&then, 3650 - day);
        assert_eq!(dates(&then), whole, "the same instants, with the same materials");
        assert!(decrypt(&then, &sealed).is_ok());
    }
}

#[test]
fn a_world_that_begins_again_has_a_new_history() {
    let world = world("reset", 100);
    let id = key(&world);
    world.reset([0; 32]);
    assert!(!exists(&at(&world, T0).expect("a fork"), &id));
    assert!(at(&world, Time::from_millis(T0.millis() - 1)).is_err());
    key(&world);
    world.advance(DAY, T0).expect("a day");
    assert!(at(&world, T0).is_ok());
}

#[test]
fn a_running_world_has_history_from_its_first_change_on() {
    let options = pocket_kms::Options { history: 100, ..pocket_kms::Options::default() };
    let world = World::new(options, pocket_kms::CryptoProvider::default(), [1; 32]);
    let made = |host_now: Time| {
        let reply = world.call("CreateKey", Value::from([]), None, None, host_now).reply.expect("a key");
        text(&reply, &["KeyMetadata", "KeyId"]).to_owned()
    };
    assert_eq!(world.at(T0, days(1), [1; 32]).err(), Some(NoHistory::Before(None)));
    let (one, other) = (made(days(1)), made(days(2)));
    let then = world.at(days(1), days(3), [1; 32]).expect("a fork");
    assert!(exists(&then, &one) && !exists(&then, &other));
    assert_eq!(world.at(T0, days(3), [1; 32]).err(), Some(NoHistory::Before(Some(days(1)))));
}
