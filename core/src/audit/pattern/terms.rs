//! Patterns of terms: words, phrases and regular expressions that a text must or must not have.

use super::{reading::Reading, regex::Regex};

/// The terms of a pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    wanted: Vec<Term>,
    unwanted: Vec<Term>,
    /// Of which one is enough; they count where nothing else is said alone.
    optional: Vec<Term>,
}

#[derive(Clone, Debug)]
enum Term {
    Text(String),
    Regex(Regex),
}

impl Terms {
    /// Reads a pattern.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut terms = Self::default();
        let mut reading = Reading::of(text);
        while !reading.is_at_end() {
            let list = if reading.takes("-") {
                &mut terms.unwanted
            } else if reading.takes("?") {
                &mut terms.optional
            } else {
                &mut terms.wanted
            };
            list.push(Term::read(&mut reading)?);
        }
        Ok(terms)
    }

    /// Whether a text has what is wanted.
    pub(super) fn match_text(&self, text: &str) -> bool {
        if self.unwanted.iter().any(|term| term.is_in(text)) {
            return false;
        }
        if self.wanted.is_empty() && self.unwanted.is_empty() && !self.optional.is_empty() {
            return self.optional.iter().any(|term| term.is_in(text));
        }
        self.wanted.iter().all(|term| term.is_in(text))
    }
}

impl Term {
    fn read(reading: &mut Reading<'_>) -> Result<Self, String> {
        if reading.takes("\"") {
            let phrase = reading.quoted().ok_or("lacks the quotation mark at the end of a phrase")?;
            // A phrase of space alone matches everything.
            return Ok(Self::Text(if phrase.trim().is_empty() { String::new() } else { phrase }));
        }
        if reading.takes("%") {
            let regex = reading.until('%').ok_or("lacks the percent sign at the end of a regular expression")?;
            return Regex::read(regex).map(Self::Regex);
        }
        let term = reading.run(|sign| !sign.is_whitespace());
        if term.is_empty() || !term.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_') {
            return Err(format!(
                "has characters in the term '{term}' that must stand in quotation marks: letters, digits and _ need none"
            ));
        }
        Ok(Self::Text(term.to_owned()))
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Text(term) => text.contains(term.as_str()),
            Self::Regex(regex) => regex.is_in(text),
        }
    }
}
