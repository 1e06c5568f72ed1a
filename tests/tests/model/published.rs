//! Finds the published API model and reads it.

use std::{
    env, fs,
    io::{Read, Write, stderr},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use serde_json::Value;

/// Names the model: the file `service-2.json.gz` of botocore, or a folder that holds it at any depth.
const VARIABLE: &str = "POCKET_KMS_MODEL";

/// Where `cargo xtask test` installs botocore.
const TOOLS: &str = "../.tools";

/// The model; `None`, with a message, when it is not installed and no variable names it.
pub(crate) fn model() -> Option<Value> {
    let (folder, named) = match env::var_os(VARIABLE) {
        Some(path) => (PathBuf::from(path), true),
        None => (Path::new(env!("CARGO_MANIFEST_DIR")).join(TOOLS), false),
    };
    let found = newest(&folder);
    assert!(
        found.is_some() || !named,
        "{VARIABLE} is {}, but no botocore/data/kms/*/service-2.json.gz is there: install botocore",
        folder.display()
    );
    if found.is_none() {
        // The test harness would hold `eprintln!` back.
        let text = "SKIPPED: the published API model is not installed; `cargo xtask test` installs it\n";
        stderr().write_all(text.as_bytes()).expect("a standard error");
    }
    found.map(|path| read(&path))
}

fn read(path: &Path) -> Value {
    let bytes = fs::read(path).expect("the published API model");
    let mut text = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(&bytes[..]).read_to_end(&mut text).expect("a compressed file");
    } else {
        text = bytes;
    }
    serde_json::from_slice(&text).expect("the API model is JSON")
}

/// The model of the newest botocore in a folder.
fn newest(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let mut packages = Vec::new();
    search(path, 6, &mut packages);
    let models = packages.iter().filter_map(|package| Some((version(package)?, model_in(package)?)));
    models.max_by(|one, other| one.0.cmp(&other.0)).map(|(_, model)| model)
}

/// Collects the folders called `botocore`.
fn search(folder: &Path, depth: usize, packages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.file_name().is_some_and(|name| name == "botocore") {
            packages.push(path);
        } else if depth > 0 && path.is_dir() && !path.is_symlink() {
            search(&path, depth - 1, packages);
        }
    }
}

/// The version that the package names.
fn version(package: &Path) -> Option<Vec<u32>> {
    let text = fs::read_to_string(package.join("__init__.py")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("__version__ = "))?;
    Some(line.trim_matches(['\'', '"']).split('.').filter_map(|part| part.parse().ok()).collect())
}

fn model_in(package: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(package.join("data/kms")).ok()?.flatten();
    let models = versions.map(|entry| entry.path().join("service-2.json.gz")).filter(|path| path.is_file());
    models.max()
}
