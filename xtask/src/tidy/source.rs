//! A Rust source as a flat list of tokens with their lines, separated from its tests.

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::repository;

/// One token and its line.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) line: usize,
}

/// The kinds of tokens that the rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Name(String),
    Sign(char),
    Open(Delimiter),
    Close(Delimiter),
    Literal,
}

impl Word {
    /// Whether this is the name `text`.
    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self, Word::Name(name) if name == text)
    }
}

/// A file, its tokens outside `#[cfg(test)]` modules, and the lines of those modules.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// Every token, those of tests included.
    pub(super) tokens: Vec<Token>,
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Reads and splits a file; the error is a sentence about a file that is not Rust.
    pub(super) fn read(path: &Path) -> Result<Source, String> {
        let shown = repository::shown(path);
        let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        Source::split(path, text).map_err(|error| format!("{shown}: {error}"))
    }

    /// Splits a text as if it were read from `path`.
    pub(super) fn split(path: &Path, text: String) -> Result<Source, String> {
        let stream: TokenStream = text.parse().map_err(|error| format!("{error}"))?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let tests = if is_test_file(path) { vec![1..=text.lines().count()] } else { test_modules(&tokens) };
        Ok(Source { path: path.to_path_buf(), text, tests, tokens })
    }

    /// Whether a line belongs to a `#[cfg(test)]` module.
    pub(super) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// How many lines are outside of tests.
    pub(super) fn lines_without_tests(&self) -> usize {
        let tests: usize = self.tests.iter().map(|lines| lines.clone().count()).sum();
        self.text.lines().count() - tests
    }

    /// `path:line`, as editors and compilers write it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", repository::shown(&self.path))
    }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(name) => tokens.push(token(Word::Name(name.to_string()), line)),
            TokenTree::Punct(sign) => tokens.push(token(Word::Sign(sign.as_char()), line)),
            TokenTree::Literal(_) => tokens.push(token(Word::Literal, line)),
            TokenTree::Group(group) => {
                tokens.push(token(Word::Open(group.delimiter()), line));
                flatten(group.stream(), tokens);
                let end = group.span_close().end().line;
                tokens.push(token(Word::Close(group.delimiter()), end));
            }
        }
    }
}

fn token(word: Word, line: usize) -> Token {
    Token { word, line }
}

/// Whether a file belongs to a `#[cfg(test)] mod tests;`: `src/.../tests.rs`, or in the folder `src/.../tests/`.
fn is_test_file(path: &Path) -> bool {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    let sources = names.iter().rposition(|name| name == "src");
    sources.is_some_and(|at| names[at..].iter().any(|name| name == "tests" || name == "tests.rs"))
}

/// The lines of every `#[cfg(test)] mod name { ... }`, from the attribute to the last brace.
fn test_modules(tokens: &[Token]) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !is_test_attribute(&tokens[at..]) {
            continue;
        }
        let open =
            tokens[at..].iter().position(|token| token.word == Word::Open(Delimiter::Brace)).map(|offset| at + offset);
        if let Some(close) = open.and_then(|open| closing(tokens, open)) {
            found.push(token.line..=tokens[close].line);
        }
    }
    found
}

/// `# [ cfg ( test ) ] mod`: the opening of a module of tests, further attributes aside.
fn is_test_attribute(tokens: &[Token]) -> bool {
    let names: Vec<&str> = tokens
        .iter()
        .take(7)
        .filter_map(|token| match &token.word {
            Word::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    tokens[0].word == Word::Sign('#') && names.starts_with(&["cfg", "test"])
}

/// The index of the token that closes the group which `open` opens.
pub(super) fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.word {
            Word::Open(_) => depth += 1,
            Word::Close(_) if depth == 1 => return Some(at),
            Word::Close(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Path, is_test_file};

    #[test]
    fn tests_may_have_a_file_or_a_folder_of_their_own() {
        for path in ["core/src/world/tests.rs", "core/src/operations/import/tests/expiry.rs"] {
            assert!(is_test_file(Path::new(path)), "{path}");
        }
        for path in ["tests/src/lib.rs", "core/src/world/mod.rs", "xtask/src/test.rs"] {
            assert!(!is_test_file(Path::new(path)), "{path}");
        }
    }
}
