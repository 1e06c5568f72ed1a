//! Runs other programs: their output is kept, shown while it comes, and told when they fail.

use std::{
    ffi::OsStr,
    fmt,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use crate::{repository, tally::Tally};

/// Why a step did not pass: it found fault, or the machine lacks what it needs.
///
/// The sentence says what to install, or which program to look at; the log says the rest.
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

/// What the programs of one step have said so far.
#[derive(Clone, Default)]
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    verbose: bool,
}

impl Log {
    pub(crate) fn new(verbose: bool) -> Log {
        Log { lines: Arc::default(), verbose }
    }

    /// Keeps one line, and shows it at once where everything is shown.
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

    /// The newest line, for those who wait.
    pub(crate) fn newest(&self) -> String {
        self.lock().last().cloned().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a suite and counts its tests with `count`; a suite that ran none has failed.
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

    /// Runs `command` to its end and returns what it said.
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

    fn follow(&self, mut child: Child, shown: &str) -> Result<ExitStatus, Failure> {
        let readers =
            [child.stdout.take().map(|out| self.reader(out)), child.stderr.take().map(|err| self.reader(err))];
        for reader in readers.into_iter().flatten() {
            // A reader only ends early when its pipe breaks; the exit status tells why.
            let _ = reader.join();
        }
        child.wait().map_err(|error| Failure(format!("`{shown}`: {error}")))
    }

    fn reader(&self, pipe: impl Read + Send + 'static) -> thread::JoinHandle<()> {
        let log = self.clone();
        thread::spawn(move || {
            let mut reader = BufReader::new(pipe);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                log.say(String::from_utf8_lossy(&line).trim_end());
                line.clear();
            }
        })
    }
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
