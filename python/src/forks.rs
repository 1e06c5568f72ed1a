//! A process that forks: nobody is inside of the core while it does.
//!
//! A thread that holds the lock of a world does not exist in the forked process, and the lock would never be let go.
//! Python therefore tells of a fork before it happens; what is counted here is not a lock of the operating system, so that
//! a copy of it works in the new process.

use std::{
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
    time::Duration,
};

use pyo3::prelude::*;

/// How many threads are inside of the core.
static INSIDE: AtomicUsize = AtomicUsize::new(0);
/// How many threads are about to fork.
static FORKING: AtomicUsize = AtomicUsize::new(0);

/// How long a thread waits before it looks again.
const PAUSE: Duration = Duration::from_micros(50);

/// A thread's stay inside of the core. The thread holds no lock of Python's meanwhile: whoever forks may wait for it.
pub(crate) struct Stay(());

impl Stay {
    /// Enters, once nobody is about to fork.
    pub(crate) fn begin() -> Self {
        loop {
            INSIDE.fetch_add(1, SeqCst);
            if FORKING.load(SeqCst) == 0 {
                return Self(());
            }
            INSIDE.fetch_sub(1, SeqCst);
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        INSIDE.fetch_sub(1, SeqCst);
    }
}

/// Waits until nobody is inside, and lets nobody enter.
#[pyfunction]
pub(crate) fn before_fork(py: Python<'_>) {
    py.detach(|| {
        FORKING.fetch_add(1, SeqCst);
        while INSIDE.load(SeqCst) > 0 {
            thread::sleep(PAUSE);
        }
    });
}

/// Lets everybody enter again. A module that another thread loads during a fork hears of its end alone.
#[pyfunction]
pub(crate) fn after_fork_in_parent() {
    let _ = FORKING.fetch_update(SeqCst, SeqCst, |forking| forking.checked_sub(1));
}

/// Forgets the threads of the other process.
#[pyfunction]
pub(crate) fn after_fork_in_child() {
    INSIDE.store(0, SeqCst);
    FORKING.store(0, SeqCst);
}
