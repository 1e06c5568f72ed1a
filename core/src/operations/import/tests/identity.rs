//! Which material a key takes, and what replies show of it.

use super::*;

#[test]
fn other_material_than_the_first_is_refused_even_when_that_is_gone() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let other = |key: &str| desk.import(key, &desk.parcel(key), &[8; 32]);
    assert_eq!(refused(other(&key)), silent(Exception::IncorrectKeyMaterialException));
    desk.delete(&key).expect("a deletion");
    assert_eq!(refused(other(&key)), silent(Exception::IncorrectKeyMaterialException));
    assert_eq!(desk.state(&key), "PendingImport");
}

#[test]
fn another_encoding_of_a_private_key_is_the_same_material() {
    let desk = desk();
    let key = desk.key("ECC_NIST_P256", "SIGN_VERIFY");
    let der = material(MaterialKind::P256);
    desk.import(&key, &desk.parcel(&key), &der).expect("DER");
    let public = desk.call("GetPublicKey", [("KeyId", Value::from(key.as_str()))]).expect("a public key");
    let indefinite = [&[0x30, 0x80], &der[3..], &[0, 0]].concat();
    let reply = desk.import(&key, &desk.parcel(&key), &indefinite).expect("BER");
    assert_eq!(member(&reply, "KeyMaterialId"), &Value::Null, "an asymmetric key tells no material id");
    assert_eq!(desk.call("GetPublicKey", [("KeyId", Value::from(key.as_str()))]), Ok(public));
    let other = Material::generate(MaterialKind::P256, &CryptoProvider::default(), &mut Random::from_entropy(&[5; 32]));
    let reply = desk.import(&key, &desk.parcel(&key), other.expect("a key").expose());
    assert_eq!(refused(reply), silent(Exception::IncorrectKeyMaterialException));
}

#[test]
fn the_same_material_in_another_key_does_not_open_a_ciphertext() {
    let desk = desk();
    let (one, other) = (desk.imported(&[7; 32]), desk.imported(&[7; 32]));
    let (blob, theirs) = (desk.encrypt(&one).expect("a blob"), desk.encrypt(&other).expect("a blob"));
    let input = [("CiphertextBlob", Value::Blob(blob.clone())), ("KeyId", Value::from(other.as_str()))];
    assert_eq!(refused(desk.call("Decrypt", input)).0, Exception::IncorrectKeyException);
    let forged = [&blob[..5], &theirs[5..37], &blob[37..]].concat();
    assert_eq!(refused(desk.decrypt(&forged)), silent(Exception::InvalidCiphertextException));
}

#[test]
fn whoever_reads_the_name_of_imported_material_cannot_try_out_what_it_may_be() {
    let desk = desk();
    let (key, other) = (desk.imported(&[7; 32]), desk.imported(&[7; 32]));
    let id = |key: &str| member(&desk.describe(key), "CurrentKeyMaterialId").as_text().expect("an id").to_owned();
    let guess = Material::from_bytes(MaterialKind::Aes256, vec![7; 32].into());
    let key_id = crate::names::KeyId::parse(&key).expect("a key id");
    let guessed = crate::material::MaterialId::imported_by_version_1(key_id, &guess, &CryptoProvider::default());
    assert_ne!(id(&key), guessed.expect("a name").to_string());
    assert_ne!(id(&key), id(&other));
    let before = id(&key);
    desk.delete(&key).expect("a deletion");
    desk.import(&key, &desk.parcel(&key), &[7; 32]).expect("the same material");
    assert_eq!(id(&key), before, "the same material of one key has one name for ever");
}

#[test]
fn the_import_type_says_whether_the_material_is_new() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let send = |byte: u8, import_type: &str| {
        let more = [("ImportType", Value::from(import_type)), (FOREVER.0, Value::from(FOREVER.1))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[byte; 32]), more)
    };
    let incorrect = silent(Exception::IncorrectKeyMaterialException);
    assert_eq!(refused(send(7, "EXISTING_KEY_MATERIAL")), incorrect);
    send(7, "NEW_KEY_MATERIAL").expect("the first material");
    assert_eq!(refused(send(7, "NEW_KEY_MATERIAL")), incorrect);
    assert_eq!(refused(send(8, "EXISTING_KEY_MATERIAL")), incorrect);
    send(7, "EXISTING_KEY_MATERIAL").expect("the same material");
    send(8, "NEW_KEY_MATERIAL").expect("a second material");
}

#[test]
fn a_key_material_id_must_be_that_of_the_material() {
    let desk = desk();
    let key = desk.imported(&[7; 32]);
    let parcel = desk.parcel(&key);
    let id = member(&desk.describe(&key), "CurrentKeyMaterialId").clone();
    let send = |id: Value, import_type: Value| {
        let more = [("KeyMaterialId", id), ("ImportType", import_type), (FOREVER.0, Value::from(FOREVER.1))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more)
    };
    send(id.clone(), Value::Null).expect("its own id");
    let other = Value::from("0".repeat(64).as_str());
    assert_eq!(refused(send(other.clone(), Value::Null)), silent(Exception::IncorrectKeyMaterialException));
    assert_eq!(refused(send(id.clone(), Value::from("NEW_KEY_MATERIAL"))).0, Exception::ValidationException);
    let delete =
        |id| desk.call("DeleteImportedKeyMaterial", [("KeyId", Value::from(key.as_str())), ("KeyMaterialId", id)]);
    assert_eq!(refused(delete(other)).0, Exception::NotFoundException);
    assert_eq!(member(&delete(id.clone()).expect("a deletion"), "KeyMaterialId"), &id);
}

#[test]
fn members_of_symmetric_keys_are_refused_for_others() {
    let desk = desk();
    let key = desk.key("HMAC_256", "GENERATE_VERIFY_MAC");
    let parcel = desk.parcel(&key);
    for (member, value) in [
        ("ImportType", "NEW_KEY_MATERIAL".to_owned()),
        ("KeyMaterialDescription", "the safe".to_owned()),
        ("KeyMaterialId", "0".repeat(64)),
    ] {
        let more = [(member, Value::from(value.as_str())), (FOREVER.0, Value::from(FOREVER.1))];
        let reply = desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more);
        assert_eq!(refused(reply).0, Exception::UnsupportedOperationException, "{member}");
    }
    let input = [("KeyId", Value::from(key.as_str())), ("KeyMaterialId", Value::from("0".repeat(64).as_str()))];
    let deletion = desk.call("DeleteImportedKeyMaterial", input);
    assert_eq!(refused(deletion).0, Exception::UnsupportedOperationException);
}

#[test]
fn a_description_stays_until_another_is_given() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let described = |text: Option<&str>| {
        let more =
            [("KeyMaterialDescription", text.map_or(Value::Null, Value::from)), (FOREVER.0, Value::from(FOREVER.1))];
        desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), more).expect("an import");
        let entry = desk.world.changes(0).to_values(0).pop().expect("a change");
        let Value::List(versions) = member(member(&entry, "row"), "versions") else { panic!("no versions") };
        member(&versions[0], "description").as_text().map(ToOwned::to_owned)
    };
    assert_eq!(described(None), None);
    assert_eq!(described(Some("the safe")).as_deref(), Some("the safe"));
    assert_eq!(described(None).as_deref(), Some("the safe"));
    assert_eq!(described(Some("the vault")).as_deref(), Some("the vault"));
    assert_eq!(described(Some("")), None);
}
