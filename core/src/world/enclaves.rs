//! Simulated enclaves of a world.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{World, lock, recipe::Done};
use crate::{
    crypto::{CryptoProvider, opaque},
    enclave::{self, Authority, Enclave, Failure},
    wire::{SecretBytes, Value},
};

impl World {
    /// Starts a simulated enclave. From the first one on, the world also believes the documents under a test root of
    /// its own, whose key nobody else has.
    ///
    /// # Errors
    /// [`Failure`] when there is no RSA key of the length that `spec` names.
    pub fn enclave(&self, spec: enclave::Spec) -> Result<Enclave, Failure> {
        self.start(|authority, provider, entropy| Enclave::start(spec, authority, provider, entropy))
    }

    /// The same with an RSA key that the host has generated: PKCS #8 in DER.
    ///
    /// # Errors
    /// [`Failure`] when it is not an RSA key of the length that `spec` names.
    pub fn enclave_with(&self, spec: enclave::Spec, key: SecretBytes) -> Result<Enclave, Failure> {
        self.start(|authority, provider, entropy| Enclave::with_key(spec, key, authority, provider, entropy))
    }

    fn start(
        &self,
        enclave: impl FnOnce(Authority, &CryptoProvider, &[u8; 32]) -> Result<Enclave, Failure>,
    ) -> Result<Enclave, Failure> {
        let (authority, entropy) = self.believe_enclaves()?;
        enclave(authority, self.seen().provider(), &entropy)
    }

    /// Believes the documents of simulated enclaves from now on. Gives the authority of one, and its entropy.
    pub(super) fn believe_enclaves(&self) -> Result<(Authority, Zeroizing<[u8; 32]>), Failure> {
        let (authority, (draw, entropy)) = {
            let mut host = lock(&self.host);
            (host.authority.clone(), host.entropy.numbered())
        };
        let provider = *self.seen().provider();
        let authority = Authority::new(&provider, &authority)?;
        let mut kms = self.write();
        let trust = kms.trust().clone().and(authority.root()).map_err(opaque)?;
        Arc::make_mut(&mut kms).set_trust(trust);
        drop(kms);
        self.keep_undated(&Done(draw, &[("enclave", &Value::Map(Vec::new()))]));
        Ok((authority, entropy))
    }
}
