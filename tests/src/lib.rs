//! What the tests of several crates and hosts share.

pub mod fingerprint;
