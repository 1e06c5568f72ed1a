//! The private module `pocket_kms._native`: worlds and connections as Python sees them.
//!
//! It converts values, releases the interpreter's lock around every decision, and draws entropy; it holds no rule. The
//! time of the host's clock is the one that Python shows, in milliseconds since 1970.

mod clock;
mod enclave;
mod endpoint;
mod faults;
mod forks;
mod listener;
mod names;
mod predicates;
mod sender;
mod shared;
mod templates;
mod value;
mod world;

/// The native part of `pocket_kms`; everything public is in that package.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::{
        enclave::Enclave,
        endpoint::{Connection, Endpoint, broken_handshake, certificate},
        forks::{after_fork_in_child, after_fork_in_parent, before_fork},
        sender::Sender,
        templates::call,
        world::{World, moment, named, settings, span},
    };

    /// Which cryptography this build has.
    #[pymodule_export]
    const BUILD: &str = if cfg!(feature = "native") { "aws-lc" } else { "rust" };

    /// How many states a world keeps that only says that it wants history.
    #[pymodule_export]
    const HISTORY_LENGTH: usize = pocket_kms::world::HISTORY_LENGTH;

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
