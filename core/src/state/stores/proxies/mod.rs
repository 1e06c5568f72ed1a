//! Proxies of external key stores, and the key manager behind them: what a host registers, in its one JSON form.

mod actions;
mod faults;
mod form;
mod keys;
mod register;
mod rows;
mod shown;

pub use rows::{
    ExternalKeyRow, ManagerHealth, ManagerRow, ProxyCredential, ProxyFault, ProxyFaultKind, ProxyRow, ProxyRule,
    ProxyTls,
};
