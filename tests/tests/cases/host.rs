//! Tells a case to two worlds of one seed: to one directly, to the other as HTTP requests.

use std::collections::BTreeSet;

use pocket_kms::{
    Caller, CryptoProvider, Error, Options, Region, Span, Time, Value, World,
    http::{Request, Response},
    wire,
};

use crate::{
    expect::matches,
    story::{Call, Case, Outcome, Step},
    values::{Replies, START, evaluate},
};

/// The worlds of one case.
pub(crate) struct Host {
    direct: World,
    http: World,
    replies: Replies,
    /// The number of the last change that the case has seen.
    seen: u64,
}

impl Host {
    /// Tells a case; on a difference says where and what.
    pub(crate) fn tell(case: &Case) -> Result<(), String> {
        let mut host = Self { direct: world(case), http: world(case), replies: Replies::new(), seen: 0 };
        for (at, step) in case.steps.iter().enumerate() {
            host.step(step).map_err(|failure| format!("step {}: {failure}", at + 1))?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
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
            Step::Call(call) => {
                for count in 1..=call.times {
                    self.replies.insert("count".to_owned(), Value::Int(count));
                    self.call(call)?;
                }
                self.check_changes(call.changes.as_deref())
            }
        }
    }

    fn call(&mut self, call: &Call) -> Result<(), String> {
        let input = evaluate(&call.input, &self.replies)?;
        let (region, caller) = (self.text(call.region.as_ref())?, self.text(call.caller.as_ref())?);
        let direct =
            self.direct.call(&call.operation, input.clone(), region.as_deref(), caller.as_deref(), Time::default());
        self.call_http(call, input, region.as_deref(), caller.as_deref(), &direct.reply)?;
        match (&call.outcome, direct.reply) {
            (Outcome::Reply(expected), Ok(reply)) => {
                let reply = if reply == Value::Null { Value::Map(Vec::new()) } else { reply };
                matches(expected, Some(&reply), &call.operation, &self.replies)?;
                if let Some(label) = &call.label {
                    self.replies.insert(label.clone(), reply);
                }
                Ok(())
            }
            (Outcome::Exception { name, message }, Err(error)) => {
                let message = evaluate(message, &self.replies)?;
                let message = message.as_text();
                if (error.exception.name(), error.message.as_deref()) == (name.as_str(), message) {
                    return Ok(());
                }
                Err(format!("{}: expected {name}: {message:?}\n  found {error}", call.operation))
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
            // Credentials of another partition are no credentials here, which is another exception.
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

fn table(entry: &Value) -> String {
    entry.member("table").and_then(Value::as_text).expect("a change names its table").to_owned()
}
