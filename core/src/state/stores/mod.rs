//! Custom key stores, and what stands behind them: the rows that a host registers and that calls make.

mod clusters;
mod endpoint_services;
mod key_stores;
mod names;
mod proxies;

pub use clusters::{BackupRow, ClusterKeyName, ClusterKeyRow, ClusterRow, Hsm, Kmsuser, Subnet, backing_key_id};
pub use endpoint_services::EndpointServiceRow;
pub use key_stores::{CloudHsmStore, Connection, EndpointService, ExternalStore, KeyStoreKind, KeyStoreRow};
pub use names::{ClusterState, DomainState, HsmState, LoadBalancer};
pub use proxies::{
    ExternalKeyRow, ManagerHealth, ManagerRow, ProxyCredential, ProxyFault, ProxyFaultKind, ProxyRow, ProxyRule,
    ProxyTls,
};
