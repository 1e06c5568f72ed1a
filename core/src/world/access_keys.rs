//! Access keys: registered, told without their secrets, and named in requests.

use super::{Options, World};
use crate::{crypto::CryptoProvider, error::Error, http::Request, time::Time, wire::Value};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const ALICE: &str = "arn:aws:iam::111122223333:user/Alice";

/// What is registered, without secrets.
fn told(world: &World) -> Value {
    world.directory().member("accessKeys").cloned().unwrap_or(Value::Map(Vec::new()))
}

fn register(world: &World, keys: Value) -> Result<(), Error> {
    world.register(&Value::from([("accessKeys", keys)]), NOW)
}

fn world() -> World {
    World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32])
}

fn key(members: &[(&'static str, &str)]) -> Value {
    members.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect()
}

#[test]
fn access_keys_are_told_without_their_secrets_and_the_journal_has_none_either() {
    let world = world();
    let keys = [
        ("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE), ("secret", "a very secret text")])),
        ("test", key(&[("principal", "444455556666")])),
    ];
    register(&world, Value::from(keys)).expect("access keys");
    let expected = Value::from([
        ("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE)])),
        ("test", key(&[("principal", "444455556666")])),
    ]);
    assert_eq!(told(&world), expected);
    let entries = world.changes(0).entries;
    assert_eq!((entries.len(), entries[0].changes.len()), (1, 3));
    assert!(!format!("{entries:?}{world:?}").contains("very secret"));
    register(&world, Value::from([("test", Value::Null)])).expect("access keys");
    assert_eq!(told(&world), Value::from([("AKIAIOSFODNN7EXAMPLE", key(&[("principal", ALICE)]))]));
}

#[test]
fn a_registered_id_names_its_principal_until_it_is_removed() {
    let world = world();
    let who = || {
        let credential = "AWS4-HMAC-SHA256 Credential=test/20270115/us-east-1/sts/aws4_request";
        let headers = vec![("Authorization".to_owned(), credential.as_bytes().to_vec())];
        let request = Request::new("POST", "/", headers, b"Action=GetCallerIdentity&Version=2011-06-15".to_vec());
        String::from_utf8(world.http(&request, NOW).body.clone()).expect("text")
    };
    assert!(who().contains("arn:aws:iam::111122223333:root"));
    register(&world, Value::from([("test", key(&[("principal", ALICE)]))])).expect("access keys");
    assert!(who().contains(ALICE), "{}", who());
    register(&world, Value::from([("test", Value::Null)])).expect("access keys");
    assert!(who().contains("arn:aws:iam::111122223333:root"));
}

#[test]
fn forks_and_snapshots_have_the_access_keys_and_nothing_is_registered_of_a_list_with_an_error() {
    let world = world();
    let keys = [("good", key(&[("principal", ALICE)])), ("b a d", key(&[("principal", ALICE)]))];
    assert!(register(&world, Value::from(keys)).is_err());
    assert!(register(&world, Value::from("good")).is_err());
    assert_eq!(told(&world), Value::Map(Vec::new()));
    register(&world, Value::from([("good", key(&[("principal", ALICE), ("secret", "s")]))])).expect("one");
    let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    for copy in [world.fork([0; 32]), restored] {
        assert_eq!(told(&copy), told(&world));
    }
    world.reset([0; 32]);
    assert_eq!(told(&world), Value::Map(Vec::new()));
}
