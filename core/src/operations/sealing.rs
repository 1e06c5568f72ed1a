//! Encryption under a symmetric key: one layer, or two where an external key stands behind the KMS key (section 2 of
//! custom-key-stores.md).

use super::Execution;
use crate::{
    call::{Reliability, Stop},
    ciphertext::{self, Blob, Context, Envelope, External, Maker, Outline},
    crypto::CryptoError,
    error::Error,
    external::{Asker, Cause, KeyPair, Proxy, Sealed},
    material::MaterialId,
    shapes::OriginType,
    state::Key,
    wire::SecretBytes,
};

/// Seals a plaintext under the current material of a key, and then under the external key, if there is one.
pub(super) fn seal(
    key: &Key,
    maker: Maker,
    plaintext: &[u8],
    context: &Context,
    execution: &mut Execution<'_>,
) -> Result<(Vec<u8>, MaterialId), Stop> {
    let (id, material) = execution.current(key)?;
    let (provider, random) = (execution.provider, &mut execution.random);
    // Drawn before anybody is asked: with an answer or without, a call draws the same (CKS-162).
    let outline = key.external().map(|_| Outline::new(maker, &id, random));
    let blob = ciphertext::seal(provider, &material, &id, maker, plaintext, context, random).map_err(unsealed)?;
    match outline {
        Some(outline) => Ok((seal_again(key, maker, &outline, &blob, context, execution)?, id)),
        None => Ok((blob, id)),
    }
}

fn unsealed(_: CryptoError) -> Error {
    Error::internal("a plaintext cannot be sealed")
}

/// Has the external key seal what KMS has sealed. The plaintext itself goes to no proxy (CKS-191).
fn seal_again(
    key: &Key,
    maker: Maker,
    outline: &Outline,
    below: &[u8],
    context: &Context,
    execution: &Execution<'_>,
) -> Result<Vec<u8>, Stop> {
    let (asker, associated) = (execution.asker(), outline.associated(context).map_err(unsealed)?);
    let (proxy, pair) = behind(key, &asker)?;
    let integrity = asker.state.asks_integrity(maker == Maker::GenerateDataKey);
    let answer = asker.encrypt(&proxy, pair, below, &associated, integrity)?;
    let answer = answer.map_err(|cause| cause.on_use(asker.reliability(&proxy.store)))?;
    let blob = outline.seal(&answer.metadata, &answer.iv, &answer.tag, &answer.ciphertext);
    Ok(blob.map_err(unsealed)?)
}

/// The proxy through which an external key is used, and the two keys.
fn behind<'a>(key: &'a Key, asker: &Asker<'a>) -> Result<(Proxy<'a>, KeyPair<'a>), Error> {
    let found = || {
        let (store, row) = asker.state.store_of(key)?;
        let proxy = Proxy::of(store, row.external()?, asker.state)?;
        Some((proxy, KeyPair { key: key.lineage().in_region(key.own().region), external: key.external()? }))
    };
    found().ok_or_else(|| Error::internal("a key in a custom key store has no store"))
}

/// Refuses a blob with another number of layers than the key makes: whoever runs a proxy sees the layer below, which must
/// not open by itself (CKS-211).
pub(super) fn check_layers(key: &Key, blob: &Blob<'_>) -> Result<(), Error> {
    let has_two = matches!(blob, Blob::External(_));
    if has_two == (key.origin == OriginType::ExternalKeyStore) { Ok(()) } else { Err(Error::ciphertext()) }
}

/// Opens a blob with the material that it names, after the external key has opened the outer layer, if there is one.
pub(super) fn open(
    key: &Key,
    blob: &[u8],
    context: &Context,
    execution: &Execution<'_>,
) -> Result<(SecretBytes, MaterialId), Stop> {
    let blob = Blob::parse(blob).map_err(|_| Error::ciphertext())?;
    check_layers(key, &blob)?;
    let id = *blob.material_id();
    // Imported material that waits for its rotation has encrypted nothing, and need not be here (LIF-179); nor need what was
    // forgotten while it waited.
    let is_new = || key.version(id).is_none_or(|version| version.since.is_none());
    if key.origin == OriginType::External && is_new() {
        return Err(Error::ciphertext().into());
    }
    let plaintext = match &blob {
        Blob::Plain(envelope) => opened(envelope, key, id, context, execution)?.map_err(|_| Error::ciphertext())?,
        Blob::External(external) => {
            let below = open_first(key, external, context, execution)?;
            let envelope = Envelope::parse(&below).ok().filter(|envelope| *envelope.material_id() == id);
            let opened = envelope.map(|envelope| opened(&envelope, key, id, context, execution)).transpose()?;
            let inner = || Cause::Inner.on_use(Reliability::Low);
            opened.and_then(Result::ok).ok_or_else(inner)?
        }
    };
    Ok((plaintext, id))
}

fn opened(
    envelope: &Envelope<'_>,
    key: &Key,
    id: MaterialId,
    context: &Context,
    execution: &Execution<'_>,
) -> Result<Result<SecretBytes, CryptoError>, Error> {
    Ok(envelope.open(execution.provider, &execution.material(id, key)?, context))
}

/// Has the external key open the outer layer.
fn open_first(
    key: &Key,
    external: &External<'_>,
    context: &Context,
    execution: &Execution<'_>,
) -> Result<Vec<u8>, Stop> {
    let (asker, associated) = (execution.asker(), external.associated(context).map_err(|_| Error::ciphertext())?);
    let (proxy, pair) = behind(key, &asker)?;
    let External { metadata, iv, tag, ciphertext, .. } = *external;
    let answer = asker.decrypt(&proxy, pair, &Sealed { ciphertext, metadata, iv, tag, associated: &associated })?;
    Ok(answer.map_err(|cause| cause.on_use(asker.reliability(&proxy.store)))?)
}

/// The name of a material in a reply: keys in custom key stores show none (CKS-212).
pub(super) fn shown(key: &Key, id: MaterialId) -> Option<String> {
    key.in_store.is_none().then(|| id.to_string())
}
