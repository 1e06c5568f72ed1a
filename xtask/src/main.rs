//! `cargo xtask`: everything that is done with this repository, one command each.

mod command;
mod console;
mod repository;
mod tally;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::console::Console;

/// Builds, tests, measures and packs pocket-kms.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
#[command(after_help = "New here? `cargo xtask test` checks everything.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Show the output of every step, not only of those that fail.
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Task {
    Test(test::Options),
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut console = Console::new(arguments.verbose);
    match arguments.task {
        Task::Test(options) => test::run(&mut console, &options),
        Task::Tidy(options) => tidy::run(&options),
    }
}
