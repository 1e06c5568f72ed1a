//! `cargo xtask`: the commands of this repository.

mod bench;
mod command;
mod console;
mod demo;
mod dist;
mod machine;
mod node;
mod packages;
mod packaging;
mod playground;
mod python;
mod readers;
mod reference;
mod repository;
mod table;
mod tally;
mod test;
mod third_party;
mod tidy;
mod types;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::console::Console;

/// Builds, tests, measures and packs pocket-kms.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
#[command(after_help = "New here? `cargo xtask demo` shows it, `cargo xtask test` checks it.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Show the output of every step, not only of those that fail.
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Task {
    Demo(demo::Options),
    Test(test::Options),
    Bench(bench::Options),
    Dist(dist::Options),
    Types(types::Options),
    Reference(reference::Options),
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut console = Console::new(arguments.verbose);
    match arguments.task {
        Task::Demo(options) => demo::run(&mut console, &options),
        Task::Test(options) => test::run(&mut console, &options),
        Task::Bench(options) => bench::run(&mut console, &options),
        Task::Dist(options) => dist::run(&mut console, &options),
        Task::Types(options) => types::run(&mut console, &options),
        Task::Reference(options) => reference::run(&mut console, &options),
        Task::Tidy(options) => tidy::run(&options),
    }
}
