//! Numbers that stand in a text.

use super::{Value, from_json};

/// The number that a text is, with a point and an exponent where it has them.
///
/// It is read as JSON reads one: the library's own reader of floating point brings a table that nothing else needs, which
/// is one hundredth of the module of a page. So a number of many places is the same one in a text and in JSON.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = number.find(['e', 'E']).map_or((number, ""), |at| number.split_at(at));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    // JSON lets spaces stand behind a number.
    let spaced = exponent.bytes().any(|sign| sign.is_ascii_whitespace());
    if spaced || whole.len() + fraction.len() == 0 || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    // JSON wants digits before a point and behind it, and none before a number but a zero.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    from_json([sign, whole, point, fraction, exponent].concat().as_bytes()).ok()?.as_float()
}

impl Value {
    /// A number as floating point; `None` for everything else.
    #[expect(clippy::cast_precision_loss, reason = "who asks for floating point wants the nearest number")]
    pub(crate) fn as_float(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_number_is_what_the_library_reads() {
        for text in [
            "0",
            "-0",
            "7",
            "+7",
            "007",
            "99.9",
            ".5",
            "-.5",
            "5.",
            "1.e3",
            "1e3",
            "1E-3",
            "2.5e+2",
            "12345678.25",
            "9007199254740993",
        ] {
            assert_eq!(decimal(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_finite_number_is_none() {
        for text in [
            "", "-", "+-5", "--5", ".", "e3", "1e", "1e3.0", "1e3 ", "1.2.3", "0x10", "1 ", " 1", "inf", "NaN",
            "1e999", "1_000", "5\"", "1,2",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
