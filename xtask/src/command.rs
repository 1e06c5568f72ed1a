//! Runs other programs: keeps their output, shows it as it arrives, and reports it when they fail.

use std::{
    ffi::OsStr,
    fmt,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use crate::{repository, tally::Tally};

/// How long a program may print nothing: one that hangs must not take a night, and a slow machine is not a fault.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// The same for what tries a million things.
const LONG_LIMIT: Duration = Duration::from_secs(4 * 60 * 60);

/// Why a step did not pass: it found a fault, or the machine lacks what it needs.
///
/// The sentence names what to install, or which program to look at; the log has the rest.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Failure {
        Failure(sentence)
    }
}

/// The output of the programs of one step so far.
#[derive(Clone)]
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    verbose: bool,
    limit: Duration,
}

impl Log {
    pub(crate) fn new(verbose: bool) -> Log {
        Log { lines: Arc::default(), verbose, limit: LIMIT }
    }

    /// The same log, for programs that may be silent for hours.
    pub(crate) fn patient(&self) -> Log {
        Log { limit: LONG_LIMIT, ..self.clone() }
    }

    /// Keeps one line, and shows it at once if the user wants to see everything.
    pub(crate) fn say(&self, line: &str) {
        if self.verbose {
            println!("    {line}");
        }
        self.lock().push(line.to_owned());
    }

    /// All lines so far.
    pub(crate) fn text(&self) -> String {
        self.lock().join("\n")
    }

    /// The newest line that tells something, for somebody who waits.
    pub(crate) fn newest(&self) -> String {
        self.lock().iter().rev().find(|line| !is_detail(line)).cloned().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a suite and counts its tests with `count`; a suite that runs none has failed.
    pub(crate) fn suite(&self, command: &mut Command, count: fn(&str) -> Tally) -> Result<Tally, Failure> {
        let before = self.lock().len();
        let ended = self.run(command);
        let tally = count(&self.lock()[before..].join("\n"));
        match ended {
            Ok(_) if tally.total() == 0 => Err(Failure("the suite ran no test".to_owned())),
            Err(failure) if tally.failed == 0 => Err(failure),
            _ => Ok(tally),
        }
    }

    /// Runs `command` to its end and returns its output.
    pub(crate) fn run(&self, command: &mut Command) -> Result<String, Failure> {
        let shown = shown(command);
        self.say(&format!("$ {shown}"));
        let before = self.lock().len();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure(format!("{shown}: {error}")))?;
        let status = self.follow(child, &shown)?;
        if status.success() {
            return Ok(self.lock()[before..].join("\n"));
        }
        Err(Failure(format!("`{shown}` ended with {status}")))
    }

    /// Reads the output of the program until it closes, and ends the program when it is silent for too long.
    fn follow(&self, mut child: Child, shown: &str) -> Result<ExitStatus, Failure> {
        let (speaks, spoken) = channel();
        if let Some(out) = child.stdout.take() {
            self.listen(out, speaks.clone());
        }
        if let Some(err) = child.stderr.take() {
            self.listen(err, speaks.clone());
        }
        drop(speaks);
        loop {
            match spoken.recv_timeout(self.limit) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    end(&mut child);
                    let minutes = self.limit.as_secs() / 60;
                    return Err(Failure(format!("`{shown}` hung: it was stopped after {minutes} minutes of silence")));
                }
            }
        }
        child.wait().map_err(|error| Failure(format!("`{shown}`: {error}")))
    }

    /// Logs the output of a pipe. It tells `speaks` of every line, and drops it when the pipe closes.
    fn listen(&self, pipe: impl Read + Send + 'static, speaks: Sender<()>) {
        let log = self.clone();
        thread::spawn(move || {
            let mut reader = BufReader::new(pipe);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                log.say(String::from_utf8_lossy(&line).trim_end());
                line.clear();
                // Nobody follows a program that was ended.
                let _ = speaks.send(());
            }
        });
    }
}

/// Whether a line only describes the one before it, as the block that follows a result of the Test Anything Protocol does.
fn is_detail(line: &str) -> bool {
    let line = line.trim();
    ["", "---", "..."].contains(&line) || line.starts_with("duration_ms:") || line.starts_with("type:")
}

/// Ends a program and, where the machine can list them, the programs that it has started.
fn end(child: &mut Child) {
    let root = child.id();
    if cfg!(windows) {
        let _ = Command::new("taskkill").args(["/F", "/T", "/PID", &root.to_string()]).output();
    } else if let Ok(listed) = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output() {
        let family = family(root, &String::from_utf8_lossy(&listed.stdout));
        let _ = Command::new("kill").arg("-KILL").args(family.iter().map(u32::to_string)).output();
    }
    // If none of that was possible, end at least the program itself; it may be gone by now.
    let _ = child.kill();
    let _ = child.wait();
}

/// A process and its descendants, from a list of lines with process and parent.
fn family(root: u32, listed: &str) -> Vec<u32> {
    let numbers = |line: &str| -> Option<(u32, u32)> {
        let (process, parent) = line.trim().split_once(char::is_whitespace)?;
        Some((process.parse().ok()?, parent.trim().parse().ok()?))
    };
    let pairs: Vec<(u32, u32)> = listed.lines().filter_map(numbers).collect();
    let mut family = vec![root];
    let mut place = 0;
    while let Some(parent) = family.get(place).copied() {
        let children = pairs.iter().filter(|(process, of)| *of == parent && !family.contains(process));
        let children: Vec<u32> = children.map(|(process, _)| *process).collect();
        family.extend(children);
        place += 1;
    }
    family
}

/// The cargo that runs us, in the root of the repository.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = inside_root(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// A program of the machine, in the root of the repository.
pub(crate) fn inside_root(program: impl AsRef<OsStr>) -> Command {
    inside(&repository::root(), program)
}

/// A program of the machine, in a folder.
pub(crate) fn inside(folder: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{Command, Duration, Log, family};

    #[test]
    fn a_family_is_a_process_and_all_that_come_from_it() {
        let listed = " 1 0\n 10 1\n 11 10\n 12 11\n 13 1\n nonsense\n 14 10\n";
        assert_eq!(family(10, listed), [10, 11, 14, 12]);
        assert_eq!(family(99, listed), [99]);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_hangs_is_stopped_with_all_that_it_has_started() {
        let log = Log { limit: Duration::from_millis(200), ..Log::new(false) };
        let started = Instant::now();
        let ended = log.run(Command::new("sh").args(["-c", "echo here; sleep 300; echo never"]));
        let sentence = ended.expect_err("a program that hangs").to_string();
        assert!(sentence.ends_with("hung: it was stopped after 0 minutes of silence"), "{sentence}");
        assert!(started.elapsed() < Duration::from_secs(60));
        assert!(log.text().ends_with("\nhere"), "{}", log.text());
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_goes_on_speaking_may_take_longer() {
        let log = Log { limit: Duration::from_secs(5), ..Log::new(false) };
        let ended = log.run(Command::new("sh").args(["-c", "for i in 1 2 3 4 5 6; do echo $i; sleep 1; done"]));
        assert_eq!(ended.ok().as_deref(), Some("1\n2\n3\n4\n5\n6"));
    }

    #[test]
    fn the_newest_line_names_a_test_and_not_a_detail_of_it() {
        let log = Log::new(false);
        assert_eq!(log.newest(), "");
        for line in ["ok 1 - a key", "  ---", "  duration_ms: 7", "  type: 'test'", "  ...", ""] {
            log.say(line);
        }
        assert_eq!(log.newest(), "ok 1 - a key");
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_ends_in_time_says_what_it_has_to_say() {
        let log = Log::new(false);
        assert_eq!(log.run(Command::new("sh").args(["-c", "echo out; exit 0"])).ok().as_deref(), Some("out"));
        assert!(log.run(Command::new("sh").args(["-c", "exit 3"])).is_err_and(|why| why.to_string().contains('3')));
    }
}
