//! One connection of the HTTP front: Python moves its bytes.

use std::sync::{Arc, Mutex, PoisonError};

use pocket_kms::{Time, http};
use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyBytes};

use crate::{shared::Shared, world::World};

/// One connection: bytes received in, bytes to send out.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Connection {
    world: Arc<Shared>,
    connection: Mutex<http::Connection>,
}

#[pymethods]
impl Connection {
    #[new]
    fn new(world: &World) -> Self {
        Self { world: Arc::clone(&world.0), connection: Mutex::default() }
    }

    /// Takes in what the socket has received and gives what to send, and whether the connection stays open.
    fn receive<'py>(
        &self,
        py: Python<'py>,
        received: PyBackedBytes,
        host_now: i64,
    ) -> PyResult<(Bound<'py, PyBytes>, bool)> {
        let host_now = Time::from_millis(host_now);
        let (sent, open) = self.world.visit(py, |world| {
            let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            let sent = connection.exchange(&received, host_now, |request| world.http(request, host_now));
            (sent, connection.keeps_alive())
        })?;
        Ok((PyBytes::new(py, &sent), open))
    }
}
