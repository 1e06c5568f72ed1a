//! Key encapsulation: fresh shared secrets under ML-KEM keys (FIPS 203).

use super::Execution;
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub struct Decapsulate -> DecapsulateResponse {
        KeyId key_id: Required KeyIdType,
        SharedSecretCiphertextBlob shared_secret_ciphertext_blob: Required CiphertextType,
        EncapsulationAlgorithm encapsulation_algorithm: Required EncapsulationAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct DecapsulateResponse {
        KeyId key_id: Always KeyIdType,
        SharedSecret shared_secret: Always PlaintextType,
        EncapsulationAlgorithm encapsulation_algorithm: Always EncapsulationAlgorithmSpec,
    }

    pub struct Encapsulate -> EncapsulateResponse {
        KeyId key_id: Required KeyIdType,
        EncapsulationAlgorithm encapsulation_algorithm: Required EncapsulationAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct EncapsulateResponse {
        KeyId key_id: Always KeyIdType,
        SharedSecret shared_secret: Always PlaintextType,
        SharedSecretCiphertextBlob shared_secret_ciphertext_blob: Always CiphertextType,
        EncapsulationAlgorithm encapsulation_algorithm: Always EncapsulationAlgorithmSpec,
    }
}

/// Makes a shared secret, in plaintext and in the form that only the key's owner can open.
pub(super) fn encapsulate(request: Encapsulate, execution: &mut Execution<'_>) -> Result<EncapsulateResponse, Stop> {
    let subject = execution.subject()?;
    execution.check_algorithm(subject.row()?, request.encapsulation_algorithm.as_str())?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let made = material.encapsulate(execution.provider, &mut execution.random);
    let made = made.map_err(|_| Error::internal("a secret cannot be encapsulated"))?;
    Ok(EncapsulateResponse {
        key_id: subject.arn.text(),
        shared_secret: made.shared_secret,
        shared_secret_ciphertext_blob: made.ciphertext,
        encapsulation_algorithm: request.encapsulation_algorithm,
    })
}

/// Opens an encapsulated secret. A foreign or altered one of the right length gives another secret, not an error.
pub(super) fn decapsulate(request: Decapsulate, execution: &mut Execution<'_>) -> Result<DecapsulateResponse, Stop> {
    let subject = execution.subject()?;
    execution.check_algorithm(subject.row()?, request.encapsulation_algorithm.as_str())?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let secret = material.decapsulate(execution.provider, &request.shared_secret_ciphertext_blob);
    Ok(DecapsulateResponse {
        key_id: subject.arn.text(),
        shared_secret: secret.map_err(|_| Error::ciphertext())?,
        encapsulation_algorithm: request.encapsulation_algorithm,
    })
}
