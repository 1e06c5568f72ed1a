//! Worlds that begin as another one is: forks, and snapshots that are read again.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{World, host::Host, lock, suited};
use crate::{
    attestation::Trust,
    clock::Clock,
    crypto::{CryptoProvider, insecure_key_pool::InsecureKeyPool, random::Random},
    kms::Kms,
    names::AccountId,
    state::SnapshotError,
    wire::{Base64, SecretBytes},
};

/// What a snapshot keeps beside the state.
#[derive(Serialize, Deserialize)]
struct Kept {
    clock: Clock,
    entropy: Base64,
    authority: Base64,
    roots: Vec<Base64>,
    seeded: bool,
    insecure_key_pool: Option<InsecureKeyPool>,
    account: AccountId,
}

impl World {
    /// A second world that begins as this one is now, and shares nothing with it from then on.
    ///
    /// A seeded world stays reproducible; any other mixes in `entropy`.
    #[must_use]
    pub fn fork(&self, entropy: [u8; 32]) -> Self {
        let (kms, mut host) = (self.read().fork(), lock(&self.host));
        let entropy = Zeroizing::new(host.next_entropy(entropy));
        let mut fork = Host::new(host.clock, Random::from_entropy(&entropy), host.seeded);
        fork.authority.clone_from(&host.authority);
        drop(host);
        Self::with(kms, fork, Some(self.account))
    }

    /// Writes the world as bytes, secrets sealed under `root_key`.
    ///
    /// # Errors
    /// Never for a world that this library has built.
    pub fn snapshot(&self, root_key: &[u8; 32], entropy: [u8; 32]) -> Result<Vec<u8>, SnapshotError> {
        let kms = self.read().fork();
        let mut host = lock(&self.host);
        let kept = Kept {
            clock: host.clock,
            entropy: Base64::from(&host.next_entropy(entropy)[..]),
            authority: Base64::from(&host.authority[..]),
            roots: kms.trust().roots().map(Base64::from).collect(),
            seeded: host.seeded,
            insecure_key_pool: kms.provider().insecure_key_pool,
            account: self.account,
        };
        drop(host);
        // Growing would leave copies of what is secret behind.
        let mut bytes = SecretBytes::new(Vec::with_capacity(16 << 10));
        serde_json::to_writer(&mut *bytes, &kept).map_err(|_| SnapshotError::Format)?;
        kms.snapshot(root_key, &bytes)
    }

    /// Reads a snapshot. A seeded world goes on where it was; any other mixes in `entropy`.
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are no snapshot or the root key does not open it.
    pub fn restore(
        bytes: &[u8],
        root_key: &[u8; 32],
        provider: CryptoProvider,
        entropy: [u8; 32],
    ) -> Result<Self, SnapshotError> {
        let (mut kms, kept) = Kms::restore(bytes, root_key, provider)?;
        let kept: Kept = serde_json::from_slice(&kept).map_err(|_| SnapshotError::Format)?;
        kms.set_provider(suited(provider, kept.seeded, kept.insecure_key_pool));
        let mut host = Host::new(kept.clock, Random::from_entropy(&*seed(&kept.entropy)?), kept.seeded);
        host.random = Random::from_entropy(&host.next_entropy(entropy));
        host.authority = seed(&kept.authority)?;
        let roots = kept.roots.iter().map(|root| root.0.as_slice());
        kms.set_trust(Trust::roots_of(roots).map_err(|_| SnapshotError::Format)?);
        Ok(Self::with(kms, host, Some(kept.account)))
    }
}

fn seed(kept: &Base64) -> Result<Zeroizing<[u8; 32]>, SnapshotError> {
    kept.0.as_slice().try_into().map(Zeroizing::new).map_err(|_| SnapshotError::Format)
}
