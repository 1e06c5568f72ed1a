//! A client of a world for programs in Rust: a Region, a caller, an origin and a clock, and requests with types.

use zeroize::Zeroizing;

use super::{Reply, World};
use crate::{
    arguments,
    caller::{Caller, Origin, Sender},
    error::Error,
    names::Region,
    time::Time,
    wire::{ApiReply, ApiRequest},
};

/// The clock of a host: an instant that stands still, or a function that reads the time.
pub trait HostClock {
    /// What the host's clock shows.
    fn host_now(&self) -> Time;
}

impl HostClock for Time {
    fn host_now(&self) -> Time {
        *self
    }
}

impl<F: Fn() -> Time> HostClock for F {
    fn host_now(&self) -> Time {
        self()
    }
}

/// A client of a world. It begins as the root user of the world's account in `us-east-1`; a second client with another
/// caller costs a clone.
///
/// ```
/// use pocket_kms::{CryptoProvider, Options, Time, World, api::*};
///
/// let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]); // entropy from your host
/// let client = world.client(Time::from_millis(1_800_000_000_000)).region("eu-west-1")?; // and its clock
/// let key = client.send(CreateKey::default().description("of the archive"))?.key_metadata.key_id;
/// let blob = client.send(Encrypt::new(&key, b"hello").encryption_context([("dept", "it")]))?.ciphertext_blob;
///
/// let clerk = client.clone().caller("arn:aws:iam::111122223333:user/clerk".parse()?);
/// let opened = clerk.send(Decrypt::default().ciphertext_blob(blob).encryption_context([("dept", "it")]))?;
/// assert_eq!(opened.plaintext.as_deref(), Some(&b"hello".to_vec()));
/// # Ok::<(), pocket_kms::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Client<'w, C> {
    world: &'w World,
    clock: C,
    region: Region,
    sender: Sender,
}

impl World {
    /// A client that reads the time from `clock`: a [`Time`], or a function that returns one.
    pub fn client<C: HostClock>(&self, clock: C) -> Client<'_, C> {
        Client { world: self, clock, region: Region::default(), sender: Sender::default() }
    }
}

impl<C: HostClock> Client<'_, C> {
    /// The same client in another Region.
    ///
    /// # Errors
    /// `ValidationException` when `region` is not the name of a Region.
    pub fn region(mut self, region: &str) -> Result<Self, Error> {
        self.region = arguments::region(region)?;
        Ok(self)
    }

    /// The same client for another caller. A text becomes one by `parse`: an account id, the ARN of a principal, or the
    /// name of a service.
    pub fn caller(mut self, caller: Caller) -> Self {
        self.sender.caller = Some(caller);
        self
    }

    /// The same client from somewhere.
    pub fn origin(mut self, origin: Origin) -> Self {
        self.sender.origin = origin;
        self
    }

    /// Sends a request.
    ///
    /// # Errors
    /// The exception with which AWS would refuse it, or a `ValidationException` of ours, when a caller of another
    /// partition cannot call the Region at all.
    pub fn send<R: ApiRequest>(&self, request: R) -> Result<R::Reply, Error> {
        self.reply(request).reply
    }

    /// Sends a request; with the reply comes its id, and why the caller was denied (in a world that explains, also why
    /// the caller was allowed).
    pub fn reply<R: ApiRequest>(&self, request: R) -> Reply<R::Reply> {
        let Self { world, clock, region, sender } = self;
        let (input, region) = (request.into_input(), Some(region.as_str()));
        let Reply { reply, request_id, trail, date } =
            world.call_from(R::OPERATION, input, region, sender, clock.host_now());
        let reply = reply.map(Zeroizing::new).and_then(|value| R::Reply::from_value(&value));
        Reply { reply, request_id, trail, date }
    }
}
