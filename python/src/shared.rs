//! A world as the objects of Python share it: it may be disposed of, and a forked process may inherit it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use forkguard::Guard;
use pocket_kms::{
    Answerable, Call, FaultQuestion, HostAnswer, Question, Time, Unanswered, Value, arguments,
    world::{Progress, Reply, World},
};
use pyo3::{
    exceptions::{PyOSError, PyValueError},
    prelude::*,
};
use zeroize::Zeroizing;

use crate::{clock, forks::Stay, predicates::Predicates, value};

/// One world, for everything in Python that refers to it.
pub(crate) struct Shared {
    held: Mutex<Option<Held>>,
    /// What sends requests to the proxies of external key stores.
    proxies: Option<Py<PyAny>>,
    /// What decides whether faults apply to calls.
    pub(crate) predicates: Predicates,
}

/// A world that has not been disposed of.
struct Held {
    world: Arc<World>,
    /// Tells whether this process has begun as a copy of the one in which the world has last been seen. The system tells it
    /// of every fork, Python's own or not; to ask for the id of the process takes a thirtieth of a call.
    forks: Guard,
}

impl Shared {
    /// A world whose host sends requests to proxies by this function, if there is one.
    pub(crate) fn new(world: World, proxies: Option<Py<PyAny>>) -> Arc<Self> {
        world.host_answers(Answerable::NOTHING.proxies(proxies.is_some()).faults(true));
        let held = Held { world: Arc::new(world), forks: forkguard::new() };
        Arc::new(Self { held: Mutex::new(Some(held)), proxies, predicates: Predicates::default() })
    }

    /// What sends requests to proxies, for a fork.
    pub(crate) fn proxies(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.proxies.as_ref().map(|proxies| proxies.clone_ref(py))
    }

    /// Whether a call may wait for a proxy, or for a function that decides about a fault.
    pub(crate) fn asks(&self) -> bool {
        self.proxies.is_some() || !self.predicates.is_empty()
    }

    /// Makes a call that `begin` begins, with whatever its world asks on the way; or gives what `begin` gives in place of a
    /// call. While somebody is asked, nobody is inside of the core, and no lock is held.
    pub(crate) fn decide<E: Send>(
        &self,
        py: Python<'_>,
        begin: impl FnOnce(&World) -> Result<Call, E> + Send,
    ) -> PyResult<Result<Reply, E>> {
        let first = self.visit(py, |world| begin(world).map(|call| call.with_answers(world.answers())))?;
        let mut call = match first {
            Ok(call) => call,
            Err(instead) => return Ok(Err(instead)),
        };
        loop {
            match self.visit(py, |world| world.step(&mut call))? {
                Progress::Done(reply) => return Ok(Ok(reply)),
                Progress::Ask(question) => {
                    let answer = self.answer(py, &question)?;
                    call.answers.add(question, answer);
                }
            }
        }
    }

    /// What the host answers.
    ///
    /// # Errors
    /// What its function raises, such as `KeyboardInterrupt`.
    pub(crate) fn answer(&self, py: Python<'_>, question: &Question) -> PyResult<Result<HostAnswer, Unanswered>> {
        let (request, proxies) = match (question, &self.proxies) {
            (Question::Proxy(request), Some(proxies)) => (request, proxies),
            (Question::Fault(asked), _) => return self.decide_fault(py, asked),
            _ => return Ok(Err(Unanswered::Declined)),
        };
        let said = proxies.bind(py).call1((value::write(py, &request.to_value())?,))?;
        let answer = arguments::proxy_answer(&value::read(&said)?);
        answer.map(|answer| Ok(HostAnswer::Proxy(answer))).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Makes calls meet a fault; gives the id of the rule, and the number of its predicate.
    pub(crate) fn add_fault(
        &self,
        py: Python<'_>,
        said: &Value,
        predicate: Option<Py<PyAny>>,
    ) -> PyResult<(u64, Option<u64>)> {
        let when = predicate.map(|predicate| self.predicates.add(predicate));
        let added = self.visit(py, |world| {
            let mut fault = arguments::fault(said)?;
            fault.when = when;
            world.add_fault(fault)
        });
        let added = added.and_then(|added| added.map_err(|error| value::unread(py, &error)));
        if let (Err(_), Some(number)) = (&added, when) {
            self.predicates.remove(number);
        }
        added.map(|id| (id, when))
    }

    /// What a function says of a fault. One that is gone says nothing.
    fn decide_fault(&self, py: Python<'_>, asked: &FaultQuestion) -> PyResult<Result<HostAnswer, Unanswered>> {
        let Some(predicate) = self.predicates.get(py, asked.predicate) else { return Ok(Err(Unanswered::Declined)) };
        let told = value::write(py, &Zeroizing::new(asked.to_value()))?;
        predicate.bind(py).call1((told,))?.is_truthy().map(|applies| Ok(HostAnswer::Fault(applies)))
    }

    /// Does something with the world, outside of the interpreter's lock.
    ///
    /// # Errors
    /// `ValueError` when the world has been disposed of, `OSError` when the system gives no randomness.
    pub(crate) fn visit<T: Send>(&self, py: Python<'_>, visit: impl FnOnce(&World) -> T + Send) -> PyResult<T> {
        py.detach(|| {
            let _stay = Stay::begin();
            Ok(visit(&*self.world()?))
        })
    }

    /// The same with the time of the host's clock, which is asked before.
    ///
    /// # Errors
    /// What [`Shared::visit`] and [`clock::host_now`] raise.
    pub(crate) fn visit_now<T: Send>(
        &self,
        py: Python<'_>,
        visit: impl FnOnce(&World, Time) -> T + Send,
    ) -> PyResult<T> {
        let host_now = clock::host_now(py)?;
        self.visit(py, |world| visit(world, host_now))
    }

    /// The world itself. In a process that has begun as a copy of another, both would draw the same: it draws otherwise
    /// from now on.
    ///
    /// # Errors
    /// `ValueError` when the world has been disposed of, `OSError` when the system gives no randomness.
    pub(crate) fn world(&self) -> PyResult<Arc<World>> {
        let mut held = self.held();
        let Held { world, forks } = held.as_mut().ok_or_else(disposed)?;
        let mut noticed = forks.clone();
        if noticed.detected_fork() {
            world.reseed(entropy()?);
            *forks = noticed;
        }
        Ok(Arc::clone(world))
    }

    /// Lets the world go: it ends, and its secrets are wiped, when the last call that is on its way ends.
    pub(crate) fn dispose(&self, py: Python<'_>) {
        py.detach(|| {
            let _stay = Stay::begin();
            drop(self.held().take());
        });
    }

    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Randomness of the system.
pub(crate) fn entropy() -> PyResult<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| PyOSError::new_err(format!("the system gives no randomness: {error}")))?;
    Ok(bytes)
}

fn disposed() -> PyErr {
    PyValueError::new_err("this world has been disposed of: make another one with Kms()")
}
