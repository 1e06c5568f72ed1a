//! Key agreement: shared secrets by Diffie-Hellman: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct DeriveSharedSecretRequest {
        KeyId key_id: Required KeyIdType,
        KeyAgreementAlgorithm key_agreement_algorithm: Required KeyAgreementAlgorithmSpec,
        PublicKey public_key: Required PublicKeyType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
        Recipient recipient: Optional RecipientInfo,
    }

    pub(super) struct DeriveSharedSecretResponse {
        KeyId key_id: Optional KeyIdType,
        SharedSecret shared_secret: Optional PlaintextType,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
        KeyAgreementAlgorithm key_agreement_algorithm: Optional KeyAgreementAlgorithmSpec,
        KeyOrigin key_origin: Optional OriginType,
    }
}
