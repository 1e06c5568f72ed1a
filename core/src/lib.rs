//! The whole AWS Key Management Service as a library that does no I/O.

pub mod error;
pub mod names;
pub mod time;
pub mod wire;

pub mod crypto;
pub mod policy;
pub mod shapes;

pub mod algorithms;
pub mod ciphertext;
pub mod material;
