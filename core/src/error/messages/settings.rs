//! Sentences about the settings of a world, which are not AWS's at all.

use crate::error::{Error, Exception};

impl Error {
    /// Settings are not given as a map. The sentence is ours.
    pub(crate) fn settings() -> Self {
        Self::setting("settings are names with numbers, such as {\"quota/keys\": 3}; null takes a number back")
    }

    /// No setting has this name. The sentence is ours.
    pub(crate) fn no_setting(name: &str) -> Self {
        Self::setting(format!(
            "'{}' is not a setting: there are quota/keys, quota/aliases-per-key, quota/grants-per-key, \
             quota/custom-key-stores, request-quotas, request/CreateKey and the like, lag/new-key and the like, \
             consistency, strict-regions, strict-principals, strict-key-stores, strict, chosen-keys, signature-skew, \
             xks/time-limit, xks/integrity, xks/reliability, and region/af-south-1 and the like",
            shown(name)
        ))
    }

    /// A family of settings has no member of this name; `known` are those that it has. The sentence is ours.
    pub(crate) fn no_setting_of(family: &str, name: &str, known: &[&str]) -> Self {
        Self::setting(format!("{family} has no '{}': it has {}", shown(name), known.join(", ")))
    }

    /// What stands behind the `@` of a setting names no place. The sentence is ours.
    pub(crate) fn setting_scope(scope: &str) -> Self {
        Self::setting(format!(
            "'@{}' does not say where the setting applies: in an account (@111122223333), in a Region (@eu-west-1), in both \
             (@111122223333/eu-west-1), or for a key (@ and its ARN)",
            shown(scope)
        ))
    }

    /// A setting does not hold for such a place; `places` says where it does. The sentence is ours.
    pub(crate) fn setting_elsewhere(name: &str, places: &str) -> Self {
        Self::setting(format!("{} is a setting {places}", shown(name)))
    }

    /// A setting cannot have this value; `values` says which it takes. The sentence is ours.
    pub(crate) fn setting_value(name: &str, values: &str) -> Self {
        Self::setting(format!("{} takes {values}", shown(name)))
    }

    fn setting(problem: impl Into<String>) -> Self {
        Self::new(Exception::ValidationException, problem)
    }
}

/// The beginning of a text: it may be of any length.
fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}
