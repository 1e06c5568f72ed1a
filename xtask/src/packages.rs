//! The packages of the workspace and everything that they depend on, as cargo tells of them.

use std::path::PathBuf;

use serde::Deserialize;

use crate::command::cargo;

/// A package.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) manifest_path: PathBuf,
    /// Where it comes from; nothing for our own.
    pub(crate) source: Option<String>,
}

impl Package {
    /// Its name and version.
    pub(crate) fn id(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// All packages.
pub(crate) fn all() -> Result<Vec<Package>, String> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let text = output_of(&["metadata", "--format-version", "1", "--locked"])?;
    let metadata: Result<Metadata, _> = serde_json::from_str(&text);
    metadata.map(|metadata| metadata.packages).map_err(|error| format!("cargo metadata: {error}"))
}

/// What cargo prints.
pub(crate) fn output_of(arguments: &[&str]) -> Result<String, String> {
    let output = cargo(arguments).output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
