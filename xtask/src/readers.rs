//! Public readers of CloudTrail files, which are given ours.

use std::fs;

use crate::{
    command::{Failure, Log, cargo, inside_root},
    python, repository,
    tally::Tally,
};

/// Where the files and the environments of the readers are.
const FOLDER: &str = "target/readers";

/// A reader: what its environment is called, what is installed there, and the script that uses it. Each has one of its own,
/// because each pins other versions of the same packages.
const READERS: [(&str, &[&str], &str); 2] = [
    ("trailscraper", &["trailscraper"], "tests/readers/trailscraper_reads.py"),
    // It looks for its own files by a module that newer versions of setuptools do not have.
    ("access-undenied-aws", &["access-undenied-aws", "setuptools<80"], "tests/readers/access_undenied_reads.py"),
];

/// Writes trail files, and lets each reader read them.
pub(crate) fn suite(log: &Log) -> Result<Tally, Failure> {
    let files = repository::path(FOLDER).join("files");
    if files.exists() {
        fs::remove_dir_all(&files).map_err(|error| format!("{}: {error}", files.display()))?;
    }
    let example = ["run", "--locked", "--quiet", "--package", "pocket-kms-tests", "--example", "trail", "--"];
    log.run(cargo(&example).arg(&files))?;
    for (name, packages, script) in READERS {
        let environment = repository::path(FOLDER).join(name);
        let interpreter = python::environment(log, &environment)?;
        let noted = environment.join("installed");
        if !noted.exists() {
            log.run(python::pip(&interpreter).args(packages))?;
            fs::write(&noted, "").map_err(|error| format!("{}: {error}", noted.display()))?;
        }
        log.run(inside_root(&interpreter).arg(repository::path(script)).arg(&files))?;
    }
    Ok(Tally::ONE)
}
