//! Case files as data.

use pocket_kms::{Value, wire};

/// One case.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) shows: Vec<String>,
    pub(crate) steps: Vec<Step>,
}

/// One step of a case.
pub(crate) enum Step {
    Advance { span: String, changes: Option<Vec<String>> },
    Set { settings: Value, changes: Option<Vec<String>> },
    Directory { entries: Value, refused: Option<Value>, changes: Option<Vec<String>> },
    Stores { setup: Value, refused: Option<Value>, changes: Option<Vec<String>> },
    Act(Box<Act>),
    Audit { question: Value, refused: Option<Value>, answer: Value, label: Option<String> },
    Enclave { spec: Value, label: String },
    Outside(Box<Outside>),
    Call(Box<Call>),
}

/// What an owner does with something that key stores stand on, and what must become of it.
pub(crate) struct Act {
    /// The kind of thing, as the step names it.
    pub(crate) kind: &'static str,
    pub(crate) name: Value,
    pub(crate) action: Value,
    pub(crate) refused: Option<Value>,
    pub(crate) reply: Value,
    pub(crate) label: Option<String>,
    pub(crate) changes: Option<Vec<String>>,
}

/// What is done outside of KMS, and what must come of it.
pub(crate) struct Outside {
    pub(crate) act: String,
    pub(crate) input: Value,
    pub(crate) refused: Option<Value>,
    pub(crate) reply: Value,
    pub(crate) label: Option<String>,
}

/// The kinds of things with which their owners do something.
const KINDS: [&str; 2] = ["cluster", "proxy"];

/// A call and what must come of it.
pub(crate) struct Call {
    pub(crate) operation: String,
    pub(crate) input: Value,
    pub(crate) region: Option<Value>,
    pub(crate) caller: Option<Value>,
    pub(crate) origin: Option<Value>,
    pub(crate) times: i64,
    pub(crate) note: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) outcome: Outcome,
    pub(crate) decisions: Option<Value>,
    pub(crate) changes: Option<Vec<String>>,
}

/// What a call must come to.
pub(crate) enum Outcome {
    Reply(Value),
    Exception { name: String, message: Value },
}

impl Case {
    /// Reads a file.
    pub(crate) fn read_all(text: &[u8], file: &str) -> Vec<Self> {
        let cases = wire::from_json(text).unwrap_or_else(|error| panic!("{file}.json: {error}"));
        elements(cases).into_iter().map(|case| Self::read(Members::new(case, file))).collect()
    }

    pub(crate) fn read(mut members: Members) -> Self {
        let name = members.text("name").expect("a case has a name");
        members.place = format!("{}: {name}", members.place);
        let shows = members.take("shows").map(texts).unwrap_or_default();
        let steps = elements(members.take("steps").expect("a case has steps"));
        let place = members.place.clone();
        members.end();
        Self { name, shows, steps: steps.into_iter().map(|step| Step::read(Members::new(step, &place))).collect() }
    }
}

impl Step {
    fn read(mut members: Members) -> Self {
        let note = members.text("note");
        let changes = members.take("changes").map(texts);
        if let Some(span) = members.text("advance") {
            members.end();
            return Self::Advance { span, changes };
        }
        if let Some(settings) = members.take("set") {
            members.end();
            return Self::Set { settings, changes };
        }
        if let Some(entries) = members.take("directory") {
            let refused = members.take("refused");
            members.end();
            return Self::Directory { entries, refused, changes };
        }
        if let Some(setup) = members.take("stores") {
            let refused = members.take("refused");
            members.end();
            return Self::Stores { setup, refused, changes };
        }
        if let Some((kind, name)) = KINDS.iter().find_map(|kind| Some((*kind, members.take(kind)?))) {
            let action = members.take("action").unwrap_or_else(|| panic!("{}: an owner acts", members.place));
            let (refused, label) = (members.take("refused"), members.text("as"));
            let reply = members.take("reply").unwrap_or_else(empty);
            members.end();
            return Self::Act(Box::new(Act { kind, name, action, refused, reply, label, changes }));
        }
        if let Some(question) = members.take("audit") {
            let (refused, label) = (members.take("refused"), members.text("as"));
            let answer = members.take("reply").unwrap_or_else(empty);
            members.end();
            return Self::Audit { question, refused, answer, label };
        }
        if let Some(spec) = members.take("enclave") {
            let label = members.text("as").expect("an enclave has a name");
            members.end();
            return Self::Enclave { spec, label };
        }
        if let Some(act) = members.text("outside") {
            let input = members.take("input").unwrap_or_else(empty);
            let (refused, label) = (members.take("refused"), members.text("as"));
            let reply = members.take("reply").unwrap_or_else(empty);
            members.end();
            return Self::Outside(Box::new(Outside { act, input, refused, reply, label }));
        }
        Self::Call(Box::new(Call::read(members, note, changes)))
    }
}

impl Call {
    fn read(mut members: Members, note: Option<String>, changes: Option<Vec<String>>) -> Self {
        let operation = members.text("call").unwrap_or_else(|| {
            panic!("{}: a step calls, advances, sets, registers, acts, asks, starts or does", members.place)
        });
        let outcome = members.outcome();
        let call = Self {
            operation,
            input: members.take("input").unwrap_or_else(empty),
            region: members.take("region"),
            caller: members.take("caller"),
            origin: members.take("origin"),
            times: members.take("times").map_or(1, |times| number(&times)),
            note,
            label: members.text("as"),
            // A refused call changes nothing.
            changes: changes.or_else(|| matches!(outcome, Outcome::Exception { .. }).then(Vec::new)),
            decisions: members.take("decisions"),
            outcome,
        };
        members.end();
        call
    }
}

/// The members of an object that have not been read yet.
pub(crate) struct Members {
    place: String,
    left: wire::Members,
}

impl Members {
    pub(crate) fn new(value: Value, place: &str) -> Self {
        let Value::Map(left) = value else { panic!("{place}: {value:?} is not an object") };
        Self { place: place.to_owned(), left }
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.left.iter().position(|(key, _)| key == name)?;
        Some(self.left.remove(at).1)
    }

    /// Gives it a member.
    pub(crate) fn put(&mut self, name: &'static str, value: Value) {
        self.left.push((name.into(), value));
    }

    /// The object that is left.
    pub(crate) fn left(self) -> Value {
        Value::Map(self.left)
    }

    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name).map(text)
    }

    /// The exception and its message.
    fn refusal(&mut self) -> Option<(String, Value)> {
        match (self.text("exception"), self.take("message")) {
            (Some(name), Some(message)) => Some((name, message)),
            (None, None) => None,
            _ => panic!("{}: exception and message stand together", self.place),
        }
    }

    fn outcome(&mut self) -> Outcome {
        match (self.refusal(), self.take("reply")) {
            (Some((name, message)), None) => Outcome::Exception { name, message },
            (None, reply) => Outcome::Reply(reply.unwrap_or_else(empty)),
            (Some(_), Some(_)) => panic!("{}: who is refused has no reply", self.place),
        }
    }

    fn end(self) {
        assert!(self.left.is_empty(), "{}: nothing is called {:?}", self.place, self.left);
    }
}

fn empty() -> Value {
    Value::Map(Vec::new())
}

pub(crate) fn elements(value: Value) -> Vec<Value> {
    match value {
        Value::List(values) => values,
        other => panic!("{other:?} is not a list"),
    }
}

pub(crate) fn texts(value: Value) -> Vec<String> {
    elements(value).into_iter().map(text).collect()
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        other => panic!("{other:?} is not text"),
    }
}

pub(crate) fn number(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        other => panic!("{other:?} is not a number"),
    }
}
