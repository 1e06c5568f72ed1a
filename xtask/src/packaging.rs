//! Installs the published packages into empty environments and uses them there.

use std::{fs, path::Path};

use crate::{
    command::{Failure, Log, inside},
    console::Outcome,
    dist, machine, python, repository,
    tally::Tally,
};

const WHEEL: &str = "target/packaging/python";
const TARBALL: &str = "target/packaging/npm";
/// The clients of the SDK that a user of the tarball has.
const SDK: [&str; 3] = ["@aws-sdk/client-cloudtrail", "@aws-sdk/client-kms", "@aws-sdk/client-sts"];
/// What a user of the tarball runs it with, and what judges how it is packed.
const TOOLS: [&str; 6] = [
    "jest@30.5.2",
    "esbuild@0.28.2",
    "vite@8.3.8",
    "publint@0.3.25",
    "@arethetypeswrong/cli@0.18.5",
    "dockerfile-utils@0.16.3",
];

/// The wheel in an empty virtual environment, beside boto3 and pytest.
pub(crate) fn wheel(log: &Log) -> Outcome {
    let folder = repository::path(WHEEL);
    dist::empty(&folder)?;
    let python = python::environment(log, &folder)?;
    let newest = python::built()?;
    log.run(python::pip(&python).arg(newest).args(["boto3", "pytest"]))?;
    let tests = repository::path("xtask/packaging/test_wheel.py");
    let mut command = inside(&folder, &python);
    command.args(["-m", "pytest", "-p", "no:cacheprovider"]).arg(tests);
    command.env("README", repository::path("README.md"));
    log.suite(&mut command, Tally::of_pytest)
}

/// The tarball in an empty folder, beside the AWS SDK.
pub(crate) fn tarball(log: &Log) -> Outcome {
    let folder = repository::path(TARBALL);
    dist::empty(&folder)?;
    write(&folder.join("package.json"), "{ \"private\": true }\n")?;
    let tarball = dist::tarball(log)?;
    let mut install = inside(&folder, machine::npm()?);
    install.args(["install", "--no-fund", "--no-audit", "--no-package-lock"]);
    log.run(install.args(SDK).args(TOOLS).arg(&tarball))?;
    let tests = "tarball.test.mjs";
    let from = repository::path("xtask/packaging").join(tests);
    fs::copy(from, folder.join(tests)).map_err(|error| format!("{tests}: {error}"))?;
    let mut command = inside(&folder, machine::node()?);
    command.args(["--test", tests]);
    command.env("README", repository::path("README.md")).env("TARBALL", tarball);
    log.suite(&mut command, Tally::of_node)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure(format!("{}: {error}", path.display())))
}
