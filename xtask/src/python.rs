//! Python: the environment of the tools, the wheel and its suites.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    command::{Failure, Log, inside_root},
    console::Outcome,
    machine, repository,
    tally::Tally,
};

/// The folder of the tools' environment.
pub(crate) const TOOLS: &str = ".tools/python";
/// What builds the wheel; `pyproject.toml` lists what its tests need.
const BUILDERS: [&str; 2] = ["pip", "maturin"];
const PROJECT: &str = "python/pyproject.toml";
/// How long the packages count as the newest.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
const WHEELS: &str = "target/wheels";

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
    machine::c_compiler()?;
    let python = tools(log)?;
    let folder = repository::path(WHEELS);
    for old in repository::files(&folder, &[".whl"]) {
        fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    let mut command = inside_root(&python);
    command.args(["-m", "maturin", "build", "--profile", "release-unwind"]);
    command.args(["--manifest-path", "python/Cargo.toml", "--interpreter"]);
    log.run(command.arg(&python).arg("--out").arg(&folder))?;
    built()
}

/// The newest wheel.
pub(crate) fn built() -> Result<PathBuf, Failure> {
    let wheels = repository::files(&repository::path(WHEELS), &[".whl"]);
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
    log.suite(command.args(["-m", "pytest", "python/tests"]), Tally::of_pytest)
}

fn is_fresh(file: &Path) -> bool {
    let modified = fs::metadata(file).and_then(|meta| meta.modified());
    modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age < FRESH))
}
