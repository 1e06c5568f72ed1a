//! ImportKeyMaterial and DeleteImportedKeyMaterial: material comes, goes, and comes back.

use super::{
    DeleteImportedKeyMaterialRequest, DeleteImportedKeyMaterialResponse, ImportKeyMaterialRequest,
    ImportKeyMaterialResponse,
    checks::{check_identity, check_members, requested_presence},
    put_material,
};
use crate::{
    call::Stop,
    error::Error,
    import_token::{self, ImportToken},
    material::{Material, MaterialId},
    names::KeyArn,
    operations::{Execution, keys::offered},
    shapes::*,
    state::{Import, KeyMaterial, KeyRow, Presence},
    wrapping,
};

/// Unwraps key material and gives it to the key. What was once imported is the only material ever (P4-265).
pub(in crate::operations) fn import_key_material(
    request: ImportKeyMaterialRequest,
    execution: &mut Execution<'_>,
) -> Result<ImportKeyMaterialResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let presence = requested_presence(&request, execution.call.now)?;
    check_members(&request, key)?;
    let token = open_token(&request.import_token, subject.arn, execution)?;
    let material = unwrap(&token, &request.encrypted_key_material, key.spec, execution)?;
    let id = MaterialId::imported(subject.arn.id, &material, execution.provider);
    let id = id.map_err(|_| Error::internal("imported key material has no name"))?;
    check_identity(id, &request, key)?;
    put_material(id, subject.arn, material, execution);
    execution.edit(|key| admit(id, presence, request.key_material_description, key))?;
    Ok(ImportKeyMaterialResponse { key_id: Some(subject.arn.to_string()), key_material_id: shown_id(id, key.spec) })
}

fn open_token(token: &[u8], arn: KeyArn, execution: &Execution<'_>) -> Result<ImportToken, Error> {
    let secret = execution.draft.state().materials.get(&import_token::secret_id(arn));
    let secret = secret.and_then(|row| row.material.as_ref()).ok_or_else(Error::import_token)?;
    let token = ImportToken::open(token, arn, secret, execution.provider).map_err(|_| Error::import_token())?;
    if token.valid_to <= execution.call.now {
        return Err(Error::import_token_expired());
    }
    Ok(token)
}

fn unwrap(
    token: &ImportToken,
    wrapped: &[u8],
    spec: KeySpec,
    execution: &mut Execution<'_>,
) -> Result<Material, Error> {
    let ImportToken { algorithm, wrapping_key, .. } = token;
    if !wrapping::has_length(*algorithm, wrapping_key, wrapped.len()) {
        return Err(Error::wrapped_length());
    }
    let bytes = wrapping::unwrap(*algorithm, wrapping_key, wrapped, execution.provider, &mut execution.random);
    let bytes = bytes.map_err(|_| Error::ciphertext())?;
    let kind = offered(spec, execution)?.material;
    Material::import(kind, bytes, execution.provider).map_err(|_| Error::key_material())
}

/// Enters imported material in its key. A key that was waiting for it is enabled then; a disabled one stays so.
fn admit(id: MaterialId, presence: Presence, description: Option<String>, key: &mut KeyRow) {
    key.enabled |= key.state() == KeyState::PendingImport;
    match key.materials.iter_mut().find(|material| material.id == id) {
        Some(material) => {
            let former = material.import.take().and_then(|import| import.description);
            material.import = Some(Import { presence, description: description.or(former) });
        }
        None => key.materials.push(KeyMaterial { id, import: Some(Import { presence, description }) }),
    }
}

/// The name of key material as replies tell it: of symmetric encryption keys alone.
fn shown_id(id: MaterialId, spec: KeySpec) -> Option<String> {
    (spec == KeySpec::SymmetricDefault).then(|| id.to_string())
}

/// Takes imported key material away from its key, which waits for it from then on (P4-303).
pub(in crate::operations) fn delete_imported_key_material(
    request: DeleteImportedKeyMaterialRequest,
    execution: &mut Execution<'_>,
) -> Result<DeleteImportedKeyMaterialResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let id = material_to_delete(request.key_material_id.as_deref(), subject.arn, key)?;
    if let Some(id) = id {
        execution.draft.remove_imports(subject.arn, |each, _| each == id);
    }
    Ok(DeleteImportedKeyMaterialResponse {
        key_id: Some(subject.arn.to_string()),
        key_material_id: id.and_then(|id| shown_id(id, key.spec)),
    })
}

/// The material that a request names, or the current one; a key into which nothing was imported has none.
fn material_to_delete(asked: Option<&str>, arn: KeyArn, key: &KeyRow) -> Result<Option<MaterialId>, Error> {
    let Some(asked) = asked else { return Ok(key.current().map(|material| material.id)) };
    if key.spec != KeySpec::SymmetricDefault {
        return Err(Error::symmetric_only("KeyMaterialId", key.spec));
    }
    let found = key.materials.iter().find(|material| material.id.to_string() == asked);
    found.map(|material| Some(material.id)).ok_or_else(|| Error::no_material(asked, arn))
}
