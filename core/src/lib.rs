//! The whole AWS Key Management Service as a library that does no I/O.
//!
//! ```text
//! operation + input + caller + Region + now + entropy                Call
//!     find the row, check the shape, settle what is due,
//!     resolve keys, authorize, gate by state, perform                Kms::decide
//! reply + changes (+ reasons, when the caller was denied)            Step::Done(Outcome)
//!     the changes, and nothing else, move the world                  Kms::apply
//! ```
//!
//! # A world and its clients
//!
//! Most programs want a [`World`]: it has a lock, a clock, entropy and a journal. A [`Client`] of it sends the requests
//! of [`api`], and gets their replies, with types.
//!
//! ```
//! use pocket_kms::{CryptoProvider, Exception, Options, Span, Time, World, api::*};
//!
//! let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]); // entropy from your host
//! let now = Time::from_millis(1_800_000_000_000); // and its clock
//! let client = world.client(now).region("eu-west-1")?;
//! let key = client.send(CreateKey::default())?.key_metadata.key_id;
//! let sealed = client.send(Encrypt::new(&key, b"hello"))?;
//! assert_eq!(sealed.ciphertext_blob.len(), 157);
//!
//! client.send(ScheduleKeyDeletion::new(&key).pending_window_in_days(7))?;
//! world.advance(Span::from_days(7), now)?;
//! let gone = client.send(Decrypt::default().ciphertext_blob(sealed.ciphertext_blob));
//! assert_eq!(gone.unwrap_err().exception, Exception::NotFoundException);
//! # Ok::<(), pocket_kms::Error>(())
//! ```
//!
//! [`World::call`] does the same with a [`Value`], for those who have JSON or the objects of another language.
//! [`World::http`] and [`http`] turn bytes into calls and back. The crate `pocket-kms-aws-sdk` serves the official SDK.
//!
//! # The loop of a host
//!
//! A [`Kms`] is the path of a call without all that: a decision is a function, time and entropy are arguments, changes are
//! data. A host that keeps its own state (in a database, or on several machines) turns it round and round:
//!
//! ```
//! use pocket_kms::{Answerable, Answers, ApiReply, Call, Error, Kms, Region, Stale, Step, Time, Unanswered, Value, api::*};
//!
//! /// What time brings: applied here, and to be stored with everything else that changes.
//! fn settle(kms: &mut Kms, now: Time) {
//!     while kms.next_deadline().is_some_and(|deadline| deadline <= now) {
//!         let due = kms.settle(now, 100);
//!         println!("{} changes behind revision {}", due.changes.len(), due.basis);
//!     }
//! }
//!
//! fn call(kms: &mut Kms, mut call: Call) -> Result<Value, Error> {
//!     settle(kms, call.now);
//!     call.answers = Answers::of(Answerable::default().keys(true)); // this host can be asked for keys
//!     loop {
//!         match kms.decide(&call) {
//!             Step::Ask(question) => call.answers.add(question, Err(Unanswered::Declined)), // or answer it
//!             Step::Done(outcome) => match kms.apply(outcome.basis, &outcome.changes) {
//!                 Err(Stale) => {} // others were quicker: decide again
//!                 Ok(()) => {
//!                     kms.mark(&outcome.marks);
//!                     return outcome.reply;
//!                 }
//!             },
//!         }
//!     }
//! }
//!
//! let mut kms = Kms::default();
//! let now = Time::from_millis(1_800_000_000_000); // from your clock; the entropy below from your random source
//! let input = CreateKey::default().key_spec(KeySpec::Rsa2048).key_usage(KeyUsageType::SignVerify).into_input();
//! let create = Call::new(CreateKey::OPERATION, input, "111122223333".parse()?, Region::default(), now, [7; 32]);
//! let reply = CreateKeyResponse::from_value(&call(&mut kms, create)?)?;
//! assert_eq!(reply.key_metadata.key_state, Some(KeyState::Enabled));
//! # Ok::<(), Error>(())
//! ```
//!
//! *A refused call records no change; marks are not changes.* What a call changes is applied whole, or refused as stale
//! when the state has moved on since. What it marks (the last use of a key) commutes with all else, moves no revision,
//! and is taken in as it comes.
//!
//! What is not here: sockets, files, threads, a clock, a random source. The bindings bring them.

// The rooms, by rank: ARCHITECTURE.md.
mod error;
pub mod names;
// What sister crates sort by, for the reason that stands there. It may change in any release.
#[doc(hidden)]
pub mod order;
mod text;
mod time;
pub mod wire;

mod call;
mod caller;
pub mod crypto;
pub mod policy;
mod shapes;

pub mod arguments;
pub mod attestation;
pub mod enclave;
pub mod ids;
mod import_token;
pub mod lags;
pub mod quotas;
mod wrapping;

// What the tests of this repository look into. It may change in any release.
#[doc(hidden)]
pub mod algorithms;
#[doc(hidden)]
pub mod ciphertext;
#[doc(hidden)]
pub mod material;
#[doc(hidden)]
pub mod signature;

pub mod state;

pub mod access;
mod cluster;
mod endpoint_service;
pub mod external;
mod proxy;

pub mod operations;
mod sts;

pub mod audit;

mod clock;
pub mod http;
mod kms;
pub mod world;

pub mod endpoint;

// A world, and what is said to it.
pub use access::Explained;
pub use caller::{Caller, CallerKind, Origin, Sender, Session, Tls, VpcEndpoint};
pub use crypto::CryptoProvider;
pub use error::{Error, Exception, Violation};
pub use names::{AccountId, Region};
#[doc(inline)]
pub use operations::api;
pub use time::{Span, Time};
pub use wire::{ApiReply, ApiRequest, Value};
pub use world::{Client, HostClock, Options, World};

// The path of a call, for hosts that keep the state themselves or answer questions.
pub use call::{
    ActingFault, Answerable, Answers, Call, Effect, Fault, FaultKind, FaultQuestion, HostAnswer, Moment, Principal,
    ProxyAnswer, ProxyCertificate, ProxyOperation, ProxyRequest, ProxyResponse, Question, Reach, Recording,
    Reliability, TlsFault, Unanswered, Unreachable, Waiting,
};
pub use kms::{Kms, Outcome, Settled, Stage, Stale, Step, StoresSetup, Trail};
