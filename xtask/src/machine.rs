//! Finds or installs what the machine must have; if neither works, says what to install.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::command::{Failure, Log, inside_root};

/// The time zone in which suites run: one that nobody takes for UTC, half an hour beside its neighbours.
pub(crate) const ELSEWHERE: &str = "America/St_Johns";

/// Node.js of at least this major version.
const NODE: u32 = 20;
/// Python of at least this version.
const PYTHON: (u32, u32) = (3, 10);
const WASM: &str = "wasm32-unknown-unknown";

/// `node`, new enough.
pub(crate) fn node() -> Result<PathBuf, Failure> {
    let advice = format!("install Node.js {NODE} or newer (https://nodejs.org)");
    let node = program("node").ok_or_else(|| Failure(format!("no `node`: {advice}")))?;
    let version = output(&node, &["--version"]);
    match version.trim_start_matches('v').split('.').next().map(str::parse::<u32>) {
        Some(Ok(major)) if major >= NODE => Ok(node),
        _ => Err(Failure(format!("`node` is {version}: {advice}"))),
    }
}

/// `npm`, which comes with Node.js.
pub(crate) fn npm() -> Result<PathBuf, Failure> {
    node()?;
    program("npm").ok_or_else(|| Failure("no `npm`: install it beside Node.js".to_owned()))
}

/// Python, new enough: the one that `PYTHON` names, `python3` or `python`.
pub(crate) fn python() -> Result<PathBuf, Failure> {
    let (major, minor) = PYTHON;
    let print = "import sys; print(*sys.version_info[:2])";
    let named = env::var_os("PYTHON").map(PathBuf::from);
    let candidates = [named, program("python3"), program("python")];
    let new_enough = |python: &PathBuf| {
        let version = output(python, &["-c", print]);
        let mut numbers = version.split(' ').filter_map(|part| part.parse::<u32>().ok());
        numbers.next().zip(numbers.next()) >= Some(PYTHON)
    };
    candidates
        .into_iter()
        .flatten()
        .find(new_enough)
        .ok_or_else(|| Failure(format!("no Python {major}.{minor} or newer: install it, or name it in PYTHON")))
}

/// A C compiler, from which the native provider of cryptography is built: the one that `CC` names, or a usual one.
///
/// On Windows the build finds Visual Studio's by itself.
pub(crate) fn c_compiler() -> Result<(), Failure> {
    let found = cfg!(windows) || env::var_os("CC").is_some() || ["cc", "gcc", "clang"].into_iter().any(has);
    let advice = "install one (Debian: gcc and libc6-dev; macOS: xcode-select --install), or name it in CC";
    if found { Ok(()) } else { Err(Failure(format!("no C compiler: {advice}"))) }
}

fn has(name: &str) -> bool {
    program(name).is_some()
}

/// The Rust target of WebAssembly; adds it if it is missing.
pub(crate) fn wasm_target(log: &Log) -> Result<(), Failure> {
    let sysroot = output(Path::new("rustc"), &["--print", "sysroot"]);
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    let advice = format!("add the target {WASM} to your Rust toolchain");
    let rustup = program("rustup").ok_or_else(|| Failure(advice.clone()))?;
    log.run(inside_root(rustup).args(["target", "add", WASM]))
        .map(drop)
        .map_err(|failure| Failure(format!("{advice} ({failure})")))
}

/// Where Cargo keeps the sources of dependencies.
pub(crate) fn cargo_home() -> PathBuf {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(env::home_dir()?.join(".cargo"))).unwrap_or_default()
}

/// Chromium without a window, or a browser of its family; installs it from the system's packages if it may. What draws
/// no window of its own takes a quarter less time.
pub(crate) fn chromium(log: &Log) -> Result<PathBuf, Failure> {
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    if let Some(apt) = apt() {
        let run = |arguments: &[&str]| {
            let mut command = inside_root(&apt[0]);
            command.args(&apt[1..]).args(arguments);
            log.run(command.env("DEBIAN_FRONTEND", "noninteractive"))
        };
        let install = |package| run(&["install", "-y", "--no-install-recommends", package]);
        run(&["update"])?;
        // Not every system that has `apt-get` has both packages.
        install(HEADLESS).or_else(|_| install("chromium"))?;
    }
    installed_chromium()
        .ok_or_else(|| Failure("no Chromium: install Chromium or Chrome, or name it in CHROMIUM".to_owned()))
}

/// The program, and the package of Debian, that is Chromium without a window.
const HEADLESS: &str = "chromium-headless-shell";

fn installed_chromium() -> Option<PathBuf> {
    const NAMES: [&str; 7] =
        [HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
    const PLACES: [&str; 2] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let in_path = NAMES.into_iter().filter_map(program);
    let in_places = PLACES.into_iter().map(PathBuf::from);
    named.into_iter().chain(in_path).chain(in_places).find(|path| path.is_file())
}

/// `apt-get` with the right to install: as root, or by a `sudo` that asks for no password.
fn apt() -> Option<Vec<PathBuf>> {
    let apt = program("apt-get")?;
    if output(Path::new("id"), &["-u"]) == "0" {
        return Some(vec![apt]);
    }
    let sudo = program("sudo")?;
    let may = Command::new(&sudo)
        .args(["-n", "true"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    may.then(|| vec![sudo, "-n".into(), apt])
}

/// The first program of that name in PATH.
fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// The one-line output of a program; empty if the program cannot run.
fn output<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> String {
    Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
