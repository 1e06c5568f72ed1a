//! The cases of `tests/cases` and the lessons of the playground, which are cases with texts, run in a world directly and
//! over HTTP at once. `tests/cases/README.md` is their language.

mod enclaves;
mod expect;
mod host;
mod lesson;
mod outside;
mod pages;
mod story;
mod texts;
mod values;
mod wrapped;

use std::{collections::BTreeSet, fs, path::Path};

use pocket_kms::operations;

use host::Host;
use story::{Case, Outcome, Step};

/// The files of cases, and each lesson as one.
fn stories() -> Vec<(String, Vec<Case>)> {
    let lessons = lesson::lessons().into_iter().map(|lesson| (lesson.id, vec![lesson.case]));
    files().into_iter().chain(lessons).collect()
}

/// Every file of cases: its name without the extension, and its cases.
fn files() -> Vec<(String, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let paths = fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("a file").path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), Case::read_all(&fs::read(path).expect("a case file"), &name(path)))).collect()
}

#[test]
fn every_case_holds() {
    let only = std::env::var("CASE").unwrap_or_default();
    let mut failures = Vec::new();
    let mut count = 0;
    for (file, cases) in stories() {
        for case in cases.iter().filter(|case| case.name.contains(&only) || file.contains(&only)) {
            count += 1;
            if let Err(failure) = Host::tell(case) {
                failures.push(format!("{file}: {}\n  {failure}", case.name));
            }
        }
    }
    assert!(count > 0, "no case is called {only}");
    println!("{count} cases");
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_operation_succeeds_in_a_case() {
    let mut missing: BTreeSet<_> = operations::TABLE.iter().map(|row| row.name.to_owned()).collect();
    for case in files().iter().flat_map(|(_, cases)| cases) {
        for step in &case.steps {
            if let Step::Call(call) = step
                && matches!(call.outcome, Outcome::Reply(_))
            {
                missing.remove(&call.operation);
            }
        }
    }
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn every_case_has_a_sentence_of_its_own_and_names_rows() {
    let mut names = BTreeSet::new();
    for (file, cases) in stories() {
        for case in cases {
            assert!(case.name.ends_with('.'), "{file}: '{}' is not a sentence", case.name);
            assert!(names.insert(case.name.clone()), "{file}: {} stands twice", case.name);
        }
    }
    for (file, cases) in files() {
        for case in cases {
            assert!(case.shows.iter().all(|row| is_row(row)), "{file}: {}: {:?}", case.name, case.shows);
            assert!(!case.shows.is_empty(), "{file}: {} names no row", case.name);
        }
    }
}

/// The groups of our authorization cases.
const AUTHORIZATION: [&str; 9] = ["CK", "GR", "KP", "LIM", "NK", "OP", "ORG", "VAL", "XA"];

/// `P1-120`, `S2-7`, `OBS-2`, `GR-021`.
fn is_row(text: &str) -> bool {
    let Some((part, row)) = text.split_once('-') else { return false };
    let numbered = part.strip_prefix(['P', 'S']).is_some_and(|part| part.parse::<u16>().is_ok());
    (numbered || ["AUD", "CKS", "LIF", "OBS"].contains(&part) || AUTHORIZATION.contains(&part))
        && row.parse::<u16>().is_ok()
}
