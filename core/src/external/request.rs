//! The request to a proxy: its URI, its headers and its signature (sections 1.1 and 1.3 of custom-key-stores.md).

use crate::{
    call::{ProxyOperation, ProxyRequest, Reach},
    crypto::{CryptoError, mac::Mac},
    names::{KeyStoreName, Region},
    signature::{ALGORITHM, Message, Scope, Signature, TERMINATOR},
    state::{ExternalStore, SecretName, State},
    time::Time,
    wire::SecretBytes,
};

/// The service in the scope of a signature (CKS-34).
const SERVICE: &str = "kms-xks-proxy";

/// The signed headers (CKS-35).
const SIGNED: [&str; 2] = ["host", "x-amz-date"];

/// The proxy of an external key store, and by what KMS authenticates itself to it.
pub(crate) struct Proxy<'a> {
    /// The store.
    pub(crate) store: KeyStoreName,
    /// `https://` and the host.
    pub(crate) endpoint: &'a str,
    /// The path before that of an operation.
    pub(crate) path: &'a str,
    /// The id of the access key.
    pub(crate) access_key: &'a str,
    /// The secret access key, as the text that it is (CKS-38).
    pub(crate) secret: &'a [u8],
    /// How the store is reached.
    pub(crate) reach: Reach,
}

impl<'a> Proxy<'a> {
    /// The proxy of a store as it stands in the state; `None` when its secret is gone.
    pub(crate) fn of(store: KeyStoreName, row: &'a ExternalStore, state: &'a State) -> Option<Self> {
        let secret = state.secret(&SecretName::KeyStore(store))?.expose();
        let reach = row
            .service
            .as_ref()
            .map_or(Reach::Public, |service| Reach::Service { name: service.name.to_string(), owner: service.owner });
        Some(Self { store, endpoint: &row.endpoint, path: &row.path, access_key: &row.access_key, secret, reach })
    }

    fn host(&self) -> &'a str {
        self.endpoint.strip_prefix("https://").unwrap_or(self.endpoint)
    }

    /// The path of an operation, on an external key or on the proxy itself (CKS-13).
    fn path_of(&self, operation: ProxyOperation, key: Option<&str>) -> String {
        match key {
            Some(key) => [self.path, "/keys/", key, operation.path()].concat(),
            None => [self.path, operation.path()].concat(),
        }
    }

    /// The length of the longest URI that an external key has here (CKS-19).
    pub(crate) fn longest_uri(&self, key: &str) -> usize {
        self.endpoint.len() + self.path_of(ProxyOperation::GetKeyMetadata, Some(key)).len()
    }

    /// A signed request. It is the same at every attempt, but for the number.
    pub(super) fn request(
        &self,
        operation: ProxyOperation,
        key: Option<&str>,
        body: SecretBytes,
        now: Time,
        mac: &dyn Mac,
    ) -> Result<ProxyRequest, CryptoError> {
        let (host, path, date) = (self.host().to_owned(), self.path_of(operation, key), now.basic());
        let shown =
            [("Host", &host), ("X-Amz-Date", &date)].map(|(name, value)| (name.into(), value.as_bytes().into()));
        let message = Message {
            method: ProxyRequest::METHOD,
            path: &path,
            query: "",
            headers: &shown,
            authority: None,
            body: &body,
        };
        let authorization = self.authorization(&message, &date, mac)?;
        let headers = vec![
            ("Host", host.clone()),
            ("Content-Type", "application/json".to_owned()),
            ("X-Amz-Date", date),
            ("Authorization", authorization),
            ("Content-Length", body.len().to_string()),
        ];
        let (store, reach) = (self.store, self.reach.clone());
        Ok(ProxyRequest { store, operation, attempt: 1, host, path, headers, body, time_limit: None, reach })
    }

    /// The header that shows the signature (CKS-40).
    fn authorization(&self, message: &Message<'_>, date: &str, mac: &dyn Mac) -> Result<String, CryptoError> {
        let region = self.region();
        let day = date.get(..8).unwrap_or_default();
        let scope = Scope { day, region: region.as_str(), service: SERVICE };
        let signature = Signature::new(mac, self.secret, message, &SIGNED.map(str::to_owned), (scope, date, false))?;
        let (id, signed) = (self.access_key, SIGNED.join(";"));
        Ok(format!(
            "{ALGORITHM} Credential={id}/{day}/{region}/{SERVICE}/{TERMINATOR}, SignedHeaders={signed}, Signature={}",
            signature.expose()
        ))
    }

    const fn region(&self) -> Region {
        self.store.region
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{crypto::CryptoProvider, policy};

    const STORE: &str = "111122223333/us-east-1/cks-1234567890abcdef0";
    const BODY: &str = r#"{"requestMetadata":{"kmsRequestId":"4112f4d6-db54-4af4-ae30-c55a22a8dfae","kmsOperation":"CreateCustomKeyStore"}}"#;

    fn proxy(path: &'static str, secret: &'static [u8]) -> Proxy<'static> {
        Proxy {
            store: KeyStoreName::parse(STORE).expect("a name"),
            endpoint: "https://xks.example.com",
            path,
            access_key: "BETWEEN2TENAND3TENCHARACTERS",
            secret,
            reach: Reach::Public,
        }
    }

    /// The vector of CKS-46.
    #[test]
    fn a_request_is_signed_as_botocore_signs_it() {
        let proxy = proxy("/example/uri/path/prefix/kms/xks/v1", b"PleaseReplaceThisWithSomeSecretOfLength43To64");
        let now = policy::instant("2026-01-02T03:04:05Z").expect("an instant");
        let mac = CryptoProvider::default().mac;
        let body = SecretBytes::from(BODY.as_bytes());
        let request = proxy.request(ProxyOperation::GetHealthStatus, None, body, now, mac).expect("a request");
        let headers: Vec<_> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let authorization = "AWS4-HMAC-SHA256 Credential=BETWEEN2TENAND3TENCHARACTERS/20260102/us-east-1/kms-xks-proxy/\
                             aws4_request, SignedHeaders=host;x-amz-date, \
                             Signature=ce03b2d37d126283cbd00467445078582566db15099a8b137f06c8f8a1d6302b";
        assert_eq!(
            headers,
            [
                ("Host", "xks.example.com"),
                ("Content-Type", "application/json"),
                ("X-Amz-Date", "20260102T030405Z"),
                ("Authorization", authorization),
                ("Content-Length", "113"),
            ]
        );
        assert_eq!(request.path, "/example/uri/path/prefix/kms/xks/v1/health");
        assert_eq!((request.host.as_str(), request.attempt), ("xks.example.com", 1));
    }

    /// The path is sent as it is, and signed as all of AWS signs it, with one slash for several: the reference proxy expects
    /// that. The signature was computed outside.
    #[test]
    fn a_doubled_slash_is_sent_and_signed_as_one() {
        let proxy = proxy("//a//b/kms/xks/v1", b"PleaseReplaceThisWithSomeSecretOfLength43To64");
        let now = policy::instant("2026-01-02T03:04:05Z").expect("an instant");
        let (mac, body) = (CryptoProvider::default().mac, SecretBytes::from(BODY.as_bytes()));
        let request = proxy.request(ProxyOperation::GetHealthStatus, None, body, now, mac).expect("a request");
        let authorization = request.headers.iter().find(|(name, _)| *name == "Authorization").expect("a signature");
        let signature = "Signature=69a3f2233e1d4c7a5f8b1b21a44340fa2240774b7625bfc13e5667043a3cae52";
        assert!(authorization.1.ends_with(signature), "{}", authorization.1);
        assert_eq!(request.path, "//a//b/kms/xks/v1/health");
    }

    #[test]
    fn an_operation_on_a_key_has_the_key_in_its_path() {
        let proxy = proxy("/kms/xks/v1", b"");
        for (operation, path) in [
            (ProxyOperation::GetKeyMetadata, "/kms/xks/v1/keys/foo/metadata"),
            (ProxyOperation::Encrypt, "/kms/xks/v1/keys/foo/encrypt"),
            (ProxyOperation::Decrypt, "/kms/xks/v1/keys/foo/decrypt"),
        ] {
            assert_eq!(proxy.path_of(operation, Some("foo")), path);
        }
        assert_eq!(proxy.longest_uri("foo"), "https://xks.example.com/kms/xks/v1/keys/foo/metadata".len());
    }

    #[test]
    fn a_request_is_printed_without_what_it_carries() {
        let proxy = proxy("/kms/xks/v1", b"PleaseReplaceThisWithSomeSecretOfLength43To64");
        let mac = CryptoProvider::default().mac;
        let body = SecretBytes::from(b"a body");
        let request =
            proxy.request(ProxyOperation::Encrypt, Some("foo"), body, Time::default(), mac).expect("a request");
        let shown = format!("{request:?}");
        assert!(shown.contains("/keys/foo/encrypt") && shown.contains("body: 6"), "{shown}");
        assert!(!shown.contains("Signature") && !shown.contains("a body") && !shown.contains("Please"), "{shown}");
    }
}
