//! The host's clock, as Python has it.

use pocket_kms::Time;
use pyo3::{intern, prelude::*, sync::PyOnceLock, types::PyModule};

/// Nanoseconds in a millisecond.
const NANOS: i64 = 1_000_000;

static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// The time of the host's clock. Tools that freeze Python's time freeze this one: they put a function of their own into its
/// module, where it is looked up at each call. What passes the time in from Python takes thrice as long.
pub(crate) fn host_now(py: Python<'_>) -> PyResult<Time> {
    let module = MODULE.get_or_try_init(py, || py.import("time").map(Bound::unbind))?.bind(py);
    let nanos = module.getattr(intern!(py, "time_ns"))?.call0()?;
    let millis = match nanos.extract::<i64>() {
        Ok(nanos) => nanos.div_euclid(NANOS),
        // Before 1677 and after 2262.
        Err(_) => nanos.floor_div(NANOS)?.extract()?,
    };
    Ok(Time::from_millis(millis))
}
