//! The playground as it is published: a folder for any server of static files, an archive of it, and its part of the npm
//! package.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    command::{Failure, Log, inside},
    demo, dist, machine, repository, third_party, wasm,
};

/// The folder that is published, and what its archive is called.
const NAME: &str = "pocket-kms-playground";
const PUBLISHED: &str = "target/playground";
/// Where the npm package has the page and what serves it.
const IN_PACKAGE: &str = "wasm/npm/playground";
/// What a world in the browser needs, and the part that keeps the page for later. The page of the npm package has its
/// world in the server: with them the package would weigh twice as much.
const OF_BROWSERS: [&str; 3] = [".wasm", "sw.js", "workbox-"];

/// Puts the built page into the folder that is published, with all licences; gives the folder and its archive.
pub(crate) fn published(log: &Log) -> Result<[PathBuf; 2], Failure> {
    let place = repository::path(PUBLISHED);
    let folder = place.join(NAME);
    dist::empty(&place)?;
    copy(&built("dist"), &folder, &|_| true)?;
    third_party::write(log, &wasm::CRATES, Some(wasm::TARGET), &folder)?;
    same_times(&folder, newest_commit(log)?)?;
    let archive = format!("{NAME}.zip");
    let mut zip = inside(&place, machine::python()?);
    // Without a time zone of its own an archive is the same wherever it is made.
    log.run(zip.args(["-m", "zipfile", "--create", &archive, NAME]).env("TZ", "UTC"))?;
    Ok([folder, place.join(archive)])
}

/// Puts the built page and its server into the npm package.
pub(crate) fn into_package() -> Result<(), Failure> {
    let package = repository::path(IN_PACKAGE);
    dist::empty(&package)?;
    let wanted = |name: &str| !OF_BROWSERS.iter().any(|part| name.starts_with(part) || name.ends_with(part));
    copy(&built("dist"), &package.join("page"), &wanted)?;
    copy(&built("demo/dist"), &package, &|name| name != "main.js")
}

fn built(folder: &str) -> PathBuf {
    repository::path(demo::PLAYGROUND).join(folder)
}

/// Copies the wanted files of a folder, and of the folders in it.
fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| told(to, &error))?;
    for entry in fs::read_dir(from).map_err(|error| told(from, &error))?.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name), wanted)?;
        } else if wanted(&name.to_string_lossy()) {
            fs::copy(&path, to.join(name)).map_err(|error| told(&path, &error))?;
        }
    }
    Ok(())
}

/// When the newest commit was made: a second build gives the same archive.
fn newest_commit(log: &Log) -> Result<SystemTime, Failure> {
    let seconds = log.run(inside(&repository::root(), "git").args(["log", "-1", "--format=%ct"]))?;
    let seconds = seconds.trim().parse().map_err(|error| Failure(format!("the time of the newest commit: {error}")))?;
    Ok(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Gives one time to a folder and to all that is in it.
fn same_times(folder: &Path, time: SystemTime) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| told(folder, &error))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            same_times(&path, time)?;
        } else {
            let file = fs::File::options().append(true).open(&path);
            file.and_then(|file| file.set_modified(time)).map_err(|error| told(&path, &error))?;
        }
    }
    // Windows opens no folder as a file; an archive from there has other times.
    fs::File::open(folder)
        .and_then(|opened| opened.set_modified(time))
        .or_else(|error| if cfg!(windows) { Ok(()) } else { Err(told(folder, &error)) })
}

fn told(path: &Path, error: &std::io::Error) -> Failure {
    Failure(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Duration, UNIX_EPOCH, copy, dist, fs, repository, same_times};

    #[test]
    fn only_wanted_files_are_copied_and_all_have_one_time() {
        let folder = repository::path("target/tests/playground");
        dist::empty(&folder).expect("an empty folder");
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(from.join("assets")).expect("a folder");
        for name in ["index.html", "assets/a.js", "assets/a.wasm"] {
            fs::write(from.join(name), name).expect("a file");
        }
        copy(&from, &to, &|name| name != "a.wasm").map_err(|error| error.to_string()).expect("a copy");
        let time = UNIX_EPOCH + Duration::from_hours(500_000);
        same_times(&to, time).map_err(|error| error.to_string()).expect("times");
        let found = repository::files(&to, &[""]);
        assert_eq!(found, [to.join("assets/a.js"), to.join("index.html")]);
        for path in found.iter().chain([&to]) {
            assert_eq!(fs::metadata(path).and_then(|meta| meta.modified()).expect("a time"), time);
        }
    }
}
