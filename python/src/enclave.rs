//! A simulated Nitro enclave, as Python sees it.

use std::sync::Arc;

use pocket_kms::enclave::{self, Attested, Failure, Spec};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyBytes};

use crate::{forks::Stay, shared::Shared, value};

/// An enclave of one world.
#[pyclass(frozen, module = "pocket_kms._native")]
pub(crate) struct Enclave {
    world: Arc<Shared>,
    enclave: enclave::Enclave,
}

#[pymethods]
impl Enclave {
    /// The enclave's id.
    #[getter]
    fn module_id(&self) -> &str {
        self.enclave.module_id()
    }

    /// `SubjectPublicKeyInfo` in DER.
    #[getter]
    fn public_key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let key = self.enclave.public_key().map_err(refused)?;
        Ok(PyBytes::new(py, &key))
    }

    /// PKCS #8 in DER.
    #[getter]
    fn private_key<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.enclave.private_key())
    }

    /// An attestation document made now, by the clock of the world.
    #[pyo3(signature = (public_key, user_data, nonce))]
    fn attest<'py>(
        &self,
        py: Python<'py>,
        public_key: Option<value::Blob>,
        user_data: Option<value::Blob>,
        nonce: Option<value::Blob>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let [public_key, user_data, nonce] =
            [public_key, user_data, nonce].map(|said| said.map(|bytes| bytes.to_vec()));
        let attested = Attested { public_key, user_data, nonce };
        let document = self.world.visit_now(py, |world, host_now| self.enclave.attest(world.now(host_now), attested));
        let document = document?.map_err(refused)?;
        Ok(PyBytes::new(py, &document))
    }

    /// Opens `CiphertextForRecipient`.
    fn unwrap<'py>(&self, py: Python<'py>, ciphertext_for_recipient: value::Blob) -> PyResult<Bound<'py, PyBytes>> {
        let opened = py.detach(|| {
            let _stay = Stay::begin();
            self.enclave.open(&ciphertext_for_recipient)
        });
        let opened = opened.map_err(refused)?;
        Ok(PyBytes::new(py, &opened))
    }
}

/// Starts an enclave of these options in a world; its key takes as long as every RSA key.
pub(crate) fn start(world: &Arc<Shared>, options: &Bound<'_, PyAny>) -> PyResult<Enclave> {
    let py = options.py();
    let spec = Spec::parse(&value::read(options)?).map_err(|error| value::unread(py, &error))?;
    let enclave = world.visit(py, |world| world.enclave(spec))?.map_err(refused)?;
    Ok(Enclave { world: Arc::clone(world), enclave })
}

fn refused(failure: Failure) -> PyErr {
    PyValueError::new_err(failure.to_string())
}
