//! The house drawn by rank: a module of the core imports only modules of a lower rank.
//!
//! In a room with several modules, each may also import those that the table names before it.

use std::path::{Component, Path};

use super::{
    paths::{Taken, is_step, taken},
    source::{Source, Token},
};
use crate::repository;

/// Rank, room, and the top-level modules of `core/src` that live there.
///
/// `ARCHITECTURE.md` has the same table, with a sentence for each module.
#[rustfmt::skip]
const RANKS: [(u8, &str, &[&str]); 9] = [
    (0, "words",      &["order", "text", "error", "time", "names", "wire"]),
    (1, "boundary",   &["policy", "shapes", "caller", "call"]),
    (1, "algorithms", &["crypto"]),
    (2, "vocabulary", &[
        "algorithms", "material", "ciphertext", "wrapping", "import_token", "attestation", "enclave", "arguments", "ids",
        "lags", "quotas", "signature",
    ]),
    (3, "state",      &["state"]),
    (4, "rules",      &["access", "cluster", "endpoint_service", "proxy", "external"]),
    (5, "operations", &["operations", "sts"]),
    (6, "records",    &["audit"]),
    (7, "the path",   &["kms", "http", "clock", "world", "endpoint"]),
];

/// Words may import one another: errors contain wire violations, and the wire returns errors.
const WORDS: u8 = 0;

/// Every import in `source` that looks up the house, or at its own height, as `path:line: ...`.
pub(super) fn faults(source: &Source) -> Vec<String> {
    let Some(place) = Place::of(&source.path) else {
        return Vec::new();
    };
    let Some(floor) = floor(&place.module) else {
        let module = &place.module;
        return vec![source.at(1) + &format!(": `{module}` has no rank in xtask/src/tidy/ranks.rs")];
    };
    imports(source, place.depth)
        .into_iter()
        .filter(|import| import.name != place.module && !source.is_test(import.line))
        .filter_map(|import| Some(format!("{}: {}", source.at(import.line), fault(floor, &import.name)?)))
        .collect()
}

/// What is wrong with an import of `name` by a module on this floor.
fn fault(here: Floor, name: &str) -> Option<String> {
    let Some(there) = floor(name) else {
        return Some(format!("`crate::{name}` is not a module: import it from the module that has it"));
    };
    let is_word = here.rank == WORDS && there.rank == WORDS;
    let is_neighbour = here.room == there.room && there.place < here.place;
    if there.rank < here.rank || is_word || is_neighbour {
        return None;
    }
    let Floor { rank, room, .. } = here;
    Some(format!("rank {rank} ({room}) imports `{name}` of rank {} ({})", there.rank, there.room))
}

/// Where a module lives: its rank, its room, and its place in the room.
#[derive(Clone, Copy)]
struct Floor {
    rank: u8,
    room: &'static str,
    place: usize,
}

fn floor(module: &str) -> Option<Floor> {
    RANKS.iter().find_map(|&(rank, room, modules)| {
        let place = modules.iter().position(|name| *name == module)?;
        Some(Floor { rank, room, place })
    })
}

/// Which top-level module a file belongs to, and how many `super` lead from it to the root.
struct Place {
    module: String,
    depth: usize,
}

impl Place {
    /// `None` for the root of the crate, which lists every room, and for files elsewhere.
    fn of(path: &Path) -> Option<Place> {
        let inside = path.strip_prefix(repository::path("core/src")).ok()?.with_extension("");
        let mut parts: Vec<String> =
            inside.components().map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned()).collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        let module = parts.first().filter(|first| *first != "lib")?.clone();
        Some(Place { module, depth: parts.len() })
    }
}

/// Every `crate::name`, `crate::{name, ...}` and chain of `super` that reaches the root.
fn imports(source: &Source, depth: usize) -> Vec<Taken> {
    taken(source, |tokens| root(tokens, depth))
}

/// How many tokens `crate ::` or `super :: ... super ::` takes, where it leads to the root.
fn root(tokens: &[Token], depth: usize) -> Option<usize> {
    if is_step(tokens, "crate") {
        return Some(3);
    }
    let steps = tokens.chunks(3).take_while(|step| is_step(step, "super")).count();
    (steps > 0 && steps == depth).then_some(steps * 3)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{RANKS, Source, faults};
    use crate::repository;

    fn faults_of(file: &str, text: &str) -> Vec<String> {
        let path = repository::path(file);
        faults(&Source::split(&path, text.to_owned()).expect("the sample is Rust"))
    }

    #[test]
    fn a_module_may_import_what_is_below_it_and_its_own() {
        let text = "use crate::{error::Error, state::{Draft, Key}};\nuse crate::access::grants;\n";
        assert_eq!(faults_of("core/src/access/context.rs", text), [""; 0]);
    }

    #[test]
    fn an_import_from_above_is_told_with_file_and_line() {
        let text = "use crate::error::Error;\n\nfn f() { crate::operations::TABLE; }\n";
        assert_eq!(
            faults_of("core/src/state/draft.rs", text),
            ["core/src/state/draft.rs:3: rank 3 (state) imports `operations` of rank 5 (operations)"]
        );
    }

    #[test]
    fn rooms_of_the_same_rank_do_not_import_each_other() {
        let faults = faults_of("core/src/policy/mod.rs", "use crate::{time, crypto::mac};");
        assert_eq!(faults, ["core/src/policy/mod.rs:1: rank 1 (boundary) imports `crypto` of rank 1 (algorithms)"]);
    }

    #[test]
    fn in_a_room_the_later_may_import_the_earlier() {
        assert_eq!(faults_of("core/src/material.rs", "use crate::algorithms::KeySpec;"), [""; 0]);
        assert_eq!(faults_of("core/src/algorithms.rs", "use crate::material::Material;").len(), 1);
    }

    #[test]
    fn words_explain_one_another() {
        assert_eq!(faults_of("core/src/error/messages/wire.rs", "use crate::wire::Violation;"), [""; 0]);
    }

    #[test]
    fn a_chain_of_supers_cannot_go_around_the_rule() {
        let text = "use super::super::kms::Kms;";
        assert_eq!(faults_of("core/src/wire/reader.rs", text).len(), 1);
        assert_eq!(faults_of("core/src/wire/json/reader.rs", text).len(), 0);
    }

    #[test]
    fn tests_may_look_at_the_whole_house() {
        let text = "#[cfg(test)]\nmod tests {\n    use crate::kms::Kms;\n}\n";
        assert_eq!(faults_of("core/src/wire/reader.rs", text), [""; 0]);
    }

    #[test]
    fn a_module_without_a_rank_is_a_fault() {
        let faults = faults_of("core/src/cupboard.rs", "use crate::error::Error;");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("`cupboard` has no rank"));
    }

    #[test]
    fn the_root_of_the_crate_hides_no_rank() {
        let faults = faults_of("core/src/wire/reader.rs", "use crate::Kms;");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("`crate::Kms` is not a module"));
    }
    #[test]
    fn every_module_that_has_a_rank_exists_and_architecture_names_it_in_the_same_place() {
        let page = fs::read_to_string(repository::path("ARCHITECTURE.md")).expect("the page");
        for (rank, room, modules) in RANKS {
            let begins = format!("| {rank} | {room}");
            let row = page.lines().find(|line| line.starts_with(&begins)).unwrap_or_else(|| panic!("no row {begins}"));
            let mut rest = row;
            for module in modules {
                let source = repository::path("core/src").join(module);
                assert!(source.is_dir() || source.with_extension("rs").is_file(), "there is no module {module}");
                let named = format!("`{module}`");
                let at = rest.find(&named).unwrap_or_else(|| panic!("{module} is not in its place in {begins}"));
                rest = &rest[at + named.len()..];
            }
        }
    }
}
