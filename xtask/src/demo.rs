//! `cargo xtask demo`: builds the playground and serves it, with the KMS API beside it.

use std::{
    io,
    process::{Command, ExitCode, ExitStatus},
};

use clap::Args;

use crate::{
    command::{Failure, Log, cargo, inside},
    console::Console,
    machine, node, repository,
    tally::Tally,
    wasm,
};

/// The folder of the playground.
pub(crate) const PLAYGROUND: &str = "web-demo";

/// Build everything, open the playground and answer the KMS API
#[derive(Args)]
pub(crate) struct Options {
    /// Answer the KMS API on this port; 4599, or a free one where that is taken.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Serve the playground on this port; 4600, or a free one where that is taken.
    #[arg(long, value_name = "PORT")]
    page_port: Option<u16>,
    /// Do not open a browser.
    #[arg(long)]
    no_open: bool,
}

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    let done = |()| Tally::ONE;
    let built = console.step("wasm", |log| wasm::build(log).map(done))
        && console.step("playground", |log| build(log).map(done))
        && console.step("server", |log| server(log).map(done));
    if !built {
        return ExitCode::FAILURE;
    }
    println!();
    serve(options)
}

/// Installs what the playground needs and builds it.
pub(crate) fn build(log: &Log) -> Result<(), Failure> {
    let folder = repository::path(PLAYGROUND);
    node::install(log, &folder)?;
    log.run(inside(&folder, machine::npm()?).args(["run", "build"])).map(drop)
}

/// Builds the program that serves, so that starting it prints only its addresses.
fn server(log: &Log) -> Result<(), Failure> {
    log.run(&mut cargo(&["build", "--locked", "--package", "xtask-demo"])).map(drop)
}

fn serve(options: &Options) -> ExitCode {
    let mut command = cargo(&["run", "--quiet", "--locked", "--package", "xtask-demo", "--"]);
    command.arg(repository::path(PLAYGROUND).join("dist"));
    for (name, port) in [("--port", options.port), ("--page-port", options.page_port)] {
        command.args(port.map(|port| format!("{name}={port}")));
    }
    if !options.no_open {
        command.arg("--open");
    }
    match become_it(&mut command) {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the server did not start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Replaces this process, so that Ctrl-C reaches the server and nobody else.
#[cfg(unix)]
fn become_it(command: &mut Command) -> io::Result<ExitStatus> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> io::Result<ExitStatus> {
    command.status()
}
