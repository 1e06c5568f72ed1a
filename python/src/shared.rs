//! A world as the objects of Python share it: it may be disposed of, and a forked process may inherit it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering::SeqCst},
};

use pocket_kms::{
    Answerable, Call, HostAnswer, Question, Unanswered, arguments,
    world::{Progress, Reply, World},
};
use pyo3::{
    exceptions::{PyOSError, PyValueError},
    prelude::*,
};

use crate::{
    forks::{self, Stay},
    value,
};

/// One world, for everything in Python that refers to it.
pub(crate) struct Shared {
    world: Mutex<Option<Arc<World>>>,
    /// The process in which the world has last been seen.
    process: AtomicU64,
    /// What sends requests to the proxies of external key stores.
    proxies: Option<Py<PyAny>>,
}

impl Shared {
    /// A world whose host sends requests to proxies by this function, if there is one.
    pub(crate) fn new(world: World, proxies: Option<Py<PyAny>>) -> Arc<Self> {
        world.host_answers(Answerable::NOTHING.proxies(proxies.is_some()));
        let process = forks::this_process().into();
        Arc::new(Self { world: Mutex::new(Some(Arc::new(world))), process, proxies })
    }

    /// What sends requests to proxies, for a fork.
    pub(crate) fn proxies(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.proxies.as_ref().map(|proxies| proxies.clone_ref(py))
    }

    /// Whether a call may wait for a proxy.
    pub(crate) const fn asks(&self) -> bool {
        self.proxies.is_some()
    }

    /// Makes a call that `begin` begins, with whatever its world asks on the way; or gives what `begin` gives in place of a
    /// call. While a proxy is asked, nobody is inside of the core, and no lock is held.
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
                Progress::Done(reply) => return Ok(Ok(*reply)),
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
        let (Question::Proxy(request), Some(proxies)) = (question, &self.proxies) else {
            return Ok(Err(Unanswered::Declined));
        };
        let said = proxies.bind(py).call1((value::write(py, &request.to_value())?,))?;
        let answer = arguments::proxy_answer(&value::read(&said)?);
        answer.map(|answer| Ok(HostAnswer::Proxy(answer))).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Does something with the world, outside of the interpreter's lock.
    ///
    /// # Errors
    /// `ValueError` when the world has been disposed of, `OSError` when the system gives no randomness.
    pub(crate) fn visit<T: Send>(&self, py: Python<'_>, visit: impl FnOnce(&World) -> T + Send) -> PyResult<T> {
        py.detach(|| {
            let _stay = Stay::begin();
            let world = self.held().clone().ok_or_else(disposed)?;
            self.notice_process(&world)?;
            Ok(visit(&world))
        })
    }

    /// The world itself, for what keeps it for as long as it serves it.
    ///
    /// # Errors
    /// `ValueError` when the world has been disposed of.
    pub(crate) fn world(&self) -> PyResult<Arc<World>> {
        self.held().clone().ok_or_else(disposed)
    }

    /// Lets the world go: it ends, and its secrets are wiped, when the last call that is on its way ends.
    pub(crate) fn dispose(&self, py: Python<'_>) {
        py.detach(|| {
            let _stay = Stay::begin();
            drop(self.held().take());
        });
    }

    /// In a process that has begun as a copy of another, both would draw the same.
    fn notice_process(&self, world: &World) -> PyResult<()> {
        let process = forks::this_process();
        if self.process.load(SeqCst) != process {
            world.reseed(entropy()?);
            self.process.store(process, SeqCst);
        }
        Ok(())
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Arc<World>>> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
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
