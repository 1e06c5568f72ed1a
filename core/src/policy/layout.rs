//! The layout in which AWS shows policies.

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
}
