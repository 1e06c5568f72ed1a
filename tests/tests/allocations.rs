//! How often the core asks for memory: exact numbers, the same on every machine, so a test can hold them.

use pocket_kms::{CryptoProvider, Options, Time, Value, World};
use pocket_kms_test_heap::{Watched, allocations};

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
    let rows = [
        ("Encrypt", encrypt, 16),
        ("Decrypt", Value::from([("CiphertextBlob", blob)]), 16),
        ("GenerateDataKey", Value::from([("KeyId", id.clone()), ("KeySpec", "AES_256".into())]), 18),
        ("DescribeKey", Value::from([("KeyId", id)]), 30),
        ("Sign", Value::from(sign), 20),
    ];
    let counted = rows.map(|(operation, input, most)| (operation, count(&world, operation, &input), most));
    assert!(counted.iter().all(|(_, count, most)| count <= most), "operation, allocations, limit: {counted:?}");
}
