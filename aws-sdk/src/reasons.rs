//! Why a caller was denied, from the error of the SDK.

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use pocket_kms::http::{DECISIONS_HEADER, REASONS_HEADER};

/// Why the caller was denied, one sentence a decision, with the policy and the statement; empty for every other error.
///
/// AWS tells this nobody: print it where a test fails, and let no program depend on it.
pub fn reasons<E>(error: &SdkError<E, HttpResponse>) -> Vec<String> {
    header(error, REASONS_HEADER).and_then(|sentences| serde_json::from_str(sentences).ok()).unwrap_or_default()
}

/// The decisions about a call that was denied, as data, in the form of [`pocket_kms::access::Decision::to_value`]: the
/// layers in their order, with the fate of each statement. As much is told as a header has room for; it is empty for every
/// other error.
pub fn decisions<E>(error: &SdkError<E, HttpResponse>) -> Vec<serde_json::Value> {
    header(error, DECISIONS_HEADER).and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
}

fn header<'a, E>(error: &'a SdkError<E, HttpResponse>, name: &'static str) -> Option<&'a str> {
    error.raw_response().and_then(|response| response.headers().get(name))
}
