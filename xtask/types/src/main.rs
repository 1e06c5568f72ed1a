//! Prints the tables of the core: declarations for TypeScript, stubs for Python, the README's table of operations, the
//! page of condition keys, and the words that the playground's editor suggests.
//!
//! It is a separate member, so that the rest of `xtask` runs when the core does not compile.

mod condition_keys;
mod constraint;
mod model;
mod policy_words;
mod python;
mod readme;
mod typescript;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::model::Model;

/// Prints a file from the model and from the file's former text.
type Print = fn(&Model, &str) -> String;

/// The files that are printed.
const FILES: [(&str, Print); 5] = [
    ("docs/condition-keys.md", |_, _| condition_keys::print()),
    ("README.md", readme::print),
    ("wasm/npm/operations.d.cts", |model, _| typescript::print(model)),
    ("python/pocket_kms/operations.py", |model, _| python::print(model)),
    ("web-demo/src/kms/policy-words.ts", |_, _| policy_words::print()),
];

/// `xtask-types [--check]`: writes the files, or reports which of them are stale.
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => write(),
        ["--check"] => check(),
        _ => {
            eprintln!("usage: xtask-types [--check]");
            ExitCode::FAILURE
        }
    }
}

fn write() -> ExitCode {
    for (file, _, text) in printed() {
        if let Err(error) = fs::write(path(file), text) {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn check() -> ExitCode {
    let stale = stale();
    for file in &stale {
        eprintln!("{file} differs from the tables: run `cargo xtask types`");
    }
    if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The files that differ from the tables.
fn stale() -> Vec<&'static str> {
    printed().into_iter().filter(|(_, before, text)| before != text).map(|(file, ..)| file).collect()
}

/// Each file with its text as it is and as it should be.
fn printed() -> Vec<(&'static str, String, String)> {
    let model = Model::of_the_core();
    let printed = FILES.iter().map(|(file, print)| {
        // A file that cannot be read counts as empty.
        let before = fs::read_to_string(path(file)).unwrap_or_default();
        let text = print(&model, &before);
        (*file, before, text)
    });
    printed.collect()
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_types_in_the_repository_are_those_of_the_tables() {
        assert_eq!(super::stale(), [""; 0], "run `cargo xtask types`");
    }
}
