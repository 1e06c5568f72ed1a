//! Findings in prose: short sentences for people, whatever a policy or a request holds.

use std::fmt::{self, Write as _};

use super::document::Effect;
use super::evaluate::{Finding, Outcome};

/// How many characters of a value are shown.
const MAX_SHOWN_CHARS: usize = 200;

/// How many values of a list are shown.
const MAX_SHOWN_VALUES: usize = 5;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}", self.statement + 1)?;
        match &self.sid {
            Some(sid) => write!(f, ", {}, ", Quoted(sid))?,
            None => f.write_char(' ')?,
        }
        let (does, would) = match self.effect {
            Effect::Allow => ("allows", "allow"),
            Effect::Deny => ("denies", "deny"),
        };
        match &self.outcome {
            Outcome::Action => f.write_str("is about other actions"),
            Outcome::Resource => f.write_str("is about other resources"),
            Outcome::Principal => f.write_str("is about other principals"),
            Outcome::Applied(_) => write!(f, "{does} it"),
            Outcome::Condition { operator, key, expected, actual } => {
                write!(f, "would {would} it if ")?;
                wanted(f, operator, key, expected)?;
                f.write_str(", but the request has ")?;
                match actual.as_deref() {
                    None => f.write_str("no such key in its context"),
                    Some([]) => f.write_str("no value for it"),
                    Some(values) => list(f, values, "and"),
                }
            }
        }
    }
}

/// What a condition wants, with the operator's own name behind it.
fn wanted(f: &mut fmt::Formatter<'_>, operator: &str, key: &str, expected: &[String]) -> fmt::Result {
    let (set, rest) = operator.split_once(':').unwrap_or(("", operator));
    let comparison = rest.strip_suffix("IfExists").unwrap_or(rest);
    f.write_str(match set {
        "ForAllValues" => "every value of ",
        "ForAnyValue" => "some value of ",
        _ => "",
    })?;
    cut(f, key)?;
    f.write_char(' ')?;
    if comparison == "Null" {
        let absent = expected.iter().any(|value| value.eq_ignore_ascii_case("true"));
        f.write_str(if absent { "is absent" } else { "is present" })?;
    } else {
        write!(f, "{} ", relation(comparison))?;
        list(f, expected, if comparison.contains("Not") { "and" } else { "or" })?;
    }
    write!(f, " ({operator})")
}

/// The words for a comparison.
fn relation(comparison: &str) -> &'static str {
    match comparison {
        "StringEqualsIgnoreCase" => "equals, but for case,",
        "StringNotEqualsIgnoreCase" => "differs, not only in case, from",
        "StringLike" | "ArnLike" | "ArnEquals" => "is like",
        "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => "is not like",
        "NumericLessThan" => "is less than",
        "NumericLessThanEquals" => "is at most",
        "NumericGreaterThan" => "is greater than",
        "NumericGreaterThanEquals" => "is at least",
        "DateLessThan" => "is before",
        "DateLessThanEquals" => "is not after",
        "DateGreaterThan" => "is after",
        "DateGreaterThanEquals" => "is not before",
        "IpAddress" => "is in",
        "NotIpAddress" => "is not in",
        "StringNotEquals" | "NumericNotEquals" | "DateNotEquals" => "differs from",
        _ => "equals",
    }
}

fn list(f: &mut fmt::Formatter<'_>, values: &[String], last: &str) -> fmt::Result {
    let shown = values.len().min(MAX_SHOWN_VALUES);
    for (number, value) in values.iter().take(shown).enumerate() {
        match number {
            0 => {}
            _ if number + 1 == values.len() => write!(f, " {last} ")?,
            _ => f.write_str(", ")?,
        }
        write!(f, "{}", Quoted(value))?;
    }
    match values.len() - shown {
        0 if values.is_empty() => f.write_str("nothing"),
        0 => Ok(()),
        more => write!(f, " {last} {more} more"),
    }
}

/// A text in quotes, on one line, and no longer than people read.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        cut(f, self.0)?;
        f.write_char('"')
    }
}

fn cut(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (number, character) in text.chars().enumerate() {
        match character {
            _ if number == MAX_SHOWN_CHARS => return f.write_str("..."),
            _ if character.is_control() => write!(f, "{}", character.escape_default())?,
            _ => f.write_char(character)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(operator: &str, expected: &[&str], actual: Option<&[&str]>) -> String {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let outcome = Outcome::Condition {
            operator: operator.into(),
            key: "kms:EncryptionContext:purpose".into(),
            expected: owned(expected),
            actual: actual.map(|actual| owned(actual).into()),
        };
        let sid = Some("Use only with purpose".into());
        Finding { statement: 1, sid, effect: Effect::Allow, outcome }.to_string()
    }

    #[test]
    fn a_condition_that_fails_is_told_with_what_it_expects_and_what_it_found() {
        let text = told("StringEquals", &["orders"], None);
        assert_eq!(
            text,
            "statement 2, \"Use only with purpose\", would allow it if kms:EncryptionContext:purpose equals \"orders\" \
             (StringEquals), but the request has no such key in its context"
        );
        let text = told("ForAnyValue:StringNotLikeIfExists", &["a*", "b"], Some(&["a1", "b"]));
        assert!(text.ends_with(
            "if some value of kms:EncryptionContext:purpose is not like \"a*\" and \"b\" \
             (ForAnyValue:StringNotLikeIfExists), but the request has \"a1\" and \"b\""
        ));
        assert!(told("Null", &["true"], Some(&["x"])).contains("purpose is absent (Null), but the request has \"x\""));
    }

    #[test]
    fn a_finding_is_one_short_line_whatever_the_policy_and_the_request_hold() {
        let long = "\u{1f511}\n".repeat(5000);
        let many = vec![long.as_str(); 1000];
        let text = told("StringEquals", &many, Some(&many));
        assert!(text.len() < 20_000 && !text.contains('\n') && text.contains("...\""), "{text}");
        assert_eq!(text.matches("995 more").count(), 2);
    }

    #[test]
    fn a_statement_that_denies_says_so() {
        let outcome = Outcome::Applied(super::super::principal::Class::Direct);
        let finding = Finding { statement: 2, sid: Some("Never".into()), effect: Effect::Deny, outcome };
        assert_eq!(finding.to_string(), "statement 3, \"Never\", denies it");
        let finding = Finding { sid: None, outcome: Outcome::Principal, ..finding };
        assert_eq!(finding.to_string(), "statement 3 is about other principals");
    }
}
