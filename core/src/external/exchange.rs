//! What is told of a request to a proxy: what metrics and audit records are made of (section 5 of custom-key-stores.md).

use crate::{
    call::{ProxyCertificate, ProxyOperation},
    names::KeyStoreName,
    wire::Value,
};

/// A request to a proxy and what became of it. A request and its repetition are one (CKS-380).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// The key store that asked.
    pub store: KeyStoreName,
    /// The operation of KMS, or `KmsHealthCheck`.
    pub kms_operation: &'static str,
    /// The operation of the protocol.
    pub proxy_operation: ProxyOperation,
    /// The error that the proxy named, or `XksProxyUnreachableException` or `XksProxyInvalidResponseException` for what KMS
    /// found itself; `None` for success (CKS-382).
    pub outcome: Option<&'static str>,
    /// Whether the error is one that may go away when it is tried again; `None` for success (CKS-381).
    pub retryable: Option<bool>,
    /// How long it took, repetition included, in milliseconds (CKS-384).
    pub millis: u32,
    /// The certificate of the proxy, as far as it is known.
    pub certificate: Option<ProxyCertificate>,
    /// The instances of the key manager, of a health answer.
    pub managers: Option<Managers>,
    /// The message of a proxy that answered an error. No caller sees it (CKS-106).
    pub said: Option<String>,
    /// Whether the metrics count it: a store that is not connected, or not there yet, counts nothing (CKS-391).
    pub counted: bool,
}

impl Exchange {
    /// The exchange as bindings show it: `store`, `kms_operation`, `proxy_operation`, `outcome` and `retryable` (null for
    /// success), `millis`, and as far as they are known `certificate`, `managers` and the `message` of the proxy.
    pub fn to_value(&self) -> Value {
        let certificate = self.certificate.as_ref().map(|certificate| {
            let not_after = Value::Time(certificate.not_after);
            Value::from([("subject", certificate.subject.as_str().into()), ("not_after", not_after)])
        });
        Value::named(&mut [
            ("store", Some(self.store.to_string().into())),
            ("kms_operation", Some(self.kms_operation.into())),
            ("proxy_operation", Some(self.proxy_operation.name().into())),
            ("outcome", Some(self.outcome.map_or(Value::Null, Value::from))),
            ("retryable", Some(self.retryable.map_or(Value::Null, Value::Bool))),
            ("millis", Some(Value::Int(i64::from(self.millis)))),
            ("certificate", certificate),
            ("managers", self.managers.map(Managers::to_value)),
            ("message", self.said.as_deref().map(Value::from)),
        ])
    }
}

/// How many instances of a key manager are in each state (CKS-385).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Managers {
    /// Healthy ones.
    pub active: u32,
    /// Unhealthy ones that serve.
    pub degraded: u32,
    /// Those that do not serve.
    pub unavailable: u32,
}

impl Managers {
    fn to_value(self) -> Value {
        let number = |number: u32| Value::Int(i64::from(number));
        Value::from([
            ("active", number(self.active)),
            ("degraded", number(self.degraded)),
            ("unavailable", number(self.unavailable)),
        ])
    }

    /// Whether one of them serves (CKS-62).
    pub(super) const fn serve(self) -> bool {
        self.active > 0 || self.degraded > 0
    }
}
