//! RSA keys from the insecure pool: all different, the same for the same seed, and keys like all others.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use std::collections::BTreeSet;

fn world(seed: &str) -> World {
    let seed = Some(seed.as_bytes().to_vec().into());
    World::new(Options { seed, insecure_key_pool: true, ..Options::default() }, CryptoProvider::default(), [0; 32])
}

fn call(world: &World, operation: &str, input: Value) -> Value {
    let answer = world.call(operation, input, None, None, Time::default());
    answer.reply.unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn bytes(reply: &Value, member: &str) -> Vec<u8> {
    reply.member(member).and_then(Value::as_bytes).expect("a blob").to_vec()
}

/// A new key pair's id and public key.
fn new_key(world: &World, spec: &str) -> (Value, Vec<u8>) {
    let input = Value::from([("KeySpec", Value::from(spec)), ("KeyUsage", Value::from("SIGN_VERIFY"))]);
    let reply = call(world, "CreateKey", input);
    let id = reply.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().expect("an id");
    let public = bytes(&call(world, "GetPublicKey", Value::from([("KeyId", id.clone())])), "PublicKey");
    (id, public)
}

fn public_keys(world: &World, spec: &str, count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|_| new_key(world, spec).1).collect()
}

#[test]
fn every_key_of_a_world_is_different_and_a_seed_repeats_them() {
    for spec in ["RSA_2048", "RSA_3072", "RSA_4096"] {
        let keys = public_keys(&world("one"), spec, 40);
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 40, "{spec}");
        assert_eq!(public_keys(&world("one"), spec, 40), keys, "{spec}");
        let others = public_keys(&world("two"), spec, 40);
        assert!(others.iter().all(|key| !keys.contains(key)), "{spec}");
    }
}

#[test]
fn keys_stay_different_after_deletions_and_in_a_restored_world() {
    let first = world("one");
    let (id, public) = new_key(&first, "RSA_2048");
    call(&first, "ScheduleKeyDeletion", Value::from([("KeyId", id), ("PendingWindowInDays", Value::Int(7))]));
    first.advance(pocket_kms::Span::from_days(7), Time::default()).expect("a time that the clock reaches");
    let snapshot = first.snapshot(&[1; 32]).expect("a snapshot");
    let again = World::restore(&snapshot, &[1; 32], CryptoProvider::default(), [3; 32]).expect("a world");
    let (here, there) = (new_key(&first, "RSA_2048").1, new_key(&again, "RSA_2048").1);
    assert_eq!(here, there, "the restored world has the pool and its place in it");
    assert_ne!(here, public);
}

#[test]
fn what_a_key_from_the_pool_signs_it_verifies() {
    let world = world("one");
    for spec in ["RSA_2048", "RSA_3072", "RSA_4096"] {
        let (id, _) = new_key(&world, spec);
        let message = [
            ("KeyId", id),
            ("Message", Value::Blob(b"message".to_vec())),
            ("SigningAlgorithm", Value::from("RSASSA_PSS_SHA_256")),
        ];
        let signature = bytes(&call(&world, "Sign", Value::from(message.clone())), "Signature");
        let signed = message.into_iter().chain([("Signature", Value::Blob(signature))]);
        let verified = call(&world, "Verify", signed.collect());
        assert_eq!(verified.member("SignatureValid"), Some(&Value::Bool(true)));
    }
}

#[test]
fn data_key_pairs_come_from_the_pool_too() {
    let world = world("one");
    let reply = call(&world, "CreateKey", Value::Map(Vec::new()));
    let id = reply.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().expect("an id");
    let input = Value::from([("KeyId", id), ("KeyPairSpec", Value::from("RSA_4096"))]);
    let pairs: BTreeSet<_> =
        (0..20).map(|_| bytes(&call(&world, "GenerateDataKeyPair", input.clone()), "PublicKey")).collect();
    assert_eq!(pairs.len(), 20);
}
