//! Connecting and disconnecting a custom key store (sections 3.1 to 3.3 of custom-key-stores.md).

use super::{
    ConnectCustomKeyStore, ConnectCustomKeyStoreResponse, DisconnectCustomKeyStore, DisconnectCustomKeyStoreResponse,
    found, health,
};
use crate::{
    call::Stop,
    cluster::{self, Verdict},
    endpoint_service,
    error::Error,
    external::Cause,
    names::{ClusterId, KeyStoreName},
    operations::Execution,
    shapes::ConnectionErrorCodeType,
    state::{Connection, EndpointService, ExternalStore, KeyStoreKind, SecretName},
    time::{Span, Time},
};

/// Begins to connect a store that is disconnected. The verdict is found now, and shows when it is due (CKS-229); a store
/// that is connected, or is being connected, stays as it is, and nobody is asked (CKS-220).
pub(in crate::operations) fn connect_custom_key_store(
    request: ConnectCustomKeyStore,
    execution: &mut Execution<'_>,
) -> Result<ConnectCustomKeyStoreResponse, Stop> {
    let (store, row) = found(&request.custom_key_store_id, execution)?;
    match row.connection {
        Connection::Connected | Connection::Connecting { .. } => return Ok(ConnectCustomKeyStoreResponse {}),
        Connection::Failed(_) | Connection::Disconnecting { .. } => {
            let must = "DISCONNECTED to be connected";
            return Err(Error::store_state(store.id, row.connection.state(), must).into());
        }
        Connection::Disconnected => {}
    }
    let error = match row.kind.clone() {
        KeyStoreKind::CloudHsm(made) => connect_cluster(store, made.cluster, execution)?,
        KeyStoreKind::External(made) => connect_proxy(store, &made, execution)?,
    };
    begin(store, |until| Connection::Connecting { until, error }, execution);
    Ok(ConnectCustomKeyStoreResponse {})
}

/// Why KMS does not come to the cluster. When it does, it sets another password for `kmsuser` (CKS-282).
fn connect_cluster(
    store: KeyStoreName,
    cluster: ClusterId,
    execution: &mut Execution<'_>,
) -> Result<Option<ConnectionErrorCodeType>, Stop> {
    let name = SecretName::KeyStore(store);
    let password = execution.draft.state().secret(&name).cloned();
    let password = password.ok_or_else(|| Error::internal("a key store has no password"))?;
    let (draft, random) = (&mut execution.draft, &execution.random);
    match cluster::connect(draft, store.account, store.region, cluster, password.expose(), random)? {
        Verdict::Connected(set) => {
            if let Some(password) = &set {
                draft.put_store_secret(name, store, password);
            }
            Ok(None)
        }
        Verdict::Failed(error) => Ok(Some(error)),
    }
}

/// Why KMS does not come to the proxy: the facts of the VPC endpoint service come first, then its health (CKS-284).
fn connect_proxy(
    store: KeyStoreName,
    made: &ExternalStore,
    execution: &Execution<'_>,
) -> Result<Option<ConnectionErrorCodeType>, Stop> {
    if let Some(EndpointService { name, owner }) = &made.service {
        let state = execution.draft.state();
        let checked = endpoint_service::check(state, store.account, store.region, name, *owner, &made.endpoint);
        if let Err(fault) = checked {
            return Ok(Some(fault.code()));
        }
    }
    Ok(health(store, execution)?.err().map(Cause::on_connect))
}

/// Ends the connection of a store, or the attempt: a verdict that is pending is dropped, and an error code goes (CKS-221).
/// No request is sent to a proxy (CKS-286).
pub(in crate::operations) fn disconnect_custom_key_store(
    request: DisconnectCustomKeyStore,
    execution: &mut Execution<'_>,
) -> Result<DisconnectCustomKeyStoreResponse, Stop> {
    let (store, row) = found(&request.custom_key_store_id, execution)?;
    if matches!(row.connection, Connection::Disconnected | Connection::Disconnecting { .. }) {
        let must = "CONNECTED, CONNECTING, or FAILED to be disconnected";
        return Err(Error::store_state(store.id, row.connection.state(), must).into());
    }
    if let Some(cluster) = row.cloud_hsm().map(|made| made.cluster) {
        cluster::disconnect(&mut execution.draft, cluster);
    }
    begin(store, |until| Connection::Disconnecting { until }, execution);
    Ok(DisconnectCustomKeyStoreResponse {})
}

/// Records what is under way; it ends at once unless the world has such a lag (CKS-227, CKS-228).
fn begin(store: KeyStoreName, under_way: impl Fn(Time) -> Connection, execution: &mut Execution<'_>) {
    let now = execution.call.now;
    let state = execution.draft.state();
    let begun = under_way(now);
    let lag = state.key_store(&store).and_then(|row| row.lag_of(begun)).map_or(Span::default(), |lag| state.lag(lag));
    let connection = if lag == Span::default() { begun.ended() } else { under_way(now.after(lag)) };
    execution.draft.edit_key_store(store, |row| row.connection = connection);
}
