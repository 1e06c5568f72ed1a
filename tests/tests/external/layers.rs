//! Two layers of encryption, which neither side opens alone (section 6.3 of custom-key-stores.md).

use base64::prelude::{BASE64_STANDARD, Engine as _};
use pocket_kms::{Value, wire};

use super::{Story, blob, body, plaintext, text, told, toy::bytes};

fn decrypt(scene: &Story, sealed: &[u8], more: &[(&'static str, Value)]) -> Result<Value, pocket_kms::Error> {
    let input = [&[("CiphertextBlob", Value::Blob(sealed.to_vec()))], more].concat();
    scene.call("Decrypt", &input).reply
}

fn context(value: &str) -> Value {
    Value::Map(vec![("project".into(), value.into())])
}

/// CKS-454, CKS-209, CKS-455.
#[test]
fn a_blob_is_as_long_as_its_layers() {
    let (scene, key) = Story::with_key();
    for (iv, metadata) in [(12, 0), (12, 20), (16, 0), (16, 20)] {
        scene.manager.iv.set(iv);
        scene.manager.metadata.set(metadata);
        for (length, expected) in [(1, 241), (16, 256), (32, 272), (64, 308), (1024, 1274), (4096, 4346)] {
            let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, length)));
            assert_eq!(sealed.len(), expected + metadata + iv - 12);
            assert_eq!((&BASE64_STANDARD.encode(&sealed)[..4], sealed[37]), ("AQIC", 2));
            let inspected = scene.world.inspect(&sealed).expect("a blob");
            let of = |name: &str| inspected.member(name).cloned();
            assert_eq!(of("PlaintextLength"), i64::try_from(length).ok().map(Value::Int));
            assert_eq!(of("KeyIds"), Some(Value::List(vec![key.as_str().into()])));
            let external = of("External").expect("an outer layer");
            assert_eq!(external.member("MetadataLength"), i64::try_from(metadata).ok().map(Value::Int).as_ref());
            assert_eq!(external.member("IvLength"), i64::try_from(iv).ok().map(Value::Int).as_ref());
        }
    }
    let input = [("KeyId", Value::from(key.as_str())), ("KeySpec", "AES_256".into())];
    let made = scene.ok("GenerateDataKey", &input);
    assert_eq!(&BASE64_STANDARD.encode(blob(&made))[..4], "AQID");
    assert!(made.member("KeyMaterialId").is_none() && made.member("Plaintext").is_some());
    let made = scene.ok("GenerateDataKeyWithoutPlaintext", &input);
    assert!(made.member("KeyMaterialId").is_none(), "CKS-212");
}

/// CKS-456, CKS-457, CKS-195, CKS-210.
#[test]
fn another_encryption_context_is_found_by_the_proxy_or_by_the_layer_below() {
    let outer = "The external key store proxy rejected the request because the specified ciphertext or additional \
                 authenticated data is corrupted, missing, or otherwise invalid.";
    let inner = "The ciphertext that the external key store proxy submitted for decryption, or the encryption context, is \
                 corrupted, missing, or otherwise invalid.";
    for (ignores, sentence) in [(false, outer), (true, inner)] {
        let (scene, key) = Story::with_key();
        scene.manager.ignores_associated.set(ignores);
        let input = [&plaintext(&key, 8)[..], &[("EncryptionContext", context("nile"))]].concat();
        let sealed = blob(&scene.ok("Encrypt", &input));
        drop(scene.sent());
        let refusal = decrypt(&scene, &sealed, &[("EncryptionContext", context("amazon"))]).expect_err("a context");
        assert_eq!(told(&refusal), ("KMSInvalidStateException", sentence));
        assert_eq!(scene.sent().len(), 1);
        assert!(decrypt(&scene, &sealed, &[("EncryptionContext", context("nile"))]).is_ok());
    }
}

/// CKS-340, CKS-148: a plaintext of the right length that is not the layer below.
#[test]
fn another_plaintext_is_found_by_the_layer_below() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    let opening = [("CiphertextBlob", Value::Blob(sealed))];
    let turned = |place: usize| {
        scene.call_with("Decrypt", &opening, |request| {
            let pocket_kms::ProxyAnswer::Response(answer) = scene.manager.answer(request) else { panic!("no answer") };
            let mut answer: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
            let mut below = bytes(&answer, "plaintext");
            below[place] ^= 1;
            answer["plaintext"] = BASE64_STANDARD.encode(below).into();
            super::toy::ok(&answer)
        })
    };
    for place in [0, 5, 37, 57, 60, 150] {
        let refusal = turned(place).reply.expect_err("another plaintext");
        assert!(
            told(&refusal).1.starts_with("The ciphertext that the external key store proxy submitted"),
            "{refusal}"
        );
    }
}

/// CKS-458, CKS-211, CKS-165: what a proxy sees opens nothing, and is not the plaintext.
#[test]
fn the_layer_below_does_not_open_by_itself() {
    let (scene, key) = Story::with_key();
    drop(scene.sent());
    drop(scene.ok("Encrypt", &plaintext(&key, 64)));
    let asked = body(&scene.sent()[0]);
    let below = bytes(&asked, "plaintext");
    assert!(!below.windows(8).any(|part| part == [7; 8]));
    let plain = text(&scene.ok("CreateKey", &[]), &["KeyMetadata", "Arn"]);
    for more in [vec![], vec![("KeyId", Value::from(key.as_str()))]] {
        let refusal = decrypt(&scene, &below, &more).expect_err("a layer");
        assert_eq!((told(&refusal).0, &refusal.message), ("InvalidCiphertextException", &None));
        let dry = [&more[..], &[("DryRun", Value::Bool(true))]].concat();
        assert_eq!(told(&decrypt(&scene, &below, &dry).expect_err("a layer")).0, "InvalidCiphertextException");
    }
    let input = [("CiphertextBlob", Value::Blob(below)), ("DestinationKeyId", plain.as_str().into())];
    assert_eq!(told(&scene.refused("ReEncrypt", &input)).0, "InvalidCiphertextException");
    assert_eq!(scene.sent().len(), 0);
}

/// CKS-459, CKS-210.
#[test]
fn a_blob_whose_structure_is_broken_asks_nobody() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    drop(scene.sent());
    let mut other = sealed.clone();
    other[37] = 3;
    for broken in [&sealed[..sealed.len() - 1], &[&sealed[..], &[0]].concat(), &other] {
        assert_eq!(told(&decrypt(&scene, broken, &[]).expect_err("broken")).0, "InvalidCiphertextException");
    }
    // An external blob for a key that is not external: its reference names another key's material.
    let plain = blob(&scene.ok("Encrypt", &plaintext(&text(&scene.ok("CreateKey", &[]), &["KeyMetadata", "Arn"]), 8)));
    let mixed = [&sealed[..5], &plain[5..37], &sealed[37..]].concat();
    assert_eq!(told(&decrypt(&scene, &mixed, &[]).expect_err("mixed")).0, "InvalidCiphertextException");
    assert_eq!(scene.sent().len(), 0);
}

/// CKS-339, CKS-449: a change of whatever the external key authenticates.
#[test]
fn whatever_is_changed_of_a_blob_is_found() {
    let (scene, key) = Story::with_key();
    scene.manager.metadata.set(4);
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    // The random bytes, the metadata, the vector, the tag, and both ends of the ciphertext.
    for place in [2, 38, 53, 59, 64, 80, 92, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        let refusal = decrypt(&scene, &changed, &[]).expect_err("changed");
        assert_eq!(told(&refusal).0, "KMSInvalidStateException", "{place}");
    }
}

/// CKS-460, CKS-461, CKS-193.
#[test]
fn a_blob_finds_its_key_and_no_other_key_over_the_same_external_key_opens_it() {
    let (scene, key) = Story::with_key();
    let second = scene.connected("second", "/other");
    let other = scene.key(&second, "foo");
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    drop(scene.sent());
    let opened = decrypt(&scene, &sealed, &[]).expect("a plaintext");
    assert_eq!(text(&opened, &["KeyId"]), key);
    assert!(opened.member("KeyMaterialId").is_none(), "CKS-212");
    assert_eq!(scene.sent().len(), 1);
    let refusal = decrypt(&scene, &sealed, &[("KeyId", other.as_str().into())]).expect_err("another key");
    assert_eq!(told(&refusal).0, "IncorrectKeyException");
    assert_eq!(scene.sent().len(), 0);
}

/// CKS-307, CKS-193: neither does a new key over the same external key, when the old one is gone.
#[test]
fn a_new_key_over_the_same_external_key_opens_nothing_of_the_old_one() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    let store = text(&scene.ok("DescribeKey", &[("KeyId", key.as_str().into())]), &["KeyMetadata", "CustomKeyStoreId"]);
    let input = [("KeyId", key.as_str().into()), ("PendingWindowInDays", Value::Int(7))];
    drop(scene.ok("ScheduleKeyDeletion", &input));
    scene.world.advance(pocket_kms::Span::from_days(8), super::NOW).expect("time");
    let new = scene.key(&store, "foo");
    for more in [vec![], vec![("KeyId", Value::from(new.as_str()))]] {
        assert!(decrypt(&scene, &sealed, &more).is_err());
    }
}

/// CKS-161, CKS-38: a world that is written down and read again goes on, and shows no secret.
#[test]
fn a_snapshot_and_a_fork_go_on_with_the_key() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 8)));
    let bytes = scene.world.snapshot(&[1; 32]).expect("a snapshot");
    assert!(!bytes.windows(20).any(|part| part == &super::SECRET.as_bytes()[..20]));
    let restored = pocket_kms::World::restore(&bytes, &[1; 32], pocket_kms::CryptoProvider::default(), [2; 32]);
    let restored = restored.expect("a world");
    restored.host_answers(pocket_kms::Answerable::NOTHING.proxies(true));
    for world in [restored, scene.world.fork([3; 32])] {
        let other = Story { world, ..Story::new() };
        let opened = decrypt(&other, &sealed, &[]).expect("a plaintext");
        assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&[7; 8][..]));
    }
    let shown = wire::to_json(&Value::List(scene.world.changes(0).to_values(0)));
    assert!(!String::from_utf8_lossy(&shown).contains(super::SECRET));
}
