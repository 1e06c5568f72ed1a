//! `cargo xtask dist`: the wheel and the npm tarball, as they are published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::{
    command::{Failure, Log, inside},
    console::Console,
    machine, python, repository,
    tally::Tally,
    wasm,
};

/// The folder of the npm package.
pub(crate) const NPM: &str = "wasm/npm";
const TARBALLS: &str = "target/npm";

/// Build what is published: the Python wheel and the npm tarball
#[derive(Args)]
pub(crate) struct Options {}

pub(crate) fn run(console: &mut Console, _: &Options) -> ExitCode {
    let mut made = Vec::new();
    console.step("wasm", |log| wasm::build(log).map(|()| Tally::ONE));
    console.step("tarball", |log| tarball(log).map(|path| made.push(path)).map(|()| Tally::ONE));
    console.step("wheel", |log| python::wheel(log).map(|path| made.push(path)).map(|()| Tally::ONE));
    for path in made {
        let size = fs::metadata(&path).map_or(0, |meta| meta.len());
        println!("  {} ({} kB)", repository::shown(&path), size / 1000);
    }
    console.exit_code()
}

/// Packs the npm package as `npm publish` would.
pub(crate) fn tarball(log: &Log) -> Result<PathBuf, Failure> {
    let folder = repository::path(TARBALLS);
    empty(&folder)?;
    let mut command = inside(&repository::path(NPM), machine::npm()?);
    command.args(["pack", "--pack-destination"]);
    log.run(command.arg(&folder))?;
    repository::files(&folder, &[".tgz"]).pop().ok_or_else(|| Failure("npm packed no tarball".to_owned()))
}

/// Makes an empty folder.
pub(crate) fn empty(folder: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure(format!("{}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}
