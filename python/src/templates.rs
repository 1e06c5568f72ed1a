//! Templates read and written: JSON text in, JSON text out.

use pocket_kms::{Value, wire};
use pocket_kms_templates as templates;
use pyo3::{exceptions::PyValueError, prelude::*};

/// Does what the crate of templates has under this name: `(True, output)`, or `(False, failure)`, both JSON text.
///
/// The input is text, too: files are longer than requests may be.
#[pyfunction]
#[pyo3(name = "templates")]
pub(crate) fn call(py: Python<'_>, name: &str, input: &str) -> PyResult<(bool, String)> {
    let input = json(input)?;
    let done = py.detach(|| templates::call(name, &input));
    Ok(match done {
        Ok(output) => (true, text(&output)),
        Err(failure) => (false, text(&failure.to_value())),
    })
}

/// Reads JSON text that the package itself has written.
pub(crate) fn json(text: &str) -> PyResult<Value> {
    wire::from_json(text.as_bytes()).map_err(|error| PyValueError::new_err(error.message.unwrap_or_default()))
}

/// Writes JSON text.
pub(crate) fn text(value: &Value) -> String {
    String::from_utf8(wire::to_json(value)).unwrap_or_default()
}
