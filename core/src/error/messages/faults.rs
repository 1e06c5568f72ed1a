//! Sentences about faults, for which neither the request nor the caller is to blame.

use crate::error::{Error, Exception};

impl Error {
    /// A fault that somebody has asked for, to which no sentence of AWS is known: internal failures, timeouts behind KMS,
    /// keys that cannot be reached, quotas that have no sentence. AWS sends no sentence (LIF-379 to LIF-382).
    pub(crate) const fn fault(exception: Exception) -> Self {
        Self::silent(exception)
    }

    /// Requests come faster than a request quota admits, whichever it is, or a fault says that they do. The sentence is
    /// AWS's (P6-26, LIF-322, LIF-378).
    pub(crate) fn throttled() -> Self {
        let text = "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.";
        Self::new(Exception::ThrottlingException, text)
    }

    /// The caller's temporary credentials are no longer valid. The sentence is AWS's (LIF-391).
    pub(crate) fn expired_credentials() -> Self {
        Self::new(Exception::ExpiredTokenException, "The security token included in the request is expired")
    }

    /// A fault that somebody has asked for lets no answer of KMS through, where there is no connection that could break.
    /// The sentence is ours.
    pub(crate) fn no_answer(fault: &str) -> Self {
        Self::new(
            Exception::KMSInternalException,
            format!("No answer of KMS arrives: the fault {fault} acts on this call"),
        )
    }

    /// A fault with a predicate is asked for where nobody can take a function: over HTTP, in a recipe. The sentence is ours.
    pub(crate) fn fault_takes_no_function() -> Self {
        Self::argument(
            "when is a function, and stays in the process of its world: kms.faults of Python and kms.fault of JavaScript take \
             one; elsewhere, say which calls are meant by operation, key, account, region or caller",
        )
    }

    /// The host that asks for a fault with a predicate does not answer whether it applies. The sentence is ours.
    pub(crate) fn fault_needs_host() -> Self {
        Self::argument("a fault with a predicate needs a host that decides about faults: World::host_answers says so")
    }

    /// The host's predicate has failed, and nobody but the caller hears of it. The sentence is ours.
    pub(crate) fn predicate_failed() -> Self {
        let told = "The function that decides whether a fault acts on this call has failed: nothing was done";
        Self::new(Exception::KMSInternalException, told)
    }

    /// The host was asked to generate a key of this spec, and its answer is something else. The sentence is ours.
    pub(crate) fn foreign_key(spec: &str) -> Self {
        let told = format!("The host was asked to generate a key of the spec {spec}, but answered with something else");
        Self::new(Exception::KMSInternalException, told)
    }

    /// An invariant does not hold: a fault of pocket-kms itself. The sentence is ours.
    pub(crate) fn internal(what: &str) -> Self {
        debug_assert!(false, "broken invariant: {what}");
        Self::new(Exception::KMSInternalException, format!("pocket-kms has a fault: {what}"))
    }
}
