//! Functions of Python that decide whether a fault applies to a call.

use std::sync::{
    Mutex, MutexGuard, PoisonError, TryLockError,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use pyo3::{PyTraverseError, PyVisit, prelude::*};

/// The functions by the numbers under which the core asks for them.
#[derive(Default)]
pub(crate) struct Predicates {
    held: Mutex<Vec<(u64, Py<PyAny>)>>,
    last: AtomicU64,
}

impl Predicates {
    /// Whether the core may ask for one.
    pub(crate) fn is_empty(&self) -> bool {
        self.held().is_empty()
    }

    /// Takes a function; gives its number.
    pub(crate) fn add(&self, predicate: Py<PyAny>) -> u64 {
        let number = self.last.fetch_add(1, Relaxed) + 1;
        self.held().push((number, predicate));
        number
    }

    /// Lets a function go. To drop it may run code that comes back here: the lock is let go before.
    pub(crate) fn remove(&self, number: u64) {
        let mut held = self.held();
        let place = held.iter().position(|(other, _)| *other == number);
        let former = place.map(|place| held.remove(place));
        drop(held);
        drop(former);
    }

    /// The function of a number.
    pub(crate) fn get(&self, py: Python<'_>, number: u64) -> Option<Py<PyAny>> {
        let held = self.held();
        held.iter().find(|(other, _)| *other == number).map(|(_, predicate)| predicate.clone_ref(py))
    }

    /// Shows Python's collector the functions, which may refer to their world: both may end together.
    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Where another thread holds the lock just now, the world is in use and is not collected.
        let held = match self.held.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(()),
        };
        held.iter().try_for_each(|(_, predicate)| visit.call(predicate))
    }

    /// Lets all of them go.
    pub(crate) fn clear(&self) {
        let former = std::mem::take(&mut *self.held());
        drop(former);
    }

    fn held(&self) -> MutexGuard<'_, Vec<(u64, Py<PyAny>)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
