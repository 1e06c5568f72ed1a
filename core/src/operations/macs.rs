//! Message authentication codes of HMAC keys.

use super::Execution;
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub struct GenerateMac -> GenerateMacResponse {
        Message message: Required PlaintextType,
        KeyId key_id: Required KeyIdType,
        MacAlgorithm mac_algorithm: Required MacAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct GenerateMacResponse {
        Mac mac: Always CiphertextType,
        MacAlgorithm mac_algorithm: Always MacAlgorithmSpec,
        KeyId key_id: Always KeyIdType,
    }

    pub struct VerifyMac -> VerifyMacResponse {
        Message message: Required PlaintextType,
        KeyId key_id: Required KeyIdType,
        MacAlgorithm mac_algorithm: Required MacAlgorithmSpec,
        Mac mac: Required CiphertextType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct VerifyMacResponse {
        KeyId key_id: Always KeyIdType,
        MacValid mac_valid: Always BooleanType,
        MacAlgorithm mac_algorithm: Always MacAlgorithmSpec,
    }
}

/// Computes the code of a message.
pub(super) fn generate_mac(request: GenerateMac, execution: &mut Execution<'_>) -> Result<GenerateMacResponse, Stop> {
    let subject = execution.subject()?;
    execution.check_algorithm(subject.row()?, request.mac_algorithm.as_str())?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let mac = material.mac(execution.provider, request.mac_algorithm, &request.message);
    let mac = mac.map_err(|_| Error::internal("a code cannot be computed"))?;
    Ok(GenerateMacResponse { mac, mac_algorithm: request.mac_algorithm, key_id: subject.arn.text() })
}

/// Verifies a code; a bad one is an exception, never `false`.
pub(super) fn verify_mac(request: VerifyMac, execution: &mut Execution<'_>) -> Result<VerifyMacResponse, Stop> {
    let subject = execution.subject()?;
    execution.check_algorithm(subject.row()?, request.mac_algorithm.as_str())?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let valid = material.verify_mac(execution.provider, request.mac_algorithm, &request.message, &request.mac);
    if !valid.map_err(|_| Error::internal("a code cannot be checked"))? {
        return Err(Error::mac().into());
    }
    Ok(VerifyMacResponse { key_id: subject.arn.text(), mac_valid: true, mac_algorithm: request.mac_algorithm })
}
