//! Functions are short, and every word of their names means something.

use std::path::Path;

use proc_macro2::Delimiter;

use super::source::{Source, Token, Word, closing};
use crate::repository;

/// The most lines of a function, from `fn` to its last brace.
const MAX_LINES: usize = 70;
/// Prefixes that say nothing: everything gets, does, handles or processes something.
const NOISE: [&str; 4] = ["get_", "do_", "handle_", "process_"];
/// AWS's own names of operations, in the spelling of functions.
const AWS_NAMES: [&str; 5] =
    ["get_key_last_usage", "get_key_policy", "get_key_rotation_status", "get_parameters_for_import", "get_public_key"];
/// Macros for unfinished work and for debugging.
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];

/// A function: its name, where it starts, and how many lines it and its body take.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) lines: usize,
    pub(super) body: usize,
}

/// Every function with a body, those in macros and tests included.
pub(super) fn functions(source: &Source) -> Vec<Function> {
    let tokens = &source.tokens;
    (0..tokens.len().saturating_sub(1)).filter_map(|at| function(tokens, at)).collect()
}

fn function(tokens: &[Token], at: usize) -> Option<Function> {
    let Word::Name(name) = &tokens[at + 1].word else {
        return None;
    };
    if !tokens[at].word.is("fn") {
        return None;
    }
    let open = body(tokens, at + 2)?;
    let close = closing(tokens, open)?;
    let line = tokens[at].line;
    Some(Function {
        name: name.clone(),
        line,
        lines: tokens[close].line - line + 1,
        body: (tokens[close].line - tokens[open].line).saturating_sub(1).max(1),
    })
}

/// The brace that opens a function's body; `None` if a `;` ends its signature.
fn body(tokens: &[Token], from: usize) -> Option<usize> {
    let mut at = from;
    while at < tokens.len() {
        match tokens[at].word {
            Word::Open(Delimiter::Brace) => return Some(at),
            Word::Sign(';') | Word::Close(_) => return None,
            Word::Open(_) => at = closing(tokens, at)? + 1,
            _ => at += 1,
        }
    }
    None
}

/// Functions that are too long, names that are noise, macros for unfinished work.
pub(super) fn faults(source: &Source) -> Vec<String> {
    let mut faults = unfinished(source);
    for function in functions(source) {
        let Function { name, line, lines, .. } = function;
        let at = source.at(line);
        if lines > MAX_LINES {
            faults.push(format!("{at}: `{name}` has {lines} lines, the limit is {MAX_LINES}"));
        }
        if is_noise(&name) {
            faults.push(format!("{at}: `{name}` says nothing with its first word"));
        }
    }
    faults
}

/// Whether a function's name begins with a word that says nothing; Python's own `do_GET` is excused.
fn is_noise(name: &str) -> bool {
    let lower = |rest: &str| rest.starts_with(|first: char| first.is_ascii_lowercase());
    let noise = |prefix| name.strip_prefix(prefix).is_some_and(lower);
    NOISE.into_iter().any(noise) && !AWS_NAMES.contains(&name)
}

/// Names of Python's functions that are noise; JavaScript's own style has no such prefix.
pub(super) fn faults_of_script(path: &Path, text: &str) -> Vec<String> {
    text.lines()
        .enumerate()
        .filter_map(|(at, line)| {
            let rest = line.trim_start().strip_prefix("def ")?;
            let name = rest.split('(').next().filter(|name| is_noise(name))?;
            let at = format!("{}:{}", repository::shown(path), at + 1);
            Some(format!("{at}: `{name}` says nothing with its first word"))
        })
        .collect()
}

fn unfinished(source: &Source) -> Vec<String> {
    source
        .tokens
        .windows(2)
        .filter(|pair| pair[1].word == Word::Sign('!'))
        .filter_map(|pair| {
            let name = UNFINISHED.into_iter().find(|name| pair[0].word.is(name))?;
            Some(format!("{}: `{name}!` does not stay", source.at(pair[0].line)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Source, faults, faults_of_script, functions};
    use crate::repository;

    fn source(text: &str) -> Source {
        let path = repository::path("core/src/time.rs");
        Source::split(&path, text.to_owned()).expect("the sample is Rust")
    }

    #[test]
    fn functions_are_measured_from_their_name_to_their_last_brace() {
        let source = source(
            "fn f(g: fn(u8) -> u8) -> [u8; 2]\nwhere\n    u8: Copy,\n{\n    [g(1); 2]\n}\ntrait T { fn none(); }\n",
        );
        let found = functions(&source);
        let [function] = found.as_slice() else {
            panic!("one function has a body, found {}", found.len());
        };
        assert_eq!((function.name.as_str(), function.line), ("f", 1));
        assert_eq!((function.lines, function.body), (6, 1));
    }

    #[test]
    fn a_function_of_seventy_one_lines_is_too_long() {
        let long = |lines: usize| format!("fn f() {{\n{}}}\n", "    g();\n".repeat(lines - 2));
        assert_eq!(faults(&source(&long(70))), [""; 0]);
        assert_eq!(faults(&source(&long(71))), ["core/src/time.rs:1: `f` has 71 lines, the limit is 70"]);
    }

    #[test]
    fn names_that_say_nothing_are_told_but_not_those_of_aws() {
        let faults = faults(&source("fn get_key_policy() {}\nfn get_time() {}\nfn does() {}\n"));
        assert_eq!(faults, ["core/src/time.rs:2: `get_time` says nothing with its first word"]);
    }

    #[test]
    fn functions_of_python_are_told_too() {
        let text = "class A:\n    def get_time(self):\n    def do_GET(self):\n";
        let faults = faults_of_script(&repository::path("python/a.py"), text);
        assert_eq!(faults, ["python/a.py:2: `get_time` says nothing with its first word"]);
    }

    #[test]
    fn work_not_done_is_told() {
        let text = "fn f() {\n    todo!()\n}\n";
        assert_eq!(faults(&source(text)), ["core/src/time.rs:2: `todo!` does not stay"]);
    }
}
