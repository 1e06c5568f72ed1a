//! Public keys, signatures and their verification.

use super::{
    Execution, Subject,
    keys::{listed, offered},
};
use crate::{
    algorithms::{MessageForm, message_form},
    call::Stop,
    error::Error,
    shapes::*,
    state::Version,
    wire::shape,
};

shape! {
    pub struct GetPublicKey -> GetPublicKeyResponse {
        KeyId key_id: Required KeyIdType,
        GrantTokens grant_tokens: Optional GrantTokenList,
    }

    pub struct GetPublicKeyResponse {
        KeyId key_id: Optional KeyIdType,
        PublicKey public_key: Optional PublicKeyType,
        CustomerMasterKeySpec customer_master_key_spec: Optional CustomerMasterKeySpec,
        KeySpec key_spec: Optional KeySpec,
        KeyUsage key_usage: Optional KeyUsageType,
        EncryptionAlgorithms encryption_algorithms: Optional EncryptionAlgorithmSpecList,
        SigningAlgorithms signing_algorithms: Optional SigningAlgorithmSpecList,
        KeyAgreementAlgorithms key_agreement_algorithms: Optional KeyAgreementAlgorithmSpecList,
        EncapsulationAlgorithms encapsulation_algorithms: Optional EncapsulationAlgorithmSpecList,
    }

    pub struct Sign -> SignResponse {
        KeyId key_id: Required KeyIdType,
        Message message: Required PlaintextType,
        MessageType message_type: Optional MessageType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        SigningAlgorithm signing_algorithm: Required RequestedSigningAlgorithm,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct SignResponse {
        KeyId key_id: Always KeyIdType,
        Signature signature: Always CiphertextType,
        SigningAlgorithm signing_algorithm: Always SigningAlgorithmSpec,
    }

    pub struct Verify -> VerifyResponse {
        KeyId key_id: Required KeyIdType,
        Message message: Required PlaintextType,
        MessageType message_type: Optional MessageType,
        Signature signature: Required CiphertextType,
        SigningAlgorithm signing_algorithm: Required RequestedSigningAlgorithm,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct VerifyResponse {
        KeyId key_id: Always KeyIdType,
        SignatureValid signature_valid: Always BooleanType,
        SigningAlgorithm signing_algorithm: Always SigningAlgorithmSpec,
    }
}

/// Gives the public key of an asymmetric key as `SubjectPublicKeyInfo` in DER (RFC 5280).
pub(super) fn get_public_key(_: GetPublicKey, execution: &mut Execution<'_>) -> Result<GetPublicKeyResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    // A key into which nothing was ever imported has no public key to give; its state answers (LIF-297).
    let current = key.versions.singles().next_back();
    let current = current.ok_or_else(|| Error::state(subject.arn, "pending import"))?;
    let row = offered(key.spec, execution)?;
    if !execution.operation.suits(key.spec) {
        return Err(Error::key_spec().into());
    }
    let public_key = public_key(&subject, current, execution)?;
    let algorithms = row.algorithms(key.usage).copied();
    Ok(GetPublicKeyResponse {
        key_id: Some(subject.arn.text()),
        public_key: Some(public_key),
        customer_master_key_spec: CustomerMasterKeySpec::parse(key.spec.as_str()),
        key_spec: Some(key.spec),
        key_usage: Some(key.usage),
        encryption_algorithms: algorithms.and_then(|all| listed(all.encryption())),
        signing_algorithms: algorithms.and_then(|all| listed(all.signing())),
        key_agreement_algorithms: algorithms.and_then(|all| listed(all.agreement())),
        encapsulation_algorithms: algorithms.and_then(|all| listed(all.encapsulation())),
    })
}

/// The public key of a key; that of imported material outlives it (LIF-297).
fn public_key(subject: &Subject, current: &Version, execution: &Execution<'_>) -> Result<Vec<u8>, Error> {
    if let Some(kept) = &current.public_key {
        return Ok(kept.to_vec());
    }
    if execution.draft.state().key_state(&subject.arn, execution.call.now) == Some(KeyState::PendingImport) {
        // The material was imported into a world of an earlier version, which did not keep the public key.
        return Err(Error::state(subject.arn, "pending import"));
    }
    let (_, material) = execution.current(subject.row()?)?;
    material.public_key_der(execution.provider).map_err(|_| Error::internal("a public key is lost"))
}

/// Signs a message or its digest.
pub(super) fn sign(request: Sign, execution: &mut Execution<'_>) -> Result<SignResponse, Stop> {
    let subject = execution.subject()?;
    let (message_type, message) = (request.message_type.unwrap_or(MessageType::Raw), &request.message);
    let algorithm = check(&subject, request.signing_algorithm, message_type, message, execution)?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let signature = material.sign(execution.provider, algorithm, message_type, message, &mut execution.random);
    let signature = signature.map_err(|_| Error::internal("a message cannot be signed"))?;
    Ok(SignResponse { key_id: subject.arn.text(), signature, signing_algorithm: algorithm })
}

/// Verifies a signature; a bad one is an exception, never `false`.
pub(super) fn verify(request: Verify, execution: &mut Execution<'_>) -> Result<VerifyResponse, Stop> {
    let subject = execution.subject()?;
    let (message_type, message) = (request.message_type.unwrap_or(MessageType::Raw), &request.message);
    let algorithm = check(&subject, request.signing_algorithm, message_type, message, execution)?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(subject.row()?)?;
    let valid = material.verify(execution.provider, algorithm, message_type, message, &request.signature);
    if !valid.map_err(|_| Error::internal("a signature cannot be checked"))? {
        return Err(Error::signature().into());
    }
    Ok(VerifyResponse { key_id: subject.arn.text(), signature_valid: true, signing_algorithm: algorithm })
}

/// The algorithm, which must be one of the key's and take messages of this form.
fn check(
    subject: &Subject,
    asked: RequestedSigningAlgorithm,
    message_type: MessageType,
    message: &[u8],
    execution: &Execution<'_>,
) -> Result<SigningAlgorithmSpec, Error> {
    let key = subject.row()?;
    execution.check_algorithm(key, asked.as_str())?;
    let algorithm = asked.published().ok_or_else(|| Error::algorithm(asked.as_str(), key.spec))?;
    match message_form(algorithm, message_type) {
        MessageForm::Digest(length) if message.len() != length => Err(wrong_length(algorithm, message_type)),
        MessageForm::Message | MessageForm::Digest(_) => Ok(algorithm),
        MessageForm::Refused => Err(refused(algorithm, message_type, key.spec)),
    }
}

fn wrong_length(algorithm: SigningAlgorithmSpec, message_type: MessageType) -> Error {
    if message_type == MessageType::ExternalMu { Error::mu_length(algorithm) } else { Error::digest_length(algorithm) }
}

/// AWS blames the algorithm where the spec has another that takes the message type, else the spec.
fn refused(algorithm: SigningAlgorithmSpec, message_type: MessageType, spec: KeySpec) -> Error {
    let what = match spec {
        KeySpec::EccNistEdwards25519 => format!("algorithm {algorithm}"),
        _ => format!("key spec {spec}"),
    };
    Error::message_type(message_type, &what)
}
