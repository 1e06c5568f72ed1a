//! Shows the person at the terminal each step, how long it took and how it ended.

use std::{
    fs,
    io::{IsTerminal, Write, stdout},
    process::ExitCode,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use crate::{
    command::{Failure, Log},
    repository,
    tally::Tally,
};

/// The result of a step.
pub(crate) type Outcome = Result<Tally, Failure>;

/// How many lines of a failed step are printed; a file keeps the whole log.
const LINES_SHOWN: usize = 200;
/// How many lines are printed of a test that failed further up in the log.
const LINES_OF_A_FAILURE: usize = 8;

/// Runs steps one after the other, and remembers how each ended.
pub(crate) struct Console {
    verbose: bool,
    sum: Tally,
    failed: Vec<String>,
    started: Instant,
}

impl Console {
    pub(crate) fn new(verbose: bool) -> Console {
        Console { verbose, sum: Tally::default(), failed: Vec::new(), started: Instant::now() }
    }

    /// Runs one step and shows it; returns whether it passed.
    pub(crate) fn step(&mut self, name: &str, action: impl FnOnce(&Log) -> Outcome) -> bool {
        let log = Log::new(self.verbose);
        let started = Instant::now();
        self.announce(name);
        let outcome = if self.verbose { action(&log) } else { watched(name, &log, || action(&log)) };
        self.conclude(name, &log, outcome, started.elapsed())
    }

    /// Records a step that cannot run because `needed` did not pass.
    pub(crate) fn skip(&mut self, name: &str, needed: &str) {
        println!("  {name:<12} skipped, because it needs {needed}");
        self.sum.skipped += 1;
    }

    /// The closing lines: which steps failed, how long everything took, and the sum of all checks.
    pub(crate) fn summary(&self) -> ExitCode {
        println!();
        for name in &self.failed {
            println!("failed: {name} (run it alone with `cargo xtask test --only {name}`)");
        }
        let Tally { passed, failed, skipped } = self.sum;
        println!("took {}", shown(self.started.elapsed()));
        print!("{passed} passed, {failed} failed");
        if skipped > 0 {
            print!(", {skipped} skipped");
        }
        println!();
        self.exit_code()
    }

    /// Success if no step failed.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn announce(&self, name: &str) {
        print!("  {name:<12} ");
        if self.verbose {
            println!();
        }
        flush();
    }

    fn conclude(&mut self, name: &str, log: &Log, outcome: Outcome, elapsed: Duration) -> bool {
        let (tally, sentence) = match outcome {
            Ok(tally) => (tally, None),
            Err(failure) => (Tally::FAILURE, Some(failure.to_string())),
        };
        self.sum += tally;
        let word = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("{word:<6} {:>8}  {}", shown(elapsed), checks(tally));
        if tally.failed == 0 {
            return true;
        }
        self.failed.push(name.to_owned());
        self.show(name, log);
        if let Some(sentence) = sentence {
            println!("  {name}: {sentence}");
        }
        false
    }

    fn show(&self, name: &str, log: &Log) {
        let text = log.text();
        let file = repository::path("target/xtask").join(format!("{name}.log"));
        let kept = fs::create_dir_all(repository::path("target/xtask")).and_then(|()| fs::write(&file, &text));
        if self.verbose {
            return;
        }
        let lines: Vec<&str> = text.lines().collect();
        let from = lines.len().saturating_sub(LINES_SHOWN);
        for line in failures(&lines[..from]) {
            println!("    | {line}");
        }
        if from > 0 && kept.is_ok() {
            let file = repository::shown(&file);
            println!("    | {from} earlier lines are in {file}");
        }
        for line in &lines[from..] {
            println!("    | {line}");
        }
    }
}

/// The lines with which the runners tell of a test that failed, each with some that follow it.
fn failures<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let tells = |line: &str| line.starts_with("not ok ") || line.starts_with("E  ") || line.contains("panicked at ");
    let found = (0..lines.len()).filter(|&at| tells(lines[at]));
    let mut shown: Vec<usize> = found.flat_map(|at| at..lines.len().min(at + LINES_OF_A_FAILURE)).collect();
    shown.dedup_by(|later, earlier| later <= earlier);
    shown.truncate(LINES_SHOWN);
    shown.into_iter().map(|at| lines[at]).collect()
}

/// How often a log that is not a terminal says how far a step has come.
const SOMETIMES: Duration = Duration::from_secs(20);

/// Runs `action` and shows meanwhile how long it has run, and its newest line.
fn watched<T>(name: &str, log: &Log, action: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        let show = if stdout().is_terminal() { tick } else { tell };
        scope.spawn(move || show(name, log, &waiting));
        let result = action();
        drop(done);
        result
    })
}

/// On a terminal: one line that changes.
fn tick(name: &str, log: &Log, waiting: &Receiver<()>) {
    let started = Instant::now();
    while waiting.recv_timeout(Duration::from_millis(250)) == Err(RecvTimeoutError::Timeout) {
        print!("\r\x1b[2K  {name:<12} {}", progress(started, log));
        flush();
    }
    print!("\r\x1b[2K  {name:<12} ");
}

/// Anywhere else: a line now and then.
fn tell(name: &str, log: &Log, waiting: &Receiver<()>) {
    let started = Instant::now();
    let mut told = false;
    while waiting.recv_timeout(SOMETIMES) == Err(RecvTimeoutError::Timeout) {
        print!("\n  {:<12} {}", "", progress(started, log));
        told = true;
        flush();
    }
    if told {
        print!("\n  {name:<12} ");
    }
}

fn progress(started: Instant, log: &Log) -> String {
    let newest: String = log.newest().chars().take(50).collect();
    format!("{:>15}  {newest}", shown(started.elapsed()))
}

fn flush() {
    // The output of the next step notices a terminal that went away.
    let _ = stdout().flush();
}

fn checks(tally: Tally) -> String {
    match tally.passed + tally.failed {
        0 | 1 => String::new(),
        _ if tally.failed > 0 => format!("{} tests, {} failed", tally.total(), tally.failed),
        _ => format!("{} tests", tally.total()),
    }
}

fn shown(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} m {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LINES_OF_A_FAILURE, checks, failures, shown};
    use crate::tally::Tally;

    #[test]
    fn times_are_told_in_seconds_and_then_in_minutes() {
        assert_eq!(shown(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(125)), "2 m 05 s");
    }

    #[test]
    fn a_test_that_failed_early_is_shown_once_with_what_follows_it() {
        let mut log = vec!["ok 1"; 30];
        log[3] = "not ok 4 - a sentence";
        log[5] = "E   and another, at once";
        log[25] = "thread 'laws' panicked at a.rs:1";
        let shown = failures(&log);
        assert_eq!(shown.len(), LINES_OF_A_FAILURE + 2 + 5, "the first two overlap, the log ends after the third");
        assert_eq!(shown[..3], ["not ok 4 - a sentence", "ok 1", "E   and another, at once"]);
    }

    #[test]
    fn a_step_that_is_one_check_names_no_number_of_tests() {
        assert_eq!(checks(Tally::ONE), "");
        let suite = Tally { passed: 4, failed: 1, skipped: 2 };
        assert_eq!(checks(suite), "5 tests, 1 failed");
    }
}
