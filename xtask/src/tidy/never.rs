//! What the core never touches, and what no file of the repository contains.

use std::path::Path;

use super::{
    paths::{is_step, taken},
    source::{Source, Word},
};
use crate::repository;

/// Modules of the standard library that reach the outside world.
const OUTSIDE: [&str; 4] = ["env", "fs", "process", "thread"];
/// Clocks and sockets; the rest of `std::time` and `std::net` is arithmetic and addresses.
const DOORS: [&str; 6] = ["Instant", "SystemTime", "TcpListener", "TcpStream", "ToSocketAddrs", "UdpSocket"];

/// Every place where the core reaches for the outside world.
pub(super) fn faults_of_core(source: &Source) -> Vec<String> {
    if !source.path.starts_with(repository::path("core/src")) {
        return Vec::new();
    }
    let rooms = taken(source, |tokens| is_step(tokens, "std").then_some(3))
        .into_iter()
        .filter(|taken| OUTSIDE.contains(&taken.name.as_str()))
        .map(|taken| (format!("std::{}", taken.name), taken.line));
    let doors = source.tokens.iter().filter_map(|token| match &token.word {
        Word::Name(name) if DOORS.contains(&name.as_str()) => Some((name.clone(), token.line)),
        _ => None,
    });
    rooms
        .chain(doors)
        .filter(|(_, line)| !source.is_test(*line))
        .map(|(name, line)| format!("{}: the core never touches `{name}`", source.at(line)))
        .collect()
}

/// The library's sorting, which stands in the module of a page again for each type, and what brings tables that nothing else
/// needs. `order` sorts, once for all types; names are ASCII where they are written large.
const LARGE: [&str; 8] = [
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "to_uppercase",
];

/// What a page loads.
const OF_PAGES: [&str; 2] = ["core/src", "templates/src"];

/// Every place where what a page loads has a call that makes its module large.
pub(super) fn faults_of_module(source: &Source) -> Vec<String> {
    let is_loaded = OF_PAGES.iter().any(|folder| source.path.starts_with(repository::path(folder)));
    if !is_loaded || source.path == repository::path("core/src/order.rs") {
        return Vec::new();
    }
    let called = source.tokens.windows(2).filter_map(|pair| match &pair[1].word {
        Word::Name(name) if pair[0].word == Word::Sign('.') && LARGE.contains(&name.as_str()) => {
            Some((name, pair[1].line))
        }
        _ => None,
    });
    called
        .filter(|(_, line)| !source.is_test(*line))
        .map(|(name, line)| format!("{}: `{name}` makes the module of a page large; see `order`", source.at(line)))
        .collect()
}

/// Absolute paths of somebody's machine, and hosts in lock files.
pub(super) fn faults_of_text(path: &Path, text: &str) -> Vec<String> {
    let is_lock = path.ends_with("package-lock.json");
    text.lines()
        .enumerate()
        .filter_map(|(at, line)| {
            let sentence = if is_lock && line.contains("\"resolved\": \"http") {
                "a lock file records no host".to_owned()
            } else {
                let home = homes().into_iter().find(|home| names_path(line, home))?;
                format!("`{home}` is a path of one machine")
            };
            Some(format!("{}:{}: {sentence}", repository::shown(path), at + 1))
        })
        .collect()
}

/// Whether the line has a path that begins with `home`, and not one with `home` in its middle.
fn names_path(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|sign| sign.is_whitespace() || "\"'`(=<".contains(sign))
    })
}

/// Where machines keep their own files; joined here, so that this file does not contain the paths.
fn homes() -> [String; 4] {
    ["home", "root", "Users", "work"].map(|folder| format!("/{folder}/"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Source, faults_of_core, faults_of_module, faults_of_text, homes};
    use crate::repository;

    fn faults_of(text: &str) -> Vec<String> {
        let path = repository::path("core/src/random.rs");
        faults_of_core(&Source::split(&path, text.to_owned()).expect("the sample is Rust"))
    }

    #[test]
    fn the_core_touches_no_file_and_no_clock() {
        assert_eq!(
            faults_of("use std::fs;\nfn f() { std::time::SystemTime::now(); }\n"),
            [
                "core/src/random.rs:1: the core never touches `std::fs`",
                "core/src/random.rs:2: the core never touches `SystemTime`"
            ]
        );
        assert_eq!(faults_of("use std::{fmt, time::Duration};"), [""; 0]);
    }

    #[test]
    fn nor_in_a_list_of_imports() {
        assert_eq!(
            faults_of("use std::{\n    fmt,\n    env,\n};"),
            ["core/src/random.rs:3: the core never touches `std::env`"]
        );
    }

    #[test]
    fn what_a_page_loads_sorts_in_one_place() {
        let faults_in = |path: &str, text: &str| {
            faults_of_module(&Source::split(&repository::path(path), text.to_owned()).expect("the sample is Rust"))
        };
        let sorts = "fn f(mut all: Vec<u8>) {\n    all.sort_by_key(|one| *one);\n}\n";
        let fault = "core/src/random.rs:2: `sort_by_key` makes the module of a page large; see `order`";
        assert_eq!(faults_in("core/src/random.rs", sorts), [fault]);
        assert_eq!(faults_in("templates/src/random.rs", sorts), [fault.replace("core", "templates")]);
        assert_eq!(faults_in("core/src/order.rs", sorts), [""; 0]);
        assert_eq!(faults_in("xtask/src/random.rs", sorts), [""; 0]);
        assert_eq!(faults_in("core/src/random.rs", &format!("#[cfg(test)]\nmod tests {{\n{sorts}}}\n")), [""; 0]);
    }

    #[test]
    fn a_path_of_one_machine_is_told_with_its_line() {
        let [home, ..] = homes();
        let faults = faults_of_text(Path::new("README.md"), &format!("see\n{home}me/notes\n"));
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("README.md:2: "));
    }

    #[test]
    fn a_lock_file_names_no_host() {
        let path = Path::new("wasm/npm/package-lock.json");
        let text = "  \"resolved\": \"https://example.org/a.tgz\",\n";
        assert_eq!(faults_of_text(path, text), ["wasm/npm/package-lock.json:1: a lock file records no host"]);
    }
}
