//! Large JSON files, split into the records that are in them, so that those of other services need not be read.

/// The texts of the values that stand one behind the other, with space or commas between them.
pub(super) fn values(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == ',');
        if rest.is_empty() {
            return Ok(found);
        }
        let (value, behind) = value(rest)?;
        found.push(value);
        rest = behind;
    }
}

/// The elements of a list, or of the list that a structure has as `Records` or `Events`; anything else is one record.
pub(super) fn records(value: &str) -> Result<Vec<&str>, String> {
    if let Some(list) = inner(value, '[', ']') {
        return values(list);
    }
    let mut rest = inner(value, '{', '}').ok_or("is not JSON with records in it")?;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == ',');
        if rest.is_empty() {
            return Ok(vec![value]);
        }
        let (name, behind) = self::value(rest)?;
        let behind = behind.trim_start().strip_prefix(':').ok_or("lacks a colon behind the name of a member")?;
        let (member, behind) = self::value(behind.trim_start())?;
        if let ("\"Records\"" | "\"Events\"", Some(list)) = (name, inner(member, '[', ']')) {
            return values(list);
        }
        rest = behind;
    }
}

fn inner(value: &str, open: char, close: char) -> Option<&str> {
    value.strip_prefix(open)?.strip_suffix(close)
}

/// The value with which a text begins, and what stands behind it. Whether it is valid inside, its reader finds out.
fn value(text: &str) -> Result<(&str, &str), String> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, sign) in text.bytes().enumerate() {
        if in_text {
            match sign {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => continue,
            }
        } else {
            match sign {
                b'"' => in_text = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.checked_sub(1).ok_or("has a bracket too many")?,
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => {
                    if at == 0 {
                        return Err("is not JSON: it lacks a value".to_owned());
                    }
                    return text.split_at_checked(at).ok_or_else(cut);
                }
                _ => continue,
            }
        }
        if depth == 0 && !in_text && !escaped && matches!(sign, b'"' | b'}' | b']') {
            return text.split_at_checked(at + 1).ok_or_else(cut);
        }
    }
    if depth > 0 || in_text { Err(cut()) } else { Ok((text, "")) }
}

fn cut() -> String {
    "ends before its JSON does: a part of it is missing".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_in_every_form() {
        let one = r#"{"a": "}\"]{", "b": [1, {"c": 2}]}"#;
        for text in [
            format!(r#"{{"Records": [{one}, {one}]}}"#),
            format!(r#"{{"x": {{"Records": []}}, "Records":[{one},{one}]}}"#),
            format!("[{one}, {one}]"),
        ] {
            assert_eq!(records(&text), Ok(vec![one, one]), "{text}");
        }
        assert_eq!(records(one), Ok(vec![one]));
        assert_eq!(values(&format!("{one}\n{one}\r\n\n")), Ok(vec![one, one]));
    }

    #[test]
    fn what_is_cut_off_says_so() {
        for text in ["{\"Records\": [{}", "[{}, {]", "\"a", "}", ":", "{}:", "{\"a\":,1}", "{:}"] {
            let found = values(text).and_then(|values| values.into_iter().map(records).collect::<Result<Vec<_>, _>>());
            assert!(found.is_err(), "{text}: {found:?}");
        }
    }
}
