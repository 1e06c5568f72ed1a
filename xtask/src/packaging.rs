//! Installs the published packages into empty environments and uses them there.

use std::{fs, path::Path};

use crate::{
    command::{Failure, Log, inside},
    console::Outcome,
    dist, machine, python, repository,
    tally::Tally,
};

const WHEEL: &str = "target/packaging/python";
const BESIDE: &str = "target/packaging/beside";
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

/// The wheel in an empty virtual environment, beside boto3 and pytest; and beside other versions of botocore.
pub(crate) fn wheel(log: &Log) -> Outcome {
    let mut sum = newest_boto3(log)?;
    let oldest = oldest_boto3()?;
    let (boto3, botocore) = (format!("boto3=={oldest}"), format!("botocore=={oldest}"));
    let of_clients = ["test_client.py", "test_intercept.py", "test_senders.py"];
    sum += beside(log, "oldest-boto3", &[&boto3, &botocore, "cryptography"], &of_clients)?;
    sum += beside(log, "aiobotocore", &["aiobotocore"], &["test_async.py"])?;
    Ok(sum)
}

/// The oldest boto3 that the wheel says it works with.
fn oldest_boto3() -> Result<String, Failure> {
    let project = repository::path("python/pyproject.toml");
    let text = fs::read_to_string(&project).map_err(|error| format!("{}: {error}", project.display()))?;
    let oldest = text.split_once("\"boto3>=").and_then(|(_, rest)| rest.split('"').next()).map(ToOwned::to_owned);
    oldest.ok_or_else(|| Failure(format!("{} does not say which boto3 is the oldest", project.display())))
}

/// Some suites of the package against the wheel beside these packages, which pin a version of botocore.
fn beside(log: &Log, name: &str, packages: &[&str], suites: &[&str]) -> Outcome {
    let folder = repository::path(BESIDE).join(name);
    dist::empty(&folder)?;
    let python = python::environment(log, &folder)?;
    log.run(python::pip(&python).arg(python::built()?).arg("pytest").args(packages))?;
    let tests = repository::path("python/tests");
    let mut command = inside(&folder, &python);
    command.args(["-m", "pytest", "-p", "no:cacheprovider"]).args(suites.iter().map(|suite| tests.join(suite)));
    log.suite(&mut command, Tally::of_pytest)
}

/// The wheel beside the newest boto3 alone.
fn newest_boto3(log: &Log) -> Outcome {
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
