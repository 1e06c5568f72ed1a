//! JavaScript packages: their dependencies, their suites and their tarballs.

use std::{fs, path::Path};

use crate::{
    command::{Failure, Log, inside},
    console::Outcome,
    machine, repository,
    tally::Tally,
};

/// Installs what a package's lock file names, unless it is installed already.
pub(crate) fn install(log: &Log, package: &Path) -> Result<(), Failure> {
    let lock = package.join("package-lock.json");
    let installed = package.join("node_modules/.package-lock.json");
    if is_newer(&installed, &lock) {
        return Ok(());
    }
    log.run(inside(package, machine::npm()?).args(["ci", "--no-fund", "--no-audit"])).map(drop)
}

/// Runs `npm test` of a package, with a browser for the suites that need one.
pub(crate) fn suite(log: &Log, package: &str) -> Outcome {
    let folder = repository::path(package);
    install(log, &folder)?;
    let mut command = inside(&folder, machine::npm()?);
    command.arg("test").env("CHROMIUM", machine::chromium(log)?).env("TZ", machine::ELSEWHERE);
    log.suite(&mut command, Tally::of_node)
}

/// Whether `made` exists and was written after `source`.
pub(crate) fn is_newer(made: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    match (time(made), time(source)) {
        (Ok(made), Ok(source)) => made >= source,
        _ => false,
    }
}
