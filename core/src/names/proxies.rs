//! The names of external key store proxies, and of the keys that they show.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::as_text;

/// What stands in every path behind the prefix: the only version of the protocol (CKS-16).
const API: &str = "/kms/xks/v1";

/// What stands between the API of a logical key store and the id of a key in it (CKS-13).
const KEYS: &str = "/kms/xks/v1/keys/";

/// The longest endpoint, in characters (CKS-14).
const LONGEST_ENDPOINT: usize = 128;

/// The longest prefix, in characters (CKS-15).
const LONGEST_PREFIX: usize = 117;

/// The longest id of an external key, in characters (CKS-17).
const LONGEST_ID: usize = 128;

/// A logical key store of a proxy: the host of the endpoint, and what stands before `/kms/xks/v1` in its paths (CKS-15). In
/// text it is written as a URL: `https://xks.example.com/prefix`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProxyName {
    host: Box<str>,
    prefix: Box<str>,
}

impl ProxyName {
    /// The name of the logical key store behind this host and prefix. The case of a host does not matter.
    pub(crate) fn new(host: &str, prefix: &str) -> Self {
        Self { host: host.to_ascii_lowercase().into(), prefix: prefix.into() }
    }

    /// Reads the endpoint and the prefix, if there is one; the whole path, up to `/kms/xks/v1`, is read, too.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://")?;
        let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let prefix = path.strip_suffix(API).unwrap_or(path);
        let is_endpoint = "https://".len() + host.len() <= LONGEST_ENDPOINT && is_host(host);
        (is_endpoint && is_prefix(prefix)).then(|| Self::new(host, prefix))
    }

    /// The host of the endpoint, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What stands before `/kms/xks/v1`: it is empty, or begins with a slash.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// `XksProxyUriPath` of the logical key store.
    pub fn path(&self) -> String {
        [&*self.prefix, API].concat()
    }
}

/// A name of a host, with a port where tests need one.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    !name.is_empty() && name.bytes().all(is_name) && is_port
}

/// What may stand before `/kms/xks/v1`: the pattern of `XksProxyUriPath` says it, and lets one slash follow another.
fn is_prefix(prefix: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte);
    let rest = prefix.strip_prefix('/').filter(|rest| !rest.is_empty());
    prefix.len() <= LONGEST_PREFIX && (prefix.is_empty() || rest.is_some_and(|rest| rest.bytes().all(is_good)))
}

impl fmt::Display for ProxyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.host, self.prefix)
    }
}

as_text!(ProxyName);

/// A key that a logical key store shows. In text it is written as a URL: `https://xks.example.com/kms/xks/v1/keys/foo`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalKeyName {
    /// The logical key store.
    pub proxy: ProxyName,
    /// The id of the key; see [`is_external_key_id`].
    pub id: Box<str>,
}

impl ExternalKeyName {
    /// Reads the URL.
    pub fn parse(text: &str) -> Option<Self> {
        let (proxy, id) = text.rsplit_once(KEYS)?;
        Some(Self { proxy: ProxyName::parse(proxy)?, id: is_external_key_id(id).then(|| id.into())? })
    }
}

impl fmt::Display for ExternalKeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{KEYS}{}", self.proxy, self.id)
    }
}

as_text!(ExternalKeyName);

/// Whether a text is the id of an external key that a URI can name: letters, digits, `-`, `_` and `.` (CKS-17, CKS-18).
pub fn is_external_key_id(id: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(is_good) && !matches!(id, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_by_its_endpoint_and_the_prefix_of_its_paths() {
        for (text, printed, path) in [
            ("https://xks.example.com", "https://xks.example.com", "/kms/xks/v1"),
            ("https://XKS.example.com/a/B-_9", "https://xks.example.com/a/B-_9", "/a/B-_9/kms/xks/v1"),
            ("https://xks.example.com/a/kms/xks/v1", "https://xks.example.com/a", "/a/kms/xks/v1"),
            ("https://xks.example.com//a//b/", "https://xks.example.com//a//b/", "//a//b//kms/xks/v1"),
            ("https://127.0.0.1:4600/a", "https://127.0.0.1:4600/a", "/a/kms/xks/v1"),
        ] {
            let name = ProxyName::parse(text).expect(text);
            assert_eq!((name.to_string().as_str(), name.path().as_str()), (printed, path));
            assert_eq!(ProxyName::parse(printed), Some(name));
        }
        let long = ["https://xks.example.com/", &"a".repeat(117)].concat();
        for text in [
            "",
            "http://xks.example.com",
            "https://",
            "https://user@xks.example.com",
            "https://xks.example.com:",
            "https://xks.example.com:443:1",
            "https://xks.example.com/",
            "https://xks.example.com/a.b",
            "https://xks.example.com?a",
            &long,
        ] {
            assert_eq!(ProxyName::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_external_key_is_named_by_its_url() {
        let text = "https://xks.example.com/a/kms/xks/v1/keys/f.o_o-1";
        let name = ExternalKeyName::parse(text).expect("a name");
        assert_eq!((name.to_string().as_str(), &*name.id, name.proxy.prefix()), (text, "f.o_o-1", "/a"));
        let long = "x".repeat(129);
        for id in ["", ".", "..", "a/b", "a b", "é", &long] {
            assert!(!is_external_key_id(id), "{id}");
            assert_eq!(ExternalKeyName::parse(&["https://xks.example.com/kms/xks/v1/keys/", id].concat()), None);
        }
    }
}
