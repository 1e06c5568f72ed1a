//! Updating a custom key store (CKS-272 to CKS-278).

use super::{UpdateCustomKeyStore, UpdateCustomKeyStoreResponse, create, found, health, taken::Others};
use crate::{
    call::Stop,
    cluster,
    error::Error,
    external::Cause,
    names::KeyStoreName,
    operations::Execution,
    shapes::*,
    state::{CloudHsmStore, Connection, ExternalStore, KeyStoreKind, KeyStoreRow, SecretName},
};

/// Gives a store another name or other values. What would not work is refused, and nothing changes (CKS-277).
pub(in crate::operations) fn update_custom_key_store(
    request: UpdateCustomKeyStore,
    execution: &mut Execution<'_>,
) -> Result<UpdateCustomKeyStoreResponse, Stop> {
    let (store, row) = found(&request.custom_key_store_id, execution)?;
    let row = row.clone();
    create::check_members(&request, row.store_type())?;
    match &row.kind {
        KeyStoreKind::CloudHsm(before) => update_cloud_hsm(request, store, &row, before, execution)?,
        KeyStoreKind::External(before) => update_external(request, store, &row, before, execution)?,
    }
    Ok(UpdateCustomKeyStoreResponse {})
}

/// The password only tells KMS: the cluster is neither asked nor changed (CKS-275).
fn update_cloud_hsm(
    request: UpdateCustomKeyStore,
    store: KeyStoreName,
    row: &KeyStoreRow,
    before: &CloudHsmStore,
    execution: &mut Execution<'_>,
) -> Result<(), Stop> {
    let UpdateCustomKeyStore { new_custom_key_store_name: name, key_store_password: password, .. } = request;
    let cluster = request.cloud_hsm_cluster_id;
    let is_renamed_alone = password.is_none() && cluster.is_none();
    match row.connection {
        Connection::Disconnected => {}
        Connection::Connected if is_renamed_alone => {}
        _ if is_renamed_alone && name.is_none() => {}
        connection if is_renamed_alone => {
            let must = "CONNECTED or DISCONNECTED to get another name";
            return Err(Error::store_state(store.id, connection.state(), must).into());
        }
        connection => {
            let must = "DISCONNECTED to get another KeyStorePassword or CloudHsmClusterId";
            return Err(Error::store_state(store.id, connection.state(), must).into());
        }
    }
    let others = Others::new(execution, Some(store));
    name.as_deref().map_or(Ok(()), |name| others.leave_name(name))?;
    let mut after = before.clone();
    if let Some(cluster) = cluster {
        let (account, region, state) = (store.account, store.region, execution.draft.state());
        after.cluster = create::cluster_id(&cluster)?;
        cluster::check_replacement(state, account, region, after.cluster, before.cluster, &others.clusters())?;
    }
    put(store, row, name, KeyStoreKind::CloudHsm(after), execution);
    if let Some(password) = password {
        for secret in [SecretName::KeyStore(store), SecretName::KeyStorePassword(store)] {
            execution.draft.put_store_secret(secret, store, password.as_bytes());
        }
    }
    Ok(())
}

/// The new values must work, whatever the connection state; a new name asks nobody (CKS-277).
fn update_external(
    request: UpdateCustomKeyStore,
    store: KeyStoreName,
    row: &KeyStoreRow,
    before: &ExternalStore,
    execution: &mut Execution<'_>,
) -> Result<(), Stop> {
    let changes_reach = request.xks_proxy_connectivity.is_some()
        || request.xks_proxy_uri_endpoint.is_some()
        || request.xks_proxy_vpc_endpoint_service_name.is_some()
        || request.xks_proxy_vpc_endpoint_service_owner.is_some();
    let credential = request.xks_proxy_authentication_credential.as_ref();
    let is_renamed_alone = !changes_reach && request.xks_proxy_uri_path.is_none() && credential.is_none();
    let after = changed(&request, before, execution)?;
    if changes_reach && row.connection != Connection::Disconnected {
        let must = "DISCONNECTED to get another connectivity, endpoint, or VPC endpoint service";
        return Err(Error::store_state(store.id, row.connection.state(), must).into());
    }
    let name = request.new_custom_key_store_name.clone();
    let others = Others::new(execution, Some(store));
    name.as_deref().map_or(Ok(()), |name| others.leave_name(name))?;
    if !is_renamed_alone {
        others.leave_proxy(&after)?;
    }
    if changes_reach {
        create::check_service(&after, execution.draft.state(), execution)?;
    }
    put(store, row, name, KeyStoreKind::External(after), execution);
    if let Some(credential) = credential {
        let secret = credential.raw_secret_access_key.as_bytes();
        execution.draft.put_store_secret(SecretName::KeyStore(store), store, secret);
    }
    if !is_renamed_alone {
        health(store, execution)?.map_err(Cause::on_create)?;
    }
    Ok(())
}

/// How the store reaches its proxy from now on. Who changes the connectivity gives the endpoint that goes with it, and to
/// the public one no service, which is forgotten (CKS-276).
fn changed(
    request: &UpdateCustomKeyStore,
    before: &ExternalStore,
    execution: &Execution<'_>,
) -> Result<ExternalStore, Error> {
    let mut after = before.clone();
    let was = before.connectivity();
    let is = request.xks_proxy_connectivity.unwrap_or(was);
    if is != was && request.xks_proxy_uri_endpoint.is_none() {
        return Err(Error::connectivity_without_endpoint());
    }
    let had = before.service.as_ref().filter(|_| is == XksProxyConnectivityType::VpcEndpointService);
    let service = request.xks_proxy_vpc_endpoint_service_name.clone();
    let service = service.or_else(|| had.map(|service| service.name.to_string()));
    let owner = had.map_or(execution.call.caller.account, |service| service.owner);
    after.service = create::service(is, service, request.xks_proxy_vpc_endpoint_service_owner.clone(), owner)?;
    if let Some(endpoint) = &request.xks_proxy_uri_endpoint {
        after.endpoint = endpoint.as_str().into();
    }
    if let Some(path) = &request.xks_proxy_uri_path {
        after.path = path.as_str().into();
    }
    if let Some(credential) = &request.xks_proxy_authentication_credential {
        after.access_key = (&*credential.access_key_id).into();
        after.credential_given = execution.call.now;
    }
    Ok(after)
}

/// Records the store as it is from now on; its type and its connection stay.
fn put(
    store: KeyStoreName,
    row: &KeyStoreRow,
    name: Option<String>,
    kind: KeyStoreKind,
    execution: &mut Execution<'_>,
) {
    let name = name.map_or_else(|| row.name.clone(), Into::into);
    execution.draft.put_key_store(store, KeyStoreRow { name, kind, ..row.clone() });
}
