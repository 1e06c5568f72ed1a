//! `additionalEventData`: what else a record tells of a call (AUD-173 to AUD-182).

use super::{
    Facts,
    json::Json,
    operations::{Row, Tells},
};
use crate::{
    error::Exception,
    material::MaterialId,
    operations::{Side, StoreFacts, Subject},
    shapes::{KeySpec, KeyUsageType},
    state::Key,
};

/// What the id of a material needs in bytes, which is all that is told of most calls.
const OF_A_MATERIAL: usize = r#"{"keyMaterialId":""}"#.len() + 64;

/// What else is told, as JSON text.
pub(super) fn of(row: &Row, facts: &Facts<'_>) -> Option<Box<str>> {
    if !facts.shows_request() || matches!(row.tells, Tells::Nothing) {
        return None;
    }
    let mut json = Json::with_capacity(OF_A_MATERIAL);
    match row.tells {
        Tells::Nothing => {}
        Tells::Use => {
            facts.stores.iter().for_each(|store| tell_use(&mut json, store));
            tell_materials(&mut json, facts);
            tell_recipient(&mut json, facts);
        }
        Tells::Random => {
            facts.stores.iter().for_each(|store| json.name("CustomKeyStoreId").id(&store.store.id));
            tell_recipient(&mut json, facts);
        }
        Tells::Made => tell_made(&mut json, facts),
        Tells::Deletion => tell_deletion(&mut json, facts),
        Tells::Store => tell_store(&mut json, facts),
        Tells::Grant => {
            if let Some(grant) = facts.subjects.iter().find_map(|subject| subject.grant) {
                json.name("GrantId").id(&grant.id);
            }
        }
    }
    json.finish()
}

/// The names that one of two keys has for its own (AUD-158, CKS-403).
const fn side_names(side: Side) -> [&'static str; 4] {
    match side {
        Side::Only => ["CustomKeyStoreId", "BackingKeyId", "XksKeyId", "KeyMaterialId"],
        Side::Source => ["SourceCustomKeyStoreId", "SourceBackingKeyId", "SourceXksKeyId", "SourceKeyMaterialId"],
        Side::Destination => [
            "DestinationCustomKeyStoreId",
            "DestinationBackingKeyId",
            "DestinationXksKeyId",
            "DestinationKeyMaterialId",
        ],
    }
}

/// The store of a key that is used, and what is behind the key (AUD-175).
fn tell_use(json: &mut Json, facts: &StoreFacts) {
    let [store, backing, external, _] = side_names(facts.side);
    json.name(store).id(&facts.store.id);
    if let Some(behind) = &facts.backing {
        json.name(if facts.cluster.is_some() { backing } else { external }).text(behind);
    }
}

/// The materials that were used, or would have been (AUD-173, AUD-174). Of a call that has failed nobody knows.
fn tell_materials(json: &mut Json, facts: &Facts<'_>) {
    let is_told = match facts.reply {
        Ok(_) => true,
        Err(error) => error.exception == Exception::DryRunOperationException,
    };
    if !is_told || facts.operation.usage != Some(KeyUsageType::EncryptDecrypt) {
        return;
    }
    let opened = || facts.asked.as_ref().and_then(|asked| asked.sealed_under);
    match (facts.operation.name, facts.subjects) {
        ("Decrypt", [key]) => tell_material(json, Side::Only, key, facts, opened),
        ("ReEncrypt", [from, to]) => {
            tell_material(json, Side::Source, from, facts, opened);
            tell_material(json, Side::Destination, to, facts, || current(to));
        }
        (_, [key]) => tell_material(json, Side::Only, key, facts, || current(key)),
        _ => {}
    }
}

/// The material that a key encrypts with.
fn current(subject: &Subject) -> Option<MaterialId> {
    subject.row.as_ref()?.current()
}

/// The material of a symmetric encryption key outside of key stores: others have no name for theirs. Where the reply has
/// it, it is taken from there: the name of material that a schedule has made would be computed again.
fn tell_material(
    json: &mut Json,
    side: Side,
    subject: &Subject,
    facts: &Facts<'_>,
    used: impl FnOnce() -> Option<MaterialId>,
) {
    let is_named = |key: &Key| key.spec == KeySpec::SymmetricDefault && key.in_store.is_none();
    if !subject.row.as_ref().is_some_and(is_named) {
        return;
    }
    let [_, _, _, name] = side_names(side);
    let replied = facts.reply.as_ref().ok().and_then(|reply| reply.member(name)?.as_text());
    match replied {
        Some(id) => json.name(name).text(id),
        None => used().into_iter().for_each(|id| json.name(name).id(&id)),
    }
}

/// What the caller has attested to (AUD-181, AUD-182).
fn tell_recipient(json: &mut Json, facts: &Facts<'_>) {
    let Some(attestation) = facts.attestation else { return };
    json.name("Recipient").texts(&attestation.audit_members());
}

/// What is behind a key that was made in an AWS CloudHSM key store (AUD-176).
fn tell_made(json: &mut Json, facts: &Facts<'_>) {
    let made = facts.stores.iter().filter(|store| store.cluster.is_some() && facts.reply.is_ok());
    for backing in made.filter_map(|store| store.backing.as_deref()) {
        json.name("BackingKey").text(&backing_key(backing));
    }
}

/// Where the material of a key goes that is to be deleted from an AWS CloudHSM key store (AUD-177).
fn tell_deletion(json: &mut Json, facts: &Facts<'_>) {
    for store in facts.stores {
        let (Some(cluster), Some(backing)) = (&store.cluster, &store.backing) else { continue };
        json.name("CustomKeyStoreId").id(&store.store.id);
        json.name("ClusterId").id(cluster);
        json.name("BackingKeys").text(&["[", &backing_key(backing), "]"].concat());
    }
}

/// The id of a key in a cluster, as JSON text within JSON.
fn backing_key(id: &str) -> String {
    ["{\"backingKeyId\":\"", id, "\"}"].concat()
}

/// The store that a call is about: its name and its cluster, if it has one. An update tells what they are from now on.
fn tell_store(json: &mut Json, facts: &Facts<'_>) {
    for store in facts.stores {
        let changed = facts.asked.as_ref().filter(|_| facts.reply.is_ok());
        let name = changed.and_then(|asked| asked.new_store_name.as_deref());
        json.name("CustomKeyStoreName").text(name.unwrap_or(&store.name));
        let cluster = changed.and_then(|asked| asked.new_cluster.as_deref().map(str::to_owned));
        let cluster = cluster.or_else(|| Some(store.cluster.as_ref()?.to_string()));
        if let Some(cluster) = cluster {
            json.name("ClusterId").text(&cluster);
        }
    }
}
