//! JavaScript's face of pocket-kms: classes around a world, a call that waits, an enclave and a connection.
//!
//! The package's own JavaScript gives these classes their final shape; nothing here holds a rule.

mod audit;
mod enclave;
mod endpoint;
mod fault;
mod native;
mod pending;
mod rest;
mod value;

use std::{iter, sync::Arc};

use js_sys::{Array, Date, JsString, Uint8Array};
use pending::{Answers, Form, PendingCall};
use pocket_kms::{
    Answerable, Error, Options, Time, Value, arguments,
    http::Request,
    wire::{self, SecretBytes},
    world::{Deadline, HISTORY_LENGTH},
};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// A world of KMS. Times are milliseconds since 1970, as JavaScript counts them.
#[wasm_bindgen]
pub struct World(Arc<pocket_kms::World>);

impl World {
    /// A world of this host, which generates keys, and decides about faults.
    fn hosted(world: pocket_kms::World) -> Self {
        world.host_answers(Answerable::NOTHING.keys(true).faults(true));
        Self(Arc::new(world))
    }
}

#[wasm_bindgen]
impl World {
    /// A world in memory.
    #[wasm_bindgen(constructor)]
    pub fn new(
        seed: Option<Vec<u8>>,
        now: Option<f64>,
        account: Option<String>,
        insecure_key_pool: bool,
        history: f64,
        recipe: bool,
    ) -> Result<Self, JsError> {
        let now = now.map(arguments::instant).transpose().map_err(not_read)?;
        let account = account.as_deref().map(arguments::account).transpose().map_err(not_read)?;
        let seed = seed.map(Into::into);
        let history = states(history);
        let options = Options { seed, now, account, insecure_key_pool, history, recipe, ..Options::default() };
        Ok(Self::hosted(pocket_kms::World::new(options, native::provider(), entropy()?)))
    }

    /// A world of a recipe, which is JSON text.
    #[wasm_bindgen(js_name = fromRecipe)]
    pub fn from_recipe(text: &str, history: f64, recipe: bool) -> Result<Self, JsError> {
        let options = Options { history: states(history), recipe, ..Options::default() };
        let read = pocket_kms::World::read_recipe(text.as_bytes()).map(Zeroizing::new);
        let world =
            read.and_then(|read| pocket_kms::World::from_recipe(&read, options, native::provider(), host_now()));
        world.map(Self::hosted).map_err(not_read)
    }

    /// The recipe of what was done so far, as JSON text.
    pub fn recipe(&self) -> Result<String, JsError> {
        let recipe = self.0.recipe(host_now()).map(Zeroizing::new).map_err(not_read)?;
        Ok(String::from_utf8(wire::to_json(&recipe)).unwrap_or_default())
    }

    /// Makes a call; throws `{ code, message, reasons, decisions, requestId }` when it is refused. One that is traced throws
    /// nothing, and tells what happened in order: see `traced` of the core. A `PendingCall` waits for the host.
    pub fn call(
        &self,
        operation: &str,
        input: JsValue,
        region: Option<String>,
        caller: JsValue,
        origin: JsValue,
        traced: bool,
    ) -> Result<JsValue, JsValue> {
        let sender = sender(caller, origin)?;
        let input = value::read(input)?;
        let form = if traced { Form::Traced } else { Form::Object };
        let now = host_now();
        match self.0.begin_from(operation, input, region.as_deref(), &sender, now) {
            Ok(call) => pending::begun(&self.0, if traced { call.traced() } else { call }, form, now),
            Err(refusal) => form.answer(*refusal, now),
        }
    }

    /// Answers an HTTP request of a sender with what `answers` makes of it, or with a `PendingCall`.
    ///
    /// A head is lines of text in UTF-8: the method and the target, then names and values of headers in turn.
    pub fn http(&self, head: Vec<u8>, body: Vec<u8>, sender: &Sender, answers: Answers) -> JsValue {
        let (head, body) = (SecretBytes::new(head), SecretBytes::new(body));
        let mut lines = str::from_utf8(&head).unwrap_or_default().split('\n');
        let (method, target) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let headers = iter::from_fn(|| Some((lines.next()?, lines.next()?.as_bytes())));
        let request = Request::borrowed(method, target, headers, &body).of_sender(&sender.0);
        pending::requested(&self.0, &request, answers)
    }

    /// Goes on with a call for which the host has generated a private key, PKCS #8 in DER; without one, the core
    /// generates it.
    pub fn answer(&self, pending: PendingCall, key: Option<Vec<u8>>) -> Result<JsValue, JsValue> {
        pending.answered(&self.0, key.map(SecretBytes::new))
    }

    /// Goes on with a call for which the host has asked a proxy; see `proxy_answer` of the core. Without an answer, the host
    /// declines.
    #[wasm_bindgen(js_name = answerProxy)]
    pub fn answer_proxy(&self, pending: PendingCall, answer: JsValue) -> Result<JsValue, JsValue> {
        pending.answered_by_proxy(&self.0, answer)
    }

    /// Goes on with a call of which the predicate of a fault has said whether the fault applies; without that, it has failed.
    #[wasm_bindgen(js_name = answerFault)]
    pub fn answer_fault(&self, pending: PendingCall, applies: Option<bool>) -> Result<JsValue, JsValue> {
        pending.answered_by_predicate(&self.0, applies)
    }

    /// From now on the host of this world, and of its forks, sends requests to proxies.
    #[wasm_bindgen(js_name = allowProxies)]
    pub fn allow_proxies(&self) {
        self.0.host_answers(Answerable::NOTHING.keys(true).faults(true).proxies(true));
    }

    /// The health checks of external key stores that are due.
    #[wasm_bindgen(js_name = healthChecks)]
    pub fn health_checks(&self) -> Vec<pending::PendingCheck> {
        self.0.due_health_checks(host_now()).into_iter().map(pending::PendingCheck::new).collect()
    }

    /// The account of callers that name none.
    #[wasm_bindgen(getter)]
    pub fn account(&self) -> String {
        self.0.account().to_string()
    }

    /// The world's time.
    pub fn now(&self) -> f64 {
        self.0.now(host_now()).seconds() * 1000.0
    }

    /// Sets the clock.
    #[wasm_bindgen(js_name = setTime)]
    pub fn set_time(&self, time: f64) -> Result<(), JsError> {
        self.0.set_time(arguments::instant(time).map_err(not_read)?, host_now());
        Ok(())
    }

    /// Moves the clock forward by a text such as `30d`.
    pub fn advance(&self, span: &str) -> Result<(), JsError> {
        arguments::span(span).and_then(|span| self.0.advance(span, host_now())).map_err(not_read)
    }

    /// Stops the clock.
    pub fn freeze(&self) {
        self.0.freeze(host_now());
    }

    /// Lets the clock run on.
    pub fn resume(&self) {
        self.0.resume(host_now());
    }

    /// Whether the clock stands.
    #[wasm_bindgen(getter, js_name = isFrozen)]
    pub fn is_frozen(&self) -> bool {
        self.0.is_frozen()
    }

    /// When something falls due next.
    #[wasm_bindgen(getter, js_name = nextDeadline)]
    pub fn next_deadline(&self) -> Option<f64> {
        self.0.next_deadline().map(|time| time.seconds() * 1000.0)
    }

    /// What falls due, soonest first, as things stand: at most `most` deadlines.
    pub fn deadlines(&self, most: f64) -> Array {
        let deadlines = self.0.deadlines(usize::try_from(whole(most)).unwrap_or(usize::MAX));
        list(&deadlines.iter().map(Deadline::to_value).collect::<Vec<_>>())
    }

    /// What a ciphertext blob says about itself; `null` when it says nothing.
    pub fn inspect(&self, blob: &[u8]) -> JsValue {
        value::write(&self.0.inspect(blob).unwrap_or_default())
    }

    /// A second world that begins as this one is now.
    pub fn fork(&self) -> Result<Self, JsError> {
        Ok(Self(Arc::new(self.0.fork(entropy()?))))
    }

    /// The world as bytes, secrets sealed under a root key of 32 bytes.
    pub fn snapshot(&self, root_key: &[u8]) -> Result<Vec<u8>, JsError> {
        let root_key = arguments::root_key(root_key).map_err(not_read)?;
        Ok(self.0.snapshot(&root_key)?)
    }

    /// Reads a snapshot.
    pub fn restore(bytes: &[u8], root_key: &[u8]) -> Result<Self, JsError> {
        let root_key = arguments::root_key(root_key).map_err(not_read)?;
        Ok(Self::hosted(pocket_kms::World::restore(bytes, &root_key, native::provider(), entropy()?)?))
    }

    /// The journal behind the change with the number `after`.
    pub fn changes(&self, after: f64) -> Array {
        let after = whole(after);
        list(&self.0.changes(after).to_values(after))
    }

    /// What fell due behind the change with the number `after`.
    pub fn events(&self, after: f64) -> Array {
        let after = whole(after);
        list(&self.0.changes(after).events(after))
    }

    /// Makes settings, all or none of them.
    pub fn set(&self, settings: JsValue) -> Result<(), JsValue> {
        let settings = value::read(settings)?;
        self.0.set(&settings, host_now()).map_err(|error| not_read(error).into())
    }

    /// What has been set.
    pub fn settings(&self) -> JsValue {
        value::write(&self.0.settings())
    }

    /// The hosts in the endpoints of all proxies that are registered.
    #[wasm_bindgen(getter, js_name = proxyHosts)]
    pub fn proxy_hosts(&self) -> Vec<String> {
        self.0.proxy_hosts()
    }

    /// Registers what a host is to serve as proxies; gives the proxy configuration files of those that got a credential.
    #[wasm_bindgen(js_name = setUpProxies)]
    pub fn set_up_proxies(&self, setup: JsValue) -> Result<JsValue, JsValue> {
        let setup = Zeroizing::new(value::read(setup)?);
        let files = self.0.set_up_proxies(&setup, host_now()).map_err(not_read)?;
        Ok(value::write(&Zeroizing::new(files)))
    }

    /// What would become of a call, and why.
    pub fn explain(
        &self,
        operation: &str,
        input: JsValue,
        region: Option<String>,
        caller: JsValue,
        origin: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (sender, input) = (sender(caller, origin)?, value::read(input)?);
        let explained = self.0.explain_from(operation, input, region.as_deref(), &sender, host_now());
        Ok(value::write(&explained.to_value()))
    }

    /// The calls that were denied, behind the one with the number `after`.
    pub fn denials(&self, after: f64) -> Array {
        list(&self.0.denials(whole(after)).to_values())
    }

    /// Registers who there is, all of it or nothing.
    pub fn register(&self, entries: JsValue) -> Result<(), JsValue> {
        let entries = Zeroizing::new(value::read(entries)?);
        self.0.register(&entries, host_now()).map_err(|error| not_read(error).into())
    }

    /// Performs a recipe, all of it or nothing; the recipe and its reply are JSON text, because recipes may be longer than
    /// requests.
    pub fn perform(&self, recipe: &str) -> Result<String, JsValue> {
        let recipe = wire::from_json(recipe.as_bytes()).map(Zeroizing::new);
        let reply = recipe.and_then(|recipe| self.0.perform(&recipe, host_now())).map(Zeroizing::new);
        let reply = reply.map_err(|error| fault::refusal(&error, "", None))?;
        Ok(String::from_utf8(wire::to_json(&reply)).unwrap_or_default())
    }

    /// What the world has, as JSON text.
    pub fn inventory(&self) -> String {
        String::from_utf8(wire::to_json(&self.0.inventory(host_now()))).unwrap_or_default()
    }

    /// Removes what has these names, all of it or nothing.
    pub fn unregister(&self, names: Vec<String>) -> Result<(), JsError> {
        self.0.unregister(&names, host_now()).map_err(not_read)
    }

    /// Who is registered, without secrets.
    pub fn directory(&self) -> JsValue {
        value::write(&self.0.directory())
    }

    /// Registers clusters, VPC endpoint services and proxies, all of them or nothing.
    #[wasm_bindgen(js_name = registerStores)]
    pub fn register_stores(&self, entries: JsValue) -> Result<(), JsValue> {
        let entries = Zeroizing::new(value::read(entries)?);
        self.0.register_stores(&entries, host_now()).map_err(|error| not_read(error).into())
    }

    /// What of them is registered, without secrets.
    #[wasm_bindgen(js_name = storesSetup)]
    pub fn stores_setup(&self) -> JsValue {
        value::write(&self.0.stores_setup())
    }

    /// Does something as the owner of a cluster.
    #[wasm_bindgen(js_name = onCluster)]
    pub fn on_cluster(&self, id: &str, action: JsValue) -> Result<JsValue, JsValue> {
        let action = said(action)?;
        told(self.0.on_cluster(id, &action, host_now()))
    }

    /// Does something as the owner of a proxy.
    #[wasm_bindgen(js_name = onProxy)]
    pub fn on_proxy(&self, name: &str, action: JsValue) -> Result<JsValue, JsValue> {
        let action = said(action)?;
        told(self.0.on_proxy(name, &action, host_now()))
    }

    /// The requests that a proxy has answered, behind the one with the number `after`.
    #[wasm_bindgen(js_name = proxyLog)]
    pub fn proxy_log(&self, name: &str, after: f64) -> Result<JsValue, JsValue> {
        told(self.0.proxy_log(name, whole(after)))
    }

    /// Answers a question about policies.
    pub fn ask(&self, question: JsValue) -> Result<JsValue, JsValue> {
        refused(self.0.ask(&value::read(question)?, host_now()))
    }

    /// Every quota of an account in a Region, and how much of it is used.
    pub fn quotas(&self, account: Option<String>, region: Option<String>) -> Result<JsValue, JsError> {
        let quotas = self.0.quotas(account.as_deref(), region.as_deref(), host_now());
        quotas.map(|quotas| value::write(&quotas)).map_err(not_read)
    }

    /// Makes calls meet a fault, those alone of which the predicate of this number says so; gives the id of the rule.
    #[wasm_bindgen(js_name = addFault)]
    pub fn add_fault(&self, fault: JsValue, predicate: Option<f64>) -> Result<f64, JsValue> {
        let said = value::read(fault)?;
        let added = arguments::fault(&said).and_then(|mut fault| {
            fault.when = predicate.map(whole);
            self.0.add_fault(fault)
        });
        added.map(counted).map_err(|error| fault::refusal(&error, "", None))
    }

    /// Removes a rule.
    #[wasm_bindgen(js_name = removeFault)]
    pub fn remove_fault(&self, id: f64) -> bool {
        self.0.remove_fault(whole(id))
    }

    /// The rules, and how many calls fitted them and met their faults.
    pub fn faults(&self) -> Array {
        list(&self.0.faults())
    }

    /// The faults that calls have met, behind the one with the number `after`.
    #[wasm_bindgen(js_name = actedFaults)]
    pub fn acted_faults(&self, after: f64) -> Array {
        list(&self.0.acted_faults(whole(after)).to_values())
    }

    /// Keeps this many states of the world from now on.
    #[wasm_bindgen(js_name = keepHistory)]
    pub fn keep_history(&self, states: f64) {
        self.0.keep_history(self::states(states));
    }

    /// A fork of the world as it was at an instant.
    pub fn at(&self, time: f64) -> Result<Self, JsError> {
        let time = arguments::instant(time).map_err(not_read)?;
        Ok(Self(Arc::new(self.0.at(time, host_now(), entropy()?)?)))
    }

    /// A fork of the world as it was right after a change.
    #[wasm_bindgen(js_name = atRevision)]
    pub fn at_revision(&self, revision: f64) -> Result<Self, JsError> {
        Ok(Self(Arc::new(self.0.at_revision(whole(revision), entropy()?)?)))
    }
}

/// A form that may hold secrets.
fn said(form: JsValue) -> Result<Zeroizing<Value>, JsValue> {
    value::read(form).map(Zeroizing::new)
}

/// What the core tells, wiped on our side.
fn told(answer: Result<Value, Error>) -> Result<JsValue, JsValue> {
    Ok(value::write(&Zeroizing::new(answer.map_err(not_read)?)))
}

/// The same of what may be refused in the words of KMS.
fn refused(answer: Result<Value, Error>) -> Result<JsValue, JsValue> {
    match answer.map(Zeroizing::new) {
        Ok(answer) => Ok(value::write(&answer)),
        Err(error) => Err(fault::refusal(&error, "", None)),
    }
}

fn list(values: &[Value]) -> Array {
    values.iter().map(value::write).collect()
}

/// How many states a world keeps; infinity stands for a world that only says that it wants history.
fn states(history: f64) -> usize {
    if history == f64::INFINITY { HISTORY_LENGTH } else { usize::try_from(whole(history)).unwrap_or(usize::MAX) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
const fn whole(number: f64) -> u64 {
    number as u64
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts as far")]
const fn counted(number: u64) -> f64 {
    number as f64
}

/// Who sends a client's requests, and from where, as far as the host says so.
#[wasm_bindgen]
pub struct Sender(pocket_kms::Sender);

#[wasm_bindgen]
impl Sender {
    /// Throws a refusal of what cannot be read; `undefined` says nothing.
    #[wasm_bindgen(constructor)]
    pub fn new(caller: JsValue, origin: JsValue) -> Result<Self, JsValue> {
        sender(caller, origin).map(Self)
    }
}

fn sender(caller: JsValue, origin: JsValue) -> Result<pocket_kms::Sender, JsValue> {
    let said = |value: JsValue| if value.is_undefined() { Ok(Value::Null) } else { value::read(value) };
    arguments::sender(&said(caller)?, &said(origin)?).map_err(|error| fault::refusal(&error, "", None))
}

/// The milliseconds of an instant as text, such as `2030-01-01T00:00:00Z`.
#[wasm_bindgen]
pub fn moment(text: &str) -> Result<f64, JsError> {
    arguments::moment(text).map(|time| time.seconds() * 1000.0).map_err(not_read)
}

/// The name and the value of a text that an option of the command line has been given.
#[wasm_bindgen]
pub fn named(option: &str, text: &str) -> Result<Vec<String>, JsError> {
    let (name, value) = arguments::named(option, text).map_err(not_read)?;
    Ok(vec![name.to_owned(), value.to_owned()])
}

/// The settings that texts of the command line make.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "JavaScript gives a list of texts as a vector alone")]
pub fn settings(texts: Vec<String>) -> Result<JsValue, JsError> {
    arguments::settings(&texts).map(|settings| value::write(&settings)).map_err(not_read)
}

/// A certificate for TLS on this machine, under `host` and under more names: the authority's certificate, the server's, and
/// its key, in PEM.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "JavaScript gives a list of texts as a vector alone")]
pub fn certificate(host: &str, names: Vec<String>) -> Result<Array, JsError> {
    let made = pocket_kms::endpoint::certificate(&native::provider(), host, &names, host_now(), entropy()?)?;
    let key = Uint8Array::from(&made.key[..]);
    Ok(Array::of3(&JsString::from(made.authority), &JsString::from(made.certificate), &key))
}

/// Takes the cryptography that the host lends, for all worlds that begin from now on.
#[wasm_bindgen]
pub fn lend(native: native::Lent) {
    native::take(native);
}

/// Takes what loads the rest of this module.
#[wasm_bindgen(js_name = restBy)]
pub fn rest_by(loader: rest::Loader) {
    rest::take(loader);
}

/// Has the rest of this module loaded; the build has this called before anything of the rest.
#[wasm_bindgen(js_name = needRest)]
pub fn need_rest() {
    rest::load();
}

/// Runs once, when the module is loaded.
#[wasm_bindgen(start)]
fn start() {
    fault::tell_panics();
}

#[expect(clippy::cast_possible_truncation, reason = "JavaScript's clock counts whole milliseconds")]
fn host_now() -> Time {
    Time::from_millis(Date::now() as i64)
}

fn entropy() -> Result<[u8; 32], JsError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| JsError::new("crypto.getRandomValues is missing here"))?;
    Ok(bytes)
}

/// What the core cannot read is thrown in the core's words.
fn not_read(error: Error) -> JsError {
    JsError::new(&error.message.unwrap_or_default())
}
