//! What a call has caused besides: the records that follow its own (AUD-191).

use std::sync::Arc;

use super::{
    Facts, Record, Resource,
    record::{Body, Kind},
    service::{arn_of, event, has_replicas, synchronized},
};
use crate::{
    access,
    ids::{Ids, Uuid},
    names::{KeyArn, Region},
    state::LineageId,
    wire::{self, Value},
};

/// The records of what a call has caused, in other Regions and by KMS itself. It has done what it was asked for: otherwise it
/// has caused nothing.
pub(super) fn of(facts: &Facts<'_>, own: &Arc<Body>, records: &mut Vec<Record>) {
    let Ok(reply) = facts.reply else { return };
    let Some(subject) = facts.subjects.first() else { return };
    let shares = || facts.state.keys.get(&LineageId::of(subject.arn)).is_some_and(|row| has_replicas(row));
    match facts.operation.name {
        "ReplicateKey" => {
            records.extend(replica(facts, own, reply));
            records.push(synchronized(subject.arn, facts.call.now, &facts.ids.event.to_string()));
        }
        "UpdatePrimaryRegion" => records.extend(new_primary(facts, own)),
        "EnableKeyRotation" | "DisableKeyRotation" if facts.changed && shares() => {
            records.push(synchronized(subject.arn, facts.call.now, &facts.ids.event.to_string()));
        }
        _ => {}
    }
}

/// An AWS managed key that a call was the first to use.
#[derive(Clone, Debug)]
pub(crate) struct MadeKey {
    pub(crate) key: KeyArn,
    pub(crate) policy: String,
    /// `KeyMetadata` as CreateKey gives it.
    pub(crate) metadata: Value,
}

/// `CreateKey` of an AWS managed key: who used it has made it (AUD-192, a decision).
pub(super) fn managed(made: &MadeKey, own: &Arc<Body>, id: Uuid) -> Record {
    let asked = [("policy", Value::from(made.policy.as_str()))];
    let body = created(own, made.key, &made.metadata, asked.into_iter().collect());
    body.told_once(made.key.account, id)
}

/// `CreateKey` in the Region of a replica (AUD-188).
fn replica(facts: &Facts<'_>, own: &Arc<Body>, reply: &Value) -> Option<Record> {
    let metadata = reply.member("ReplicaKeyMetadata")?;
    let key = KeyArn::parse(metadata.member("Arn")?.as_text()?)?;
    let asked = wire::from_json(own.parameters.as_deref()?.as_bytes()).ok()?;
    let identity = Arc::new(own.identity.forwarded_by_kms());
    let body = Body { identity, ..created(own, key, metadata, asked) };
    Some(body.told_once(key.account, Ids::further(&facts.call.entropy).next()?))
}

/// The second record of UpdatePrimaryRegion, in the Region that is the primary one now (AUD-189).
fn new_primary(facts: &Facts<'_>, own: &Arc<Body>) -> Option<Record> {
    let [_, new] = facts.subjects else { return None };
    let key = new.arn;
    let parameters =
        Value::from([("keyId", Value::from(key.to_string())), ("primaryRegion", Value::from(key.region.to_string()))]);
    let body = Body {
        identity: Arc::new(own.identity.forwarded_by_kms()),
        parameters: text(&parameters),
        resources: Box::default(),
        response: Some(arn_of(key)),
        ..in_region(own, key.region, key)
    };
    Some(body.told_once(key.account, Ids::further(&facts.call.entropy).next()?))
}

/// `CreateKey` of a key that another call has made: what was asked for it, and what follows from its metadata, in the order
/// of the API.
fn created(own: &Arc<Body>, key: KeyArn, metadata: &Value, asked: Value) -> Body {
    let given = |name: &str| asked.member(name).cloned();
    let follows = |name: &str| metadata.member(name).cloned();
    let multi_region = follows("MultiRegion").filter(|flag| *flag == Value::Bool(true));
    let parameters = Value::named(&mut [
        ("policy", given("policy")),
        ("description", follows("Description")),
        ("keyUsage", follows("KeyUsage")),
        ("customerMasterKeySpec", follows("CustomerMasterKeySpec")),
        ("keySpec", follows("KeySpec")),
        ("origin", follows("Origin")),
        ("bypassPolicyLockoutSafetyCheck", Some(given("bypassPolicyLockoutSafetyCheck").unwrap_or(Value::Bool(false)))),
        ("tags", given("tags")),
        ("multiRegion", multi_region),
    ]);
    let response = super::elements::shown("KeyMetadata", metadata);
    Body { name: "CreateKey", parameters: text(&parameters), response, ..in_region(own, key.region, key) }
}

/// A record beside that of a call: of the same request by the same caller, on a key in some Region.
fn in_region(own: &Arc<Body>, region: Region, key: KeyArn) -> Body {
    Body {
        kind: Kind::Call,
        region,
        identity: Arc::clone(&own.identity),
        request: own.request,
        resources: Box::new([Resource { account: key.account, arn: access::Resource::Key(key) }]),
        ..event(own.name, key, own.time)
    }
}

fn text(value: &Value) -> Option<Box<str>> {
    String::from_utf8(wire::to_json(value)).ok().map(String::into_boxed_str)
}
