//! What each type of the API model is in Rust, under the model's name and with its constraints.

pub use super::{
    choices::*,
    structures::*,
    types::{blobs::*, flags::*, lists::*, maps::*, numbers::*, texts::*, timestamps::*},
};

/// A text in an encryption context.
pub type EncryptionContextValue = String;
