//! How often the core asks for memory, and how much it keeps: exact numbers, the same on every machine, so a test can hold them.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use pocket_kms_test_heap::{Watched, allocations, kept};

#[global_allocator]
static HEAP: Watched = Watched;

fn call(world: &World, operation: &str, input: Value) -> Value {
    world.call(operation, input, None, None, Time::default()).reply.expect(operation)
}

fn key(world: &World, spec: &str, usage: &str) -> Value {
    let made = call(world, "CreateKey", Value::from([("KeySpec", spec.into()), ("KeyUsage", usage.into())]));
    made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("an id").clone()
}

/// How often a call allocates whose input is already built. What is made once for a whole process is made before.
fn count(world: &World, operation: &str, input: &Value) -> usize {
    let counted = || {
        let input = input.clone();
        let (count, answer) = allocations(|| world.call(operation, input, None, None, Time::default()));
        answer.reply.expect(operation);
        count
    };
    counted();
    counted()
}

#[test]
fn a_call_allocates_no_more_than_it_must() {
    let options =
        Options { seed: Some(b"allocations".to_vec().into()), now: Some(Time::default()), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let (id, signing) =
        (key(&world, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"), key(&world, "ECC_NIST_P256", "SIGN_VERIFY"));
    let plaintext = Value::Blob(vec![7; 1024]);
    let encrypt = Value::from([("KeyId", id.clone()), ("Plaintext", plaintext.clone())]);
    let blob = call(&world, "Encrypt", encrypt.clone()).member("CiphertextBlob").cloned().unwrap_or_default();
    let sign = [("KeyId", signing), ("Message", plaintext), ("SigningAlgorithm", "ECDSA_SHA_256".into())];
    // About half of them are for the record of the call and for the metrics.
    let rows = [
        ("Encrypt", encrypt, 29),
        ("Decrypt", Value::from([("CiphertextBlob", blob)]), 29),
        ("GenerateDataKey", Value::from([("KeyId", id.clone()), ("KeySpec", "AES_256".into())]), 29),
        ("DescribeKey", Value::from([("KeyId", id)]), 36),
        ("Sign", Value::from(sign), 28),
    ];
    let counted = rows.map(|(operation, input, most)| (operation, count(&world, operation, &input), most));
    assert!(counted.iter().all(|(_, count, most)| count <= most), "operation, allocations, limit: {counted:?}");
}

/// How many bytes a world keeps of each of many calls.
fn bytes_of_a_call(records: usize) -> isize {
    const CALLS: isize = 1000;
    let mut options =
        Options { seed: Some(b"bytes".to_vec().into()), now: Some(Time::default()), ..Options::default() };
    options.audit.kept = records;
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let id = key(&world, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    let context = Value::from([("Department", Value::from("Engineering")), ("Project", Value::from("Alpha"))]);
    let context = ("EncryptionContext", context);
    let encrypt = [("KeyId", id.clone()), ("Plaintext", Value::Blob(vec![7; 32])), context.clone()];
    let blob = call(&world, "Encrypt", Value::from(encrypt)).member("CiphertextBlob").cloned().unwrap_or_default();
    let decrypt = Value::from([("CiphertextBlob", blob), context, ("KeyId", id)]);
    let (bytes, ()) = kept(|| (0..CALLS).for_each(|_| drop(call(&world, "Decrypt", decrypt.clone()))));
    bytes / CALLS
}

#[test]
fn the_record_of_a_decrypt_with_two_pairs_takes_a_kibibyte_at_most() {
    let (with, without) = (bytes_of_a_call(usize::MAX), bytes_of_a_call(0));
    assert!((1..=1024).contains(&(with - without)), "{with} bytes with records, {without} without");
}
