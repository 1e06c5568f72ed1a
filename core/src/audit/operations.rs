//! What the record of each operation shows.

use crate::{
    error::{Error, Exception},
    operations::Operation,
};

/// The code of a refusal: CloudTrail names a denial otherwise than the API does (AUD-82, AUD-98).
pub(super) const fn error_code(error: &Error) -> &'static str {
    match error.exception {
        Exception::AccessDeniedException => "AccessDenied",
        exception => exception.name(),
    }
}

/// Whether an operation only reads, in the eyes of CloudTrail: what it makes for its caller alone changes nothing.
pub(super) fn is_read_only(operation: &Operation) -> bool {
    let reads = ["Describe", "Get", "List"].iter().any(|verb| operation.name.starts_with(verb));
    reads || operation.usage.is_some() || operation.name == "GenerateRandom"
}
