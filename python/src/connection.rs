//! One connection of the HTTP front: Python moves its bytes.

use std::sync::{Arc, Mutex, PoisonError};

use pocket_kms::{
    Time,
    http::{self, Arrival},
    world,
};
use pyo3::{prelude::*, pybacked::PyBackedBytes, types::PyBytes};

use crate::world::World;

/// What a peer is told that waits for leave to send its body (RFC 9110 section 15.2.1).
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// One connection: bytes received in, bytes to send out.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Connection {
    world: Arc<world::World>,
    connection: Mutex<http::Connection>,
}

#[pymethods]
impl Connection {
    #[new]
    fn new(world: &World) -> Self {
        Self { world: Arc::clone(&world.0), connection: Mutex::default() }
    }

    /// Takes in what the socket has received and gives what to send, and whether the connection stays open.
    fn receive<'py>(&self, py: Python<'py>, received: PyBackedBytes, host: i64) -> (Bound<'py, PyBytes>, bool) {
        let (bytes, open) = py.detach(|| self.answers(&received, Time::from_millis(host)));
        (PyBytes::new(py, &bytes), open)
    }
}

impl Connection {
    /// The answers to everything that has arrived whole.
    fn answers(&self, received: &[u8], host: Time) -> (Vec<u8>, bool) {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.receive(received);
        let mut bytes = Vec::new();
        while let Some(arrival) = connection.next_arrival() {
            let response = match arrival {
                Arrival::Continue => CONTINUE.to_vec(),
                Arrival::Refused(response) => response.bytes(false),
                Arrival::Request(request) => self.world.http(&request, host).bytes(connection.keeps_alive()),
            };
            bytes.extend(response);
        }
        (bytes, connection.keeps_alive())
    }
}
