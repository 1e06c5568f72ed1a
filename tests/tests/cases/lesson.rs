//! The lessons of the playground as data: cases with texts.

use std::{fs, path::PathBuf};

use pocket_kms::{Value, wire};

use crate::story::{Case, Members, elements, number, texts};

/// One lesson.
pub(crate) struct Lesson {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) teaches: Vec<String>,
    pub(crate) minutes: i64,
    pub(crate) case: Case,
    pub(crate) told: Vec<Told>,
}

/// What a lesson says about one of its steps.
pub(crate) struct Told {
    /// Before the step.
    pub(crate) text: String,
    /// After it.
    pub(crate) after: String,
    /// Where in the playground its result is seen.
    pub(crate) page: String,
    /// The step itself, as JSON.
    pub(crate) step: String,
}

/// Every lesson, in the order of the index.
pub(crate) fn lessons() -> Vec<Lesson> {
    ids().into_iter().map(|id| Lesson::read(&id)).collect()
}

/// The lessons that the index names.
pub(crate) fn ids() -> Vec<String> {
    texts(json("index"))
}

/// Where the lessons are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../web-demo/src/scenarios")
}

fn json(name: &str) -> Value {
    let text = fs::read(folder().join(format!("{name}.json"))).unwrap_or_else(|error| panic!("{name}.json: {error}"));
    wire::from_json(&text).unwrap_or_else(|error| panic!("{name}.json: {error}"))
}

impl Lesson {
    fn read(id: &str) -> Self {
        let mut members = Members::new(json(id), id);
        let need = |text: Option<String>, name: &str| text.unwrap_or_else(|| panic!("{id} has no {name}"));
        let (title, summary) = (need(members.text("title"), "title"), need(members.text("summary"), "summary"));
        let teaches = texts(members.take("teaches").unwrap_or_else(|| panic!("{id} teaches something")));
        let minutes = number(&members.take("minutes").unwrap_or_else(|| panic!("{id} takes minutes")));
        let steps = elements(members.take("steps").unwrap_or_else(|| panic!("{id} has steps")));
        let (told, steps) = steps.into_iter().map(|step| Told::read(step, id)).unzip();
        members.put("steps", Value::List(steps));
        Self { id: id.to_owned(), title, summary, teaches, minutes, case: Case::read(members), told }
    }

    /// Every text that belongs to no step.
    pub(crate) fn cover(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.summary].into_iter().chain(&self.teaches).map(String::as_str)
    }
}

impl Told {
    /// Takes the texts off a step; gives the step that is left, too.
    fn read(step: Value, id: &str) -> (Self, Value) {
        let mut members = Members::new(step, id);
        let mut take = |name| members.text(name).unwrap_or_else(|| panic!("{id}: a step has no {name}"));
        let (text, after, page) = (take("text"), take("after"), take("page"));
        let step = members.left();
        let shown = String::from_utf8_lossy(&wire::to_json(&step)).into_owned();
        (Self { text, after, page, step: shown }, step)
    }
}
