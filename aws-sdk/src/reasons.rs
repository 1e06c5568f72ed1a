//! Why a caller was denied, from the error of the SDK.

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use pocket_kms::http::REASONS_HEADER;

/// Why the caller was denied, one sentence a decision, with the policy and the statement; empty for every other error.
///
/// AWS tells this nobody: print it where a test fails, and let no program depend on it.
pub fn reasons<E>(error: &SdkError<E, HttpResponse>) -> Vec<String> {
    let header = error.raw_response().and_then(|response| response.headers().get(REASONS_HEADER));
    header.and_then(|sentences| serde_json::from_str(sentences).ok()).unwrap_or_default()
}
