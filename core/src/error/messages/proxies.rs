//! Sentences about the proxies of external key stores (section 1.10 of custom-key-stores.md). Which exception has which of
//! them is the table in `external/causes.rs`.

use crate::error::{Error, Exception};

/// The longest word of a proxy that a sentence shows, in characters.
const LONGEST: usize = 64;

impl Error {
    /// S-auth: the proxy does not know who asks. The sentence is AWS's (CKS-107).
    pub(crate) fn proxy_authentication(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because it could not authenticate AWS KMS. Verify the \
                    credentials for your external key store and update if necessary.";
        Self::new(exception, text)
    }

    /// S-denied: rules of the proxy's own do not allow it. The sentence is AWS's (CKS-108).
    pub(crate) fn proxy_denied(exception: Exception) -> Self {
        let text = "The external key store proxy denied access to the operation. Verify that the user and the external key \
                    are both authorized for this operation, and try the request again.";
        Self::new(exception, text)
    }

    /// S-path: the proxy has no such path. The sentence is AWS's (CKS-109).
    pub(crate) fn proxy_path(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because of an invalid URI path. Verify the URI path for \
                    your external key store and update if necessary.";
        Self::new(exception, text)
    }

    /// S-tls: the handshake fails. The sentence is AWS's (CKS-110).
    pub(crate) fn proxy_tls(exception: Exception) -> Self {
        let text = "AWS KMS cannot establish a TLS connection to the external key store proxy. Verify the TLS configuration, \
                    including its certificate.";
        Self::new(exception, text)
    }

    /// S-tcp: no connection. The sentence is AWS's (CKS-111).
    pub(crate) fn proxy_unconnected(exception: Exception) -> Self {
        let text = "AWS KMS cannot communicate with the external key store proxy. This might be a transient network issue. If \
                    you see this error repeatedly, verify that your external key store proxy is active and is connected to \
                    the network, and that its endpoint URI is correct in your external key store.";
        Self::new(exception, text)
    }

    /// S-reach: nothing is there. The sentence is AWS's (CKS-112).
    pub(crate) fn proxy_unreachable(exception: Exception) -> Self {
        let text = "AWS KMS cannot communicate with the external key store proxy. Verify that your external key store proxy \
                    is active and is connected to the network, and that its URI path and endpoint URI or VPC service name \
                    are correct in your external key store.";
        Self::new(exception, text)
    }

    /// S-time: no whole answer within the limit. The sentence is AWS's (CKS-113).
    pub(crate) fn proxy_silent(exception: Exception) -> Self {
        let text = "AWS KMS rejected the request because the external key store proxy did not respond in time. Retry the \
                    request. If you see this error repeatedly, report it to your external key store proxy administrator.";
        Self::new(exception, text)
    }

    /// S-dep: something behind the proxy did not answer it in time. The sentence is AWS's (CKS-114).
    pub(crate) fn proxy_dependency(exception: Exception) -> Self {
        let text = "The external key store proxy did not respond to the request in the time allotted. Retry the request. If \
                    you see this error repeatedly, report it to your external key store proxy administrator.";
        Self::new(exception, text)
    }

    /// S-int: the proxy does not reach its key manager. The sentence is AWS's (CKS-115).
    pub(crate) fn proxy_without_manager(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because it cannot communicate with the external key \
                    manager. Verify that the external key store proxy configuration is correct and that the external key \
                    manager is available.";
        Self::new(exception, text)
    }

    /// S-rate: too many requests for the proxy. The sentence is AWS's (CKS-116).
    pub(crate) fn proxy_throttled(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request due to a very high request rate. Reduce the frequency \
                    of your calls using KMS keys in this external key store.";
        Self::new(exception, text)
    }

    /// S-form: the answer makes no sense. The sentence is AWS's (CKS-117).
    pub(crate) fn proxy_malformed(exception: Exception) -> Self {
        let text = "AWS KMS cannot interpret the response from the external key store proxy. If you see this error \
                    repeatedly, consult your external key store proxy administrator.";
        Self::new(exception, text)
    }

    /// S-unsup: the proxy cannot do it. The sentence is AWS's (CKS-118).
    pub(crate) fn proxy_unsupported(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because it does not support the requested \
                    cryptographic operation.";
        Self::new(exception, text)
    }

    /// S-ill: no key manager serves. The sentence is AWS's (CKS-119).
    pub(crate) fn proxy_unhealthy(exception: Exception) -> Self {
        let text = "The external key store proxy is in an unhealthy state. If you see this message repeatedly, notify your \
                    external key store proxy administrator.";
        Self::new(exception, text)
    }

    /// S-nokey: the proxy has no such external key. The sentence is AWS's (CKS-120).
    pub(crate) fn proxy_without_key(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because it could not find the external key.";
        Self::new(exception, text)
    }

    /// S-off: the external key is not enabled. The sentence is AWS's (CKS-121).
    pub(crate) fn external_key_off(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because the external key is not enabled in the external \
                    key manager.";
        Self::new(exception, text)
    }

    /// S-use: the external key is not for this. The sentence is AWS's (CKS-122).
    pub(crate) fn external_key_misused(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because the external key does not support the requested \
                    operation.";
        Self::new(exception, text)
    }

    /// S-ciph: the external key does not open the outer layer. The sentence is AWS's (CKS-123).
    pub(crate) fn outer_ciphertext(exception: Exception) -> Self {
        let text = "The external key store proxy rejected the request because the specified ciphertext or additional \
                    authenticated data is corrupted, missing, or otherwise invalid.";
        Self::new(exception, text)
    }

    /// S-inner: what the proxy has decrypted is not the inner layer. The sentence is AWS's (CKS-124).
    pub(crate) fn inner_ciphertext(exception: Exception) -> Self {
        let text = "The ciphertext that the external key store proxy submitted for decryption, or the encryption context, is \
                    corrupted, missing, or otherwise invalid.";
        Self::new(exception, text)
    }

    /// S-conn: the store of the key is not connected. The sentence is AWS's (CKS-125).
    pub(crate) fn store_unconnected(exception: Exception) -> Self {
        let text = "This KMS key is in a custom key store that is not connected to its external key store proxy. Connect the \
                    external key store and try the request again.";
        Self::new(exception, text)
    }

    /// KMS itself fails while it asks. The sentence is ours: no answer of AWS is known (CKS-150).
    pub(crate) fn proxy_unasked(exception: Exception) -> Self {
        Self::new(exception, "AWS KMS failed before it could ask the external key store proxy. Retry the request.")
    }

    /// S-spec: the external key has another spec. The sentence is AWS's (CKS-126).
    pub(crate) fn external_key_spec(spec: &str) -> Self {
        let text = "The key spec of the external key must be AES_256. The key spec of specified external key is";
        Self::of_external_key(text, spec)
    }

    /// S-status: the external key is disabled. The sentence is AWS's (CKS-127).
    pub(crate) fn external_key_status(status: &str) -> Self {
        let text = "The status of the external key must be ENABLED. The status of specified external key is";
        Self::of_external_key(text, status)
    }

    /// S-usage: the external key lacks a usage. The sentence is AWS's (CKS-128); how it lists the usages is a decision.
    pub(crate) fn external_key_usage(usage: &str) -> Self {
        let text = "The key usage of the external key must include ENCRYPT and DECRYPT. The key use of specified external key \
                    is";
        Self::of_external_key(text, usage)
    }

    fn of_external_key(text: &str, found: &str) -> Self {
        let shown: String = found.chars().take(LONGEST).collect();
        Self::new(Exception::XksKeyInvalidConfigurationException, format!("{text} {shown}."))
    }
}
