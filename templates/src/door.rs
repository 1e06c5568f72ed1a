//! Everything that is here, with a value in and a value out.

use std::fmt;

use pocket_kms::Value;

use crate::{
    check,
    export::{self, Format},
    lint,
    options::Options,
    plan::{self, File},
    problem::Problem,
};

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is nothing of that name.
    NoSuchName(String),
    /// The input is not what is asked for.
    Input(String),
    /// A file has a problem.
    File(Problem),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::File(problem)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchName(name) => write!(f, "there is nothing here that is called {name:.100}"),
            Self::Input(sentence) => f.write_str(sentence),
            Self::File(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// The failure as a value: `message`, and of a problem of a file `file`, `line`, `column`, `path` and `sentence`.
    pub fn to_value(&self) -> Value {
        match self {
            Self::File(problem) => problem.to_value(),
            other => Value::from([("message", Value::from(other.to_string()))]),
        }
    }
}

/// Does what has this name.
///
/// | name | input | output |
/// | --- | --- | --- |
/// | `lint` | `document` (a policy, or its text), `kind` (`key`, `identity`, `session`, `serviceControl`, `resourceControl`, `endpoint`, `trust`), `account` | findings: `code`, `severity`, `line`, `column`, `path`, `sentence`, `reason`, `mend` |
/// | `read` | `files` (a list of `name` and `text`), `options` | the plan: `recipe`, `leftOut`, `assumed` |
/// | `export` | `inventory`, `format` (`cloudformation`, `terraform` or `cli`) | `files`, `leftOut` |
/// | `questions` | `name`, `text`, `inventory`, `names`, `account`, `region` | `questions`, `state`: see [`check::questions`] |
/// | `report` | `state`, `answers` | `passed`, `results`, `text`: see [`check::report`] |
///
/// # Errors
/// [`Failure`], which is a value, too: [`Failure::to_value`].
pub fn call(name: &str, input: &Value) -> Result<Value, Failure> {
    match name {
        "lint" => lint::lint_value(input).map_err(Failure::Input),
        "read" => read(input),
        "export" => export(input),
        "questions" => check::questions(input),
        "report" => check::report(input),
        name => Err(Failure::NoSuchName(name.to_owned())),
    }
}

fn read(input: &Value) -> Result<Value, Failure> {
    let Some(Value::List(files)) = input.member("files") else {
        return Err(Failure::Input("files is a list of structures with a name and a text".to_owned()));
    };
    let file = |file: &'_ Value| {
        let text = |member: &str| file.member(member).and_then(Value::as_text).map(str::to_owned);
        Some((text("name")?, text("text")?))
    };
    let named: Option<Vec<(String, String)>> = files.iter().map(file).collect();
    let named = named.ok_or_else(|| Failure::Input("every file has a name and a text".to_owned()))?;
    let files: Vec<File<'_>> = named.iter().map(|(name, text)| File { name, text }).collect();
    let options = Options::from_value(input.member("options").unwrap_or(&Value::Null))?;
    Ok(plan::read(&files, &options)?.to_value())
}

fn export(input: &Value) -> Result<Value, Failure> {
    let format = input.member("format").and_then(Value::as_text).and_then(Format::parse);
    let format = format.ok_or_else(|| Failure::Input("format is cloudformation, terraform or cli".to_owned()))?;
    let export = export::export(input.member("inventory").unwrap_or(&Value::Null), format);
    export.map(|export| export.to_value()).map_err(Failure::Input)
}
