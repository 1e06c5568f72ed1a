//! A world of KMS, shared by everything in Python that refers to it.

use std::sync::Arc;

use pocket_kms::{
    Call, CryptoProvider, Error, Options, Span, Time, Value, arguments,
    http::{Request, Response},
    wire,
    world::{self, Deadline, HealthStep},
};
use pyo3::{
    PyTraverseError, PyVisit,
    exceptions::{PyLookupError, PyValueError},
    prelude::*,
    pybacked::PyBackedStr,
    types::{IntoPyDict, PyBytes, PyDict, PyList},
};
use zeroize::Zeroizing;

use crate::{
    clock,
    enclave::{self, Enclave},
    faults,
    forks::Stay,
    listener::Listener,
    names,
    sender::{self, Sender},
    shared::{Shared, entropy},
    templates, value,
};

/// A world of KMS in memory. `seed` is bytes, `now` milliseconds, `account` twelve digits.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct World(pub(crate) Arc<Shared>, Listener);

/// A response as a host sends it: status, headers, body, and the seconds for which the host keeps it back. A status of 0
/// stands for a connection that breaks.
type Answered<'py> = (u16, Bound<'py, PyDict>, Bound<'py, PyBytes>, f64);

#[pymethods]
impl World {
    #[new]
    #[pyo3(signature = (seed=None, now=None, account=None, insecure_key_pool=false, history=value::Count::NONE, proxies=None, keep_recipe=false))]
    fn new(
        seed: Option<value::Blob>,
        now: Option<i64>,
        account: Option<&str>,
        insecure_key_pool: bool,
        history: value::Count,
        proxies: Option<Py<PyAny>>,
        keep_recipe: bool,
    ) -> PyResult<Self> {
        let account = account.map(arguments::account).transpose().map_err(not_read)?;
        let now = now.map(Time::from_millis);
        let seed = seed.map(|seed| seed.to_vec().into());
        let history = history.most();
        let options =
            Options { seed, now, account, insecure_key_pool, history, recipe: keep_recipe, ..Options::default() };
        Ok(Self::of(world::World::new(options, provider(), entropy()?), proxies))
    }

    /// A world of a recipe, which is JSON text.
    #[staticmethod]
    #[pyo3(signature = (text, history, proxies, keep_recipe))]
    fn from_recipe(
        py: Python<'_>,
        text: &str,
        history: value::Count,
        proxies: Option<Py<PyAny>>,
        keep_recipe: bool,
    ) -> PyResult<Self> {
        let options = Options { history: history.most(), recipe: keep_recipe, ..Options::default() };
        let host_now = clock::host_now(py)?;
        let world = py.detach(|| {
            let _stay = Stay::begin();
            let recipe = world::World::read_recipe(text.as_bytes()).map(Zeroizing::new)?;
            world::World::from_recipe(&recipe, options, provider(), host_now)
        });
        world.map(|world| Self::of(world, proxies)).map_err(not_read)
    }

    /// The recipe of what was done so far, as JSON text.
    fn recipe(&self, py: Python<'_>) -> PyResult<String> {
        let recipe = self.0.visit_now(py, |world, host_now| world.recipe(host_now).map(Zeroizing::new))?;
        let recipe = recipe.map_err(not_read)?;
        Ok(String::from_utf8(wire::to_json(&recipe)).unwrap_or_default())
    }

    /// Makes a call, which `origin` says from where.
    #[pyo3(signature = (operation, input, region, caller, origin))]
    fn call<'py>(
        &self,
        operation: &str,
        input: &Bound<'py, PyAny>,
        region: Option<&str>,
        caller: &Bound<'py, PyAny>,
        origin: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, input, sender) = (input.py(), value::read(input)?, sender::read(caller, origin)?);
        let answer = self.answer(py, operation, input, region, &sender, clock::host_now(py)?);
        self.1.tell(py)?;
        answer
    }

    /// Makes a call, and tells what happened in order: see `traced` of the core.
    #[pyo3(signature = (operation, input, region, caller, origin))]
    fn trace<'py>(
        &self,
        operation: &str,
        input: &Bound<'py, PyAny>,
        region: Option<&str>,
        caller: &Bound<'py, PyAny>,
        origin: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, input, sender) = (input.py(), value::read(input)?, sender::read(caller, origin)?);
        let host_now = clock::host_now(py)?;
        let decided = self
            .0
            .decide(py, |world| world.begin_from(operation, input, region, &sender, host_now).map(Call::traced))?;
        self.1.tell(py)?;
        let answer = decided.unwrap_or_else(|refusal| *refusal);
        if let Some(fault) = answer.fault() {
            faults::wait(py, fault)?;
        }
        value::write(py, &Zeroizing::new(answer.traced()))
    }

    /// Answers an HTTP request that an SDK has built; `target` is a path or a whole URL, and the sender wins over what
    /// the request's credentials say.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "Python keeps what stands in a request, and gives it out like that"
    )]
    fn http<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        target: &str,
        headers: Vec<(PyBackedStr, value::Header)>,
        body: value::Blob,
        sender: Option<&Sender>,
    ) -> PyResult<Answered<'py>> {
        let headers = headers.iter().map(|(name, value)| (&**name, value.as_bytes()));
        let mut request = Request::borrowed(method, target, headers, &body);
        if let Some(Sender(sender)) = sender {
            request = request.of_sender(sender);
        }
        let response = self.response(py, &request, clock::host_now(py)?);
        self.1.tell(py)?;
        let response = response?;
        let headers = response.headers.iter().map(|(name, value)| (names::known(py, name), value.as_str()));
        let (headers, body) = (headers.into_py_dict(py)?, PyBytes::new(py, &response.body));
        Ok((response.status, headers, body, faults::seconds(response.delay)))
    }

    /// The account of callers that name none.
    #[getter]
    fn account(&self, py: Python<'_>) -> PyResult<String> {
        self.0.visit(py, |world| world.account().to_string())
    }

    /// The world's time in milliseconds.
    fn now(&self, py: Python<'_>) -> PyResult<i64> {
        self.0.visit_now(py, |world, host_now| world.now(host_now).millis())
    }

    /// Sets the clock.
    fn set_time(&self, py: Python<'_>, time: i64) -> PyResult<()> {
        self.0.visit_now(py, |world, host_now| world.set_time(Time::from_millis(time), host_now))?;
        self.1.tell(py)
    }

    /// Moves the clock forward by this many milliseconds.
    fn advance(&self, py: Python<'_>, span: i64) -> PyResult<()> {
        let advanced = self.0.visit_now(py, |world, host_now| world.advance(Span::from_millis(span), host_now))?;
        advanced.map_err(not_read)?;
        self.1.tell(py)
    }

    /// Stops the clock.
    fn freeze(&self, py: Python<'_>) -> PyResult<()> {
        self.0.visit_now(py, world::World::freeze)
    }

    /// Lets the clock run on.
    fn resume(&self, py: Python<'_>) -> PyResult<()> {
        self.0.visit_now(py, world::World::resume)
    }

    /// Whether the clock stands.
    #[getter]
    fn is_frozen(&self, py: Python<'_>) -> PyResult<bool> {
        self.0.visit(py, world::World::is_frozen)
    }

    /// What falls due, soonest first, as things stand: at most `most` deadlines.
    fn deadlines<'py>(&self, py: Python<'py>, most: value::Count) -> PyResult<Bound<'py, PyList>> {
        let deadlines = self.0.visit(py, |world| world.deadlines(most.most()))?;
        list(py, &deadlines.iter().map(Deadline::to_value).collect::<Vec<_>>())
    }

    /// Lets the world go.
    fn dispose(&self, py: Python<'_>) {
        self.0.dispose(py);
    }

    /// A second world that begins as this one is now.
    fn fork(&self, py: Python<'_>) -> PyResult<Self> {
        let entropy = entropy()?;
        self.0.visit(py, |world| world.fork(entropy)).map(|fork| self.forked(py, fork))
    }

    /// Writes the world as bytes, secrets sealed under the root key.
    fn snapshot<'py>(&self, py: Python<'py>, root_key: value::Blob) -> PyResult<Bound<'py, PyBytes>> {
        let root_key = arguments::root_key(&root_key).map_err(not_read)?;
        let bytes = self.0.visit(py, |world| world.snapshot(&root_key))?;
        bytes.map(|bytes| PyBytes::new(py, &bytes)).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Reads a snapshot.
    #[staticmethod]
    #[pyo3(signature = (snapshot, root_key, proxies=None))]
    fn restore(
        py: Python<'_>,
        snapshot: value::Blob,
        root_key: value::Blob,
        proxies: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let (root_key, entropy) = (arguments::root_key(&root_key).map_err(not_read)?, entropy()?);
        let world = py.detach(|| {
            let _stay = Stay::begin();
            world::World::restore(&snapshot, &root_key, provider(), entropy)
        });
        world.map(|world| Self::of(world, proxies)).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Whether a call may wait for the proxy of an external key store, or for a function that decides about a fault.
    #[getter]
    fn asks(&self) -> bool {
        self.0.asks()
    }

    /// What a symmetric ciphertext blob says about itself; `None` when the bytes are not one.
    fn inspect<'py>(&self, py: Python<'py>, blob: value::Blob) -> PyResult<Option<Bound<'py, PyAny>>> {
        let inspected = self.0.visit(py, |world| world.inspect(&blob))?;
        inspected.map(|inspected| value::write(py, &inspected)).transpose()
    }

    /// Registers what a host is to serve as proxies; gives the proxy configuration files of those that got a credential.
    fn set_up_proxies<'py>(&self, setup: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let (py, setup) = (setup.py(), Zeroizing::new(value::read(setup)?));
        let files = self.0.visit_now(py, |world, host_now| world.set_up_proxies(&setup, host_now))?;
        value::write(py, &Zeroizing::new(files.map_err(not_read)?))
    }

    /// The hosts in the endpoints of all proxies that are registered.
    fn proxy_hosts(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        self.0.visit(py, world::World::proxy_hosts)
    }

    /// Starts a simulated enclave of these options.
    fn enclave(&self, options: &Bound<'_, PyAny>) -> PyResult<Enclave> {
        enclave::start(&self.0, options)
    }

    /// The journal behind the change with the number `after`.
    fn changes<'py>(&self, py: Python<'py>, after: value::Count) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.0.visit(py, |world| world.changes(after.number()).to_values(after.number()))?)
    }

    /// What fell due behind the change with the number `after`.
    fn events<'py>(&self, py: Python<'py>, after: value::Count) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.0.visit(py, |world| world.changes(after.number()).events(after.number()))?)
    }

    /// Makes settings, all or none of them.
    fn set(&self, settings: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, settings) = (settings.py(), value::read(settings)?);
        self.0.visit_now(py, |world, host_now| world.set(&settings, host_now))?.map_err(not_read)
    }

    /// What has been set.
    fn settings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::write(py, &self.0.visit(py, world::World::settings)?)
    }

    /// What would become of a call, and why.
    #[pyo3(signature = (operation, input, region, caller, origin))]
    fn explain<'py>(
        &self,
        operation: &str,
        input: &Bound<'py, PyAny>,
        region: Option<&str>,
        caller: &Bound<'py, PyAny>,
        origin: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = input.py();
        let (input, sender) = (value::read(input)?, sender::read(caller, origin)?);
        let explained =
            self.0.visit_now(py, |world, now| world.explain_from(operation, input, region, &sender, now))?;
        value::write(py, &explained.to_value())
    }

    /// The calls that were denied, behind the one with the number `after`.
    fn denials<'py>(&self, py: Python<'py>, after: value::Count) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.0.visit(py, |world| world.denials(after.number()).to_values())?)
    }

    /// Registers who there is, all of it or nothing.
    fn register(&self, entries: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, entries) = (entries.py(), Zeroizing::new(value::read(entries)?));
        self.0.visit_now(py, |world, host_now| world.register(&entries, host_now))?.map_err(not_read)
    }

    /// Performs a recipe, all of it or nothing; the recipe and its reply are JSON text.
    fn perform(&self, py: Python<'_>, recipe: &str) -> PyResult<String> {
        let recipe = Zeroizing::new(templates::json(recipe)?);
        let performed = self.0.visit_now(py, |world, host_now| world.perform(&recipe, host_now))?;
        self.1.tell(py)?;
        let reply = performed.map_err(|error| value::refusal(py, &error, None, ""))?;
        Ok(templates::text(&Zeroizing::new(reply)))
    }

    /// What the world has, as JSON text.
    fn inventory(&self, py: Python<'_>) -> PyResult<String> {
        Ok(templates::text(&self.0.visit_now(py, world::World::inventory)?))
    }

    /// Removes what has these names, all of it or nothing.
    fn unregister(&self, py: Python<'_>, names: Vec<String>) -> PyResult<()> {
        self.0.visit_now(py, |world, host_now| world.unregister(&names, host_now))?.map_err(not_read)
    }

    /// Who is registered, without secrets.
    fn directory<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::write(py, &self.0.visit(py, world::World::directory)?)
    }

    /// Registers clusters, VPC endpoint services and proxies, all of them or nothing.
    fn register_stores(&self, entries: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, entries) = (entries.py(), Zeroizing::new(value::read(entries)?));
        self.0.visit_now(py, |world, host_now| world.register_stores(&entries, host_now))?.map_err(not_read)
    }

    /// What of them is registered, without secrets.
    fn stores_setup<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::write(py, &self.0.visit(py, world::World::stores_setup)?)
    }

    /// Does something as the owner of a cluster.
    fn on_cluster<'py>(&self, id: &str, action: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let (py, action) = (action.py(), Zeroizing::new(value::read(action)?));
        let done = self.0.visit_now(py, |world, host_now| world.on_cluster(id, &action, host_now))?;
        value::write(py, &Zeroizing::new(done.map_err(not_read)?))
    }

    /// Does something as the owner of a proxy.
    fn on_proxy<'py>(&self, name: &str, action: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let (py, action) = (action.py(), Zeroizing::new(value::read(action)?));
        let done = self.0.visit_now(py, |world, host_now| world.on_proxy(name, &action, host_now))?;
        value::write(py, &Zeroizing::new(done.map_err(not_read)?))
    }

    /// The requests that a proxy has answered, behind the one with the number `after`.
    fn proxy_log<'py>(&self, py: Python<'py>, name: &str, after: value::Count) -> PyResult<Bound<'py, PyAny>> {
        let log = self.0.visit(py, |world| world.proxy_log(name, after.number()))?;
        value::write(py, &log.map_err(not_read)?)
    }

    /// Answers a question about policies.
    fn ask<'py>(&self, question: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let (py, question) = (question.py(), value::read(question)?);
        let answer = self.0.visit_now(py, |world, host_now| world.ask(&question, host_now))?;
        value::write(py, &answer.map_err(|error| value::unread(py, &error))?)
    }

    /// Answers a question about what was recorded. The question is JSON text: files of records are longer than requests
    /// may be.
    fn audit<'py>(&self, py: Python<'py>, question: &str) -> PyResult<Bound<'py, PyAny>> {
        let question = templates::json(question)?;
        let answer = self.0.visit_now(py, |world, host_now| world.audit(&question, host_now))?;
        value::write(py, &answer.map_err(|error| value::unread(py, &error))?)
    }

    /// Sets what is told of calls from now on.
    fn set_audit(&self, options: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, options) = (options.py(), value::read(options)?);
        self.0.visit(py, |world| world.set_audit(&options))?.map_err(not_read)
    }

    /// What is told of calls.
    fn audit_options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::write(py, &self.0.visit(py, |world| world.audit_options().to_value())?)
    }

    /// Takes in a trail file of CloudTrail, unpacked.
    fn import_trail<'py>(&self, py: Python<'py>, into: Option<&str>, file: value::Blob) -> PyResult<Bound<'py, PyAny>> {
        let brought = self.0.visit(py, |world| world.import_trail(into, &file))?;
        value::write(py, &brought.map_err(not_read)?)
    }

    /// Who is called after each call and each move of the clock.
    #[getter]
    fn listener(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.1.get(py)
    }

    /// Calls somebody after each call and each move of the clock, in place of whoever was called so far.
    fn listen(&self, listener: Option<Py<PyAny>>) {
        self.1.replace(listener);
    }

    /// Calls whoever listens: a host does so that has served requests over connections.
    fn tell(&self, py: Python<'_>) -> PyResult<()> {
        self.1.tell(py)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.1.traverse(&visit)?;
        self.0.predicates.traverse(&visit)
    }

    fn __clear__(&self) {
        self.1.replace(None);
        self.0.predicates.clear();
    }

    /// Every quota of an account in a Region, and how much of it is used.
    fn quotas<'py>(&self, py: Python<'py>, account: Option<&str>, region: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
        let quotas = self.0.visit_now(py, |world, host_now| world.quotas(account, region, host_now))?;
        value::write(py, &quotas.map_err(not_read)?)
    }

    /// Makes calls meet a fault, those alone of which a predicate says so; gives the id of the rule, and the number of its
    /// predicate.
    #[pyo3(signature = (fault, predicate=None))]
    fn add_fault(&self, fault: &Bound<'_, PyAny>, predicate: Option<Py<PyAny>>) -> PyResult<(u64, Option<u64>)> {
        let (py, said) = (fault.py(), value::read(fault)?);
        self.0.add_fault(py, &said, predicate)
    }

    /// Lets go of a predicate whose rule has ended.
    fn forget(&self, predicate: Option<u64>) {
        if let Some(number) = predicate {
            self.0.predicates.remove(number);
        }
    }

    /// Removes a rule; says whether there was one.
    fn remove_fault(&self, py: Python<'_>, id: u64) -> PyResult<bool> {
        self.0.visit(py, |world| world.remove_fault(id))
    }

    /// The rules, and how many calls fitted them and met their faults.
    fn faults<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.0.visit(py, world::World::faults)?)
    }

    /// The faults that calls have met, behind the one with the number `after`.
    fn acted_faults<'py>(&self, py: Python<'py>, after: value::Count) -> PyResult<Bound<'py, PyList>> {
        list(py, &self.0.visit(py, |world| world.acted_faults(after.number()).to_values())?)
    }

    /// Makes the health checks of external key stores that are due.
    fn check_external_key_stores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let mut told = Vec::new();
        for mut check in self.0.visit_now(py, world::World::due_health_checks)? {
            loop {
                match self.0.visit(py, |world| world.check_health(&check))? {
                    HealthStep::Done(exchange) => {
                        told.extend(exchange.map(|exchange| exchange.to_value()));
                        break;
                    }
                    HealthStep::Ask(question) => {
                        let answer = self.0.answer(py, &question)?;
                        check.add(question, answer);
                    }
                }
            }
        }
        self.1.tell(py)?;
        list(py, &told)
    }

    /// Keeps this many states of the world from now on.
    fn keep_history(&self, py: Python<'_>, states: value::Count) -> PyResult<()> {
        self.0.visit(py, |world| world.keep_history(states.most()))
    }

    /// A fork of the world as it was at an instant.
    fn at(&self, py: Python<'_>, time: i64) -> PyResult<Self> {
        let (time, entropy) = (Time::from_millis(time), entropy()?);
        let fork = self.0.visit_now(py, |world, host_now| world.at(time, host_now, entropy))?;
        fork.map(|fork| self.forked(py, fork)).map_err(|none| PyLookupError::new_err(none.to_string()))
    }

    /// A fork of the world as it was right after a change.
    fn at_revision(&self, py: Python<'_>, revision: value::Count) -> PyResult<Self> {
        let entropy = entropy()?;
        let fork = self.0.visit(py, |world| world.at_revision(revision.number(), entropy))?;
        fork.map(|fork| self.forked(py, fork)).map_err(|none| PyLookupError::new_err(none.to_string()))
    }
}

fn list<'py>(py: Python<'py>, values: &[Value]) -> PyResult<Bound<'py, PyList>> {
    let values: PyResult<Vec<_>> = values.iter().map(|value| value::write(py, value)).collect();
    PyList::new(py, values?)
}

impl World {
    fn of(world: world::World, proxies: Option<Py<PyAny>>) -> Self {
        Self(Shared::new(world, proxies), Listener::default())
    }

    /// A fork has the same host.
    fn forked(&self, py: Python<'_>, world: world::World) -> Self {
        Self::of(world, self.0.proxies(py))
    }

    /// What comes of a call: the reply, or what is raised.
    fn answer<'py>(
        &self,
        py: Python<'py>,
        operation: &str,
        input: Value,
        region: Option<&str>,
        sender: &pocket_kms::Sender,
        host_now: Time,
    ) -> PyResult<Bound<'py, PyAny>> {
        let answer = if self.0.asks() {
            let decided = self.0.decide(py, |world| world.begin_from(operation, input, region, sender, host_now))?;
            decided.unwrap_or_else(|refusal| *refusal)
        } else {
            self.0.visit(py, |world| world.call_from(operation, input, region, sender, host_now))?
        };
        if let Some(fault) = answer.fault() {
            faults::wait(py, fault)?;
            if let Some(error) = answer.reply.as_ref().err().and_then(|error| faults::unanswered(fault, error)) {
                return Err(error);
            }
        }
        match answer.reply {
            // An operation without a reply answers with an empty structure, as SDKs do.
            Ok(Value::Null) => value::write(py, &Value::Map(Vec::new())),
            Ok(reply) => value::write(py, &Zeroizing::new(reply)),
            Err(error) => Err(value::refusal(py, &error, Some(&answer.trail), &answer.request_id.to_string())),
        }
    }

    /// Answers an HTTP request.
    fn response(&self, py: Python<'_>, request: &Request, host_now: Time) -> PyResult<Response> {
        if !self.0.asks() {
            return self.0.visit(py, |world| world.http(request, host_now));
        }
        let decided = self.0.decide(py, |world| world.begin_http(request, host_now))?;
        decided.map_or_else(|response| Ok(*response), |reply| self.0.visit(py, |_| reply.response(host_now)))
    }
}

/// The milliseconds of a length of time such as `30d` or `1d 12h`.
#[pyfunction]
pub(crate) fn span(text: &str) -> PyResult<i64> {
    arguments::span(text).map(Span::millis).map_err(not_read)
}

/// The milliseconds of an instant such as `2030-01-01T00:00:00Z`.
#[pyfunction]
pub(crate) fn moment(text: &str) -> PyResult<i64> {
    arguments::moment(text).map(Time::millis).map_err(not_read)
}

/// The name and the value of a text that an option of the command line has been given.
#[pyfunction]
pub(crate) fn named(option: &str, text: &str) -> PyResult<(String, String)> {
    let (name, value) = arguments::named(option, text).map_err(not_read)?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The settings that texts of the command line make.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python gives a list of texts as a vector alone")]
pub(crate) fn settings(py: Python<'_>, texts: Vec<String>) -> PyResult<Bound<'_, PyAny>> {
    value::write(py, &arguments::settings(&texts).map_err(not_read)?)
}

/// AWS-LC, or what the core brings where the wheel is built without it; both answer alike.
pub(crate) fn provider() -> CryptoProvider {
    #[cfg(feature = "native")]
    return pocket_kms_aws_lc::PROVIDER;
    #[cfg(not(feature = "native"))]
    CryptoProvider::default()
}

/// What the core cannot read is a `ValueError` to Python, in the core's words.
pub(crate) fn not_read(error: Error) -> PyErr {
    PyValueError::new_err(error.message.unwrap_or_default())
}
