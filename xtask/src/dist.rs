//! `cargo xtask dist`: the wheel, the npm tarball and the playground, as they are published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};

use crate::{
    command::{Failure, Log, inside},
    console::Console,
    demo, machine, packaging, playground, python, repository,
    tally::Tally,
    third_party, wasm,
};

/// The folder of the npm package.
pub(crate) const NPM: &str = "wasm/npm";
const TARBALLS: &str = "target/npm";

/// Build what is published: the playground, the npm tarball, the Python wheel and its sources
#[derive(Args)]
pub(crate) struct Options {
    /// Build one of them alone: what is for Node, what is for Python, or the playground as a folder of static files.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Build the wheel a second time, elsewhere, and compare the two: they must be equal.
    #[arg(long)]
    twice: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Node,
    Playground,
    Python,
}

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    let mut made = Vec::new();
    let wanted = |part| options.only.is_none_or(|only| only == part);
    let page = (wanted(Part::Node) || wanted(Part::Playground))
        && console.step("wasm", |log| wasm::build(log).map(|()| Tally::ONE))
        && console.step("page", |log| demo::build(log).map(|()| Tally::ONE));
    if page && wanted(Part::Playground) {
        console.step("folder", |log| playground::published(log).map(|paths| made.extend(paths)).map(|()| Tally::ONE));
    }
    if page && wanted(Part::Node) {
        console.step("tarball", |log| tarball(log).map(|path| made.push(path)).map(|()| Tally::ONE));
    }
    if wanted(Part::Python) {
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
        println!("  {} ({} kB)", repository::shown(&path), size(&path) / 1000);
    }
    console.exit_code()
}

/// The bytes of a file, or of all files in a folder.
fn size(path: &Path) -> u64 {
    let length = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    if path.is_dir() { repository::files(path, &[""]).iter().map(|file| length(file)).sum() } else { length(path) }
}

/// Packs the npm package as `npm publish` would, with the playground that is built.
pub(crate) fn tarball(log: &Log) -> Result<PathBuf, Failure> {
    let folder = repository::path(TARBALLS);
    empty(&folder)?;
    playground::into_package()?;
    third_party::write(log, &wasm::CRATES, Some(wasm::TARGET), &repository::path(NPM))?;
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
