//! What the path of a request asks for (CKS-13).

use crate::{call::ProxyOperation, names::is_external_key_id};

/// What stands behind the prefix in every path.
const API: &str = "/kms/xks/v1";

/// What a path asks for.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) operation: ProxyOperation,
    /// The id of the external key; of GetHealthStatus it is empty.
    pub(super) key: &'a str,
}

/// What a path asks for; `None` when it is not one of the protocol.
pub(super) fn place(path: &str) -> Option<Place<'_>> {
    split(path).map(|(_, place)| place)
}

/// What stands in a path before `/kms/xks/v1`.
pub(super) fn prefix_of(path: &str) -> Option<&str> {
    split(path).map(|(prefix, _)| prefix)
}

/// Whether a path is for proxies, good or not: what a KMS API has at its address never holds this.
pub(crate) fn is_of_proxies(path: &str) -> bool {
    path.contains("/kms/xks/v")
}

fn split(path: &str) -> Option<(&str, Place<'_>)> {
    let operation = ProxyOperation::ALL.into_iter().find(|operation| path.ends_with(operation.path()))?;
    let rest = path.strip_suffix(operation.path())?;
    let (rest, key) = match operation {
        ProxyOperation::GetHealthStatus => (rest, ""),
        _ => rest.rsplit_once("/keys/").filter(|(_, key)| is_external_key_id(key))?,
    };
    Some((rest.strip_suffix(API)?, Place { operation, key }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_is_asked_of_which_logical_key_store() {
        for (path, prefix, operation, key) in [
            ("/kms/xks/v1/health", "", ProxyOperation::GetHealthStatus, ""),
            ("/a/b/kms/xks/v1/keys/foo/metadata", "/a/b", ProxyOperation::GetKeyMetadata, "foo"),
            ("/kms/xks/v1/kms/xks/v1/keys/f/encrypt", "/kms/xks/v1", ProxyOperation::Encrypt, "f"),
            ("/keys/a/kms/xks/v1/keys/health/decrypt", "/keys/a", ProxyOperation::Decrypt, "health"),
        ] {
            let place = place(path).expect(path);
            assert_eq!((prefix_of(path), place.operation, place.key), (Some(prefix), operation, key), "{path}");
        }
        for path in [
            "",
            "/",
            "/health",
            "/kms/xks/v1",
            "/kms/xks/v1/health/",
            "/kms/xks/v1//health",
            "/kms/xks/v2/health",
            "/kms/xks/v1/keys/health",
            "/kms/xks/v1/keys//encrypt",
            "/kms/xks/v1/keys/../encrypt",
            "/kms/xks/v1/keys/a b/encrypt",
            "/kms/xks/v1/keys/a/b/encrypt",
            "/kms/xks/v1/keys/a/sign",
        ] {
            assert!(place(path).is_none(), "{path}");
        }
    }
}
