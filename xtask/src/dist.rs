//! `cargo xtask dist`: the wheel and the npm tarball, as they are published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};

use crate::{
    command::{Failure, Log, inside},
    console::Console,
    machine, packaging, python, repository,
    tally::Tally,
    third_party, wasm,
};

/// The folder of the npm package.
pub(crate) const NPM: &str = "wasm/npm";
const TARBALLS: &str = "target/npm";

/// Build what is published: the npm tarball, the Python wheel and its sources
#[derive(Args)]
pub(crate) struct Options {
    /// Build for one language alone.
    #[arg(long, value_enum)]
    only: Option<Language>,
    /// Build the wheel a second time, elsewhere, and compare the two: they must be equal.
    #[arg(long)]
    twice: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Node,
    Python,
}

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    let mut made = Vec::new();
    let wanted = |language| options.only.is_none_or(|only| only == language);
    if wanted(Language::Node) {
        console.step("wasm", |log| wasm::build(log).map(|()| Tally::ONE));
        console.step("tarball", |log| tarball(log).map(|path| made.push(path)).map(|()| Tally::ONE));
    }
    if wanted(Language::Python) {
        console.step("sdist", |log| python::sdist(log).map(|path| made.push(path)).map(|()| Tally::ONE));
        let built =
            console.step("wheel", |log| python::published_wheel(log).map(|path| made.push(path)).map(|()| Tally::ONE));
        if built {
            console.step("pip", packaging::wheel);
        }
        if built && options.twice {
            console.step("again", |log| python::again(log).map(|()| Tally::ONE));
        }
    }
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
    third_party::write(log, "pocket-kms-wasm", Some("wasm32-unknown-unknown"), &repository::path(NPM))?;
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
