//! The proxy's own authorization: rules that allow (CKS-175).

use crate::state::ProxyRule;

/// Whether a rule allows a request of which `fact` knows what rules can speak of.
pub(super) fn allows(rule: &ProxyRule, fact: impl Fn(&str) -> Option<String>) -> bool {
    rule.0.iter().all(|(name, patterns)| {
        fact(name).is_some_and(|value| patterns.iter().any(|pattern| is_like(value.as_bytes(), pattern.as_bytes())))
    })
}

/// Whether a text is like a pattern in which `*` stands for anything. Of several ways, the shortest is taken, so that the
/// work grows with the product of both lengths at most.
fn is_like(text: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut place, mut open) = (0, 0, None);
    while at < text.len() {
        match pattern.get(place) {
            Some(b'*') => {
                open = Some((place + 1, at));
                place += 1;
            }
            Some(byte) if *byte == text[at] => (at, place) = (at + 1, place + 1),
            _ => {
                let Some((behind, taken)) = open else { return false };
                open = Some((behind, taken + 1));
                (at, place) = (taken + 1, behind);
            }
        }
    }
    pattern[place..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (text, pattern, is) in [
            ("", "", true),
            ("", "*", true),
            ("a", "", false),
            ("arn:aws:iam::1:role/App", "arn:aws:iam::1:role/*", true),
            ("arn:aws:iam::2:role/App", "arn:aws:iam::1:*", false),
            ("aXbXc", "a*b*c", true),
            ("aXbXcd", "a*b*c", false),
            ("aaab", "*aab", true),
            ("ab", "a**b", true),
            ("a*", "a*", true),
        ] {
            assert_eq!(is_like(text.as_bytes(), pattern.as_bytes()), is, "{text} like {pattern}");
        }
    }
}
