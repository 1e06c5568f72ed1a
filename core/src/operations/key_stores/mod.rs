//! Custom key stores: the six operations, and what other operations need of a store.

mod connect;
mod create;
mod delete;
mod describe;
mod keys;
mod quota;
mod taken;
mod update;

pub(super) use connect::{connect_custom_key_store, disconnect_custom_key_store};
pub(super) use create::create_custom_key_store;
pub(super) use delete::delete_custom_key_store;
pub(super) use describe::describe_custom_key_stores;
pub(super) use keys::{can_use, check_request, generates_random, place};
pub(super) use quota::charges;
pub(super) use update::update_custom_key_store;

use super::Execution;
use crate::{
    call::{Call, Stop},
    error::Error,
    external::{Cause, Proxy},
    names::{KeyStoreId, KeyStoreName},
    shapes::*,
    state::{KeyStoreRow, State},
    wire::{Typed, shape},
};

shape! {
    pub struct ConnectCustomKeyStore -> ConnectCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub struct ConnectCustomKeyStoreResponse {
    }

    pub struct CreateCustomKeyStore -> CreateCustomKeyStoreResponse {
        CustomKeyStoreName custom_key_store_name: Required CustomKeyStoreNameType,
        CloudHsmClusterId cloud_hsm_cluster_id: Optional CloudHsmClusterIdType,
        TrustAnchorCertificate trust_anchor_certificate: Optional TrustAnchorCertificateType,
        KeyStorePassword key_store_password: Optional KeyStorePasswordType,
        CustomKeyStoreType custom_key_store_type: Optional CustomKeyStoreType,
        XksProxyUriEndpoint xks_proxy_uri_endpoint: Optional XksProxyUriEndpointType,
        XksProxyUriPath xks_proxy_uri_path: Optional XksProxyUriPathType,
        XksProxyVpcEndpointServiceName xks_proxy_vpc_endpoint_service_name: Optional XksProxyVpcEndpointServiceNameType,
        XksProxyVpcEndpointServiceOwner xks_proxy_vpc_endpoint_service_owner: Optional AccountIdType,
        XksProxyAuthenticationCredential xks_proxy_authentication_credential: Optional XksProxyAuthenticationCredentialType,
        XksProxyConnectivity xks_proxy_connectivity: Optional XksProxyConnectivityType,
    }

    pub struct CreateCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Always CustomKeyStoreIdType,
    }

    pub struct DeleteCustomKeyStore -> DeleteCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub struct DeleteCustomKeyStoreResponse {
    }

    pub struct DescribeCustomKeyStores -> DescribeCustomKeyStoresResponse {
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        CustomKeyStoreName custom_key_store_name: Optional CustomKeyStoreNameType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub struct DescribeCustomKeyStoresResponse {
        CustomKeyStores custom_key_stores: Always CustomKeyStoresList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Always BooleanType,
    }

    pub struct DisconnectCustomKeyStore -> DisconnectCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub struct DisconnectCustomKeyStoreResponse {
    }

    pub struct UpdateCustomKeyStore -> UpdateCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
        NewCustomKeyStoreName new_custom_key_store_name: Optional CustomKeyStoreNameType,
        KeyStorePassword key_store_password: Optional KeyStorePasswordType,
        CloudHsmClusterId cloud_hsm_cluster_id: Optional CloudHsmClusterIdType,
        XksProxyUriEndpoint xks_proxy_uri_endpoint: Optional XksProxyUriEndpointType,
        XksProxyUriPath xks_proxy_uri_path: Optional XksProxyUriPathType,
        XksProxyVpcEndpointServiceName xks_proxy_vpc_endpoint_service_name: Optional XksProxyVpcEndpointServiceNameType,
        XksProxyVpcEndpointServiceOwner xks_proxy_vpc_endpoint_service_owner: Optional AccountIdType,
        XksProxyAuthenticationCredential xks_proxy_authentication_credential: Optional XksProxyAuthenticationCredentialType,
        XksProxyConnectivity xks_proxy_connectivity: Optional XksProxyConnectivityType,
    }

    pub struct UpdateCustomKeyStoreResponse {
    }
}

/// The store of this id in the caller's account and the Region of the call.
fn found<'a>(id: &str, execution: &'a Execution<'_>) -> Result<(KeyStoreName, &'a KeyStoreRow), Error> {
    of_id(id, execution.call, execution.draft.state()).ok_or_else(|| Error::no_key_store(id))
}

/// The store that a request names, if it names one that there is.
pub(super) fn named<'a>(request: &dyn Typed, call: &Call, state: &'a State) -> Option<(KeyStoreName, &'a KeyStoreRow)> {
    of_id(request.member("CustomKeyStoreId")?.text()?, call, state)
}

fn of_id<'a>(id: &str, call: &Call, state: &'a State) -> Option<(KeyStoreName, &'a KeyStoreRow)> {
    let store = KeyStoreName { account: call.caller.account, region: call.region, id: KeyStoreId::parse(id)? };
    state.key_store(&store).map(|row| (store, row))
}

/// The proxy of an external key store.
fn proxy(store: KeyStoreName, state: &State) -> Result<Proxy<'_>, Error> {
    let row = state.key_store(&store).and_then(KeyStoreRow::external);
    let proxy = row.and_then(|row| Proxy::of(store, row, state));
    proxy.ok_or_else(|| Error::internal("an external key store has no credential"))
}

/// Asks the proxy of an external key store how it is, with the values that the store has in this call (CKS-53).
fn health(store: KeyStoreName, execution: &Execution<'_>) -> Result<Result<(), Cause>, Stop> {
    execution.asker().health(&proxy(store, execution.draft.state())?)
}
