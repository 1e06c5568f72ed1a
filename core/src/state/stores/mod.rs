//! Custom key stores, and what stands behind them: the rows that a host registers and that calls make.

mod key_stores;

pub use key_stores::{CloudHsmStore, Connection, EndpointService, ExternalStore, KeyStoreKind, KeyStoreRow};
