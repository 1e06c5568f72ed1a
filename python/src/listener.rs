//! Who in Python wants to know that something has happened in a world.

use std::sync::{Mutex, PoisonError, TryLockError};

use pyo3::{PyTraverseError, PyVisit, prelude::*};

/// What is called after each call and each move of the clock; nothing, while nobody listens.
#[derive(Default)]
pub(crate) struct Listener(Mutex<Option<Py<PyAny>>>);

impl Listener {
    /// Puts somebody in place of whoever has listened.
    pub(crate) fn replace(&self, listener: Option<Py<PyAny>>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let former = std::mem::replace(&mut *held, listener);
        // Letting go of a Python object may run code that listens again.
        drop(held);
        drop(former);
    }

    /// Who listens.
    pub(crate) fn get(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|listener| listener.clone_ref(py))
    }

    /// Lets whoever listens know that something may have happened.
    ///
    /// # Errors
    /// What the listener raises: it keeps everything to itself but what ends a program, such as `KeyboardInterrupt`.
    pub(crate) fn tell(&self, py: Python<'_>) -> PyResult<()> {
        self.get(py).map_or(Ok(()), |listener| listener.call0(py).map(drop))
    }

    /// Shows Python's collector the listener, which refers to its world: both may end together.
    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Where another thread holds the lock just now, the world is in use and is not collected.
        let held = match self.0.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(()),
        };
        held.as_ref().map_or(Ok(()), |listener| visit.call(listener))
    }
}
