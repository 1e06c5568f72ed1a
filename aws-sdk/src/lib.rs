//! The official AWS SDK for Rust, served in process.
//!
#![doc = include_str!("../README.md")]

mod connector;
mod reasons;

pub use reasons::{decisions, reasons};

use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::{SdkConfig, region};
use pocket_kms::{Caller, CryptoProvider, HostClock, Options, Origin, Region, Sender, Time, World};

/// The secret access key of the configurations that [`PocketKms::sdk_config`] makes; nobody checks signatures.
const SECRET: &str = "pocket-kms";

/// The official AWS SDK for Rust, served by a [`World`] of this process: an HTTP client for its configuration.
///
/// A clone serves the same world, so that each client can have a caller and an origin of its own.
#[derive(Clone)]
pub struct PocketKms {
    world: Arc<World>,
    clock: Arc<dyn HostClock + Send + Sync>,
    sender: Sender,
}

impl PocketKms {
    /// A new world with the entropy and the clock of the system.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has no random source.
    pub fn new() -> Result<Self, NoEntropy> {
        Self::with_options(Options::default())
    }

    /// A new world that begins as `options` say: with another account, with a seed, at another time.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has no random source.
    pub fn with_options(options: Options) -> Result<Self, NoEntropy> {
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).map_err(NoEntropy)?;
        Ok(Self::serving(Arc::new(World::new(options, CryptoProvider::default(), entropy))))
    }

    /// Serves a world that exists: one with another provider of cryptography, a fork, or one from a snapshot.
    pub fn serving(world: Arc<World>) -> Self {
        Self { world, clock: Arc::new(system_now), sender: Sender::default() }
    }

    /// The same world for another caller: whoever it is counts, whatever access key the SDK signs with.
    #[must_use]
    pub fn caller(mut self, caller: Caller) -> Self {
        self.sender.caller = Some(caller);
        self
    }

    /// The same world for clients that call from somewhere, such as through a VPC endpoint. What the origin leaves open,
    /// the requests show: their user agent, and the host of their endpoint.
    #[must_use]
    pub fn origin(mut self, origin: Origin) -> Self {
        self.sender.origin = origin;
        self
    }

    /// The same world with another clock of the host than the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl HostClock + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The world, to advance its clock, fork it, or take a snapshot.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// What the clock of the host shows: the methods of [`World`] ask for it.
    pub fn host_now(&self) -> Time {
        self.clock.host_now()
    }

    /// A configuration with everything that a client needs: this HTTP client, the Region, the world's account as access
    /// key id, and the newest behaviour of the SDK. `to_builder` changes more of it.
    pub fn sdk_config(&self, region: Region) -> SdkConfig {
        let credentials = Credentials::new(self.world.account().to_string(), SECRET, None, None, "pocket-kms");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(region::Region::new(region.to_string()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(self.clone())
            .build()
    }
}

impl fmt::Debug for PocketKms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { world, clock: _, sender } = self;
        f.debug_struct("PocketKms").field("world", world).field("sender", sender).finish_non_exhaustive()
    }
}

/// The system has no random source, so that no world can be made: every key would be known.
#[derive(Debug)]
pub struct NoEntropy(getrandom::Error);

impl fmt::Display for NoEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the system gives no random bytes ({}): make a World with entropy of your own and serve it", self.0)
    }
}

impl std::error::Error for NoEntropy {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The time of the system; a clock that stands before 1970 counts as 1970.
fn system_now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
