//! How often the core asks for memory, and how much it keeps: exact numbers, the same on every machine, so a test can hold them.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use pocket_kms_test_heap::{Watched, allocations, kept};
use pocket_kms_tests::worst_cases::bodies;

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

/// A world that keeps this many records of calls.
fn world(records: usize) -> World {
    let mut options =
        Options { seed: Some(b"allocations".to_vec().into()), now: Some(Time::default()), ..Options::default() };
    options.audit.kept = records;
    World::new(options, CryptoProvider::default(), [0; 32])
}

/// How often each of some calls allocates in a world that keeps this many records.
fn counts(records: usize) -> [(&'static str, usize); 5] {
    let world = world(records);
    let (id, signing) =
        (key(&world, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"), key(&world, "ECC_NIST_P256", "SIGN_VERIFY"));
    let plaintext = Value::Blob(vec![7; 1024]);
    let encrypt = Value::from([("KeyId", id.clone()), ("Plaintext", plaintext.clone())]);
    let blob = call(&world, "Encrypt", encrypt.clone()).member("CiphertextBlob").cloned().unwrap_or_default();
    let sign = [("KeyId", signing), ("Message", plaintext), ("SigningAlgorithm", "ECDSA_SHA_256".into())];
    [
        ("Encrypt", encrypt),
        ("Decrypt", Value::from([("CiphertextBlob", blob)])),
        ("GenerateDataKey", Value::from([("KeyId", id.clone()), ("KeySpec", "AES_256".into())])),
        ("DescribeKey", Value::from([("KeyId", id)])),
        ("Sign", Value::from(sign)),
    ]
    .map(|(operation, input)| (operation, count(&world, operation, &input)))
}

fn at_most(counted: [(&str, usize); 5], limits: [usize; 5]) {
    let held = counted.iter().zip(limits).all(|((_, count), limit)| *count <= limit);
    assert!(held, "operations and their allocations: {counted:?}, limits: {limits:?}");
}

#[test]
fn a_call_allocates_no_more_than_it_must() {
    at_most(counts(0), [16, 16, 16, 25, 15]);
}

#[test]
fn a_record_and_metrics_of_a_call_allocate_no_more_than_they_must() {
    at_most(counts(usize::MAX), [29, 29, 29, 36, 28]);
}

/// How many bytes a world keeps of each of many calls.
fn bytes_of_a_call(records: usize) -> isize {
    const CALLS: isize = 1000;
    let world = world(records);
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

#[test]
fn twice_the_body_allocates_at_most_two_and_a_half_times_as_often() {
    let world = bodies::world();
    let mut wrong = Vec::new();
    for (name, operation, make) in bodies::TABLE {
        let [once, twice] = [50_000, 100_000].map(|bytes| {
            let request = bodies::request(operation, make(bytes));
            allocations(|| bodies::answer(&world, &request)).0
        });
        if 2 * twice > 5 * once {
            wrong.push(format!("{name}: {once} blocks, and {twice} for twice the body"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
