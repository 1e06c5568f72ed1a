//! What an ImportKeyMaterial request must say, and which material a key takes.

use super::ImportKeyMaterial;
use crate::{
    error::Error,
    material::MaterialId,
    shapes::*,
    state::KeyRow,
    time::{Span, Time},
};

/// How far ahead imported key material may expire (P4-345).
const LONGEST_VALIDITY: Span = Span::from_days(365);

/// When the material is to expire; that it expires is the default (P4-347).
pub(super) fn requested_end(request: &ImportKeyMaterial, now: Time) -> Result<Option<Time>, Error> {
    let model = request.expiration_model.unwrap_or(ExpirationModelType::KeyMaterialExpires);
    match (model, request.valid_to) {
        (ExpirationModelType::KeyMaterialDoesNotExpire, None) => Ok(None),
        (ExpirationModelType::KeyMaterialDoesNotExpire, Some(_)) => Err(Error::valid_to_excluded()),
        (ExpirationModelType::KeyMaterialExpires, None) => Err(Error::valid_to_missing()),
        (ExpirationModelType::KeyMaterialExpires, Some(end)) if end <= now => Err(Error::valid_to_past()),
        (ExpirationModelType::KeyMaterialExpires, Some(end)) if end > now.after(LONGEST_VALIDITY) => {
            Err(Error::valid_to_far())
        }
        (ExpirationModelType::KeyMaterialExpires, Some(end)) => Ok(Some(end)),
    }
}

/// Checks the members that only symmetric encryption keys have, and those that exclude each other.
pub(super) fn check_members(request: &ImportKeyMaterial, key: &KeyRow) -> Result<(), Error> {
    let given = [
        ("ImportType", request.import_type.is_some()),
        ("KeyMaterialDescription", request.key_material_description.is_some()),
        ("KeyMaterialId", request.key_material_id.is_some()),
    ];
    if let Some((member, _)) = given.iter().find(|(_, given)| *given && key.spec != KeySpec::SymmetricDefault) {
        return Err(Error::symmetric_only(member, key.spec));
    }
    if request.key_material_id.is_some() && request.import_type == Some(ImportType::NewKeyMaterial) {
        return Err(Error::id_of_new_material());
    }
    Ok(())
}

/// Checks that the material is the one that the request and the key expect.
pub(super) fn check_identity(id: MaterialId, request: &ImportKeyMaterial, key: &KeyRow) -> Result<(), Error> {
    let asked = request.key_material_id.as_deref();
    if asked.is_some_and(|asked| asked != id.to_string()) {
        return Err(Error::key_material());
    }
    let first = key.versions.is_empty();
    let known = key.versions.singles().any(|version| version.id == id);
    let default = if first { ImportType::NewKeyMaterial } else { ImportType::ExistingKeyMaterial };
    match request.import_type.unwrap_or(default) {
        ImportType::NewKeyMaterial if first => Ok(()),
        ImportType::NewKeyMaterial if !known => Err(Error::not_yet("A second key material of one key")),
        ImportType::ExistingKeyMaterial if known => Ok(()),
        ImportType::NewKeyMaterial | ImportType::ExistingKeyMaterial => Err(Error::key_material()),
    }
}
