//! Material that comes, expires, goes and comes back, and the states of its key.

use super::*;

#[test]
fn what_was_deleted_may_come_back_and_opens_its_ciphertexts_again() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let blob = desk.encrypt(&key).expect("a ciphertext");
    let id = member(&desk.describe(&key), "CurrentKeyMaterialId").clone();
    assert_eq!(member(&desk.delete(&key).expect("a deletion"), "KeyMaterialId"), &id);
    assert_eq!(desk.state(&key), "PendingImport");
    assert_eq!(member(&desk.describe(&key), "ExpirationModel"), &Value::Null);
    let arn = member(&desk.describe(&key), "Arn").as_text().expect("an ARN").to_owned();
    let pending = (Exception::KMSInvalidStateException, Some(format!("{arn} is pending import.")));
    assert_eq!(refused(desk.decrypt(&blob)), pending);
    assert_eq!(refused(desk.encrypt(&key).map(Value::Blob)), pending);
    let reply = desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("the same material");
    assert_eq!(member(&reply, "KeyMaterialId"), &id);
    assert_eq!(member(&desk.decrypt(&blob).expect("a plaintext"), "Plaintext").as_bytes(), Some(&b"hello"[..]));
}

#[test]
fn material_expires_when_its_time_has_come() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let end = START.after(Span::from_days(10));
    desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), [("ValidTo", Value::Time(end))]).expect("an import");
    let blob = desk.encrypt(&key).expect("a ciphertext");
    assert_eq!(member(&desk.describe(&key), "ValidTo"), &Value::Time(end));
    assert_eq!(member(&desk.describe(&key), "ExpirationModel").as_text(), Some("KEY_MATERIAL_EXPIRES"));
    assert_eq!(desk.world.next_deadline(), Some(end));
    desk.wait(10 * DAY - 1);
    assert!(desk.decrypt(&blob).is_ok());
    desk.wait(1);
    assert_eq!(refused(desk.decrypt(&blob)).0, Exception::KMSInvalidStateException);
    assert_eq!(desk.state(&key), "PendingImport");
    assert_eq!(member(&desk.describe(&key), "ValidTo"), &Value::Null);
    assert_eq!(desk.world.next_deadline(), None);
    desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("the same material");
    assert!(desk.decrypt(&blob).is_ok());
}

#[test]
fn a_new_import_replaces_the_expiration() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let until = |days| [("ValidTo", Value::Time(START.after(Span::from_days(days))))];
    desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), until(10)).expect("an import");
    desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), until(365)).expect("an import");
    assert_eq!(desk.world.next_deadline(), Some(START.after(Span::from_days(365))));
    desk.import(&key, &parcel, &[7; 32]).expect("an import");
    assert_eq!(desk.world.next_deadline(), None);
}

#[test]
fn expiration_model_and_end_must_fit_each_other_and_the_clock() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let end = |millis: i64| Some(Value::Time(Time::from_millis(START.millis() + millis)));
    for (model, end, sentence) in [
        (None, None, "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"),
        (
            Some("KEY_MATERIAL_EXPIRES"),
            None,
            "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
        ),
        (
            Some("KEY_MATERIAL_DOES_NOT_EXPIRE"),
            end(DAY),
            "The parameter ValidTo cannot be specified for a key with an expiration model of \
             KEY_MATERIAL_DOES_NOT_EXPIRE",
        ),
        (None, end(0), "ValidTo must be in the future"),
        (None, end(-DAY), "ValidTo must be in the future"),
        (None, end(365 * DAY + 1), "ValidTo must not be more than 365 days in the future"),
    ] {
        let model = model.map_or(Value::Null, Value::from);
        let more = [("ExpirationModel", model), ("ValidTo", end.unwrap_or_default())];
        let reply = desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more);
        assert_eq!(refused(reply), (Exception::ValidationException, Some(sentence.to_owned())));
    }
    assert_eq!(desk.state(&key), "PendingImport");
}

#[test]
fn a_disabled_key_stays_disabled_while_its_material_is_there() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let key_id = || [("KeyId", Value::from(key.as_str()))];
    desk.call("DisableKey", key_id()).expect("a disabled key");
    desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("an import");
    assert_eq!(desk.state(&key), "Disabled");
    desk.delete(&key).expect("a deletion");
    assert_eq!(desk.state(&key), "PendingImport");
    desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("an import");
    assert_eq!(desk.state(&key), "Enabled");
}

#[test]
fn a_key_that_waits_for_its_deletion_loses_material_and_gets_none() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let key_id = || [("KeyId", Value::from(key.as_str()))];
    desk.call("ScheduleKeyDeletion", key_id()).expect("a deletion date");
    desk.delete(&key).expect("a deletion");
    assert_eq!(desk.state(&key), "PendingDeletion");
    assert_eq!(refused(desk.import(&key, &parcel, &[7; 32])).0, Exception::KMSInvalidStateException);
    desk.call("CancelKeyDeletion", key_id()).expect("a cancellation");
    assert_eq!(desk.state(&key), "PendingImport");
    desk.import(&key, &parcel, &[7; 32]).expect("an import");
    assert_eq!(desk.state(&key), "Enabled");
}

#[test]
fn a_key_with_expiring_material_is_deleted_in_its_own_time() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let end = [("ValidTo", Value::Time(START.after(Span::from_days(7))))];
    desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), end).expect("an import");
    desk.call("ScheduleKeyDeletion", [("KeyId", Value::from(key.as_str()))]).expect("a deletion date");
    desk.wait(8 * DAY);
    assert_eq!(desk.state(&key), "PendingDeletion");
    desk.wait(22 * DAY);
    let reply = desk.call("DescribeKey", [("KeyId", Value::from(key.as_str()))]);
    assert_eq!(refused(reply).0, Exception::NotFoundException);
    assert_eq!(desk.world.next_deadline(), None);
}
