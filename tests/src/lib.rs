//! What the tests of several crates and hosts share.

pub mod fingerprint;
pub mod fuzz;
pub mod fuzz_templates;
pub mod providers;
pub mod worst_cases;

/// The README's example in Rust, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
