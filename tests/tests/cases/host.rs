//! Tells a case to two worlds of one seed: to one directly, to the other as HTTP requests.

use std::collections::BTreeSet;

use pocket_kms::{
    Caller, CryptoProvider, Error, Options, Region, Sender, Span, Time, Value, World,
    access::Decision,
    arguments,
    http::{Request, Response},
    wire,
};

use crate::{
    enclaves::Enclaves,
    expect::matches,
    outside,
    story::{Act, Call, Case, Outcome, Outside, Step},
    values::{Replies, START, evaluate},
};

/// The worlds of one case.
pub(crate) struct Host {
    direct: World,
    http: World,
    replies: Replies,
    enclaves: Enclaves,
    /// The number of the last change that the case has seen.
    seen: u64,
}

impl Host {
    /// Tells a case; on a difference says where and what.
    pub(crate) fn tell(case: &Case) -> Result<(), String> {
        let mut host = Self::new(case);
        for (at, step) in case.steps.iter().enumerate() {
            host.step(step).map_err(|failure| format!("step {}: {failure}", at + 1))?;
        }
        Ok(())
    }

    /// Before the first step.
    pub(crate) fn new(case: &Case) -> Self {
        let (direct, http) = (world(case), world(case));
        Self { direct, http, replies: Replies::new(), enclaves: Enclaves::default(), seen: 0 }
    }

    /// What the steps have replied so far.
    pub(crate) fn replies(&self) -> &Replies {
        &self.replies
    }

    /// Tells one step.
    pub(crate) fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Advance { span, changes } => {
                let span = Span::parse(span).ok_or("advance takes a span")?;
                self.direct.advance(span, Time::default()).expect("a time that the clock reaches");
                self.http.advance(span, Time::default()).expect("a time that the clock reaches");
                self.check_changes(changes.as_deref())
            }
            Step::Set { settings, changes } => {
                let settings = evaluate(settings, &self.replies)?;
                for world in [&self.direct, &self.http] {
                    world.set(&settings, Time::default()).map_err(|error| error.to_string())?;
                }
                self.check_changes(changes.as_deref())
            }
            Step::Directory { entries, refused, changes } => {
                let entries = evaluate(entries, &self.replies)?;
                for world in [&self.direct, &self.http] {
                    let found = world.register(&entries, Time::default());
                    self.check_registered("directory", refused.as_ref(), found.err())?;
                }
                self.check_registration(refused.as_ref(), changes.as_deref())
            }
            Step::Stores { setup, refused, changes } => {
                let setup = evaluate(setup, &self.replies)?;
                for world in [&self.direct, &self.http] {
                    let found = world.register_stores(&setup, Time::default());
                    self.check_registered("stores", refused.as_ref(), found.err())?;
                }
                self.check_registration(refused.as_ref(), changes.as_deref())
            }
            Step::Act(act) => self.act(act),
            Step::Audit { question, refused, answer, label } => {
                let question = evaluate(question, &self.replies)?;
                let told = self.direct.audit(&question, Time::default());
                let told = told.map_err(|error| error.message.as_deref().unwrap_or_default().to_owned());
                self.check_told("audit", told, refused.as_ref(), answer, label.as_ref())?;
                self.check_changes(Some(&[]))
            }
            Step::Enclave { spec, label } => {
                let spec = evaluate(spec, &self.replies)?;
                let recipient = self.enclaves.start(label, &spec, &self.direct, &self.http);
                self.replies.insert(label.clone(), recipient);
                Ok(())
            }
            Step::Outside(outside) => self.outside(outside),
            Step::Call(call) => {
                for count in 1..=call.times {
                    self.replies.insert("count".to_owned(), Value::Int(count));
                    self.call(call)?;
                }
                self.check_changes(call.changes.as_deref())
            }
        }
    }

    /// What the owner of something does with it, in both worlds.
    fn act(&mut self, act: &Act) -> Result<(), String> {
        let (name, action) = (evaluate(&act.name, &self.replies)?, evaluate(&act.action, &self.replies)?);
        let name = name.as_text().ok_or("what an owner acts on has a name")?;
        let on = |world: &World| match act.kind {
            "cluster" => world.on_cluster(name, &action, Time::default()),
            "proxy" => world.on_proxy(name, &action, Time::default()),
            kind => panic!("nobody acts on a {kind}"),
        };
        let (direct, http) = (on(&self.direct), on(&self.http));
        if format!("{direct:?}") != format!("{http:?}") {
            return Err(format!("{}: {direct:?} here, {http:?} there", act.kind));
        }
        self.check_registered(act.kind, act.refused.as_ref(), direct.as_ref().err().cloned())?;
        if let Ok(reply) = direct {
            matches(&act.reply, Some(&reply), act.kind, &self.replies)?;
            if let Some(label) = &act.label {
                self.replies.insert(label.clone(), reply);
            }
        }
        self.check_registration(act.refused.as_ref(), act.changes.as_deref())
    }

    /// What is done outside of KMS: by a library, or in an enclave.
    fn outside(&mut self, outside: &Outside) -> Result<(), String> {
        let input = evaluate(&outside.input, &self.replies)?;
        let done = match &*outside.act {
            "unwrap" => self.enclaves.unwrap(&input),
            act => outside::done(act, &input),
        };
        self.check_told(&outside.act, done, outside.refused.as_ref(), &outside.reply, outside.label.as_ref())?;
        self.check_changes(Some(&[]))
    }

    /// What was told, or why it was not, must match; a name is kept for it.
    fn check_told(
        &mut self,
        at: &str,
        told: Result<Value, String>,
        refused: Option<&Value>,
        answer: &Value,
        label: Option<&String>,
    ) -> Result<(), String> {
        match (refused, told) {
            (None, Ok(told)) => {
                matches(answer, Some(&told), at, &self.replies)?;
                self.replies.extend(label.map(|label| (label.clone(), told)));
                Ok(())
            }
            (Some(sentence), Err(found)) => matches(sentence, Some(&Value::Text(found)), at, &self.replies),
            (None, Err(found)) => Err(format!("{at}: {found}")),
            (Some(_), Ok(_)) => Err(format!("{at}: it is not refused")),
        }
    }

    fn check_registered(&self, at: &str, refused: Option<&Value>, found: Option<Error>) -> Result<(), String> {
        match (refused, found) {
            (None, None) => Ok(()),
            (None, Some(error)) => Err(format!("{at}: {error}")),
            (Some(sentence), Some(error)) => {
                let found = Value::from(error.message.as_deref().unwrap_or_default());
                matches(sentence, Some(&found), at, &self.replies)
            }
            (Some(_), None) => Err(format!("{at}: it is not refused")),
        }
    }

    /// What is refused changes nothing.
    fn check_registration(&mut self, refused: Option<&Value>, changes: Option<&[String]>) -> Result<(), String> {
        let none = refused.map(|_| Vec::new());
        self.check_changes(changes.or(none.as_deref()))
    }

    fn check_refusal(&self, at: &str, name: &str, message: &Value, error: &Error) -> Result<(), String> {
        if error.exception.name() != name {
            return Err(format!("{at}: expected {name}, found {error}"));
        }
        let found = error.message.as_deref().map_or(Value::Null, Value::from);
        matches(message, Some(&found), &format!("{at}: message"), &self.replies)
    }

    fn call(&mut self, call: &Call) -> Result<(), String> {
        let input = evaluate(&call.input, &self.replies)?;
        let evaluated = |value: Option<&Value>| value.map(|value| evaluate(value, &self.replies)).transpose();
        let (caller, origin) = (evaluated(call.caller.as_ref())?, evaluated(call.origin.as_ref())?);
        let region = self.text(call.region.as_ref())?;
        if origin.is_some()
            || call.decisions.is_some()
            || caller.as_ref().is_some_and(|caller| caller.as_text().is_none())
        {
            let caller = caller.unwrap_or_else(|| Value::from("111122223333"));
            let sender = arguments::sender(&caller, &origin.unwrap_or_default()).map_err(|error| error.to_string())?;
            return self.call_of(call, input, region.as_deref(), &sender);
        }
        let caller = caller.as_ref().and_then(Value::as_text);
        let direct = self.direct.call(&call.operation, input.clone(), region.as_deref(), caller, Time::default());
        self.call_http(call, input, region.as_deref(), caller, &direct.reply)?;
        self.check(call, direct.reply)
    }

    /// A call of a sender, of whom HTTP tells only a part: the other world is called directly, too.
    fn call_of(&mut self, call: &Call, input: Value, region: Option<&str>, sender: &Sender) -> Result<(), String> {
        if let Some(expected) = &call.decisions {
            let explained = self.direct.explain_from(&call.operation, input.clone(), region, sender, Time::default());
            let told = told(&explained.decisions);
            matches(expected, Some(&told), &format!("{} explained", call.operation), &self.replies)?;
        }
        let replies = [&self.direct, &self.http]
            .map(|world| world.call_from(&call.operation, input.clone(), region, sender, Time::default()));
        let [direct, _] = replies;
        if let (Some(expected), Err(_)) = (&call.decisions, &direct.reply) {
            let told = told(&direct.trail.decisions);
            matches(expected, Some(&told), &format!("{} denied", call.operation), &self.replies)?;
        }
        self.check(call, direct.reply)
    }

    /// Compares what a call has come to with what the case expects.
    fn check(&mut self, call: &Call, reply: Result<Value, Error>) -> Result<(), String> {
        match (&call.outcome, reply) {
            (Outcome::Reply(expected), Ok(reply)) => {
                let reply = if reply == Value::Null { Value::Map(Vec::new()) } else { reply };
                matches(expected, Some(&reply), &call.operation, &self.replies)?;
                if let Some(label) = &call.label {
                    self.replies.insert(label.clone(), reply);
                }
                Ok(())
            }
            (Outcome::Exception { name, message }, Err(error)) => {
                self.check_refusal(&call.operation, name, message, &error)
            }
            (Outcome::Reply(_), Err(error)) => Err(format!("{}: {error}", call.operation)),
            (Outcome::Exception { name, .. }, Ok(reply)) => {
                Err(format!("{}: expected {name}, found the reply {reply:?}", call.operation))
            }
        }
    }

    /// The same call over HTTP must be answered with the same bytes.
    fn call_http(
        &self,
        call: &Call,
        input: Value,
        region: Option<&str>,
        caller: Option<&str>,
        direct: &Result<Value, Error>,
    ) -> Result<(), String> {
        let (caller, region) = (caller.unwrap_or("111122223333"), region.unwrap_or("us-east-1"));
        if Caller::parse(caller).zip(Region::parse(region)).is_some_and(|(caller, region)| !caller.reaches(region)) {
            // Credentials of another partition do not count as credentials here, which is another exception.
            self.http.call(&call.operation, input, Some(region), Some(caller), Time::default());
            return Ok(());
        }
        let scope = format!("{caller}/20260101/{region}/kms/aws4_request");
        let headers = [
            ("X-Amz-Target", format!("TrentService.{}", call.operation)),
            ("Authorization", format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=00")),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
        let request = Request::new("POST", "/", headers, wire::to_json(&input));
        let found = self.http.http(&request, Time::default());
        let expected = Response::new(direct, "", Time::default());
        if (found.status, &found.body) == (expected.status, &expected.body) {
            return Ok(());
        }
        let text = |response: &Response| format!("{} {}", response.status, String::from_utf8_lossy(&response.body));
        Err(format!("{} over HTTP: expected {}, found {}", call.operation, text(&expected), text(&found)))
    }

    fn text(&self, value: Option<&Value>) -> Result<Option<String>, String> {
        let text = value.map(|value| evaluate(value, &self.replies)).transpose()?;
        Ok(text.as_ref().and_then(Value::as_text).map(ToOwned::to_owned))
    }

    fn check_changes(&mut self, expected: Option<&[String]>) -> Result<(), String> {
        let changes = self.direct.changes(self.seen).to_values(self.seen);
        self.seen += changes.len() as u64;
        let tables: BTreeSet<String> = changes.iter().map(table).collect();
        let tables: Vec<String> = tables.into_iter().collect();
        match expected {
            Some(expected) if expected != tables => Err(format!("expected changes in {expected:?}, found {tables:?}")),
            _ => Ok(()),
        }
    }
}

/// A new world in which a case begins.
pub(crate) fn world(case: &Case) -> World {
    let options = Options { seed: Some(case.name.as_bytes().into()), now: Some(START), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn told(decisions: &[Decision]) -> Value {
    Value::List(decisions.iter().map(Decision::to_value).collect())
}

fn table(entry: &Value) -> String {
    entry.member("table").and_then(Value::as_text).expect("a change names its table").to_owned()
}
