//! Files are short, begin with a sentence about themselves, and have names that a reader would look for.

use std::path::Path;

use super::source::Source;
use crate::repository;

/// The most lines of a file without its tests.
const MAX_LINES: usize = 600;
/// Tables that may be longer, each with its reason.
const TABLES: [(&str, &str); 2] = [
    ("python/pocket_kms/operations.py", "printed from the tables of the core"),
    ("wasm/npm/operations.d.cts", "printed from the tables of the core"),
];
/// Names of modules for things that nobody knows a place for.
const VAGUE_NAMES: [&str; 8] = ["manager", "helper", "helpers", "util", "utils", "common", "misc", "stuff"];

/// What is wrong with a Rust file as a whole.
pub(super) fn faults_of_rust(source: &Source) -> Vec<String> {
    let first = source.text.lines().next().unwrap_or_default();
    let speaks = first.strip_prefix("//! ").is_some_and(|rest| !rest.is_empty());
    faults(&source.path, source.lines_without_tests(), speaks, "//!")
}

/// What is wrong with a file of another language as a whole.
pub(super) fn faults_of_script(path: &Path, text: &str) -> Vec<String> {
    let first = text.lines().find(|line| !line.starts_with("#!") && *line != "\"use strict\";").unwrap_or_default();
    let signs: &[&str] = match path.extension().and_then(|ending| ending.to_str()) {
        Some("py" | "pyi") => &["\"\"\"", "#"],
        _ => &["/**", "//", "/*"],
    };
    let speaks = text.is_empty() || signs.iter().any(|sign| first.starts_with(sign));
    faults(path, text.lines().count(), speaks, signs[0])
}

fn faults(path: &Path, lines: usize, speaks: bool, sign: &str) -> Vec<String> {
    let shown = repository::shown(path);
    let mut faults = Vec::new();
    if lines > MAX_LINES && !TABLES.iter().any(|(table, _)| *table == shown) {
        faults.push(format!("{shown}:1: {lines} lines without tests, the limit is {MAX_LINES}"));
    }
    if !speaks {
        faults.push(format!("{shown}:1: the file does not begin with a sentence (`{sign} ...`)"));
    }
    if let Some(word) = vague_word(&shown) {
        faults.push(format!("{shown}:1: `{word}` is too vague; say what is in the file"));
    }
    faults
}

fn vague_word(path: &str) -> Option<&str> {
    path.split(|sign: char| !sign.is_ascii_alphanumeric())
        .find(|word| VAGUE_NAMES.contains(&word.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Source, faults_of_rust, faults_of_script};
    use crate::repository;

    fn faults_of(file: &str, text: &str) -> Vec<String> {
        let path = repository::path(file);
        faults_of_rust(&Source::split(&path, text.to_owned()).expect("the sample is Rust"))
    }

    #[test]
    fn a_file_without_a_sentence_is_told() {
        let faults = faults_of("core/src/time.rs", "pub struct Time;\n");
        assert_eq!(faults, ["core/src/time.rs:1: the file does not begin with a sentence (`//! ...`)"]);
    }

    #[test]
    fn lines_of_tests_do_not_make_a_file_long() {
        let head = "//! Time.\n";
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    use super::*;\n".repeat(700));
        assert_eq!(faults_of("core/src/time.rs", &format!("{head}{tests}")), [""; 0]);
        let long = format!("{head}{}", "use super::*;\n".repeat(600));
        assert_eq!(
            faults_of("core/src/time.rs", &long),
            ["core/src/time.rs:1: 601 lines without tests, the limit is 600"]
        );
    }

    #[test]
    fn vague_names_are_reported() {
        assert_eq!(faults_of("core/src/wire/utils.rs", "//! Things.\n").len(), 1);
    }

    #[test]
    fn scripts_speak_first_too() {
        let path = Path::new("python/pocket_kms/clock.py");
        assert_eq!(faults_of_script(path, "\"\"\"The clock.\"\"\"\n"), [""; 0]);
        assert_eq!(faults_of_script(path, "import os\n").len(), 1);
        let path = Path::new("wasm/npm/serve.mjs");
        assert_eq!(faults_of_script(path, "#!/usr/bin/env node\n/** Serves. */\n"), [""; 0]);
    }
}
