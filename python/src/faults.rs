//! What Python sees of a fault that is not an exception of KMS: time passes, or no answer comes.

use pocket_kms::{ActingFault, Effect, Error, Span};
use pyo3::{
    exceptions::{PyConnectionError, PyConnectionResetError},
    prelude::*,
};

/// Waits as long as the fault says, by Python's own `time.sleep`, which tests may replace.
pub(crate) fn wait(py: Python<'_>, fault: &ActingFault) -> PyResult<()> {
    if fault.delay == Span::default() {
        return Ok(());
    }
    py.import("time")?.call_method1("sleep", (seconds(fault.delay),)).map(drop)
}

/// The seconds of a delay, as `sleep` takes them.
pub(crate) fn seconds(span: Span) -> f64 {
    let millis = i32::try_from(span.millis()).unwrap_or(i32::MAX);
    f64::from(millis) / 1000.0
}

/// The error of a call that gets no answer of KMS; `None` where one comes.
pub(crate) fn unanswered(fault: &ActingFault, error: &Error) -> Option<PyErr> {
    let sentence = error.message.clone().unwrap_or_default();
    match fault.kind.effect() {
        Effect::Reset => Some(PyConnectionResetError::new_err(sentence)),
        Effect::Status(_) => Some(PyConnectionError::new_err(sentence)),
        _ => None,
    }
}
