//! The WebAssembly build: compile, write the bindings, make it small.

use std::{fs, path::Path};

use clap::ValueEnum;

use crate::{
    command::{Failure, Log, cargo, inside_root},
    machine, node, repository,
};

/// Where the npm package expects the module and its glue.
pub(crate) const PACKAGE: &str = "wasm/npm/pkg";
const COMPILED: &str = "wasm32-unknown-unknown/wasm/pocket_kms_wasm.wasm";

/// Which WebAssembly the engine that loads the module must know.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Variant {
    /// What every engine of the last years runs.
    Baseline,
    /// With 128-bit products: RSA is three times as fast where the engine knows them.
    Wide,
}

impl Variant {
    fn folder(self) -> &'static str {
        match self {
            Variant::Baseline => PACKAGE,
            Variant::Wide => "wasm/npm/pkg/wide",
        }
    }

    fn target(self) -> &'static str {
        match self {
            Variant::Baseline => "target",
            Variant::Wide => "target/wide",
        }
    }

    fn rustflags(self) -> &'static str {
        match self {
            Variant::Baseline => "",
            Variant::Wide => "-Ctarget-feature=+wide-arithmetic",
        }
    }
}

/// Builds the module into the npm package.
pub(crate) fn build(log: &Log, variant: Variant) -> Result<(), Failure> {
    machine::wasm_target(log)?;
    compile(log, variant)?;
    let compiled = repository::path(variant.target()).join(COMPILED);
    let folder = repository::path(variant.folder());
    let module = folder.join("pocket_kms_bg.wasm");
    if node::is_newer(&module, &compiled) {
        log.say("the module is newer than what was compiled");
        return Ok(());
    }
    bind(log, &compiled, &folder)?;
    // A module that did not become small must not pass for one the next time.
    shrink(log, &module).inspect_err(|_| fs::remove_file(&module).unwrap_or_default())
}

/// `strip` stays off: it would remove the `target_features` section that `wasm-opt` reads.
fn compile(log: &Log, variant: Variant) -> Result<(), Failure> {
    let mut command = cargo(&["build", "--profile", "wasm", "--locked", "--package", "pocket-kms-wasm"]);
    command.args(["--target", "wasm32-unknown-unknown"]);
    command.args(["--target-dir", variant.target()]);
    if variant == Variant::Wide {
        command.env("RUSTFLAGS", variant.rustflags());
    }
    log.run(&mut command).map(drop)
}

fn bind(log: &Log, compiled: &Path, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = cargo(&["run", "--quiet", "--locked"]);
    command.args(["--package", "xtask-bindgen", "--"]);
    log.run(command.arg(compiled).arg(folder)).map(drop)
}

fn shrink(log: &Log, module: &Path) -> Result<(), Failure> {
    let tools = repository::path("xtask/node");
    node::install(log, &tools)?;
    let mut command = inside_root(machine::node()?);
    command.arg(tools.join("node_modules/binaryen/bin/wasm-opt"));
    command.args(["-O3", "--strip-debug", "--strip-producers"]);
    log.run(command.arg(module).arg("-o").arg(module)).map(drop)
}
