//! What a plain scalar of YAML is.

use super::node::Content;

/// The core schema of YAML 1.2, and of numbers those that JSON writes: `0123` and `1_000` stay texts, as CloudFormation and
/// people who write account ids want them.
pub(super) fn plain(text: &str) -> Content {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        "true" | "True" | "TRUE" => Content::Bool(true),
        "false" | "False" | "FALSE" => Content::Bool(false),
        number if is_number(number) => Content::Number(number.into()),
        text => Content::Text(text.to_owned()),
    }
}

/// Whether JSON would read this as a number.
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => match digits(fraction) {
            ("", _) => return false,
            (_, rest) => rest,
        },
    };
    match rest.strip_prefix(['e', 'E']) {
        None => rest.is_empty(),
        Some(exponent) => {
            let (exponent, rest) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
            !exponent.is_empty() && rest.is_empty()
        }
    }
}

/// The digits with which a text begins, and what stands behind them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at(end)
}

/// A number as JSON writes it; a whole one has no fraction. The standard library's own way to show it would bring tables of
/// powers along, which stand in the writer of JSON, too.
pub(crate) fn fraction(number: f64) -> Box<str> {
    let text = serde_json::Number::from_f64(number).map_or_else(|| "null".to_owned(), |number| number.to_string());
    text.strip_suffix(".0").unwrap_or(&text).into()
}
