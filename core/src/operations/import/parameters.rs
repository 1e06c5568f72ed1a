//! GetParametersForImport: a wrapping key, and the token with which wrapped material comes back.

use super::{GetParametersForImport, GetParametersForImportResponse};
use crate::{
    call::Stop,
    error::Error,
    import_token::{self, ImportToken},
    names::KeyArn,
    operations::{Execution, keys::offered},
    state::{LineageId, Secret, SecretName},
    wrapping,
};

/// Makes a wrapping key, and the token with which material that is wrapped under it is imported (P4-316).
pub(in crate::operations) fn get_parameters_for_import(
    request: GetParametersForImport,
    execution: &mut Execution<'_>,
) -> Result<GetParametersForImportResponse, Stop> {
    let subject = execution.subject()?;
    let (algorithm, spec) = (request.wrapping_algorithm, request.wrapping_key_spec);
    let (key_spec, partition) = (subject.row()?.spec, execution.call.region.partition());
    if !wrapping::is_offered(partition, algorithm, spec) {
        return Err(Error::wrapping_not_offered(algorithm, spec).into());
    }
    if !wrapping::suits(offered(key_spec, execution)?, partition, algorithm, spec) {
        return Err(Error::wrapping(algorithm, spec, key_spec).into());
    }
    let row = offered(wrapping::key_spec(spec), execution)?;
    let wrapping_key = execution.new_wrapping_key(subject.arn, row)?;
    let public_key = wrapping_key.public_key_der(execution.provider);
    let public_key = public_key.map_err(|_| Error::internal("a wrapping key has no public half"))?;
    let valid_to = execution.call.now.after(import_token::LIFETIME);
    let secret = token_secret(subject.arn, execution);
    let token = ImportToken { algorithm, valid_to, wrapping_key };
    let token = token.seal(subject.arn, secret.expose(), execution.provider, &mut execution.random);
    Ok(GetParametersForImportResponse {
        key_id: Some(subject.arn.text()),
        import_token: Some(token.map_err(|_| Error::internal("an import token cannot be sealed"))?),
        public_key: Some(public_key.into()),
        parameters_valid_to: Some(valid_to),
    })
}

/// The secret that seals the tokens of a key, made at the first need.
fn token_secret(arn: KeyArn, execution: &mut Execution<'_>) -> Secret {
    let name = SecretName::ImportTokens(arn);
    if let Some(secret) = execution.draft.state().secret(&name) {
        return secret.clone();
    }
    let secret = Secret::random(&mut execution.random);
    execution.draft.put_secret(name, LineageId::of(arn), secret.clone());
    secret
}
