//! `cargo xtask test`: every check of this repository, in an order in which later steps use earlier builds.

use std::process::ExitCode;

use clap::Args;

use crate::{
    command::{Failure, Log, cargo},
    console::{Console, Outcome},
    demo, machine, node, packaging, playground, python, readers, repository,
    tally::Tally,
    tidy, wasm,
};

/// Run every check and every test, as CI does
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this step and those that it needs; may be given several times.
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Run the step `slow` as well, which takes minutes.
    #[arg(long)]
    slow: bool,
    /// Name the steps and say what they do.
    #[arg(long)]
    list: bool,
}

/// The step that runs only when somebody asks for it.
const SLOW: &str = "slow";

/// One check, or one suite.
struct Step {
    name: &'static str,
    what: &'static str,
    /// Steps whose result this one uses.
    needs: &'static [&'static str],
    run: fn(&Log) -> Outcome,
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        what: "every Rust file is formatted",
        needs: &[],
        run: |log| check(log, &["fmt", "--all", "--check"]),
    },
    Step { name: "tidy", what: "the rules of the house: ranks, sizes, names, licences", needs: &[], run: rules },
    Step {
        name: "clippy",
        what: "clippy has no complaint",
        needs: &[],
        run: |log| {
            machine::c_compiler()?;
            let all = ["clippy", "--workspace", "--all-targets", "--locked"];
            check(log, &[&all[..], &["--", "-D", "warnings"]].concat())
        },
    },
    Step { name: "docs", what: "the documentation builds without a warning", needs: &[], run: documentation },
    Step {
        name: "rust",
        what: "unit tests, model comparison, cases, vectors, properties and laws in Rust",
        needs: &[],
        run: rust,
    },
    Step { name: "readers", what: "public readers of CloudTrail files read ours", needs: &[], run: readers::suite },
    Step {
        name: "wasm",
        what: "the two WebAssembly modules and their bindings are built",
        needs: &[],
        run: |log| wasm::build(log).map(|()| Tally::ONE),
    },
    Step {
        name: "node",
        what: "the npm package and the cases in Node and in headless Chromium",
        needs: &["wasm"],
        run: |log| node::suite(log, "wasm"),
    },
    Step {
        name: "page",
        what: "the playground is built, and packed as it is published",
        needs: &["wasm"],
        run: |log| demo::build(log).and_then(|()| playground::published(log)).map(|_| Tally::ONE),
    },
    Step {
        name: "playground",
        what: "the playground is used in headless Chromium",
        needs: &["page"],
        run: |log| node::suite(log, demo::PLAYGROUND),
    },
    Step {
        name: "npm",
        what: "the npm tarball, installed into an empty folder and used there",
        needs: &["page"],
        run: packaging::tarball,
    },
    Step {
        name: "wheel",
        what: "the Python wheel is built",
        needs: &[],
        run: |log| python::wheel(log).map(|_| Tally::ONE),
    },
    Step { name: "python", what: "the Python package and the cases in Python", needs: &["wheel"], run: python::suite },
    Step {
        name: "pip",
        what: "the wheel, installed into empty environments and used there, also beside aiobotocore and an old boto3",
        needs: &["wheel"],
        run: packaging::wheel,
    },
    Step {
        name: SLOW,
        what: "with --slow: a million acts on keys over time, a million requests to policies, and 100,000 worlds that are asked who can do what, against models",
        needs: &[],
        run: million,
    },
];

/// Only the step that uses the generator of the bindings builds it: it is large and has no tests.
const RUST_TESTS: [&str; 5] = ["test", "--workspace", "--locked", "--exclude", "xtask-bindgen"];

/// The tests of which the step `rust` runs a small share.
const RANDOM: [&str; 9] = [
    "test",
    "--release",
    "--locked",
    "--package",
    "pocket-kms-tests",
    "--test",
    "lifecycle",
    "--test",
    "authorization",
];

pub(crate) fn run(console: &mut Console, options: &Options) -> ExitCode {
    if options.list {
        for step in STEPS {
            println!("  {:<12} {}", step.name, step.what);
        }
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = options.only.iter().find(|name| !is_step(name)) {
        eprintln!("no step is called `{unknown}`; `cargo xtask test --list` names them");
        return ExitCode::FAILURE;
    }
    let wanted = wanted(&options.only, options.slow);
    let mut passed = Vec::new();
    for step in STEPS.iter().filter(|step| wanted.contains(&step.name)) {
        if let Some(needed) = step.needs.iter().find(|needed| !passed.contains(*needed)) {
            console.skip(step.name, needed);
        } else if console.step(step.name, step.run) {
            passed.push(step.name);
        }
    }
    console.summary()
}

fn is_step(name: &str) -> bool {
    STEPS.iter().any(|step| step.name == name)
}

/// The named steps and those that they need; all steps but the slow one if none is named.
fn wanted(only: &[String], slow: bool) -> Vec<&'static str> {
    let mut wanted: Vec<&str> = Vec::new();
    for step in STEPS.iter().rev() {
        let asked = if step.name == SLOW { slow } else { only.is_empty() } || only.iter().any(|name| name == step.name);
        if asked || wanted.contains(&step.name) {
            wanted.push(step.name);
            wanted.extend(step.needs);
        }
    }
    wanted
}

fn check(log: &Log, arguments: &[&str]) -> Outcome {
    log.run(&mut cargo(arguments)).map(|_| Tally::ONE)
}

fn rules(log: &Log) -> Outcome {
    let faults = tidy::faults();
    for fault in &faults {
        log.say(fault);
    }
    match faults.len() {
        0 => Ok(Tally::ONE),
        count => Err(Failure(format!("{count} faults"))),
    }
}

/// The newest botocore carries the API model that our tables are compared with.
fn rust(log: &Log) -> Outcome {
    machine::c_compiler()?;
    python::tools(log)?;
    let mut command = cargo(&RUST_TESTS);
    log.suite(command.env("POCKET_KMS_MODEL", repository::path(python::TOOLS)), Tally::of_cargo)
}

fn million(log: &Log) -> Outcome {
    machine::c_compiler()?;
    let mut command = cargo(&RANDOM);
    command.env("LIFECYCLE_ACTS", "1000000").env("AUTHORIZATION_PAIRS", "1000000").env("QUESTION_WORLDS", "100000");
    log.patient().suite(&mut command, Tally::of_cargo)
}

fn documentation(log: &Log) -> Outcome {
    machine::c_compiler()?;
    let mut command = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    log.run(command.env("RUSTDOCFLAGS", "-D warnings")).map(|_| Tally::ONE)
}

#[cfg(test)]
mod tests {
    use super::{RUST_TESTS, STEPS, wanted};

    #[test]
    fn every_step_needs_only_steps_before_it() {
        for (at, step) in STEPS.iter().enumerate() {
            let before: Vec<_> = STEPS[..at].iter().map(|step| step.name).collect();
            let unmet = step.needs.iter().find(|needed| !before.contains(needed));
            assert_eq!(unmet, None, "{} comes before what it needs", step.name);
        }
    }

    #[test]
    fn printed_files_that_are_stale_fail_the_rust_step() {
        // The test that compares them is in `xtask/types`.
        let [.., "--exclude", excluded] = RUST_TESTS else { panic!("{RUST_TESTS:?} excludes something else") };
        assert_eq!((excluded, RUST_TESTS[1]), ("xtask-bindgen", "--workspace"));
        let members = crate::repository::path("Cargo.toml");
        let members = std::fs::read_to_string(members).expect("the workspace");
        assert!(members.contains("\"xtask/types\""), "xtask/types is not a member of the workspace");
    }

    #[test]
    fn all_steps_but_the_slow_one_run_where_none_is_asked_for() {
        let all = STEPS.iter().map(|step| 1 + step.needs.len()).sum::<usize>();
        assert_eq!((wanted(&[], false).len(), wanted(&[], true).len()), (all - 1, all));
        assert_eq!(wanted(&["docs".to_owned()], false), ["docs"]);
        assert_eq!(wanted(&["slow".to_owned()], false), ["slow"]);
    }
}
