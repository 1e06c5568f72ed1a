//! Paths in the repository, and which files are its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository, whatever folder the command runs in.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A path inside the repository.
pub(crate) fn path(inside: &str) -> PathBuf {
    root().join(inside)
}

/// Folders of built or fetched files, which nobody wrote.
const NOT_OURS: [&str; 9] =
    ["target", "node_modules", "dist", "pkg", "playground", "__pycache__", ".git", ".tools", ".venv"];

/// Every file below `folder` whose name ends with one of `endings`, in order of its path.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(folder, endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_ref()) {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

/// The path as a reader of the repository would write it.
pub(crate) fn shown(path: &Path) -> String {
    let root = root();
    let inside = path.strip_prefix(&root).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
