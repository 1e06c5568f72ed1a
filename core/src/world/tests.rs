//! What a world promises to its host.

use super::*;
use crate::{
    call::{Answerable, HostAnswer},
    error::Exception,
    shapes::KeySpec,
    state::{Change, SnapshotError},
    time::Span,
};

const START: Time = Time::from_millis(1_800_000_000_000);

fn world() -> World {
    let options = Options { seed: Some(b"test".to_vec().into()), now: Some(START), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn call(world: &World, operation: &str, input: Value) -> Result<Value, Error> {
    world.call(operation, input, None, None, Time::default()).reply
}

fn text(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).expect("a text").to_owned()
}

fn new_key(world: &World) -> String {
    let reply = call(world, "CreateKey", Value::Map(Vec::new())).expect("a key");
    text(&reply, &["KeyMetadata", "KeyId"])
}

fn encrypt(world: &World, key: &str) -> Result<Value, Error> {
    let input = [("KeyId", Value::from(key)), ("Plaintext", Value::Blob(b"hello".to_vec()))];
    call(world, "Encrypt", Value::from(input))
}

fn decrypt(world: &World, blob: &Value) -> Result<Value, Error> {
    call(world, "Decrypt", Value::from([("CiphertextBlob", blob.clone())]))
}

#[test]
fn what_is_encrypted_is_decrypted() {
    let world = world();
    let sealed = encrypt(&world, &new_key(&world)).expect("a ciphertext");
    let opened = decrypt(&world, sealed.member("CiphertextBlob").expect("a blob")).expect("a plaintext");
    assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&b"hello"[..]));
}

#[test]
fn seven_days_after_its_deletion_was_scheduled_a_key_is_gone() {
    let world = world();
    let key = new_key(&world);
    let sealed = encrypt(&world, &key).expect("a ciphertext");
    let window = [("KeyId", Value::from(key.as_str())), ("PendingWindowInDays", Value::Int(7))];
    call(&world, "ScheduleKeyDeletion", Value::from(window)).expect("a deletion date");
    world.advance(Span::from_days(7), Time::default()).expect("a time that the clock reaches");
    for refused in [encrypt(&world, &key), decrypt(&world, sealed.member("CiphertextBlob").expect("a blob"))] {
        assert_eq!(refused.expect_err("a refusal").exception, Exception::NotFoundException);
    }
    assert!(world.changes(0).entries.iter().any(|entry| matches!(entry.cause, Cause::Due(_))));
}

#[test]
fn a_seeded_world_repeats_itself() {
    let replies = || {
        let world = world();
        let key = new_key(&world);
        let reply = encrypt(&world, &key).expect("a ciphertext");
        (key, reply)
    };
    assert_eq!(replies(), replies());
}

#[test]
fn forks_go_their_own_ways() {
    let world = world();
    let fork = world.fork([0; 32]);
    let (here, there) = (new_key(&world), new_key(&fork));
    assert_ne!(here, there);
    assert!(encrypt(&world, &here).is_ok() && encrypt(&fork, &here).is_err());
}

/// What a world that has no seed draws, once it has been given this entropy.
fn drawn_after(seed: Option<&str>, entropy: u8) -> Value {
    let seed = seed.map(|seed| seed.as_bytes().to_vec().into());
    let world = World::new(Options { seed, ..Options::default() }, CryptoProvider::default(), [1; 32]);
    world.reseed([entropy; 32]);
    call(&world, "GenerateRandom", Value::from([("NumberOfBytes", Value::Int(32))])).expect("random bytes")
}

#[test]
fn a_copy_of_a_world_draws_otherwise_once_it_is_reseeded_unless_it_has_a_seed() {
    assert_eq!(drawn_after(None, 2), drawn_after(None, 2));
    assert_ne!(drawn_after(None, 2), drawn_after(None, 3));
    assert_eq!(drawn_after(Some("s"), 2), drawn_after(Some("s"), 3));
}

#[test]
fn a_snapshot_opens_with_its_root_key_alone() {
    let world = world();
    let sealed = encrypt(&world, &new_key(&world)).expect("a ciphertext");
    let bytes = world.snapshot(&[7; 32]).expect("a snapshot");
    let wrong = World::restore(&bytes, &[8; 32], CryptoProvider::default(), [2; 32]);
    assert_eq!(wrong.err(), Some(SnapshotError::RootKey));
    let error = |bytes: &[u8]| World::restore(bytes, &[7; 32], CryptoProvider::default(), [2; 32]).err();
    let mut changed = bytes.clone();
    changed[100] ^= 1;
    assert_eq!(error(&changed), Some(SnapshotError::RootKey));
    assert_eq!(error(b"{\"format\":\"another\"}\n"), Some(SnapshotError::Format));
    assert_eq!(error(&bytes[..100]), Some(SnapshotError::Format));
    let newer = String::from_utf8_lossy(&bytes[..40]).replace("snapshot 2", "snapshot 3");
    assert_eq!(error(newer.as_bytes()), Some(SnapshotError::Newer));
    let again = World::restore(&bytes, &[7; 32], CryptoProvider::default(), [2; 32]).expect("a world");
    assert!(decrypt(&again, sealed.member("CiphertextBlob").expect("a blob")).is_ok());
}

#[test]
fn the_journal_has_the_order_in_which_changes_were_applied() {
    let world = world();
    let key = new_key(&world);
    let describe = |text: &str| {
        let input = [("KeyId", Value::from(key.as_str())), ("Description", Value::from(text))];
        call(&world, "UpdateKeyDescription", Value::from(input)).expect("a description");
    };
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || (0..50).for_each(|turn| describe(&format!("{thread} {turn}"))));
        }
    });
    let mut replayed = Kms::default();
    for entry in world.changes(0).entries {
        replayed.replay(&entry.changes);
    }
    let rows = |kms: &Kms| kms.state().rows().map(|row| format!("{:?}", row.open())).collect::<Vec<_>>();
    assert_eq!(rows(&replayed), rows(&world.seen()));
}

/// The step of a call for a new RSA key, once the host has answered with these bytes.
fn rsa_key_from(world: &World, answer: Option<&[u8]>) -> Progress {
    let input = [("KeySpec", Value::from("RSA_2048")), ("KeyUsage", Value::from("SIGN_VERIFY"))];
    let call = world.begin("CreateKey", Value::from(input), None, None, Time::default());
    let mut call = call.expect("the caller and the Region are read");
    world.host_answers(Answerable::default().keys(true));
    call.answers = world.answers();
    if let Some(bytes) = answer {
        let key = HostAnswer::GeneratedKey(bytes.to_vec().into());
        call.answers.add(Question::GenerateKey(KeySpec::Rsa2048), Ok(key));
    }
    world.step(&mut call)
}

#[test]
fn an_answer_that_is_no_key_of_the_spec_is_refused_and_changes_nothing() {
    let options = Options { now: Some(START), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    assert!(matches!(rsa_key_from(&world, None), Progress::Ask(Question::GenerateKey(KeySpec::Rsa2048))));
    let mut random = Random::from_entropy(&[3; 32]);
    let longer = CryptoProvider::default().rsa.generate(3072, &mut random).expect("a key");
    let three = rsa::RsaPrivateKey::new_with_exp(&mut random, 2048, rsa::BoxedUint::from(3_u8)).expect("a key");
    let three = pkcs8::EncodePrivateKey::to_pkcs8_der(&three).expect("PKCS #8");
    for foreign in [&b"garbage"[..], b"", &longer, three.as_bytes()] {
        let Progress::Done(answer) = rsa_key_from(&world, Some(foreign)) else { panic!("asked twice") };
        let error = answer.reply.expect_err("a refusal");
        assert_eq!(error.exception, Exception::KMSInternalException);
        assert_eq!(error.message.as_deref(), Some(FOREIGN));
    }
    assert!(world.changes(0).entries.is_empty());
}

const FOREIGN: &str = "The host was asked to generate a key of the spec RSA_2048, but answered with something else";

#[test]
fn a_seeded_world_never_asks() {
    assert!(matches!(rsa_key_from(&world(), None), Progress::Done(answer) if answer.reply.is_ok()));
}

#[test]
fn an_http_request_is_answered() {
    let world = world();
    let authorization = "AWS4-HMAC-SHA256 Credential=000000000001/20261122/eu-west-1/kms/aws4_request, Signature=0";
    let headers = [("X-Amz-Target", "TrentService.CreateKey"), ("Authorization", authorization)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec();
    let request = Request::new("POST", "/", headers, b"{}".to_vec());
    let response = world.http(&request, Time::default());
    let body = String::from_utf8(response.body.clone()).expect("text");
    assert_eq!(response.status, 200, "{body}");
    assert!(body.contains("arn:aws:kms:eu-west-1:000000000001:key/"), "{body}");
}

/// Every secret that a state holds.
fn secrets(kms: &Kms) -> Vec<Vec<u8>> {
    let held = kms.state().rows().filter_map(|row| match row {
        Change::Secrets { row: Some(row), .. } => row.secret.as_ref().map(|secret| secret.expose().to_vec()),
        _ => None,
    });
    held.collect()
}

#[test]
fn neither_the_journal_nor_a_snapshot_keeps_a_secret_after_its_death() {
    let world = world();
    let key = new_key(&world);
    let pair = [("KeySpec", Value::from("ECC_NIST_P256")), ("KeyUsage", Value::from("SIGN_VERIFY"))];
    let pair = text(&call(&world, "CreateKey", Value::from(pair)).expect("a key"), &["KeyMetadata", "KeyId"]);
    let external = call(&world, "CreateKey", Value::from([("Origin", Value::from("EXTERNAL"))])).expect("a key");
    let external = text(&external, &["KeyMetadata", "KeyId"]);
    let parameters = [
        ("KeyId", Value::from(external.as_str())),
        ("WrappingAlgorithm", Value::from("RSAES_OAEP_SHA_256")),
        ("WrappingKeySpec", Value::from("RSA_2048")),
    ];
    call(&world, "GetParametersForImport", Value::from(parameters)).expect("parameters");
    encrypt(&world, &key).expect("a ciphertext");
    let dying = secrets(&world.seen());
    assert!(dying.len() >= 3, "material of two keys, and what seals the import tokens of the third");
    for key in [&key, &pair, &external] {
        let window = [("KeyId", Value::from(key.as_str())), ("PendingWindowInDays", Value::Int(7))];
        call(&world, "ScheduleKeyDeletion", Value::from(window)).expect("a deletion date");
    }
    world.advance(Span::from_days(7), Time::default()).expect("a time that the clock reaches");
    assert_eq!(secrets(&world.seen()), [[0; 0]; 0]);
    let journal: Vec<Change> = world.changes(0).entries.iter().flat_map(|entry| entry.changes.clone()).collect();
    assert!(journal.iter().any(|change| matches!(change, Change::Secrets { .. })));
    let kept = |change: &Change| matches!(change, Change::Secrets { row: Some(row), .. } if row.secret.is_some());
    assert!(!journal.iter().any(kept));
    let (restored, host) =
        Kms::restore(&world.snapshot(&[7; 32]).expect("a snapshot"), &[7; 32], CryptoProvider::default())
            .expect("a world");
    assert_eq!(secrets(&restored), [[0; 0]; 0]);
    // Nor does what the world is to draw next tell of what it has drawn.
    for secret in &dying {
        assert!(!host.windows(secret.len()).any(|part| part == secret.as_slice()));
    }
    let mut replayed = Kms::default();
    replayed.replay(&journal);
    let rows = |kms: &Kms| kms.state().rows().map(|row| format!("{row:?}")).collect::<Vec<_>>();
    assert_eq!(rows(&replayed), rows(&world.seen()));
}

#[test]
fn whoever_reads_the_journal_late_learns_what_was_missed() {
    let world = world();
    let key = new_key(&world);
    let describe = |text: &str| {
        let input = [("KeyId", Value::from(key.as_str())), ("Description", Value::from(text))];
        call(&world, "UpdateKeyDescription", Value::from(input)).expect("a description");
    };
    let created = world.changes(0);
    assert_eq!((created.oldest, created.entries.len()), (1, 1));
    assert!(created.entries[0].changes.len() > 1, "a call is one entry, however much it changes");
    let seen = created.entries[0].basis + created.entries[0].changes.len() as u64;
    describe("one");
    let Changes { oldest, entries } = world.changes(seen);
    assert_eq!((oldest, entries.len(), entries[0].basis), (1, 1, seen));
    assert!(matches!(entries[0].cause, Cause::Call { operation: "UpdateKeyDescription", .. }));
    assert_eq!(world.changes(seen + 1).entries.len(), 0);
    // A fork has the revision of its parent, and none of its past.
    assert_eq!(world.fork([0; 32]).changes(0).oldest, seen + 2);
}

#[test]
fn what_falls_due_is_entered_at_its_own_instant() {
    let world = world();
    for days in [7, 9] {
        let window = [("KeyId", Value::from(new_key(&world))), ("PendingWindowInDays", Value::Int(days))];
        call(&world, "ScheduleKeyDeletion", Value::from(window)).expect("a deletion date");
    }
    world.advance(Span::from_days(30), Time::default()).expect("a time that the clock reaches");
    let entries = world.changes(0).entries;
    let due: Vec<Time> =
        entries.iter().filter(|entry| matches!(entry.cause, Cause::Due(_))).map(|entry| entry.time).collect();
    assert_eq!(due, [7, 9].map(|days| START.after(Span::from_days(days))));
}

#[test]
fn a_panic_in_another_thread_leaves_a_world_that_goes_on() {
    let world = world();
    let key = new_key(&world);
    std::thread::scope(|scope| {
        let panicking = scope.spawn(|| {
            let _kms = world.write();
            let _journal = lock(&world.journal);
            let _host = lock(&world.host);
            panic!("while everything is locked");
        });
        assert!(panicking.join().is_err());
    });
    assert!(encrypt(&world, &key).is_ok());
    assert_eq!(world.marks(0).marks.len(), 1);
}
