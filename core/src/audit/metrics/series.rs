//! The names of metrics: which of them there are, with their dimensions and units (section 3 of audit-records.md).

use std::sync::Arc;

use crate::{
    call::ProxyOperation,
    names::{AccountId, KeyArn, KeyStoreName, Region},
    quotas::RequestQuota,
};

/// The name space of what KMS measures.
pub(crate) const KMS: &str = "AWS/KMS";

/// The name space of what counts against quotas.
pub(crate) const USAGE: &str = "AWS/Usage";

/// The only key spec of keys in key stores.
const SYMMETRIC: &str = "SYMMETRIC_DEFAULT";

/// Names of dimensions and their values, in the order of the documents.
pub(crate) type Dimensions = Vec<(&'static str, String)>;

/// A metric with its dimensions: what CloudWatch calls a metric, one for each combination that was ever told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Series {
    /// `CallCount`: what an account has asked in a Region, as a quota counts it (AUD-202).
    Calls(AccountId, Region, RequestQuota),
    /// `SuccessfulRequest` of an operation with one key (AUD-193).
    Used(&'static str, KeyArn),
    /// The same of ReEncrypt, from one key to another, as an owner of one of them is told.
    ReEncrypted(AccountId, KeyArn, KeyArn),
    /// `SecondsUntilKeyMaterialExpiration` (AUD-194).
    Expiration(KeyArn),
    /// `ExternalKeyStoreThrottle`, or `CloudHSMKeyStoreThrottle`: an operation that the store's own quota has refused
    /// (AUD-195, AUD-196).
    Throttled(KeyStoreName, StoreKind, &'static str),
    /// `XksProxyErrors`: requests to a proxy, and how they ended (AUD-197).
    Errors(KeyStoreName, ProxiedOperation, Option<bool>, Option<&'static str>),
    /// `XksProxyLatency` (AUD-198).
    Latency(KeyStoreName, ProxiedOperation),
    /// `XksExternalKeyManagerStates`: `Active`, `Degraded` or `Unavailable` (AUD-199).
    Managers(KeyStoreName, &'static str),
    /// `XksProxyCertificateDaysToExpire` of the certificate with this subject (AUD-200).
    Certificate(KeyStoreName, Arc<str>),
    /// `XksProxyCredentialAge` (AUD-201).
    Credential(KeyStoreName),
}

/// What a key store is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StoreKind {
    /// An AWS CloudHSM key store.
    CloudHsm,
    /// An external key store.
    External,
}

/// What a proxy was asked, and for which operation of KMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ProxiedOperation {
    /// The operation of KMS, or `KmsHealthCheck`.
    pub(crate) kms: &'static str,
    /// The operation of the protocol.
    pub(crate) proxy: &'static str,
}

/// How the values of a metric come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Each value counts something.
    Counter,
    /// Each value is measured.
    Measured,
    /// There is a value in each minute.
    Gauge,
}

/// What is the same for all series of one metric.
#[derive(Debug)]
pub(crate) struct Metric {
    pub(crate) namespace: &'static str,
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) nature: Nature,
    /// The statistic that says most.
    pub(crate) statistic: &'static str,
    /// What it tells, in a sentence.
    pub(crate) help: &'static str,
}

const fn metric(
    name: &'static str,
    unit: &'static str,
    nature: Nature,
    statistic: &'static str,
    help: &'static str,
) -> Metric {
    Metric { namespace: KMS, name, unit, nature, statistic, help }
}

/// All metrics, in the order of [`Series`].
pub(crate) const METRICS: [Metric; 10] = [
    Metric {
        namespace: USAGE,
        name: "CallCount",
        unit: "None",
        nature: Nature::Counter,
        statistic: "Sum",
        help: "Calls that count against a request quota.",
    },
    metric("SuccessfulRequest", "Count", Nature::Counter, "Sum", "Successful cryptographic operations with a KMS key."),
    metric(
        "SecondsUntilKeyMaterialExpiration",
        "Seconds",
        Nature::Gauge,
        "Minimum",
        "Seconds until the first imported key material of a KMS key expires.",
    ),
    metric(
        "CloudHSMKeyStoreThrottle",
        "Count",
        Nature::Counter,
        "Sum",
        "Cryptographic operations that the quota of an AWS CloudHSM key store, or its cluster, has refused.",
    ),
    metric(
        "ExternalKeyStoreThrottle",
        "Count",
        Nature::Counter,
        "Sum",
        "Cryptographic operations that the quota of an external key store has refused.",
    ),
    metric("XksProxyErrors", "Count", Nature::Counter, "Sum", "Requests to a proxy, and how they ended."),
    metric("XksProxyLatency", "Milliseconds", Nature::Measured, "Average", "How long a proxy took to answer."),
    metric(
        "XksExternalKeyManagerStates",
        "Count",
        Nature::Gauge,
        "Maximum",
        "Instances of an external key manager in each state, by the last health answer.",
    ),
    metric(
        "XksProxyCertificateDaysToExpire",
        "Count",
        Nature::Gauge,
        "Minimum",
        "Days until the TLS certificate of a proxy expires.",
    ),
    metric(
        "XksProxyCredentialAge",
        "Count",
        Nature::Gauge,
        "Maximum",
        "Days since the credential of a proxy was given to KMS.",
    ),
];

impl ProxiedOperation {
    pub(crate) const fn new(kms: &'static str, proxy: ProxyOperation) -> Self {
        Self { kms, proxy: proxy.name() }
    }

    /// The dimensions of a request; a health answer is about no key (CKS-383).
    fn add_to(self, dimensions: &mut Dimensions) {
        dimensions.push(("KmsOperation", self.kms.to_owned()));
        dimensions.push(("XksOperation", self.proxy.to_owned()));
        if self.proxy != ProxyOperation::GetHealthStatus.name() {
            dimensions.push(("KeySpec", SYMMETRIC.to_owned()));
        }
    }
}

impl Series {
    /// What it has in common with others of its name.
    pub(crate) const fn metric(&self) -> &'static Metric {
        &METRICS[match self {
            Self::Calls(..) => 0,
            Self::Used(..) | Self::ReEncrypted(..) => 1,
            Self::Expiration(_) => 2,
            Self::Throttled(_, StoreKind::CloudHsm, _) => 3,
            Self::Throttled(_, StoreKind::External, _) => 4,
            Self::Errors(..) => 5,
            Self::Latency(..) => 6,
            Self::Managers(..) => 7,
            Self::Certificate(..) => 8,
            Self::Credential(_) => 9,
        }]
    }

    /// The account and the Region that are told of it.
    pub(crate) const fn place(&self) -> (AccountId, Region) {
        match self {
            Self::Calls(account, region, _) => (*account, *region),
            Self::ReEncrypted(account, key, _) => (*account, key.region),
            Self::Used(_, key) | Self::Expiration(key) => (key.account, key.region),
            Self::Throttled(store, ..)
            | Self::Errors(store, ..)
            | Self::Latency(store, _)
            | Self::Managers(store, _)
            | Self::Certificate(store, _)
            | Self::Credential(store) => (store.account, store.region),
        }
    }

    /// The key store that it tells of.
    pub(crate) const fn store(&self) -> Option<&KeyStoreName> {
        match self {
            Self::Throttled(store, ..)
            | Self::Errors(store, ..)
            | Self::Latency(store, _)
            | Self::Managers(store, _)
            | Self::Certificate(store, _)
            | Self::Credential(store) => Some(store),
            _ => None,
        }
    }

    /// Its dimensions.
    pub(crate) fn dimensions(&self) -> Dimensions {
        let mut dimensions = Dimensions::with_capacity(6);
        if let Some(store) = self.store() {
            dimensions.push(("CustomKeyStoreId", store.id.to_string()));
        }
        match self {
            Self::Calls(_, _, quota) => {
                dimensions.push(("Service", "KMS".to_owned()));
                dimensions.push(("Type", "API".to_owned()));
                dimensions.push(("Resource", resource(quota.id())));
                dimensions.push(("Class", "None".to_owned()));
            }
            Self::Used(operation, key) => {
                dimensions.push(("KeyArn", key.to_string()));
                dimensions.push(("Operation", (*operation).to_owned()));
            }
            Self::ReEncrypted(_, from, to) => {
                dimensions.push(("SourceKeyArn", from.to_string()));
                dimensions.push(("DestinationKeyArn", to.to_string()));
                dimensions.push(("Operation", "ReEncrypt".to_owned()));
            }
            Self::Expiration(key) => dimensions.push(("KeyId", key.id.to_string())),
            Self::Throttled(_, _, operation) => {
                dimensions.push(("KmsOperation", (*operation).to_owned()));
                dimensions.push(("KeySpec", SYMMETRIC.to_owned()));
            }
            Self::Errors(_, asked, retryable, name) => {
                asked.add_to(&mut dimensions);
                let kind = match retryable {
                    Some(true) => "Retryable",
                    Some(false) => "Non-retryable",
                    None => "N/A",
                };
                dimensions.push(("ErrorType", kind.to_owned()));
                dimensions.push(("ExceptionName", name.unwrap_or("None").to_owned()));
            }
            Self::Latency(_, asked) => asked.add_to(&mut dimensions),
            Self::Managers(_, state) => dimensions.push(("XksExternalKeyManagerState", (*state).to_owned())),
            Self::Certificate(_, subject) => dimensions.push(("CertificateName", subject.to_string())),
            Self::Credential(_) => {}
        }
        dimensions
    }
}

/// What the usage metrics call a quota. Names of operations stay; the groups have names of their own, as seen in public
/// dashboards and alarms. Those of ML-DSA and ML-KEM, which nobody has shown, are formed alike (a decision).
pub(crate) fn resource(quota: &str) -> String {
    match quota {
        "symmetric" => "CryptographicOperationsSymmetric".to_owned(),
        "rsa" => "CryptographicOperationsRsa".to_owned(),
        "ecc-sm2" => "CryptographicOperationsEcc".to_owned(),
        "ml-dsa" => "CryptographicOperationsMlDsa".to_owned(),
        "ml-kem" => "CryptographicOperationsMlKem".to_owned(),
        other => other.strip_prefix("pair-").map_or_else(
            || other.to_owned(),
            |spec| ["GenerateDataKeyPair-", &spec.to_ascii_uppercase().replace('-', "_")].concat(),
        ),
    }
}
