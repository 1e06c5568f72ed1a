//! What is told to those who ask who can do what.

use crate::error::{Error, Exception};

impl Error {
    /// There is no key of this name to ask about. The sentence is ours.
    pub(crate) fn no_key_to_ask(named: &str) -> Self {
        let shown: String = named.chars().filter(|character| !character.is_control()).take(300).collect();
        Self::new(Exception::NotFoundException, format!("There is no key '{shown}' in this world to ask about."))
    }

    /// A text does not name anybody about whom something can be asked. The sentence is ours.
    pub(crate) fn nobody_to_ask(named: &str) -> Self {
        let shown: String = named.chars().filter(|character| !character.is_control()).take(300).collect();
        let sentence = format!(
            "'{shown}' names nobody: a principal is an account, the ARN of a user, a role, a session or a root user, or \
             the name of a service, such as s3.amazonaws.com"
        );
        Self::new(Exception::ValidationException, sentence)
    }

    /// A grant of a simulation cannot be created. The sentence is ours.
    pub(crate) fn grant_to_ask() -> Self {
        let sentence =
            "question.grants: a grant is a structure as CreateGrant takes it, of a key that the call is about";
        Self::new(Exception::ValidationException, sentence.to_owned())
    }
}
