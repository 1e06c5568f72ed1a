//! Our authorization cases as cases of `tests/cases`, which Rust, Python, Node and browsers tell to their worlds.
//!
//! `vectors/authorization-cases.json` speaks of policies and of request contexts. A story speaks of what a user does:
//! it makes the key, registers the principals, creates the grants, and sends the request from which the core itself
//! draws the context. The stories are written into `cases/authorization.json`; a test compares.

mod conditions;
mod decisions;
mod directory;
mod documents;
mod expected;
mod requests;
mod steps;

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::cases::{list, text};

/// Who owns the key of a case.
pub(crate) const OWNER: &str = "111122223333";
/// Where every request of the cases arrives.
pub(crate) const REGION: &str = "us-west-2";

/// Cases that are told by no story, and why.
const LEFT_OUT: [(&str, &str); 2] = [
    ("OP-061", "the age of a second factor is a whole number of seconds; `conditions.rs` judges the case"),
    ("VAL-024", "which services AWS has is not known here: what is named like one is one"),
];

/// A story: its name, the case that it tells, and its steps.
struct Story {
    name: String,
    shows: String,
    steps: Vec<Value>,
}

impl Story {
    fn new(case: &Value, steps: Vec<Value>) -> Self {
        let id = text(case, "id");
        let name = format!("{id}: {}.", text(case, "title").trim_end_matches('.'));
        Self { name, shows: id.to_owned(), steps }
    }

    /// A step a line: files of thousands of lines are read by nobody.
    fn write(&self, to: &mut String) {
        let lines: Vec<String> = self.steps.iter().map(|step| format!("      {step}")).collect();
        let (name, shows, steps) = (json!(self.name), json!(self.shows), lines.join(",\n"));
        let story = [
            "  {",
            &format!("    \"name\": {name},"),
            &format!("    \"shows\": [{shows}],"),
            "    \"steps\": [",
            &steps,
            "    ]",
            "  }",
        ];
        *to += &story.join("\n");
    }
}

/// All stories, as the file has them.
fn written() -> String {
    let decisions = list("decision_cases");
    let conditions = list("condition_cases");
    let documents = list("validation_cases");
    let stories = decisions.iter().map(decisions::story);
    let stories = stories.chain(conditions.iter().map(conditions::story));
    let stories = stories.chain(documents.iter().map(documents::story));
    let stories = stories.filter(|story| !LEFT_OUT.iter().any(|(id, _)| *id == story.shows));
    let mut file = "[\n".to_owned();
    for (at, story) in stories.enumerate() {
        if at > 0 {
            file.push_str(",\n");
        }
        story.write(&mut file);
    }
    file.push_str("\n]\n");
    file
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/authorization.json")
}

#[test]
fn the_stories_are_those_of_the_cases() {
    let found = fs::read_to_string(path()).unwrap_or_default();
    let written = written();
    let differs = written.lines().zip(found.lines()).find(|(written, found)| written != found);
    let told = "run `cargo test -p pocket-kms-tests --test authorization -- --ignored`";
    assert!(written == found, "{told}: {differs:?}");
}

#[test]
#[ignore = "writes a case file"]
fn the_stories_are_written_anew() {
    fs::write(path(), written()).expect("a file that can be written");
}
