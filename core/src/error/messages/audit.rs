//! What is told to those who ask what was recorded.

use crate::error::{Error, Exception};

impl Error {
    /// Nobody can ask this of the records. The sentence is ours.
    pub(crate) fn no_such_audit_question(named: Option<&str>, known: &[&str]) -> Self {
        let shown: String =
            named.unwrap_or("nothing").chars().filter(|letter| !letter.is_control()).take(100).collect();
        let sentence = format!("question: '{shown}' is not a question about records: there are {}", known.join(", "));
        Self::new(Exception::ValidationException, sentence)
    }
}
