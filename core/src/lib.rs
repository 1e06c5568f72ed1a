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
//! [`Kms`] is that path: a decision is a function, time and entropy are arguments, changes are data. [`World`] adds what
//! most hosts want besides: a lock, a clock, entropy and a journal. [`http`] turns bytes into calls and back.
//!
//! ```
//! use pocket_kms::{CryptoProvider, Options, Time, Value, World};
//!
//! let world = World::new(Options::default(), CryptoProvider::default(), [7; 32]); // entropy from your host
//! let now = Time::from_millis(1_800_000_000_000); // and its clock
//! let key = world.call("CreateKey", Value::from([]), None, None, now).reply?;
//! let id = key.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().unwrap_or_default();
//! let input = Value::from([("KeyId", id), ("Plaintext", Value::Blob(b"hello".to_vec()))]);
//! let sealed = world.call("Encrypt", input, None, None, now).reply?;
//! assert_eq!(sealed.member("CiphertextBlob").and_then(Value::as_bytes).map(<[u8]>::len), Some(157));
//! # Ok::<(), pocket_kms::Error>(())
//! ```
//!
//! What is not here: sockets, files, threads, a clock, a random source. The bindings bring them. And no signature of a
//! request is checked: an access key names an account and proves nothing.

pub mod error;
pub mod names;
mod order;
mod text;
pub mod time;
pub mod wire;

pub mod call;
pub mod caller;
pub mod crypto;
pub mod policy;
pub mod shapes;

pub mod algorithms;
pub mod arguments;
pub mod attestation;
pub mod ciphertext;
pub mod enclave;
pub mod ids;
mod import_token;
pub mod material;
mod wrapping;

pub mod state;

pub mod access;

pub mod operations;

pub mod clock;
pub mod http;
pub mod kms;
pub mod world;

pub use call::{Answers, Call};
pub use caller::{Caller, Origin};
pub use crypto::CryptoProvider;
pub use error::{Error, Exception};
pub use kms::{Kms, Outcome, Settled, Step};
pub use names::{AccountId, Region};
pub use operations::api;
pub use time::{Span, Time};
pub use wire::Value;
pub use world::{Client, HostClock, Options, World};
