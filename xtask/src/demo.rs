//! `cargo xtask demo`: builds the playground and serves it, with the KMS API of the same world beside it.

use std::{
    io,
    process::{Command, ExitCode, ExitStatus},
    thread,
};

use clap::Args;

use crate::{
    command::{Failure, Log, inside, inside_root},
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
    let built =
        console.step("module", |log| module(log).map(done)) && console.step("playground", |log| build(log).map(done));
    if !built {
        return ExitCode::FAILURE;
    }
    println!();
    serve(options)
}

/// Builds the module while npm installs what the playground needs: the one computes, the other waits.
fn module(log: &Log) -> Result<(), Failure> {
    let folder = repository::path(PLAYGROUND);
    thread::scope(|scope| {
        let installed = scope.spawn(|| node::install(log, &folder));
        let built = wasm::quick(log);
        let installed = installed.join().unwrap_or_else(|_| Err(Failure("npm broke off".to_owned())));
        built.and(installed)
    })
}

/// Installs what the playground needs and builds it.
pub(crate) fn build(log: &Log) -> Result<(), Failure> {
    let folder = repository::path(PLAYGROUND);
    node::install(log, &folder)?;
    log.run(inside(&folder, machine::npm()?).args(["run", "build"])).map(drop)
}

fn serve(options: &Options) -> ExitCode {
    let served = machine::node().map_err(|failure| failure.to_string()).and_then(|node| {
        let mut command = inside_root(node);
        command.arg(repository::path(PLAYGROUND).join("demo/dist/main.js"));
        for (name, port) in [("--port", options.port), ("--page-port", options.page_port)] {
            command.args(port.map(|port| format!("{name}={port}")));
        }
        if !options.no_open {
            command.arg("--open");
        }
        become_it(&mut command).map_err(|error| error.to_string())
    });
    match served {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("the server did not start: {why}");
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
