//! What KMS asks the proxy of an external key store, and what becomes of the request (section 1.12 of
//! custom-key-stores.md).

use std::fmt;

use crate::{
    names::{AccountId, KeyStoreName},
    text::words,
    time::Time,
    wire::{SecretBytes, Value},
};

/// The operations of the proxy protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProxyOperation {
    /// How the proxy and the key manager behind it are.
    GetHealthStatus,
    /// What an external key is.
    GetKeyMetadata,
    /// Encrypts under an external key.
    Encrypt,
    /// Decrypts under an external key.
    Decrypt,
}

impl ProxyOperation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::GetHealthStatus, Self::GetKeyMetadata, Self::Encrypt, Self::Decrypt];

    /// The name in the specification of the protocol.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GetHealthStatus => "GetHealthStatus",
            Self::GetKeyMetadata => "GetKeyMetadata",
            Self::Encrypt => "Encrypt",
            Self::Decrypt => "Decrypt",
        }
    }

    /// What its URI ends with (CKS-13).
    pub const fn path(self) -> &'static str {
        match self {
            Self::GetHealthStatus => "/health",
            Self::GetKeyMetadata => "/metadata",
            Self::Encrypt => "/encrypt",
            Self::Decrypt => "/decrypt",
        }
    }
}

/// A request to the proxy of an external key store, signed and whole: it can be sent as it is, and a host adds nothing but
/// the connection (CKS-158). It holds neither a plaintext nor the secret access key (CKS-165).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProxyRequest {
    /// The key store that asks.
    pub store: KeyStoreName,
    /// What is asked.
    pub operation: ProxyOperation,
    /// 1, or 2 where the network let the first attempt run into its limit: the same bytes once more (CKS-153).
    pub attempt: u8,
    /// The host of the endpoint: for the connection, for its name in TLS, and in the header `Host`, which is signed.
    pub host: String,
    /// The path of the URI.
    pub path: String,
    /// The headers in their order.
    pub headers: Vec<(&'static str, String)>,
    /// The body: JSON.
    pub body: SecretBytes,
    /// How many milliseconds the proxy has for its whole answer, from the connection on (CKS-152); `None` for no limit.
    pub time_limit: Option<u32>,
    /// How the store is reached.
    pub reach: Reach,
}

impl ProxyRequest {
    /// The method of every request (CKS-20).
    pub const METHOD: &'static str = "POST";

    /// The scheme of every endpoint (CKS-14).
    pub const SCHEME: &'static str = "https";

    /// The longest answer in bytes; a longer one is malformed, and no host keeps more of it than one byte (CKS-27).
    pub const LONGEST_ANSWER: usize = 64 << 10;

    /// The endpoint without the path, such as `https://xks.example.com`.
    pub fn endpoint(&self) -> String {
        [Self::SCHEME, "://", &self.host].concat()
    }

    /// The request as bindings hand it to their hosts: `store`, `operation`, `attempt`, `method`, `scheme`, `host`, `path`,
    /// `headers` (a list of pairs), `body`, `timeLimit` in milliseconds (null for none), and `service` with its `name` and
    /// `owner` where a VPC endpoint service leads to the proxy.
    pub fn to_value(&self) -> Value {
        let text = |text: &str| Value::from(text);
        let pair = |(name, value): &(&'static str, String)| Value::List(vec![text(name), text(value)]);
        let service = match &self.reach {
            Reach::Public => Value::Null,
            Reach::Service { name, owner } => Value::from([("name", text(name)), ("owner", owner.to_string().into())]),
        };
        Value::from([
            ("store", self.store.to_string().into()),
            ("operation", text(self.operation.name())),
            ("attempt", Value::Int(i64::from(self.attempt))),
            ("method", text(Self::METHOD)),
            ("scheme", text(Self::SCHEME)),
            ("host", text(&self.host)),
            ("path", text(&self.path)),
            ("headers", Value::List(self.headers.iter().map(pair).collect())),
            ("body", Value::Secret(self.body.clone())),
            ("timeLimit", self.time_limit.map_or(Value::Null, |limit| Value::Int(i64::from(limit)))),
            ("service", service),
        ])
    }
}

impl fmt::Debug for ProxyRequest {
    /// Neither the body nor the headers, among which is the signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ProxyRequest");
        shown.field("store", &self.store).field("operation", &self.operation).field("attempt", &self.attempt);
        shown.field("host", &self.host).field("path", &self.path).field("body", &self.body.len());
        shown.field("time_limit", &self.time_limit).field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// How KMS reaches the proxy of an external key store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By its public endpoint.
    Public,
    /// By a VPC endpoint service.
    Service {
        /// The name, such as `com.amazonaws.vpce.us-east-1.vpce-svc-0e123abc123198abc`.
        name: String,
        /// The account that owns it.
        owner: AccountId,
    },
}

/// What has become of a request to a proxy (CKS-159).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyAnswer {
    /// The proxy has answered.
    Response(ProxyResponse),
    /// No connection, or one that broke before an answer. What a host cannot classify is this.
    Unreachable(Unreachable),
    /// The handshake of TLS has failed.
    Tls {
        /// Why.
        reason: TlsFault,
        /// The certificate, as far as the host knows it.
        certificate: Option<ProxyCertificate>,
    },
    /// The host gave up: there was no whole answer within the time limit.
    Timeout(Waiting),
    /// KMS itself has failed. No host answers this: it is a fault of simulated proxies (CKS-150).
    Internal,
}

/// The response of a proxy.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProxyResponse {
    /// The status of HTTP.
    pub status: u16,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body, or as much of it as shows that it is longer than [`ProxyRequest::LONGEST_ANSWER`].
    pub body: SecretBytes,
    /// How long it took, from the connection to the last byte, in milliseconds (CKS-154).
    pub elapsed: u32,
    /// The certificate, as far as the host knows it.
    pub certificate: Option<ProxyCertificate>,
}

impl ProxyResponse {
    /// A response that took no time.
    pub fn new(status: u16, body: impl Into<SecretBytes>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), elapsed: 0, certificate: None }
    }

    /// The same response after this many milliseconds.
    #[must_use]
    pub const fn after(mut self, millis: u32) -> Self {
        self.elapsed = millis;
        self
    }

    /// The same response with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same response of a proxy with this certificate.
    #[must_use]
    pub fn certificate(mut self, certificate: ProxyCertificate) -> Self {
        self.certificate = Some(certificate);
        self
    }
}

impl fmt::Debug for ProxyResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ProxyResponse");
        shown.field("status", &self.status).field("body", &self.body.len()).field("elapsed", &self.elapsed);
        shown.field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// What is known of the certificate of a proxy (CKS-31).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "hosts make it, and metrics have no use for more")]
pub struct ProxyCertificate {
    /// The common name of its subject.
    pub subject: String,
    /// The end of its validity.
    pub not_after: Time,
}

words! {
    /// Why a proxy cannot be reached.
    Unreachable {
        /// The connection is refused.
        Refused = "refused",
        /// The connection broke before an answer.
        Reset = "reset",
        /// No route leads there.
        NoRoute = "no-route",
        /// The name does not resolve.
        Name = "name",
        /// The host may not send anything there (CKS-33).
        NotAllowed = "not-allowed",
        /// Nobody can answer: no proxy is simulated, and no host sends requests.
        Nobody = "nobody",
        /// Another fault of the network. No host answers this: it is a fault of simulated proxies (CKS-151).
        Network = "network",
        /// Something else.
        Other = "other",
    }
    /// Why a handshake of TLS fails.
    TlsFault {
        /// The certificate has expired, or is not valid yet.
        Expired = "expired",
        /// The certificate is for another name.
        WrongName = "wrong-name",
        /// Nobody believes the issuer.
        UntrustedIssuer = "untrusted-issuer",
        /// The two have no version or cipher suite in common.
        Protocol = "protocol",
        /// The chain of certificates is not complete.
        Chain = "chain",
        /// The proxy wants a certificate of KMS, which has none (CKS-2).
        ClientCertificate = "client-certificate",
        /// Something else.
        Other = "other",
    }
    /// What a host waited for when it gave up.
    Waiting {
        /// The connection.
        Connecting = "connecting",
        /// The answer.
        Answer = "answer",
    }
    /// How reliable a proxy has been in the last five minutes (CKS-155, CKS-156).
    Reliability {
        /// Failures are the proxy's: AWS answers `KMSInvalidStateException`.
        Low = "low",
        /// Failures are an exception: AWS answers `KMSInternalException`, which SDKs try again.
        High = "high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in Unreachable::ALL {
            assert_eq!(Unreachable::parse(kind.as_str()), Some(*kind));
        }
        for kind in TlsFault::ALL {
            assert_eq!(TlsFault::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!((Waiting::parse("answer"), Waiting::parse("")), (Some(Waiting::Answer), None));
        assert_eq!((Reliability::parse("high"), Reliability::parse("High")), (Some(Reliability::High), None));
    }
}
