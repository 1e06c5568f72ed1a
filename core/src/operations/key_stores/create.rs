//! Creating a custom key store: its checks in the order in which AWS makes them (section 3.4 of custom-key-stores.md).

use super::{CreateCustomKeyStore, CreateCustomKeyStoreResponse, health, taken::Others};
use crate::{
    access::LinkedRole,
    call::Stop,
    cluster, endpoint_service,
    error::Error,
    external::Cause,
    names::{AccountId, ClusterId, KeyArn, KeyId, KeyStoreId, KeyStoreName},
    operations::{Execution, dependents::make_role, keys::drawn, quotas::has_room},
    proxy,
    quotas::ResourceQuota,
    shapes::*,
    state::{CloudHsmStore, Connection, EndpointService, ExternalStore, KeyStoreKind, KeyStoreRow, SecretName, State},
    wire::{SecretText, Typed},
};

/// The members of a request that are for AWS CloudHSM key stores alone.
pub(super) const OF_CLOUD_HSM: [&str; 3] = ["CloudHsmClusterId", "TrustAnchorCertificate", "KeyStorePassword"];

/// The members of a request that are for external key stores alone.
pub(super) const OF_EXTERNAL: [&str; 6] = [
    "XksProxyUriEndpoint",
    "XksProxyUriPath",
    "XksProxyVpcEndpointServiceName",
    "XksProxyVpcEndpointServiceOwner",
    "XksProxyAuthenticationCredential",
    "XksProxyConnectivity",
];

/// The Regions without AWS CloudHSM key stores (CKS-271).
const WITHOUT_CLOUD_HSM: [&str; 4] = ["ap-southeast-4", "cn-north-1", "cn-northwest-1", "eu-south-2"];

/// The Regions without external key stores (CKS-271).
const WITHOUT_EXTERNAL: [&str; 2] = ["cn-north-1", "cn-northwest-1"];

/// Creates a store, which is not connected (CKS-269).
pub(in crate::operations) fn create_custom_key_store(
    request: CreateCustomKeyStore,
    execution: &mut Execution<'_>,
) -> Result<CreateCustomKeyStoreResponse, Stop> {
    let store_type = request.custom_key_store_type.unwrap_or(CustomKeyStoreType::AwsCloudhsm);
    check_members(&request, store_type)?;
    let id = match store_type {
        CustomKeyStoreType::AwsCloudhsm => create_cloud_hsm(request, execution)?,
        CustomKeyStoreType::ExternalKeyStore => create_external(request, execution)?,
    };
    Ok(CreateCustomKeyStoreResponse { custom_key_store_id: id.to_string() })
}

/// Refuses members that are for stores of the other type.
pub(super) fn check_members(request: &dyn Typed, store_type: CustomKeyStoreType) -> Result<(), Error> {
    let others: &[&str] = match store_type {
        CustomKeyStoreType::AwsCloudhsm => &OF_EXTERNAL,
        CustomKeyStoreType::ExternalKeyStore => &OF_CLOUD_HSM,
    };
    match others.iter().find(|name| request.member(name).is_some()) {
        Some(member) => Err(Error::not_of_store_type(member, store_type)),
        None => Ok(()),
    }
}

fn create_cloud_hsm(request: CreateCustomKeyStore, execution: &mut Execution<'_>) -> Result<KeyStoreId, Stop> {
    let store_type = CustomKeyStoreType::AwsCloudhsm;
    let needs = |member| Error::store_needs(member, store_type);
    let cluster = request.cloud_hsm_cluster_id.ok_or_else(|| needs("CloudHsmClusterId"))?;
    let anchor = request.trust_anchor_certificate.ok_or_else(|| needs("TrustAnchorCertificate"))?;
    let password = request.key_store_password.ok_or_else(|| needs("KeyStorePassword"))?;
    let name = request.custom_key_store_name;
    check_region(&WITHOUT_CLOUD_HSM, store_type, execution)?;
    let made = CloudHsmStore::new(cluster_id(&cluster)?, anchor);
    let others = Others::new(execution, None);
    if let Some(id) = same(&name, &made, &password, &others, execution) {
        return Ok(id);
    }
    check_room(&name, &others, execution)?;
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let state = execution.draft.state();
    cluster::check_new(state, account, region, made.cluster, &made.anchor, &others.clusters())?;
    make_role(LinkedRole::KeyStores, execution)?;
    let store = put(name, KeyStoreKind::CloudHsm(made), execution);
    for secret in [SecretName::KeyStore(store), SecretName::KeyStorePassword(store)] {
        execution.draft.put_store_secret(secret, store, password.as_bytes());
    }
    Ok(store.id)
}

/// The store that has been made by the same request before, while nothing has become of it (CKS-253).
fn same(
    name: &str,
    made: &CloudHsmStore,
    password: &SecretText,
    others: &Others<'_>,
    execution: &Execution<'_>,
) -> Option<KeyStoreId> {
    let is_as_made = |row: &KeyStoreRow| {
        &*row.name == name && row.cloud_hsm() == Some(made) && row.connection == Connection::Disconnected
    };
    let (store, _) = others.own().find(|(_, row)| is_as_made(row))?;
    let given = execution.draft.state().secret(&SecretName::KeyStorePassword(*store))?;
    given.is(password.as_bytes()).then_some(store.id)
}

fn create_external(request: CreateCustomKeyStore, execution: &mut Execution<'_>) -> Result<KeyStoreId, Stop> {
    let store_type = CustomKeyStoreType::ExternalKeyStore;
    let needs = |member| Error::store_needs(member, store_type);
    let connectivity = request.xks_proxy_connectivity.ok_or_else(|| needs("XksProxyConnectivity"))?;
    let credential = request.xks_proxy_authentication_credential;
    let credential = credential.ok_or_else(|| needs("XksProxyAuthenticationCredential"))?;
    let endpoint = request.xks_proxy_uri_endpoint.ok_or_else(|| needs("XksProxyUriEndpoint"))?;
    let path = request.xks_proxy_uri_path.ok_or_else(|| needs("XksProxyUriPath"))?;
    let service = service(
        connectivity,
        request.xks_proxy_vpc_endpoint_service_name,
        request.xks_proxy_vpc_endpoint_service_owner,
        execution.call.caller.account,
    )?;
    let name = request.custom_key_store_name;
    check_region(&WITHOUT_EXTERNAL, store_type, execution)?;
    let access_key = (&*credential.access_key_id).into();
    let made = ExternalStore::new(endpoint, path, access_key, execution.call.now, service);
    let others = Others::new(execution, None);
    check_room(&name, &others, execution)?;
    others.leave_proxy(&made)?;
    check_service(&made, execution.draft.state(), execution)?;
    let is_public = made.service.is_none();
    let store = put(name, KeyStoreKind::External(made), execution);
    execution.draft.put_store_secret(SecretName::KeyStore(store), store, credential.raw_secret_access_key.as_bytes());
    proxy::make_trust(&mut execution.draft, &execution.random);
    // Through a VPC, nobody is asked before the store is connected (CKS-268).
    if is_public {
        health(store, execution)?.map_err(Cause::on_create)?;
    }
    Ok(store.id)
}

/// Checks the VPC endpoint service of a store, if it has one (CKS-265, CKS-266).
pub(super) fn check_service(store: &ExternalStore, state: &State, execution: &Execution<'_>) -> Result<(), Error> {
    let Some(EndpointService { name, owner }) = &store.service else { return Ok(()) };
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let checked = endpoint_service::check(state, account, region, name, *owner, &store.endpoint);
    checked.map_err(|fault| fault.error(name))
}

/// The id of a cluster. The shape of the request has let nothing else through.
pub(super) fn cluster_id(text: &str) -> Result<ClusterId, Error> {
    ClusterId::parse(text).ok_or_else(|| Error::internal("the id of a cluster is not one"))
}

/// The VPC endpoint service of a new store: named exactly if the store is reached by one, and the caller's own where no
/// owner is named (CKS-3, CKS-251).
pub(super) fn service(
    connectivity: XksProxyConnectivityType,
    name: Option<String>,
    owner: Option<String>,
    caller: AccountId,
) -> Result<Option<EndpointService>, Error> {
    match (connectivity, name, owner) {
        (XksProxyConnectivityType::PublicEndpoint, None, None) => Ok(None),
        (XksProxyConnectivityType::PublicEndpoint, Some(_), _) => {
            Err(Error::endpoint_service_of_public_store("XksProxyVpcEndpointServiceName"))
        }
        (XksProxyConnectivityType::PublicEndpoint, None, Some(_)) => {
            Err(Error::endpoint_service_of_public_store("XksProxyVpcEndpointServiceOwner"))
        }
        (XksProxyConnectivityType::VpcEndpointService, None, _) => Err(Error::endpoint_service_needed()),
        (XksProxyConnectivityType::VpcEndpointService, Some(name), owner) => {
            // The shape has let twelve digits through alone.
            let owner = owner.and_then(|owner| AccountId::parse(&owner)).unwrap_or(caller);
            Ok(Some(EndpointService::new(name, owner)))
        }
    }
}

fn check_region(without: &[&str], store_type: CustomKeyStoreType, execution: &Execution<'_>) -> Result<(), Error> {
    let region = execution.call.region;
    if without.contains(&region.as_str()) { Err(Error::stores_not_offered(store_type, region)) } else { Ok(()) }
}

/// Checks that the name is free and that the account may have one store more (CKS-254, CKS-255).
fn check_room(name: &str, others: &Others<'_>, execution: &Execution<'_>) -> Result<(), Error> {
    others.leave_name(name)?;
    let place = KeyArn { account: execution.call.caller.account, region: execution.call.region, id: KeyId::FIRST };
    has_room(ResourceQuota::CustomKeyStores, place, execution)
}

/// Records a new store.
fn put(name: String, kind: KeyStoreKind, execution: &mut Execution<'_>) -> KeyStoreName {
    let (account, region) = (execution.call.caller.account, execution.call.region);
    let named = |id| KeyStoreName { account, region, id };
    let id = drawn(
        execution,
        "another key store id",
        |random| KeyStoreId::new(random.array()),
        |state, id| state.key_store(&named(*id)).is_none(),
    );
    let row = KeyStoreRow::new(name, kind, execution.call.now);
    execution.draft.put_key_store(named(id), row);
    named(id)
}
