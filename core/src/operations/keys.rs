//! Creating, describing and listing keys.

use super::{
    Execution,
    chosen::Chosen,
    dependents::make_role,
    key_stores,
    pages::Pager,
    policies::{new_policy, settle_default_policy},
    quotas::has_room,
    tags,
};
use crate::{
    access::LinkedRole,
    algorithms,
    call::Stop,
    crypto::random::Random,
    error::Error,
    material::{Material, MaterialId},
    names::{KeyArn, KeyId, Region},
    quotas::ResourceQuota,
    shapes::*,
    state::{Key, KeyRow, LineageId, RegionalKey, Secret, SecretName, State, Version, Versions},
    time::Time,
    wire::{ApiReply, Value, shape},
    wrapping,
};

shape! {
    pub struct CreateKey -> CreateKeyResponse {
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

    pub struct CreateKeyResponse {
        KeyMetadata key_metadata: Always KeyMetadata,
    }

    pub struct DescribeKey -> DescribeKeyResponse {
        KeyId key_id: Required KeyIdType,
        GrantTokens grant_tokens: Optional GrantTokenList,
    }

    pub struct DescribeKeyResponse {
        KeyMetadata key_metadata: Always KeyMetadata,
    }

    pub struct ListKeys -> ListKeysResponse {
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
        ResourceOwners resource_owners: Optional ResourceOwnersList,
    }

    pub struct ListKeysResponse {
        Keys keys: Always KeyList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct UpdateKeyDescription -> () {
        KeyId key_id: Required KeyIdType,
        Description description: Required DescriptionType,
    }
}

/// Makes a key; aliases are never part of it (P1-119).
pub(super) fn create_key(request: CreateKey, execution: &mut Execution<'_>) -> Result<CreateKeyResponse, Stop> {
    let spec = requested_spec(&request)?;
    let origin = key_stores::check_request(&request, spec)?;
    let row = offered(spec, execution)?;
    let usage = request.key_usage.or_else(|| row.default_usage()).ok_or_else(Error::usage_missing)?;
    row.algorithms(usage).ok_or_else(|| Error::usage_of_spec(usage, spec))?;
    let place = key_stores::place(&request, origin, execution)?;
    if origin == OriginType::External && !wrapping::is_importable(row) {
        return Err(Error::not_importable(spec).into());
    }
    let tags = tags::merged(&[], request.tags.unwrap_or_default())?;
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let multi_region = request.multi_region.unwrap_or(false);
    let chosen = Chosen::by(&tags, execution);
    let material = chosen.material(origin, row, execution)?;
    let id = chosen.id(multi_region, execution)?.unwrap_or_else(|| new_id(multi_region, execution));
    let arn = KeyArn { account, region, id };
    let own = RegionalKey::new(region, execution.call.now, request.description.unwrap_or_default(), tags);
    let mut key = KeyRow {
        spec,
        usage,
        origin,
        manager: KeyManagerType::Customer,
        primary: multi_region.then_some(region),
        rotation: None,
        on_demand: 0,
        rotating: None,
        in_store: None,
        versions: Versions::default(),
        regions: [own].into(),
    };
    let policy = match request.policy {
        Some(text) => Some(new_policy(text, request.bypass_policy_lockout_safety_check, arn, &key, execution)?),
        None => settle_default_policy(execution).map(|()| None)?,
    };
    has_room(ResourceQuota::Keys, arn, execution)?;
    if multi_region {
        make_role(LinkedRole::MultiRegionKeys, execution)?;
    }
    if let Some(first) = first_version(arn, origin, row, material, execution)? {
        key.in_store = place.map(|place| place.take(arn, first.id, execution)).transpose()?;
        key.versions.push(first);
    }
    if let Some(policy) = policy {
        execution.draft.put_policy(arn, policy);
    }
    execution.draft.put_key(LineageId::of(arn), key);
    Ok(CreateKeyResponse { key_metadata: metadata(arn, execution)? })
}

/// The spec of the new key, under its own name or its former one (P1-79), but not under both.
fn requested_spec(request: &CreateKey) -> Result<KeySpec, Error> {
    let former = request.customer_master_key_spec.and_then(|spec| KeySpec::parse(spec.as_str()));
    match (request.key_spec, former) {
        (Some(_), Some(_)) => Err(Error::spec_twice()),
        (new, former) => Ok(new.or(former).unwrap_or(KeySpec::SymmetricDefault)),
    }
}

/// The id of a new key.
fn new_id(multi_region: bool, execution: &mut Execution<'_>) -> KeyId {
    let account = execution.call.caller.account;
    let new = |random: [u8; 16]| if multi_region { KeyId::new_multi_region(random) } else { KeyId::new(random) };
    drawn(
        execution,
        "another key id",
        |random| new(random.array()),
        |state, id| !state.keys.contains_key(&LineageId { account, id: *id }),
    )
}

/// Draws what nobody has yet: no key replaces another when a host's entropy repeats itself.
///
/// What is drawn again comes from a stream that belongs to this revision alone, so that under entropy that stands still
/// one key costs no more draws than another.
pub(super) fn drawn<T>(
    execution: &mut Execution<'_>,
    label: &str,
    draw: impl Fn(&mut Random) -> T,
    is_free: impl Fn(&State, &T) -> bool,
) -> T {
    let mut drawn = draw(&mut execution.random);
    let state = execution.draft.state();
    if !is_free(state, &drawn) {
        let mut again = execution.random.stream(&format!("{label} {}", state.revision()));
        while !is_free(state, &drawn) {
            drawn = draw(&mut again);
        }
    }
    drawn
}

/// Makes the first key material of a key; one whose material is imported has none yet.
fn first_version(
    arn: KeyArn,
    origin: OriginType,
    row: &algorithms::Row,
    chosen: Option<Material>,
    execution: &mut Execution<'_>,
) -> Result<Option<Version>, Stop> {
    if origin == OriginType::External {
        return Ok(None);
    }
    let id = match chosen {
        Some(material) => {
            // Ciphertexts of one world open in another where the key has the same id and material.
            let name = MaterialId::chosen(arn.account, arn.id, &material, execution.provider);
            let name = name.map_err(|_| Error::internal("chosen key material has no name"))?;
            keep(material, name, LineageId::of(arn), &[arn.region], execution)
        }
        None => new_version(arn, row, &[arn.region], execution)?,
    };
    Ok(Some(Version::first(id, execution.call.now)))
}

/// Makes key material that the keys of these Regions hold.
pub(super) fn new_version(
    arn: KeyArn,
    row: &algorithms::Row,
    regions: &[Region],
    execution: &mut Execution<'_>,
) -> Result<MaterialId, Stop> {
    let material = execution.new_material(arn, row)?;
    // Two accounts may be given one entropy and one key id, but a ciphertext names its material alone.
    let is_free = |state: &State, id: &MaterialId| state.holders(*id).is_none();
    let id = drawn(execution, "another material id", MaterialId::random, is_free);
    Ok(keep(material, id, LineageId::of(arn), regions, execution))
}

/// Gives material to the keys of these Regions under its name.
fn keep(
    material: Material,
    id: MaterialId,
    lineage: LineageId,
    regions: &[Region],
    execution: &mut Execution<'_>,
) -> MaterialId {
    for region in regions {
        execution.draft.put_secret(SecretName::Material(id, *region), lineage, Secret::Material(material.clone()));
    }
    id
}

/// The row of a key spec, if the Region offers it.
pub(super) fn offered(spec: KeySpec, execution: &Execution<'_>) -> Result<&'static algorithms::Row, Error> {
    let partition = execution.call.region.partition();
    algorithms::row(spec, partition).ok_or_else(|| Error::spec_not_offered("KeySpec", spec.as_str()))
}

/// Describes a key; it works on keys of every state and account.
pub(super) fn describe_key(_: DescribeKey, execution: &mut Execution<'_>) -> Result<DescribeKeyResponse, Stop> {
    let (arn, state) = (execution.subject()?.arn, execution.draft.state());
    let key = state.seen_key(&arn).ok_or_else(|| gone(arn))?;
    let key_metadata = described(arn, &key, state.seen_material(arn), state, execution.call.now);
    Ok(DescribeKeyResponse { key_metadata })
}

fn gone(arn: KeyArn) -> Error {
    Error::no_key(arn, arn.id.text().as_str())
}

/// What CreateKey and ReplicateKey say of the key that they have made (LIF-355).
pub(super) fn metadata(arn: KeyArn, execution: &Execution<'_>) -> Result<KeyMetadata, Error> {
    let key = execution.draft.key(&arn).ok_or_else(|| gone(arn))?;
    Ok(described(arn, &key, key.current(), execution.draft.of_stores(), execution.call.now))
}

/// What CreateKey would have said of a key that is new.
pub(crate) fn metadata_of(arn: KeyArn, state: &State, now: Time) -> Option<Value> {
    let key = state.key(&arn)?;
    Some(described(arn, &key, key.current(), state, now).into_value())
}

/// What is said of a key (P1-220). Tags and aliases are never part of it (P1-151, P1-246).
fn described(arn: KeyArn, key: &Key, current: Option<MaterialId>, world: &State, now: Time) -> KeyMetadata {
    let (own, state) = (key.own(), world.state_of(key, now));
    let algorithms = algorithms::row(key.spec, arn.region.partition()).and_then(|row| row.algorithms(key.usage));
    let algorithms = algorithms.copied();
    // The material of a key in a store is not told (CKS-212).
    let current = current.filter(|_| key.spec == KeySpec::SymmetricDefault && key.in_store.is_none());
    let cluster = world.store_of(key).and_then(|(_, store)| store.cloud_hsm()).map(|store| store.cluster.to_string());
    let (expiration_model, valid_to) = expiration(key, now);
    KeyMetadata {
        aws_account_id: Some(arn.account.text().as_str().to_owned()),
        key_id: arn.id.text().as_str().to_owned(),
        arn: Some(arn.text()),
        creation_date: Some(own.created),
        enabled: Some(state == KeyState::Enabled),
        description: Some(own.description.clone()),
        key_usage: Some(key.usage),
        key_state: Some(state),
        deletion_date: own.deletion.and_then(|deletion| deletion.date),
        valid_to,
        origin: Some(key.origin),
        custom_key_store_id: key.store().map(|id| id.to_string()),
        cloud_hsm_cluster_id: cluster,
        expiration_model,
        key_manager: Some(key.manager),
        customer_master_key_spec: CustomerMasterKeySpec::parse(key.spec.as_str()),
        key_spec: Some(key.spec),
        encryption_algorithms: algorithms.and_then(|all| listed(all.encryption())),
        signing_algorithms: algorithms.and_then(|all| listed(all.signing())),
        key_agreement_algorithms: algorithms.and_then(|all| listed(all.agreement())),
        encapsulation_algorithms: algorithms.and_then(|all| listed(all.encapsulation())),
        multi_region: Some(key.is_multi_region()),
        multi_region_configuration: multi_region_configuration(arn, key, state),
        // While a primary key waits for its replicas, its date is not known and the reply shows the window instead (LIF-231).
        pending_deletion_window_in_days: own.deletion.filter(|one| one.date.is_none()).map(|one| one.window),
        mac_algorithms: algorithms.and_then(|all| listed(all.mac())),
        xks_key_configuration: key.external().map(|id| XksKeyConfigurationType { id: Some(id.to_owned()) }),
        current_key_material_id: current.map(|id| id.to_string()),
    }
}

/// How the imported material of a key ends: over the versions that it needs and has, the first to go (LIF-135).
fn expiration(key: &Key, now: Time) -> (Option<ExpirationModelType>, Option<Time>) {
    let needed =
        key.imports(now).filter(|import| key.version(import.id).is_some_and(|version| version.since.is_some()));
    let ends: Vec<_> = needed.map(|import| import.until).collect();
    match ends.iter().flatten().min() {
        Some(end) => (Some(ExpirationModelType::KeyMaterialExpires), Some(*end)),
        None => ((!ends.is_empty()).then_some(ExpirationModelType::KeyMaterialDoesNotExpire), None),
    }
}

/// A list of algorithms; lists that do not apply are absent, not empty.
pub(super) fn listed<T: Copy>(algorithms: &[T]) -> Option<Vec<T>> {
    (!algorithms.is_empty()).then(|| algorithms.to_vec())
}

/// The primary key and its replicas, the same for all of them (LIF-194); nothing for a single-Region key. While a set gets
/// another primary key, both call themselves replicas (LIF-224).
fn multi_region_configuration(arn: KeyArn, key: &Key, state: KeyState) -> Option<MultiRegionConfiguration> {
    let primary = key.primary?;
    let related = |region: Region| MultiRegionKey {
        arn: Some(KeyArn { region, ..arn }.to_string()),
        region: Some(region.to_string()),
    };
    let is_replica = key.is_replica() || state == KeyState::Updating;
    let role = if is_replica { MultiRegionKeyType::Replica } else { MultiRegionKeyType::Primary };
    let replicas = key.regions.iter().map(|own| own.region).filter(|region| *region != primary);
    Some(MultiRegionConfiguration {
        multi_region_key_type: Some(role),
        primary_key: Some(related(primary)),
        replica_keys: Some(replicas.map(related).collect()),
    })
}

/// Lists the keys of the caller's account in the Region of the call (P1-216).
pub(super) fn list_keys(request: ListKeys, execution: &mut Execution<'_>) -> Result<ListKeysResponse, Stop> {
    let pager = Pager::new("ListKeys", request.limit, request.marker.as_deref(), 100, 1000)?;
    let owners = request.resource_owners.unwrap_or_default();
    let own = owners.is_empty() || owners.contains(&ResourceOwnerType::Own);
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let after = pager.after().map(|id| KeyId::parse(id).ok_or_else(Error::marker)).transpose()?;
    let first = KeyArn { account, region, id: after.unwrap_or(KeyId::FIRST) };
    let keys = execution.draft.state().keys_in(first).take_while(|_| own);
    let page = pager.page(keys, |arn| arn.id.to_string());
    let truncated = page.truncated();
    let page = page.map(|arn| KeyListEntry { key_id: Some(arn.id.to_string()), key_arn: Some(arn.text()) });
    Ok(ListKeysResponse { keys: page.items, next_marker: page.next, truncated })
}

/// Replaces the description of a key.
pub(super) fn update_key_description(request: UpdateKeyDescription, execution: &mut Execution<'_>) -> Result<(), Stop> {
    execution.edit(|key| key.description = request.description)
}
