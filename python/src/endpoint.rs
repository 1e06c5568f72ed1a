//! A served endpoint and its connections: Python moves their bytes.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use pocket_kms::{
    Time, Unanswered,
    endpoint::{self, Answered, Begun, Line},
    http::{self, Request},
    world::Progress,
};
use pyo3::{exceptions::PyValueError, prelude::*, pybacked::PyBackedBytes, types::PyBytes};

use crate::{
    clock, faults,
    forks::Stay,
    shared::{Shared, entropy},
    world::{World, not_read, provider},
};

/// What is served at one address.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Endpoint(Arc<Served>);

struct Served {
    world: Arc<Shared>,
    endpoint: endpoint::Endpoint,
}

impl Served {
    /// Answers a request, with whatever its world asks on the way. Threads are inside of the core while they decide, and not
    /// while somebody is asked.
    fn answered(&self, request: &Request, host_now: Time) -> Answered {
        let mut calling = match inside(|| self.endpoint.begin(request, host_now)) {
            Begun::Answered(answered) => return *answered,
            Begun::Call(calling) => calling,
        };
        calling.call.answers = inside(|| calling.world().answers());
        loop {
            match inside(|| calling.step()) {
                Progress::Done(reply) => return inside(|| calling.answered(&reply, host_now)),
                Progress::Ask(question) => {
                    let answer = Python::attach(|py| {
                        // Nobody stands behind a peer who could be told what went wrong in Python.
                        self.world.answer(py, &question).unwrap_or_else(|error| {
                            error.write_unraisable(py, None);
                            Err(Unanswered::Failed)
                        })
                    });
                    calling.call.answers.add(question, answer);
                }
            }
        }
    }
}

fn inside<T>(act: impl FnOnce() -> T) -> T {
    let _stay = Stay::begin();
    act()
}

#[pymethods]
impl Endpoint {
    /// Serves a world, or its proxies alone; `cors` is the origin of pages that may read answers.
    #[new]
    #[pyo3(signature = (world, cors=None, open_administration=false, only_proxies=false))]
    fn new(world: &World, cors: Option<&str>, open_administration: bool, only_proxies: bool) -> PyResult<Self> {
        let mut endpoint = endpoint::Endpoint::new(world.0.world()?, entropy()?);
        if let Some(origin) = cors {
            endpoint = endpoint.allow_origin(origin).map_err(not_read)?;
        }
        if open_administration {
            endpoint = endpoint.open_administration();
        }
        if only_proxies {
            endpoint = endpoint.only_proxies();
        }
        Ok(Self(Arc::new(Served { world: Arc::clone(&world.0), endpoint })))
    }
}

/// One connection: bytes received in, bytes to send out.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Connection {
    served: Arc<Served>,
    connection: Mutex<http::Connection>,
}

/// What is to be sent, whether the connection stays open, a line for each request, and the seconds for which the host
/// keeps the bytes back.
type Received<'py> = (Bound<'py, PyBytes>, bool, Vec<String>, f64);

#[pymethods]
impl Connection {
    /// A connection of the peer with this address.
    #[new]
    fn new(endpoint: &Endpoint, peer: Option<&str>) -> Self {
        let peer = peer.and_then(|address| address.parse::<IpAddr>().ok());
        let connection = peer.map_or_else(http::Connection::new, http::Connection::from_peer);
        Self { served: Arc::clone(&endpoint.0), connection: Mutex::new(connection) }
    }

    /// Whether the first bytes that a port of TLS has received begin TLS; anything else is refused.
    fn begins_tls(&self, first: &[u8]) -> bool {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).begins_tls(first)
    }

    /// Takes in what the socket has received.
    fn receive<'py>(&self, py: Python<'py>, received: PyBackedBytes) -> PyResult<Received<'py>> {
        let (host_now, mut lines) = (clock::host_now(py)?, Vec::new());
        // It refuses a world that was disposed of, and notices a process that has forked.
        self.served.world.visit(py, |_| ())?;
        let (sent, open, delay) = py.detach(|| {
            let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            let sent = connection.exchange_all(&received, host_now, |arrived| {
                let Answered { response, line, .. } = match arrived {
                    Ok(request) => self.served.answered(request, host_now),
                    Err(refusal) => Answered::refused(refusal, host_now),
                };
                lines.push(line.to_string());
                response
            });
            (sent, connection.keeps_alive(), connection.delay())
        });
        Ok((PyBytes::new(py, &sent), open, lines, faults::seconds(delay)))
    }
}

/// The line of a client with which the handshake of TLS has failed.
#[pyfunction]
pub(crate) fn broken_handshake(py: Python<'_>, why: &str) -> PyResult<String> {
    Ok(Line::broken_handshake(why, clock::host_now(py)?).to_string())
}

/// A certificate for TLS on this machine, under `host` and under more names: the authority's certificate, the server's, and
/// its key, in PEM.
#[pyfunction]
#[pyo3(signature = (host, names=Vec::new()))]
#[expect(clippy::needless_pass_by_value, reason = "Python gives a list of texts as a vector alone")]
pub(crate) fn certificate(py: Python<'_>, host: &str, names: Vec<String>) -> PyResult<(String, String, Py<PyBytes>)> {
    let made = endpoint::certificate(&provider(), host, &names, clock::host_now(py)?, entropy()?)
        .map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok((made.authority, made.certificate, PyBytes::new(py, &made.key).unbind()))
}
