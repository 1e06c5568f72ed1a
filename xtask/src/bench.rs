//! `cargo xtask bench`: measures pocket-kms beside other libraries in one run, and prints one table.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde::Deserialize;

use crate::{
    command::{Failure, Log, cargo, inside_root},
    console::{Console, Outcome},
    demo, machine, node, python, repository, table,
    tally::Tally,
    wasm,
};

/// Measure ours beside theirs and print one table
#[derive(Args)]
pub(crate) struct Options {
    /// Also write the table to BENCH.md. With `--only`, rows that were not measured now stay as they are.
    #[arg(long)]
    write: bool,
    /// Fail where a measure is over its limit.
    #[arg(long)]
    check: bool,
    /// Run only these programs: native, python, node, page.
    #[arg(long, value_name = "PROGRAM")]
    only: Vec<String>,
}

/// One line of JSON that a measuring program prints.
///
/// With `theirs`, the ratio `ours / theirs` must be at most `at_most`; without it, `ours` itself must.
#[derive(Debug, Deserialize)]
struct Measure {
    what: String,
    ours: f64,
    unit: String,
    /// The measure beside it, in the same run.
    #[serde(default)]
    beside: String,
    theirs: Option<f64>,
    at_most: Option<f64>,
}

impl Measure {
    fn compared(&self) -> f64 {
        self.theirs.map_or(self.ours, |theirs| self.ours / theirs)
    }

    fn is_over(&self) -> bool {
        self.at_most.is_some_and(|limit| self.compared() > limit)
    }

    fn cells(&self) -> Vec<String> {
        let value = |value: f64| format!("{} {}", short(value), self.unit);
        let compared = |value: f64| match self.theirs {
            Some(_) => format!("{} x", short(value)),
            None => format!("{} {}", short(value), self.unit),
        };
        let verdict = match self.at_most {
            None => "",
            Some(_) if self.is_over() => "over",
            Some(_) => "ok",
        };
        vec![
            self.what.clone(),
            value(self.ours),
            self.beside.clone(),
            self.theirs.map_or_else(String::new, value),
            self.theirs.map_or_else(String::new, |_| compared(self.compared())),
            self.at_most.map_or_else(String::new, compared),
            verdict.to_owned(),
        ]
    }
}

/// The program with which a script measures a binding beside the core's own decision.
const DECIDE: &str = "target/release/examples/decide";

/// Where the measures are written.
const PAPER: &str = "BENCH.md";

const HEAD: [&str; 7] = ["what", "ours", "beside", "theirs", "ratio", "at most", ""];

/// Programs that measure: their names, and how each is run.
type Program = (&'static str, fn(&Log) -> Result<String, Failure>);
const PROGRAMS: [Program; 4] = [("native", native), ("python", by_python), ("node", by_node), ("page", of_page)];

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    let mut measures = Vec::new();
    for (name, program) in PROGRAMS {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            console.step(name, |log| collect(&program(log)?, &mut measures));
        }
    }
    let rows: Vec<_> = measures.iter().map(Measure::cells).collect();
    println!("\n{}", table::markdown(&HEAD, &rows));
    if options.write {
        console.step(PAPER, |_| write(&if options.only.is_empty() { rows } else { renewed(written()?, rows) }));
    }
    if options.check && measures.iter().any(Measure::is_over) {
        return ExitCode::FAILURE;
    }
    console.exit_code()
}

/// Reads the lines that are measures; a program that prints none has failed.
fn collect(output: &str, measures: &mut Vec<Measure>) -> Outcome {
    let before = measures.len();
    // A structure on a line of its own: its members stand in any order.
    for line in output.lines().filter(|line| line.starts_with('{') && line.contains("\"what\"")) {
        measures.push(serde_json::from_str(line).map_err(|error| Failure(format!("{error}: {line}")))?);
    }
    if measures.len() == before {
        return Err(Failure("the program printed no measure".to_owned()));
    }
    Ok(Tally::ONE)
}

fn native(log: &Log) -> Result<String, Failure> {
    machine::c_compiler()?;
    log.run(&mut cargo(&["bench", "--locked", "--package", "pocket-kms-tests", "--package", "pocket-kms-aws-sdk"]))
}

fn by_python(log: &Log) -> Result<String, Failure> {
    python::wheel(log)?;
    let python = python::with_wheel(log)?;
    log.run(&mut cargo(&["build", "--locked", "--release", "--package", "pocket-kms-tests", "--example", "decide"]))?;
    every(log, "python/bench", ".py", &python, &[("POCKET_KMS_DECIDE", repository::path(DECIDE))])
}

fn by_node(log: &Log) -> Result<String, Failure> {
    wasm::build(log)?;
    node::install(log, &repository::path("wasm"))?;
    every(log, "wasm/bench", ".mjs", &machine::node()?, &[("CHROMIUM", machine::chromium(log)?)])
}

/// The playground, as a browser gets it.
fn of_page(log: &Log) -> Result<String, Failure> {
    wasm::build(log)?;
    demo::build(log)?;
    every(log, "web-demo/bench", ".mjs", &machine::node()?, &[("CHROMIUM", machine::chromium(log)?)])
}

/// Runs every script of a folder, one after the other; each finds `named` in its environment.
fn every(log: &Log, folder: &str, ending: &str, program: &Path, named: &[(&str, PathBuf)]) -> Result<String, Failure> {
    let mut output = String::new();
    for script in repository::files(&repository::path(folder), &[ending]) {
        let mut command = inside_root(program);
        command.arg(script).envs(named.iter().map(|(name, path)| (name, path)));
        output += &log.run(&mut command)?;
        output.push('\n');
    }
    Ok(output)
}

/// The rows that BENCH.md has.
fn written() -> Result<Vec<Vec<String>>, Failure> {
    let paper = fs::read_to_string(repository::path(PAPER)).map_err(|error| Failure(format!("{PAPER}: {error}")))?;
    Ok(table::rows(&paper))
}

/// `rows` in which each measure that was taken again has its new row, and each new one stands at the end.
fn renewed(mut rows: Vec<Vec<String>>, measured: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for new in measured {
        match rows.iter_mut().find(|row| row.first() == new.first()) {
            Some(row) => *row = new,
            None => rows.push(new),
        }
    }
    rows
}

fn write(rows: &[Vec<String>]) -> Outcome {
    let mut paper = String::from("# Measured\n\n");
    paper += "Written by `cargo xtask bench --write`. Ours and theirs ran side by side in one run on one machine:\n";
    paper += "read the ratios, not the times. Where the core itself is measured, worlds keep no records of calls: what those\n";
    paper += "cost, rows of their own tell.\n\n";
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    // Writing to a `String` cannot fail.
    let _ = writeln!(paper, "Machine: {}, {cores} cores.\n", std::env::consts::ARCH);
    paper += &table::markdown(&HEAD, rows);
    fs::write(repository::path(PAPER), paper).map_err(|error| Failure(format!("{PAPER}: {error}")))?;
    Ok(Tally::ONE)
}

/// Three significant digits, or all digits before the point.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{collect, renewed, short};

    #[test]
    fn a_ratio_is_judged_beside_what_it_was_measured_with() {
        let mut measures = Vec::new();
        let line =
            r#"{"what":"boto3 Encrypt","ours":500,"unit":"µs","beside":"canned stub","theirs":400,"at_most":1.2}"#;
        collect(&format!("noise\n{line}\n"), &mut measures).expect("the line is a measure");
        let cells = measures[0].cells();
        assert_eq!(cells[1..], ["500 µs", "canned stub", "400 µs", "1.25 x", "1.20 x", "over"]);
    }

    #[test]
    fn a_measure_beside_nothing_is_judged_by_itself() {
        let mut measures = Vec::new();
        let line = r#"{"what":"fork()","ours":3.5,"unit":"µs","at_most":20}"#;
        collect(line, &mut measures).expect("the line is a measure");
        assert_eq!(measures[0].cells()[1..], ["3.50 µs", "", "", "", "20.0 µs", "ok"]);
    }

    #[test]
    fn the_members_of_a_measure_stand_in_any_order() {
        let mut measures = Vec::new();
        let line = r#"{"at_most":0.3,"ours":0.2,"unit":"s","what":"ten years"}"#;
        collect(line, &mut measures).expect("the line is a measure");
        assert_eq!(measures[0].cells()[..2], ["ten years", "0.200 s"]);
    }

    #[test]
    fn a_program_that_measures_nothing_has_failed() {
        assert!(collect("all fine\n", &mut Vec::new()).is_err());
    }

    #[test]
    fn who_measures_a_part_again_keeps_the_rest_of_the_table() {
        let rows = |cells: &[[&str; 2]]| cells.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        let written: Vec<Vec<String>> = rows(&[["Encrypt", "3 µs"], ["Decrypt", "4 µs"]]);
        let measured = rows(&[["Sign", "9 µs"], ["Encrypt", "2 µs"]]);
        let all: Vec<Vec<String>> = rows(&[["Encrypt", "2 µs"], ["Decrypt", "4 µs"], ["Sign", "9 µs"]]);
        assert_eq!(renewed(written, measured), all);
    }

    #[test]
    fn three_digits_count() {
        assert_eq!([0.012_34, 1.234, 12.34, 1234.0].map(short), ["0.012", "1.23", "12.3", "1234"]);
    }
}
