//! Reads the sources and reports where they break the rules of the house.

mod files;
mod functions;
mod licences;
mod never;
mod paths;
mod ranks;
mod source;
mod words;

use std::{fs, path::Path, process::ExitCode};

use clap::Args;

use crate::repository;
use source::Source;

/// Check the rules that no compiler knows: ranks, sizes, names, licences
#[derive(Args)]
pub(crate) struct Options {
    /// Also print how long files and functions are.
    #[arg(long)]
    sizes: bool,
}

/// Languages that are read as text.
const SCRIPTS: [&str; 9] = [".py", ".pyi", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx"];
const PAPERS: [&str; 7] = [".md", ".toml", ".json", ".yml", ".html", ".css", ".npmrc"];

pub(crate) fn run(options: &Options) -> ExitCode {
    let sources = match sources() {
        Ok(sources) => sources,
        Err(fault) => {
            println!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    if options.sizes {
        println!("{}", sizes(&sources));
    }
    let faults = faults();
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("{} Rust files, no fault", sources.len());
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Everything that breaks a rule, as `path:line: sentence`.
pub(crate) fn faults() -> Vec<String> {
    let sources = match sources() {
        Ok(sources) => sources,
        Err(fault) => return vec![fault],
    };
    let mut faults: Vec<String> = sources.iter().flat_map(faults_of_source).collect();
    faults.extend(scripts().iter().flat_map(|path| faults_of_script(path)));
    faults.extend(papers().iter().flat_map(|path| faults_of_paper(path)));
    faults.extend(licences::faults());
    faults
}

fn sources() -> Result<Vec<Source>, String> {
    repository::files(&repository::root(), &[".rs"]).iter().map(|path| Source::read(path)).collect()
}

fn faults_of_source(source: &Source) -> Vec<String> {
    [
        ranks::faults(source),
        functions::faults(source),
        files::faults_of_rust(source),
        never::faults_of_core(source),
        never::faults_of_module(source),
        never::faults_of_text(&source.path, &source.text),
        words::faults(&source.path, &source.text),
    ]
    .concat()
}

fn scripts() -> Vec<std::path::PathBuf> {
    repository::files(&repository::root(), &SCRIPTS)
}

fn faults_of_script(path: &Path) -> Vec<String> {
    let text = read(path);
    let mut faults = files::faults_of_script(path, &text);
    faults.extend(never::faults_of_text(path, &text));
    faults.extend(functions::faults_of_script(path, &text));
    faults.extend(words::faults(path, &text));
    faults
}

fn papers() -> Vec<std::path::PathBuf> {
    repository::files(&repository::root(), &PAPERS)
}

fn faults_of_paper(path: &Path) -> Vec<String> {
    let text = read(path);
    [never::faults_of_text(path, &text), words::faults(path, &text)].concat()
}

/// These rules do not apply to files that are not UTF-8.
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Median and largest lengths, which show where the code grows.
fn sizes(sources: &[Source]) -> String {
    let files = lengths(sources.iter().map(Source::lines_without_tests));
    let bodies = sources.iter().flat_map(|source| {
        functions::functions(source)
            .into_iter()
            .filter(|function| !source.is_test(function.line))
            .map(|function| function.body)
    });
    let functions = lengths(bodies);
    format!("files: {files}\nbodies of functions: {functions}")
}

fn lengths(lengths: impl Iterator<Item = usize>) -> String {
    let mut sorted: Vec<usize> = lengths.collect();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let longest = sorted.last().copied().unwrap_or_default();
    format!("{} in all, median {median} lines, longest {longest}", sorted.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_keeps_the_rules_of_the_house() {
        let faults = super::faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
