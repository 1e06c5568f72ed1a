//! Tests of what others see while changes show late: the profile `aws` and single lags.

use super::{Options, World};
use crate::{
    crypto::CryptoProvider,
    lags::Lag,
    state::Due,
    time::{Span, Time},
    wire::Value,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);

fn world(settings: &[(&str, Value)]) -> World {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32]);
    set(&world, settings);
    world
}

fn set(world: &World, settings: &[(&str, Value)]) {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    world.set(&settings, NOW).expect("settings");
}

fn asked(world: &World, operation: &str, input: &[(&str, &Value)]) -> Result<Value, String> {
    let input = input.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect();
    let reply = world.call(operation, input, None, None, NOW);
    reply.reply.map_err(|error| error.message.unwrap_or_default())
}

fn made(world: &World) -> Value {
    let made = asked(world, "CreateKey", &[]).expect("a key");
    made.member("KeyMetadata").and_then(|data| data.member("Arn")).cloned().expect("an ARN")
}

fn described(world: &World, key: &Value, member: &str) -> Result<Value, String> {
    let told = asked(world, "DescribeKey", &[("KeyId", key)])?;
    Ok(told.member("KeyMetadata").and_then(|data| data.member(member)).cloned().unwrap_or(Value::Null))
}

fn pass(world: &World, millis: i64) {
    world.advance(Span::from_millis(millis), NOW).expect("a time");
}

fn describe(world: &World, key: &Value, text: &str) {
    let input = [("KeyId", key), ("Description", &Value::from(text))];
    drop(asked(world, "UpdateKeyDescription", &input).expect("a description"));
}

#[test]
fn a_new_key_is_not_found_until_it_shows_and_the_deadline_says_when() {
    let world = world(&[("consistency", Value::from("aws"))]);
    let key = made(&world);
    assert_eq!(world.next_deadline(), Some(NOW.after(Span::from_millis(2000))));
    pass(&world, 1999);
    let missing = format!("Key '{}' does not exist", key.as_text().unwrap_or_default());
    assert_eq!(described(&world, &key, "KeyState"), Err(missing));
    let [shows] = world.deadlines(10)[..] else { panic!("one change shows") };
    assert_eq!((shows.at, shows.what), (NOW.after(Span::from_millis(2000)), Due::Visible(Lag::NewKey)));
    pass(&world, 1);
    assert_eq!(described(&world, &key, "KeyState"), Ok(Value::from("Enabled")));
    assert_eq!((world.next_deadline(), world.deadlines(10)), (None, vec![]));
}

#[test]
fn of_two_changes_under_way_each_shows_at_its_own_instant() {
    let world = world(&[("lag/key-attributes", Value::Int(10))]);
    let key = made(&world);
    let seen = || described(&world, &key, "Description").expect("a key");
    describe(&world, &key, "one");
    pass(&world, 6);
    describe(&world, &key, "two");
    let shown: Vec<_> = (0..3).map(|_| (seen(), pass(&world, 4)).0).collect();
    assert_eq!(shown, [Value::from(""), Value::from("one"), Value::from("one")]);
    assert_eq!(seen(), Value::from("two"));
}

#[test]
fn a_change_that_would_show_after_a_later_one_never_does() {
    let world = world(&[("lag/key-attributes", Value::Int(10))]);
    let key = made(&world);
    let seen = || described(&world, &key, "Description").expect("a key");
    describe(&world, &key, "one");
    set(&world, &[("lag/key-attributes", Value::Int(5))]);
    describe(&world, &key, "two");
    pass(&world, 4);
    assert_eq!(seen(), Value::from(""));
    pass(&world, 1);
    assert_eq!((seen(), world.next_deadline()), (Value::from("two"), None));
}

#[test]
fn a_world_without_lags_any_more_shows_everything_at_once() {
    let world = world(&[("consistency", Value::from("aws-worst"))]);
    let key = made(&world);
    pass(&world, 120_000);
    drop(asked(&world, "DisableKey", &[("KeyId", &key)]).expect("success"));
    drop(asked(&world, "EnableKey", &[("KeyId", &key)]).expect("success"));
    drop(asked(&world, "RotateKeyOnDemand", &[("KeyId", &key)]).expect("success"));
    drop(asked(&world, "DisableKey", &[("KeyId", &key)]).expect("success"));
    let seen = |member| described(&world, &key, member).expect("a key");
    let (state, material) = (seen("KeyState"), seen("CurrentKeyMaterialId"));
    assert_eq!(state, Value::from("Enabled"));
    set(&world, &[("consistency", Value::Null)]);
    assert_eq!((seen("KeyState"), world.next_deadline()), (Value::from("Disabled"), None));
    assert_ne!(seen("CurrentKeyMaterialId"), material);
}

#[test]
fn what_is_hidden_stays_so_in_a_fork_and_in_a_snapshot() {
    let world = world(&[("lag/new-key", Value::Int(10)), ("lag/key-policy", Value::Int(10_000))]);
    let key = made(&world);
    let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    for copy in [world.fork([0; 32]), restored, world] {
        assert!(described(&copy, &key, "Arn").is_err());
        assert_eq!(copy.next_deadline(), Some(NOW.after(Span::from_millis(10))));
        pass(&copy, 10);
        assert_eq!(described(&copy, &key, "Arn"), Ok(key.clone()));
    }
}
