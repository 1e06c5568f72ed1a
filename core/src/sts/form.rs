//! The parameters of a request of AWS's query protocol, and their constraints.

use crate::{
    error::{Error, Violation},
    signature::decoded,
};

/// The most parameters that are read; the longest request of STS has 220.
const MOST: usize = 1000;

/// Names and values, decoded, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

/// Reads members of a form and keeps every constraint that they violate.
#[derive(Debug)]
pub(super) struct Members<'a> {
    form: &'a Form,
    violations: Vec<Violation>,
}

/// Which characters a member may have, and the pattern that says so.
pub(super) type Pattern = (&'static str, fn(char) -> bool);

impl Form {
    /// Reads a body, or what stands in a URL behind the path.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let pairs = text.trim().split('&').take(MOST).filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), plain(value))
        });
        Self(pairs.collect())
    }

    /// All names and values.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }
}

/// What a text of a form stands for: a plus sign is a space.
fn plain(text: &str) -> String {
    String::from_utf8_lossy(&decoded(&text.replace('+', "%20"))).into_owned()
}

impl<'a> Members<'a> {
    pub(super) const fn of(form: &'a Form) -> Self {
        Self { form, violations: Vec::new() }
    }

    /// What the request says, whatever it is.
    pub(super) fn said(&self, name: &str) -> Option<&'a str> {
        self.form.get(name)
    }

    /// A text whose number of characters is within these bounds.
    pub(super) fn text(&mut self, name: &str, lengths: (usize, usize), pattern: Option<Pattern>) -> Option<&'a str> {
        let text = self.form.get(name)?;
        self.hold(name, text, lengths, pattern);
        Some(text)
    }

    /// Holds a text against its constraints, wherever it stands.
    pub(super) fn hold(&mut self, name: &str, text: &str, lengths: (usize, usize), pattern: Option<Pattern>) {
        let length = text.chars().count();
        if length < lengths.0 {
            self.violated(name, text, format!("Member must have length greater than or equal to {}", lengths.0));
        }
        if length > lengths.1 {
            self.violated(name, text, format!("Member must have length less than or equal to {}", lengths.1));
        }
        if let Some((pattern, fits)) = pattern
            && !text.chars().all(fits)
        {
            self.violated(name, text, format!("Member must satisfy regular expression pattern: {pattern}"));
        }
    }

    /// The same of a member that must be there.
    pub(super) fn required(&mut self, name: &str, lengths: (usize, usize), pattern: Option<Pattern>) -> &'a str {
        let text = self.text(name, lengths, pattern);
        if text.is_none() {
            let (at, value) = (at(name), "Value null".to_owned());
            self.violations.push(Violation { at, value, constraint: "Member must not be null".to_owned() });
        }
        text.unwrap_or_default()
    }

    /// A number of seconds.
    pub(super) fn seconds(&mut self, name: &str, (least, most): (i64, i64)) -> Option<i64> {
        let text = self.form.get(name)?;
        let number: Option<i64> = text.parse().ok();
        match number {
            Some(number) if number < least => {
                self.violated(name, text, format!("Member must have value greater than or equal to {least}"));
            }
            Some(number) if number > most => {
                self.violated(name, text, format!("Member must have value less than or equal to {most}"));
            }
            Some(_) => {}
            None => self.violated(name, text, "Member must be a number".to_owned()),
        }
        number
    }

    /// The members of a list, `Tags.member.1.Key` and so on: each as a structure with these members, or as itself.
    pub(super) fn list<const N: usize>(&mut self, name: &str, most: usize, parts: [&str; N]) -> Vec<[&'a str; N]> {
        let mut items = Vec::new();
        loop {
            let place = format!("{name}.member.{}", items.len() + 1);
            let part =
                |part: &&str| self.form.get(&if part.is_empty() { place.clone() } else { format!("{place}.{part}") });
            let found = parts.each_ref().map(part);
            if found.iter().all(Option::is_none) {
                break;
            }
            items.push(found.map(Option::unwrap_or_default));
        }
        if items.len() > most {
            self.violated(name, "", format!("Member must have length less than or equal to {most}"));
        }
        items
    }

    /// Says that a member violates a constraint.
    pub(super) fn violated(&mut self, name: &str, value: &str, constraint: String) {
        let shown: String = value.chars().take(256).collect();
        let value = if shown.is_empty() { "Value".to_owned() } else { format!("Value '{shown}'") };
        self.violations.push(Violation { at: at(name), value, constraint });
    }

    /// Refuses the request when anything was violated so far.
    pub(super) fn end(self) -> Result<Self, Error> {
        if self.violations.is_empty() { Ok(self) } else { Err(Error::violations(&self.violations)) }
    }
}

/// The name of a member as AWS's sentences write it: `roleSessionName`.
fn at(name: &str) -> String {
    let mut at = name.to_owned();
    if let Some(first) = at.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_and_its_lists_end_where_a_number_is_missing() {
        let form = Form::read(b"Action=A&a=1+2%2B3&&Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.3.Key=x&b");
        assert_eq!((form.get("a"), form.get("b"), form.get("c")), (Some("1 2+3"), Some(""), None));
        let mut members = Members::of(&form);
        assert_eq!(members.list("Tags", 50, ["Key", "Value"]), [["k", "v"]]);
        assert!(members.end().is_ok());
    }

    #[test]
    fn every_violated_constraint_is_named() {
        let form = Form::read(b"RoleSessionName=a+b&DurationSeconds=x&ExternalId=a");
        let mut members = Members::of(&form);
        members.required("RoleSessionName", (2, 2), Some(("[a-z]*", |sign| sign.is_ascii_lowercase())));
        members.required("RoleArn", (20, 2048), None);
        members.text("ExternalId", (2, 1224), None);
        members.seconds("DurationSeconds", (900, 43_200));
        let sentence = members.end().expect_err("violations").message.unwrap_or_default();
        assert!(
            sentence.starts_with("5 validation errors detected: Value 'a b' at 'roleSessionName' failed"),
            "{sentence}"
        );
    }
}
