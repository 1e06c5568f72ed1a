//! What can be done with a world that is served, besides calling KMS: JSON below `/_pocket-kms` of its address.
//!
//! `docs/administration.openapi.json` describes it; a test compares the two.

mod proxies;

use std::{mem, sync::Arc};

use zeroize::{Zeroize, Zeroizing};

use super::{
    Endpoint,
    worlds::{MOST_FORKS, Place, WORLDS},
};
use crate::{
    arguments::{self, camel},
    audit::metrics::MEDIA_TYPE,
    error::Error,
    http::{Request, Response},
    time::Time,
    wire::{self, Members, Name, Value},
    world::{Deadline, NoHistory, World},
};

/// The most changes that one answer holds, unless one call has made more.
const MOST_CHANGES: usize = 1000;

/// A call of the administration.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path below `/_pocket-kms` of a world; `{id}` stands for an id.
    pub path: &'static str,
    act: fn(&AdministrationCall<'_>) -> Result<Value, Refusal>,
}

/// All calls of the administration.
pub const ROUTES: &[Route] = &[
    Route { method: "GET", path: "/health", act: |asked| asked.without_input().map(AdministrationCall::health) },
    Route { method: "GET", path: "/clock", act: |asked| asked.without_input().map(AdministrationCall::clock) },
    Route { method: "POST", path: "/clock", act: |asked| asked.turn_clock() },
    Route { method: "POST", path: "/reset", act: |asked| asked.without_input().map(AdministrationCall::reset) },
    Route { method: "POST", path: "/fork", act: |asked| asked.fork() },
    Route { method: "GET", path: "/worlds", act: |asked| asked.without_input().map(AdministrationCall::worlds) },
    Route {
        method: "DELETE",
        path: "/worlds/{id}",
        act: |asked| asked.without_input().and_then(AdministrationCall::drop_world),
    },
    Route { method: "GET", path: "/changes", act: |asked| asked.changes() },
    Route { method: "GET", path: "/events", act: |asked| asked.events() },
    Route { method: "GET", path: "/deadlines", act: |asked| asked.without_input().map(AdministrationCall::deadlines) },
    Route { method: "GET", path: "/faults", act: |asked| asked.without_input().map(AdministrationCall::faults) },
    Route { method: "POST", path: "/faults", act: |asked| asked.add_fault() },
    Route {
        method: "DELETE",
        path: "/faults/{id}",
        act: |asked| asked.without_input().and_then(AdministrationCall::remove_fault),
    },
    Route { method: "GET", path: "/faults/acted", act: |asked| asked.acted_faults() },
    Route { method: "POST", path: "/explain", act: |asked| asked.explain() },
    Route { method: "GET", path: "/denials", act: |asked| asked.denials() },
    Route { method: "GET", path: "/settings", act: |asked| asked.without_input().map(|asked| asked.world.settings()) },
    Route { method: "POST", path: "/settings", act: |asked| asked.set() },
    Route {
        method: "GET",
        path: "/directory",
        act: |asked| asked.without_input().map(|asked| asked.world.directory()),
    },
    Route { method: "POST", path: "/directory", act: |asked| asked.register() },
    Route {
        method: "GET",
        path: "/stores",
        act: |asked| asked.without_input().map(|asked| asked.world.stores_setup()),
    },
    Route { method: "POST", path: "/stores", act: |asked| asked.register_stores() },
    Route { method: "POST", path: "/stores/clusters/{id}", act: |asked| asked.on_cluster() },
    Route { method: "POST", path: "/stores/proxies", act: |asked| asked.on_proxy() },
    Route { method: "GET", path: "/stores/proxies/log", act: |asked| asked.proxy_log() },
    Route { method: "GET", path: "/quotas", act: |asked| asked.quotas() },
    Route { method: "POST", path: "/questions", act: |asked| asked.answer() },
    Route { method: "POST", path: "/audit", act: |asked| asked.audited() },
    Route { method: "GET", path: "/metrics", act: |asked| asked.without_input().map(AdministrationCall::metrics) },
];

/// A call that has found its route.
struct AdministrationCall<'a> {
    endpoint: &'a Endpoint,
    world: &'a Arc<World>,
    /// The `{id}` of the path.
    id: &'a str,
    /// The body, or what stands behind the path of a GET: members by their names.
    input: Members,
    host_now: Time,
}

/// Why a call of the administration is refused.
pub(super) struct Refusal {
    status: u16,
    sentence: String,
    /// The methods that the path takes, where it does not take this one (RFC 9110 section 15.5.6).
    allow: Option<String>,
}

/// Answers a call with this path below the administration of a place.
pub(super) fn answer(
    endpoint: &Endpoint,
    request: &Request,
    place: &Place<'_>,
    path: &str,
    host_now: Time,
) -> Response {
    let reply = endpoint.guard.admit(request).and_then(|()| {
        let (route, id) = route(&request.method, path)?;
        let mut asked = AdministrationCall { endpoint, world: &place.world, id, input: input(request)?, host_now };
        let reply = (route.act)(&asked);
        // It may have held the secret of an access key.
        Value::Map(mem::take(&mut asked.input)).zeroize();
        reply
    });
    match reply {
        Ok(Value::Text(text)) => Response::text(MEDIA_TYPE, text, host_now),
        Ok(reply) => Response::json(200, &reply, host_now),
        Err(refusal) => refusal.response(host_now),
    }
}

/// The route of a path, and the id in it.
fn route<'a>(method: &str, path: &'a str) -> Result<(&'static Route, &'a str), Refusal> {
    let id = |route: &Route| match route.path.strip_suffix("{id}") {
        Some(start) => path.strip_prefix(start).filter(|id| !id.is_empty() && !id.contains('/')),
        None => (route.path == path).then_some(""),
    };
    let mut fitting = ROUTES.iter().filter_map(|route| Some((route, id(route)?))).peekable();
    if fitting.peek().is_none() {
        return Err(Refusal::no_route());
    }
    let methods: Vec<_> = fitting.clone().map(|(route, _)| route.method).collect();
    fitting.find(|(route, _)| route.method == method).ok_or_else(|| Refusal::no_method(&methods))
}

/// The input of a request: JSON in the body, or the query of a GET.
fn input(request: &Request) -> Result<Members, Refusal> {
    if request.method == "GET" {
        let pairs = request.path().1.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        return Ok(pairs.map(|(name, value)| (name.to_owned().into(), Value::from(value))).collect());
    }
    if request.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    match wire::from_json(&request.body)? {
        Value::Map(members) => Ok(members),
        mut other => {
            other.zeroize();
            Err(Refusal::bad("the body must be a JSON object".to_owned()))
        }
    }
}

impl AdministrationCall<'_> {
    /// The same, unless there is input.
    fn without_input(&self) -> Result<&Self, Refusal> {
        match self.input.first() {
            Some((name, _)) => Err(Refusal::bad(format!("there is no '{name}' here: this call takes nothing"))),
            None => Ok(self),
        }
    }

    fn health(&self) -> Value {
        Value::from([
            ("status", Value::from("ok")),
            ("version", Value::from(env!("CARGO_PKG_VERSION"))),
            ("account", Value::from(self.world.account().to_string())),
        ])
    }

    fn clock(&self) -> Value {
        let deadline = self.world.next_deadline().map_or(Value::Null, instant);
        Value::from([
            ("now", instant(self.world.now(self.host_now))),
            ("frozen", Value::Bool(self.world.is_frozen())),
            ("nextDeadline", deadline),
        ])
    }

    fn turn_clock(&self) -> Result<Value, Refusal> {
        let ways = "say one of set, advance, freeze, resume, follow, such as {\"advance\": \"7d\"}";
        let [(name, value)] = &self.input[..] else { return Err(Refusal::bad(ways.to_owned())) };
        match (&**name, value) {
            ("set", Value::Text(text)) => self.world.set_time(arguments::moment(text)?, self.host_now),
            ("advance", Value::Text(text)) => self.world.advance(arguments::span(text)?, self.host_now)?,
            ("freeze", Value::Bool(true)) => self.world.freeze(self.host_now),
            ("resume", Value::Bool(true)) => self.world.resume(self.host_now),
            ("follow", Value::Bool(true)) => self.world.follow(self.host_now),
            ("set", _) => {
                return Err(Refusal::bad("set takes an instant, such as \"2030-01-01T00:00:00Z\"".to_owned()));
            }
            ("advance", _) => return Err(Refusal::bad("advance takes a length of time, such as \"7d\"".to_owned())),
            ("freeze" | "resume" | "follow", _) => return Err(Refusal::bad(format!("{name} takes true"))),
            _ => return Err(Refusal::bad(format!("a clock has no '{name}': {ways}"))),
        }
        Ok(self.clock())
    }

    fn reset(&self) -> Value {
        self.world.reset(self.endpoint.entropy());
        self.clock()
    }

    /// A fork of the world as it is, or as it was or will be at an instant or a revision.
    fn fork(&self) -> Result<Value, Refusal> {
        let fork = match &self.input[..] {
            [] => self.world.fork(self.endpoint.entropy()),
            [(name, Value::Text(text))] if name == "at" => {
                self.world.at(arguments::moment(text)?, self.host_now, self.endpoint.entropy())?
            }
            [(name, Value::Int(revision))] if name == "revision" && *revision >= 0 => {
                self.world.at_revision(revision.unsigned_abs(), self.endpoint.entropy())?
            }
            _ => {
                let ways = "a fork takes nothing, or one of at and revision, such as {\"at\": \"2030-01-01T00:00:00Z\"} or \
                            {\"revision\": 7}";
                return Err(Refusal::bad(ways.to_owned()));
            }
        };
        self.endpoint.open(fork).map(world)
    }

    fn worlds(&self) -> Value {
        let worlds = self.endpoint.ids().into_iter().map(world);
        Value::from([("worlds", Value::List(worlds.collect()))])
    }

    fn drop_world(&self) -> Result<Value, Refusal> {
        self.endpoint.drop_fork(self.id)?;
        Ok(Value::from([]))
    }

    /// The number behind which a list is told.
    fn after(&self) -> Result<u64, Refusal> {
        let mut after = 0;
        for (name, value) in &self.input {
            if name != "after" {
                return Err(Refusal::bad(format!("there is no '{name}' here: this call takes after")));
            }
            let number = value.as_text().and_then(|text| text.parse::<u64>().ok());
            after = number.ok_or_else(|| Refusal::bad("after must be a number that was told before".to_owned()))?;
        }
        Ok(after)
    }

    fn events(&self) -> Result<Value, Refusal> {
        let after = self.after()?;
        let changes = self.world.changes(after);
        Ok(page("events", changes.oldest, after, changes.events(after)))
    }

    /// What falls due, as much as one answer holds.
    fn deadlines(&self) -> Value {
        let deadlines = self.world.deadlines(MOST_CHANGES + 1);
        let (more, deadlines) = held(deadlines.iter().map(Deadline::to_value).collect());
        Value::from([("more", Value::Bool(more)), ("deadlines", Value::List(deadlines))])
    }

    fn acted_faults(&self) -> Result<Value, Refusal> {
        let after = self.after()?;
        let acted = self.world.acted_faults(after);
        Ok(page("acted", acted.oldest, after, acted.to_values()))
    }

    fn denials(&self) -> Result<Value, Refusal> {
        let after = self.after()?;
        let denials = self.world.denials(after);
        Ok(page("denials", denials.oldest, after, denials.to_values()))
    }

    /// Whether a caller may make a call, and why.
    fn explain(&self) -> Result<Value, Refusal> {
        let (mut operation, mut input, mut region) = (None, Value::Map(Vec::new()), None);
        let (mut caller, mut origin) = (Value::Null, Value::Null);
        for (name, value) in &self.input {
            match (&**name, value) {
                ("operation", Value::Text(text)) => operation = Some(text.as_str()),
                ("input", Value::Map(_)) => input = value.clone(),
                ("region", Value::Text(text)) => region = Some(text.as_str()),
                ("caller", _) => caller = value.clone(),
                ("origin", _) => origin = value.clone(),
                ("operation" | "input" | "region", _) => {
                    return Err(Refusal::bad("operation and region are texts, input is a JSON object".to_owned()));
                }
                _ => {
                    return Err(Refusal::bad(format!(
                        "there is no '{name}' here: this call takes operation, input, region, caller and origin"
                    )));
                }
            }
        }
        let operation = operation.ok_or_else(|| Refusal::bad("say which operation is to be explained".to_owned()))?;
        let sender = arguments::sender(&caller, &origin)?;
        Ok(self.world.explain_from(operation, input, region, &sender, self.host_now).to_value())
    }

    fn faults(&self) -> Value {
        Value::from([("faults", Value::List(self.world.faults().into_iter().map(in_json).collect()))])
    }

    fn add_fault(&self) -> Result<Value, Refusal> {
        let fault = arguments::fault(&Value::Map(self.input.clone()))?;
        Ok(Value::from([("id", Value::from(self.world.add_fault(fault)?.to_string()))]))
    }

    fn set(&self) -> Result<Value, Refusal> {
        self.world.set(&Value::Map(self.input.clone()), self.host_now)?;
        Ok(self.world.settings())
    }

    fn register(&self) -> Result<Value, Refusal> {
        let form = Zeroizing::new(Value::Map(self.input.clone()));
        self.world.register(&form, self.host_now)?;
        Ok(self.world.directory())
    }

    fn register_stores(&self) -> Result<Value, Refusal> {
        let setup = Zeroizing::new(Value::Map(self.input.clone()));
        self.world.register_stores(&setup, self.host_now)?;
        Ok(self.world.stores_setup())
    }

    fn on_cluster(&self) -> Result<Value, Refusal> {
        let action = Zeroizing::new(Value::Map(self.input.clone()));
        Ok(in_json(self.world.on_cluster(self.id, &action, self.host_now)?))
    }

    fn quotas(&self) -> Result<Value, Refusal> {
        let (mut account, mut region) = (None, None);
        for (name, value) in &self.input {
            match &**name {
                "account" => account = value.as_text(),
                "region" => region = value.as_text(),
                _ => {
                    return Err(Refusal::bad(format!("there is no '{name}' here: this call takes account and region")));
                }
            }
        }
        let quotas = self.world.quotas(account, region, self.host_now)?;
        Ok(Value::from([("quotas", quotas)]))
    }

    fn answer(&self) -> Result<Value, Refusal> {
        Ok(self.world.ask(&Value::Map(self.input.clone()), self.host_now)?)
    }

    fn audited(&self) -> Result<Value, Refusal> {
        Ok(self.world.audit(&Value::Map(self.input.clone()), self.host_now)?)
    }

    /// What the metrics have come to: the only answer that is a text.
    fn metrics(&self) -> Value {
        self.world.open_metrics(self.host_now).into()
    }

    fn remove_fault(&self) -> Result<Value, Refusal> {
        let removed = self.id.parse().is_ok_and(|id| self.world.remove_fault(id));
        if removed { Ok(Value::from([])) } else { Err(Refusal::no_fault(self.id)) }
    }

    fn changes(&self) -> Result<Value, Refusal> {
        let after = self.after()?;
        let mut changes = self.world.changes(after);
        let whole = changes.entries.len();
        let mut room = MOST_CHANGES;
        changes.entries.retain(|entry| {
            let fits = room > 0;
            room = room.saturating_sub(entry.changes.len());
            fits
        });
        let more = changes.entries.len() < whole;
        let oldest = Value::count(changes.oldest);
        let changes: Vec<Value> = changes.to_values(after).into_iter().map(in_json).collect();
        let last = changes.last().and_then(|change| change.member("number")).cloned();
        let last = last.unwrap_or_else(|| Value::count(after));
        Ok(Value::from([
            ("oldest", oldest),
            ("last", last),
            ("more", Value::Bool(more)),
            ("changes", Value::List(changes)),
        ]))
    }
}

/// A fork: its id, and the path that SDKs take as their endpoint.
fn world(id: u64) -> Value {
    let id = id.to_string();
    Value::from([("path", Value::from([WORLDS, id.as_str()].concat())), ("id", Value::from(id))])
}

fn instant(time: Time) -> Value {
    Value::from(time.to_string())
}

/// Whether there is more than one answer holds, and what it holds, in the form of JSON.
fn held(mut values: Vec<Value>) -> (bool, Vec<Value>) {
    let more = values.len() > MOST_CHANGES;
    values.truncate(MOST_CHANGES);
    (more, values.into_iter().map(in_json).collect())
}

/// A list of things with numbers, as much as one answer holds.
fn page(name: &'static str, oldest: u64, after: u64, values: Vec<Value>) -> Value {
    let (more, values) = held(values);
    let last = values.last().and_then(|value| value.member("number")).cloned();
    Value::from([
        ("oldest", Value::count(oldest)),
        ("last", last.unwrap_or_else(|| Value::count(after))),
        ("more", Value::Bool(more)),
        (name, Value::List(values)),
    ])
}

/// What is told of a world, in the form of the administration: times are texts, and names are camelCase. The rows of
/// changes stay as they are.
fn in_json(told: Value) -> Value {
    let Value::Map(members) = told else { return told };
    let member = |(name, value): (Name, Value)| match value {
        Value::Time(time) => (camel(&name).into(), instant(time)),
        Value::List(values) if name == "between" => {
            let values = values.into_iter().map(|value| value.as_time().map_or(Value::Null, instant));
            (name, Value::List(values.collect()))
        }
        other => (camel(&name).into(), other),
    };
    Value::Map(members.into_iter().map(member).collect())
}

impl From<NoHistory> for Refusal {
    fn from(none: NoHistory) -> Self {
        Self::of(409, none.to_string())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::bad(error.message.unwrap_or_default())
    }
}

impl Refusal {
    pub(super) fn response(self, host_now: Time) -> Response {
        let mut response =
            Response::json(self.status, &Value::from([("message", Value::from(self.sentence.as_str()))]), host_now);
        response.headers.extend(self.allow.map(|methods| ("Allow", methods)));
        response.why = Some(self.sentence);
        response
    }

    const fn of(status: u16, sentence: String) -> Self {
        Self { status, sentence, allow: None }
    }

    fn bad(sentence: String) -> Self {
        Self::of(400, sentence)
    }

    pub(super) fn other_machine() -> Self {
        let sentence = "only this machine may administer pocket-kms: start it with --open-administration to let others";
        Self::of(403, sentence.to_owned())
    }

    pub(super) fn other_host() -> Self {
        let sentence = "pocket-kms is administered under the name localhost, or an address of it, alone: use that in the \
                        URL, or start it with --open-administration";
        Self::of(403, sentence.to_owned())
    }

    pub(super) fn foreign_page(origin: &str) -> Self {
        let shown: String = origin.chars().filter(|character| !character.is_control()).take(100).collect();
        Self::of(403, format!("pages of {shown} may not do this: start pocket-kms with --cors and their origin"))
    }

    pub(super) fn no_page() -> Self {
        let sentence = "OPTIONS is what a browser asks for a page, whose origin it names in the header Origin, and this \
                        request has none: operations are called by POST";
        Self::bad(sentence.to_owned())
    }

    fn no_route() -> Self {
        let routes: Vec<String> = ROUTES.iter().map(|route| [route.method, " ", route.path].concat()).collect();
        Self::of(404, format!("below /_pocket-kms there are: {}", routes.join(", ")))
    }

    fn no_method(methods: &[&str]) -> Self {
        let sentence = format!("this path takes {}", methods.join(" or "));
        Self { allow: Some(methods.join(", ")), ..Self::of(405, sentence) }
    }

    pub(super) fn no_world(id: &str) -> Self {
        let shown: String = id.chars().take(40).collect();
        let sentence =
            format!("there is no world {shown}: it was dropped, or never made; POST /_pocket-kms/fork makes one");
        Self::of(404, sentence)
    }

    fn no_fault(id: &str) -> Self {
        let shown: String = id.chars().take(40).collect();
        Self::of(404, format!("there is no fault {shown}: GET /_pocket-kms/faults lists them"))
    }

    pub(super) fn too_many_worlds() -> Self {
        let sentence = format!("{MOST_FORKS} forks are open: drop some with DELETE /_pocket-kms/worlds/{{id}}");
        Self::of(409, sentence)
    }
}
