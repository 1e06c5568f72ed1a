//! Several materials of one symmetric key: they wait, become current, go and come back.

use super::*;

const NEW: &str = "NEW_KEY_MATERIAL";
const EXISTING: &str = "EXISTING_KEY_MATERIAL";

/// A key with two materials, of sevens and of eights, the second of which is current; and their ids.
fn rotated(desk: &Desk) -> (String, Parcel, [String; 2]) {
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let first = desk.import_as(&key, &parcel, 7, NEW).expect("a first material");
    let second = desk.import_as(&key, &parcel, 8, NEW).expect("a second material");
    desk.rotate(&key).expect("a rotation");
    (key, parcel, [first, second])
}

fn current(desk: &Desk, key: &str) -> String {
    member(&desk.describe(key), "CurrentKeyMaterialId").as_text().expect("an id").to_owned()
}

#[test]
fn new_material_waits_until_a_rotation_makes_it_current() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let first = desk.import_as(&key, &parcel, 7, NEW).expect("a first material");
    let second = desk.import_as(&key, &parcel, 8, NEW).expect("a second material");
    assert_eq!(desk.materials(&key), ["CURRENT IMPORTED", "PENDING_ROTATION IMPORTED"]);
    assert_eq!((current(&desk, &key), desk.state(&key)), (first.clone(), "Enabled".to_owned()));
    let old = desk.encrypt(&key).expect("a ciphertext");
    desk.rotate(&key).expect("a rotation");
    assert_eq!(desk.materials(&key), ["NON_CURRENT IMPORTED", "CURRENT IMPORTED"]);
    assert_eq!(current(&desk, &key), second);
    let new = desk.encrypt(&key).expect("a ciphertext");
    for (blob, id) in [(old, first), (new, second)] {
        let reply = desk.decrypt(&blob).expect("a plaintext");
        assert_eq!(member(&reply, "KeyMaterialId").as_text(), Some(id.as_str()));
    }
}

#[test]
fn at_most_one_material_waits() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let waiting = desk.import_as(&key, &parcel, 8, NEW).expect("a second material");
    let arn = member(&desk.describe(&key), "Arn").as_text().expect("an ARN").to_owned();
    let (exception, sentence) = refused(desk.import_as(&key, &parcel, 9, NEW).map(|_| Value::Null));
    assert_eq!(exception, Exception::KMSInvalidStateException);
    let sentence = sentence.expect("a sentence");
    let id = sentence.strip_prefix("New key material (id: ").and_then(|rest| rest.get(..64)).expect("an id");
    assert_eq!(
        sentence,
        format!(
            "New key material (id: {id}) cannot be imported into KMS key {arn}, because another key material (id: \
             {waiting}) is pending rotation."
        )
    );
    let again = desk.import_as(&key, &parcel, 8, NEW).map(|_| Value::Null);
    assert_eq!(refused(again), silent(Exception::IncorrectKeyMaterialException));
    let known = desk.import_as(&key, &parcel, 7, NEW).map(|_| Value::Null);
    assert_eq!(refused(known).0, Exception::KMSInvalidStateException);
    desk.rotate(&key).expect("a rotation");
    assert_eq!(desk.import_as(&key, &parcel, 9, NEW).as_deref(), Ok(id));
}

#[test]
fn waiting_material_that_goes_is_forgotten_and_the_key_stays_as_it_is() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let end = [
        ("ImportType", Value::from(NEW)),
        ("KeyMaterialDescription", Value::from("the vault")),
        ("ValidTo", Value::Time(START.after(Span::from_days(3)))),
    ];
    let reply = desk.send(&key, &parcel.token, &parcel.wrap(&[8; 32]), end.clone()).expect("a second material");
    let id = member(&reply, "KeyMaterialId").as_text().expect("an id").to_owned();
    assert_eq!(member(&desk.describe(&key), "ExpirationModel").as_text(), Some(FOREVER.1), "what waits does not count");
    desk.delete_one(&key, &id).expect("a deletion");
    let forgotten = |desk: &Desk| {
        assert_eq!(
            (desk.materials(&key), desk.state(&key)),
            (vec!["CURRENT IMPORTED".to_owned()], "Enabled".to_owned())
        );
        assert_eq!(desk.world.next_deadline(), None);
        assert_eq!(refused(desk.delete_one(&key, &id)).0, Exception::NotFoundException);
        let arn = member(&desk.describe(&key), "Arn").as_text().expect("an ARN").to_owned();
        let sentence = format!("No available key material pending rotation for the key: {arn}.");
        assert_eq!(refused(desk.rotate(&key)), (Exception::KMSInvalidStateException, Some(sentence)));
    };
    forgotten(&desk);
    let back = desk.import_as(&key, &parcel, 8, EXISTING).map(|_| Value::Null);
    assert_eq!(refused(back), silent(Exception::IncorrectKeyMaterialException));
    desk.send(&key, &parcel.token, &parcel.wrap(&[8; 32]), end).expect("the same material anew");
    desk.wait(3 * DAY);
    forgotten(&desk);
    assert_eq!(desk.import_as(&key, &desk.parcel(&key), 8, NEW), Ok(id), "one material of one key has one name");
    assert_eq!(member(&desk.entries(&key)[1], "KeyMaterialDescription"), &Value::Null);
}

#[test]
fn a_ciphertext_that_names_material_which_was_never_current_is_no_ciphertext() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let blob = desk.encrypt(&key).expect("a ciphertext");
    let id = desk.import_as(&key, &desk.parcel(&key), 8, NEW).expect("a second material");
    let name = crate::material::MaterialId::parse(&id).expect("a name").0;
    let forged = [&blob[..5], &name, &blob[37..]].concat();
    assert_eq!(refused(desk.decrypt(&forged)), silent(Exception::InvalidCiphertextException));
    desk.delete_one(&key, &id).expect("a deletion");
    assert_eq!(refused(desk.decrypt(&forged)), silent(Exception::InvalidCiphertextException));
}

#[test]
fn a_key_needs_all_materials_that_are_or_were_current() {
    let desk = desk();
    let (key, parcel, [first, second]) = rotated(&desk);
    let blob = desk.encrypt(&key).expect("a ciphertext");
    for id in [&first, &second] {
        assert_eq!(
            member(&desk.delete_one(&key, id).expect("a deletion"), "KeyMaterialId").as_text(),
            Some(id.as_str())
        );
    }
    assert_eq!(desk.materials(&key), ["NON_CURRENT PENDING_IMPORT", "CURRENT PENDING_IMPORT"]);
    assert_eq!(member(&desk.describe(&key), "ExpirationModel"), &Value::Null);
    assert_eq!(desk.import_as(&key, &parcel, 8, EXISTING), Ok(second.clone()));
    assert_eq!(refused(desk.decrypt(&blob)).0, Exception::KMSInvalidStateException);
    assert_eq!((desk.state(&key), current(&desk, &key)), ("PendingImport".to_owned(), second));
    assert_eq!(desk.import_as(&key, &parcel, 7, EXISTING), Ok(first));
    assert_eq!((desk.state(&key), desk.materials(&key).len()), ("Enabled".to_owned(), 2));
    desk.decrypt(&blob).expect("a plaintext");
}

#[test]
fn each_material_expires_at_its_own_end() {
    let desk = desk();
    let (key, parcel, [first, second]) = rotated(&desk);
    let until = |byte: u8, days| {
        let end = [("ValidTo", Value::Time(START.after(Span::from_days(days))))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[byte; 32]), end).expect("an import");
    };
    until(7, 40);
    until(8, 20);
    let shown = |name| member(&desk.describe(&key), name).clone();
    let day = |days| Value::Time(START.after(Span::from_days(days)));
    assert_eq!((shown("ValidTo"), shown("ExpirationModel")), (day(20), Value::from("KEY_MATERIAL_EXPIRES")));
    desk.wait(20 * DAY - 1);
    assert_eq!(desk.state(&key), "Enabled");
    desk.wait(1);
    assert_eq!((desk.state(&key).as_str(), shown("ValidTo")), ("PendingImport", day(40)));
    assert_eq!((current(&desk, &key), desk.world.next_deadline()), (second, Some(START.after(Span::from_days(40)))));
    desk.wait(20 * DAY);
    assert_eq!((shown("ValidTo"), shown("ExpirationModel")), (Value::Null, Value::Null));
    let ids: Vec<_> = desk.entries(&key).iter().map(|entry| member(entry, "KeyMaterialId").clone()).collect();
    assert_eq!(ids[0].as_text(), Some(first.as_str()));
    assert_eq!(desk.materials(&key), ["NON_CURRENT PENDING_IMPORT", "CURRENT PENDING_IMPORT"]);
}

#[test]
fn a_key_material_id_must_be_that_of_the_bytes_even_if_the_key_knows_both() {
    let desk = desk();
    let (key, parcel, [first, second]) = rotated(&desk);
    let send = |id: &str| {
        let more = [("KeyMaterialId", Value::from(id)), (FOREVER.0, Value::from(FOREVER.1))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more)
    };
    assert_eq!(refused(send(&second)), silent(Exception::IncorrectKeyMaterialException));
    send(&first).expect("its own id");
}

#[test]
fn keys_of_other_kinds_have_one_material_for_ever() {
    let desk = desk();
    let key = desk.key("HMAC_256", "GENERATE_VERIFY_MAC");
    let parcel = desk.parcel(&key);
    desk.import(&key, &parcel, &[7; 32]).expect("a first material");
    for _ in 0..2 {
        let other = desk.import(&key, &parcel, &[8; 32]);
        assert_eq!(refused(other), silent(Exception::IncorrectKeyMaterialException));
        desk.delete(&key).expect("a deletion");
    }
    assert_eq!(refused(desk.rotate(&key)).0, Exception::KMSInvalidStateException);
    desk.import(&key, &parcel, &[7; 32]).expect("the same material");
    assert_eq!(refused(desk.rotate(&key)), silent(Exception::UnsupportedOperationException));
}

#[test]
fn an_sm4_key_takes_sixteen_bytes_at_each_rotation() {
    let desk = desk().there("cn-north-1");
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let send = |material: &[u8]| {
        let more = [("ImportType", Value::from(NEW)), (FOREVER.0, Value::from(FOREVER.1))];
        desk.send(&key, &parcel.token, &parcel.wrap(material), more)
    };
    assert_eq!(refused(send(&[7; 32])), silent(Exception::IncorrectKeyMaterialException));
    send(&[7; 16]).expect("a first material");
    let old = desk.encrypt(&key).expect("a ciphertext");
    assert_eq!(refused(send(&[8; 32])), silent(Exception::IncorrectKeyMaterialException));
    send(&[8; 16]).expect("a second material");
    desk.rotate(&key).expect("a rotation");
    let new = desk.encrypt(&key).expect("a ciphertext");
    assert!(desk.decrypt(&old).is_ok() && desk.decrypt(&new).is_ok());
}

#[test]
fn a_key_takes_material_for_as_many_rotations_as_it_may_have() {
    let desk = desk();
    let key = desk.imported(&[0; 32]);
    let parcel = desk.parcel(&key);
    for byte in 1..=25 {
        desk.import_as(&key, &parcel, byte, NEW).expect("new material");
        desk.rotate(&key).expect("a rotation");
    }
    desk.import_as(&key, &parcel, 26, NEW).expect("new material");
    assert_eq!(refused(desk.rotate(&key)).0, Exception::LimitExceededException);
    assert_eq!(desk.materials(&key).len(), 27);
    assert_eq!(desk.state(&key), "Enabled");
}

#[test]
fn a_restored_world_knows_what_waits() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let waiting = desk.import_as(&key, &parcel, 8, NEW).expect("a second material");
    let bytes = desk.world.snapshot(&[1; 32]).expect("a snapshot");
    let world = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    let desk = Desk { world: world.into(), ..desk };
    assert_eq!(desk.materials(&key), ["CURRENT IMPORTED", "PENDING_ROTATION IMPORTED"]);
    desk.rotate(&key).expect("a rotation");
    assert_eq!(current(&desk, &key), waiting);
}

#[test]
fn a_rotation_that_is_under_way_ends_with_nothing_when_its_material_goes() {
    let desk = desk();
    desk.set("lag/on-demand-rotation", 5);
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let first = current(&desk, &key);
    let second = desk.import_as(&key, &parcel, 8, NEW).expect("a second material");
    desk.rotate(&key).expect("a rotation");
    desk.delete_one(&key, &second).expect("a deletion");
    let status = desk.call("GetKeyRotationStatus", [("KeyId", Value::from(key.as_str()))]).expect("a status");
    assert_eq!(member(&status, "OnDemandRotationStartDate"), &Value::Null);
    desk.import_as(&key, &parcel, 9, NEW).expect("a third material");
    desk.wait(5_000);
    assert_eq!(desk.materials(&key), ["CURRENT IMPORTED", "PENDING_ROTATION IMPORTED"]);
    assert_eq!(current(&desk, &key), first);
}
