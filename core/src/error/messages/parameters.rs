//! Sentences about parameters whose rules the shapes cannot express.

use crate::error::{Error, Exception};

impl Error {
    /// Decrypt or ReEncrypt with an asymmetric algorithm must name the key (P1-294). The sentence is AWS's (recorded by
    /// LocalStack).
    pub(crate) fn key_id_missing(member: &str) -> Self {
        Self::new(Exception::ValidationException, format!("{member} must not be null"))
    }

    /// GenerateDataKey with neither or both of its two lengths. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn data_key_length() -> Self {
        Self::new(Exception::ValidationException, "Please specify either number of bytes or key spec.")
    }

    /// GenerateRandom without a length. The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn number_of_bytes() -> Self {
        Self::new(Exception::ValidationException, "NumberOfBytes is required.")
    }

    /// A waiting period outside of 7 to 30 days (P2-107). The sentence is AWS's (recorded by LocalStack).
    pub(crate) fn pending_window() -> Self {
        Self::new(Exception::ValidationException, "PendingWindowInDays must be between 7 and 30")
    }

    /// The dry run of a call that would have succeeded. The sentence is AWS's (messages.md).
    pub(crate) fn dry_run() -> Self {
        let text = "The request would have succeeded, but the DryRun option is set.";
        Self::new(Exception::DryRunOperationException, text)
    }

    /// An argument that a host gives beside a request, such as a Region, a caller or the measurements of an enclave, is
    /// not one. The sentence is ours; `problem` is the whole of it.
    pub(crate) fn argument(problem: &str) -> Self {
        Self::new(Exception::ValidationException, problem)
    }
}
