//! ImportKeyMaterial and DeleteImportedKeyMaterial: material comes, goes, and comes back.

use super::{
    DeleteImportedKeyMaterial, DeleteImportedKeyMaterialResponse, ImportKeyMaterial, ImportKeyMaterialResponse,
    checks::{check_identity, check_members, requested_end},
};
use crate::{
    algorithms::KeyType,
    call::Stop,
    error::Error,
    import_token::ImportToken,
    material::{Material, MaterialId},
    names::KeyArn,
    operations::{Execution, keys::offered},
    shapes::*,
    state::{Import, Key, LineageId, Secret, SecretName, Version},
    time::Time,
    wrapping,
};

/// Unwraps key material and gives it to the key. A symmetric encryption key may have several materials, every other key
/// has one for ever (LIF-24, LIF-137).
pub(in crate::operations) fn import_key_material(
    request: ImportKeyMaterial,
    execution: &mut Execution<'_>,
) -> Result<ImportKeyMaterialResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let until = requested_end(&request, execution.call.now)?;
    check_members(&request, subject.arn, key)?;
    let token = open_token(&request.import_token, subject.arn, execution)?;
    let material = unwrap(&token, &request.encrypted_key_material, key.spec, execution)?;
    let id = name(&material, subject.arn, key, execution)?;
    check_identity(id, &request, subject.arn, key)?;
    let public_key = public_key(&material, key, execution)?;
    let (lineage, region) = (LineageId::of(subject.arn), subject.arn.region);
    execution.draft.put_secret(SecretName::Material(id, region), lineage, Secret::Material(material));
    let came = Came { id, until, description: request.key_material_description, public_key };
    admit(came, subject.arn, execution);
    Ok(ImportKeyMaterialResponse { key_id: Some(subject.arn.text()), key_material_id: shown_id(id, key.spec) })
}

fn open_token(token: &[u8], arn: KeyArn, execution: &Execution<'_>) -> Result<ImportToken, Error> {
    let secret = execution.draft.state().secret(&SecretName::ImportTokens(arn)).ok_or_else(Error::import_token)?;
    let token = ImportToken::open(token, arn, secret.expose(), execution.provider);
    let token = token.map_err(|_| Error::import_token())?;
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

/// The name of imported material, under a secret that is made when something is first imported into the lineage.
fn name(material: &Material, arn: KeyArn, key: &Key, execution: &mut Execution<'_>) -> Result<MaterialId, Error> {
    let nameless = |_| Error::internal("imported key material has no name");
    // Keys of a world of version 1 have names by which their ciphertexts know them; only what comes later is named anew.
    let former = MaterialId::imported_by_version_1(arn.id, material, execution.provider).map_err(nameless)?;
    if key.version(former).is_some() {
        return Ok(former);
    }
    let lineage = LineageId::of(arn);
    let names = SecretName::ImportNames(lineage);
    if let Some(secret) = execution.draft.state().secret(&names) {
        return MaterialId::imported(secret.expose(), material, execution.provider).map_err(nameless);
    }
    // A stream of its own, so that no other byte of the call is another one for it.
    let secret = Secret::random(&mut execution.random.stream(&format!("names of imports {lineage}")));
    let id = MaterialId::imported(secret.expose(), material, execution.provider).map_err(nameless)?;
    execution.draft.put_secret(names, lineage, secret);
    Ok(id)
}

/// The public key of a key pair. It stands apart from the private key, because replies show it after that is gone (LIF-412).
fn public_key(material: &Material, key: &Key, execution: &Execution<'_>) -> Result<Option<Box<[u8]>>, Error> {
    if offered(key.spec, execution)?.key_type != KeyType::Asymmetric {
        return Ok(None);
    }
    let der = material.public_key_der(execution.provider);
    Ok(Some(der.map_err(|_| Error::internal("imported key material has no public key"))?.into()))
}

/// Imported material, without its secret.
struct Came {
    id: MaterialId,
    until: Option<Time>,
    description: Option<String>,
    public_key: Option<Box<[u8]>>,
}

/// Enters imported material in its key. The first material is current at once, every later one waits for a rotation
/// (LIF-120, LIF-121). A key that was waiting for material is enabled then; a disabled one stays so (LIF-133, LIF-134).
fn admit(came: Came, arn: KeyArn, execution: &mut Execution<'_>) {
    let Came { id, until, description, public_key } = came;
    let now = execution.call.now;
    let (is_known, waited) = {
        let (state, key) = (execution.draft.state(), execution.draft.key(&arn));
        let is_known = key.is_some_and(|key| key.version(id).is_some());
        (is_known, state.key_state(&arn, now) == Some(KeyState::PendingImport))
    };
    execution.draft.edit_row(LineageId::of(arn), |row| {
        if !is_known {
            let is_first = row.versions.is_empty();
            row.versions.push(if is_first { Version::first(id, now) } else { Version::pending(id) });
        }
        row.versions.edit(id, |version| {
            if let Some(text) = description {
                version.description = (!text.is_empty()).then(|| text.into());
            }
            version.public_key = public_key;
        });
        if let Some(own) = row.region_mut(arn.region) {
            own.imports.retain(|import| import.id != id);
            own.imports.push(Import { id, until });
            own.enabled |= waited;
        }
    });
}

/// The name of key material as replies tell it: of symmetric encryption keys alone.
fn shown_id(id: MaterialId, spec: KeySpec) -> Option<String> {
    (spec == KeySpec::SymmetricDefault).then(|| id.to_string())
}

/// Takes imported key material away from its key, which waits for it from then on (P4-303). Material that has not been
/// current yet is forgotten instead (LIF-123).
pub(in crate::operations) fn delete_imported_key_material(
    request: DeleteImportedKeyMaterial,
    execution: &mut Execution<'_>,
) -> Result<DeleteImportedKeyMaterialResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let id = material_to_delete(request.key_material_id.as_deref(), subject.arn, key)?;
    if let Some(id) = id {
        execution.draft.remove_import(subject.arn, id);
    }
    Ok(DeleteImportedKeyMaterialResponse {
        key_id: Some(subject.arn.text()),
        key_material_id: id.and_then(|id| shown_id(id, key.spec)),
    })
}

/// The material that a request names, or the current one; a key into which nothing was imported has none.
fn material_to_delete(asked: Option<&str>, arn: KeyArn, key: &Key) -> Result<Option<MaterialId>, Error> {
    let Some(asked) = asked else { return Ok(key.current()) };
    if key.spec != KeySpec::SymmetricDefault {
        return Err(Error::symmetric_only("KeyMaterialId", key.spec));
    }
    let found = MaterialId::parse(asked).and_then(|id| key.version(id));
    found.map(|version| Some(version.id)).ok_or_else(|| Error::no_material(asked, arn))
}
