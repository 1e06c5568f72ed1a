//! ReplicateKey.

use super::{ReplicateKey, ReplicateKeyResponse, transition};
use crate::{
    access::{Action, Resource},
    call::Stop,
    error::Error,
    lags::Lag,
    names::{KeyArn, Region},
    operations::{
        Execution,
        keys::metadata,
        policies::{new_policy, settle_default_policy},
        quotas::has_room,
        tags,
    },
    quotas::ResourceQuota,
    shapes::*,
    state::{Key, LineageId, RegionalKey, SecretName, State, Transition},
};

/// Makes a related key of a primary key in another Region (section 4.2 of lifecycle.md has the order of checks).
pub(in crate::operations) fn replicate_key(
    request: ReplicateKey,
    execution: &mut Execution<'_>,
) -> Result<ReplicateKeyResponse, Stop> {
    let primary = execution.subject()?;
    let key = primary.row()?;
    let region = replica_region(&request.replica_region, primary.arn, execution.draft.state())?;
    let arn = KeyArn { region, ..primary.arn };
    let account = execution.call.caller.account;
    execution.authorize_replica(Action::CreateKey, Resource::Account(account, region), &request)?;
    if request.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        execution.authorize_replica(Action::TagResource, Resource::NewKey(account, region), &request)?;
    }
    if key.related(region).is_some() {
        return Err(Error::replica_exists().into());
    }
    let tags = tags::merged(&[], request.tags.unwrap_or_default())?;
    let bypass = request.bypass_policy_lockout_safety_check;
    let policy = match request.policy.clone() {
        Some(text) => Some(new_policy(text, bypass, arn, key, execution)?),
        None => settle_default_policy(execution).map(|()| None)?,
    };
    has_room(ResourceQuota::Keys, arn, execution)?;
    if let Some(policy) = policy {
        execution.draft.put_policy(arn, policy);
    }
    copy_material(key, arn, execution);
    let mut own = RegionalKey::new(region, execution.call.now, request.description.unwrap_or_default(), tags);
    own.transition = transition(Transition::Creating, Lag::ReplicaCreating, execution);
    execution.draft.edit_row(LineageId::of(arn), |row| row.regions.push(own));
    reply(arn, request.policy, execution)
}

/// The Region of a new replica: another one of the partition that the account has (P4-187 to P4-189).
fn replica_region(text: &str, primary: KeyArn, state: &State) -> Result<Region, Error> {
    let KeyArn { account, region: here, .. } = primary;
    let is_open =
        |region: &Region| *region != here && region.partition() == here.partition() && state.reaches(account, *region);
    Region::parse(text).filter(is_open).ok_or_else(|| Error::replica_region(text))
}

/// Gives the replica the key material of its primary key, all of it (P4-143): what a schedule has made follows from a secret
/// that they share. Imported material does not travel: every related key imports for itself (P4-222).
fn copy_material(key: &Key, replica: KeyArn, execution: &mut Execution<'_>) {
    if key.origin != OriginType::AwsKms {
        return;
    }
    let from = key.own().region;
    for version in key.versions.singles() {
        let name = |region| SecretName::Material(version.id, region);
        if let Some(secret) = execution.draft.state().secret(&name(from)).cloned() {
            execution.draft.put_secret(name(replica.region), LineageId::of(replica), secret);
        }
    }
}

/// What ReplicateKey answers: the replica as it is being created, whatever the next call finds (LIF-205 to LIF-207).
fn reply(arn: KeyArn, given: Option<String>, execution: &Execution<'_>) -> Result<ReplicateKeyResponse, Stop> {
    let state = execution.draft.state();
    let shown = || state.policy_of(&arn).map(|policy| policy.text().to_owned());
    let policy = given.or_else(shown).ok_or_else(|| Error::internal("a key has no policy"))?;
    let mut replica = metadata(arn, execution)?;
    replica.key_state = Some(KeyState::Creating);
    replica.enabled = Some(false);
    replica.current_key_material_id = None;
    let tags = state.key(&arn).map(|key| key.own().tags.clone()).unwrap_or_default();
    let tags: Vec<Tag> = tags.into_iter().map(|(tag_key, tag_value)| Tag { tag_key, tag_value }).collect();
    Ok(ReplicateKeyResponse {
        replica_key_metadata: replica,
        replica_policy: policy,
        replica_tags: (!tags.is_empty()).then_some(tags),
    })
}
