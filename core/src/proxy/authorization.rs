//! The proxy's own authorization: rules that allow (CKS-175).

use crate::{state::ProxyRule, text::is_like};

/// Whether a rule allows a request of which `fact` knows what rules can speak of.
pub(super) fn allows(rule: &ProxyRule, fact: impl Fn(&str) -> Option<String>) -> bool {
    rule.0
        .iter()
        .all(|(name, patterns)| fact(name).is_some_and(|value| patterns.iter().any(|pattern| is_like(&value, pattern))))
}
