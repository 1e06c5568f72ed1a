//! The rows of proxies and of external keys.

use serde::Serialize;

use crate::{
    names::Region,
    state::stored::{Stored, stored},
    text::words,
    time::{Span, Time},
    wire::Value,
};

/// The specs of external keys; KMS takes the first alone (CKS-64).
pub(super) const SPECS: [&str; 12] = [
    "AES_256",
    "AES_128",
    "AES_192",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "HMAC_SHA_256",
    "HMAC_SHA_384",
    "HMAC_SHA_512",
];

/// The usages that an external key has unless others are said.
const USAGES: [&str; 2] = ["ENCRYPT", "DECRYPT"];

/// How many bytes of plaintext, and of ciphertext, a proxy takes unless it is set otherwise (CKS-170).
pub(super) const USUAL_PLAINTEXT: u32 = 6144;

/// How many bytes of additional authenticated data a proxy takes unless it is set otherwise (CKS-170).
pub(super) const USUAL_ADDITIONAL_DATA: u32 = 12_288;

/// A logical key store of a proxy without its secrets (CKS-173).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProxyRow {
    /// Tells its secrets from those of all other proxies, for ever.
    pub number: u32,
    /// How many secrets it has had.
    pub secrets: u32,
    /// How many faults it has had.
    pub faulted: u32,
    /// The Region whose KMS it serves.
    pub region: Region,
    /// Who may ask: several, so that they can be changed one after the other (CKS-44).
    pub credentials: Vec<ProxyCredential>,
    /// What is authorized; `None` for everything (CKS-175).
    pub rules: Option<Vec<ProxyRule>>,
    /// The instances of the key manager.
    pub managers: Vec<ManagerRow>,
    /// How it misbehaves.
    pub faults: Vec<ProxyFault>,
    /// Its side of TLS, as data (CKS-31).
    pub certificate: ProxyTls,
    /// How long each answer takes.
    pub latency: Span,
    /// By how many milliseconds its clock is ahead of the world's.
    pub clock_offset: i64,
    /// What every answer to Encrypt has as its metadata, in base64; `None` for the version of the key, from the second on.
    pub metadata: Option<Box<str>>,
    /// How many bytes the key manager's initialization vectors have: 12 or 16.
    pub initialization_vector: u32,
    /// How many requests are answered in a second.
    pub request_limit: Option<u32>,
    /// The longest plaintext and ciphertext, in bytes.
    pub max_plaintext: u32,
    /// The longest additional authenticated data, in bytes.
    pub max_additional_data: u32,
    /// Whether the proxy refuses everything (CKS-189).
    pub blocked: bool,
}

/// Who may ask a proxy. The secret is among all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProxyCredential {
    /// The access key id.
    pub access_key_id: Box<str>,
    /// The number of its secret among those of the proxy.
    pub secret: u32,
}

/// A rule that allows something: each member that is there must match, one of its texts or patterns with `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ProxyRule(pub(crate) Vec<(Box<str>, Vec<Box<str>>)>);

/// An instance of the key manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ManagerRow {
    /// Its id.
    pub id: Box<str>,
    /// Its model.
    pub model: Box<str>,
    /// How it is.
    pub health_status: ManagerHealth,
}

/// A proxy's side of TLS, as data (CKS-31).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProxyTls {
    /// The common name of the certificate; `None` for the host of the endpoint.
    pub subject: Option<Box<str>>,
    /// The end of its validity; `None` where it is renewed in time.
    pub not_after: Option<Time>,
    /// Whether its issuer is on the published list.
    pub trusted: bool,
    /// Whether the chain is sent whole.
    pub complete: bool,
    /// The versions of TLS that are spoken, such as `TLSv1.3`.
    pub protocols: Vec<Box<str>>,
    /// Whether the client must have a certificate, too, which KMS has not (CKS-2).
    pub client_certificate: bool,
}

/// A way in which a proxy misbehaves, to whom, and for how long (section 4.1 of custom-key-stores.md). Which members are
/// there besides follows from the kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProxyFault {
    /// Its number among those of the proxy.
    pub id: u32,
    /// What it does.
    pub fault: ProxyFaultKind,
    /// The id of the key store that it hits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<Box<str>>,
    /// The operation of the proxy that it hits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Box<str>>,
    /// The operation of KMS that it hits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_operation: Option<Box<str>>,
    /// The id of the external key that it hits alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Box<str>>,
    /// How many requests it hits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// The `errorName` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_name: Option<Box<str>>,
    /// The `errorMessage` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<Box<str>>,
    /// The status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u32>,
    /// The body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<str>>,
    /// How long the body is made by repeating it, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// `Content-Type` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<Box<str>>,
    /// `Location` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<str>>,
    /// A member of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<str>>,
    /// What stands there instead, as JSON; `None` takes the member away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Box<str>>,
    /// Why nothing arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Box<str>>,
    /// How much longer the answer takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub milliseconds: Option<u32>,
}

/// A key in the key manager, as a logical key store shows it, without its material (CKS-174).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExternalKeyRow {
    /// Its spec.
    pub spec: Box<str>,
    /// Its usages.
    pub usages: Vec<Box<str>>,
    /// Whether it is enabled.
    pub enabled: bool,
    /// Whether it is deleted: it can be restored.
    pub deleted: bool,
    /// The numbers of its versions' material among the secrets of the proxy, the oldest first.
    pub versions: Vec<u32>,
}

words! {
    /// How an instance of the key manager is (CKS-61).
    ManagerHealth {
        /// It is healthy.
        Active = "ACTIVE",
        /// It is not healthy, but serves.
        Degraded = "DEGRADED",
        /// It does not serve.
        Unavailable = "UNAVAILABLE",
    }
    /// What a fault of a proxy does.
    ProxyFaultKind {
        /// The proxy refuses with this `errorName`.
        Error = "error",
        /// The proxy, or what stands before it, answers this.
        Response = "response",
        /// A member of the answer is another one, or missing.
        Member = "member",
        /// A bit of a member of the answer is flipped on its way.
        Flip = "flip",
        /// No connection, or one that breaks.
        Unreachable = "unreachable",
        /// The handshake of TLS fails.
        Tls = "tls",
        /// There is no answer in time.
        Timeout = "timeout",
        /// The answer takes longer.
        Delay = "delay",
        /// Additional authenticated data is ignored.
        IgnoreAdditionalData = "ignoreAdditionalData",
        /// Decrypt gives another plaintext of the same length.
        OtherPlaintext = "otherPlaintext",
        /// KMS itself fails when it asks the proxy (CKS-150).
        Internal = "internal",
    }
}

impl ProxyRow {
    /// A proxy with nothing in it, for the KMS of a Region.
    pub(super) fn new(number: u32, region: Region) -> Self {
        Self {
            number,
            secrets: 0,
            faulted: 0,
            region,
            credentials: Vec::new(),
            rules: None,
            managers: vec![ManagerRow::default()],
            faults: Vec::new(),
            certificate: ProxyTls::default(),
            latency: Span::default(),
            clock_offset: 0,
            metadata: None,
            initialization_vector: 12,
            request_limit: None,
            max_plaintext: USUAL_PLAINTEXT,
            max_additional_data: USUAL_ADDITIONAL_DATA,
            blocked: false,
        }
    }
}

impl ProxyRow {
    /// The proxy of every endpoint for which nobody has registered one.
    pub(crate) fn trusted(region: Region) -> Self {
        Self::new(0, region)
    }
}

impl Default for ManagerRow {
    fn default() -> Self {
        Self { id: "manager-1".into(), model: "pocket-kms".into(), health_status: ManagerHealth::Active }
    }
}

impl Default for ProxyTls {
    fn default() -> Self {
        let protocols = ["TLSv1.2", "TLSv1.3"].map(Box::from).to_vec();
        Self { subject: None, not_after: None, trusted: true, complete: true, protocols, client_certificate: false }
    }
}

impl ProxyFault {
    /// A fault of this kind, which hits every request.
    pub(super) const fn new(id: u32, fault: ProxyFaultKind) -> Self {
        Self {
            id,
            fault,
            store: None,
            operation: None,
            kms_operation: None,
            key: None,
            times: None,
            until: None,
            error_name: None,
            error_message: None,
            status: None,
            body: None,
            length: None,
            content_type: None,
            location: None,
            member: None,
            value: None,
            reason: None,
            milliseconds: None,
        }
    }
}

impl Default for ExternalKeyRow {
    fn default() -> Self {
        let usages = USAGES.map(Box::from).to_vec();
        Self { spec: SPECS[0].into(), usages, enabled: true, deleted: false, versions: Vec::new() }
    }
}

impl ExternalKeyRow {
    /// Whether it can be used with AES-GCM, as the protocol wants it.
    pub(crate) fn is_usable(&self) -> bool {
        *self.spec == *SPECS[0]
    }

    /// Whether it has a usage.
    pub(crate) fn has_usage(&self, usage: &str) -> bool {
        self.usages.iter().any(|own| **own == *usage)
    }
}

impl Stored for ProxyRule {
    fn stored(value: &Value) -> Option<Self> {
        Vec::stored(value).map(Self)
    }
}

stored! {
    ProxyRow {
        number, secrets, faulted, region, credentials, rules, managers, faults, certificate, latency, clock_offset, metadata,
        initialization_vector, request_limit, max_plaintext, max_additional_data, blocked
    }
    ProxyCredential { access_key_id, secret }
    ManagerRow { id, model, health_status }
    ProxyTls { subject, not_after, trusted, complete, protocols, client_certificate }
    ProxyFault {
        id, fault, store, operation, kms_operation, key, times, until, error_name, error_message, status, body, length,
        content_type, location, member, value, reason, milliseconds
    }
    ExternalKeyRow { spec, usages, enabled, deleted, versions }
}
