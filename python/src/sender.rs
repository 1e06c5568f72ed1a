//! Who calls, and from where, as Python says it.

use pocket_kms::{Value, arguments};
use pyo3::prelude::*;

use crate::value;

/// What a client or a block says once about all of its requests.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Sender(pub(crate) pocket_kms::Sender);

#[pymethods]
impl Sender {
    /// `caller` is text, `origin` a dictionary; either may be `None`.
    #[new]
    fn new(caller: &Bound<'_, PyAny>, origin: &Bound<'_, PyAny>) -> PyResult<Self> {
        read(caller, origin).map(Self)
    }
}

/// Reads who calls and from where.
pub(crate) fn read(caller: &Bound<'_, PyAny>, origin: &Bound<'_, PyAny>) -> PyResult<pocket_kms::Sender> {
    // Most calls say neither.
    if caller.is_none() && origin.is_none() {
        return Ok(pocket_kms::Sender::default());
    }
    let (caller, said): (Value, Value) = (value::read(caller)?, value::read(origin)?);
    arguments::sender(&caller, &said).map_err(|error| value::unread(origin.py(), &error))
}
