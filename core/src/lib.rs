//! The whole AWS Key Management Service as a library that does no I/O.

pub mod error;
pub mod names;
pub mod time;
pub mod wire;

pub mod call;
pub mod crypto;
pub mod policy;
pub mod shapes;

pub mod algorithms;
pub mod ciphertext;
pub mod material;
mod sentences;

pub mod state;

pub mod access;

pub mod operations;

pub mod clock;
pub mod http;
pub mod kms;
pub mod world;

pub use call::{Answers, Call, Caller};
pub use crypto::CryptoProvider;
pub use error::{Error, Exception};
pub use kms::{Kms, Outcome, Step};
pub use names::{AccountId, Region};
pub use time::{Span, Time};
pub use wire::Value;
pub use world::{Options, World};
