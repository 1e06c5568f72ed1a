//! Sentences about recipes, which are not AWS's at all.

use crate::error::{Error, Exception};

/// So much of a name is shown.
const SHOWN: usize = 100;

impl Error {
    /// A recipe cannot be read; `problem` is the whole sentence. The sentence is ours.
    pub(crate) fn recipe(problem: impl Into<String>) -> Self {
        Self::new(Exception::ValidationException, problem)
    }

    /// A step of a recipe was refused: the exception stays, and its sentence says which step it was. The sentence is ours,
    /// with AWS's in it.
    pub(crate) fn in_step(number: usize, what: &str, refusal: &Self) -> Self {
        let what: String = what.chars().filter(|character| !character.is_control()).take(SHOWN).collect();
        let said = refusal.message.as_deref().unwrap_or(refusal.exception.name());
        Self::new(refusal.exception, format!("step {number} of the recipe ({what}): {said}"))
    }
}
