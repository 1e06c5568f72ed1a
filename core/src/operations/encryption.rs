//! Encrypt, Decrypt and ReEncrypt.

use std::collections::BTreeMap;

use super::{Execution, Resolver, Subject, keys::offered, resolve::Gate, sealing};
use crate::{
    access::Action,
    algorithms::KeyType,
    call::Stop,
    ciphertext::{Blob, Maker},
    error::Error,
    material::MaterialId,
    shapes::*,
    state::{Key, LineageId},
    wire::{SecretBytes, shape},
};

shape! {
    pub struct Encrypt -> EncryptResponse {
        KeyId key_id: Required KeyIdType,
        Plaintext plaintext: Required PlaintextType,
        EncryptionContext encryption_context: Optional EncryptionContextType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        EncryptionAlgorithm encryption_algorithm: Optional EncryptionAlgorithmSpec,
        DryRun dry_run: Optional NullableBooleanType,
    }

    pub struct EncryptResponse {
        CiphertextBlob ciphertext_blob: Always CiphertextType,
        KeyId key_id: Always KeyIdType,
        EncryptionAlgorithm encryption_algorithm: Always EncryptionAlgorithmSpec,
    }

    pub struct Decrypt -> DecryptResponse {
        CiphertextBlob ciphertext_blob: Optional CiphertextType,
        EncryptionContext encryption_context: Optional EncryptionContextType,
        GrantTokens grant_tokens: Optional GrantTokenList,
        KeyId key_id: Optional KeyIdType,
        EncryptionAlgorithm encryption_algorithm: Optional EncryptionAlgorithmSpec,
        Recipient recipient: Optional RecipientInfo,
        DryRun dry_run: Optional NullableBooleanType,
        DryRunModifiers dry_run_modifiers: Optional DryRunModifierList,
    }

    pub struct DecryptResponse {
        KeyId key_id: Optional KeyIdType,
        Plaintext plaintext: Optional PlaintextType,
        EncryptionAlgorithm encryption_algorithm: Optional EncryptionAlgorithmSpec,
        CiphertextForRecipient ciphertext_for_recipient: Optional CiphertextType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
    }

    pub struct ReEncrypt -> ReEncryptResponse {
        CiphertextBlob ciphertext_blob: Optional CiphertextType,
        SourceEncryptionContext source_encryption_context: Optional EncryptionContextType,
        SourceKeyId source_key_id: Optional KeyIdType,
        DestinationKeyId destination_key_id: Required KeyIdType,
        DestinationEncryptionContext destination_encryption_context: Optional EncryptionContextType,
        SourceEncryptionAlgorithm source_encryption_algorithm: Optional EncryptionAlgorithmSpec,
        DestinationEncryptionAlgorithm destination_encryption_algorithm: Optional EncryptionAlgorithmSpec,
        GrantTokens grant_tokens: Optional GrantTokenList,
        DryRun dry_run: Optional NullableBooleanType,
        DryRunModifiers dry_run_modifiers: Optional DryRunModifierList,
    }

    pub struct ReEncryptResponse {
        CiphertextBlob ciphertext_blob: Always CiphertextType,
        SourceKeyId source_key_id: Always KeyIdType,
        KeyId key_id: Always KeyIdType,
        SourceEncryptionAlgorithm source_encryption_algorithm: Always EncryptionAlgorithmSpec,
        DestinationEncryptionAlgorithm destination_encryption_algorithm: Always EncryptionAlgorithmSpec,
        SourceKeyMaterialId source_key_material_id: Optional BackingKeyIdType,
        DestinationKeyMaterialId destination_key_material_id: Optional BackingKeyIdType,
    }
}

type Context = BTreeMap<String, String>;

/// Encrypts up to 4,096 bytes.
pub(super) fn encrypt(request: Encrypt, execution: &mut Execution<'_>) -> Result<EncryptResponse, Stop> {
    let subject = execution.subject()?;
    let algorithm = request.encryption_algorithm.unwrap_or(EncryptionAlgorithmSpec::SymmetricDefault);
    let context = request.encryption_context.unwrap_or_default();
    check(subject.row()?, algorithm, &context, execution)?;
    check_length(subject.row()?, algorithm, &request.plaintext, execution)?;
    execution.end_of_dry_run()?;
    let (blob, _) = seal(subject.row()?, algorithm, &request.plaintext, &context, execution)?;
    Ok(EncryptResponse { ciphertext_blob: blob, key_id: subject.arn.text(), encryption_algorithm: algorithm })
}

/// The key of a ciphertext: a symmetric blob names it, for the others the request must.
pub(super) fn decrypt_keys(request: &Decrypt, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    let source = Source {
        blob: request.ciphertext_blob.as_deref(),
        key: request.key_id.as_deref(),
        member: "KeyId",
        algorithm: request.encryption_algorithm,
        ignored: ignores_ciphertext(request.dry_run, request.dry_run_modifiers.as_deref()),
    };
    Ok(vec![source.subject(resolver)?])
}

/// Decrypts what Encrypt, ReEncrypt or a data key operation has encrypted.
pub(super) fn decrypt(request: Decrypt, execution: &mut Execution<'_>) -> Result<DecryptResponse, Stop> {
    let subject = execution.subject()?;
    let algorithm = request.encryption_algorithm.unwrap_or(EncryptionAlgorithmSpec::SymmetricDefault);
    let context = request.encryption_context.unwrap_or_default();
    if !ignores_ciphertext(request.dry_run, request.dry_run_modifiers.as_deref()) {
        check_maker(&subject, algorithm, request.ciphertext_blob.as_deref(), execution)?;
    }
    check(subject.row()?, algorithm, &context, execution)?;
    let recipient = execution.recipient_key()?;
    execution.end_of_dry_run()?;
    let blob = request.ciphertext_blob.unwrap_or_default();
    let (plaintext, material) = open(subject.row()?, algorithm, &blob, &context, execution)?;
    let answer = execution.answer(recipient.as_deref(), plaintext)?;
    Ok(DecryptResponse {
        key_id: Some(subject.arn.text()),
        plaintext: answer.plaintext,
        encryption_algorithm: Some(algorithm),
        ciphertext_for_recipient: answer.ciphertext_for_recipient,
        key_material_id: material
            .filter(|_| recipient.is_none())
            .and_then(|id| sealing::shown(subject.row().ok()?, id)),
    })
}

/// The key that decrypts and the key that encrypts again; each needs an action of its own (P3-294).
pub(super) fn re_encrypt_keys(request: &ReEncrypt, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
    let source = Source {
        blob: request.ciphertext_blob.as_deref(),
        key: request.source_key_id.as_deref(),
        member: "SourceKeyId",
        algorithm: request.source_encryption_algorithm,
        ignored: ignores_ciphertext(request.dry_run, request.dry_run_modifiers.as_deref()),
    };
    let from = source.subject(resolver)?.action(Action::ReEncryptFrom);
    let mut to = resolver.key(&request.destination_key_id)?.action(Action::ReEncryptTo);
    to.gate = Gate::ByHandler;
    Ok(vec![from, to])
}

/// Decrypts under one key and encrypts under another; the plaintext never leaves. All that the first key can refuse comes
/// before the state of the second is asked (LIF-287).
pub(super) fn re_encrypt(request: ReEncrypt, execution: &mut Execution<'_>) -> Result<ReEncryptResponse, Stop> {
    let (from, to) = (execution.nth_subject(0)?, execution.nth_subject(1)?);
    let opening = request.source_encryption_algorithm.unwrap_or(EncryptionAlgorithmSpec::SymmetricDefault);
    let sealing = request.destination_encryption_algorithm.unwrap_or(EncryptionAlgorithmSpec::SymmetricDefault);
    let old_context = request.source_encryption_context.unwrap_or_default();
    let new_context = request.destination_encryption_context.unwrap_or_default();
    if !ignores_ciphertext(request.dry_run, request.dry_run_modifiers.as_deref()) {
        check_maker(&from, opening, request.ciphertext_blob.as_deref(), execution)?;
    }
    check(from.row()?, opening, &old_context, execution)?;
    execution.gate(&to)?;
    check(to.row()?, sealing, &new_context, execution)?;
    execution.end_of_dry_run()?;
    let blob = request.ciphertext_blob.unwrap_or_default();
    let (plaintext, old_material) = open(from.row()?, opening, &blob, &old_context, execution)?;
    check_length(to.row()?, sealing, &plaintext, execution)?;
    let (blob, new_material) = seal(to.row()?, sealing, &plaintext, &new_context, execution)?;
    Ok(ReEncryptResponse {
        ciphertext_blob: blob,
        source_key_id: from.arn.text(),
        key_id: to.arn.text(),
        source_encryption_algorithm: opening,
        destination_encryption_algorithm: sealing,
        source_key_material_id: old_material.and_then(|id| sealing::shown(from.row().ok()?, id)),
        destination_key_material_id: new_material.and_then(|id| sealing::shown(to.row().ok()?, id)),
    })
}

fn ignores_ciphertext(dry_run: Option<bool>, modifiers: Option<&[DryRunModifierType]>) -> bool {
    dry_run == Some(true) && modifiers.is_some_and(|all| all.contains(&DryRunModifierType::IgnoreCiphertext))
}

/// What a request says of a ciphertext.
struct Source<'a> {
    blob: Option<&'a [u8]>,
    key: Option<&'a str>,
    /// The name of the member that names the key.
    member: &'static str,
    algorithm: Option<EncryptionAlgorithmSpec>,
    /// Whether a dry run is to leave the ciphertext aside.
    ignored: bool,
}

impl Source<'_> {
    fn subject(&self, resolver: &Resolver<'_>) -> Result<Subject, Stop> {
        let named = self.key.map(|text| resolver.key(text)).transpose()?;
        if self.ignored {
            return named.ok_or_else(|| Error::key_id_missing(self.member).into());
        }
        let blob = self.blob.ok_or_else(|| Error::missing("ciphertextBlob"))?;
        if self.algorithm.is_some_and(|algorithm| algorithm != EncryptionAlgorithmSpec::SymmetricDefault) {
            return named.ok_or_else(|| Error::key_id_missing(self.member).into());
        }
        match named {
            // Only a caller who may decrypt with the key learns whether it made the ciphertext. Who names another key is
            // told that, whatever the other is for and whatever its state (recorded by LocalStack; floci PR #3968).
            Some(named) => Ok(Subject { gate: Gate::ByHandler, ..named }),
            None => maker(*Blob::parse(blob).map_err(|_| Error::ciphertext())?.material_id(), resolver),
        }
    }
}

/// Refuses a ciphertext that another key has made than the one that the request names. This belongs to finding the key,
/// so it comes before the usage and the state of the key are asked, but only those learn of it who may use the key.
fn check_maker(
    subject: &Subject,
    algorithm: EncryptionAlgorithmSpec,
    blob: Option<&[u8]>,
    execution: &Execution<'_>,
) -> Result<(), Error> {
    let Some(blob) = blob.filter(|_| algorithm == EncryptionAlgorithmSpec::SymmetricDefault) else { return Ok(()) };
    let blob = Blob::parse(blob).ok();
    let holders_of = |blob: &Blob<'_>| execution.draft.state().holders_near(*blob.material_id(), execution.call.region);
    let owner = blob.as_ref().and_then(holders_of).map(|holders| holders.owner);
    if owner.is_some_and(|owner| owner != LineageId::of(subject.arn)) {
        return Err(Error::incorrect_key());
    }
    if subject.gate == Gate::ByHandler {
        execution.gate(subject)?;
    }
    let blob = blob.filter(|_| owner.is_some()).ok_or_else(Error::ciphertext)?;
    sealing::check_layers(subject.row()?, &blob)
}

/// The key that made a ciphertext, found by the reference in it.
fn maker(material: MaterialId, resolver: &Resolver<'_>) -> Result<Subject, Stop> {
    let holders = resolver.draft.state().holders_near(material, resolver.call.region).ok_or_else(Error::ciphertext)?;
    let arn = holders.owner.in_region(resolver.call.region);
    let is_foreign = holders.partition != resolver.call.region.partition();
    let lives_elsewhere = is_foreign || resolver.draft.key(&arn).is_none() && holders.is_held;
    let mut subject = if lives_elsewhere { resolver.unknown(arn) } else { resolver.known(arn, None)? };
    subject.by_ciphertext = true;
    Ok(subject)
}

/// Checks that the algorithm is one of the key's, and the context allowed with it.
fn check(
    key: &Key,
    algorithm: EncryptionAlgorithmSpec,
    context: &Context,
    execution: &Execution<'_>,
) -> Result<(), Error> {
    execution.check_algorithm(key, algorithm.as_str())?;
    if offered(key.spec, execution)?.key_type != KeyType::Symmetric && !context.is_empty() {
        return Err(Error::context_of_asymmetric_key());
    }
    Ok(())
}

/// Checks that the algorithm can take the plaintext.
fn check_length(
    key: &Key,
    algorithm: EncryptionAlgorithmSpec,
    plaintext: &[u8],
    execution: &Execution<'_>,
) -> Result<(), Error> {
    match offered(key.spec, execution)?.max_plaintext(algorithm) {
        Some(most) if plaintext.len() <= most => Ok(()),
        most => Err(Error::plaintext_length(algorithm, key.spec, most.unwrap_or(0))),
    }
}

fn seal(
    key: &Key,
    algorithm: EncryptionAlgorithmSpec,
    plaintext: &[u8],
    context: &Context,
    execution: &mut Execution<'_>,
) -> Result<(Vec<u8>, Option<MaterialId>), Stop> {
    if algorithm == EncryptionAlgorithmSpec::SymmetricDefault {
        let (blob, id) = sealing::seal(key, Maker::Encrypt, plaintext, context, execution)?;
        return Ok((blob, Some(id)));
    }
    let (_, material) = execution.current(key)?;
    let blob = material.encrypt(execution.provider, algorithm, plaintext, &mut execution.random);
    Ok((blob.map_err(|_| Error::internal("a plaintext cannot be encrypted"))?, None))
}

fn open(
    key: &Key,
    algorithm: EncryptionAlgorithmSpec,
    blob: &[u8],
    context: &Context,
    execution: &mut Execution<'_>,
) -> Result<(SecretBytes, Option<MaterialId>), Stop> {
    if algorithm == EncryptionAlgorithmSpec::SymmetricDefault {
        let (plaintext, id) = sealing::open(key, blob, context, execution)?;
        return Ok((plaintext, Some(id)));
    }
    let (_, material) = execution.current(key)?;
    let plaintext = material.decrypt(execution.provider, algorithm, blob, &mut execution.random);
    Ok((plaintext.map_err(|_| Error::ciphertext())?, None))
}
