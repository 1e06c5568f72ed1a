//! Policy variables: `${aws:username}`, `${aws:username, 'nobody'}`, and the literals `${*}`, `${?}`, `${$}`.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags". Only documents of version 2012-10-17 have them.

use std::borrow::Cow;

use super::facts::{Facts, Values, folded};

/// A placeholder for the value of a single-valued condition key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variable {
    /// The condition key, in lower case.
    pub(super) key: Box<str>,
    /// The default for a missing value.
    pub(super) default: Option<Box<str>>,
}

impl Variable {
    /// The text that takes the variable's place. A multivalued key has none.
    pub(super) fn value<'a>(&'a self, facts: &'a dyn Facts) -> Option<Cow<'a, str>> {
        match facts.value(&self.key) {
            Some(Values::One(value)) => Some(value),
            Some(Values::Many(_)) => None,
            None => self.default.as_deref().map(Cow::Borrowed),
        }
    }
}

/// A part of a text with variables.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Ordinary text: wildcards in it are wildcards where the place knows them.
    Text(&'a str),
    /// `*`, `?` or `$`, meant literally.
    Literal(char),
    /// A placeholder.
    Variable(Variable),
}

/// Splits a text. What looks like the beginning of a variable but is not a variable stays text.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(start) = rest[from..].find("${").map(|at| from + at) {
        let inside = &rest[start + 2..];
        let Some((end, part)) = closing(inside).and_then(|end| Some((end, part(&inside[..end])?))) else {
            from = start + 2;
            continue;
        };
        parts.extend((start > 0).then(|| Part::Text(&rest[..start])));
        parts.push(part);
        (rest, from) = (&inside[end + 1..], 0);
    }
    parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
    parts
}

/// Where a variable ends. The search stops at the next opening brace: a text of openings takes linear time.
fn closing(inside: &str) -> Option<usize> {
    let end = inside.find(['}', '{'])?;
    inside[end..].starts_with('}').then_some(end)
}

/// The content between `${` and `}`.
fn part<'a>(inside: &str) -> Option<Part<'a>> {
    match inside {
        "*" | "?" | "$" => inside.chars().next().map(Part::Literal),
        _ => variable(inside).map(Part::Variable),
    }
}

/// `key` or `key, 'default'`, with exactly one comma and one space.
fn variable(inside: &str) -> Option<Variable> {
    let (key, default) = match inside.split_once(", '") {
        Some((key, quoted)) => (key, Some(quoted.strip_suffix('\'')?)),
        None => (inside, None),
    };
    let named = !key.is_empty() && !key.contains([',', '\'', '$']);
    named.then(|| Variable { key: folded(key).into(), default: default.map(Into::into) })
}

#[cfg(test)]
mod tests {
    use super::super::facts::Context;
    use super::*;

    fn named(key: &str, default: Option<&str>) -> Part<'static> {
        Part::Variable(Variable { key: key.into(), default: default.map(Into::into) })
    }

    #[test]
    fn a_text_is_taken_apart_at_its_variables() {
        let home = parts("home/${aws:UserName}/${*}");
        let expected = [Part::Text("home/"), named("aws:username", None), Part::Text("/"), Part::Literal('*')];
        assert_eq!(home, expected);
    }

    #[test]
    fn a_default_value_stands_in_quotes_after_a_comma_and_a_space() {
        let team = parts("${aws:PrincipalTag/team, 'com,pany'}");
        assert_eq!(team, [named("aws:principaltag/team", Some("com,pany"))]);
        assert_eq!(parts("${aws:username,'x'}"), [Part::Text("${aws:username,'x'}")]);
    }

    #[test]
    fn what_never_closes_is_text() {
        for text in ["${", "a${b", "${}", "$", "$}", "${a${b"] {
            assert_eq!(parts(text), [Part::Text(text)], "{text}");
        }
        assert_eq!(parts("${x${aws:username}"), [Part::Text("${x"), named("aws:username", None)]);
    }

    #[test]
    fn a_default_replaces_a_missing_value_only() {
        let variable = variable("aws:username, 'nobody'").expect("a variable");
        let bob = Context::new().with("aws:username", "bob");
        assert_eq!(variable.value(&bob).as_deref(), Some("bob"));
        assert_eq!(variable.value(&()).as_deref(), Some("nobody"));
    }

    #[test]
    fn a_multivalued_key_is_no_variable() {
        let variable = variable("aws:TagKeys").expect("a variable");
        let context = Context::new().with_many("aws:TagKeys", ["a"]);
        assert_eq!(variable.value(&context), None);
    }
}
