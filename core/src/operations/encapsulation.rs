//! Key encapsulation: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct DecapsulateRequest {
        KeyId key_id: Required KeyIdType,
        SharedSecretCiphertextBlob shared_secret_ciphertext_blob: Required CiphertextType,
        EncapsulationAlgorithm encapsulation_algorithm: Required EncapsulationAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub(super) struct DecapsulateResponse {
        KeyId key_id: Optional KeyIdType,
        SharedSecret shared_secret: Optional PlaintextType,
        EncapsulationAlgorithm encapsulation_algorithm: Optional EncapsulationAlgorithmSpec,
    }

    pub(super) struct EncapsulateRequest {
        KeyId key_id: Required KeyIdType,
        EncapsulationAlgorithm encapsulation_algorithm: Required EncapsulationAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub(super) struct EncapsulateResponse {
        KeyId key_id: Optional KeyIdType,
        SharedSecret shared_secret: Optional PlaintextType,
        SharedSecretCiphertextBlob shared_secret_ciphertext_blob: Optional CiphertextType,
        EncapsulationAlgorithm encapsulation_algorithm: Optional EncapsulationAlgorithmSpec,
    }
}
