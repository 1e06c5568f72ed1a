//! All state as tables of rows, and every mutation as a list of whole-row changes.
//!
//! The maps are persistent: cloning a [`State`] costs a few reference counts, so that forks and drafts are free.

mod draft;
mod index;
mod rows;
mod snapshot;
mod tables;

pub use rows::{AccountRow, AliasRow, Deletion, Import, KeyMaterial, KeyRow, MaterialRow, Policy, Presence};
pub use snapshot::{SnapshotError, restore, snapshot};
pub use tables::{Change, State};

pub(crate) use draft::Draft;
