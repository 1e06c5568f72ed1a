//! The layout in which AWS shows policies.

use std::mem;

use super::json::Json;
use super::malformed::Malformed;

/// Formats a document as AWS shows policies: two spaces a level, a space on both sides of a colon, lists on one line
/// (P1-123). Members keep their order, and numbers are written as conditions compare them: the text keeps its meaning.
///
/// # Errors
/// When the text is not JSON.
pub(crate) fn laid_out(text: &str) -> Result<String, Malformed> {
    let mut shown = String::with_capacity(2 * text.len());
    write(&Json::parse(text)?, 0, &mut shown);
    Ok(shown)
}

/// The document in the same layout, with some of the principals in it under other names.
///
/// # Errors
/// When the text is not JSON.
pub(crate) fn renamed(text: &str, name: &dyn Fn(&str) -> Option<String>) -> Result<String, Malformed> {
    let mut document = Json::parse(text)?;
    for statement in document.those("Statement") {
        for element in ["Principal", "NotPrincipal"] {
            for principal in statement.those(element).into_iter().flat_map(|named| named.those("AWS")) {
                if let Json::Scalar { text, quoted: true } = principal {
                    *text = name(text).unwrap_or_else(|| mem::take(text));
                }
            }
        }
    }
    let mut shown = String::with_capacity(2 * text.len());
    write(&document, 0, &mut shown);
    Ok(shown)
}

impl Json {
    /// The values of a member: one, or those of a list.
    fn those(&mut self, member: &str) -> Vec<&mut Self> {
        let Self::Members(members) = self else { return Vec::new() };
        match members.iter_mut().find(|(name, _)| name == member) {
            Some((_, Self::List(items))) => items.iter_mut().collect(),
            Some((_, one)) => vec![one],
            None => Vec::new(),
        }
    }
}

/// The depth is bounded by [`Json::parse`].
fn write(json: &Json, level: usize, shown: &mut String) {
    match json {
        Json::Null => shown.push_str("null"),
        Json::Scalar { text, quoted: true } => quote(text, shown),
        Json::Scalar { text, quoted: false } => shown.push_str(text),
        Json::List(items) => {
            shown.push('[');
            for (index, item) in items.iter().enumerate() {
                shown.push_str(if index == 0 { " " } else { ", " });
                write(item, level, shown);
            }
            shown.push_str(" ]");
        }
        Json::Members(members) => {
            shown.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                shown.push_str(if index == 0 { "" } else { "," });
                new_line(level + 1, shown);
                quote(name, shown);
                shown.push_str(" : ");
                write(value, level + 1, shown);
            }
            new_line(level, shown);
            shown.push('}');
        }
    }
}

fn new_line(level: usize, shown: &mut String) {
    shown.push('\n');
    shown.extend(std::iter::repeat_n("  ", level));
}

fn quote(text: &str, shown: &mut String) {
    // Text can always be written as JSON.
    shown.push_str(&serde_json::to_string(text).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_that_of_aws_and_changes_no_value() {
        let compact = r#"{"b":{},"a":[1,"\u0041\"\\",{"c":18446744073709551615,"d":[]}],"e":[{"f":null,"g":-1.50}]}"#;
        let shown = "{\n  \"b\" : {\n  },\n  \"a\" : [ 1, \"A\\\"\\\\\", {\n    \"c\" : 18446744073709551615,\n    \"d\" \
                     : [ ]\n  } ],\n  \"e\" : [ {\n    \"f\" : null,\n    \"g\" : -1.5\n  } ]\n}";
        assert_eq!(laid_out(compact).as_deref(), Ok(shown));
        assert_eq!(laid_out(shown).as_deref(), Ok(shown));
        assert!(laid_out("{").is_err());
    }

    #[test]
    fn principals_are_renamed_where_they_are_principals_and_nowhere_else() {
        let text = r#"{"Statement":[{"Principal":{"AWS":["a","b"],"Service":"a"},"Resource":"a","Condition":{"C":{"AWS":"a"}}},
            {"NotPrincipal":{"AWS":"a"},"Principal":"a"}]}"#;
        let name = |named: &str| (named == "a").then(|| "A".to_owned());
        let shown = renamed(text, &name).expect("JSON").replace(char::is_whitespace, "");
        let expected = r#"{"Statement":[{"Principal":{"AWS":["A","b"],"Service":"a"},"Resource":"a","Condition":{"C":{"AWS":"a"}}},{"NotPrincipal":{"AWS":"A"},"Principal":"a"}]}"#;
        assert_eq!(shown, expected);
    }
}
