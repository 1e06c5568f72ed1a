//! Texts that match others in which an asterisk stands for any text.

/// Whether a text matches one in which an asterisk stands for any text. The time is linear in the product of the lengths
/// at most.
pub(crate) fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts = rest.split('*');
    let Some(end) = parts.next_back() else { return true };
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asterisk_stands_for_any_text() {
        for (text, pattern) in
            [("Decrypt", "*"), ("Decrypt", "De*pt"), ("a", "a*"), ("aba", "a*a"), ("abcbd", "a*b*d"), ("", "**")]
        {
            assert!(is_like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("a", "a*a"), ("Decrypt", "decrypt"), ("Decrypt", "D*x"), ("ab", "b*"), ("ab", "*a")] {
            assert!(!is_like(text, pattern), "{text} {pattern}");
        }
    }

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
            assert_eq!(is_like(text, pattern), is, "{text} like {pattern}");
        }
    }
}
