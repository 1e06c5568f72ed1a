//! What the owner of a world does with it, between the calls: settings, the directory, sessions, forks and snapshots.

use super::Kms;
use crate::{
    attestation::Trust,
    audit::{self, Record},
    crypto::CryptoProvider,
    error::Error,
    operations::schedule,
    state::{self, Change, Draft, Meters, Registration, SettingName, SnapshotError, State},
    sts,
    time::Time,
    wire::SecretBytes,
};

impl Kms {
    /// Makes settings: each name gets its number, or loses it. What waits for a lag that has been taken back happens now. Gives back
    /// what has changed.
    pub fn set(&mut self, settings: &[(SettingName, Option<u64>)], now: Time) -> Vec<Change> {
        self.set_and_tell(settings, now, &mut Vec::new())
    }

    /// The same; adds what is told of what happens now.
    pub(crate) fn set_and_tell(
        &mut self,
        settings: &[(SettingName, Option<u64>)],
        now: Time,
        records: &mut Vec<Record>,
    ) -> Vec<Change> {
        let mut draft = Draft::new(&self.state);
        for (name, number) in settings {
            draft.set(*name, *number);
        }
        schedule::hurry(&mut draft, now, &mut |happened, state| {
            audit::of_happened(happened, state, records);
        });
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        changes
    }

    /// Registers principals, policies, organizations and endpoints, all or nothing. Gives back what has changed.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, when something that is referred to does not exist; nothing is
    /// registered then.
    pub fn register(&mut self, registration: Registration, now: Time) -> Result<Vec<Change>, Error> {
        let mut draft = Draft::new(&self.state);
        draft.register(registration, now)?;
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        Ok(changes)
    }

    /// Opens a session of STS, or refuses to. Gives back its credentials and what has changed.
    ///
    /// # Errors
    /// AWS's exception and sentence.
    pub(crate) fn open_session(
        &mut self,
        asked: &sts::SessionRequest,
        now: Time,
        entropy: &[u8; 32],
    ) -> Result<(sts::Issued, Vec<Change>), Error> {
        let mut draft = Draft::new(&self.state);
        let issued = sts::issue(&mut draft, &self.provider, asked, now, entropy)?;
        let (changes, after) = draft.finish();
        self.take_over(&changes, after);
        Ok((issued, changes))
    }

    /// A second world that begins as this one is now; it costs a few reference counts.
    #[must_use]
    pub fn fork(&self) -> Self {
        let mut fork = self.clone();
        fork.forget_requests();
        fork
    }

    /// Empties the buckets of all request quotas.
    pub fn forget_requests(&mut self) {
        self.meters.forget_requests();
    }

    /// A world without keys and with the same cryptography. Its changes are counted on from those of this one.
    pub(crate) fn anew(&self, trust: Trust) -> Self {
        let state = State::default().at_revision(self.state.revision() + 1);
        Self { state, meters: Meters::default(), provider: self.provider, trust }
    }

    /// Writes the world as bytes, secrets and `host` sealed under `root_key`.
    ///
    /// # Errors
    /// Never for a world that this library has built.
    pub fn snapshot(&self, root_key: &[u8; 32], host: &[u8]) -> Result<Vec<u8>, SnapshotError> {
        state::snapshot(&self.state, &self.meters, root_key, host)
    }

    /// Reads a snapshot, and what the host had sealed with it.
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are not a snapshot or the root key does not open it.
    pub fn restore(
        bytes: &[u8],
        root_key: &[u8; 32],
        provider: CryptoProvider,
    ) -> Result<(Self, SecretBytes), SnapshotError> {
        let (state, meters, host) = state::restore(bytes, root_key)?;
        Ok((Self { state, meters, provider, trust: Trust::default() }, host))
    }
}
