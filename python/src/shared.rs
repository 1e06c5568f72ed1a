//! A world as the objects of Python share it: it may be disposed of, and a forked process may inherit it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering::SeqCst},
};

use pocket_kms::world::World;
use pyo3::{
    exceptions::{PyOSError, PyValueError},
    prelude::*,
};

use crate::forks::{self, Stay};

/// One world, for everything in Python that refers to it.
pub(crate) struct Shared {
    world: Mutex<Option<Arc<World>>>,
    /// The process in which the world has last been seen.
    process: AtomicU64,
}

impl Shared {
    pub(crate) fn new(world: World) -> Arc<Self> {
        let process = forks::this_process().into();
        Arc::new(Self { world: Mutex::new(Some(Arc::new(world))), process })
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
