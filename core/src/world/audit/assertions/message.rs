//! Records in the messages of assertions: a line each.

use crate::audit::{any_record::AnyRecord, filter::Miss};

/// The longest sentence of an error that a line shows, in characters.
const LONGEST: usize = 300;

/// What a line shows.
pub(super) struct Shown<'a> {
    pub(super) number: u64,
    pub(super) told: AnyRecord<'a>,
    /// What differs from what was wanted.
    pub(super) misses: &'a [Miss],
}

/// A record in one line: `#7 2027-01-15T08:00:00Z Decrypt by ... on ...: encryption_context is ..., wanted ...`.
pub(super) fn line(shown: Shown<'_>) -> String {
    let Shown { number, told, misses } = shown;
    let caller = told.callers().into_iter().next().unwrap_or_else(|| "nobody".to_owned());
    let mut line = format!("#{number} {} {} by {caller}", told.time().whole_seconds(), told.name());
    let mut keys = Vec::new();
    told.has_key(&mut |key| {
        if !keys.contains(key) {
            keys.push(*key);
        }
        false
    });
    for (place, key) in keys.iter().enumerate() {
        line += if place == 0 { " on " } else { " and " };
        line += &key.id.to_string();
    }
    if let Some(code) = told.error() {
        let record = told.to_value();
        let sentence = record.member("errorMessage").and_then(|sentence| sentence.as_text()).unwrap_or_default();
        let sentence: String = sentence.chars().take(LONGEST).collect();
        line += &[", refused with ", code, if sentence.is_empty() { "" } else { " (" }, &sentence].concat();
        line += if sentence.is_empty() { "" } else { ")" };
    }
    for (place, miss) in misses.iter().enumerate() {
        line += if place == 0 { ": " } else { "; " };
        line += &[miss.member, " is ", &miss.found, ", wanted ", &miss.wanted].concat();
    }
    line
}

/// Adds lines to a message, and how many more there are than these.
pub(super) fn add(message: &mut String, lines: &[String], all: usize) {
    for line in lines {
        message.push_str("\n  ");
        message.push_str(line);
    }
    let more = all.saturating_sub(lines.len());
    if more > 0 {
        *message += &["\n  and ", &more.to_string(), " more"].concat();
    }
}
