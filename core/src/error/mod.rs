//! The answer to a refused call: an exception and, mostly, a sentence.

mod exceptions;
mod messages;

use std::fmt;

pub use exceptions::Exception;

/// The answer to a refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::manual_non_exhaustive, reason = "a non-exhaustive error could be made anywhere in this crate")]
pub struct Error {
    /// Which exception.
    pub exception: Exception,
    /// AWS's sentence; `None` where AWS sends none (for example `InvalidCiphertextException`).
    pub message: Option<String>,
    /// Only this module can fill it, so an error comes from a constructor of `messages` and from nowhere else.
    chosen: (),
}

/// One violated constraint of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The member's path in AWS's form, such as `tags.1.member.tagKey`.
    pub at: String,
    /// The value as AWS's sentence begins: `Value 'x'`, `Value null`, or `Value` alone for blobs and secrets.
    pub value: String,
    /// The constraint in AWS's words.
    pub constraint: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(f, "{}: {message}", self.exception.name()),
            None => f.write_str(self.exception.name()),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// An exception with its sentence; the sentences are in `messages`.
    fn new(exception: Exception, message: impl Into<String>) -> Self {
        Self { exception, message: Some(message.into()), chosen: () }
    }

    /// An exception to which AWS sends no sentence.
    const fn silent(exception: Exception) -> Self {
        Self { exception, message: None, chosen: () }
    }
}
