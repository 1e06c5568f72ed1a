//! Sentences about what the owner of a world registers, which are not AWS's at all.

use crate::error::{Error, Exception};

/// So much of each step of a place is shown.
const SHOWN: usize = 120;

impl Error {
    /// Something in the directory's JSON form cannot be registered: the steps to the place, and what is wrong there. The
    /// sentence is ours.
    pub(crate) fn directory(steps: &[&str], problem: &str) -> Self {
        Self::form("the directory", steps, problem)
    }

    /// Something in a JSON form that the owner of the world gives cannot be: what the form is called, the steps to the
    /// place, and what is wrong there. The sentence is ours.
    pub(crate) fn form(called: &str, steps: &[&str], problem: &str) -> Self {
        let mut place = String::new();
        for step in steps {
            let joint = if place.is_empty() || step.starts_with('[') { "" } else { "." };
            place += joint;
            place.extend(step.chars().filter(|character| !character.is_control()).take(SHOWN));
        }
        let place = if place.is_empty() { called } else { &place };
        Self::new(Exception::ValidationException, format!("{place}: {problem}"))
    }
}
