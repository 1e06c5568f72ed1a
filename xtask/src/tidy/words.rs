//! Phrases that stop a native reader, and what to say instead: the rules of English in CONTRIBUTING.md, as far as a
//! search can hold them.

use std::path::Path;

use crate::repository;

/// A phrase, and what to say instead. It begins and ends where a word does.
const PHRASES: [(&str, &str); 8] = [
    ("so many", "name the number, or say `this many`"),
    ("that is no", "say `that is not a`"),
    ("that are no", "say `that are not`"),
    ("what is no", "say `what is not a`"),
    ("what are no", "say `what are not`"),
    ("is none of", "say `is not one of`"),
    ("says not", "say `does not say`"),
    ("another one than", "say `not the one that`"),
];
/// What may follow a phrase that ends in `no`.
const FOLLOWING: [&str; 3] = ["longer", "more", "matter"];
/// The page with the rules names what they forbid, and so does this one.
const EXEMPT: [&str; 2] = ["CONTRIBUTING.md", "xtask/src/tidy/words.rs"];

/// Phrases in any text that we wrote; published data and the corpora of the fuzzer are not ours.
pub(super) fn faults(path: &Path, text: &str) -> Vec<String> {
    let shown = repository::shown(path);
    let is_data = ["tests/vectors/", "tests/golden/", "fuzz/corpus/"].iter().any(|folder| shown.starts_with(folder));
    if is_data || EXEMPT.contains(&&*shown) {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(number, line)| phrases(line).map(move |phrase| (number + 1, phrase)));
    found.map(|(line, (phrase, instead))| format!("{shown}:{line}: `{phrase}` stops a reader; {instead}")).collect()
}

fn phrases(line: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let line = line.to_ascii_lowercase();
    PHRASES.into_iter().filter(move |(phrase, _)| {
        line.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + phrase.len()..]);
            let apart = |character: Option<char>| character.is_none_or(|character| !character.is_alphanumeric());
            let following = after.trim_start();
            apart(before.chars().next_back())
                && apart(after.chars().next())
                && !(phrase.ends_with("no") && FOLLOWING.iter().any(|word| following.starts_with(word)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::repository;

    fn faults_of(file: &str, text: &str) -> usize {
        faults(&repository::path(file), text).len()
    }

    #[test]
    fn phrases_that_stop_a_reader_are_reported_wherever_we_write() {
        for text in ["/// Keeps so many of them.", "# What is no key", "it is none of ours", "a text that is no id"] {
            assert_eq!(faults_of("core/src/time.rs", text), 1, "{text}");
            assert_eq!(faults_of("docs/a.md", text), 1, "{text}");
            assert_eq!(faults_of("tests/vectors/a.json", text), 0, "{text}");
        }
    }

    #[test]
    fn what_a_native_writer_would_say_stays() {
        for text in
            ["a key that is no longer used", "there is no key", "that is not a key", "also many keys", "that is now"]
        {
            assert_eq!(faults_of("core/src/time.rs", text), 0, "{text}");
        }
    }
}
