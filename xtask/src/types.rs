//! `cargo xtask types`: prints types and tables from the tables of the core, so that nobody writes them twice.

use std::process::ExitCode;

use clap::Args;

use crate::{
    command::{Failure, Log, cargo},
    console::Console,
    tally::Tally,
};

/// Print the types of every operation, and the README's table, from the core
#[derive(Args)]
pub(crate) struct Options {
    /// Write nothing; fail where a file is not what the tables say.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    console.step("types", |log| print(log, options.check).map(|()| Tally::ONE));
    console.exit_code()
}

/// The printer is a separate member: it needs the core, and `xtask` must run when the core does not compile.
fn print(log: &Log, check: bool) -> Result<(), Failure> {
    let mut command = cargo(&["run", "--quiet", "--locked", "--package", "xtask-types"]);
    if check {
        command.args(["--", "--check"]);
    }
    log.run(&mut command).map(drop)
}
