//! Random bytes.

use super::{Execution, key_stores, recipient::Disclosed};
use crate::{call::Stop, error::Error, shapes::*, wire::shape};

shape! {
    pub struct GenerateRandom -> GenerateRandomResponse {
        NumberOfBytes number_of_bytes: Optional NumberOfBytesType,
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        Recipient recipient: Optional RecipientInfo,
    }

    pub struct GenerateRandomResponse {
        Plaintext plaintext: Optional PlaintextType,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
    }
}

/// Returns up to 1,024 random bytes.
pub(super) fn generate_random(
    request: GenerateRandom,
    execution: &mut Execution<'_>,
) -> Result<GenerateRandomResponse, Stop> {
    let recipient = execution.recipient_key()?;
    request.custom_key_store_id.map_or(Ok(()), |store| key_stores::generates_random(&store, execution))?;
    let length = request.number_of_bytes.and_then(|bytes| usize::try_from(bytes).ok());
    let plaintext = execution.random.secret(length.ok_or_else(Error::number_of_bytes)?);
    let Disclosed { plaintext, ciphertext_for_recipient } = execution.answer(recipient.as_deref(), plaintext)?;
    Ok(GenerateRandomResponse { plaintext, ciphertext_for_recipient })
}
