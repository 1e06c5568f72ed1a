//! What an ImportKeyMaterial request must say, and which material a key takes.

use super::ImportKeyMaterial;
use crate::{
    error::Error,
    material::MaterialId,
    names::KeyArn,
    shapes::*,
    state::Key,
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

/// Checks the members that only symmetric encryption keys have, those that exclude each other, and those that a replica
/// takes from its primary key (LIF-140 to LIF-143).
pub(super) fn check_members(request: &ImportKeyMaterial, arn: KeyArn, key: &Key) -> Result<(), Error> {
    let is_described = request.key_material_description.is_some();
    let given = [
        ("ImportType", request.import_type.is_some()),
        ("KeyMaterialDescription", is_described),
        ("KeyMaterialId", request.key_material_id.is_some()),
    ];
    if let Some((member, _)) = given.iter().find(|(_, given)| *given && key.spec != KeySpec::SymmetricDefault) {
        return Err(Error::symmetric_only(member, key.spec));
    }
    let is_new = request.import_type == Some(ImportType::NewKeyMaterial);
    if request.key_material_id.is_some() && is_new {
        return Err(Error::id_of_new_material());
    }
    if key.is_replica() && is_new {
        return Err(Error::new_material_of_replica(arn));
    }
    if key.is_replica() && is_described {
        return Err(Error::description_of_replica(arn));
    }
    Ok(())
}

/// Checks that the material is one that the request asks for and the key can take (LIF-146 to LIF-150).
pub(super) fn check_identity(id: MaterialId, request: &ImportKeyMaterial, arn: KeyArn, key: &Key) -> Result<(), Error> {
    let is_known = key.version(id).is_some();
    let is_asked = request.key_material_id.as_deref().is_none_or(|asked| asked == id.to_string());
    let is_expected = match request.import_type.unwrap_or_else(|| usual_type(key)) {
        ImportType::NewKeyMaterial => {
            if let Some(other) = key.versions.pending().filter(|pending| pending.id != id) {
                return Err(Error::other_material_pending(id, arn, other.id));
            }
            !is_known
        }
        ImportType::ExistingKeyMaterial => is_known,
    };
    if is_expected && is_asked { Ok(()) } else { Err(Error::key_material()) }
}

/// What is imported when the request does not say it: new material only into a key that never had any.
fn usual_type(key: &Key) -> ImportType {
    if key.versions.is_empty() { ImportType::NewKeyMaterial } else { ImportType::ExistingKeyMaterial }
}
