//! The licences of everything that is linked into a package, in files beside it: who passes on the package passes on
//! them, too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    command::{Failure, Log, cargo, inside_root},
    packages::{self, Package},
    repository,
};

/// The file that names every crate, with its licence.
const NOTICE: &str = "LICENSE-THIRD-PARTY.txt";
/// The notices of Rust's own library, as its toolchain brings them.
const LIBRARY: &str = "LICENSE-RUST-LIBRARY.html";
/// What the toolchain calls that file.
const IN_TOOLCHAIN: &str = "COPYRIGHT-library.html";
/// Our own licences, which packages contain as well.
const OURS: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// How the names of files with licences begin, in lower case.
const TEXTS: [&str; 6] = ["license", "licence", "copying", "copyright", "notice", "unlicense"];
const RULE: &str = "--------------------------------------------------------------------------------";

/// Writes into a folder our own licences and those of everything that the crates `packages` link for `target`, or for
/// this machine.
pub(crate) fn write(log: &Log, packages: &[&str], target: Option<&str>, folder: &Path) -> Result<(), Failure> {
    let linked = linked(log, packages, target)?;
    put(&folder.join(NOTICE), notice(&linked)?.as_bytes())?;
    put(&folder.join(LIBRARY), &read(&library(log)?)?)?;
    OURS.iter().try_for_each(|name| put(&folder.join(name), &read(&repository::path(name))?))
}

/// The crates of others that are linked, sorted by name.
fn linked(log: &Log, packages: &[&str], target: Option<&str>) -> Result<Vec<Package>, Failure> {
    let mut tree = cargo(&["tree", "--locked", "--prefix", "none", "--format", "{p}"]);
    tree.args(["--edges", "normal,no-proc-macro"]);
    tree.args(packages.iter().flat_map(|package| ["--package", package]));
    if let Some(target) = target {
        tree.args(["--target", target]);
    }
    let tree = log.run(&mut tree)?;
    let wanted: BTreeSet<String> = tree.lines().filter_map(named).collect();
    let mut packages = packages::all()?;
    packages.retain(|package| package.source.is_some() && wanted.contains(&package.id()));
    packages.sort_by_key(Package::id);
    Ok(packages)
}

/// `name version` of a line such as `name v1.2.3 (path)`.
fn named(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let (name, version) = (words.next()?, words.next()?);
    Some(format!("{name} {}", version.strip_prefix('v')?))
}

/// The list of the crates, and each text once with those that it is for.
fn notice(packages: &[Package]) -> Result<String, Failure> {
    let mut text = format!("pocket-kms contains the software of others, under their licences.\n\n{}", listed(packages));
    let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for package in packages {
        for found in texts_of(package)? {
            let found = String::from_utf8_lossy(&read(&found)?).replace('\r', "");
            let same: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, whose) = texts.entry(same).or_insert_with(|| (found, Vec::new()));
            if whose.last() != Some(&package.id()) {
                whose.push(package.id());
            }
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by(|one, other| one.1.cmp(&other.1).then_with(|| one.0.cmp(&other.0)));
    for (found, whose) in texts {
        let _ = write!(text, "\n{RULE}\n{}\n{RULE}\n\n{}\n", whose.join(", "), found.trim_end());
    }
    Ok(text)
}

fn listed(packages: &[Package]) -> String {
    let mut lines = format!("The Rust standard library (MIT OR Apache-2.0; see {LIBRARY})\n");
    for package in packages {
        let licence = package.license.as_deref().unwrap_or("see below");
        let home = package.repository.as_deref().map_or_else(String::new, |home| format!("; {home}"));
        let _ = writeln!(lines, "{} ({licence}{home})", package.id());
    }
    lines
}

/// The files with the licences of a crate.
fn texts_of(package: &Package) -> Result<Vec<PathBuf>, Failure> {
    let folder = package.manifest_path.parent().unwrap_or(Path::new("."));
    let listed = fs::read_dir(folder).map_err(|error| Failure(format!("{}: {error}", folder.display())))?;
    let is_text = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        path.is_file() && TEXTS.iter().any(|text| name.starts_with(text))
    };
    let mut texts: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).filter(is_text).collect();
    texts.sort();
    if texts.is_empty() {
        return Err(Failure(format!("{} brings no text of its licence: ask its authors for one", package.id())));
    }
    Ok(texts)
}

/// Where the toolchain keeps the notices of Rust's own library.
fn library(log: &Log) -> Result<PathBuf, Failure> {
    let toolchain = log.run(inside_root("rustc").args(["--print", "sysroot"]))?;
    let path = Path::new(toolchain.trim()).join("share/doc/rust").join(IN_TOOLCHAIN);
    if path.is_file() {
        return Ok(path);
    }
    Err(Failure(format!(
        "this toolchain has no {IN_TOOLCHAIN}: install it with rustup, whose component rustc brings it"
    )))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

fn put(path: &Path, text: &[u8]) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm;

    #[test]
    fn a_line_of_the_tree_names_a_crate() {
        assert_eq!(named("sha2 v0.11.1"), Some("sha2 0.11.1".to_owned()));
        assert_eq!(named("pocket-kms v0.1.0 (/somewhere/core) (*)"), Some("pocket-kms 0.1.0".to_owned()));
        assert_eq!(named(""), None);
    }

    #[test]
    fn what_is_linked_into_a_package_is_named_with_its_licence() {
        let packages = [
            (&["pocket-kms-python"][..], None, ["aws-lc-sys", "pyo3", "rsa"]),
            (&wasm::CRATES, Some(wasm::TARGET), ["js-sys", "saphyr-parser", "wasm-bindgen"]),
        ];
        for (packages, target, names) in packages {
            let linked = linked(&Log::new(false), packages, target).expect("cargo lists it");
            let notice = notice(&linked).expect("every crate brings its licence");
            for name in names {
                assert!(linked.iter().any(|package| package.name == name), "{name}");
            }
            for package in &linked {
                assert!(notice.matches(&package.id()).count() >= 2, "{} is listed, and has a text", package.id());
            }
            assert!(!notice.contains(&repository::root().display().to_string()));
        }
    }
}
