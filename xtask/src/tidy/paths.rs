//! Finds what a source imports from a crate: `std::env`, `crate::{state::Key, time}`.

use proc_macro2::Delimiter;

use super::source::{Source, Token, Word};

/// A name directly below the root of a crate.
pub(super) struct Taken {
    pub(super) name: String,
    pub(super) line: usize,
}

/// Every name taken from where `root` leads: it tells how many tokens lead there, if they do.
pub(super) fn taken(source: &Source, root: impl Fn(&[Token]) -> Option<usize>) -> Vec<Taken> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(after) = root(&tokens[at..]) {
            at += after;
            names(&tokens[at..], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// The three tokens of `name::`.
pub(super) fn is_step(tokens: &[Token], name: &str) -> bool {
    let colon = |at: usize| tokens.get(at).is_some_and(|token| token.word == Word::Sign(':'));
    tokens.first().is_some_and(|token| token.word.is(name)) && colon(1) && colon(2)
}

fn names(tokens: &[Token], found: &mut Vec<Taken>) {
    match tokens.first().map(|token| &token.word) {
        Some(Word::Name(name)) => found.push(Taken { name: name.clone(), line: tokens[0].line }),
        Some(Word::Open(Delimiter::Brace)) => listed(tokens, found),
        _ => {}
    }
}

/// The first name of every entry of `{a, b::c, d::{e, f}}`.
fn listed(tokens: &[Token], found: &mut Vec<Taken>) {
    let mut depth = 0_usize;
    for pair in tokens.windows(2) {
        match pair[0].word {
            Word::Open(_) => depth += 1,
            Word::Close(_) if depth == 1 => return,
            Word::Close(_) => depth -= 1,
            _ => {}
        }
        let starts = matches!(pair[0].word, Word::Open(_) | Word::Sign(','));
        if let (1, true, Word::Name(name)) = (depth, starts, &pair[1].word) {
            found.push(Taken { name: name.clone(), line: pair[1].line });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Source, is_step, taken};

    #[test]
    fn the_first_names_of_nested_lists_are_found() {
        let text = "use std::{fmt, io::{self, Read},\n env};\nfn f() { std::fs::read(g(std::mem::take)); }";
        let source = Source::split(Path::new("sample.rs"), text.to_owned()).expect("it is Rust");
        let found = taken(&source, |tokens| is_step(tokens, "std").then_some(3));
        let found: Vec<_> = found.iter().map(|taken| (taken.name.as_str(), taken.line)).collect();
        assert_eq!(found, [("fmt", 1), ("io", 1), ("env", 2), ("fs", 3), ("mem", 3)]);
    }
}
