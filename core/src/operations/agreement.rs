//! Key agreement: the secret that a KMS key shares with somebody else's public key.

use super::Execution;
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub struct DeriveSharedSecret -> DeriveSharedSecretResponse {
        KeyId key_id: Required KeyIdType,
        KeyAgreementAlgorithm key_agreement_algorithm: Required KeyAgreementAlgorithmSpec,
        PublicKey public_key: Required PublicKeyType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
        Recipient recipient: Optional RecipientInfo,
    }

    pub struct DeriveSharedSecretResponse {
        KeyId key_id: Always KeyIdType,
        SharedSecret shared_secret: Optional PlaintextType,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
        KeyAgreementAlgorithm key_agreement_algorithm: Always KeyAgreementAlgorithmSpec,
        KeyOrigin key_origin: Always OriginType,
    }
}

/// Derives the raw shared secret of the key and a peer's public key (SP 800-56A section 5.7.1.2).
pub(super) fn derive_shared_secret(
    request: DeriveSharedSecret,
    execution: &mut Execution<'_>,
) -> Result<DeriveSharedSecretResponse, Stop> {
    let subject = execution.subject()?;
    let key = subject.row()?;
    let algorithm = request.key_agreement_algorithm;
    execution.check_algorithm(key, algorithm.as_str())?;
    let recipient = execution.recipient_key()?;
    execution.end_of_dry_run()?;
    let (_, material) = execution.current(key)?;
    let secret = material.derive_shared_secret(execution.provider, &request.public_key);
    let answer = execution.answer(recipient.as_deref(), secret.map_err(|_| Error::public_key())?)?;
    Ok(DeriveSharedSecretResponse {
        key_id: subject.arn.text(),
        shared_secret: answer.plaintext,
        ciphertext_for_recipient: answer.ciphertext_for_recipient,
        key_agreement_algorithm: algorithm,
        key_origin: key.origin,
    })
}
