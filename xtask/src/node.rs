//! JavaScript packages: their dependencies, their suites and their tarballs.

use std::{fs, path::Path};

use crate::{
    command::{Failure, Log, inside},
    machine,
};

/// Installs what a package's lock file names, unless it stands there already.
pub(crate) fn install(log: &Log, package: &Path) -> Result<(), Failure> {
    let lock = package.join("package-lock.json");
    let installed = package.join("node_modules/.package-lock.json");
    if is_newer(&installed, &lock) {
        return Ok(());
    }
    log.run(inside(package, machine::npm()?).args(["ci", "--no-fund", "--no-audit"])).map(drop)
}

/// Whether `made` exists and was written after `source`.
pub(crate) fn is_newer(made: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    match (time(made), time(source)) {
        (Ok(made), Ok(source)) => made >= source,
        _ => false,
    }
}
