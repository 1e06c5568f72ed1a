//! Texts of fields with colons between them, such as ARNs.

/// The fields of a text that has this many of them or more; the last one has the rest. They are short: a look at each byte
/// finds a colon sooner than a search would begin.
pub(crate) fn fields<const COUNT: usize>(text: &str) -> Option<[&str; COUNT]> {
    let (mut fields, mut rest) = ([""; COUNT], text);
    let (last, first) = fields.split_last_mut()?;
    for field in first {
        let colon = rest.bytes().position(|byte| byte == b':')?;
        (*field, rest) = (&rest[..colon], &rest[colon + 1..]);
    }
    *last = rest;
    Some(fields)
}

/// Whether a text has the form of an ARN, of whatever service.
pub(crate) fn is_arn(text: &str) -> bool {
    matches!(fields::<6>(text), Some(["arn", ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_field_has_the_rest() {
        assert_eq!(fields("a::é:b:c"), Some(["a", "", "é", "b:c"]));
        assert_eq!(fields("a:"), Some(["a", ""]));
        assert_eq!(fields::<2>("a"), None);
        assert_eq!(fields("a:b"), Some(["a:b"]));
    }
}
