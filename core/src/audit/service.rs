//! What KMS does by itself: what has fallen due, and what it does because of a call.

use std::sync::Arc;

use super::{
    Identity, Record, Resource,
    details::{Details, Rotated},
    json::Json,
    record::{Body, Kind},
};
use crate::{
    access,
    ids::Uuid,
    material::MaterialId,
    names::KeyArn,
    shapes::RotationType,
    state::{BackingKey, Due, Happened, KeyRow, LineageId, State, backing_key_id},
    time::Time,
    wire::{self, Value},
};

/// How many of the newest of an unbroken run of rotations of one key are recorded: time may jump a thousand years (a
/// decision). Somebody who comes once in eight years finds all that happened every ninety days.
const MOST_OF_A_RUN: u32 = 32;

/// The records of something that fell due, and how many were left out. They draw nothing: their ids follow from the key, the
/// instant and what it was. The state is as it was just after. Nothing is told of what follows from other records (AUD-190).
pub(crate) fn of_happened(happened: &Happened, state: &State, records: &mut Vec<Record>) -> u32 {
    match happened.what {
        Due::Visible(_) | Due::Connection(_) | Due::Ready(_) => {}
        Due::Deletion(key) => records.push(deleted(key, happened)),
        Due::Expiry(key, material) => records.push(expired(key, material, happened.at)),
        Due::OnDemandRotation(key) => return rotated(key, happened, RotationType::OnDemand, state, records),
        Due::Rotation(key) => return rotated(key, happened, RotationType::Automatic, state, records),
    }
    0
}

/// `DeleteKey` (AUD-185). Of a key in a cluster it tells what became of the key behind it (AUD-177, AUD-178).
fn deleted(key: KeyArn, happened: &Happened) -> Record {
    let body = event("DeleteKey", key, happened.at);
    let additional = happened.backing_key.as_ref().map(behind);
    let id = id_of("DeleteKey", key, happened.at, "");
    Body { response: Some(arn_of(key)), additional, ..body }.told_once(key.account, id)
}

/// The key in a cluster behind a deleted key.
fn behind(key: &BackingKey) -> Box<str> {
    let id = Value::from(backing_key_id(key.material));
    let status = Value::from(if key.deleted { "SUCCESS" } else { "FAILURE" });
    let list = |one: Value| Value::from(&*json(&Value::List(vec![one])));
    json(&Value::from([
        ("customKeyStoreId", Value::from(key.store.to_string())),
        ("clusterId", Value::from(key.cluster.to_string())),
        ("backingKeys", list(Value::from([("backingKeyId", id.clone())]))),
        ("backingKeysDeletionStatus", list(Value::from([("backingKeyId", id), ("deletionStatus", status)]))),
    ]))
}

/// `DeleteExpiredKeyMaterial` (AUD-186).
fn expired(key: KeyArn, material: MaterialId, at: Time) -> Record {
    let material = material.to_string();
    let id = id_of("DeleteExpiredKeyMaterial", key, at, &material);
    let details = Value::from([("keyId", Value::from(key.id.to_string())), ("keyMaterialId", Value::from(material))]);
    let details = Some(Details::Text(json(&details)));
    Body { details, ..event("DeleteExpiredKeyMaterial", key, at) }.told_once(key.account, id)
}

/// `RotateKey` (AUD-183, AUD-184), in the Region of the primary key alone (LIF-118); where it has replicas, KMS then copies
/// the new material to them.
fn rotated(key: KeyArn, happened: &Happened, by: RotationType, state: &State, records: &mut Vec<Record>) -> u32 {
    let lineage = LineageId::of(key);
    let Some(row) = state.keys.get(&lineage) else { return 0 };
    let left_out = happened.times.saturating_sub(MOST_OF_A_RUN);
    let every = happened.every.millis();
    let first = Time::from_millis(happened.at.millis().saturating_add(every.saturating_mul(i64::from(left_out))));
    let identity = Arc::new(Identity::kms(key.account, key.region));
    for (at, previous, current) in row.versions.rotations(first, by, happened.times - left_out, lineage) {
        let details = Details::Rotated(Box::new(Rotated { key: key.id, by, origin: row.origin, previous, current }));
        let body = Body { details: Some(details), identity: Arc::clone(&identity), ..event("RotateKey", key, at) };
        records.push(body.told_once(key.account, Uuid::of_material(&current)));
        if has_replicas(row) {
            records.push(synchronized(key, at, &current.to_string()));
        }
    }
    left_out
}

/// Whether KMS has anything to copy to replicas.
pub(super) fn has_replicas(row: &KeyRow) -> bool {
    row.regions.len() > 1
}

/// `SynchronizeMultiRegionKey`: KMS has copied what related keys share from the primary key to its replicas (AUD-187). The
/// record looks like that of a call, and has the id of a request that nobody has made. `why` tells it from others of the same
/// instant.
pub(super) fn synchronized(primary: KeyArn, at: Time, why: &str) -> Record {
    const NAME: &str = "SynchronizeMultiRegionKey";
    let request = Some(id_of(NAME, primary, at, &["request ", why].concat()));
    let body = Body { kind: Kind::Call, response: Some(arn_of(primary)), request, ..event(NAME, primary, at) };
    body.told_once(primary.account, id_of(NAME, primary, at, why))
}

/// An event on a key, as far as all of them are alike.
pub(super) fn event(name: &'static str, key: KeyArn, at: Time) -> Body {
    Body {
        kind: Kind::Service,
        time: at,
        region: key.region,
        name,
        identity: Arc::new(Identity::kms(key.account, key.region)),
        error: None,
        parameters: None,
        response: None,
        additional: None,
        details: None,
        request: None,
        shared: None,
        read_only: false,
        resources: Box::new([Resource { account: key.account, arn: access::Resource::Key(key) }]),
        checks: Box::default(),
    }
}

/// The note that KMS adds to what changes a key and returns nothing.
pub(super) fn arn_of(key: KeyArn) -> Box<str> {
    let mut json = Json::new();
    json.name("keyId").text(&key.to_string());
    json.finish().unwrap_or_default()
}

fn json(value: &Value) -> Box<str> {
    String::from_utf8(wire::to_json(value)).unwrap_or_default().into_boxed_str()
}

/// An id that follows from what happened to a key, and when.
fn id_of(name: &str, key: KeyArn, at: Time, what: &str) -> Uuid {
    Uuid::of_text(&format!("{name} {key} {} {what}", at.millis()))
}
