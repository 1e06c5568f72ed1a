//! Python: the environment of the tools, the wheel and its suites.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    command::{Failure, Log, inside, inside_root},
    console::Outcome,
    dist, machine, repository,
    tally::Tally,
    third_party,
};

/// The folder of the tools' environment.
pub(crate) const TOOLS: &str = ".tools/python";
/// What builds the wheel; `pyproject.toml` lists what its tests need.
const BUILDERS: [&str; 2] = ["pip", "maturin"];
const PROJECT: &str = "python/pyproject.toml";
/// How long the packages count as the newest.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
const WHEELS: &str = "target/wheels";
const SDISTS: &str = "target/sdist";
/// The crate of the native part, and the folder of the package.
const CRATE: &str = "pocket-kms-python";
const FOLDER: &str = "python";
const MANIFEST: &str = "python/Cargo.toml";
/// Where a second build is compared with the first.
const AGAIN: &str = "target/again";
const RELEASE: [&str; 3] = ["--profile", "release-unwind", "--locked"];
/// Amazon Linux 2, Debian 10 and everything newer; Zig brings the symbols of that C library.
const OLDEST: &str = "manylinux_2_17";

/// The Python of the tools' environment, with its packages in place.
pub(crate) fn tools(log: &Log) -> Result<PathBuf, Failure> {
    let folder = repository::path(TOOLS);
    let python = environment(log, &folder)?;
    let noted = folder.join("installed.toml");
    let wanted = fs::read_to_string(repository::path(PROJECT)).map_err(|error| format!("{PROJECT}: {error}"))?;
    if fs::read_to_string(&noted).is_ok_and(|found| found == wanted) && is_fresh(&noted) {
        return Ok(python);
    }
    log.run(pip(&python).arg("--upgrade").args(BUILDERS))?;
    log.run(pip(&python).args(["--upgrade", "--group"]).arg(format!("{PROJECT}:test")))?;
    fs::write(&noted, wanted).map_err(|error| format!("{}: {error}", noted.display()))?;
    Ok(python)
}

/// The Python of a virtual environment; creates it if it is missing.
pub(crate) fn environment(log: &Log, folder: &Path) -> Result<PathBuf, Failure> {
    let inside = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let python = folder.join(inside);
    if !python.is_file() {
        let advice = "install Python's venv module (Debian: python3-venv)";
        log.run(inside_root(machine::python()?).args(["-m", "venv"]).arg(folder))
            .map_err(|failure| format!("{advice}: {failure}"))?;
    }
    Ok(python)
}

/// `pip install`, without the packages.
pub(crate) fn pip(python: &Path) -> Command {
    let mut command = inside_root(python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command
}

/// Builds the wheel with unwinding panics, which Python sees as exceptions.
pub(crate) fn wheel(log: &Log) -> Result<PathBuf, Failure> {
    let python = tools(log)?;
    let (root, wheels) = (repository::root(), repository::path(WHEELS));
    build(log, &root, maturin(&root, &python, "build").args(RELEASE).arg("--interpreter").arg(&python), &wheels)
}

/// Builds the wheel as it is published: on Linux it runs where the C library is as old as `OLDEST` says.
pub(crate) fn published_wheel(log: &Log) -> Result<PathBuf, Failure> {
    published(log, &repository::root(), &repository::path(WHEELS))
}

/// Builds the published wheel a second time, in another folder, and compares it with the first.
pub(crate) fn again(log: &Log) -> Result<(), Failure> {
    let (first, elsewhere) = (built()?, repository::path(AGAIN));
    dist::empty(&elsewhere)?;
    let sources = elsewhere.join("sources");
    log.run(inside_root("git").args(["clone", "--quiet", "."]).arg(&sources))?;
    let second = published(log, &sources, &elsewhere)?;
    let read = |path: &Path| fs::read(path).map_err(|error| Failure(format!("{}: {error}", path.display())));
    if read(&first)? == read(&second)? {
        return Ok(());
    }
    Err(Failure(format!("a second build gave another wheel: compare {} with {}", first.display(), second.display())))
}

/// Packs the sources from which pip builds a wheel.
pub(crate) fn sdist(log: &Log) -> Result<PathBuf, Failure> {
    let (root, python) = (repository::root(), tools(log)?);
    third_party::write(log, &[CRATE], None, &root.join(FOLDER))?;
    let folder = repository::path(SDISTS);
    dist::empty(&folder)?;
    log.run(maturin(&root, &python, "sdist").arg("--out").arg(&folder))?;
    repository::files(&folder, &[".tar.gz"]).pop().ok_or_else(|| Failure("maturin packed no sources".to_owned()))
}

fn published(log: &Log, root: &Path, wheels: &Path) -> Result<PathBuf, Failure> {
    let python = tools(log)?;
    let mut command = maturin(root, &python, "build");
    command.args(RELEASE).arg("--interpreter").arg(&python);
    if cfg!(target_os = "linux") {
        log.run(pip(&python).arg("ziglang"))?;
        // maturin looks for that compiler in the first Python of the search path.
        let first = python.parent().map(Path::to_path_buf).into_iter();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(first.chain(env::split_paths(&path))).map_err(|error| error.to_string())?;
        command.args(["--zig", "--compatibility", OLDEST]).env("PATH", path);
    }
    build(log, root, &mut command, wheels)
}

fn maturin(root: &Path, python: &Path, task: &str) -> Command {
    let mut command = inside(root, python);
    command.args(["-m", "maturin", task, "--manifest-path", MANIFEST]);
    command
}

fn build(log: &Log, root: &Path, command: &mut Command, wheels: &Path) -> Result<PathBuf, Failure> {
    machine::c_compiler()?;
    third_party::write(log, &[CRATE], None, &root.join(FOLDER))?;
    for old in repository::files(wheels, &[".whl"]) {
        fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    log.run(without_the_machine(log, root, command)?.arg("--out").arg(wheels))?;
    newest(wheels)
}

/// Has a build say nothing of the machine: paths are replaced, and files have the time of the newest commit.
fn without_the_machine<'c>(log: &Log, root: &Path, command: &'c mut Command) -> Result<&'c mut Command, Failure> {
    let replaced = [(machine::cargo_home(), "/cargo"), (root.to_owned(), "/pocket-kms")];
    let replaced = replaced.map(|(path, name)| format!("{}={name}", path.display()));
    command.env(
        "CARGO_ENCODED_RUSTFLAGS",
        replaced.each_ref().map(|path| format!("--remap-path-prefix={path}")).join("\u{1f}"),
    );
    if !cfg!(windows) {
        command.env("CFLAGS", replaced.each_ref().map(|path| format!("-ffile-prefix-map={path}")).join(" "));
    }
    if env::var_os("SOURCE_DATE_EPOCH").is_none() {
        let newest = log.run(inside_root("git").args(["log", "-1", "--format=%ct"]))?;
        command.env("SOURCE_DATE_EPOCH", newest.trim());
    }
    Ok(command)
}

/// The newest wheel.
pub(crate) fn built() -> Result<PathBuf, Failure> {
    newest(&repository::path(WHEELS))
}

fn newest(wheels: &Path) -> Result<PathBuf, Failure> {
    let wheels = repository::files(wheels, &[".whl"]);
    wheels.into_iter().next_back().ok_or_else(|| Failure("maturin wrote no wheel".to_owned()))
}

/// The Python of the tools' environment, with the newest wheel installed.
pub(crate) fn with_wheel(log: &Log) -> Result<PathBuf, Failure> {
    let python = tools(log)?;
    log.run(pip(&python).args(["--force-reinstall", "--no-deps"]).arg(built()?))?;
    Ok(python)
}

/// Runs the suite of the Python package against the wheel.
pub(crate) fn suite(log: &Log) -> Outcome {
    let python = with_wheel(log)?;
    let mut command = inside_root(python);
    command.args(["-m", "pytest", "python/tests"]).env("TZ", machine::ELSEWHERE);
    log.suite(&mut command, Tally::of_pytest)
}

fn is_fresh(file: &Path) -> bool {
    let modified = fs::metadata(file).and_then(|meta| meta.modified());
    modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age < FRESH))
}
