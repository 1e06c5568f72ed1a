//! Names that the library itself knows, as Python's texts.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use foldhash::fast::FixedState;
use pyo3::{prelude::*, types::PyString};

/// By where they stand in memory, which they never leave, and their lengths. No code of Python's runs while the lock is held,
/// so that nobody who holds it waits for anything.
static KNOWN: Mutex<HashMap<(usize, usize), Py<PyString>, FixedState>> =
    Mutex::new(HashMap::with_hasher(FixedState::with_seed(0)));

/// The text of a name. It is made once: that spares each reply half of its texts, and dictionaries their hashes.
pub(crate) fn known<'py>(py: Python<'py>, name: &'static str) -> Bound<'py, PyString> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = (name.as_ptr().addr(), name.len());
    known.entry(place).or_insert_with(|| PyString::intern(py, name).unbind()).bind(py).clone()
}
