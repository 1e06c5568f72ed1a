//! Custom key stores: the shapes of the requests and replies.

use crate::{shapes::*, wire::shape};

shape! {
    pub(super) struct ConnectCustomKeyStoreRequest {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub(super) struct ConnectCustomKeyStoreResponse {
    }

    pub(super) struct CreateCustomKeyStoreRequest {
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

    pub(super) struct CreateCustomKeyStoreResponse {
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
    }

    pub(super) struct DeleteCustomKeyStoreRequest {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub(super) struct DeleteCustomKeyStoreResponse {
    }

    pub(super) struct DescribeCustomKeyStoresRequest {
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        CustomKeyStoreName custom_key_store_name: Optional CustomKeyStoreNameType,
        Limit limit: Optional LimitType,
        Marker marker: Optional MarkerType,
    }

    pub(super) struct DescribeCustomKeyStoresResponse {
        CustomKeyStores custom_key_stores: Optional CustomKeyStoresList,
        NextMarker next_marker: Optional MarkerType,
        Truncated truncated: Optional BooleanType,
    }

    pub(super) struct DisconnectCustomKeyStoreRequest {
        CustomKeyStoreId custom_key_store_id: Required CustomKeyStoreIdType,
    }

    pub(super) struct DisconnectCustomKeyStoreResponse {
    }

    pub(super) struct UpdateCustomKeyStoreRequest {
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

    pub(super) struct UpdateCustomKeyStoreResponse {
    }
}
