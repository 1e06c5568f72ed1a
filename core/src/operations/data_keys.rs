//! Data keys and data key pairs, in plaintext and encrypted under a symmetric encryption key.

use std::collections::BTreeMap;

use super::{Execution, Resolver, Subject, sealing};
use crate::{
    algorithms,
    call::Stop,
    ciphertext::Maker,
    error::Error,
    material::{DataKeyPair, data_key_pair},
    shapes::*,
    wire::{SecretBytes, shape},
};

shape! {
    pub struct GenerateDataKey -> GenerateDataKeyResponse {
        KeyId key_id: Required KeyIdType,
        EncryptionContext encryption_context: Optional EncryptionContextType,
        NumberOfBytes number_of_bytes: Optional NumberOfBytesType,
        KeySpec key_spec: Optional DataKeySpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        Recipient recipient: Optional RecipientInfo,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct GenerateDataKeyResponse {
        CiphertextBlob ciphertext_blob: Optional CiphertextType,
        Plaintext plaintext: Optional PlaintextType,
        KeyId key_id: Optional KeyIdType,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct GenerateDataKeyWithoutPlaintext -> GenerateDataKeyWithoutPlaintextResponse {
        KeyId key_id: Required KeyIdType,
        EncryptionContext encryption_context: Optional EncryptionContextType,
        KeySpec key_spec: Optional DataKeySpec,
        NumberOfBytes number_of_bytes: Optional NumberOfBytesType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct GenerateDataKeyWithoutPlaintextResponse {
        CiphertextBlob ciphertext_blob: Always CiphertextType,
        KeyId key_id: Always KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct GenerateDataKeyPair -> GenerateDataKeyPairResponse {
        EncryptionContext encryption_context: Optional EncryptionContextType,
        KeyId key_id: Required KeyIdType,
        KeyPairSpec key_pair_spec: Required DataKeyPairSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        Recipient recipient: Optional RecipientInfo,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct GenerateDataKeyPairResponse {
        PrivateKeyCiphertextBlob private_key_ciphertext_blob: Optional CiphertextType,
        PrivateKeyPlaintext private_key_plaintext: Optional PlaintextType,
        PublicKey public_key: Optional PublicKeyType,
        KeyId key_id: Optional KeyIdType,
        KeyPairSpec key_pair_spec: Optional DataKeyPairSpec,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct GenerateDataKeyPairWithoutPlaintext -> GenerateDataKeyPairWithoutPlaintextResponse {
        EncryptionContext encryption_context: Optional EncryptionContextType,
        KeyId key_id: Required KeyIdType,
        KeyPairSpec key_pair_spec: Required DataKeyPairSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct GenerateDataKeyPairWithoutPlaintextResponse {
        PrivateKeyCiphertextBlob private_key_ciphertext_blob: Always CiphertextType,
        PublicKey public_key: Always PublicKeyType,
        KeyId key_id: Always KeyIdType,
        KeyPairSpec key_pair_spec: Always DataKeyPairSpec,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }
}

/// The key, once it is certain that the request gives exactly one length.
pub(super) fn data_key_keys(request: &GenerateDataKey, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    key_of_data_key(&request.key_id, request.key_spec, request.number_of_bytes, resolver)
}

/// The key, once it is certain that the request gives exactly one length.
pub(super) fn data_key_without_plaintext_keys(
    request: &GenerateDataKeyWithoutPlaintext,
    resolver: &Resolver<'_>,
) -> Result<Vec<Subject>, Stop> {
    key_of_data_key(&request.key_id, request.key_spec, request.number_of_bytes, resolver)
}

fn key_of_data_key(
    key_id: &str,
    spec: Option<DataKeySpec>,
    bytes: Option<i64>,
    resolver: &Resolver<'_>,
) -> Result<Vec<Subject>, Stop> {
    let subject = resolver.key(key_id)?;
    length(spec, bytes)?;
    Ok(vec![subject])
}

/// Makes a data key and returns it in both forms (P1-40).
pub(super) fn generate_data_key(
    request: GenerateDataKey,
    execution: &mut Execution<'_>,
) -> Result<GenerateDataKeyResponse, Stop> {
    let subject = symmetric(execution)?;
    let recipient = execution.recipient_key()?;
    let length = length(request.key_spec, request.number_of_bytes)?;
    let (plaintext, sealed) = data_key(&subject, length, request.encryption_context, execution)?;
    let answer = execution.answer(recipient.as_deref(), plaintext)?;
    Ok(GenerateDataKeyResponse {
        ciphertext_blob: Some(sealed.blob),
        plaintext: answer.plaintext,
        key_id: Some(sealed.key_id),
        ciphertext_for_recipient: answer.ciphertext_for_recipient,
        key_material_id: sealed.material.filter(|_| recipient.is_none()),
    })
}

/// Makes a data key and returns it encrypted alone (P1-41).
pub(super) fn generate_data_key_without_plaintext(
    request: GenerateDataKeyWithoutPlaintext,
    execution: &mut Execution<'_>,
) -> Result<GenerateDataKeyWithoutPlaintextResponse, Stop> {
    let subject = symmetric(execution)?;
    let length = length(request.key_spec, request.number_of_bytes)?;
    let (_, sealed) = data_key(&subject, length, request.encryption_context, execution)?;
    Ok(GenerateDataKeyWithoutPlaintextResponse {
        ciphertext_blob: sealed.blob,
        key_id: sealed.key_id,
        key_material_id: sealed.material,
    })
}

/// Makes a data key pair, the private key in both forms (P1-51).
pub(super) fn generate_data_key_pair(
    request: GenerateDataKeyPair,
    execution: &mut Execution<'_>,
) -> Result<GenerateDataKeyPairResponse, Stop> {
    let subject = symmetric(execution)?;
    let recipient = execution.recipient_key()?;
    let (pair, sealed) = key_pair(&subject, request.key_pair_spec, request.encryption_context, execution)?;
    let answer = execution.answer(recipient.as_deref(), pair.private)?;
    Ok(GenerateDataKeyPairResponse {
        private_key_ciphertext_blob: Some(sealed.blob),
        private_key_plaintext: answer.plaintext,
        public_key: Some(pair.public),
        key_id: Some(sealed.key_id),
        key_pair_spec: Some(request.key_pair_spec),
        ciphertext_for_recipient: answer.ciphertext_for_recipient,
        key_material_id: sealed.material.filter(|_| recipient.is_none()),
    })
}

/// Makes a data key pair, the private key encrypted alone (P1-52).
pub(super) fn generate_data_key_pair_without_plaintext(
    request: GenerateDataKeyPairWithoutPlaintext,
    execution: &mut Execution<'_>,
) -> Result<GenerateDataKeyPairWithoutPlaintextResponse, Stop> {
    let subject = symmetric(execution)?;
    let (pair, sealed) = key_pair(&subject, request.key_pair_spec, request.encryption_context, execution)?;
    Ok(GenerateDataKeyPairWithoutPlaintextResponse {
        private_key_ciphertext_blob: sealed.blob,
        public_key: pair.public,
        key_id: sealed.key_id,
        key_pair_spec: request.key_pair_spec,
        key_material_id: sealed.material,
    })
}

/// The length of a data key in bytes: exactly one of the two members gives it.
fn length(spec: Option<DataKeySpec>, bytes: Option<i64>) -> Result<usize, Error> {
    match (spec, bytes) {
        (Some(DataKeySpec::Aes256), None) => Ok(32),
        (Some(DataKeySpec::Aes128), None) => Ok(16),
        (None, Some(bytes)) => usize::try_from(bytes).map_err(|_| Error::data_key_length()),
        _ => Err(Error::data_key_length()),
    }
}

/// Something encrypted under a KMS key.
struct Sealed {
    blob: Vec<u8>,
    key_id: String,
    /// Replies name the material of keys outside of custom key stores alone.
    material: Option<String>,
}

type Context = Option<BTreeMap<String, String>>;

fn data_key(
    subject: &Subject,
    length: usize,
    context: Context,
    execution: &mut Execution<'_>,
) -> Result<(SecretBytes, Sealed), Stop> {
    execution.end_of_dry_run()?;
    let plaintext = execution.random.secret(length);
    let sealed = seal(subject, &plaintext, context, execution)?;
    Ok((plaintext, sealed))
}

fn key_pair(
    subject: &Subject,
    spec: DataKeyPairSpec,
    context: Context,
    execution: &mut Execution<'_>,
) -> Result<(DataKeyPair, Sealed), Stop> {
    let partition = execution.call.region.partition();
    let row = algorithms::row(algorithms::key_spec(spec), partition);
    let row = row.ok_or_else(|| Error::spec_not_offered("KeyPairSpec", spec.as_str()))?;
    execution.end_of_dry_run()?;
    let material = execution.new_key_pair(subject.arn, row)?;
    let pair =
        data_key_pair(&material, execution.provider).map_err(|_| Error::internal("a key pair cannot be encoded"))?;
    let sealed = seal(subject, &pair.private, context, execution)?;
    Ok((pair, sealed))
}

/// The key, which must be a symmetric encryption key.
fn symmetric(execution: &Execution<'_>) -> Result<Subject, Error> {
    let subject = execution.subject()?;
    let suits = execution.operation.suits(subject.row()?.spec);
    if suits { Ok(subject) } else { Err(Error::data_key_of_asymmetric_key()) }
}

fn seal(subject: &Subject, plaintext: &[u8], context: Context, execution: &mut Execution<'_>) -> Result<Sealed, Stop> {
    let (key, context) = (subject.row()?, context.unwrap_or_default());
    let (blob, id) = sealing::seal(key, Maker::GenerateDataKey, plaintext, &context, execution)?;
    Ok(Sealed { blob, key_id: subject.arn.text(), material: sealing::shown(key, id) })
}
