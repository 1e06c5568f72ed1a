//! Creating, describing and listing keys.

use std::collections::BTreeSet;

use super::{
    Execution,
    pages::Pager,
    policies::{new_policy, settle_default_policy},
    tags,
};
use crate::{
    algorithms,
    call::Stop,
    error::Error,
    material::MaterialId,
    names::{KeyArn, KeyId},
    shapes::*,
    state::{KeyMaterial, KeyRow, MaterialRow, Presence},
    wire::shape,
    wrapping,
};

shape! {
    pub(super) struct CreateKeyRequest {
        Policy policy: Optional PolicyType,
        Description description: Optional DescriptionType,
        KeyUsage key_usage: Optional KeyUsageType,
        CustomerMasterKeySpec customer_master_key_spec: Optional CustomerMasterKeySpec,
        KeySpec key_spec: Optional KeySpec,
        Origin origin: Optional OriginType,
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        BypassPolicyLockoutSafetyCheck bypass_policy_lockout_safety_check: Optional BooleanType,
        Tags tags: Optional TagList,
        MultiRegion multi_region: Optional NullableBooleanType,
        XksKeyId xks_key_id: Optional XksKeyIdType,
    }

    pub(super) struct CreateKeyResponse {
        KeyMetadata key_metadata: Always KeyMetadata,
    }

    pub(super) struct DescribeKeyRequest {
        KeyId key_id: Required KeyIdType,
        GrantTokens grant_tokens: Optional GrantTokenList,
    }

    pub(super) struct DescribeKeyResponse {
        KeyMetadata key_metadata: Always KeyMetadata,
    }

    pub(super) struct ListKeysRequest {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        ResourceOwners resource_owners: Optional ResourceOwnersList,
    }

    pub(super) struct ListKeysResponse {
        Keys keys: Always KeyList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub(super) struct UpdateKeyDescriptionRequest {
        KeyId key_id: Required KeyIdType,
        Description description: Required DescriptionType,
    }
}

/// Customer managed keys per account and Region (P5-500).
const KEYS_PER_REGION: usize = 100_000;

/// Makes a key; aliases are never part of it (P1-119).
pub(super) fn create_key(request: CreateKeyRequest, execution: &mut Execution<'_>) -> Result<CreateKeyResponse, Stop> {
    let spec = requested_spec(&request)?;
    let row = offered(spec, execution)?;
    let usage = request.key_usage.or_else(|| row.default_usage()).ok_or_else(Error::usage_missing)?;
    row.algorithms(usage).ok_or_else(|| Error::usage_of_spec(usage, spec))?;
    let origin = requested_origin(&request)?;
    if origin == OriginType::External && !wrapping::is_importable(row) {
        return Err(Error::not_importable(spec).into());
    }
    let tags = tags::merged(&[], request.tags.unwrap_or_default())?;
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let multi_region = request.multi_region.unwrap_or(false);
    let policy = match request.policy {
        Some(text) => Some(new_policy(text, request.bypass_policy_lockout_safety_check, execution)?),
        None => settle_default_policy(execution).map(|()| None)?,
    };
    let usage_count = execution.draft.state().key_count(account, region);
    if usage_count >= KEYS_PER_REGION {
        return Err(Error::quota("KMS keys", KEYS_PER_REGION, usage_count).into());
    }
    let arn = KeyArn { account, region, id: new_id(multi_region, execution) };
    let mut key = KeyRow {
        created: execution.call.now,
        description: request.description.unwrap_or_default(),
        spec,
        usage,
        origin,
        manager: KeyManagerType::Customer,
        multi_region,
        enabled: true,
        deletion: None,
        materials: Vec::new(),
        tags,
    };
    if origin == OriginType::AwsKms {
        key.materials.push(KeyMaterial::generated(first_material(arn, row, execution)?));
    }
    let key_metadata = metadata(arn, &key);
    if let Some(policy) = policy {
        execution.draft.put_policy(arn, policy);
    }
    execution.draft.put_key(arn, key);
    Ok(CreateKeyResponse { key_metadata })
}

/// The spec of the new key, under its own name or its former one (P1-79), but not under both.
fn requested_spec(request: &CreateKeyRequest) -> Result<KeySpec, Error> {
    let former = request.customer_master_key_spec.and_then(|spec| KeySpec::parse(spec.as_str()));
    match (request.key_spec, former) {
        (Some(_), Some(_)) => Err(Error::spec_twice()),
        (new, former) => Ok(new.or(former).unwrap_or(KeySpec::SymmetricDefault)),
    }
}

/// Where the material of the new key comes from. Keys in custom key stores need a store, and there is none yet.
fn requested_origin(request: &CreateKeyRequest) -> Result<OriginType, Error> {
    if let Some(store) = &request.custom_key_store_id {
        return Err(Error::no_key_store(store));
    }
    if request.xks_key_id.is_some() {
        return Err(Error::combination("XksKeyId needs the Origin EXTERNAL_KEY_STORE and a CustomKeyStoreId"));
    }
    match request.origin.unwrap_or(OriginType::AwsKms) {
        origin @ (OriginType::AwsKms | OriginType::External) => Ok(origin),
        origin => Err(Error::combination(&format!("The Origin {origin} needs a CustomKeyStoreId"))),
    }
}

fn new_id(multi_region: bool, execution: &mut Execution<'_>) -> KeyId {
    let random = execution.random.array();
    if multi_region { KeyId::new_multi_region(random) } else { KeyId::new(random) }
}

/// Makes the first key material of a key and gives its name.
fn first_material(arn: KeyArn, row: &algorithms::Row, execution: &mut Execution<'_>) -> Result<MaterialId, Stop> {
    let material = execution.new_material(arn, row)?;
    let id = MaterialId::random(&mut execution.random);
    let created = execution.call.now;
    execution
        .draft
        .put_material(id, MaterialRow { account: arn.account, key: arn.id, created, material: Some(material) });
    Ok(id)
}

/// The row of a key spec, if the Region offers it.
pub(super) fn offered(spec: KeySpec, execution: &Execution<'_>) -> Result<&'static algorithms::Row, Error> {
    let partition = execution.call.region.partition();
    algorithms::row(spec, partition).ok_or_else(|| Error::spec_not_offered("KeySpec", spec.as_str()))
}

/// Describes a key; it works on keys of every state and account.
pub(super) fn describe_key(_: DescribeKeyRequest, execution: &mut Execution<'_>) -> Result<DescribeKeyResponse, Stop> {
    let subject = execution.subject()?;
    Ok(DescribeKeyResponse { key_metadata: metadata(subject.arn, subject.row()?) })
}

/// What CreateKey and DescribeKey say of a key (P1-220). Tags and aliases are never part of it (P1-151, P1-246).
pub(super) fn metadata(arn: KeyArn, key: &KeyRow) -> KeyMetadata {
    let state = key.state();
    let algorithms = algorithms::row(key.spec, arn.region.partition()).and_then(|row| row.algorithms(key.usage));
    let algorithms = algorithms.copied();
    let current = key.current().filter(|_| key.spec == KeySpec::SymmetricDefault);
    let presence = key.current().and_then(|material| material.import.as_ref()).map(|import| import.presence);
    KeyMetadata {
        aws_account_id: Some(arn.account.to_string()),
        key_id: arn.id.to_string(),
        arn: Some(arn.to_string()),
        creation_date: Some(key.created),
        enabled: Some(state == KeyState::Enabled),
        description: Some(key.description.clone()),
        key_usage: Some(key.usage),
        key_state: Some(state),
        deletion_date: key.deletion.map(|deletion| deletion.date),
        valid_to: presence.and_then(Presence::ends),
        origin: Some(key.origin),
        custom_key_store_id: None,
        cloud_hsm_cluster_id: None,
        expiration_model: presence.and_then(expiration_model),
        key_manager: Some(key.manager),
        customer_master_key_spec: CustomerMasterKeySpec::parse(key.spec.as_str()),
        key_spec: Some(key.spec),
        encryption_algorithms: algorithms.and_then(|all| listed(all.encryption())),
        signing_algorithms: algorithms.and_then(|all| listed(all.signing())),
        key_agreement_algorithms: algorithms.and_then(|all| listed(all.agreement())),
        encapsulation_algorithms: algorithms.and_then(|all| listed(all.encapsulation())),
        multi_region: Some(key.multi_region),
        multi_region_configuration: key.multi_region.then(|| primary(arn)),
        pending_deletion_window_in_days: None,
        mac_algorithms: algorithms.and_then(|all| listed(all.mac())),
        xks_key_configuration: None,
        current_key_material_id: current.map(|material| material.id.to_string()),
    }
}

/// How the imported material of a key ends; nothing while it is gone.
const fn expiration_model(presence: Presence) -> Option<ExpirationModelType> {
    match presence {
        Presence::Gone => None,
        Presence::Lasting => Some(ExpirationModelType::KeyMaterialDoesNotExpire),
        Presence::Until(_) => Some(ExpirationModelType::KeyMaterialExpires),
    }
}

/// A list of algorithms; lists that do not apply are absent, not empty.
pub(super) fn listed<T: Copy>(algorithms: &[T]) -> Option<Vec<T>> {
    (!algorithms.is_empty()).then(|| algorithms.to_vec())
}

/// The configuration of a multi-Region primary key without replicas.
fn primary(arn: KeyArn) -> MultiRegionConfiguration {
    let key = MultiRegionKey { arn: Some(arn.to_string()), region: Some(arn.region.to_string()) };
    MultiRegionConfiguration {
        multi_region_key_type: Some(MultiRegionKeyType::Primary),
        primary_key: Some(key),
        replica_keys: Some(Vec::new()),
    }
}

/// Lists the keys of the caller's account in the Region of the call (P1-216).
pub(super) fn list_keys(request: ListKeysRequest, execution: &mut Execution<'_>) -> Result<ListKeysResponse, Stop> {
    let pager = Pager::new("ListKeys", request.limit, request.marker.as_deref(), 100, 1000)?;
    let owners: BTreeSet<_> = request.resource_owners.unwrap_or_default().into_iter().collect();
    let own = owners.is_empty() || owners.contains(&ResourceOwnerType::Own);
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let after = pager.after().map(|id| KeyId::parse(id).ok_or_else(Error::marker)).transpose()?;
    let first = KeyArn { account, region, id: after.unwrap_or(KeyId::FIRST) };
    let keys = execution.draft.state().keys_in(first).take_while(|_| own);
    let page = pager.page(keys, |arn| arn.id.to_string());
    let truncated = page.truncated();
    let page = page.map(|arn| KeyListEntry { key_id: Some(arn.id.to_string()), key_arn: Some(arn.to_string()) });
    Ok(ListKeysResponse { keys: page.items, next_marker: page.next, truncated })
}

/// Replaces the description of a key.
pub(super) fn update_key_description(
    request: UpdateKeyDescriptionRequest,
    execution: &mut Execution<'_>,
) -> Result<(), Stop> {
    execution.edit(|key| key.description = request.description)
}
