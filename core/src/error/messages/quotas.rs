//! Sentences about the quotas of what an account has.

use crate::error::{Error, Exception};

impl Error {
    /// One more than a resource quota admits, before which there were `usage` (LIF-317). The sentence is AWS's (LIF-309;
    /// recorded for aliases, and taken for the other quotas).
    pub(crate) fn quota(what: &str, quota: u64, usage: u64) -> Self {
        let text = format!("{what} quota for this account in this region is {quota}, current usage is {usage}.");
        Self::new(Exception::LimitExceededException, text)
    }
}
